//! Enumerations: a fixed list of values, always open to values that a later version of the API adds.

use serde::Serialize;

use super::Documentation;

/// A list of values that a schema names with `enum` or `const`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EnumerationShape {
    /// The values, in the order of the document, with null taken out.
    pub values: EnumerationValues,
}

impl EnumerationShape {
    /// The Rust name of the only value, where there is but one.
    pub fn only(&self) -> Option<&str> {
        match &self.values {
            EnumerationValues::Strings(values) => only(values),
            EnumerationValues::Integers(values) => only(values),
        }
    }
}

fn only<V>(values: &[EnumerationVariant<V>]) -> Option<&str> {
    match values {
        [only] => Some(&only.name),
        _ => None,
    }
}

/// The values of an enumeration, all of one JSON type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum EnumerationValues {
    /// Strings.
    Strings(Vec<EnumerationVariant<String>>),
    /// Whole numbers.
    Integers(Vec<EnumerationVariant<i64>>),
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EnumerationVariant<V> {
    /// The Rust name, in PascalCase, unique in the enumeration and never `Unknown`.
    pub name: String,
    /// The value on the wire.
    pub value: V,
    /// Words for its rustdoc.
    #[serde(skip_serializing_if = "is_silent")]
    pub documentation: Documentation,
}

fn is_silent(documentation: &Documentation) -> bool {
    *documentation == Documentation::default()
}
