//! One value, or several: what a caller gives for a parameter that the API takes both ways.
//!
//! In: a value, or a list, vector or slice of them. Out: a list, since one value is written as a list of one is. What a parameter means
//! to an API is not known here.

use super::json::{Decode, DecodeError, Decoder, Encode, Encoder, Kind};

/// One value, or several. Whatever takes it takes either: `"a"` or `["a", "b"]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OneOrMany<T>(Vec<T>);

impl<T> OneOrMany<T> {
    /// The values.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// The values.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> From<T> for OneOrMany<T> {
    fn from(value: T) -> Self {
        Self(vec![value])
    }
}

impl From<&str> for OneOrMany<String> {
    fn from(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }
}

impl From<&String> for OneOrMany<String> {
    fn from(text: &String) -> Self {
        Self(vec![text.clone()])
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl<T, const N: usize> From<[T; N]> for OneOrMany<T> {
    fn from(values: [T; N]) -> Self {
        Self(values.into())
    }
}

impl<T: Clone> From<&[T]> for OneOrMany<T> {
    fn from(values: &[T]) -> Self {
        Self(values.to_vec())
    }
}

impl<T: Clone> From<&Vec<T>> for OneOrMany<T> {
    fn from(values: &Vec<T>) -> Self {
        Self(values.clone())
    }
}

impl From<Vec<&str>> for OneOrMany<String> {
    fn from(texts: Vec<&str>) -> Self {
        texts.into_iter().collect()
    }
}

impl<const N: usize> From<[&str; N]> for OneOrMany<String> {
    fn from(texts: [&str; N]) -> Self {
        texts.into_iter().collect()
    }
}

impl From<&[&str]> for OneOrMany<String> {
    fn from(texts: &[&str]) -> Self {
        texts.iter().copied().collect()
    }
}

impl<T, V: Into<T>> FromIterator<V> for OneOrMany<T> {
    fn from_iter<I: IntoIterator<Item = V>>(values: I) -> Self {
        Self(values.into_iter().map(Into::into).collect())
    }
}

impl<T> IntoIterator for OneOrMany<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a OneOrMany<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Decode> Decode for OneOrMany<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match json.kind()? {
            Kind::Array => json.value().map(Self),
            _ => json.value().map(|value: T| Self::from(value)),
        }
    }
}

impl<T: Encode> Encode for OneOrMany<T> {
    /// One value as it is, others as a list.
    fn encode(&self, json: &mut Encoder) {
        match self.as_slice() {
            [only] => only.encode(json),
            _ => self.0.encode(json),
        }
    }
}
