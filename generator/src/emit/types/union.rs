//! Unions: one of several types.
//!
//! Comes in: the variants and what tells them apart. Goes out: an `enum` whose decoding looks at the value before it reads
//! it. Must not know: other shapes.
//!
//! The discriminator decides first, then the JSON type, then constants and keys inside an object, then the best match. A value
//! of no variant is kept as JSON.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::constant;
use crate::emit::documentation;
use crate::emit::scope::{self, Scope, ident};
use crate::emit::type_tokens::{resolved, rust_type};
use crate::model::{
    Api, EnumerationValues, Scalar, Selector, Shape, Type, TypeDefinition, TypeId, UnionShape,
    UnionVariant,
};

/// JSON types, as the decoder tells them apart by looking at the next byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum JsonKind {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

const KINDS: [(JsonKind, &str); 5] = [
    (JsonKind::Boolean, "Boolean"),
    (JsonKind::Number, "Number"),
    (JsonKind::String, "String"),
    (JsonKind::Array, "Array"),
    (JsonKind::Object, "Object"),
];

struct Union<'a> {
    scope: &'a Scope<'a>,
    api: &'a Api,
    id: TypeId,
    definition: &'a TypeDefinition,
    shape: &'a UnionShape,
}

/// The enumeration and its implementations.
pub(super) fn items(
    scope: &Scope<'_>,
    api: &Api,
    id: TypeId,
    definition: &TypeDefinition,
    shape: &UnionShape,
) -> Vec<TokenStream> {
    let union = Union {
        scope,
        api,
        id,
        definition,
        shape,
    };
    let name = super::name(definition);
    let mut items = vec![union.enumeration()];
    items.extend(union.conversions());
    items.push(super::half(scope, definition.is_read, || union.decode()));
    items.push(super::half(scope, definition.is_written, || union.encode()));
    items.extend(union.parameter());
    let bridge = scope.path(scope::SERDE_BRIDGE);
    items.push(quote!(#bridge!(#name);));
    items
}

impl Union<'_> {
    fn enumeration(&self) -> TokenStream {
        let name = super::name(self.definition);
        let docs = super::rustdoc(self.api, self.definition, "One of several types.").attributes();
        let deprecated = documentation::deprecated(&self.definition.documentation);
        let variants = self.shape.variants.iter().map(|variant| {
            let variant_name = ident(&variant.name);
            let fallback = self.variant_words(variant);
            let attributes = super::member_attributes(&variant.documentation, &fallback);
            let value = rust_type(self.scope, &variant.value);
            quote!(#attributes #variant_name(#value))
        });
        let json = self.scope.path(scope::VALUE);
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #deprecated
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value of none of these types, as it was received.
                Unknown(#json),
            }
        }
    }

    fn variant_words(&self, variant: &UnionVariant) -> String {
        match variant.value.bare() {
            Type::Named(id) => {
                let name = &self.api.definition(*id).name;
                format!("[`{name}`](super::{name}).")
            }
            Type::Array(_) | Type::Tuple(_) => "A list.".to_owned(),
            Type::Map(_) => "An object with keys of its own.".to_owned(),
            Type::Any => "Any JSON value.".to_owned(),
            Type::Scalar(scalar) => match scalar {
                Scalar::Boolean => "A boolean.",
                Scalar::Integer(_) => "An integer.",
                Scalar::Number(_) => "A number.",
                Scalar::String => "A text.",
                Scalar::Uuid => "A UUID.",
                Scalar::DateTime => "A point in time.",
                Scalar::Date => "A date.",
                Scalar::Base64 => "Bytes.",
                Scalar::Ipv4 => "An IPv4 address.",
                Scalar::Ipv6 => "An IPv6 address.",
                Scalar::File => "A file.",
            }
            .to_owned(),
            Type::Nullable(_) | Type::FileOr(_) | Type::Boxed(_) => "A value.".to_owned(),
        }
    }

    /// `Parameter`, where every variant can stand in a path or a query.
    fn parameter(&self) -> Option<TokenStream> {
        let is_scalar =
            self.shape
                .variants
                .iter()
                .all(|variant| match resolved(self.api, &variant.value) {
                    Type::Scalar(scalar) => !matches!(scalar, Scalar::Base64 | Scalar::File),
                    Type::Named(id) => {
                        matches!(self.api.definition(*id).shape, Shape::Enumeration(_))
                    }
                    _ => false,
                });
        if !is_scalar || self.shape.variants.is_empty() {
            return None;
        }
        let name = super::name(self.definition);
        let (parameter, string) = (
            self.scope.path(scope::PARAMETER),
            self.scope.path(scope::STRING),
        );
        let variants = self
            .shape
            .variants
            .iter()
            .map(|variant| ident(&variant.name));
        Some(quote! {
            impl #parameter for #name {
                fn write(&self, text: &mut #string) {
                    match self {
                        #(Self::#variants(value) => value.write(text),)*
                        Self::Unknown(value) => value.write(text),
                    }
                }
            }
        })
    }

    /// `From` for each variant whose type no other variant has.
    fn conversions(&self) -> Vec<TokenStream> {
        let name = super::name(self.definition);
        let from = self.scope.path(scope::FROM);
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        let keys: Vec<String> = self
            .shape
            .variants
            .iter()
            .map(|variant| self.identity(&variant.value))
            .collect();
        for key in &keys {
            *uses.entry(key.clone()).or_default() += 1;
        }
        let itself = self.identity(&Type::Named(self.id));
        let mut items = Vec::new();
        for (variant, key) in self.shape.variants.iter().zip(&keys) {
            if uses.get(key) != Some(&1) || *key == itself {
                continue;
            }
            let variant_name = ident(&variant.name);
            let inner = match &variant.value {
                Type::Boxed(inner) => inner,
                other => other,
            };
            let tokens = rust_type(self.scope, inner);
            let value = if matches!(variant.value, Type::Boxed(_)) {
                let boxed = self.scope.path(scope::BOX);
                quote!(#boxed::new(value))
            } else {
                quote!(value)
            };
            items.push(quote! {
                impl #from<#tokens> for #name {
                    fn from(value: #tokens) -> Self {
                        Self::#variant_name(#value)
                    }
                }
            });
            if matches!(resolved(self.api, inner), Type::Scalar(Scalar::String)) {
                items.push(quote! {
                    impl #from<&str> for #name {
                        fn from(value: &str) -> Self {
                            Self::#variant_name(value.to_owned())
                        }
                    }
                });
            }
        }
        items
    }

    /// What a type is once aliases and boxes are taken away: two variants of one identity cannot both be converted from.
    fn identity(&self, value: &Type) -> String {
        match resolved(self.api, value) {
            Type::Boxed(inner) => self.identity(inner),
            Type::Array(inner) => format!("[{}]", self.identity(inner)),
            Type::Map(inner) => format!("{{{}}}", self.identity(inner)),
            Type::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.identity(item)).collect();
                format!("({})", items.join(", "))
            }
            Type::Nullable(inner) => format!("?{}", self.identity(inner)),
            other => format!("{other:?}"),
        }
    }

    fn encode(&self) -> TokenStream {
        let name = super::name(self.definition);
        let (encode, encoder) = (
            self.scope.path(scope::ENCODE),
            self.scope.path(scope::ENCODER),
        );
        let variants = self.shape.variants.iter().map(|variant| {
            let name = ident(&variant.name);
            let write = self.write(variant);
            quote!(Self::#name(value) => #write)
        });
        quote! {
            impl #encode for #name {
                fn encode(&self, json: &mut #encoder) {
                    match self {
                        #(#variants,)*
                        Self::Unknown(value) => value.encode(json),
                    }
                }
            }
        }
    }

    /// What writes the value of a variant.
    fn write(&self, variant: &UnionVariant) -> TokenStream {
        let tag = variant.tag.as_ref().and_then(constant::literal);
        match (tag, &self.shape.discriminator) {
            (Some(tag), Some(key)) => quote!(json.tagged(#key, &#tag, value)),
            _ => quote!(value.encode(json)),
        }
    }

    fn decode(&self) -> TokenStream {
        let name = super::name(self.definition);
        let (decode, decoder, error, result) = (
            self.scope.path(scope::DECODE),
            self.scope.path(scope::DECODER),
            self.scope.path(scope::DECODE_ERROR),
            self.scope.path(scope::RESULT),
        );
        let tagged = self.by_tag();
        let body = self.by_kind();
        quote! {
            impl #decode for #name {
                fn decode(json: &mut #decoder<'_>) -> #result<Self, #error> {
                    #(#tagged)*
                    #body
                }
            }
        }
    }

    /// The variants that a discriminator names: one look for each JSON type that its values have.
    fn by_tag(&self) -> Vec<TokenStream> {
        let Some(discriminator) = self.shape.discriminator.as_deref() else {
            return Vec::new();
        };
        let looks = constant::looks(self.scope, discriminator);
        looks.filter_map(|look| self.by_look(&look)).collect()
    }

    fn by_look(&self, look: &constant::Look) -> Option<TokenStream> {
        let arms: Vec<(TokenStream, TokenStream)> = self
            .shape
            .variants
            .iter()
            .filter_map(|variant| {
                let tags = variant
                    .selectors
                    .iter()
                    .filter_map(|selector| match selector {
                        Selector::Tag(tag) => Some(tag),
                        _ => None,
                    });
                Some((look.pattern(tags)?, self.read(variant)))
            })
            .collect();
        let looked = &look.looked;
        match arms.as_slice() {
            [] => None,
            [(pattern, read)] => Some(quote!(if let #pattern = #looked { return #read; })),
            arms => {
                let arms = arms
                    .iter()
                    .map(|(pattern, read)| quote!(#pattern => return #read,));
                Some(quote! {
                    match #looked {
                        #(#arms)*
                        _ => {}
                    }
                })
            }
        }
    }

    /// `Ok(Self::Variant(…))`.
    fn read(&self, variant: &UnionVariant) -> TokenStream {
        let (ok, name) = (self.scope.path(scope::OK), ident(&variant.name));
        quote!(#ok(Self::#name(json.value()?)))
    }

    fn unknown(&self) -> TokenStream {
        let ok = self.scope.path(scope::OK);
        quote!(#ok(Self::Unknown(json.value()?)))
    }

    /// The variants that the value itself tells apart.
    fn by_kind(&self) -> TokenStream {
        let arms: Vec<TokenStream> = KINDS
            .iter()
            .filter_map(|(json_kind, name)| {
                let candidates: Vec<&UnionVariant> = self
                    .shape
                    .variants
                    .iter()
                    .filter(|variant| !is_tagged(variant))
                    .filter(|variant| self.kinds(variant).contains(json_kind))
                    .collect();
                let choice = self.choice(&candidates)?;
                let (kind, name) = (self.scope.path(scope::KIND), ident(name));
                Some(quote!(#kind::#name => #choice,))
            })
            .collect();
        let unknown = self.unknown();
        if arms.is_empty() {
            return unknown;
        }
        quote! {
            match json.kind()? {
                #(#arms)*
                _ => #unknown,
            }
        }
    }

    /// The expression that chooses among variants of one JSON type.
    fn choice(&self, candidates: &[&UnionVariant]) -> Option<TokenStream> {
        if candidates.is_empty() {
            return None;
        }
        let mut told: Vec<(TokenStream, &UnionVariant)> = Vec::new();
        let mut rest: Vec<&UnionVariant> = Vec::new();
        for variant in candidates {
            match self.condition(variant) {
                Some(condition) => told.push((condition, variant)),
                None => rest.push(variant),
            }
        }
        let mut choice = match rest.as_slice() {
            [] => self.unknown(),
            [only] => self.read(only),
            several => self.best(several),
        };
        for (index, (condition, variant)) in told.iter().rev().enumerate() {
            let read = self.read(variant);
            let otherwise = if index == 0 {
                quote!({ #choice })
            } else {
                choice
            };
            choice = quote!(if #condition { #read } else #otherwise);
        }
        Some(choice)
    }

    fn best(&self, variants: &[&UnionVariant]) -> TokenStream {
        let readers = variants.iter().map(|variant| {
            let name = ident(&variant.name);
            quote!(|json| json.value().map(Self::#name))
        });
        quote!(json.best(&[#(#readers,)* |json| json.value().map(Self::Unknown)]))
    }

    /// What a value must show to be of this variant, beyond its JSON type.
    fn condition(&self, variant: &UnionVariant) -> Option<TokenStream> {
        let conditions: Vec<TokenStream> = variant
            .selectors
            .iter()
            .filter_map(|selector| match selector {
                Selector::Integer => Some(quote!(json.is_integer()?)),
                Selector::StringOf(values) => Some(quote!(json.is_one_of(&[#(#values),*])?)),
                Selector::Constant { key, values } => constant::condition(self.scope, key, values),
                Selector::Keys(keys) => Some(quote!(json.has_keys(&[#(#keys),*])?)),
                Selector::Tag(_)
                | Selector::Boolean
                | Selector::Number
                | Selector::String
                | Selector::Array
                | Selector::Object
                | Selector::BestMatch => None,
            })
            .collect();
        if conditions.is_empty() {
            None
        } else {
            Some(quote!(#(#conditions)&&*))
        }
    }

    /// The JSON types a variant takes: what its selectors say, else what its type says.
    fn kinds(&self, variant: &UnionVariant) -> Vec<JsonKind> {
        let told: Vec<JsonKind> = variant
            .selectors
            .iter()
            .filter_map(|selector| match selector {
                Selector::Boolean => Some(JsonKind::Boolean),
                Selector::Number | Selector::Integer => Some(JsonKind::Number),
                Selector::String | Selector::StringOf(_) => Some(JsonKind::String),
                Selector::Array => Some(JsonKind::Array),
                Selector::Object
                | Selector::Constant { .. }
                | Selector::Keys(_)
                | Selector::Tag(_) => Some(JsonKind::Object),
                Selector::BestMatch => None,
            })
            .collect();
        if told.is_empty() {
            self.kinds_of_type(&variant.value, 0)
        } else {
            told
        }
    }

    fn kinds_of_type(&self, value: &Type, depth: usize) -> Vec<JsonKind> {
        let all = || KINDS.iter().map(|(kind, _)| *kind).collect();
        match resolved(self.api, value) {
            Type::Scalar(Scalar::Boolean) => vec![JsonKind::Boolean],
            Type::Scalar(Scalar::Integer(_) | Scalar::Number(_)) => vec![JsonKind::Number],
            Type::Scalar(_) => vec![JsonKind::String],
            Type::Array(_) | Type::Tuple(_) => vec![JsonKind::Array],
            Type::Map(_) => vec![JsonKind::Object],
            Type::Nullable(inner) | Type::FileOr(inner) | Type::Boxed(inner) => {
                self.kinds_of_type(inner, depth)
            }
            Type::Any => all(),
            Type::Named(id) => match &self.api.definition(*id).shape {
                Shape::Object(_) => vec![JsonKind::Object],
                Shape::Enumeration(shape) => match shape.values {
                    EnumerationValues::Strings(_) => vec![JsonKind::String],
                    EnumerationValues::Integers(_) => vec![JsonKind::Number],
                },
                Shape::Union(union) if depth < 8 => union
                    .variants
                    .iter()
                    .flat_map(|variant| self.kinds_of_type(&variant.value, depth + 1))
                    .collect(),
                Shape::Union(_) | Shape::Alias(_) => all(),
            },
        }
    }
}

/// Whether the discriminator is all there is to tell the variant.
fn is_tagged(variant: &UnionVariant) -> bool {
    !variant.selectors.is_empty()
        && variant
            .selectors
            .iter()
            .all(|selector| matches!(selector, Selector::Tag(_)))
}
