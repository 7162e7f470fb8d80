//! Numbers. Integers take `1.0` and `1e2` for what they are; a value out of range is an error, never wrapped or rounded.

use jiter::Peek;

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

/// The numbers a JSON number can be read as, narrowed by the type that asks.
pub(super) enum Number {
    /// A whole number.
    Integer(i128),
    /// Anything else.
    Float(f64),
}

impl Decoder<'_> {
    /// Reads an integer between two bounds.
    fn integer(&mut self, minimum: i128, maximum: i128) -> Result<i128, DecodeError> {
        let peek = self.peek()?;
        if !peek.is_num() {
            return Err(self.unexpected("integer", peek));
        }
        let offset = self.offset();
        match self.number(peek)? {
            Number::Integer(value) if (minimum..=maximum).contains(&value) => Ok(value),
            Number::Integer(_) => Err(DecodeError::new(
                format!("expected an integer from {minimum} to {maximum}, found one out of range"),
                offset,
            )),
            Number::Float(_) => Err(DecodeError::new(
                "expected integer, found a number with a fraction or beyond 128 bits",
                offset,
            )),
        }
    }

    /// Reads a number, whole or not.
    pub(super) fn number(&mut self, peek: Peek) -> Result<Number, DecodeError> {
        let base = self.base;
        let text = self
            .jiter
            .known_number_bytes(peek)
            .map_err(|error| DecodeError::syntax(&error, base))?;
        if let Some(value) = digits(text) {
            return Ok(Number::Integer(value));
        }
        // The parser has checked the grammar of numbers, which is part of what `f64` reads.
        let value: f64 = std::str::from_utf8(text)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(f64::NAN);
        // Up to 2^53 every whole `f64` is exactly the number that was written.
        if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 {
            return Ok(Number::Integer(value as i128));
        }
        Ok(Number::Float(value))
    }

    fn float(&mut self) -> Result<f64, DecodeError> {
        let peek = self.peek()?;
        if !peek.is_num() {
            return Err(self.unexpected("number", peek));
        }
        let base = self.base;
        self.jiter
            .known_float(peek)
            .map_err(|error| DecodeError::syntax(&error, base))
    }
}

/// The value of a number that is written with digits alone and fits.
fn digits(text: &[u8]) -> Option<i128> {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let mut value: i128 = 0;
    if digits.len() <= 18 {
        let mut short: i64 = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            short = short * 10 + i64::from(digit - b'0');
        }
        value = short.into();
    } else {
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value.checked_mul(10)?.checked_add((digit - b'0').into())?;
        }
    }
    Some(if is_negative { -value } else { value })
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Decode for $integer {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let value = json.integer(<$integer>::MIN.into(), <$integer>::MAX.into())?;
                Self::try_from(value).map_err(|_| json.error("integer out of range"))
            }
        }

        impl Encode for $integer {
            fn encode(&self, json: &mut Encoder) {
                json.raw(itoa::Buffer::new().format(*self));
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl Decode for $float {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                json.float().map(|value| value as $float)
            }
        }

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

floats!(f32, f64);
