//! Shallow schemas: what documents write where OpenAPI 3.0 has another word for it, and keywords that do not fit the type beside them.
//!
//! Comes in: a schema object and its place. Goes out: an object whose `type`, limits and `enum` agree, so that the parser tells its
//! type where there is one.

use serde_json::{Map, Number, Value, json};

use super::{
    keys, openapi31,
    shape::{Shaper, child, integral},
    tables::SCHEMA,
};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// Shapes the schema at `pointer`.
pub fn shape(
    shaper: Shaper<'_>,
    object: &Map<String, Value>,
    pointer: &Pointer,
) -> Result<Map<String, Value>, Diagnostic> {
    let written = object;
    let mut object = outline(object);
    openapi31::convert(shaper, written, &mut object, pointer);
    type_of(shaper, &mut object, pointer);
    exclusive_limits(shaper, &mut object, pointer);
    required_flag(shaper, &mut object, pointer);
    irregular_children(shaper, &mut object, pointer);
    if let Some(Value::String(property)) = object.get("discriminator") {
        // The form of Swagger 2.0.
        shaper.converted(
            &object["discriminator"],
            "the name of the property that tells the variants apart",
            &pointer.push("discriminator"),
        );
        let discriminator = json!({ "propertyName": property });
        object.insert("discriminator".to_owned(), discriminator);
    }
    let mut shaped = shaper.object(&SCHEMA, &object, pointer)?;
    without_effect(shaper, &mut shaped, pointer);
    enumeration(shaper, &mut shaped, pointer);
    integer_limits(shaper, &mut shaped, pointer);
    contradictions(shaper, &mut shaped, pointer);
    openapi31::any_of(shaper, written, &mut shaped, pointer);
    Ok(shaped)
}

/// A copy in which children are empty objects, since only their places matter here.
fn outline(object: &Map<String, Value>) -> Map<String, Value> {
    let empty = |value: &Value| match value {
        Value::Object(_) => Value::Object(Map::new()),
        other => other.clone(),
    };
    let copy = |(key, value): (&String, &Value)| {
        let value = match (key.as_str(), value) {
            ("properties" | "patternProperties", Value::Object(members)) => Value::Object(
                members
                    .iter()
                    .map(|(name, child)| (name.clone(), empty(child)))
                    .collect(),
            ),
            ("allOf" | "anyOf" | "oneOf" | "items", Value::Array(elements)) => {
                Value::Array(elements.iter().map(empty).collect())
            }
            (
                "items"
                | "not"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "allOf"
                | "anyOf"
                | "oneOf",
                child,
            ) => empty(child),
            (_, value) => value.clone(),
        };
        (key.clone(), value)
    };
    object.iter().map(copy).collect()
}

/// Brings `type` into one of the six words of OpenAPI 3.0, or leaves it out.
fn type_of(shaper: Shaper<'_>, object: &mut Map<String, Value>, pointer: &Pointer) {
    let Some(written) = object.get("type").cloned() else {
        return;
    };
    let place = pointer.push("type");
    let mut nullable = false;
    let mut types = None;
    let name = match &written {
        Value::String(name) => Some(name.clone()),
        Value::Array(names) => {
            // The form of OpenAPI 3.1: types and, perhaps, null.
            let others: Vec<&Value> = names
                .iter()
                .filter(|name| name.as_str() != Some("null") && !name.is_null())
                .collect();
            nullable = others.len() < names.len();
            match others.as_slice() {
                [Value::String(only)] => {
                    openapi31::converted(
                        shaper,
                        &written,
                        &format!(
                            "the type `{only}`{}",
                            if nullable { ", nullable" } else { "" }
                        ),
                        &place,
                    );
                    Some(only.clone())
                }
                several => {
                    types = of_several(several);
                    None
                }
            }
        }
        _ => None,
    };
    object.shift_remove("type");
    if let Some(types) = types {
        openapi31::converted(shaper, &written, "one of several types", &place);
        object.insert(keys::TYPES.to_owned(), json!(types));
        if nullable {
            object.insert("nullable".to_owned(), Value::Bool(true));
        }
        return;
    }
    if nullable {
        object.insert("nullable".to_owned(), Value::Bool(true));
    }
    let Some(name) = name else {
        let only_null = nullable && written.as_array().is_some_and(|names| names.len() == 1);
        if !(written.is_null() || only_null) {
            shaper.say(unknown_type(&written.to_string(), &place));
        }
        return;
    };
    if is_type(&name) {
        object.insert("type".to_owned(), Value::String(name));
        return;
    }
    if name == "null" {
        object.insert("nullable".to_owned(), Value::Bool(true));
        return;
    }
    foreign_type(shaper, object, &name, &place);
}

/// A type by the word of another language.
fn foreign_type(shaper: Shaper<'_>, object: &mut Map<String, Value>, name: &str, place: &Pointer) {
    let Some((known, format)) = meant(name) else {
        if !matches!(name, "any" | "mixed" | "") {
            shaper.say(unknown_type(name, place));
        }
        return;
    };
    let with_format =
        format.map_or_else(String::new, |format| format!(" with the format `{format}`"));
    let message = format!(
        "the type {} is read as `{known}`{with_format}",
        quoted(name)
    );
    shaper.say(Diagnostic::note(Code::Converted, message).at(place));
    object.insert("type".to_owned(), Value::String(known.to_owned()));
    if let Some(format) = format {
        object
            .entry("format")
            .or_insert_with(|| Value::String(format.to_owned()));
    }
}

fn is_type(name: &str) -> bool {
    matches!(
        name,
        "string" | "number" | "integer" | "boolean" | "array" | "object"
    )
}

/// The types of a list of several, where all are known.
fn of_several<'v>(names: &[&'v Value]) -> Option<Vec<&'v str>> {
    let mut types: Vec<&str> = Vec::with_capacity(names.len());
    for name in names {
        let name = name.as_str().filter(|name| is_type(name))?;
        if !types.contains(&name) {
            types.push(name);
        }
    }
    (!types.is_empty()).then_some(types)
}

fn unknown_type(name: &str, place: &Pointer) -> Diagnostic {
    Diagnostic::warning(
        Code::UnknownType,
        format!(
            "the type {} is unknown, so any value is taken",
            quoted(name)
        ),
    )
    .at(place)
    .help("the types are `string`, `number`, `integer`, `boolean`, `array` and `object`")
}

/// The type and format that a word of another language clearly stands for.
fn meant(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match name.to_ascii_lowercase().as_str() {
        "string" | "str" | "text" => ("string", None),
        "file" | "binary" => ("string", Some("binary")),
        "date" => ("string", Some("date")),
        "date-time" | "datetime" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "number" => ("number", None),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "integer" | "int" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "int64" | "long" => ("integer", Some("int64")),
        "boolean" | "bool" => ("boolean", None),
        "array" | "list" => ("array", None),
        "object" | "dict" | "map" => ("object", None),
        _ => return None,
    })
}

/// `exclusiveMinimum: 5`, the form of OpenAPI 3.1, is `minimum: 5` with `exclusiveMinimum: true`.
fn exclusive_limits(shaper: Shaper<'_>, object: &mut Map<String, Value>, pointer: &Pointer) {
    for (exclusive, limit, lower) in [
        ("exclusiveMinimum", "minimum", true),
        ("exclusiveMaximum", "maximum", false),
    ] {
        let Some(Value::Number(bound)) = object.get(exclusive).cloned() else {
            continue;
        };
        openapi31::converted(
            shaper,
            &object[exclusive],
            &format!("an exclusive `{limit}`"),
            &pointer.push(exclusive),
        );
        let other = object.get(limit).and_then(Value::as_f64);
        let stricter = match (bound.as_f64(), other) {
            (Some(bound), Some(other)) => (bound >= other) == lower || bound == other,
            _ => true,
        };
        if stricter {
            object.insert(limit.to_owned(), Value::Number(bound));
            object.insert(exclusive.to_owned(), Value::Bool(true));
        } else {
            object.shift_remove(exclusive);
        }
    }
}

/// `required: true` on a schema says nothing in OpenAPI 3.0: `required` is a list beside `properties`.
fn required_flag(shaper: Shaper<'_>, object: &mut Map<String, Value>, pointer: &Pointer) {
    let flag = match object.get("required") {
        Some(Value::Bool(flag)) => flag.to_string(),
        Some(Value::String(text)) if text == "true" || text == "false" => text.clone(),
        _ => return,
    };
    object.shift_remove("required");
    let place = pointer.push("required");
    shaper.say(
        Diagnostic::warning(
            Code::RequiredFlag,
            format!("`required: {flag}` on a schema has no effect"),
        )
        .at(&place)
        .help("list the property's name in `required` of the object that holds it"),
    );
}

/// Children in other forms than an object: lists of `items`, true for any value, nothing at all.
fn irregular_children(shaper: Shaper<'_>, object: &mut Map<String, Value>, pointer: &Pointer) {
    for key in ["items", "not"] {
        let place = pointer.push(key);
        let drop = match object.get(key) {
            Some(Value::Null | Value::Bool(true)) => true,
            Some(Value::Object(_)) | None => false,
            Some(_) => {
                let message = format!("`{key}` is not a schema and is left out");
                shaper.say(Diagnostic::warning(Code::WrongType, message).at(&place));
                true
            }
        };
        if drop {
            object.shift_remove(key);
        }
    }
}

/// The keywords that say something about values of one type only (JSON Schema, section 4.2 of the draft that 3.0 stands on).
fn applies(keyword: &str, kind: &str) -> bool {
    match keyword {
        "minLength" | "maxLength" | "pattern" => kind == "string",
        "multipleOf" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            matches!(kind, "number" | "integer")
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" => kind == "array",
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => {
            kind == "object"
        }
        "format" => matches!(kind, "string" | "number" | "integer"),
        _ => true,
    }
}

fn without_effect(shaper: Shaper<'_>, shaped: &mut Map<String, Value>, pointer: &Pointer) {
    let Some(kind) = shaped
        .get("type")
        .and_then(Value::as_str)
        .map(str::to_owned)
    else {
        return;
    };
    shaped.retain(|keyword, _| {
        let effective = applies(keyword, &kind);
        if !effective {
            let message = format!("`{keyword}` has no effect on the type `{kind}`");
            shaper.say(
                Diagnostic::note(Code::KeywordWithoutEffect, message).at(&pointer.push(keyword)),
            );
        }
        effective
    });
}

/// Brings the values of `enum` to the type, where they can only be meant so.
fn enumeration(shaper: Shaper<'_>, shaped: &mut Map<String, Value>, pointer: &Pointer) {
    let kind = shaped
        .get("type")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let Some(Value::Array(values)) = shaped.get_mut("enum") else {
        return;
    };
    let place = pointer.push("enum");
    if values.is_empty() {
        shaped.shift_remove("enum");
        let message = "`enum` allows no value at all and is left out";
        shaper.say(Diagnostic::warning(Code::Contradiction, message).at(&place));
        return;
    }
    for (index, value) in values.iter_mut().enumerate() {
        let place = place.index(index);
        let meant = match (kind.as_deref(), &*value) {
            (Some("string"), Value::Number(_) | Value::Bool(_)) => {
                shaper.text(value, &place).map(Value::String)
            }
            (Some("integer"), Value::String(_) | Value::Number(_)) if !value.is_i64() => {
                let integer = integral(value).and_then(|integer| i64::try_from(integer).ok());
                if let (Some(_), Value::String(_)) = (integer, &*value) {
                    shaper.converted(value, "an integer", &place);
                }
                integer.map(Value::from)
            }
            (Some("number"), Value::String(text)) => text
                .trim()
                .parse()
                .ok()
                .and_then(Number::from_f64)
                .map(|number| {
                    shaper.converted(value, "a number", &place);
                    Value::Number(number)
                }),
            (Some("boolean"), Value::String(text)) => {
                text.to_ascii_lowercase().parse().ok().map(|flag: bool| {
                    shaper.converted(value, "true or false", &place);
                    Value::Bool(flag)
                })
            }
            _ => None,
        };
        if let Some(meant) = meant {
            *value = meant;
        }
    }
}

/// Limits of integers as 64-bit integers. One that lies beyond limits nothing and is left out.
fn integer_limits(shaper: Shaper<'_>, shaped: &mut Map<String, Value>, pointer: &Pointer) {
    if shaped.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    if is_unsigned(shaped) {
        shaped.insert(keys::BEYOND_I64.to_owned(), true.into());
        if shaped.get("maximum").and_then(Value::as_f64) >= Some(ABOVE_U64) {
            shaped.shift_remove("maximum");
        }
    }
    for keyword in ["minimum", "maximum", "multipleOf"] {
        let Some(value) = shaped.get(keyword).filter(|value| !value.is_i64()).cloned() else {
            continue;
        };
        let place = pointer.push(keyword);
        let rounded = value.as_f64().map(|limit| match keyword {
            "minimum" => limit.ceil(),
            "maximum" => limit.floor(),
            _ => limit,
        });
        let limit = rounded
            .and_then(Number::from_f64)
            .and_then(|limit| integral(&Value::Number(limit)));
        if let Some(limit) = limit.and_then(|limit| i64::try_from(limit).ok()) {
            if value.as_f64() != rounded {
                // 0.5 < x is the same as 1 ≤ x: the limit is exact, and no longer excluded.
                shaped.shift_remove(if keyword == "minimum" {
                    "exclusiveMinimum"
                } else {
                    "exclusiveMaximum"
                });
            }
            shaped.insert(keyword.to_owned(), limit.into());
            continue;
        }
        shaped.shift_remove(keyword);
        let message =
            format!("`{keyword}: {value}` is no limit for a 64-bit integer and is left out");
        shaper.say(Diagnostic::note(Code::LimitOutOfRange, message).at(&place));
    }
}

/// The first number that no unsigned 64-bit integer is; 2^64-1 is the same as a floating-point number.
const ABOVE_U64: f64 = 18_446_744_073_709_551_616.0;

/// Whether integers without a format may be greater than a signed 64-bit integer, and are not negative.
fn is_unsigned(shaped: &Map<String, Value>) -> bool {
    const ABOVE_I64: f64 = 9_223_372_036_854_775_808.0;
    let limit = |keyword: &str| shaped.get(keyword).and_then(Value::as_f64);
    let is_beyond = limit("maximum").is_some_and(|most| most > ABOVE_I64 && most <= ABOVE_U64);
    let is_excluded = shaped.get("exclusiveMinimum") == Some(&Value::Bool(true));
    let least = limit("minimum").map(|least| if is_excluded { least + 1.0 } else { least });
    is_beyond && !shaped.contains_key("format") && least.is_none_or(|least| least >= 0.0)
}

/// Limits that no value can meet: both are left out.
fn contradictions(shaper: Shaper<'_>, shaped: &mut Map<String, Value>, pointer: &Pointer) {
    let pairs = [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ];
    for (lower, upper) in pairs {
        let (Some(least), Some(most)) = (
            shaped.get(lower).and_then(Value::as_f64),
            shaped.get(upper).and_then(Value::as_f64),
        ) else {
            continue;
        };
        if least > most {
            let message = format!(
                "no value can meet `{lower}: {least}` and `{upper}: {most}`; both are left out"
            );
            shaper.say(
                Diagnostic::warning(Code::Contradiction, message)
                    .at(&pointer.push(lower))
                    .help("swap or correct the limits"),
            );
            for keyword in [lower, upper] {
                shaped.shift_remove(keyword);
            }
        }
    }
    if shaped.get("readOnly") == Some(&Value::Bool(true))
        && shaped.get("writeOnly") == Some(&Value::Bool(true))
    {
        let message = "a schema cannot be both `readOnly` and `writeOnly`; both are left out";
        shaper
            .say(Diagnostic::warning(Code::Contradiction, message).at(&pointer.push("writeOnly")));
        shaped.shift_remove("readOnly");
        shaped.shift_remove("writeOnly");
    }
}

/// The schema of a parameter or header that has neither `schema` nor `content`: the form of Swagger 2.0, where the schema's keywords
/// stand in the parameter itself.
pub fn of_parameter(
    shaper: Shaper<'_>,
    shaped: &mut Map<String, Value>,
    what: &str,
    pointer: &Pointer,
) {
    if shaped.contains_key("schema") {
        // Both are allowed by the parser only one at a time; the schema is the simpler one.
        if shaped.shift_remove("content").is_some() {
            let message =
                format!("the {what} has both `schema` and `content`; `content` is left out");
            shaper.say(
                Diagnostic::warning(Code::Contradiction, message).at(&pointer.push("content")),
            );
        }
        return;
    }
    if shaped
        .get("content")
        .and_then(Value::as_object)
        .is_some_and(|content| !content.is_empty())
    {
        return;
    }
    shaped.shift_remove("content");
    let message = format!(
        "the {what} has neither `schema` nor `content`; its own keywords are read as its schema"
    );
    shaper.say(
        Diagnostic::warning(Code::MissingKey, message)
            .at(pointer)
            .help("add `schema`"),
    );
    shaped.insert("schema".to_owned(), child(pointer));
}
