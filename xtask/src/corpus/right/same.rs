//! Whether what came back is what went in, as far as a client promises to carry it.
//!
//! Comes in: a type of the model, the JSON that was read, and the JSON that was written. Goes out: the first place where they differ. Must
//! not know: how types are emitted.

use clientsmith::model::{Additional, Api, ObjectShape, Scalar, Shape, Type};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Where two values differ, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference(pub String);

/// Compares values of a type: numbers and moments by value; keys that the type skips must be gone; null in a property may be gone.
pub(super) fn compare(
    api: &Api,
    value: &Type,
    given: &Value,
    got: &Value,
) -> Result<(), Difference> {
    Comparison { api }.at("", value, given, got)
}

struct Comparison<'a> {
    api: &'a Api,
}

impl Comparison<'_> {
    fn at(&self, place: &str, value: &Type, given: &Value, got: &Value) -> Result<(), Difference> {
        match (value, given, got) {
            (Type::Nullable(_), Value::Null, Value::Null) => Ok(()),
            (Type::Nullable(inner) | Type::Boxed(inner), _, _) => self.at(place, inner, given, got),
            (Type::Array(item), Value::Array(given), Value::Array(got))
                if given.len() == got.len() =>
            {
                let mut pairs = given.iter().zip(got).enumerate();
                pairs.try_for_each(|(index, (given, got))| {
                    self.at(&format!("{place}/{index}"), item, given, got)
                })
            }
            (Type::Tuple(items), Value::Array(given), Value::Array(got))
                if given.len() == got.len() && given.len() == items.len() =>
            {
                let mut all = items.iter().zip(given.iter().zip(got)).enumerate();
                all.try_for_each(|(index, (item, (given, got)))| {
                    self.at(&format!("{place}/{index}"), item, given, got)
                })
            }
            (Type::Map(item), Value::Object(given), Value::Object(got)) => {
                self.map(place, item, given, got)
            }
            (Type::Named(id), _, _) => match &self.api.definition(*id).shape {
                Shape::Alias(target) => self.at(place, target, given, got),
                Shape::Object(shape) => match (given, got) {
                    (Value::Object(given), Value::Object(got)) => {
                        self.object(place, shape, given, got)
                    }
                    _ => plain(place, given, got),
                },
                Shape::Union(shape) => {
                    let mut outcomes = shape
                        .variants
                        .iter()
                        .map(|variant| self.at(place, &variant.value, given, got));
                    if outcomes.any(|outcome| outcome.is_ok()) {
                        return Ok(());
                    }
                    plain(place, given, got)
                }
                Shape::Enumeration(_) => plain(place, given, got),
            },
            (Type::Scalar(scalar), Value::String(given_text), Value::String(got_text))
                if same_text(*scalar, given_text, got_text) =>
            {
                Ok(())
            }
            (Type::Scalar(Scalar::Number(_)), Value::Number(one), Value::Number(other))
                if one.as_f64().map(single) == other.as_f64().map(single) =>
            {
                Ok(())
            }
            _ => plain(place, given, got),
        }
    }

    fn map(
        &self,
        place: &str,
        item: &Type,
        given: &Map<String, Value>,
        got: &Map<String, Value>,
    ) -> Result<(), Difference> {
        for (key, given) in given {
            let Some(got) = got.get(key) else {
                return Err(Difference(format!("{place}/{key}: is gone")));
            };
            self.at(&format!("{place}/{key}"), item, given, got)?;
        }
        added(place, given, got)
    }

    fn object(
        &self,
        place: &str,
        shape: &ObjectShape,
        given: &Map<String, Value>,
        got: &Map<String, Value>,
    ) -> Result<(), Difference> {
        for (key, given) in given {
            let below = format!("{place}/{key}");
            let field = shape.fields.iter().find(|field| field.key == *key);
            let value = match (field, &shape.additional) {
                (Some(field), _) => &field.value,
                (None, Additional::Kept { value, .. }) => value,
                (None, Additional::Ignored) => continue,
            };
            match got.get(key) {
                Some(got) if given.is_null() => plain(&below, given, got)?,
                Some(got) => self.at(&below, value, given, got)?,
                None if given.is_null() && field.is_some() => {}
                None => return Err(Difference(format!("{below}: is gone"))),
            }
        }
        added(place, given, got)
    }
}

/// The first key that was not there.
fn added(
    place: &str,
    given: &Map<String, Value>,
    got: &Map<String, Value>,
) -> Result<(), Difference> {
    match got.keys().find(|key| !given.contains_key(*key)) {
        Some(key) => Err(Difference(format!("{place}/{key}: was not there"))),
        None => Ok(()),
    }
}

fn plain(place: &str, given: &Value, got: &Value) -> Result<(), Difference> {
    if equal(given, got) {
        return Ok(());
    }
    let place = if place.is_empty() { "/" } else { place };
    Err(Difference(format!(
        "{place}: {} became {}",
        shortened(given),
        shortened(got)
    )))
}

/// The beginning of a value's text.
pub(super) fn shortened(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 {
        return text;
    }
    text.chars().take(79).chain(['…']).collect()
}

/// Whether two values are equal, numbers by value.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, value)| other.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => one == other,
    }
}

/// As `format: float` holds it.
#[allow(clippy::cast_possible_truncation, reason = "that is what is asked for")]
fn single(number: f64) -> f32 {
    number as f32
}

/// Whether two texts are the same value of a scalar.
fn same_text(scalar: Scalar, one: &str, other: &str) -> bool {
    match scalar {
        Scalar::DateTime => match (moment(one), moment(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        },
        Scalar::Uuid => bare(one) == bare(other),
        Scalar::Base64 => base64(one) == base64(other),
        Scalar::Ipv6 => {
            one.parse::<std::net::Ipv6Addr>().ok() == other.parse::<std::net::Ipv6Addr>().ok()
        }
        _ => one == other,
    }
}

fn bare(uuid: &str) -> String {
    uuid.trim_start_matches("urn:uuid:")
        .chars()
        .filter(char::is_ascii_hexdigit)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}

fn base64(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace() && *character != '=')
        .map(|character| match character {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect()
}

/// A moment in RFC 3339, or without the parts that clients take for granted.
fn moment(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim().replace(' ', "T");
    let parse = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    parse(&text)
        .or_else(|| parse(&format!("{text}Z")))
        .or_else(|| {
            // `+0000` for `+00:00`.
            let (head, minutes) = text.split_at_checked(text.len().checked_sub(2)?)?;
            parse(&format!("{head}:{minutes}"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clientsmith::model::{Field, FieldPresence, TypeDefinition, TypeId};
    use serde_json::json;

    /// An API with one object of a text and a moment.
    fn api() -> Api {
        let field = |key: &str, scalar| Field {
            name: key.to_owned(),
            key: key.to_owned(),
            value: Type::Scalar(scalar),
            presence: FieldPresence::Optional,
            read_only: false,
            write_only: false,
            secret: false,
            default: None,
            documentation: clientsmith::model::Documentation::default(),
        };
        let shape = ObjectShape {
            fields: vec![field("a", Scalar::String), field("at", Scalar::DateTime)],
            additional: Additional::Ignored,
        };
        Api {
            types: vec![TypeDefinition {
                name: "Thing".to_owned(),
                pointer: String::new(),
                module: String::new(),
                documentation: clientsmith::model::Documentation::default(),
                shape: Shape::Object(shape),
                direction: clientsmith::model::Direction::Both,
                sent_as: None,
                received_as: None,
                is_read: true,
                is_written: true,
                has_default: true,
            }],
            ..Api::default()
        }
    }

    fn differs(given: Value, got: Value) -> Option<String> {
        let outcome = compare(&api(), &Type::Named(TypeId(0)), &given, &got);
        outcome.err().map(|difference| difference.0)
    }

    #[test]
    fn what_is_skipped_may_be_gone_and_nothing_else() {
        let at = "2024-05-06T07:08:09+00:00";
        let given = json!({"a": "x", "at": at, "other": 1});
        let got = json!({"a": "x", "at": "2024-05-06T07:08:09Z"});
        assert_eq!(differs(given, got), None);
        assert_eq!(differs(json!({"a": null}), json!({})), None);
        assert_eq!(
            differs(json!({"a": "x"}), json!({})).as_deref(),
            Some("/a: is gone")
        );
        assert_eq!(
            differs(json!({"a": "x"}), json!({"a": "y"})).as_deref(),
            Some(r#"/a: "x" became "y""#)
        );
        assert_eq!(
            differs(json!({}), json!({"a": "y"})).as_deref(),
            Some("/a: was not there")
        );
    }
}
