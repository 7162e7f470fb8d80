//! `constraints.rs`: the limits of what is sent, as constant tables.
//!
//! Comes in: the tables of the model. Goes out: a static for each. Must not know: the types of the values, how limits are checked.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Emitted;
use super::scope::{self, Place, Scope, ident};
use crate::model::{Api, Limit, Limits, PlainLimit};

/// The file.
pub(crate) fn constraints(api: &Api) -> Emitted {
    let names: Vec<String> = (0..api.limits.len())
        .map(|index| name(api, index))
        .collect();
    let scope = Scope::new(api, Place::Elsewhere, names.iter().map(String::as_str));
    let limit_type = scope.path(scope::LIMIT);
    let items: Vec<TokenStream> = api
        .limits
        .iter()
        .enumerate()
        .map(|(index, table)| {
            let (name, count) = (table_name(api, index), table.limits.len());
            let count = Literal::usize_unsuffixed(count);
            let limits = list(api, &limit_type, &table.limits);
            quote!(pub(crate) static #name: [#limit_type; #count] = #limits;)
        })
        .collect();
    let unused = (!api.features.groups.is_empty()).then(
        || quote!(#![allow(dead_code, reason = "some are for operations that a build may leave out")]),
    );
    let mut emitted = vec![quote! {
        //! Limits of parameters and bodies, checked before a request is sent.
        #![allow(clippy::approx_constant, reason = "limits are what the API says")]
        #unused
    }];
    emitted.extend(scope.uses());
    emitted.extend(items);
    Emitted {
        path: "src/constraints.rs".to_owned(),
        items: emitted,
    }
}

/// The name of a table in its module.
pub(super) fn table_name(api: &Api, index: usize) -> Ident {
    ident(&name(api, index))
}

fn name(api: &Api, index: usize) -> String {
    let table = api.limits.get(index);
    table.map_or_else(String::new, |table| table.name.to_uppercase())
}

/// `[…]`.
fn list(api: &Api, limit_type: &TokenStream, limits: &[Limit]) -> TokenStream {
    let limits = limits.iter().map(|limit| match limit {
        Limit::Plain(plain) => {
            let plain = plain_limit(*plain);
            quote!(#limit_type::#plain)
        }
        Limit::Items(items) => {
            let items = reference(api, limit_type, items);
            quote!(#limit_type::Items(#items))
        }
        Limit::Properties(properties) => {
            let properties = properties.iter().map(|(key, limits)| {
                let limits = reference(api, limit_type, limits);
                quote!((#key, #limits))
            });
            quote!(#limit_type::Properties(&[#(#properties),*]))
        }
        Limit::Others(named, others) => {
            let others = reference(api, limit_type, others);
            quote!(#limit_type::Others(&[#(#named),*], #others))
        }
    });
    quote!([#(#limits),*])
}

fn reference(api: &Api, limit_type: &TokenStream, limits: &Limits) -> TokenStream {
    match limits {
        Limits::Own(limits) => {
            let limits = list(api, limit_type, limits);
            quote!(&#limits)
        }
        Limits::Table(index) => {
            let name = table_name(api, *index);
            quote!(&#name)
        }
    }
}

fn plain_limit(limit: PlainLimit) -> TokenStream {
    let (name, value) = match limit {
        PlainLimit::MinLength(count) => ("MinLength", integer(count)),
        PlainLimit::MaxLength(count) => ("MaxLength", integer(count)),
        PlainLimit::MinItems(count) => ("MinItems", integer(count)),
        PlainLimit::MaxItems(count) => ("MaxItems", integer(count)),
        PlainLimit::MinProperties(count) => ("MinProperties", integer(count)),
        PlainLimit::MaxProperties(count) => ("MaxProperties", integer(count)),
        PlainLimit::Minimum(number) => ("Minimum", float(number)),
        PlainLimit::Above(number) => ("Above", float(number)),
        PlainLimit::Maximum(number) => ("Maximum", float(number)),
        PlainLimit::Below(number) => ("Below", float(number)),
        PlainLimit::MultipleOf(number) => ("MultipleOf", float(number)),
        PlainLimit::UniqueItems => return quote!(UniqueItems),
    };
    let name = ident(name);
    quote!(#name(#value))
}

/// A count; one that no memory holds is cut to what 32 bits hold.
fn integer(count: u64) -> TokenStream {
    let literal = Literal::u64_unsuffixed(count.min(u64::from(u32::MAX)));
    quote!(#literal)
}

fn float(number: f64) -> TokenStream {
    let literal = Literal::f64_unsuffixed(number.abs());
    if number < 0.0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}
