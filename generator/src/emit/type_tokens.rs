//! Types of the model as Rust types, and what a caller passes for a value of one.
//!
//! Comes in: [`Type`]. Goes out: tokens of the type, of an argument that is easy to call with, and of the way from the
//! one to the other. Must not know: where the type is used.

use std::time::Duration;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{self, Scope};
use crate::model::{Api, FloatWidth, IntegerWidth, Scalar, Shape, Type};

/// The Rust type of a value.
pub(crate) fn rust_type(scope: &Scope<'_>, value: &Type) -> TokenStream {
    match value {
        Type::Scalar(scalar) => scalar_type(scope, *scalar),
        Type::Array(inner) => {
            let vec = scope.path(scope::VEC);
            let inner = rust_type(scope, inner);
            quote!(#vec<#inner>)
        }
        Type::Tuple(items) => {
            let items = items.iter().map(|item| rust_type(scope, item));
            quote!((#(#items,)*))
        }
        Type::Map(inner) => {
            let (map, string) = (scope.path(scope::BTREE_MAP), scope.path(scope::STRING));
            let inner = rust_type(scope, inner);
            quote!(#map<#string, #inner>)
        }
        Type::Named(id) => scope.definition(*id),
        Type::Nullable(inner) => {
            let option = scope.path(scope::OPTION);
            let inner = rust_type(scope, inner);
            quote!(#option<#inner>)
        }
        Type::FileOr(inner) => {
            let file_or = scope.path(scope::FILE_OR);
            let inner = rust_type(scope, inner);
            quote!(#file_or<#inner>)
        }
        Type::Boxed(inner) => {
            let boxed = scope.path(scope::BOX);
            let inner = rust_type(scope, inner);
            quote!(#boxed<#inner>)
        }
        Type::Any => scope.path(scope::VALUE),
    }
}

fn scalar_type(scope: &Scope<'_>, scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Boolean => quote!(bool),
        Scalar::Integer(IntegerWidth::I8) => quote!(i8),
        Scalar::Integer(IntegerWidth::I16) => quote!(i16),
        Scalar::Integer(IntegerWidth::I32) => quote!(i32),
        Scalar::Integer(IntegerWidth::I64) => quote!(i64),
        Scalar::Integer(IntegerWidth::U8) => quote!(u8),
        Scalar::Integer(IntegerWidth::U16) => quote!(u16),
        Scalar::Integer(IntegerWidth::U32) => quote!(u32),
        Scalar::Integer(IntegerWidth::U64) => quote!(u64),
        Scalar::Number(FloatWidth::F32) => quote!(f32),
        Scalar::Number(FloatWidth::F64) => quote!(f64),
        Scalar::String => scope.path(scope::STRING),
        Scalar::Uuid => scope.path(scope::UUID),
        Scalar::DateTime => scope.path(scope::OFFSET_DATE_TIME),
        Scalar::Date => scope.path(scope::DATE),
        Scalar::Base64 => scope.path(scope::BASE64),
        Scalar::Ipv4 => scope.path(scope::IPV4_ADDR),
        Scalar::Ipv6 => scope.path(scope::IPV6_ADDR),
        Scalar::File => scope.path(scope::FILE),
    }
}

/// The type behind aliases.
pub(crate) fn resolved<'a>(api: &'a Api, value: &'a Type) -> &'a Type {
    let mut value = value;
    // An alias may stand for another one; a chain longer than there are definitions would be a circle.
    for _ in 0..=api.types.len() {
        match value {
            Type::Named(id) => match &api.definition(*id).shape {
                Shape::Alias(target) => value = target,
                _ => return value,
            },
            _ => return value,
        }
    }
    value
}

/// The definition behind a type, where it is a union.
pub(crate) fn is_union(api: &Api, value: &Type) -> bool {
    matches!(resolved(api, value), Type::Named(id) if matches!(api.definition(*id).shape, Shape::Union(_)))
}

/// The name of the only value that a type has, where it is an enumeration of one.
pub(crate) fn only_value<'a>(api: &'a Api, value: &'a Type) -> Option<&'a str> {
    match resolved(api, value) {
        Type::Named(id) => match &api.definition(*id).shape {
            Shape::Enumeration(shape) => shape.only(),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a value is passed as it is, without a way to go.
pub(crate) struct Argument {
    /// The type of the argument.
    pub(crate) tokens: TokenStream,
    /// The value from the argument of this name.
    pub(crate) value: TokenStream,
    /// Whether `value` is the argument itself.
    pub(crate) is_same: bool,
}

/// What a caller passes for an owned value that is stored: whatever turns into it.
pub(crate) fn owned_argument(
    scope: &Scope<'_>,
    api: &Api,
    value: &Type,
    name: &TokenStream,
) -> Argument {
    let into = |tokens: TokenStream| {
        let into = scope.path(scope::INTO);
        Argument {
            tokens: quote!(impl #into<#tokens>),
            value: quote!(#name.into()),
            is_same: false,
        }
    };
    match resolved(api, value) {
        Type::Scalar(Scalar::String | Scalar::File) | Type::FileOr(_) | Type::Any => {
            into(rust_type(scope, value))
        }
        Type::Array(item) => {
            let iterator = scope.path(scope::INTO_ITERATOR);
            if matches!(
                resolved(api, item),
                Type::Scalar(Scalar::String | Scalar::File)
            ) {
                let (into, item) = (scope.path(scope::INTO), rust_type(scope, item));
                Argument {
                    tokens: quote!(impl #iterator<Item = impl #into<#item>>),
                    value: quote!(#name.into_iter().map(#into::into).collect()),
                    is_same: false,
                }
            } else {
                let item = rust_type(scope, item);
                Argument {
                    tokens: quote!(impl #iterator<Item = #item>),
                    value: quote!(#name.into_iter().collect()),
                    is_same: false,
                }
            }
        }
        Type::Boxed(inner) => {
            let boxed = scope.path(scope::BOX);
            let inner = owned_argument(scope, api, inner, name);
            let value = inner.value;
            Argument {
                tokens: inner.tokens,
                value: quote!(#boxed::new(#value)),
                is_same: false,
            }
        }
        Type::Named(_) if is_union(api, value) => into(rust_type(scope, value)),
        _ => Argument {
            tokens: rust_type(scope, value),
            value: name.clone(),
            is_same: true,
        },
    }
}

/// An expression of a time span.
pub(crate) fn duration(scope: &Scope<'_>, duration: Duration) -> TokenStream {
    let path = scope.path(scope::DURATION);
    if duration.subsec_nanos() == 0 {
        let seconds = proc_macro2::Literal::u64_unsuffixed(duration.as_secs());
        quote!(#path::from_secs(#seconds))
    } else {
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let millis = proc_macro2::Literal::u64_unsuffixed(millis);
        quote!(#path::from_millis(#millis))
    }
}
