//! Streams: what makes a request answer bit by bit, instead of at once or beside it.
//!
//! Comes in: the stream of an operation. Goes out: the type of its requests, or the macro call that adds the stream to it. Must not know: how a stream is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, content_type, reader_name};
use crate::emit::scope::{self, ident};
use crate::model::{Framing, Operation, Stream};

/// The stream's type in Rust.
fn kind(context: &Context<'_>, stream: &Stream) -> TokenStream {
    let kind = context.scope.path(match stream.framing {
        Framing::Events => scope::EVENT_STREAM,
        Framing::Records => scope::ITEM_STREAM,
    });
    let item = content_type(context.scope, &stream.item);
    quote!(#kind<#item>)
}

/// What is asked for, and how the data of a frame is read.
fn reading(context: &Context<'_>, stream: &Stream) -> TokenStream {
    let read = context.scope.path(scope::READ);
    let reader = reader_name(&stream.item);
    let media_type = &stream.media_type;
    quote!(#media_type, #read::#reader)
}

/// The stream that the operation answers with in any case.
fn only_stream<'a>(context: &Context<'a>) -> Option<&'a Stream> {
    let stream = context.operation.stream.as_ref();
    stream.filter(|stream| stream.is_only)
}

/// The type of requests that answer with a stream in any case.
pub(super) fn request_type(context: &Context<'_>) -> Option<TokenStream> {
    let stream = only_stream(context)?;
    let request = context.scope.path(scope::STREAM_REQUEST);
    let (kind, name) = (kind(context, stream), ident(&context.operation.type_name));
    Some(quote!(#request<#kind, operations::#name>))
}

/// Such a request, made of a call.
pub(super) fn new_request(context: &Context<'_>, call: &TokenStream) -> Option<TokenStream> {
    let stream = only_stream(context)?;
    let request = context.scope.path(scope::STREAM_REQUEST);
    let reading = reading(context, stream);
    Some(quote!(#request::new(#call, #reading)))
}

/// The macro call that adds the stream to a request that answers at once otherwise.
pub(super) fn item(context: &Context<'_>) -> Option<TokenStream> {
    let stream = context.operation.stream.as_ref();
    let stream = stream.filter(|stream| !stream.is_only)?;
    let name = ident(&context.operation.type_name);
    let stream_macro = context.scope.path(scope::STREAM_MACRO);
    let (kind, reading) = (kind(context, stream), reading(context, stream));
    Some(quote!(#stream_macro!(#name => #kind, #reading);))
}

/// What to expect of the answer.
pub(super) fn words(operation: &Operation) -> Option<String> {
    let stream = operation.stream.as_ref()?;
    let (what, kind) = match stream.framing {
        Framing::Events => ("events", "EventStream"),
        Framing::Records => ("items", "ItemStream"),
    };
    let link = format!("[{what}](crate::{kind})");
    Some(if stream.is_only {
        format!("The answer is a stream of {link}.")
    } else {
        let request = &operation.type_name;
        format!("[`stream`]({request}::stream) asks for the answer as a stream of {link}.")
    })
}
