//! From what was received to what is sent, where a schema has a type for each: read, change, write back.
//!
//! Comes in: the definition that is sent. Goes out: its `From` implementation. Must not know: why the two differ.
//!
//! What only the client sends is left out, so that there is none where the client must send something that it never receives.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::object::Form;
use crate::emit::features;
use crate::emit::scope::{self, Scope, ident};
use crate::emit::type_tokens::resolved;
use crate::model::{
    Additional, Api, Field, ObjectShape, Shape, Type, TypeDefinition, TypeId, UnionShape,
};

/// The definitions that can be made of what is received.
pub(super) fn convertible(api: &Api) -> HashSet<TypeId> {
    let definitions = api.types.iter().enumerate();
    let mut convertible: HashSet<TypeId> = definitions
        .filter(|(_, definition)| definition.received_as.is_some())
        .map(|(index, _)| TypeId(index))
        .collect();
    // What holds something that cannot be made cannot be made either: each round goes one holder further.
    loop {
        let settled: Vec<TypeId> = convertible
            .iter()
            .copied()
            .filter(|id| is_complete(api, *id, &convertible))
            .collect();
        if settled.len() == convertible.len() {
            return convertible;
        }
        convertible = settled.into_iter().collect();
    }
}

/// Whether everything that must be sent can be made of what is received.
fn is_complete(api: &Api, id: TypeId, convertible: &HashSet<TypeId>) -> bool {
    let sent = api.definition(id);
    let Some(received) = sent.received_as.map(|received| api.definition(received)) else {
        return false;
    };
    let can_be_made = |value: &Type| can_be_made(api, value, convertible);
    match (&sent.shape, &received.shape) {
        (Shape::Object(to), Shape::Object(from)) => {
            let mut fields = to.fields.iter();
            let is_given = |field: &Field| match counterpart(field, from) {
                Some(_) => can_be_made(&field.value),
                None => matches!(Form::of(sent, field), Form::Optional | Form::ThreeState),
            };
            let is_rest_given = match &to.additional {
                Additional::Ignored => true,
                Additional::Kept { value, .. } => can_be_made(value),
            };
            fields.all(is_given) && is_rest_given
        }
        (Shape::Union(to), Shape::Union(_)) => to
            .variants
            .iter()
            .all(|variant| can_be_made(&variant.value)),
        (Shape::Alias(to), Shape::Alias(_)) => can_be_made(to),
        _ => false,
    }
}

fn can_be_made(api: &Api, value: &Type, convertible: &HashSet<TypeId>) -> bool {
    match resolved(api, value) {
        Type::Named(id) => api.definition(*id).received_as.is_none() || convertible.contains(id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            can_be_made(api, inner, convertible)
        }
        value @ (Type::Tuple(_) | Type::FileOr(_)) => !differs(api, value),
        Type::Scalar(_) | Type::Any => true,
    }
}

/// Whether a value is of another type when it is received.
fn differs(api: &Api, value: &Type) -> bool {
    let mut differs = false;
    value.for_each_named(&mut |id| differs |= api.definition(id).received_as.is_some());
    differs
}

/// The field of what is received that holds the same; none for what only the client sends, although the server may repeat it.
fn counterpart<'a>(field: &Field, received: &'a ObjectShape) -> Option<&'a Field> {
    let mut fields = received.fields.iter();
    fields.find(|other| other.key == field.key && !other.write_only)
}

/// Whether anything of what is received is sent.
fn keeps_anything(sent: &Shape, received: &Shape) -> bool {
    let (Shape::Object(to), Shape::Object(from)) = (sent, received) else {
        return true;
    };
    let mut fields = to.fields.iter();
    matches!(to.additional, Additional::Kept { .. })
        || fields.any(|field| counterpart(field, from).is_some())
}

/// The `From` implementation of an object or a union that can be made of what is received.
pub(super) fn conversion(
    scope: &Scope<'_>,
    api: &Api,
    sent: &TypeDefinition,
) -> Option<TokenStream> {
    let id = sent.received_as?;
    let received = api.definition(id);
    // What is received may belong to other operations, which can be switched off.
    let (source, condition) = if features::is_with(api, &received.module, &sent.module) {
        (scope.definition(id), None)
    } else {
        let name = super::name(received);
        let condition = features::of_module(api, &received.module);
        (quote!(super::#name), condition)
    };
    let conversion = Conversion { scope, api };
    let body = match (&sent.shape, &received.shape) {
        (Shape::Object(to), Shape::Object(from)) => {
            conversion.of_object((sent, to), (received, from))
        }
        (Shape::Union(to), Shape::Union(from)) => conversion.of_union(to, from, &source),
        _ => return None,
    };
    let (from, name) = (scope.path(scope::FROM), super::name(sent));
    let argument = if keeps_anything(&sent.shape, &received.shape) {
        quote!(received)
    } else {
        quote!(_)
    };
    Some(quote! {
        /// What was received, to be sent back.
        #condition
        impl #from<#source> for #name {
            fn from(#argument: #source) -> Self {
                #body
            }
        }
    })
}

/// The way from values that are received to values that are sent.
struct Conversion<'a> {
    scope: &'a Scope<'a>,
    api: &'a Api,
}

impl Conversion<'_> {
    fn of_object(
        &self,
        (sent, to): (&TypeDefinition, &ObjectShape),
        (received, from): (&TypeDefinition, &ObjectShape),
    ) -> TokenStream {
        let fields = to.fields.iter().map(|field| {
            let (name, form) = (ident(&field.name), Form::of(sent, field));
            let value = match counterpart(field, from) {
                Some(source) => self.field((field, form), (source, Form::of(received, source))),
                None if form == Form::ThreeState => {
                    let field = self.scope.path(scope::FIELD);
                    quote!(#field::Absent)
                }
                None => self.scope.path(scope::NONE),
            };
            quote!(#name: #value)
        });
        let additional = match (&to.additional, &from.additional) {
            (
                Additional::Kept { field, value },
                Additional::Kept {
                    field: other,
                    value: source,
                },
            ) => {
                let (name, other) = (ident(field), ident(other));
                let map = |inner: &Type| Type::Map(Box::new(inner.clone()));
                let value = self.value(&map(value), &map(source), quote!(received.#other));
                Some(quote!(#name: #value))
            }
            _ => None,
        };
        quote!(Self { #(#fields,)* #additional })
    }

    fn of_union(&self, to: &UnionShape, from: &UnionShape, source: &TokenStream) -> TokenStream {
        let variants = to.variants.iter().zip(&from.variants);
        let arms = variants.map(|(variant, other)| {
            let value = self.value(&variant.value, &other.value, quote!(value));
            let (name, other) = (ident(&variant.name), ident(&other.name));
            quote!(#source::#other(value) => Self::#name(#value))
        });
        quote! {
            match received {
                #(#arms,)*
                #source::Unknown(value) => Self::Unknown(value),
            }
        }
    }

    fn field(
        &self,
        (to, to_form): (&Field, Form),
        (from, from_form): (&Field, Form),
    ) -> TokenStream {
        let name = ident(&from.name);
        let source = quote!(received.#name);
        match (to_form, from_form) {
            (Form::ThreeState, Form::Optional) => {
                let field = self.scope.path(scope::FIELD);
                let value = self.option(&to.value, &from.value, source);
                quote!(#value.map_or(#field::Absent, #field::Value))
            }
            (Form::Optional | Form::Nullable, _) => self.option(&to.value, &from.value, source),
            (Form::Plain | Form::ThreeState, _) => self.value(&to.value, &from.value, source),
        }
    }

    /// An `Option` of the one type, made of an `Option` of the other.
    fn option(&self, to: &Type, from: &Type, source: TokenStream) -> TokenStream {
        match self.mapping(to, from) {
            None => source,
            Some(mapping) => quote!(#source.map(#mapping)),
        }
    }

    /// A function from values of one type to values of the other; none where the two are the same.
    fn mapping(&self, to: &Type, from: &Type) -> Option<TokenStream> {
        let value = quote!(value);
        let converted = self.value(to, from, value.clone());
        let is_definition = |value: &Type| matches!(resolved(self.api, value), Type::Named(_));
        if converted.to_string() == value.to_string() {
            None
        } else if is_definition(to) && is_definition(from) {
            let into = self.scope.path(scope::INTO);
            Some(quote!(#into::into))
        } else {
            Some(quote!(|value| #converted))
        }
    }

    /// The value that is sent, made of the one that was received.
    fn value(&self, to: &Type, from: &Type, source: TokenStream) -> TokenStream {
        match (resolved(self.api, to), resolved(self.api, from)) {
            (Type::Boxed(to), Type::Boxed(from)) => {
                if !differs(self.api, to) {
                    return source;
                }
                let boxed = self.scope.path(scope::BOX);
                let value = self.value(to, from, quote!((*#source)));
                quote!(#boxed::new(#value))
            }
            (Type::Boxed(to), from) => {
                let boxed = self.scope.path(scope::BOX);
                let value = self.value(to, from, source);
                quote!(#boxed::new(#value))
            }
            (to, Type::Boxed(_)) if !differs(self.api, to) => quote!(*#source),
            (to, Type::Boxed(from)) => self.value(to, from, quote!((*#source))),
            (Type::Named(to), Type::Named(_)) if self.api.definition(*to).received_as.is_some() => {
                quote!(#source.into())
            }
            (Type::Nullable(to), Type::Nullable(from)) => self.option(to, from, source),
            (Type::Array(to), Type::Array(from)) => match self.mapping(to, from) {
                None => source,
                Some(mapping) => quote!(#source.into_iter().map(#mapping).collect()),
            },
            (Type::Map(to), Type::Map(from)) => match self.mapping(to, from) {
                None => source,
                Some(_) => {
                    let value = self.value(to, from, quote!(value));
                    quote!(#source.into_iter().map(|(key, value)| (key, #value)).collect())
                }
            },
            _ => source,
        }
    }
}
