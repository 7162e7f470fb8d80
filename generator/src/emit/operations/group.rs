//! Groups: the type behind an accessor of the client, with a method per operation.
//!
//! Comes in: a group. Goes out: the struct and its methods, documented. Must not know: setters of the requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, headers, parameters, request, streams};
use crate::emit::documentation::{self, Rustdoc};
use crate::emit::scope::{self, Scope, ident, plain};
use crate::emit::{CrateFacts, examples, lints};
use crate::model::{Api, Documentation, ErrorBody, Group, Parameter, ResponseContent, Type};

/// The struct and its methods.
pub(super) fn items(
    scope: &Scope<'_>,
    api: &Api,
    facts: &CrateFacts,
    group: &Group,
) -> Vec<TokenStream> {
    let name = ident(&group.type_name);
    let core = scope.path(scope::CORE);
    let fallback = match group.tag.as_str() {
        "" => "The operations without a tag.".to_owned(),
        tag => format!("The operations tagged {}.", documentation::code(tag)),
    };
    let mut rustdoc = Rustdoc::new(&group.documentation, &fallback);
    rustdoc.paragraph(&format!(
        "Made by [`Client::{accessor}`](crate::Client::{accessor}).",
        accessor = plain(&group.accessor),
    ));
    let docs = rustdoc.attributes();
    let methods = group.operations.iter().map(|operation| {
        let context = Context {
            scope,
            api,
            group,
            operation,
        };
        method(&context, facts)
    });
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone)]
            pub struct #name {
                pub(crate) core: #core,
            }
        },
        quote!(impl #name { #(#methods)* }),
    ]
}

fn method(context: &Context<'_>, facts: &CrateFacts) -> TokenStream {
    let (scope, api, operation) = (context.scope, context.api, context.operation);
    let mut arguments: Vec<TokenStream> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.is_argument())
        .map(|parameter| {
            let name = ident(&parameter.name);
            let value = parameters::argument_type(scope, api, parameter);
            quote!(#name: #value)
        })
        .collect();
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        let name = request::body_name(operation);
        let value = request::body_type(scope, api, body);
        arguments.push(quote!(#name: #value));
    }
    let name = ident(&operation.method_name);
    let request = ident(&operation.type_name);
    let docs = rustdoc(context, facts).attributes();
    let deprecated = documentation::deprecated(&operation.documentation);
    let allow = lints::for_method(plain(&operation.method_name), arguments.len());
    let body = request::construction(context);
    quote! {
        #docs
        #deprecated
        #allow
        pub fn #name(&self, #(#arguments),*) -> #request {
            #body
        }
    }
}

fn rustdoc(context: &Context<'_>, facts: &CrateFacts) -> Rustdoc {
    let operation = context.operation;
    let request_line =
        documentation::code(&format!("{} {}", operation.method.as_str(), operation.path));
    let fallback = format!("Calls {request_line}.");
    let mut rustdoc = Rustdoc::words(&operation.documentation, &fallback);
    if rustdoc != Rustdoc::words(&Documentation::default(), &fallback) {
        rustdoc.paragraph(&request_line);
    }
    if let Some(words) = streams::words(operation) {
        rustdoc.paragraph(&words);
    }
    if let Some(words) = bodies(context) {
        rustdoc.paragraph(&words);
    }
    if let Some(words) = headers::words(operation) {
        rustdoc.paragraph(&words);
    }
    if let Some(arguments) = arguments(operation.parameters.iter()) {
        rustdoc.heading("Arguments");
        rustdoc.verbatim(arguments);
    }
    if let Some(links) = headers::links(context) {
        rustdoc.heading("Links");
        rustdoc.verbatim(links);
    }
    if let Some(errors) = errors(context) {
        rustdoc.heading("Errors");
        rustdoc.paragraph(&errors);
    }
    if let Some(example) = examples::operation(context.api, facts, context.group, operation) {
        rustdoc.heading("Examples");
        rustdoc.verbatim(example);
    }
    rustdoc.closing_lines(&operation.documentation);
    rustdoc
}

/// A line per argument that the document says something about.
fn arguments<'a>(parameters: impl Iterator<Item = &'a Parameter>) -> Option<Vec<String>> {
    let lines: Vec<String> = parameters
        .filter(|parameter| parameter.is_argument())
        .flat_map(|parameter| {
            // The example below shows a value.
            let documentation = Documentation {
                example: None,
                ..parameter.documentation.clone()
            };
            let words = Rustdoc::new(&documentation, "");
            words.as_list_item(&format!("`{}`", plain(&parameter.name)))
        })
        .collect();
    (!lines.is_empty()).then_some(lines)
}

/// The methods that send the other bodies which the operation may have.
fn bodies(context: &Context<'_>) -> Option<String> {
    let operation = context.operation;
    let own = documentation::code(&operation.body.as_ref()?.media_type);
    let first = operation
        .alternative_to
        .as_ref()
        .unwrap_or(&operation.method_name);
    let others: Vec<String> = context
        .group
        .operations
        .iter()
        .filter(|other| {
            let is_alternative = other.alternative_to.as_ref() == Some(first);
            (is_alternative || other.method_name == *first)
                && other.method_name != operation.method_name
        })
        .filter_map(|other| {
            let method = plain(&other.method_name);
            let media_type = documentation::code(&other.body.as_ref()?.media_type);
            Some(format!("{media_type} ([`{method}`](Self::{method}))"))
        })
        .collect();
    (!others.is_empty()).then(|| {
        format!(
            "The body is sent as {own}; it can also be {}.",
            others.join(" or ")
        )
    })
}

/// What to expect of an error's body.
fn errors(context: &Context<'_>) -> Option<String> {
    match &context.operation.error {
        ErrorBody::One(ResponseContent::Json(value)) => {
            let shown = shown_type(context, value);
            Some(format!(
                "The body of an error status is {shown}; [`Error::body`](crate::Error::body) reads it."
            ))
        }
        ErrorBody::Several { type_name, .. } => Some(format!(
            "The body of an error status depends on it: [`Error::body`](crate::Error::body) reads it as [`{type_name}`]."
        )),
        ErrorBody::None | ErrorBody::One(_) => None,
    }
}

fn shown_type(context: &Context<'_>, value: &Type) -> String {
    match value.bare() {
        Type::Named(id) => {
            let name = &context.api.definition(*id).name;
            format!("[`types::{name}`](crate::types::{name})")
        }
        _ => "JSON".to_owned(),
    }
}
