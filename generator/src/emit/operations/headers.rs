//! Headers and links of answers: a constant for each header, and words for both.
//!
//! Comes in: the headers and links of an operation. Goes out: constants of its request type, and lines of rustdoc. Must not know: how a
//! header is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::emit::documentation::{self, Rustdoc};
use crate::emit::features;
use crate::emit::scope::{self, ident, plain};
use crate::emit::type_tokens::rust_type;
use crate::model::{Group, Link, Operation};

/// A constant for each header.
pub(super) fn item(context: &Context<'_>) -> Option<TokenStream> {
    let operation = context.operation;
    if operation.headers.is_empty() {
        return None;
    }
    let scope = context.scope;
    let name = ident(&operation.type_name);
    let header_type = scope.path(scope::RESPONSE_HEADER);
    let constants = operation.headers.iter().map(|header| {
        let fallback = format!(
            "The header {} of the answer.",
            documentation::code(&header.wire_name)
        );
        let docs = Rustdoc::new(&header.documentation, &fallback).attributes();
        let deprecated = documentation::deprecated(&header.documentation);
        let (constant, value) = (ident(&header.name), rust_type(scope, &header.value));
        let wire_name = &header.wire_name;
        quote! {
            #docs
            #deprecated
            pub const #constant: #header_type<#value> = #header_type::new(#wire_name);
        }
    });
    Some(quote! {
        /// Headers of the answers, to be read from `headers()` of a response or an error.
        impl #name { #(#constants)* }
    })
}

/// The headers of the answer, on one line.
pub(super) fn words(operation: &Operation) -> Option<String> {
    let request = &operation.type_name;
    let names: Vec<String> = operation
        .headers
        .iter()
        .map(|header| {
            let name = documentation::code(&header.wire_name);
            format!("[{name}]({request}::{})", header.name)
        })
        .collect();
    (!names.is_empty()).then(|| format!("Headers of the answer: {}.", names.join(", ")))
}

/// An item per link, to the method that it leads to.
pub(super) fn links(context: &Context<'_>) -> Option<Vec<String>> {
    let links = &context.operation.links;
    let lines = links.iter().flat_map(|link| item_of_link(context, link));
    (!links.is_empty()).then(|| lines.collect())
}

fn item_of_link(context: &Context<'_>, link: &Link) -> Vec<String> {
    let target = match method(context, &link.target) {
        Some((group, operation)) => {
            let (accessor, method) = (plain(&group.accessor), plain(&operation.method_name));
            let method = format!("{}::{method}", group.type_name);
            // A link into a group that may be switched off would lead nowhere.
            let is_there = group.accessor == context.group.accessor
                || features::of_group(context.api, &group.accessor).is_none();
            if is_there {
                format!("[`{method}`](crate::api::{accessor}::{method})")
            } else {
                documentation::code(&method)
            }
        }
        None => documentation::code(&link.target),
    };
    let parameters: Vec<String> = link
        .parameters
        .iter()
        .map(|(name, value)| {
            let (name, value) = (documentation::code(name), documentation::code(value));
            format!("{name} from {value}")
        })
        .collect();
    let with = match parameters.as_slice() {
        [] => String::new(),
        parameters => format!(" with {}", parameters.join(", ")),
    };
    let mut words = Rustdoc::default();
    words.paragraph(&format!("{target}{with}."));
    if let Some(description) = &link.description {
        words.markdown(description);
    }
    words.as_list_item(&documentation::code(&link.name))
}

/// The operation with this id, and its group.
fn method<'a>(context: &Context<'a>, id: &str) -> Option<(&'a Group, &'a Operation)> {
    context.api.groups.iter().find_map(|group| {
        let operation = group
            .operations
            .iter()
            .find(|operation| operation.id == id)?;
        Some((group, operation))
    })
}
