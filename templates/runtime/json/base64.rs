//! Bytes as base64 text (RFC 4648, section 4), `format: byte`.

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

/// Bytes that travel as base64 text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(pub Vec<u8>);

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Base64 {
    /// The text, with padding.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(self.0.len().div_ceil(3) * 4);
        for chunk in self.0.chunks(3) {
            let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for index in 0..4 {
                if index <= chunk.len() {
                    let sextet = bits >> (18 - 6 * index) & 63;
                    text.push(char::from(ALPHABET[sextet as usize]));
                } else {
                    text.push('=');
                }
            }
        }
        text
    }

    /// The bytes of a text, with or without padding, in the alphabet of section 4 or of section 5 ("URL safe"); line breaks are skipped.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
        let (mut bits, mut count) = (0u32, 0);
        for character in text.trim_end_matches(['=', '\r', '\n']).bytes() {
            let sextet = match character {
                b'A'..=b'Z' => character - b'A',
                b'a'..=b'z' => character - b'a' + 26,
                b'0'..=b'9' => character - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                b'\r' | b'\n' => continue,
                _ => return None,
            };
            bits = bits << 6 | u32::from(sextet);
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.push((bits >> count & 0xff) as u8);
            }
        }
        (count < 6).then_some(Self(bytes))
    }
}

impl Decode for Base64 {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.string(|text| Base64::from_text(text).ok_or_else(|| "expected base64 text".to_owned()))
    }
}

impl Encode for Base64 {
    fn encode(&self, json: &mut Encoder) {
        json.plain_string(&self.to_text());
    }
}

crate::runtime::macros::serde_bridge!(Base64);
