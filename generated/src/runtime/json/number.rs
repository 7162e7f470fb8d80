//! Numbers. An integer may be written `1.0` or `1e2`; one out of range is an error, never wrapped or rounded.

use jiter::{NumberInt, Peek};

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

impl Decoder<'_> {
    /// Reads an integer that fits 64 bits with a sign, which is how most are written.
    #[inline]
    fn short_integer(&mut self) -> Result<Option<i64>, DecodeError> {
        let peek = self.peek()?;
        if !peek.is_num() {
            return Err(self.unexpected("integer", peek));
        }
        // On an error nothing is consumed, so that the longer way below can tell what it is.
        match self.jiter.known_int(peek) {
            Ok(NumberInt::Int(value)) => Ok(Some(value)),
            _ => Ok(None),
        }
    }

    /// Reads an integer from `minimum` to `maximum`.
    fn integer(&mut self, minimum: i128, maximum: i128) -> Result<i128, DecodeError> {
        let offset = self.offset();
        let value = match self.short_integer()? {
            Some(value) => value.into(),
            None => self.long_integer()?,
        };
        if (minimum..=maximum).contains(&value) {
            return Ok(value);
        }
        Err(out_of_range(minimum, maximum, &value, offset))
    }

    /// Reads an integer that is too long for 64 bits, or written with a fraction or an exponent.
    #[cold]
    fn long_integer(&mut self) -> Result<i128, DecodeError> {
        let peek = self.peek()?;
        let offset = self.offset();
        let text = self.number_text(peek)?;
        match whole(text) {
            Whole::Integer(value) => Ok(value),
            Whole::Fraction => Err(DecodeError::new(
                format!("expected integer, found {}", shortened(text)),
                offset,
            )),
            Whole::Beyond => Err(DecodeError::new(
                format!("expected integer, found {}, out of range", shortened(text)),
                offset,
            )),
        }
    }

    /// Reads a number as it is written.
    pub(super) fn number_text(&mut self, peek: Peek) -> Result<&[u8], DecodeError> {
        let base = self.base;
        self.jiter
            .known_number_bytes(peek)
            .map_err(|error| DecodeError::syntax(&error, base))
    }

    /// Whether the number that comes next is whole; it stays where it is.
    ///
    /// # Errors
    /// When what comes next is no value.
    pub fn is_integer(&mut self) -> Result<bool, DecodeError> {
        let peek = self.peek()?;
        if !peek.is_num() {
            return Ok(false);
        }
        let mut ahead = self.ahead();
        Ok(!matches!(whole(ahead.number_text(peek)?), Whole::Fraction))
    }

    fn float(&mut self) -> Result<f64, DecodeError> {
        let peek = self.peek()?;
        if !peek.is_num() {
            return Err(self.unexpected("number", peek));
        }
        let offset = self.offset();
        match self.jiter.known_float(peek) {
            Ok(value) if value.is_finite() => Ok(value),
            Ok(_) => Err(beyond_float(64, offset)),
            Err(error) => Err(self.syntax(&error)),
        }
    }

    fn short_float(&mut self) -> Result<f32, DecodeError> {
        self.peek()?;
        let offset = self.offset();
        let value = self.float()? as f32;
        if value.is_finite() {
            return Ok(value);
        }
        Err(beyond_float(32, offset))
    }

    /// Reads a number as `serde_json` holds it: whole as it is written whole.
    pub(super) fn any_number(&mut self, peek: Peek) -> Result<serde_json::Number, DecodeError> {
        let offset = self.offset();
        let text = self.number_text(peek)?;
        let is_whole = text
            .iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b'-');
        // Minus zero is no integer.
        if is_whole
            && text != b"-0"
            && let Whole::Integer(value) = whole(text)
        {
            if let Ok(value) = i64::try_from(value) {
                return Ok(value.into());
            }
            if let Ok(value) = u64::try_from(value) {
                return Ok(value.into());
            }
        }
        // The parser has checked the grammar of numbers, which is part of what `f64` reads.
        std::str::from_utf8(text)
            .ok()
            .and_then(|text| text.parse().ok())
            .and_then(serde_json::Number::from_f64)
            .ok_or_else(|| beyond_float(64, offset))
    }
}

#[cold]
fn beyond_float(bits: u8, offset: usize) -> DecodeError {
    DecodeError::new(
        format!("expected a {bits}-bit floating-point number, found one out of range"),
        offset,
    )
}

#[cold]
fn out_of_range(
    minimum: impl std::fmt::Display,
    maximum: impl std::fmt::Display,
    value: &dyn std::fmt::Display,
    offset: usize,
) -> DecodeError {
    DecodeError::new(
        format!("expected an integer from {minimum} to {maximum}, found {value}, out of range"),
        offset,
    )
}

/// A number's text for an error, where a long one says nothing more than its beginning.
fn shortened(text: &[u8]) -> String {
    const ENOUGH: usize = 40;
    let text = String::from_utf8_lossy(text);
    match text.get(..ENOUGH) {
        Some(beginning) if text.len() > ENOUGH => format!("{beginning}…"),
        _ => text.into_owned(),
    }
}

/// What a number is, read exactly.
enum Whole {
    Integer(i128),
    Fraction,
    /// A whole number that 128 bits do not hold.
    Beyond,
}

/// Reads the text of a number, of which the grammar has been checked, without rounding.
fn whole(text: &[u8]) -> Whole {
    let (is_negative, text) = match text {
        [b'-', text @ ..] => (true, text),
        text => (false, text),
    };
    let (decimal, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&text[..at], exponent(&text[at + 1..])),
        None => (text, 0),
    };
    let (integer, fraction) = match decimal.iter().position(|byte| *byte == b'.') {
        Some(at) => (&decimal[..at], &decimal[at + 1..]),
        None => (decimal, &[][..]),
    };
    let zeros = fraction
        .iter()
        .rev()
        .take_while(|digit| **digit == b'0')
        .count();
    let fraction = &fraction[..fraction.len() - zeros];
    if fraction.is_empty() && integer == b"0" {
        return Whole::Integer(0);
    }
    let mut value: i128 = 0;
    for digit in integer.iter().chain(fraction) {
        let next = value
            .checked_mul(10)
            .and_then(|value| value.checked_sub(i128::from(digit - b'0')));
        let Some(next) = next else {
            return if exponent >= fraction.len() as i64 {
                Whole::Beyond
            } else {
                Whole::Fraction
            };
        };
        value = next;
    }
    let mut shift = exponent.saturating_sub(fraction.len() as i64);
    while shift > 0 {
        match value.checked_mul(10) {
            Some(next) => value = next,
            None => return Whole::Beyond,
        }
        shift -= 1;
    }
    while shift < 0 {
        if value % 10 != 0 {
            return Whole::Fraction;
        }
        value /= 10;
        shift += 1;
    }
    // It was counted downwards, since the least integer has no positive counterpart.
    if is_negative {
        return Whole::Integer(value);
    }
    value.checked_neg().map_or(Whole::Beyond, Whole::Integer)
}

/// The exponent of a number; one that is too long for 64 bits is as good as the largest.
fn exponent(text: &[u8]) -> i64 {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let mut value: i64 = 0;
    for digit in digits {
        value = value
            .saturating_mul(10)
            .saturating_add((digit - b'0').into());
    }
    if is_negative { -value } else { value }
}

impl Decode for i64 {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match json.short_integer()? {
            Some(value) => Ok(value),
            None => {
                let offset = json.offset();
                let value = json.long_integer()?;
                Self::try_from(value)
                    .map_err(|_| out_of_range(Self::MIN, Self::MAX, &value, offset))
            }
        }
    }
}

macro_rules! narrow_integers {
    ($($integer:ty),*) => {$(
        impl Decode for $integer {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                json.integer(<$integer>::MIN.into(), <$integer>::MAX.into())
                    // `integer` has checked the bounds: what is within them, the type holds.
                    .map(|value| value as $integer)
            }
        }
    )*};
}

narrow_integers!(i8, i16, i32, u8, u16, u32, u64);

macro_rules! written_integers {
    ($($integer:ty),*) => {$(
        impl Encode for $integer {
            fn encode(&self, json: &mut Encoder) {
                json.raw(itoa::Buffer::new().format(*self));
            }
        }
    )*};
}

written_integers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Decode for f64 {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.float()
    }
}

impl Decode for f32 {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.short_float()
    }
}

macro_rules! written_floats {
    ($($float:ty),*) => {$(
        impl Encode for $float {
            /// The shortest text that reads back the same, whole numbers without a fraction; null for what JSON has no number for.
            fn encode(&self, json: &mut Encoder) {
                if !self.is_finite() {
                    return json.raw("null");
                }
                let mut buffer = zmij::Buffer::new();
                let text = buffer.format_finite(*self);
                json.raw(text.strip_suffix(".0").unwrap_or(text));
            }
        }
    )*};
}

written_floats!(f32, f64);

impl Encode for serde_json::Number {
    /// As it was read: `1.0` in a free-form value stays `1.0`.
    fn encode(&self, json: &mut Encoder) {
        if let Some(value) = self.as_i64() {
            value.encode(json);
        } else if let Some(value) = self.as_u64() {
            value.encode(json);
        } else {
            match self.as_f64() {
                Some(value) if value.is_finite() => {
                    json.raw(zmij::Buffer::new().format_finite(value));
                }
                _ => json.raw("null"),
            }
        }
    }
}
