//! Constants: the values by which a property shows of which alternative its object is.
//!
//! Comes in: a property of an alternative. Goes out: the values that it may hold, where the document lists them.

use serde_json::Value;

use super::super::Lowering;
use super::super::keywords::{Keywords, Kind};
use super::Candidate;
use super::selectors::target_of;
use crate::diagnostics::Pointer;
use crate::model::Constant;

/// Up to here, a number of 64 bits with a fraction holds every whole number.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// The values that a property may hold, where it is enumerated; none where one of them tells nothing.
pub(super) fn of(lowering: &mut Lowering<'_>, view: &Keywords, key: &str) -> Vec<Constant> {
    let Some(source) = view.properties.get(key).and_then(|sources| sources.last()) else {
        return Vec::new();
    };
    let target = lowering.resolve(source);
    let property = lowering.merged(&target);
    let Some(values) = &property.enumeration else {
        return match is_null(lowering, &target) {
            true => vec![Constant::Null],
            false => Vec::new(),
        };
    };
    let constants: Option<Vec<Constant>> = values
        .iter()
        .map(|value| constant(value, property.declared))
        .collect();
    let constants = constants.unwrap_or_default();
    let is_any_boolean = [true, false]
        .iter()
        .all(|flag| constants.contains(&Constant::Boolean(*flag)));
    if is_any_boolean {
        return Vec::new();
    }
    constants
}

/// Whether a schema says `type: null`, which is more than that null is among its values.
fn is_null(lowering: &Lowering<'_>, target: &Pointer) -> bool {
    let name = lowering.document.value(&target.push("type"));
    name.and_then(Value::as_str) == Some("null")
}

/// A value of an enumeration; the values count, whatever the type beside them, as they do for the type of the property.
fn constant(value: &Value, declared: Option<Kind>) -> Option<Constant> {
    match value {
        Value::String(text) => Some(Constant::Text(text.clone())),
        Value::Bool(_) | Value::Number(_) if declared == Some(Kind::String) => {
            Some(Constant::Text(value.to_string()))
        }
        Value::Bool(flag) => Some(Constant::Boolean(*flag)),
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().and_then(whole))
            .map(Constant::Integer),
        Value::Null => Some(Constant::Null),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// `1.0` is 1.
fn whole(number: f64) -> Option<i64> {
    let is_whole = number.fract() == 0.0 && number.abs() < LARGEST_EXACT;
    // What is whole and exact loses nothing.
    is_whole.then_some(number as i64)
}

/// Whether a property of another alternative can hold none of these values.
pub(super) fn are_refused(
    lowering: &mut Lowering<'_>,
    other: &Keywords,
    key: &str,
    values: &[Constant],
) -> bool {
    let theirs = of(lowering, other, key);
    values.iter().all(|value| match value {
        // Servers send null for what may be missing.
        Constant::Null => other.required.contains(key) && !may_be_null(lowering, other, key),
        value => !theirs.is_empty() && !theirs.contains(value),
    })
}

fn may_be_null(lowering: &mut Lowering<'_>, view: &Keywords, key: &str) -> bool {
    let sources = view.properties.get(key).cloned().unwrap_or_default();
    sources.iter().all(|source| {
        let target = lowering.resolve(source);
        lowering.is_nullable(&target) || !lowering.merged(&target).is_structural()
    })
}

/// The value that stands for a key of a discriminator's mapping, which is always a text.
pub(super) fn of_mapping(
    lowering: &mut Lowering<'_>,
    view: &Keywords,
    key: &str,
    text: &str,
) -> Constant {
    let stated = of(lowering, view, key);
    let is_meant = |constant: &&Constant| match constant {
        Constant::Text(stated) => stated == text,
        Constant::Integer(value) => value.to_string() == text,
        Constant::Boolean(flag) => flag.to_string() == text,
        Constant::Null => false,
    };
    if let Some(constant) = stated.iter().find(is_meant) {
        return constant.clone();
    }
    let sources = view.properties.get(key).cloned().unwrap_or_default();
    let declared = sources.iter().rev().find_map(|source| {
        let target = lowering.resolve(source);
        lowering.merged(&target).declared
    });
    let of_type = match declared {
        Some(Kind::Integer | Kind::Number) => text.parse().ok().map(Constant::Integer),
        Some(Kind::Boolean) => text.parse().ok().map(Constant::Boolean),
        _ => None,
    };
    of_type.unwrap_or_else(|| Constant::Text(text.to_owned()))
}

/// The value that a schema says itself stands for it in a discriminator (`x-ms-discriminator-value` of AutoRest).
pub(super) fn of_extension(
    lowering: &mut Lowering<'_>,
    candidate: &Candidate,
    key: &str,
) -> Option<Constant> {
    let place = target_of(candidate).push("x-ms-discriminator-value");
    let text = lowering.document.value(&place)?.as_str()?.to_owned();
    Some(of_mapping(lowering, &candidate.view, key, &text))
}

/// What a value of a property is called: a text speaks for itself.
pub(super) fn words(key: &str, constant: &Constant) -> String {
    match constant {
        Constant::Text(text) => text.clone(),
        Constant::Integer(value) => format!("{key} {value}"),
        Constant::Boolean(flag) => format!("{key} {flag}"),
        Constant::Null => format!("{key} null"),
    }
}
