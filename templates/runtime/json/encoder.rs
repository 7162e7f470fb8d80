//! The encoder: values as compact JSON text.

use std::any::Any;

/// A type that can be written as JSON.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, json: &mut Encoder);

    /// Whether an object leaves it out, with its key.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes the value as a member of an object, unless it is absent. It is here so that a member costs one call through a pointer.
    fn encode_member(&self, key: &str, json: &mut Encoder) {
        if !self.is_absent() {
            json.key(key);
            self.encode(json);
        }
    }
}

/// Writes a value as compact JSON text.
#[must_use]
pub fn to_vec(value: &dyn Encode) -> Vec<u8> {
    encoded(value).text
}

pub(super) fn encoded(value: &dyn Encode) -> Encoder {
    let mut encoder = Encoder {
        text: Vec::with_capacity(128),
        attachments: Vec::new(),
    };
    value.encode(&mut encoder);
    encoder
}

/// JSON text that grows value by value.
pub struct Encoder {
    pub(super) text: Vec<u8>,
    /// What JSON cannot hold, and where in the text a null stands for it.
    pub(super) attachments: Vec<(usize, Box<dyn Any>)>,
}

impl Encoder {
    /// Puts something beside the text that JSON cannot hold, such as a file.
    pub fn attach(&mut self, attachment: Box<dyn Any>) {
        self.attachments.push((self.text.len(), attachment));
        self.raw("null");
    }

    /// Writes what is JSON already.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    /// Writes a string of which it is known that nothing in it asks for an escape.
    pub(super) fn plain_string(&mut self, value: &str) {
        self.text.reserve(value.len() + 2);
        self.text.push(b'"');
        self.text.extend_from_slice(value.as_bytes());
        self.text.push(b'"');
    }

    pub(super) fn begin_object(&mut self) {
        self.text.push(b'{');
    }

    pub(super) fn end_object(&mut self) {
        self.text.push(b'}');
    }

    /// Writes the key of a member, with the comma before it.
    pub(super) fn key(&mut self, key: &str) {
        // After a value stands its last byte, which is never `{`.
        let is_first = self.text.last() == Some(&b'{');
        self.text.reserve(key.len() + 4);
        if !is_first {
            self.text.push(b',');
        }
        if is_plain(key.as_bytes()) {
            self.text.push(b'"');
            self.text.extend_from_slice(key.as_bytes());
            self.text.extend_from_slice(b"\":");
        } else {
            self.escaped_string(key.as_bytes());
            self.text.push(b':');
        }
    }

    pub(super) fn array(&mut self, items: &mut dyn Iterator<Item = &dyn Encode>) {
        self.text.push(b'[');
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.text.push(b',');
            }
            item.encode(self);
        }
        self.text.push(b']');
    }

    /// Writes a string, escaped where RFC 8259 asks for it and nowhere else.
    pub(super) fn string(&mut self, value: &str) {
        if is_plain(value.as_bytes()) {
            self.plain_string(value);
        } else {
            self.escaped_string(value.as_bytes());
        }
    }

    fn escaped_string(&mut self, mut bytes: &[u8]) {
        self.text.reserve(bytes.len() + 8);
        self.text.push(b'"');
        while let Some(plain) = bytes.iter().position(|byte| needs_escape(*byte)) {
            let (before, rest) = bytes.split_at(plain);
            self.text.extend_from_slice(before);
            let Some((byte, after)) = rest.split_first() else {
                break;
            };
            self.escape(*byte);
            bytes = after;
        }
        self.text.extend_from_slice(bytes);
        self.text.push(b'"');
    }

    fn escape(&mut self, byte: u8) {
        let letter = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            control => {
                let hex = |nibble: u8| b"0123456789abcdef"[usize::from(nibble & 15)];
                let (high, low) = (hex(control >> 4), hex(control));
                self.text
                    .extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
                return;
            }
        };
        self.text.extend_from_slice(&[b'\\', letter]);
    }
}

/// Whether nothing in it asks for an escape. It is looked at eight bytes at a time; the last eight overlap those before, so that there
/// is no rest to go through byte by byte.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk::<8>() {
        let (words, _) = bytes.as_chunks::<8>();
        return words.iter().all(|word| is_plain_word(*word)) && is_plain_word(*last);
    }
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some([a, b, c, d]), Some([e, f, g, h])) => is_plain_word([*a, *b, *c, *d, *e, *f, *g, *h]),
        _ => !bytes.iter().any(|byte| needs_escape(*byte)),
    }
}

/// As [`needs_escape`] of none of eight bytes, with the arithmetic of one number: a borrow reaches the highest bit of those bytes that
/// are below what is subtracted.
#[inline]
fn is_plain_word(bytes: [u8; 8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let word = u64::from_ne_bytes(bytes);
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | is(b'"') | is(b'\\')) & HIGH == 0
}

#[inline]
fn needs_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}
