//! Pages: how the items and the total are taken out of an object that a list answers with.
//!
//! Comes in: the paging of the operations that answer with a definition. Goes out: its `Page` implementation. Must not know:
//! how the next page is asked for.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::object::Form;
use crate::emit::field_path::{Step, steps};
use crate::emit::scope::{self, Scope};
use crate::emit::type_tokens::{resolved, rust_type};
use crate::model::{Api, FloatWidth, Paging, Scalar, Type, TypeId};

/// The paging of each definition that is a page: that of the first operation which answers with it.
pub(super) fn pages(api: &Api) -> HashMap<TypeId, &Paging> {
    let mut pages = HashMap::new();
    for paging in api
        .operations()
        .filter_map(|operation| operation.paging.as_ref())
    {
        pages.entry(paging.page).or_insert(paging);
    }
    pages
}

/// The `Page` implementation of a definition that is a page.
pub(super) fn implementation(
    scope: &Scope<'_>,
    api: &Api,
    id: TypeId,
    paging: &Paging,
) -> Option<TokenStream> {
    let items_path = steps(api, id, std::slice::from_ref(&paging.items))?;
    let [items] = items_path.as_slice() else {
        return None;
    };
    let Type::Array(item) = resolved(api, &items.field.value) else {
        return None;
    };
    let name = super::name(api.definition(id));
    let page = scope.path(scope::PAGE);
    let item = rust_type(scope, item);
    let vec = scope.path(scope::VEC);
    let field = &items.name;
    let (into_items, len) = match items.form {
        Form::Plain => (quote!(self.#field), quote!(self.#field.len())),
        Form::Optional | Form::Nullable => (
            quote!(self.#field.unwrap_or_default()),
            quote!(self.#field.as_ref().map_or(0, #vec::len)),
        ),
        Form::ThreeState => (
            quote!(self.#field.into_value().unwrap_or_default()),
            quote!(self.#field.value().map_or(0, #vec::len)),
        ),
    };
    let total = total(scope, api, id, paging);
    Some(quote! {
        impl #page for #name {
            type Item = #item;

            fn into_items(self) -> #vec<Self::Item> {
                #into_items
            }

            fn len(&self) -> usize {
                #len
            }

            #total
        }
    })
}

/// The method that tells the number of items over all pages, where the page tells it.
fn total(scope: &Scope<'_>, api: &Api, id: TypeId, paging: &Paging) -> Option<TokenStream> {
    let path = steps(api, id, &paging.total)?;
    let (last, before) = path.split_last()?;
    let mut place = quote!(self);
    for step in before {
        place = borrowed(&place, step);
    }
    let field = &last.name;
    let value = match last.form {
        Form::Plain => quote!(#place.#field),
        Form::Optional | Form::Nullable => quote!(#place.#field?),
        Form::ThreeState => quote!(*#place.#field.value()?),
    };
    let (option, some) = (scope.path(scope::OPTION), scope.path(scope::SOME));
    let total = match resolved(api, &last.field.value) {
        Type::Scalar(Scalar::Integer(_)) => quote!(u64::try_from(#value).ok()),
        // A count that the document types as a number; the cast saturates, and a fraction is no count anyway.
        Type::Scalar(Scalar::Number(FloatWidth::F32 | FloatWidth::F64)) => {
            quote!(#some(#value as u64))
        }
        _ => return None,
    };
    Some(quote! {
        fn total(&self) -> #option<u64> {
            #total
        }
    })
}

fn borrowed(place: &TokenStream, step: &Step<'_>) -> TokenStream {
    let field = &step.name;
    match step.form {
        Form::Plain => quote!(#place.#field),
        Form::Optional | Form::Nullable => quote!(#place.#field.as_ref()?),
        Form::ThreeState => quote!(#place.#field.value()?),
    }
}
