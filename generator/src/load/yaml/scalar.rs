//! Plain scalars by the core schema of YAML 1.2 (section 10.3): null, booleans, numbers, and text for all else.

use serde_json::{Number, Value};

/// What a plain scalar stands for, where it is not text.
pub struct Plain {
    /// The value.
    pub value: Value,
    /// Whether the number was beyond the range of `f64` and was replaced by one near its end.
    pub out_of_range: bool,
}

/// Reads a plain scalar; `None` where it is text.
pub fn read(text: &str) -> Option<Plain> {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => return number(text),
    };
    Some(Plain {
        value,
        out_of_range: false,
    })
}

fn number(text: &str) -> Option<Plain> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    if let Some(integer) = integer(text, unsigned) {
        return integer.map(|number| Plain {
            value: Value::Number(number),
            out_of_range: false,
        });
    }
    let decimal =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    if !unsigned.bytes().all(decimal) {
        return None;
    }
    let float: f64 = text.parse().ok()?;
    let out_of_range = float.is_infinite();
    let float = if out_of_range {
        9e307_f64.copysign(float)
    } else {
        float
    };
    Number::from_f64(float).map(|number| Plain {
        value: Value::Number(number),
        out_of_range,
    })
}

/// An integer of 64 bits. `Some(None)`: text, although it consists of digits. `None`: no such integer, perhaps another number.
fn integer(text: &str, unsigned: &str) -> Option<Option<Number>> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let valid = digits.chars().all(|digit| digit.is_digit(radix));
            return Some(
                valid
                    .then(|| u64::from_str_radix(digits, radix).ok())
                    .flatten()
                    .map(Number::from),
            );
        }
    }
    if !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if unsigned.len() > 1 && unsigned.starts_with('0') {
        // `007` is rather a part of a telephone number or a postcode than an integer.
        return Some(None);
    }
    let signed = text.parse::<i64>().map(Number::from);
    signed
        .or_else(|_| text.parse::<u64>().map(Number::from))
        .ok()
        .map(Some)
}

/// The tags whose scalars are read as if they were plain.
pub fn is_plain_tag(tag: &str) -> bool {
    use libyaml_safer::{BOOL_TAG, FLOAT_TAG, INT_TAG, NULL_TAG};
    matches!(tag, NULL_TAG | BOOL_TAG | INT_TAG | FLOAT_TAG)
}
