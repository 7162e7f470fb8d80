//! Values of enumerations that a later version of an API has added.

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
