//! Streams: what makes a request answer bit by bit, instead of at once or beside it.
//!
//! Comes in: the stream of an operation. Goes out: the macro call that adds it. Must not know: how a stream is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, content_type, request};
use crate::emit::scope::{self, ident};
use crate::model::{Framing, Operation};

/// Whether the operation answers with a stream in any case.
pub(super) fn is_only(operation: &Operation) -> bool {
    let stream = operation.stream.as_ref();
    stream.is_some_and(|stream| stream.is_only)
}

/// The macro call, where the operation has a stream.
pub(super) fn item(context: &Context<'_>) -> Option<TokenStream> {
    let stream = context.operation.stream.as_ref()?;
    let scope = context.scope;
    let name = ident(&context.operation.type_name);
    let item = content_type(scope, &stream.item);
    let read = scope.path(scope::READ);
    let reader = request::reader_name(&stream.item);
    let media_type = &stream.media_type;
    let kind = scope.path(match stream.framing {
        Framing::Events => scope::EVENT_STREAM,
        Framing::Records => scope::ITEM_STREAM,
    });
    let stream_macro = scope.path(if stream.is_only {
        scope::STREAMING_MACRO
    } else {
        scope::STREAM_MACRO
    });
    Some(quote! {
        #stream_macro!(#name => #kind<#item>, #media_type, #read::#reader);
    })
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
