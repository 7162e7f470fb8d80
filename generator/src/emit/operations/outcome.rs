//! Outcomes: enumerations for operations whose body depends on the status, in success or in error.
//!
//! Comes in: the documented responses. Goes out: an enumeration with a variant per response, and its reader. Must not know: the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, content_type};
use crate::emit::documentation::Rustdoc;
use crate::emit::lints;
use crate::emit::scope::{self, ident};
use crate::model::{ErrorBody, Response, ResponseContent, StatusRange, Success};

/// The enumerations that the operation needs; one that may have several bodies has them once.
pub(super) fn items(context: &Context<'_>) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if context.operation.is_alternative() {
        return items;
    }
    if let Success::Several {
        type_name,
        responses,
    } = &context.operation.success
    {
        items.extend(success(context, type_name, responses));
    }
    if let ErrorBody::Several {
        type_name,
        responses,
    } = &context.operation.error
    {
        items.extend(error(context, type_name, responses));
    }
    items
}

fn success(context: &Context<'_>, type_name: &str, responses: &[Response]) -> Vec<TokenStream> {
    let scope = context.scope;
    let name = ident(type_name);
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph(&format!(
        "What {} answers, by status.",
        context.method_link()
    ));
    let docs = rustdoc.attributes();
    let variants = variants(context, responses);
    let (answer, result, error) = (
        scope.path(scope::ANSWER),
        scope.path(scope::RESULT),
        scope.path(scope::READ_ERROR),
    );
    let (ok, err, read) = (
        scope.path(scope::OK),
        scope.path(scope::ERR),
        scope.path(scope::READ),
    );
    let arms = responses.iter().map(|response| {
        let (pattern, variant) = (pattern(response.status), ident(&response.name));
        match &response.content {
            ResponseContent::Empty => quote!(#pattern => #ok(Self::#variant),),
            content => {
                let reader = super::reader_name(content);
                quote!(#pattern => #ok(Self::#variant(#read::#reader(answer)?)),)
            }
        }
    });
    let allow = lints::overlapping_statuses(responses);
    let rest = (!has_default(responses)).then(|| quote!(_ => #err(#error::UndocumentedStatus),));
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* }
        },
        quote! {
            impl #name {
                #allow
                fn read(answer: &#answer) -> #result<Self, #error> {
                    match answer.status().as_u16() {
                        #(#arms)*
                        #rest
                    }
                }
            }
        },
    ]
}

fn error(context: &Context<'_>, type_name: &str, responses: &[Response]) -> Vec<TokenStream> {
    let scope = context.scope;
    let name = ident(type_name);
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph(&format!(
        "The documented errors of {}, by status. [`Error::body`](crate::Error::body) reads them.",
        context.method_link()
    ));
    let docs = rustdoc.attributes();
    let variants = variants(context, responses);
    let (answer, result, decode_error, error_body) = (
        scope.path(scope::ANSWER),
        scope.path(scope::RESULT),
        scope.path(scope::DECODE_ERROR),
        scope.path(scope::ERROR_BODY),
    );
    let ok = scope.path(scope::OK);
    let arms = responses.iter().map(|response| {
        let (pattern, variant) = (pattern(response.status), ident(&response.name));
        let value = match &response.content {
            ResponseContent::Empty => return quote!(#pattern => #ok(Self::#variant),),
            ResponseContent::Json(_) => quote!(answer.json()?),
            ResponseContent::Text => {
                let string = scope.path(scope::STRING);
                quote!(#string::from_utf8_lossy(answer.body()).into_owned())
            }
            ResponseContent::Bytes => quote!(answer.body().clone()),
        };
        quote!(#pattern => #ok(Self::#variant(#value)),)
    });
    let allow = lints::overlapping_statuses(responses);
    let is_complete = has_default(responses);
    let undocumented = (!is_complete).then(|| {
        // Only where it is written: naming a type imports it.
        let bytes = scope.path(scope::BYTES);
        quote! {
            /// A status that the API does not document, with the body as it arrived.
            Undocumented(#bytes),
        }
    });
    let rest = (!is_complete).then(|| quote!(_ => #ok(Self::Undocumented(answer.body().clone())),));
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* #undocumented }
        },
        quote! {
            impl #error_body for #name {
                #allow
                fn from_answer(answer: &#answer) -> #result<Self, #decode_error> {
                    match answer.status().as_u16() {
                        #(#arms)*
                        #rest
                    }
                }
            }
        },
    ]
}

fn variants(context: &Context<'_>, responses: &[Response]) -> Vec<TokenStream> {
    responses
        .iter()
        .map(|response| {
            let status = match response.status {
                StatusRange::Exact(status) => format!("Status {status}"),
                StatusRange::Class(class) => format!("Status {class}00 to {class}99"),
                StatusRange::Default => "Any other status".to_owned(),
            };
            let mut rustdoc = Rustdoc::default();
            match &response.description {
                Some(description) => rustdoc.markdown(&format!("{status}: {}", description.trim())),
                None => rustdoc.paragraph(&format!("{status}.")),
            }
            let docs = rustdoc.attributes();
            let name = ident(&response.name);
            match &response.content {
                ResponseContent::Empty => quote!(#docs #name),
                content => {
                    let value = content_type(context.scope, content);
                    quote!(#docs #name(#value))
                }
            }
        })
        .collect()
}

fn pattern(status: StatusRange) -> TokenStream {
    match status {
        StatusRange::Exact(status) => {
            let status = proc_macro2::Literal::u16_unsuffixed(status);
            quote!(#status)
        }
        StatusRange::Class(class) => {
            let first = proc_macro2::Literal::u16_unsuffixed(class.saturating_mul(100));
            let last =
                proc_macro2::Literal::u16_unsuffixed(class.saturating_mul(100).saturating_add(99));
            quote!(#first..=#last)
        }
        StatusRange::Default => quote!(_),
    }
}

fn has_default(responses: &[Response]) -> bool {
    responses
        .iter()
        .any(|response| response.status == StatusRange::Default)
}
