//! The encoder: values as compact JSON text.

/// A type that can be written as JSON.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, json: &mut Encoder);

    /// Whether an object leaves it out, with its key.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Writes a value as compact JSON text.
#[must_use]
pub fn to_vec(value: &dyn Encode) -> Vec<u8> {
    let mut encoder = Encoder {
        text: Vec::with_capacity(128),
    };
    value.encode(&mut encoder);
    encoder.text
}

/// JSON text that grows value by value.
pub struct Encoder {
    pub(super) text: Vec<u8>,
}

impl Encoder {
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

    pub(super) fn member(&mut self, key: &str, value: &dyn Encode) {
        if value.is_absent() {
            return;
        }
        // After a value stands its last byte, which is never `{`.
        if self.text.last() != Some(&b'{') {
            self.text.push(b',');
        }
        self.string(key);
        self.text.push(b':');
        value.encode(self);
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

/// Whether nothing in it asks for an escape. It is looked at in blocks without branches, which compile to vector instructions; the
/// last block overlaps the one before, so that there is no rest to go through byte by byte.
fn is_plain(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk::<16>() {
        let (blocks, _) = bytes.as_chunks::<16>();
        return blocks.iter().all(is_plain_block) && is_plain_block(last);
    }
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => is_plain_block(first) && is_plain_block(last),
        _ => !bytes.iter().any(|byte| needs_escape(*byte)),
    }
}

fn is_plain_block<const SIZE: usize>(block: &[u8; SIZE]) -> bool {
    !block
        .iter()
        .fold(false, |any, byte| any | needs_escape(*byte))
}

#[inline]
fn needs_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}
