//! Constants: what tells that an object holds a certain value under a key.
//!
//! Comes in: a key and the values that it may hold. Goes out: the look at it that goes before the object is read. Must not know: what
//! follows from it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::scope::{self, Scope};
use crate::model::Constant;

/// The literal of a constant, where it is of a certain JSON type.
type Literally = fn(&Constant) -> Option<TokenStream>;

/// A look at a key, in the words of one JSON type.
pub(super) struct Look {
    /// What is there: an `Option`.
    pub looked: TokenStream,
    some: TokenStream,
    literal: Literally,
}

/// The looks at a key for a text, an integer and a boolean.
pub(super) fn looks(scope: &Scope<'_>, key: &str) -> impl Iterator<Item = Look> {
    let some = scope.path(scope::SOME);
    let of_types: [(TokenStream, Literally); 3] = [
        (quote!(json.tag(#key)?.as_deref()), text),
        (quote!(json.integer_at(#key)?), integer),
        (quote!(json.boolean_at(#key)?), boolean),
    ];
    of_types.into_iter().map(move |(looked, literal)| Look {
        looked,
        some: some.clone(),
        literal,
    })
}

impl Look {
    /// The pattern of those constants that this look can find.
    pub(super) fn pattern<'c>(
        &self,
        constants: impl Iterator<Item = &'c Constant>,
    ) -> Option<TokenStream> {
        let some = &self.some;
        let literals: Vec<TokenStream> = constants.filter_map(self.literal).collect();
        (!literals.is_empty()).then(|| quote!(#some(#(#literals)|*)))
    }
}

/// Whether a key holds one of these values.
pub(super) fn condition(scope: &Scope<'_>, key: &str, values: &[Constant]) -> Option<TokenStream> {
    let mut conditions: Vec<TokenStream> = looks(scope, key)
        .filter_map(|look| {
            let literals: Vec<TokenStream> = values.iter().filter_map(look.literal).collect();
            let Look { looked, some, .. } = look;
            match literals.as_slice() {
                [] => None,
                [only] => Some(quote!(#looked == #some(#only))),
                _ => Some(quote!(#looked.is_some_and(|value| [#(#literals),*].contains(&value)))),
            }
        })
        .collect();
    if values.contains(&Constant::Null) {
        conditions.push(quote!(json.is_null_at(#key)?));
    }
    match conditions.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(quote!((#(#several)||*))),
    }
}

/// A constant as an expression; none for null.
pub(super) fn literal(constant: &Constant) -> Option<TokenStream> {
    match constant {
        Constant::Integer(value) => {
            let literal = Literal::i64_suffixed(*value);
            Some(quote!(#literal))
        }
        other => text(other).or_else(|| boolean(other)),
    }
}

fn text(constant: &Constant) -> Option<TokenStream> {
    match constant {
        Constant::Text(text) => Some(quote!(#text)),
        _ => None,
    }
}

fn integer(constant: &Constant) -> Option<TokenStream> {
    match constant {
        Constant::Integer(value) => {
            let literal = Literal::i64_unsuffixed(*value);
            Some(quote!(#literal))
        }
        _ => None,
    }
}

fn boolean(constant: &Constant) -> Option<TokenStream> {
    match constant {
        Constant::Boolean(flag) => Some(quote!(#flag)),
        _ => None,
    }
}
