//! UUIDs (`format: uuid`), as RFC 9562 writes them.
//!
//! In a client whose API has none, this file and the crate are left out.

use uuid::Uuid;

use super::{Decode, DecodeError, Decoder, Encode, Encoder};
use crate::runtime::Parameter;

impl Decode for Uuid {
    /// In any of the forms that the `uuid` crate reads: with or without hyphens, in braces, as a URN.
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.string(|text| {
            Uuid::try_parse(text)
                .map_err(|error| format!("expected a UUID, found {text:?}: {error}"))
        })
    }
}

impl Encode for Uuid {
    /// In lower case with hyphens, as RFC 9562 writes it.
    fn encode(&self, json: &mut Encoder) {
        json.plain_string(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    }
}

/// In lower case with hyphens.
impl Parameter for Uuid {
    fn write(&self, text: &mut String) {
        text.push_str(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    }
}
