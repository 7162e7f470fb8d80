//! Properties that can be left out, null, or a value, and null where an `Option` would be left out.

use super::{Encode, Encoder};

/// An optional property of a request that may also be null: left alone, cleared, or set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Field<T> {
    /// Not sent: the server leaves it as it is.
    #[default]
    Absent,
    /// Sent as null: the server clears it.
    Null,
    /// Sent as this value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, unless it is absent or null.
    pub fn value(&self) -> Option<&T> {
        match self {
            Field::Value(value) => Some(value),
            Field::Absent | Field::Null => None,
        }
    }

    /// The value itself, unless it is absent or null.
    pub fn into_value(self) -> Option<T> {
        match self {
            Field::Value(value) => Some(value),
            Field::Absent | Field::Null => None,
        }
    }

    /// The same three states with a reference to the value.
    pub fn as_ref(&self) -> Field<&T> {
        match self {
            Field::Absent => Field::Absent,
            Field::Null => Field::Null,
            Field::Value(value) => Field::Value(value),
        }
    }

    /// The same three states with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Field::Absent => Field::Absent,
            Field::Null => Field::Null,
            Field::Value(value) => Field::Value(change(value)),
        }
    }

    /// Whether it is not sent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Field::Absent)
    }

    /// Whether it is sent as null.
    pub fn is_null(&self) -> bool {
        matches!(self, Field::Null)
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Field::Value(value)
    }
}

/// None is null: what is given is sent.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Field::Null, Field::Value)
    }
}

impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Field::Value(value.to_owned())
    }
}

impl<T: Encode> Encode for Field<T> {
    fn encode(&self, json: &mut Encoder) {
        match self {
            Field::Value(value) => value.encode(json),
            Field::Absent | Field::Null => json.raw("null"),
        }
    }

    fn is_absent(&self) -> bool {
        Field::is_absent(self)
    }
}

/// A required property that may be null: written as null where an `Option` alone would be left out.
pub struct Nullable<'v, T>(&'v Option<T>);

impl<'v, T> Nullable<'v, T> {
    /// Around the value of a property.
    pub fn of(value: &'v Option<T>) -> Self {
        Self(value)
    }
}

impl<T: Encode> Encode for Nullable<'_, T> {
    fn encode(&self, json: &mut Encoder) {
        self.0.encode(json);
    }
}
