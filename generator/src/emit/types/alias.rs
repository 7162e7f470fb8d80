//! A definition that is another name for a type.
//!
//! Comes in: the type. Goes out: `pub type`. Must not know: other shapes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::type_tokens::rust_type;
use crate::model::{Type, TypeDefinition};

/// The alias.
pub(super) fn item(scope: &Scope<'_>, definition: &TypeDefinition, target: &Type) -> TokenStream {
    let name = super::name(definition);
    let attributes = super::member_attributes(
        &definition.documentation,
        "A value that the API names, without fields of its own.",
    );
    let target = rust_type(scope, target);
    quote!(#attributes pub type #name = #target;)
}
