//! `webhooks.rs`: a function for each request that the API sends, which reads its body.
//!
//! Comes in: the webhooks of the model. Goes out: the functions, documented. Must not know: how a server takes requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitted;
use super::documentation::{self, Rustdoc};
use super::scope::{self, Place, Scope, ident, plain};
use super::type_tokens::rust_type;
use crate::model::{Api, Webhook, WebhookCause};

/// The file.
pub(crate) fn webhooks(api: &Api) -> Emitted {
    let names = api.webhooks.iter().map(|webhook| webhook.name.as_str());
    let scope = Scope::new(api, Place::Elsewhere, names);
    let functions: Vec<TokenStream> = api
        .webhooks
        .iter()
        .map(|webhook| function(&scope, webhook))
        .collect();
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph(
        "Requests that the API sends to an address of yours: webhooks, and callbacks that a call of an operation asks for. Each function \
         reads the body of one kind of request. That a request comes from the API is to be made sure before, for example by a signature in \
         its headers.",
    );
    let mut items = vec![rustdoc.inner_attributes()];
    items.extend(scope.uses());
    items.extend(functions);
    Emitted {
        path: "src/webhooks.rs".to_owned(),
        items,
    }
}

fn function(scope: &Scope<'_>, webhook: &Webhook) -> TokenStream {
    let name = ident(&webhook.name);
    let payload = rust_type(scope, &webhook.payload);
    let (result, error) = (scope.path(scope::RESULT), scope.path(scope::DECODE_ERROR));
    let from_slice = scope.path(scope::FROM_SLICE);
    let docs = rustdoc(webhook).attributes();
    let deprecated = documentation::deprecated(&webhook.documentation);
    quote! {
        #docs
        #deprecated
        pub fn #name(body: &[u8]) -> #result<#payload, #error> {
            #from_slice(body)
        }
    }
}

fn rustdoc(webhook: &Webhook) -> Rustdoc {
    let mut rustdoc = Rustdoc::words(
        &webhook.documentation,
        "Reads the body of a request that the API sends.",
    );
    let method = webhook.method.as_str();
    match &webhook.cause {
        WebhookCause::Webhook(name) => rustdoc.paragraph(&format!(
            "The webhook {}, sent with {method}.",
            documentation::code(name)
        )),
        WebhookCause::Callback {
            callback,
            group,
            method: operation,
            address,
        } => {
            let accessor = plain(operation);
            rustdoc.paragraph(&format!(
                "The callback {} of `{group}::{accessor}`, sent with {method} to {}.",
                documentation::code(callback),
                documentation::code(address)
            ));
        }
    }
    if !webhook.headers.is_empty() {
        rustdoc.heading("Headers");
        rustdoc.verbatim(webhook.headers.iter().flat_map(|header| {
            let label = documentation::code(&header.name);
            let lines = Rustdoc::new(&header.documentation, "").as_list_item(&label);
            if lines.is_empty() {
                vec![format!("* {label}")]
            } else {
                lines
            }
        }));
    }
    rustdoc.heading("Errors");
    rustdoc.paragraph("When the body is not JSON of that type.");
    rustdoc.closing_lines(&webhook.documentation);
    rustdoc
}
