//! Lints that the names of a document can trip, and the attributes that answer them.
//!
//! Comes in: a name or a count. Goes out: an `allow` with its reason, or nothing. Must not know: the item under it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Response, StatusRange};

/// More arguments than this make clippy ask for a struct.
const MOST_ARGUMENTS: usize = 7;

/// Methods that clippy would rather see in an implementation of a trait of the standard library.
const TRAIT_METHODS: [&str; 29] = [
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
];

/// For a method of this name with this many arguments beside `self`.
pub(crate) fn for_method(name: &str, arguments: usize) -> TokenStream {
    let mut attributes = too_many_arguments(arguments + 1);
    if TRAIT_METHODS.contains(&name) || name == "sub" {
        attributes.extend(quote! {
            #[allow(clippy::should_implement_trait, reason = "named as the API names it")]
        });
    }
    if name == "new" {
        attributes.extend(quote! {
            #[allow(clippy::new_ret_no_self, reason = "named as the API names it")]
        });
    }
    attributes
}

/// For a match over statuses in which a class stands behind statuses of its own.
pub(crate) fn overlapping_statuses(responses: &[Response]) -> Option<TokenStream> {
    let overlaps = responses.iter().any(|response| match response.status {
        StatusRange::Class(class) => responses.iter().any(
            |other| matches!(other.status, StatusRange::Exact(status) if status / 100 == class),
        ),
        StatusRange::Exact(_) | StatusRange::Default => false,
    });
    overlaps.then(|| {
        quote! {
            #[allow(clippy::match_overlapping_arm, reason = "exact statuses go before their class")]
        }
    })
}

/// For a function with this many arguments.
pub(crate) fn too_many_arguments(arguments: usize) -> TokenStream {
    if arguments <= MOST_ARGUMENTS {
        return TokenStream::new();
    }
    quote! {
        #[allow(clippy::too_many_arguments, reason = "the API asks for each of them")]
    }
}
