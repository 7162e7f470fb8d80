//! Booleans, strings, and JSON values of any type.

use jiter::Peek;
use serde_json::Value;

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

impl Decode for bool {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let peek = json.peek()?;
        if !matches!(peek, Peek::True | Peek::False) {
            return Err(json.unexpected("boolean", peek));
        }
        json.jiter
            .known_bool(peek)
            .map_err(|error| json.syntax(&error))
    }
}

impl Encode for bool {
    fn encode(&self, json: &mut Encoder) {
        json.raw(if *self { "true" } else { "false" });
    }
}

impl Decoder<'_> {
    /// Reads a string. Without escapes it is a part of the input, and copied by nobody but the caller.
    pub(super) fn text(&mut self) -> Result<&str, DecodeError> {
        let peek = self.peek()?;
        if peek != Peek::String {
            return Err(self.unexpected("string", peek));
        }
        let base = self.base;
        self.jiter
            .known_str()
            .map_err(|error| DecodeError::syntax(&error, base))
    }

    /// Reads a string and makes a value of it.
    ///
    /// # Errors
    /// When what comes next is no string, or `make` refuses it; its problem is reported at the string's place.
    pub fn string<T>(
        &mut self,
        make: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, DecodeError> {
        self.peek()?;
        let offset = self.offset();
        make(self.text()?).map_err(|problem| DecodeError::new(problem, offset))
    }
}

impl Decode for String {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.text().map(str::to_owned)
    }
}

impl Encode for String {
    fn encode(&self, json: &mut Encoder) {
        json.string(self);
    }
}

impl Encode for str {
    fn encode(&self, json: &mut Encoder) {
        json.string(self);
    }
}

impl Decode for Value {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let peek = json.peek()?;
        match peek {
            Peek::Null => json.take_null().map(|_| Value::Null),
            Peek::True | Peek::False => bool::decode(json).map(Value::Bool),
            Peek::String => String::decode(json).map(Value::String),
            Peek::Array => Vec::decode(json).map(Value::Array),
            Peek::Object => serde_json::Map::decode(json).map(Value::Object),
            number if number.is_num() => json.any_number(peek).map(Value::Number),
            _ => Err(json.unexpected("a JSON value", peek)),
        }
    }

    fn absent() -> Option<Self> {
        Some(Value::Null)
    }
}

impl Encode for Value {
    fn encode(&self, json: &mut Encoder) {
        match self {
            Value::Null => json.raw("null"),
            Value::Bool(value) => value.encode(json),
            Value::Number(value) => value.encode(json),
            Value::String(value) => json.string(value),
            Value::Array(items) => items.encode(json),
            Value::Object(members) => members.encode(json),
        }
    }
}
