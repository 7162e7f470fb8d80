//! Arrays, maps, boxes and values that may be null.

use std::collections::BTreeMap;

use serde_json::Value;

use super::object::Rest;
use super::{Decode, DecodeError, Decoder, Encode, Encoder};

/// A JSON object whose keys are data.
pub type Map<T> = BTreeMap<String, T>;

impl<T: Decode> Decode for Vec<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        json.array(&mut |json| {
            items.push(T::decode(json)?);
            Ok(())
        })?;
        Ok(items)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, json: &mut Encoder) {
        self.as_slice().encode(json);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, json: &mut Encoder) {
        json.array(&mut self.iter().map(|item| item as &dyn Encode));
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut map = Map::new();
        json.object_with(&mut [], &mut map)?;
        Ok(map)
    }
}

impl<T: Encode> Encode for Map<T> {
    fn encode(&self, json: &mut Encoder) {
        json.object_with(&[], self);
    }
}

impl Rest for serde_json::Map<String, Value> {
    fn keep(&mut self, key: String, json: &mut Decoder<'_>) -> Result<(), DecodeError> {
        match Value::decode(json) {
            Ok(value) => {
                self.insert(key, value);
                Ok(())
            }
            Err(error) => Err(error.in_key(&key)),
        }
    }
}

impl Decode for serde_json::Map<String, Value> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut map = Self::new();
        json.object_with(&mut [], &mut map)?;
        Ok(map)
    }
}

impl Encode for serde_json::Map<String, Value> {
    fn encode(&self, json: &mut Encoder) {
        json.begin_object();
        for (key, value) in self {
            value.encode_member(key, json);
        }
        json.end_object();
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        if json.take_null()? {
            return Ok(None);
        }
        T::decode(json).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, json: &mut Encoder) {
        match self {
            Some(value) => value.encode(json),
            None => json.raw("null"),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        T::decode(json).map(Box::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Box::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, json: &mut Encoder) {
        (**self).encode(json);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, json: &mut Encoder) {
        (**self).encode(json);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}
