//! Features: the conditions under which parts of the crate are compiled.
//!
//! Comes in: the features of the model. Goes out: an attribute for what has a condition, nothing for the rest. Must not know: what it is
//! written before.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Api;

/// The condition of a group, by its accessor.
pub(super) fn of_group(api: &Api, accessor: &str) -> Option<TokenStream> {
    let feature = api.features.groups.get(accessor)?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// The condition of a module of types.
pub(super) fn of_module(api: &Api, module: &str) -> Option<TokenStream> {
    match api.features.modules.get(module)?.as_slice() {
        [feature] => Some(quote!(#[cfg(feature = #feature)])),
        features => Some(quote!(#[cfg(any(#(feature = #features),*))])),
    }
}

/// Whether a module of types is there wherever another one is.
pub(super) fn is_with(api: &Api, module: &str, other: &str) -> bool {
    let Some(features) = api.features.modules.get(module) else {
        return true;
    };
    let others = api.features.modules.get(other);
    module == other
        || others.is_some_and(|others| others.iter().all(|feature| features.contains(feature)))
}
