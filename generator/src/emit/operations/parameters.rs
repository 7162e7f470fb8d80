//! Parameters: what a caller passes for one, and how it is written into the call.
//!
//! Comes in: a parameter of the model. Goes out: the type of its argument, and statements or expressions over the call. Must not know:
//! which operation it belongs to.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::documentation::{self, Rustdoc};
use crate::emit::lints;
use crate::emit::scope::{self, Scope, ident, plain};
use crate::emit::type_tokens::{resolved, rust_type};
use crate::model::{Api, Parameter, ParameterPlace, ParameterStyle, Scalar, Shape, Style, Type};

/// How a caller passes the value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passing {
    /// By value: numbers, UUIDs, IP addresses, enumerations.
    Value,
    /// `&str`.
    Text,
    /// By reference: values without a cheap copy.
    Reference,
    /// By reference, sent as JSON.
    Json,
    /// A slice, sent as JSON.
    JsonSlice,
    /// Anything that yields the items.
    Items,
    /// Anything that yields texts.
    Texts,
    /// What becomes one item, or several.
    OneOrMany,
    /// A slice: what becomes one value of a path, a header or a cookie.
    Slice,
    /// A slice of texts.
    TextSlice,
}

impl Passing {
    /// How the value of `parameter` is passed.
    pub(crate) fn of(api: &Api, parameter: &Parameter) -> Self {
        let value = resolved(api, parameter.value.bare());
        if parameter.style == ParameterStyle::Json {
            return match parameter.value.bare() {
                Type::Array(_) => Passing::JsonSlice,
                _ => Passing::Json,
            };
        }
        let structure = match parameter.style {
            ParameterStyle::Styled { .. } => Passing::Reference,
            _ => Passing::Json,
        };
        match value {
            Type::Array(_) if parameter.takes_one => Passing::OneOrMany,
            Type::Array(item) => {
                let is_text = matches!(resolved(api, item), Type::Scalar(Scalar::String));
                let joins_slices = parameter.place != ParameterPlace::Query
                    || matches!(parameter.style, ParameterStyle::Styled { .. });
                match (joins_slices, is_text) {
                    (false, true) => Passing::Texts,
                    (false, false) => Passing::Items,
                    (_, true) => Passing::TextSlice,
                    (_, false) => Passing::Slice,
                }
            }
            Type::Scalar(Scalar::String) => Passing::Text,
            Type::Scalar(Scalar::Base64) | Type::Any => Passing::Reference,
            Type::Scalar(_) => Passing::Value,
            Type::Named(id) => match api.definition(*id).shape {
                Shape::Enumeration(_) => Passing::Value,
                Shape::Union(_) => Passing::Reference,
                Shape::Object(_) | Shape::Alias(_) => structure,
            },
            Type::Map(_)
            | Type::Tuple(_)
            | Type::Nullable(_)
            | Type::FileOr(_)
            | Type::Boxed(_) => structure,
        }
    }
}

/// The type of the argument.
pub(super) fn argument_type(scope: &Scope<'_>, api: &Api, parameter: &Parameter) -> TokenStream {
    let value = parameter.value.bare();
    // Only where it is written: naming a type imports it.
    let item = || match resolved(api, value) {
        Type::Array(item) => rust_type(scope, item),
        other => rust_type(scope, other),
    };
    match Passing::of(api, parameter) {
        Passing::Value => rust_type(scope, value),
        Passing::Text => quote!(&str),
        Passing::Reference | Passing::Json => {
            let value = rust_type(scope, value);
            quote!(&#value)
        }
        Passing::Items => {
            let iterator = scope.path(scope::INTO_ITERATOR);
            let item = item();
            quote!(impl #iterator<Item = #item>)
        }
        Passing::Texts => {
            let (iterator, into) = (scope.path(scope::INTO_ITERATOR), scope.path(scope::INTO));
            let item = item();
            quote!(impl #iterator<Item = impl #into<#item>>)
        }
        Passing::OneOrMany => {
            let (into, one_or_many) = (scope.path(scope::INTO), scope.path(scope::ONE_OR_MANY));
            let item = item();
            quote!(impl #into<#one_or_many<#item>>)
        }
        Passing::Slice | Passing::JsonSlice => {
            let item = item();
            quote!(&[#item])
        }
        Passing::TextSlice => quote!(&[&str]),
    }
}

/// `&dyn Parameter` of the argument `name`.
pub(super) fn as_parameter(
    scope: &Scope<'_>,
    api: &Api,
    parameter: &Parameter,
    name: &Ident,
) -> TokenStream {
    if let ParameterStyle::Styled { style, .. } = parameter.style {
        let styled = scope.path(scope::STYLED);
        let (style, wire) = (style_path(scope, style), &parameter.wire_name);
        let value = as_encode(api, parameter, name);
        return quote!(&#styled(#style, #wire, #value));
    }
    match Passing::of(api, parameter) {
        Passing::Reference => quote!(#name),
        Passing::Json | Passing::JsonSlice => {
            let (json, value) = (
                scope.path(scope::JSON_TEXT),
                as_encode(api, parameter, name),
            );
            quote!(&#json(#value))
        }
        Passing::Slice | Passing::TextSlice => {
            let joined = scope.path(scope::JOINED);
            match separator(parameter) {
                "," => quote!(&#joined::comma(#name)),
                other => quote!(&#joined::by(#name, #other)),
            }
        }
        Passing::Value | Passing::Text | Passing::Items | Passing::Texts | Passing::OneOrMany => {
            quote!(&#name)
        }
    }
}

/// What stands between the items of a list, as its place can hold it.
fn separator(parameter: &Parameter) -> &'static str {
    let is_in_url = matches!(
        parameter.place,
        ParameterPlace::Path | ParameterPlace::Query
    );
    match (parameter.style, is_in_url) {
        (ParameterStyle::SpaceJoined, true) => "%20",
        (ParameterStyle::SpaceJoined, false) => " ",
        (ParameterStyle::PipeJoined, true) => "%7C",
        (ParameterStyle::PipeJoined, false) => "|",
        (ParameterStyle::TabJoined, true) => "%09",
        (ParameterStyle::TabJoined, false) => "\t",
        (
            ParameterStyle::Single
            | ParameterStyle::CommaJoined
            | ParameterStyle::Repeated
            | ParameterStyle::Json
            | ParameterStyle::Styled { .. },
            _,
        ) => ",",
    }
}

/// `&dyn Encode` of the argument `name`.
fn as_encode(api: &Api, parameter: &Parameter, name: &Ident) -> TokenStream {
    match Passing::of(api, parameter) {
        Passing::Reference | Passing::Json => quote!(#name),
        _ => quote!(&#name),
    }
}

fn style_path(scope: &Scope<'_>, style: Style) -> TokenStream {
    let (styles, name) = (scope.path(scope::STYLE), ident(style.name()));
    quote!(#styles::#name)
}

/// The statement that writes the argument into `call`.
pub(super) fn write(
    scope: &Scope<'_>,
    api: &Api,
    parameter: &Parameter,
    call: &TokenStream,
) -> TokenStream {
    let name = ident(&parameter.name);
    let wire = &parameter.wire_name;
    if let Some(index) = parameter.limits {
        let shown = match wire.as_str() {
            "" => plain(&parameter.name),
            wire => wire,
        };
        let value = as_encode(api, parameter, &name);
        let check = check(scope, api, call, shown, index, &value);
        // What is consumed by writing it is collected to be looked at.
        let (collected, written) = match Passing::of(api, parameter) {
            Passing::Items => {
                let vec = scope.path(scope::VEC);
                (
                    Some(quote!(let #name: #vec<_> = #name.into_iter().collect();)),
                    quote!(&#name),
                )
            }
            Passing::Texts => {
                let (vec, into, string) = (
                    scope.path(scope::VEC),
                    scope.path(scope::INTO),
                    scope.path(scope::STRING),
                );
                (
                    Some(quote! {
                        let #name: #vec<#string> = #name.into_iter().map(#into::into).collect();
                    }),
                    quote!(&#name),
                )
            }
            Passing::OneOrMany => {
                let into = scope.path(scope::INTO);
                (
                    Some(quote!(let #name = #into::into(#name);)),
                    quote!(&#name),
                )
            }
            _ => (None, quote!(#name)),
        };
        let write = write_unchecked(
            scope,
            api,
            parameter,
            call,
            collected.is_some().then_some(&written),
        );
        return quote!(#collected #check #write);
    }
    write_unchecked(scope, api, parameter, call, None)
}

/// The statement that checks a value against a table of limits.
pub(super) fn check(
    scope: &Scope<'_>,
    api: &Api,
    call: &TokenStream,
    shown: &str,
    table: usize,
    value: &TokenStream,
) -> TokenStream {
    let (constraints, table) = (
        scope.path(scope::CONSTRAINTS),
        crate::emit::constraints::table_name(api, table),
    );
    quote!(#call.check(#shown, &#constraints::#table, #value);)
}

/// As [`write`], whatever the limits are; `collected` is a list that was made of what the caller passed.
fn write_unchecked(
    scope: &Scope<'_>,
    api: &Api,
    parameter: &Parameter,
    call: &TokenStream,
    collected: Option<&TokenStream>,
) -> TokenStream {
    let name = ident(&parameter.name);
    let wire = &parameter.wire_name;
    if let ParameterStyle::Styled { style, reserved } = parameter.style {
        let method = match (parameter.place, reserved) {
            (ParameterPlace::Query, false) => Some(quote!(query_styled)),
            (ParameterPlace::Query, true) => Some(quote!(query_reserved)),
            (ParameterPlace::Cookie, _) => Some(quote!(cookie_styled)),
            (ParameterPlace::Header | ParameterPlace::Path, _) => None,
        };
        if let Some(method) = method {
            let (style, value) = (style_path(scope, style), as_encode(api, parameter, &name));
            return quote!(#call.#method(#wire, #style, #value););
        }
    }
    let value = as_parameter(scope, api, parameter, &name);
    match parameter.place {
        ParameterPlace::Path => TokenStream::new(),
        ParameterPlace::Header => quote!(#call.header(#wire, #value);),
        ParameterPlace::Cookie => quote!(#call.cookie(#wire, #value);),
        ParameterPlace::Query => {
            let passing = Passing::of(api, parameter);
            let conversion = match passing {
                Passing::Items | Passing::OneOrMany => None,
                Passing::Texts if collected.is_some() => None,
                Passing::Texts => {
                    let (into, string) = (scope.path(scope::INTO), scope.path(scope::STRING));
                    Some(quote!(let #name = #name.into_iter().map(#into::<#string>::into);))
                }
                _ => return quote!(#call.query(#wire, #value);),
            };
            let values = match (collected, passing) {
                (Some(collected), _) => collected.clone(),
                (None, Passing::OneOrMany) => {
                    let into = scope.path(scope::INTO);
                    quote!(#into::into(#name))
                }
                (None, _) => quote!(#name),
            };
            if parameter.style == ParameterStyle::Repeated {
                return quote!(#conversion #call.query_repeated(#wire, #values););
            }
            let separator = separator(parameter);
            quote!(#conversion #call.query_joined(#wire, #values, #separator);)
        }
    }
}

/// The setter of an optional parameter.
pub(super) fn setter(scope: &Scope<'_>, api: &Api, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    let fallback = format!(
        "Sets the parameter {}.",
        documentation::code(&parameter.wire_name)
    );
    let docs = Rustdoc::new(&parameter.documentation, &fallback).attributes();
    let deprecated = documentation::deprecated(&parameter.documentation);
    let allow = lints::for_method(plain(&parameter.name), 1);
    let argument = argument_type(scope, api, parameter);
    let write = write(scope, api, parameter, &quote!(self.0));
    quote! {
        #docs
        #deprecated
        #allow
        pub fn #name(mut self, #name: #argument) -> Self {
            #write
            self
        }
    }
}
