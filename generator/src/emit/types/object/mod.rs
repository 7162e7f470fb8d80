//! Objects: structs with public fields, the ways to make one, and their codec.
//!
//! Comes in: the fields. Goes out: the struct, `new` and setters where it is sent, `Decode` and `Encode`. Must not know: other shapes.

mod codec;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::documentation::{self, Rustdoc};
use crate::emit::lints;
use crate::emit::scope::{self, Scope, ident, plain};
use crate::emit::type_tokens::{only_value, owned_argument, rust_type};
use crate::model::{Additional, Api, Field, FieldPresence, ObjectShape, TypeDefinition};

/// How a property is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `T`.
    Plain,
    /// `Option<T>`, left out when none.
    Optional,
    /// `Option<T>`, null when none.
    Nullable,
    /// `Field<T>`: left out, null or a value.
    ThreeState,
}

impl Form {
    /// How `field` of `definition` is held.
    pub(crate) fn of(definition: &TypeDefinition, field: &Field) -> Self {
        let is_sent = definition.direction.in_requests();
        match field.presence {
            FieldPresence::Required => Form::Plain,
            FieldPresence::RequiredNullable => Form::Nullable,
            FieldPresence::OptionalNullable if is_sent && !field.read_only => Form::ThreeState,
            FieldPresence::Optional | FieldPresence::OptionalNullable => Form::Optional,
        }
    }
}

/// A field, with everything that several of the emitted items need.
struct Member<'a> {
    field: &'a Field,
    form: Form,
    name: Ident,
    /// The variable that holds it while it is decoded: its own name, unless that is taken.
    slot: Ident,
}

struct Object<'a> {
    scope: &'a Scope<'a>,
    api: &'a Api,
    definition: &'a TypeDefinition,
    name: Ident,
    members: Vec<Member<'a>>,
    additional: &'a Additional,
}

/// The struct and its implementations.
pub(super) fn items(
    scope: &Scope<'_>,
    api: &Api,
    definition: &TypeDefinition,
    shape: &ObjectShape,
) -> Vec<TokenStream> {
    let object = Object {
        scope,
        api,
        definition,
        name: super::name(definition),
        members: members(definition, shape),
        additional: &shape.additional,
    };
    let mut items = vec![object.structure()];
    items.extend(object.redacted_debug());
    items.extend(object.construction());
    items.extend(object.default());
    // Files are written into the parts of a body, and nowhere else.
    if !shape.has_files() {
        items.push(super::half(scope, definition.is_read, || object.decode()));
    }
    items.push(super::half(scope, definition.is_written, || {
        object.encode()
    }));
    if !shape.has_files() {
        let bridge = scope.path(scope::SERDE_BRIDGE);
        let name = &object.name;
        items.push(quote!(#bridge!(#name);));
    }
    items
}

/// Names that the body of `decode` uses itself.
const TAKEN: [&str; 3] = ["json", "required", "optional"];

fn members<'a>(definition: &TypeDefinition, shape: &'a ObjectShape) -> Vec<Member<'a>> {
    shape
        .fields
        .iter()
        .map(|field| {
            let name = ident(&field.name);
            let mut slot = name.clone();
            while TAKEN.iter().any(|taken| slot == taken)
                || (slot != name && shape.fields.iter().any(|other| slot == other.name))
            {
                slot = format_ident!("{}_value", slot);
            }
            Member {
                field,
                form: Form::of(definition, field),
                name,
                slot,
            }
        })
        .collect()
}

impl Object<'_> {
    fn is_sent(&self) -> bool {
        self.definition.direction.in_requests()
    }

    fn field_type(&self, member: &Member<'_>) -> TokenStream {
        let value = rust_type(self.scope, &member.field.value);
        match member.form {
            Form::Plain => value,
            Form::Optional | Form::Nullable => {
                let option = self.scope.path(scope::OPTION);
                quote!(#option<#value>)
            }
            Form::ThreeState => {
                let field = self.scope.path(scope::FIELD);
                quote!(#field<#value>)
            }
        }
    }

    fn structure(&self) -> TokenStream {
        let name = &self.name;
        let fallback = format!("The object `{}` of the API.", self.definition.name);
        let docs = super::rustdoc(self.api, self.definition, &fallback).attributes();
        let deprecated = documentation::deprecated(&self.definition.documentation);
        let default = self.definition.has_default.then(|| quote!(Default,));
        let debug = (!self.has_secrets()).then(|| quote!(Debug,));
        let non_exhaustive = (!self.is_sent()).then(|| quote!(#[non_exhaustive]));
        let fields = self.members.iter().map(|member| {
            let fallback = format!("The property {}.", documentation::code(&member.field.key));
            let attributes = self.member_attributes(member, &fallback);
            let (name, value) = (&member.name, self.field_type(member));
            quote!(#attributes pub #name: #value)
        });
        let additional = self.additional_field();
        quote! {
            #docs
            #[derive(#debug Clone, #default PartialEq)]
            #deprecated
            #non_exhaustive
            pub struct #name {
                #(#fields,)*
                #additional
            }
        }
    }

    fn has_secrets(&self) -> bool {
        self.members.iter().any(|member| member.field.secret)
    }

    /// `Debug` of an object with secrets, which are not shown.
    fn redacted_debug(&self) -> Option<TokenStream> {
        if !self.has_secrets() {
            return None;
        }
        let (name, shown) = (&self.name, plain(&self.definition.name));
        let fields = self.members.iter().map(|member| {
            let (label, field) = (plain(&member.field.name), &member.name);
            if member.field.secret {
                quote!(.field(#label, &format_args!("[redacted]")))
            } else {
                quote!(.field(#label, &self.#field))
            }
        });
        let additional = match self.additional {
            Additional::Ignored => None,
            Additional::Kept { field, .. } => {
                let (label, field) = (plain(field), ident(field));
                Some(quote!(.field(#label, &self.#field)))
            }
        };
        Some(quote! {
            /// Shows no secrets.
            impl std::fmt::Debug for #name {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    formatter.debug_struct(#shown) #(#fields)* #additional .finish()
                }
            }
        })
    }

    fn member_attributes(&self, member: &Member<'_>, fallback: &str) -> TokenStream {
        let documentation = &member.field.documentation;
        let mut rustdoc = Rustdoc::new(documentation, fallback);
        if member.field.read_only && self.is_sent() {
            rustdoc.paragraph("Only the server sets it.");
        }
        let docs = rustdoc.attributes();
        let deprecated = documentation::deprecated(documentation);
        quote!(#docs #deprecated)
    }

    fn additional_field(&self) -> Option<TokenStream> {
        let Additional::Kept { field, value } = self.additional else {
            return None;
        };
        let field = ident(field);
        let (map, string) = (
            self.scope.path(scope::BTREE_MAP),
            self.scope.path(scope::STRING),
        );
        let value = rust_type(self.scope, value);
        Some(quote! {
            /// The properties that are not among the fields above, by their keys.
            pub #field: #map<#string, #value>,
        })
    }

    /// `new` and the setters, where values are sent.
    fn construction(&self) -> Option<TokenStream> {
        if !self.is_sent() {
            return None;
        }
        let name = &self.name;
        let new = self.constructor();
        let setters = self
            .members
            .iter()
            .filter(|member| member.form != Form::Plain && member.form != Form::Nullable)
            .filter(|member| !member.field.read_only)
            .map(|member| self.setter(member));
        Some(quote! {
            impl #name {
                #new
                #(#setters)*
            }
        })
    }

    fn constructor(&self) -> TokenStream {
        let (needed, left): (Vec<&Member<'_>>, Vec<&Member<'_>>) = self
            .members
            .iter()
            .partition(|member| matches!(member.form, Form::Plain | Form::Nullable));
        let (parameters, values): (Vec<Option<TokenStream>>, Vec<TokenStream>) =
            needed.iter().map(|member| self.argument(member)).unzip();
        let parameters: Vec<TokenStream> = parameters.into_iter().flatten().collect();
        let allow = lints::too_many_arguments(parameters.len());
        let has_rest = !left.is_empty() || matches!(self.additional, Additional::Kept { .. });
        let default = self.scope.path(scope::DEFAULT);
        let body = if needed.is_empty() && self.definition.has_default {
            quote!(#default::default())
        } else if has_rest && self.definition.has_default {
            quote!(Self { #(#values,)* ..#default::default() })
        } else {
            let rest = left.iter().map(|member| {
                let name = &member.name;
                match member.form {
                    Form::ThreeState => {
                        let field = self.scope.path(scope::FIELD);
                        quote!(#name: #field::Absent)
                    }
                    _ => {
                        let none = self.scope.path(scope::NONE);
                        quote!(#name: #none)
                    }
                }
            });
            let additional = match self.additional {
                Additional::Kept { field, .. } => {
                    let (field, map) = (ident(field), self.scope.path(scope::BTREE_MAP));
                    Some(quote!(#field: #map::new(),))
                }
                Additional::Ignored => None,
            };
            quote!(Self { #(#values,)* #(#rest,)* #additional })
        };
        let docs = match (needed.is_empty(), has_rest) {
            (true, _) => "Without any of its fields.",
            (false, true) => "With what it must have; the rest is left out.",
            (false, false) => "From its parts.",
        };
        let docs = format!(" {docs}");
        quote! {
            #[doc = #docs]
            #allow
            pub fn new(#(#parameters),*) -> Self {
                #body
            }
        }
    }

    /// The value of a member that can have no other: nobody need pass it.
    fn only_value(&self, member: &Member<'_>) -> Option<TokenStream> {
        let variant =
            only_value(self.api, &member.field.value).filter(|_| member.form == Form::Plain)?;
        let (value, variant) = (rust_type(self.scope, &member.field.value), ident(variant));
        Some(quote!(#value::#variant))
    }

    /// `Default`, where `new` has nothing to ask for and it cannot be derived.
    fn default(&self) -> Option<TokenStream> {
        let is_known = |member: &Member<'_>| match member.form {
            Form::Plain => self.only_value(member).is_some(),
            Form::Nullable => false,
            Form::Optional | Form::ThreeState => true,
        };
        let is_complete = self.is_sent() && self.members.iter().all(is_known);
        (is_complete && !self.definition.has_default).then(|| {
            let (default, name) = (self.scope.path(scope::DEFAULT), &self.name);
            quote! {
                impl #default for #name {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        })
    }

    /// The parameter of `new` for a member, where it needs one, and its part of the struct expression.
    fn argument(&self, member: &Member<'_>) -> (Option<TokenStream>, TokenStream) {
        let name = &member.name;
        if let Some(value) = self.only_value(member) {
            return (None, quote!(#name: #value));
        }
        if member.form == Form::Nullable {
            let value = self.field_type(member);
            return (Some(quote!(#name: #value)), quote!(#name));
        }
        let argument = owned_argument(self.scope, self.api, &member.field.value, &quote!(#name));
        let (tokens, value) = (argument.tokens, argument.value);
        let value = if argument.is_same {
            quote!(#name)
        } else {
            quote!(#name: #value)
        };
        (Some(quote!(#name: #tokens)), value)
    }

    fn setter(&self, member: &Member<'_>) -> TokenStream {
        let name = &member.name;
        let setter = match plain(&member.field.name) {
            // `new` is taken by the constructor.
            "new" => format_ident!("with_new"),
            _ => name.clone(),
        };
        let (argument, value) = if member.form == Form::ThreeState {
            let (into, field) = (self.scope.path(scope::INTO), self.scope.path(scope::FIELD));
            let value = rust_type(self.scope, &member.field.value);
            (quote!(impl #into<#field<#value>>), quote!(#name.into()))
        } else {
            let some = self.scope.path(scope::SOME);
            let argument =
                owned_argument(self.scope, self.api, &member.field.value, &quote!(#name));
            let value = argument.value;
            (argument.tokens, quote!(#some(#value)))
        };
        let documentation = &member.field.documentation;
        let fallback = format!("Sets {}.", documentation::code(&member.field.key));
        let docs = Rustdoc::words(documentation, &fallback).attributes();
        let deprecated = documentation::deprecated(documentation);
        let allow = lints::for_method(&setter.to_string(), 1);
        quote! {
            #docs
            #deprecated
            #allow
            #[must_use]
            pub fn #setter(mut self, #name: #argument) -> Self {
                self.#name = #value;
                self
            }
        }
    }
}
