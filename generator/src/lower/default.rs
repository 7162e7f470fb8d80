//! Defaults: the value that a schema states, where it fits the type.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::{Number, Value};

use super::Lowering;
use super::keywords::{Keywords, Kind};
use super::scalar;
use crate::diagnostics::{Code, Diagnostic, Pointer};
use crate::model::{DefaultValue, FloatWidth, Scalar};

/// Parts of a default are compared with their schemas down to this depth.
const DEEPEST: usize = 4;

/// The default of a schema. One that does not fit is only documented, as is one that the model cannot hold (a filled array, an object, a
/// date).
pub(super) fn of(lowering: &mut Lowering<'_>, keywords: &Keywords) -> Option<DefaultValue> {
    let value = keywords.words.default.as_ref()?;
    if value.is_null() || !lowering.is_sound_default(keywords) || !keywords.unions.is_empty() {
        return None;
    }
    if keywords.enumeration.is_some() {
        return from_enumeration(value);
    }
    from_kind(value, keywords)
}

impl Lowering<'_> {
    /// Whether the default of a schema, if it has one, fits the schema; reports one that does not.
    pub(super) fn is_sound_default(&mut self, keywords: &Keywords) -> bool {
        let Some(value) = &keywords.words.default else {
            return true;
        };
        let fits = self.takes(keywords, value, 0);
        if !fits {
            let message = format!(
                "the default {} does not fit the type of the schema",
                shown(value)
            );
            self.report(
                Diagnostic::warning(Code::DefaultMisfit, message)
                    .at(&keywords.pointer.push("default"))
                    .help("correct the default; it is documented but not used"),
            );
        }
        fits
    }

    /// Whether a value is one of a schema, as far as its default needs that: types, values, formats, bounds, and the same of parts.
    fn takes(&mut self, keywords: &Keywords, value: &Value, depth: usize) -> bool {
        // Null is how authors write that there is no default.
        if depth > DEEPEST || value.is_null() || keywords.contradiction.is_some() {
            return true;
        }
        if let Some(members) = &keywords.enumeration {
            // An enumeration on the items of an array was put beside the array.
            return members.iter().any(|member| is_same(member, value)) || value.is_array();
        }
        if !keywords.unions.is_empty() {
            return keywords.unions.iter().all(|union| {
                let mut variants = union.variants.iter();
                variants.any(|variant| self.takes_at(variant, value, depth + 1))
            });
        }
        let Some(kind) = keywords.declared else {
            return true;
        };
        match (kind, value) {
            (Kind::Boolean, Value::Bool(_)) => true,
            (Kind::Integer | Kind::Number, Value::Number(number)) => {
                let is_in_range = match (scalar::scalar(keywords, kind), whole(number)) {
                    (Some(Scalar::Integer(width)), whole) => {
                        whole.is_some_and(|whole| width.holds(whole))
                    }
                    _ => true,
                };
                is_in_range && self.is_within(keywords, number.as_f64(), "minimum", "maximum")
            }
            (Kind::String, Value::String(text)) => {
                let length = text.chars().count() as f64;
                has_format(text, scalar::scalar(keywords, kind))
                    && self.is_within(keywords, Some(length), "minLength", "maxLength")
            }
            (Kind::Array, Value::Array(items)) => {
                self.is_within(keywords, Some(items.len() as f64), "minItems", "maxItems")
                    && keywords.items.iter().all(|schema| {
                        let mut items = items.iter();
                        items.all(|item| self.takes_at(schema, item, depth + 1))
                    })
            }
            (Kind::Object, Value::Object(members)) => members.iter().all(|(key, member)| {
                let mut schemas = keywords.properties.get(key).into_iter().flatten();
                schemas.all(|schema| self.takes_at(schema, member, depth + 1))
            }),
            _ => false,
        }
    }

    fn takes_at(&mut self, schema: &Pointer, value: &Value, depth: usize) -> bool {
        let target = self.resolve(schema);
        let view = self.merged(&target);
        self.takes(&view, value, depth)
    }

    /// Whether a number is between the two bounds that the schema states, these included.
    fn is_within(&self, keywords: &Keywords, number: Option<f64>, least: &str, most: &str) -> bool {
        let bound = |keyword: &str| {
            let bound = self.document.value(&keywords.pointer.push(keyword))?;
            bound.as_f64()
        };
        let Some(number) = number else {
            return true;
        };
        bound(least).is_none_or(|least| number >= least)
            && bound(most).is_none_or(|most| number <= most)
    }
}

/// Whether two values are the same, numbers however they are written.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        _ => one == other,
    }
}

/// Whether a text is of the scalar that its format stands for.
fn has_format(text: &str, scalar: Option<Scalar>) -> bool {
    match scalar {
        Some(Scalar::Uuid) => is_like(text, "00000000-0000-0000-0000-000000000000", |byte| {
            byte.is_ascii_hexdigit()
        }),
        Some(Scalar::Date) => is_like(text, "0000-00-00", |byte| byte.is_ascii_digit()),
        Some(Scalar::DateTime) => text
            .split_once(['T', 't', ' '])
            .is_some_and(|(date, time)| {
                has_format(date, Some(Scalar::Date))
                    && time.as_bytes().first().is_some_and(u8::is_ascii_digit)
            }),
        Some(Scalar::Ipv4) => text.parse::<Ipv4Addr>().is_ok(),
        Some(Scalar::Ipv6) => text.parse::<Ipv6Addr>().is_ok(),
        _ => true,
    }
}

/// Whether a text has a character of a kind wherever the pattern has a zero, and is the pattern elsewhere.
fn is_like(text: &str, pattern: &str, is_of_kind: fn(u8) -> bool) -> bool {
    text.len() == pattern.len()
        && text
            .bytes()
            .zip(pattern.bytes())
            .all(|(byte, wanted)| match wanted {
                b'0' => is_of_kind(byte),
                other => byte == other,
            })
}

fn from_enumeration(value: &Value) -> Option<DefaultValue> {
    match value {
        Value::String(text) => Some(DefaultValue::String(text.clone())),
        Value::Number(number) => whole(number).map(DefaultValue::Integer),
        Value::Bool(flag) => Some(DefaultValue::Boolean(*flag)),
        _ => None,
    }
}

fn from_kind(value: &Value, keywords: &Keywords) -> Option<DefaultValue> {
    let kind = keywords.declared?;
    match (scalar::scalar(keywords, kind), value) {
        (Some(Scalar::Boolean), Value::Bool(flag)) => Some(DefaultValue::Boolean(*flag)),
        (Some(Scalar::Integer(_)), Value::Number(number)) => {
            whole(number).map(DefaultValue::Integer)
        }
        (Some(Scalar::Number(FloatWidth::F32 | FloatWidth::F64)), Value::Number(number)) => {
            number.as_f64().map(DefaultValue::Number)
        }
        (Some(Scalar::String), Value::String(text)) => Some(DefaultValue::String(text.clone())),
        (None, Value::Array(items)) if items.is_empty() => Some(DefaultValue::EmptyArray),
        _ => None,
    }
}

/// A number without a fraction, however it is written.
fn whole(number: &Number) -> Option<i128> {
    let whole = number.as_i64().map(i128::from);
    whole
        .or_else(|| number.as_u64().map(i128::from))
        .or_else(|| number.as_f64().and_then(whole_number))
}

fn whole_number(number: f64) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    // Within the bounds checked here the conversion loses nothing.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the number is whole and below 2^53"
    )]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i128)
}

fn shown(value: &Value) -> String {
    crate::diagnostics::quoted(&value.to_string())
}
