//! Defaults: the value that a schema states, where it fits the type.

use serde_json::Value;

use super::Lowering;
use super::keywords::{Keywords, Kind};
use super::scalar;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{DefaultValue, FloatWidth, Scalar};

/// The default of a schema. One that does not fit is reported and only documented; one that the model cannot hold (a filled
/// array, an object, a date) is only documented.
pub(super) fn of(lowering: &mut Lowering<'_>, keywords: &Keywords) -> Option<DefaultValue> {
    let value = keywords.words.default.as_ref()?;
    if value.is_null() || !keywords.unions.is_empty() || keywords.contradiction.is_some() {
        return None;
    }
    let fitted = match &keywords.enumeration {
        Some(members) => from_enumeration(value, members),
        None => from_kind(value, keywords),
    };
    match fitted {
        Fit::Default(default) => Some(default),
        Fit::OnlyDocumented => None,
        Fit::Misfit => {
            lowering.report(
                Diagnostic::warning(
                    Code::DefaultMisfit,
                    format!(
                        "the default {} does not fit the type of the schema",
                        shown(value)
                    ),
                )
                .at(&keywords.pointer.push("default"))
                .help("correct the default; it is documented but not used"),
            );
            None
        }
    }
}

enum Fit {
    Default(DefaultValue),
    OnlyDocumented,
    Misfit,
}

fn from_enumeration(value: &Value, members: &[Value]) -> Fit {
    match value {
        Value::String(text) if members.contains(value) => {
            Fit::Default(DefaultValue::String(text.clone()))
        }
        Value::Number(number) if members.contains(value) => {
            number.as_i64().map_or(Fit::OnlyDocumented, |number| {
                Fit::Default(DefaultValue::Integer(number.into()))
            })
        }
        Value::Bool(flag) if members.contains(value) => Fit::Default(DefaultValue::Boolean(*flag)),
        // An enumeration on the items of an array was put beside the array.
        Value::Array(_) => Fit::OnlyDocumented,
        _ => Fit::Misfit,
    }
}

fn from_kind(value: &Value, keywords: &Keywords) -> Fit {
    let Some(kind) = keywords.declared else {
        return Fit::OnlyDocumented;
    };
    match (kind, value) {
        (Kind::Boolean, Value::Bool(flag)) => Fit::Default(DefaultValue::Boolean(*flag)),
        (Kind::Integer | Kind::Number, Value::Number(number)) => {
            let whole = number
                .as_i64()
                .map(i128::from)
                .or_else(|| number.as_u64().map(i128::from));
            let whole = whole.or_else(|| number.as_f64().and_then(whole_number));
            match (scalar::scalar(keywords, kind), whole, number.as_f64()) {
                (Some(Scalar::Integer(width)), Some(whole), _) if width.holds(whole) => {
                    Fit::Default(DefaultValue::Integer(whole))
                }
                (Some(Scalar::Number(FloatWidth::F32 | FloatWidth::F64)), _, Some(number)) => {
                    Fit::Default(DefaultValue::Number(number))
                }
                _ => Fit::Misfit,
            }
        }
        (Kind::String, Value::String(text)) => match scalar::scalar(keywords, kind) {
            Some(Scalar::String) => Fit::Default(DefaultValue::String(text.clone())),
            _ => Fit::OnlyDocumented,
        },
        (Kind::Array, Value::Array(items)) if items.is_empty() => {
            Fit::Default(DefaultValue::EmptyArray)
        }
        (Kind::Array, Value::Array(_)) | (Kind::Object, Value::Object(_)) => Fit::OnlyDocumented,
        _ => Fit::Misfit,
    }
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
