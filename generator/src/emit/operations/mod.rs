//! The files of `api/`: the operations of the API, a file per group.
//!
//! Comes in: groups of operations. Goes out: items, one token stream each. Must not know: how requests are sent.

mod group;
mod headers;
mod outcome;
mod paging;
mod parameters;
mod polling;
mod request;
mod streams;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::documentation::Rustdoc;
use super::scope::{Place, Scope, plain};
use super::{CrateFacts, Emitted, features, names};
use crate::model::{Api, ErrorBody, Group, Operation, ResponseContent, Success};

pub(crate) use parameters::Passing;
pub(crate) use request::body_name;

/// `api/mod.rs`: the groups.
pub(crate) fn index(api: &Api) -> Emitted {
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph("The operations of the API, a module per group. The [`Client`](crate::Client) leads to them.");
    let docs = rustdoc.inner_attributes();
    let mut groups: Vec<&Group> = api.groups.iter().collect();
    groups.sort_unstable_by_key(|group| plain(&group.accessor));
    let lints = groups
        .iter()
        .any(|group| plain(&group.accessor) == "api")
        .then(|| quote!(#![allow(clippy::module_inception, reason = "named as the API names it")]));
    let modules = groups
        .iter()
        .map(|group| names::module_ident(&group.accessor));
    let conditions = groups
        .iter()
        .map(|group| features::of_group(api, &group.accessor));
    Emitted {
        path: "src/api/mod.rs".to_owned(),
        items: vec![
            quote!(#docs #lints),
            quote!(#(#conditions pub mod #modules;)*),
        ],
    }
}

/// `api/<group>.rs`: the operations of one group.
pub(crate) fn group(api: &Api, facts: &CrateFacts, index: usize) -> Emitted {
    let Some(group) = api.groups.get(index) else {
        return Emitted {
            path: String::new(),
            items: Vec::new(),
        };
    };
    let scope = Scope::new(api, Place::Elsewhere, defined(group));
    let mut items = group::items(&scope, api, facts, group);
    items.extend(request::kinds(&group.operations));
    for operation in &group.operations {
        let context = Context {
            scope: &scope,
            api,
            group,
            operation,
        };
        items.extend(request::items(&context));
        items.extend(outcome::items(&context));
    }
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph(&format!(
        "Operations of [`{name}`](self::{name}), each with the type of its request.",
        name = group.type_name
    ));
    let mut emitted = vec![rustdoc.inner_attributes()];
    emitted.extend(scope.uses());
    emitted.extend(items);
    Emitted {
        path: format!("src/api/{}.rs", names::module_file(&group.accessor)),
        items: emitted,
    }
}

/// Every name that the file of a group defines.
fn defined(group: &Group) -> Vec<&str> {
    let mut names = vec![group.type_name.as_str()];
    for operation in &group.operations {
        names.push(&operation.type_name);
        if let Success::Several { type_name, .. } = &operation.success {
            names.push(type_name);
        }
        if let ErrorBody::Several { type_name, .. } = &operation.error {
            names.push(type_name);
        }
    }
    names
}

/// An operation, and where it is emitted.
struct Context<'a> {
    scope: &'a Scope<'a>,
    api: &'a Api,
    group: &'a Group,
    operation: &'a Operation,
}

impl Context<'_> {
    /// The Rust type that the operation answers with.
    fn output(&self) -> TokenStream {
        match &self.operation.success {
            Success::One(content) => content_type(self.scope, content),
            Success::Several { type_name, .. } => {
                let name = super::scope::ident(type_name);
                quote!(#name)
            }
        }
    }

    /// A link to the method, for rustdoc.
    fn method_link(&self) -> String {
        let (group, method) = (&self.group.type_name, &self.operation.method_name);
        format!("[`{group}::{}`]", plain(method))
    }
}

/// The Rust type of a body.
fn content_type(scope: &Scope<'_>, content: &ResponseContent) -> TokenStream {
    match content {
        ResponseContent::Empty => quote!(()),
        ResponseContent::Json(value) => super::type_tokens::rust_type(scope, value),
        ResponseContent::Text => scope.path(super::scope::STRING),
        ResponseContent::Bytes => scope.path(super::scope::BYTES),
    }
}

/// The runtime's reader for a content.
fn reader_name(content: &ResponseContent) -> Ident {
    match content {
        ResponseContent::Empty => format_ident!("empty"),
        ResponseContent::Json(_) => format_ident!("json"),
        ResponseContent::Text => format_ident!("text"),
        ResponseContent::Bytes => format_ident!("bytes"),
    }
}
