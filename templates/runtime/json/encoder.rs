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
    pub(super) fn raw(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
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
        let bytes = value.as_bytes();
        self.text.reserve(bytes.len() + 2);
        self.text.push(b'"');
        let mut written = 0;
        for (index, byte) in bytes.iter().enumerate() {
            let escape = ESCAPES[usize::from(*byte)];
            if escape == 0 {
                continue;
            }
            self.text.extend_from_slice(&bytes[written..index]);
            written = index + 1;
            if escape == b'u' {
                let hex = |nibble: u8| b"0123456789abcdef"[usize::from(nibble)];
                self.text.extend_from_slice(&[
                    b'\\',
                    b'u',
                    b'0',
                    b'0',
                    hex(byte >> 4),
                    hex(byte & 15),
                ]);
            } else {
                self.text.extend_from_slice(&[b'\\', escape]);
            }
        }
        self.text.extend_from_slice(&bytes[written..]);
        self.text.push(b'"');
    }
}

/// For each byte the letter after its backslash; 0: it stands for itself.
static ESCAPES: [u8; 256] = {
    let mut escapes = [0; 256];
    let mut control = 0;
    while control < 0x20 {
        escapes[control] = b'u';
        control += 1;
    }
    escapes[0x08] = b'b';
    escapes[0x09] = b't';
    escapes[0x0a] = b'n';
    escapes[0x0c] = b'f';
    escapes[0x0d] = b'r';
    escapes[b'"' as usize] = b'"';
    escapes[b'\\' as usize] = b'\\';
    escapes
};
