//! Open enumerations: values that a later version of an API has added, and the reading of those that are known.

use super::{Decode, DecodeError, Decoder};

/// A text that is none of an enumeration's values. It cannot be made or matched on: when a new version of this crate knows the
/// value, code that matched on its text would silently stop working.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[allow(dead_code, reason = "an API without enumerations makes none")]
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The text, as it was received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number that is none of an enumeration's values; see [`UnknownValue`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    #[allow(dead_code, reason = "an API without enumerations makes none")]
    pub(crate) fn new(value: i64) -> Self {
        Self(value)
    }

    /// The number, as it was received.
    #[must_use]
    pub fn as_i64(self) -> i64 {
        self.0
    }
}

#[allow(dead_code, reason = "an API without enumerations reads none")]
impl Decoder<'_> {
    /// Reads a text as a value of an enumeration that has these values and an unknown one.
    ///
    /// # Errors
    /// When it is no text.
    pub fn enumeration<T>(&mut self, known: &[T]) -> Result<T, DecodeError>
    where
        T: PartialEq + for<'t> From<&'t str>,
    {
        let value = self.string(|text| Ok(T::from(text)))?;
        self.judge(&value, known);
        Ok(value)
    }

    /// Reads an integer as a value of an enumeration, as [`Decoder::enumeration`] reads a text.
    ///
    /// # Errors
    /// When it is no integer of 64 bits.
    pub fn integer_enumeration<T: PartialEq + From<i64>>(
        &mut self,
        known: &[T],
    ) -> Result<T, DecodeError> {
        let value = T::from(i64::decode(self)?);
        self.judge(&value, known);
        Ok(value)
    }

    /// A choice by best match wants to know whether the value is a known one; nobody else pays for the comparison.
    fn judge<T: PartialEq>(&mut self, value: &T, known: &[T]) {
        if self.trials > 0 && !known.contains(value) {
            self.unnamed += 2;
        }
    }
}
