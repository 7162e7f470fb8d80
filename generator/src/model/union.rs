//! Unions: one of several types, and what tells them apart.

use std::fmt;

use serde::Serialize;

use super::{Documentation, Type};

/// `oneOf` or `anyOf`. Null has been taken out of it; a value of no variant is kept as JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionShape {
    /// The property whose value names the variant, where the document has a discriminator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<String>,
    /// The variants, in the order of the document.
    pub variants: Vec<UnionVariant>,
}

/// One alternative of a union.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionVariant {
    /// The Rust name, in PascalCase, unique in the union and never `Unknown`.
    pub name: String,
    /// The type of the value.
    pub value: Type,
    /// The value of the discriminator that is written beside what the type itself writes, where that may lack it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Constant>,
    /// What a value must show to be this variant; tried in the order of [`Selector`], then of the variants.
    pub selectors: Vec<Selector>,
    /// Words for its rustdoc.
    pub documentation: Documentation,
}

/// What tells that a JSON value is of a variant. All that a variant lists together must hold, apart from [`Selector::Tag`],
/// of which any suffices; [`Selector::Object`] beside one takes the objects that no tag
/// names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Selector {
    /// The discriminator's value is this.
    Tag(Constant),
    /// It is a boolean.
    Boolean,
    /// It is a number, with or without a fraction.
    Number,
    /// It is a number without a fraction, where another variant takes the others.
    Integer,
    /// It is a string.
    String,
    /// It is a string of this list, where another variant takes other strings.
    StringOf(Vec<String>),
    /// It is an array.
    Array,
    /// It is an object.
    Object,
    /// It is an object in which this key holds one of these values.
    Constant {
        /// The key.
        key: String,
        /// The values that the key may hold.
        values: Vec<Constant>,
    },
    /// It is an object with all of these keys, which no other variant has all of.
    Keys(Vec<String>),
    /// Nothing tells it from the other variants of its JSON type: the best match decides.
    BestMatch,
}

/// A value by which an object shows what it is.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Constant {
    /// A string.
    Text(String),
    /// A whole number, however it is written.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
    /// Null.
    Null,
}

impl fmt::Debug for Constant {
    /// As JSON writes it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.fmt(formatter),
            Self::Integer(value) => value.fmt(formatter),
            Self::Boolean(value) => value.fmt(formatter),
            Self::Null => formatter.write_str("null"),
        }
    }
}
