//! Booleans, strings, UUIDs, and JSON values of any type.

use jiter::Peek;
use serde_json::Value;

use super::number::Number;
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
    /// Reads a string and makes a value of it.
    pub(crate) fn string<T>(
        &mut self,
        make: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, DecodeError> {
        let peek = self.peek()?;
        if peek != Peek::String {
            return Err(self.unexpected("string", peek));
        }
        let offset = self.offset();
        match self.jiter.known_str() {
            Ok(text) => make(text).map_err(|problem| DecodeError::new(problem, offset)),
            Err(error) => Err(DecodeError::syntax(&error, self.base)),
        }
    }
}

impl Decode for String {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.string(|text| Ok(text.to_owned()))
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

impl Decode for uuid::Uuid {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.string(|text| {
            uuid::Uuid::try_parse(text)
                .map_err(|error| format!("expected a UUID, found {text:?}: {error}"))
        })
    }
}

impl Encode for uuid::Uuid {
    fn encode(&self, json: &mut Encoder) {
        json.string(
            self.hyphenated()
                .encode_lower(&mut uuid::Uuid::encode_buffer()),
        );
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
            number if number.is_num() => {
                let value = json.number(peek)?;
                Ok(match value {
                    Number::Integer(value) => i64::try_from(value)
                        .map(Value::from)
                        .or_else(|_| u64::try_from(value).map(Value::from))
                        .unwrap_or_else(|_| Value::from(value as f64)),
                    Number::Float(value) => Value::from(value),
                })
            }
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
            Value::Number(value) => match (value.as_i64(), value.as_u64(), value.as_f64()) {
                (Some(value), _, _) => value.encode(json),
                (None, Some(value), _) => value.encode(json),
                (None, None, Some(value)) => value.encode(json),
                (None, None, None) => json.raw(&value.to_string()),
            },
            Value::String(value) => json.string(value),
            Value::Array(items) => json.array(&mut items.iter().map(|item| item as &dyn Encode)),
            Value::Object(members) => members.encode(json),
        }
    }
}
