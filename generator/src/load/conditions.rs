//! What holds for some of the values of a schema, and what for none: `if`, `then`, `else`, `dependentSchemas`, `dependentRequired`, `not`, and
//! enumerations that become no type.
//!
//! Comes in: a schema as it is written, and its outline. Goes out: the properties that may be there, as schemas of the outline, and what must
//! or must not be there, in words. Must not know: types.

use serde_json::{Map, Value, json};

use super::keys;
use super::shape::child;
use crate::diagnostics::Pointer;

/// Brings the conditions of a schema into its outline.
pub fn convert(
    written: &Map<String, Value>,
    object: &mut Map<String, Value>,
    pointer: &Pointer,
    limits: &mut Vec<String>,
) {
    let dependent = |keyword: &str| written.get(keyword).and_then(Value::as_object);
    for (key, others) in dependent("dependentRequired").into_iter().flatten() {
        if let Some(others) = named(Some(others)) {
            limits.push(format!("{} only with {}", code(key), listed(others, "and")));
        }
    }
    let mut optional: Vec<Value> = Vec::new();
    for keyword in ["then", "else"] {
        if let Some(Value::Object(branch)) = written.get(keyword) {
            optional.push(child(&pointer.push(keyword)));
            limits.extend(branch_in_words(written.get("if"), keyword, branch));
        }
    }
    let place = pointer.push("dependentSchemas");
    for (key, schema) in dependent("dependentSchemas").into_iter().flatten() {
        let Some(schema) = schema.as_object() else {
            continue;
        };
        optional.push(child(&place.push(key)));
        if let Some(others) = named(schema.get("required")) {
            limits.push(format!("{} only with {}", code(key), listed(others, "and")));
        }
    }
    if !optional.is_empty() {
        object.insert(keys::OPTIONAL.to_owned(), Value::Array(optional));
    }
    if let Some(excluded) = written.get("not").and_then(excluded) {
        object.insert(keys::EXCLUDED.to_owned(), json!([excluded]));
    }
    // Values of a text are that text's, however they are written.
    let stated = written.get("type").and_then(Value::as_str);
    if stated != Some("string") {
        let values = named(written.get("enum"));
        limits.extend(values.and_then(|values| untyped_values(values, stated)));
    }
}

/// The values of an enumeration that becomes no type of its own: of booleans, of numbers with a fraction or of the type `number`, and of
/// integers beyond 64 bits.
fn untyped_values(values: &[Value], stated: Option<&str>) -> Option<String> {
    let values: Vec<Value> = values
        .iter()
        .filter(|value| !value.is_null())
        .cloned()
        .collect();
    let is_chosen = match values.as_slice() {
        [Value::Bool(one), others @ ..] => others.iter().all(|other| *other == Value::Bool(*one)),
        values => {
            values.iter().all(Value::is_number)
                && (stated == Some("number") || values.iter().any(|value| !value.is_i64()))
        }
    };
    match values.as_slice() {
        [] => None,
        [only] if is_chosen => Some(format!("always `{only}`")),
        [Value::Bool(only), ..] if is_chosen => Some(format!("always `{only}`")),
        several if is_chosen => Some(format!("one of {}", listed(several, "or"))),
        _ => None,
    }
}

/// A list of names that is not empty.
fn named(names: Option<&Value>) -> Option<&[Value]> {
    let names = names?.as_array()?;
    (!names.is_empty()).then_some(names)
}

/// What must be there where the condition holds, or where it does not; nothing where either cannot be said in a few words.
fn branch_in_words(
    condition: Option<&Value>,
    keyword: &str,
    branch: &Map<String, Value>,
) -> Option<String> {
    let needed = listed(named(branch.get("required"))?, "and");
    let condition = condition?.as_object()?;
    let mut terms: Vec<String> = Vec::new();
    for (key, schema) in condition
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        terms.push(format!(
            "{} is {}",
            code(key),
            listed(&constants(schema)?, "or")
        ));
    }
    if terms.is_empty() {
        terms.push(format!(
            "there is {}",
            listed(named(condition.get("required"))?, "and")
        ));
    }
    let terms = terms.join(" and ");
    Some(match keyword {
        "then" => format!("with {needed} where {terms}"),
        _ => format!("with {needed} unless {terms}"),
    })
}

/// What `not` excludes, in words.
fn excluded(not: &Value) -> Option<String> {
    let schema = not.as_object()?;
    if let Some(constants) = constants(not) {
        return Some(format!("not {}", listed(&constants, "or")));
    }
    match schema.iter().collect::<Vec<_>>().as_slice() {
        [] => None,
        [(keyword, Value::Array(names))] if *keyword == "required" && !names.is_empty() => {
            Some(format!("without {}", listed(names, "or")))
        }
        [(keyword, Value::String(pattern))] if *keyword == "pattern" => {
            Some(format!("not the pattern {}", code(pattern)))
        }
        _ => Some("not the values that the description excludes".to_owned()),
    }
}

/// The values that a schema lists, one by one.
fn constants(schema: &Value) -> Option<Vec<Value>> {
    let schema = schema.as_object()?;
    match (schema.get("const"), schema.get("enum")) {
        (Some(value), _) => Some(vec![value.clone()]),
        (None, Some(Value::Array(values))) if !values.is_empty() => Some(values.clone()),
        _ => None,
    }
}

/// A span of code (CommonMark, section 6.1).
pub fn code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max();
    match longest.unwrap_or_default() {
        0 => format!("`{text}`"),
        longest => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// `a`, `b` or `c`.
pub fn listed(values: &[Value], word: &str) -> String {
    let texts: Vec<String> = values
        .iter()
        .map(|value| match value {
            Value::String(text) => code(text),
            other => code(&other.to_string()),
        })
        .collect();
    match texts.as_slice() {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} {word} {last}", init.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(schema: Value) -> Vec<String> {
        let mut limits = Vec::new();
        let written = schema.as_object().cloned().unwrap_or_default();
        let mut outline = written.clone();
        convert(&written, &mut outline, &Pointer::root(), &mut limits);
        let excluded = outline.get(keys::EXCLUDED).and_then(Value::as_array);
        let excluded = excluded.into_iter().flatten().filter_map(Value::as_str);
        limits.extend(excluded.map(str::to_owned));
        limits
    }

    #[test]
    fn conditions_are_said_in_words() {
        for (schema, expected) in [
            (
                json!({"dependentRequired": {"a": ["b", "c"]}}),
                "`a` only with `b` and `c`",
            ),
            (
                json!({"dependentSchemas": {"a": {"required": ["b"]}}}),
                "`a` only with `b`",
            ),
            (
                json!({"if": {"properties": {"k": {"const": "x"}}}, "then": {"required": ["z"]}}),
                "with `z` where `k` is `x`",
            ),
            (
                json!({"if": {"properties": {"k": {"enum": [1, 2]}}}, "else": {"required": ["z"]}}),
                "with `z` unless `k` is `1` or `2`",
            ),
            (
                json!({"if": {"required": ["k"]}, "then": {"required": ["z"]}}),
                "with `z` where there is `k`",
            ),
            (json!({"enum": [0.5, 1, null]}), "one of `0.5` or `1`"),
            (
                json!({"type": "number", "enum": [1, 2]}),
                "one of `1` or `2`",
            ),
            (
                json!({"dependentRequired": {"a`b": ["``"]}}),
                "`` a`b `` only with ``` `` ```",
            ),
            (json!({"enum": [true]}), "always `true`"),
            (json!({"enum": [false, null]}), "always `false`"),
            (json!({"not": {"const": "x"}}), "not `x`"),
            (
                json!({"not": {"enum": ["x", 1, null]}}),
                "not `x`, `1` or `null`",
            ),
            (
                json!({"not": {"required": ["a", "b"]}}),
                "without `a` or `b`",
            ),
            (json!({"not": {"pattern": "^x"}}), "not the pattern `^x`"),
            (
                json!({"not": {"type": "string", "minLength": 3}}),
                "not the values that the description excludes",
            ),
        ] {
            assert_eq!(limits(schema.clone()), [expected], "{schema}");
        }
    }

    #[test]
    fn what_takes_more_than_a_few_words_is_not_said() {
        for schema in [
            json!({"if": {"properties": {"k": {"minimum": 1}}}, "then": {"required": ["z"]}}),
            json!({"if": {}, "then": {"properties": {"z": {}}}}),
            json!({"not": {}}),
            json!({"enum": [true, false]}),
            json!({"enum": [1, 2]}),
            json!({"enum": ["a"]}),
            json!({"enum": [null]}),
            json!({"dependentSchemas": {"a": true}}),
        ] {
            assert_eq!(limits(schema.clone()), Vec::<String>::new(), "{schema}");
        }
    }
}
