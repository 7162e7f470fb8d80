//! How the value of a parameter becomes text in a path, a query, a header or a cookie.
//!
//! In: a scalar (or a list of them) of the emitted code. Out: its text, percent-encoded where the place asks for it
//! (RFC 3986). What a parameter means to an API is not known here.

use std::fmt::Write as _;

use super::json::{Base64, Encode, to_vec};

/// A value that can stand in a path, a query, a header or a cookie.
pub trait Parameter {
    /// Appends the value's text as it is, without percent-encoding.
    fn write(&self, text: &mut String);

    /// Appends the value's text with everything but unreserved characters percent-encoded.
    ///
    /// A list overrides this, since its separators stay literal.
    fn write_encoded(&self, text: &mut String) {
        let mut raw = String::new();
        self.write(&mut raw);
        percent_encode(&raw, text);
    }
}

impl<T: Parameter + ?Sized> Parameter for &T {
    fn write(&self, text: &mut String) {
        (**self).write(text);
    }

    fn write_encoded(&self, text: &mut String) {
        (**self).write_encoded(text);
    }
}

impl<T: Parameter + ?Sized> Parameter for Box<T> {
    fn write(&self, text: &mut String) {
        (**self).write(text);
    }

    fn write_encoded(&self, text: &mut String) {
        (**self).write_encoded(text);
    }
}

impl Parameter for str {
    fn write(&self, text: &mut String) {
        text.push_str(self);
    }
}

impl Parameter for String {
    fn write(&self, text: &mut String) {
        text.push_str(self);
    }
}

macro_rules! displayed {
    ($($scalar:ty),*) => {$(
        impl Parameter for $scalar {
            fn write(&self, text: &mut String) {
                // Writing to a String cannot fail.
                let _ = write!(text, "{self}");
            }
        }
    )*};
}

displayed!(
    bool, char, i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, f32, f64
);

/// A string is written as it is, anything else as its JSON text.
impl Parameter for serde_json::Value {
    fn write(&self, text: &mut String) {
        match self {
            Self::String(string) => text.push_str(string),
            other => {
                let _ = write!(text, "{other}");
            }
        }
    }
}

/// As base64.
impl Parameter for Base64 {
    fn write(&self, text: &mut String) {
        text.push_str(&self.to_text());
    }
}

/// A list in one value, its items separated by a literal separator (OpenAPI styles `simple`, and `form` without
/// `explode`).
#[derive(Debug, Clone, Copy)]
pub struct Joined<'a, T> {
    items: &'a [T],
    separator: &'static str,
}

impl<'a, T> Joined<'a, T> {
    /// The items, separated by commas.
    #[must_use]
    pub fn comma(items: &'a [T]) -> Self {
        Self {
            items,
            separator: ",",
        }
    }

    /// The items, separated by `separator`, which must already be allowed in the place where it will stand.
    #[must_use]
    pub fn by(items: &'a [T], separator: &'static str) -> Self {
        Self { items, separator }
    }
}

impl<T: Parameter> Parameter for Joined<'_, T> {
    fn write(&self, text: &mut String) {
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                text.push_str(self.separator);
            }
            item.write(text);
        }
    }

    fn write_encoded(&self, text: &mut String) {
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                text.push_str(self.separator);
            }
            item.write_encoded(text);
        }
    }
}

/// A parameter whose value is JSON text (OpenAPI: a parameter with `content: application/json`).
#[derive(Clone, Copy)]
pub struct JsonText<'a>(pub &'a dyn Encode);

impl Parameter for JsonText<'_> {
    fn write(&self, text: &mut String) {
        text.push_str(&String::from_utf8_lossy(&to_vec(self.0)));
    }
}

/// Appends `raw` to `text`, keeping only unreserved characters (RFC 3986 section 2.3) as they are.
pub fn percent_encode(raw: &str, text: &mut String) {
    encode_unless(raw, text, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
    });
}

/// Appends `raw` to `text`, encoding only what the value of a cookie cannot hold (RFC 6265 section 4.1.1): a server reads it as it set it.
pub(crate) fn cookie_encode(raw: &str, text: &mut String) {
    encode_unless(raw, text, |byte| {
        byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
    });
}

fn encode_unless(raw: &str, text: &mut String, stays: impl Fn(u8) -> bool) {
    for byte in raw.bytes() {
        if stays(byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
}
