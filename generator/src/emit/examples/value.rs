//! Values of examples: an expression of a type, from the document's example where it fits.
//!
//! Comes in: a type and perhaps JSON. Goes out: an expression that compiles where `types` is imported. Must not know: operations.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::emit::scope::ident;
use crate::emit::type_tokens::{is_union, only_value, resolved};
use crate::emit::types::Form;
use crate::model::{
    Api, EnumerationValues, FloatWidth, IntegerWidth, ObjectShape, Scalar, Shape, Type,
    TypeDefinition, TypeId,
};

/// Values are made of values this deep at most; what lies deeper is left to the reader.
const DEEPEST: usize = 5;

/// A version-4 UUID for examples of a document that has none.
const SAMPLE_UUID: &str = "0190a6c2-7d3e-4f51-8a9b-2c4d6e8f0a1b";

/// Addresses for examples of a document that has none: of the blocks that are set aside for documentation (RFC 5737, RFC 3849).
const SAMPLE_IPV4: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const SAMPLE_IPV6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);

/// Makes values.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) api: &'a Api,
}

impl Values<'_> {
    /// A text literal.
    pub(super) fn text(self, sample: Option<&Value>, otherwise: &str) -> TokenStream {
        let text = sample.and_then(Value::as_str).unwrap_or(otherwise);
        let literal = Literal::string(text);
        quote!(#literal)
    }

    /// An expression of exactly this type.
    pub(super) fn exact(
        self,
        value: &Type,
        sample: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        if depth > DEEPEST {
            return None;
        }
        match value {
            Type::Scalar(Scalar::String) => {
                let text = self.text(sample, "text");
                Some(quote!(#text.to_owned()))
            }
            Type::Scalar(scalar) => Some(scalar_value(*scalar, sample)),
            Type::Array(item) => {
                let item = self.exact(item, sample.and_then(|sample| sample.get(0)), depth + 1)?;
                Some(quote!(vec![#item]))
            }
            Type::Tuple(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let sample = sample.and_then(|sample| sample.get(index));
                    self.exact(item, sample, depth + 1)
                });
                let items = items.collect::<Option<Vec<_>>>()?;
                Some(quote!((#(#items,)*)))
            }
            Type::Map(_) => Some(quote!(std::collections::BTreeMap::new())),
            Type::Nullable(_) => Some(quote!(None)),
            // Whatever asks for this takes a file.
            Type::FileOr(_) => Some(scalar_value(Scalar::File, None)),
            Type::Boxed(inner) => {
                let inner = self.exact(inner, sample, depth + 1)?;
                Some(quote!(Box::new(#inner)))
            }
            Type::Any => Some(quote!(serde_json::json!({}))),
            Type::Named(id) => self.named(*id, sample, depth),
        }
    }

    /// An expression of what [`owned_argument`](crate::emit::type_tokens::owned_argument) asks for.
    fn loose(self, value: &Type, sample: Option<&Value>, depth: usize) -> Option<TokenStream> {
        match resolved(self.api, value) {
            Type::Scalar(Scalar::String) => Some(self.text(sample, "text")),
            Type::Array(item) => {
                let sample = sample.and_then(|sample| sample.get(0));
                let item = match resolved(self.api, item) {
                    Type::Scalar(Scalar::String) => self.text(sample, "text"),
                    _ => self.exact(item, sample, depth + 1)?,
                };
                Some(quote!([#item]))
            }
            Type::Boxed(inner) => self.loose(inner, sample, depth),
            _ if is_union(self.api, value) => self.exact(value, sample, depth),
            _ => self.exact(value, sample, depth),
        }
    }

    fn named(self, id: TypeId, sample: Option<&Value>, depth: usize) -> Option<TokenStream> {
        self.named_as(&ident(&self.api.definition(id).name), id, sample, depth)
    }

    /// A value of a definition, by a name that stands for it: its own, or that of an alias.
    fn named_as(
        self,
        name: &Ident,
        id: TypeId,
        sample: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        let definition = self.api.definition(id);
        match &definition.shape {
            Shape::Object(shape) => self.object(name, definition, shape, sample, depth),
            Shape::Enumeration(shape) => {
                let variant = match &shape.values {
                    EnumerationValues::Strings(variants) => variants
                        .iter()
                        .find(|variant| {
                            Some(variant.value.as_str()) == sample.and_then(Value::as_str)
                        })
                        .or(variants.first())
                        .map(|variant| &variant.name),
                    EnumerationValues::Integers(variants) => variants
                        .iter()
                        .find(|variant| Some(variant.value) == sample.and_then(Value::as_i64))
                        .or(variants.first())
                        .map(|variant| &variant.name),
                };
                let variant = ident(variant?);
                Some(quote!(types::#name::#variant))
            }
            Shape::Union(shape) => shape.variants.iter().find_map(|variant| {
                let value = self.exact(&variant.value, sample, depth + 1)?;
                let variant = ident(&variant.name);
                Some(quote!(types::#name::#variant(#value)))
            }),
            Shape::Alias(Type::Named(target)) if depth < DEEPEST => {
                self.named_as(name, *target, sample, depth + 1)
            }
            Shape::Alias(target) => self.exact(target, sample, depth + 1),
        }
    }

    fn object(
        self,
        name: &Ident,
        definition: &TypeDefinition,
        shape: &ObjectShape,
        sample: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        if !definition.direction.in_requests() {
            return None;
        }
        let mut arguments = Vec::new();
        for field in &shape.fields {
            let own = field
                .documentation
                .example
                .as_deref()
                .and_then(|example| serde_json::from_str::<Value>(example).ok());
            let sample = sample
                .and_then(|sample| sample.get(&field.key))
                .or(own.as_ref());
            match Form::of(definition, field) {
                // `new` asks for no value that can be no other.
                Form::Plain if only_value(self.api, &field.value).is_some() => {}
                Form::Plain => arguments.push(self.loose(&field.value, sample, depth + 1)?),
                Form::Nullable => arguments.push(quote!(None)),
                Form::Optional | Form::ThreeState => {}
            }
        }
        Some(quote!(types::#name::new(#(#arguments),*)))
    }

    /// The type of a value that an example takes as a parameter.
    pub(super) fn type_in_example(self, value: &Type, library: &Ident) -> TokenStream {
        let inner = |inner: &Type| self.type_in_example(inner, library);
        match value {
            Type::Scalar(scalar) => match scalar {
                Scalar::Boolean => quote!(bool),
                Scalar::Integer(width) => {
                    let name = ident(integer_name(*width));
                    quote!(#name)
                }
                Scalar::Number(FloatWidth::F32) => quote!(f32),
                Scalar::Number(FloatWidth::F64) => quote!(f64),
                Scalar::String => quote!(String),
                Scalar::Uuid => quote!(uuid::Uuid),
                Scalar::DateTime => quote!(time::OffsetDateTime),
                Scalar::Date => quote!(time::Date),
                Scalar::Base64 => quote!(#library::Base64),
                Scalar::Ipv4 => quote!(std::net::Ipv4Addr),
                Scalar::Ipv6 => quote!(std::net::Ipv6Addr),
                Scalar::File => quote!(#library::File),
            },
            Type::Array(item) => {
                let item = inner(item);
                quote!(Vec<#item>)
            }
            Type::Tuple(items) => {
                let items = items.iter().map(inner);
                quote!((#(#items,)*))
            }
            Type::Map(item) => {
                let item = inner(item);
                quote!(std::collections::BTreeMap<String, #item>)
            }
            Type::Named(id) => {
                let name = ident(&self.api.definition(*id).name);
                quote!(#library::types::#name)
            }
            Type::Nullable(value) => {
                let value = inner(value);
                quote!(Option<#value>)
            }
            Type::FileOr(value) => {
                let value = inner(value);
                quote!(#library::FileOr<#value>)
            }
            Type::Boxed(value) => {
                let value = inner(value);
                quote!(Box<#value>)
            }
            Type::Any => quote!(serde_json::Value),
        }
    }
}

fn integer_name(width: IntegerWidth) -> &'static str {
    match width {
        IntegerWidth::I8 => "i8",
        IntegerWidth::I16 => "i16",
        IntegerWidth::I32 => "i32",
        IntegerWidth::I64 => "i64",
        IntegerWidth::U8 => "u8",
        IntegerWidth::U16 => "u16",
        IntegerWidth::U32 => "u32",
        IntegerWidth::U64 => "u64",
    }
}

fn scalar_value(scalar: Scalar, sample: Option<&Value>) -> TokenStream {
    match scalar {
        Scalar::Boolean => {
            let value = sample.and_then(Value::as_bool).unwrap_or(true);
            quote!(#value)
        }
        Scalar::Integer(width) => integer(width, sample),
        Scalar::Number(width) => {
            let value = sample
                .and_then(Value::as_f64)
                .filter(|value| value.is_finite());
            let value = value.filter(|value| width == FloatWidth::F64 || value.abs() < 1e30);
            let literal = Literal::f64_unsuffixed(value.unwrap_or(1.0).abs());
            if value.is_some_and(|value| value < 0.0) {
                quote!(-#literal)
            } else {
                quote!(#literal)
            }
        }
        Scalar::String => quote!("text".to_owned()),
        Scalar::Uuid => {
            let text = sample
                .and_then(Value::as_str)
                .filter(|text| is_uuid(text))
                .unwrap_or(SAMPLE_UUID);
            quote!(uuid::uuid!(#text))
        }
        Scalar::DateTime => quote!(time::OffsetDateTime::UNIX_EPOCH),
        Scalar::Date => quote!(time::OffsetDateTime::UNIX_EPOCH.date()),
        Scalar::Base64 => quote!(b"bytes".to_vec().into()),
        Scalar::Ipv4 => {
            let octets = parsed(sample).unwrap_or(SAMPLE_IPV4).octets();
            let octets = octets.map(Literal::u8_unsuffixed);
            quote!(std::net::Ipv4Addr::new(#(#octets),*))
        }
        Scalar::Ipv6 => {
            let segments = parsed(sample).unwrap_or(SAMPLE_IPV6).segments();
            let segments = segments.map(segment);
            quote!(std::net::Ipv6Addr::new(#(#segments),*))
        }
        Scalar::File => quote!(File::new("name", b"bytes".to_vec())),
    }
}

/// The document's example where it reads as the type.
fn parsed<T: FromStr>(sample: Option<&Value>) -> Option<T> {
    sample.and_then(Value::as_str)?.parse().ok()
}

/// A segment of an IPv6 address: in hexadecimal, as the text of an address has it, where that differs.
fn segment(number: u16) -> Literal {
    let decimal = Literal::u16_unsuffixed(number);
    if number < 10 {
        return decimal;
    }
    format!("{number:#x}").parse().unwrap_or(decimal)
}

fn integer(width: IntegerWidth, sample: Option<&Value>) -> TokenStream {
    let value = sample.and_then(Value::as_i64).unwrap_or(1);
    let fits = match width {
        IntegerWidth::I8 => i8::try_from(value).is_ok(),
        IntegerWidth::I16 => i16::try_from(value).is_ok(),
        IntegerWidth::I32 => i32::try_from(value).is_ok(),
        IntegerWidth::I64 => true,
        IntegerWidth::U8 => u8::try_from(value).is_ok(),
        IntegerWidth::U16 => u16::try_from(value).is_ok(),
        IntegerWidth::U32 => u32::try_from(value).is_ok(),
        IntegerWidth::U64 => value >= 0,
    };
    let value = if fits { value } else { 1 };
    let literal = Literal::u64_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}

/// Whether the text is a UUID as `uuid!` takes it: 32 hexadecimal digits in five groups.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
