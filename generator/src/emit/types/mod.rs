//! The files of `types/`: every named type of the API, grouped by the operations that use it.
//!
//! Comes in: definitions of the model. Goes out: items, one token stream each. Must not know: operations, beyond
//! the pages that they read.

mod alias;
mod constant;
mod enumeration;
mod object;
mod page;
mod sent;
mod union;

use indexmap::IndexSet;
use proc_macro2::TokenStream;
use quote::quote;

use super::documentation::Rustdoc;
use super::scope::{Place, Scope, ident, plain};
use super::{Emitted, features, names};
use crate::model::{Api, Documentation, Shape, TypeDefinition, TypeId, WEBHOOK_TYPES};
pub(crate) use object::Form;

/// The modules of `types/`, in the order of their first definition.
pub(crate) fn modules(api: &Api) -> IndexSet<&str> {
    api.types
        .iter()
        .map(|definition| definition.module.as_str())
        .collect()
}

/// `types/mod.rs`: the modules, and everything in them under one name.
pub(crate) fn index(api: &Api) -> Emitted {
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph("Every type that requests carry and responses hold.");
    let mut modules: Vec<&str> = modules(api).into_iter().collect();
    modules.sort_unstable_by_key(|module| plain(module));
    let names: Vec<_> = modules
        .iter()
        .map(|module| names::module_ident(module))
        .collect();
    let lints = modules
        .iter()
        .any(|module| plain(module) == "types")
        .then(|| quote!(#![allow(clippy::module_inception, reason = "named as the API names it")]));
    let docs = rustdoc.inner_attributes();
    let mut items = vec![quote!(#docs #lints)];
    if !names.is_empty() {
        let conditions: Vec<_> = modules
            .iter()
            .map(|module| features::of_module(api, module))
            .collect();
        items.push(quote!(#(#conditions mod #names;)*));
        items.push(quote!(#(#conditions pub use self::#names::*;)*));
    }
    Emitted {
        path: "src/types/mod.rs".to_owned(),
        items,
    }
}

/// `types/<module>.rs`: the definitions of one module.
pub(crate) fn module(api: &Api, module: &str) -> Emitted {
    let definitions: Vec<(TypeId, &TypeDefinition)> = api
        .types
        .iter()
        .enumerate()
        .filter(|(_, definition)| definition.module == module)
        .map(|(index, definition)| (TypeId(index), definition))
        .collect();
    let scope = Scope::new(
        api,
        Place::Types(module),
        definitions
            .iter()
            .map(|(_, definition)| definition.name.as_str()),
    );
    let pages = page::pages(api);
    let convertible = sent::convertible(api);
    let mut items = Vec::new();
    for (id, definition) in definitions {
        items.extend(items_of(&scope, api, id, definition));
        if convertible.contains(&id) {
            items.extend(sent::conversion(&scope, api, definition));
        }
        if let Some(paging) = pages.get(&id) {
            items.extend(page::implementation(&scope, api, id, paging));
        }
    }
    let docs = module_documentation(api, module).inner_attributes();
    let mut emitted = vec![docs];
    emitted.extend(scope.uses());
    emitted.extend(items);
    Emitted {
        path: format!("src/types/{}.rs", names::module_file(module)),
        items: emitted,
    }
}

fn module_documentation(api: &Api, module: &str) -> Rustdoc {
    let mut rustdoc = Rustdoc::default();
    match api.groups.iter().find(|group| group.accessor == module) {
        Some(group) => rustdoc.paragraph(&format!(
            "Types of `{}`, the operations behind [`Client::{accessor}`](crate::Client::{accessor}).",
            group.type_name,
            accessor = plain(&group.accessor),
        )),
        None if module == WEBHOOK_TYPES => rustdoc
            .paragraph("Types of the bodies of [webhooks](crate::webhooks), which no operation needs."),
        None => match api.features.modules.get(module) {
            Some(names) => {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                rustdoc.paragraph(&format!(
                    "Types that a few groups of operations share, and no others: those of the features {}.",
                    names.join(", ")
                ));
            }
            None => rustdoc.paragraph("Types that several groups of operations share."),
        },
    }
    rustdoc
}

fn items_of(
    scope: &Scope<'_>,
    api: &Api,
    id: TypeId,
    definition: &TypeDefinition,
) -> Vec<TokenStream> {
    match &definition.shape {
        Shape::Object(shape) => object::items(scope, api, definition, shape),
        Shape::Enumeration(shape) => enumeration::items(scope, definition, shape),
        Shape::Union(shape) => union::items(scope, api, id, definition, shape),
        Shape::Alias(target) => vec![alias::item(scope, api, definition, target)],
    }
}

/// One half of the codec of a definition. The one that no request and no response needs is compiled for the feature `serde` alone, which
/// has both for every type: to the compiler a half costs as much as a derived trait or two.
fn half(scope: &Scope<'_>, is_needed: bool, half: impl FnOnce() -> TokenStream) -> TokenStream {
    if is_needed {
        half()
    } else {
        scope.under_serde(half)
    }
}

/// The rustdoc of a definition.
fn rustdoc(api: &Api, definition: &TypeDefinition, fallback: &str) -> Rustdoc {
    let mut rustdoc = Rustdoc::new(&definition.documentation, fallback);
    let sent = definition.sent_as.map(|sent| ("received", "sent", sent));
    let received = definition
        .received_as
        .map(|received| ("sent", "received", received));
    if let Some((this, that, other)) = sent.or(received) {
        let other = api.definition(other);
        let mut name = format!("`{}`", other.name);
        // A link into a module that may be switched off would lead nowhere.
        if features::is_with(api, &other.module, &definition.module) {
            name = format!("[{name}](super::{})", other.name);
        }
        rustdoc.paragraph(&format!(
            "This is what is {this}; what is {that} is {name}."
        ));
    }
    rustdoc
}

/// What stands before a field or variant: its rustdoc and whether it is deprecated.
fn member_attributes(documentation: &Documentation, fallback: &str) -> TokenStream {
    let docs = Rustdoc::new(documentation, fallback).attributes();
    let deprecated = super::documentation::deprecated(documentation);
    quote!(#docs #deprecated)
}

/// The name of a definition as an identifier.
fn name(definition: &TypeDefinition) -> proc_macro2::Ident {
    ident(&definition.name)
}
