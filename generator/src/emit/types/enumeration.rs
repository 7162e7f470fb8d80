//! Enumerations: open lists of values.
//!
//! Comes in: the documented values. Goes out: an `enum` with a variant for the values that are not documented, and its
//! way to and from the wire. Must not know: other shapes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::documentation::{self, Rustdoc};
use crate::emit::scope::{self, Scope, ident};
use crate::model::{Documentation, EnumerationShape, EnumerationValues, TypeDefinition};

/// The enumeration and its implementations.
pub(super) fn items(
    scope: &Scope<'_>,
    definition: &TypeDefinition,
    shape: &EnumerationShape,
) -> Vec<TokenStream> {
    match &shape.values {
        EnumerationValues::Strings(variants) => {
            let members: Vec<Member<'_>> = variants
                .iter()
                .map(|variant| Member {
                    name: &variant.name,
                    wire: Literal::string(&variant.value),
                    shown: documentation::code(&variant.value),
                    documentation: &variant.documentation,
                })
                .collect();
            let unknown = scope::UNKNOWN_VALUE;
            let mut items = shared(scope, definition, &members, unknown, as_str(&members));
            let traits = scope::STRING_ENUMERATION;
            let source = quote!(&str);
            items.extend(conversions(
                scope, definition, &members, unknown, &source, traits,
            ));
            items
        }
        EnumerationValues::Integers(variants) => {
            let members: Vec<Member<'_>> = variants
                .iter()
                .map(|variant| Member {
                    name: &variant.name,
                    wire: Literal::i64_unsuffixed(variant.value),
                    shown: documentation::code(&variant.value.to_string()),
                    documentation: &variant.documentation,
                })
                .collect();
            let unknown = scope::UNKNOWN_INTEGER;
            let mut items = shared(scope, definition, &members, unknown, as_i64(&members));
            let traits = scope::INTEGER_ENUMERATION;
            let source = quote!(i64);
            items.extend(conversions(
                scope, definition, &members, unknown, &source, traits,
            ));
            items
        }
    }
}

/// A variant, whatever the JSON type of its value.
struct Member<'a> {
    name: &'a str,
    wire: Literal,
    shown: String,
    documentation: &'a Documentation,
}

fn shared(
    scope: &Scope<'_>,
    definition: &TypeDefinition,
    members: &[Member<'_>],
    unknown: scope::Known,
    text: TokenStream,
) -> Vec<TokenStream> {
    let name = super::name(definition);
    let attributes = {
        let rustdoc = Rustdoc::new(
            &definition.documentation,
            "One of the values that the API documents.",
        );
        let docs = rustdoc.attributes();
        let deprecated = documentation::deprecated(&definition.documentation);
        quote!(#docs #deprecated)
    };
    let variants = members.iter().map(|member| {
        let fallback = format!("{}.", member.shown);
        let mut rustdoc = Rustdoc::words(member.documentation, &fallback);
        if *member.documentation != Documentation::default() {
            rustdoc.paragraph(&format!("On the wire: {}.", member.shown));
        }
        let docs = rustdoc.attributes();
        let deprecated = documentation::deprecated(member.documentation);
        let variant = ident(member.name);
        quote!(#docs #deprecated #variant)
    });
    let unknown = scope.path(unknown);
    let names = members.iter().map(|member| ident(member.name));
    vec![
        quote! {
            #attributes
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that this version of the crate does not know. It is sent as it was received.
                Unknown(#unknown),
            }
        },
        quote! {
            impl #name {
                /// Every documented value.
                pub const ALL: &'static [Self] = &[#(Self::#names),*];

                #text
            }
        },
    ]
}

/// The way of a string enumeration to its text.
fn as_str(members: &[Member<'_>]) -> TokenStream {
    let variants = members.iter().map(|member| ident(member.name));
    let wires = members.iter().map(|member| &member.wire);
    quote! {
        /// The value as the API writes it.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                #(Self::#variants => #wires,)*
                Self::Unknown(value) => value.as_str(),
            }
        }
    }
}

/// The way of an integer enumeration to its number.
fn as_i64(members: &[Member<'_>]) -> TokenStream {
    let variants = members.iter().map(|member| ident(member.name));
    let wires = members.iter().map(|member| &member.wire);
    quote! {
        /// The value as the API writes it.
        #[must_use]
        pub fn as_i64(&self) -> i64 {
            match self {
                #(Self::#variants => #wires,)*
                Self::Unknown(value) => value.as_i64(),
            }
        }
    }
}

/// The way from the wire, and the traits that follow from both ways.
fn conversions(
    scope: &Scope<'_>,
    definition: &TypeDefinition,
    members: &[Member<'_>],
    unknown: scope::Known,
    source: &TokenStream,
    traits: scope::Known,
) -> Vec<TokenStream> {
    let name = super::name(definition);
    let variants = members.iter().map(|member| ident(member.name));
    let wires = members.iter().map(|member| &member.wire);
    let (from, unknown, traits) = (
        scope.path(scope::FROM),
        scope.path(unknown),
        scope.path(traits),
    );
    vec![
        quote! {
            impl #from<#source> for #name {
                fn from(value: #source) -> Self {
                    match value {
                        #(#wires => Self::#variants,)*
                        other => Self::Unknown(#unknown::new(other)),
                    }
                }
            }
        },
        quote!(#traits!(#name);),
    ]
}
