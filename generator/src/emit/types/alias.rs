//! A definition that is another name for a type.
//!
//! Comes in: the type. Goes out: `pub type`. Must not know: other shapes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::type_tokens::rust_type;
use crate::model::{Api, Type, TypeDefinition};

/// The alias.
pub(super) fn item(
    scope: &Scope<'_>,
    api: &Api,
    definition: &TypeDefinition,
    target: &Type,
) -> TokenStream {
    let name = super::name(definition);
    let fallback = match target {
        Type::Named(id) => {
            let target = &api.definition(*id).name;
            format!("The same as [`{target}`](super::{target}).")
        }
        _ => "A value that the API names, without fields of its own.".to_owned(),
    };
    let attributes = super::member_attributes(&definition.documentation, &fallback);
    let target = rust_type(scope, target);
    quote!(#attributes pub type #name = #target;)
}
