//! Values for what a document gives no example of.
//!
//! Comes in: the place of a schema. Goes out: a value that should satisfy it; whether it does, the validator says. Must not know: how the
//! generator reads schemas.

use clientsmith::load::{Document, Pointer};
use serde_json::{Map, Value, json};

use super::schema::{Schemas, Way, target};

/// Deeper than this, only what is required is made.
const BROAD: usize = 2;
/// Nothing is made deeper than this.
const DEEPEST: usize = 10;

/// Texts that patterns often allow.
const COMMON: &[&str] = &[
    "abc",
    "Abc",
    "ABC",
    "1",
    "12",
    "123",
    "12345",
    "1234567890",
    "a",
    "A",
    "AB",
    "en",
    "en-US",
    "a-b",
    "a_b",
    "abc123",
    "abcd1234",
    "0190a6c2-7d3e-4f51-8a9b-2c4d6e8f0a1b",
    "0190a6c27d3e4f518a9b2c4d6e8f0a1b",
    "2024-05-06",
    "2024-05-06T07:08:09Z",
    "07:08",
    "07:08:09",
    "#a0b1c2",
    "a0b1c2",
    "1.0",
    "1.0.0",
    "12.34",
    "+15551234567",
    "a@example.com",
    "example.com",
    "https://example.com",
    "/a",
    "a/b",
    "192.0.2.1",
    "1h",
    "10s",
    "true",
    "",
];

/// Makes values of the schemas of a document, as requests carry them.
pub(super) struct Synthesis<'s, 'd> {
    pub(super) document: &'d Document,
    pub(super) schemas: &'s Schemas<'d>,
}

impl Synthesis<'_, '_> {
    /// A value of the schema at `pointer`; null where none comes to mind.
    pub(super) fn value(&self, pointer: &Pointer) -> Value {
        self.at(pointer, 0).unwrap_or(Value::Null)
    }

    /// What the schema itself shows: an example, a default, the first of its values.
    pub(super) fn shown(&self, pointer: &Pointer) -> Option<Value> {
        let target = target(self.document, pointer)?;
        let schema = self.document.value(&target)?;
        let of_list = |key: &str| schema.get(key).and_then(Value::as_array).cloned();
        let lists = ["examples", "enum"].iter().filter_map(|key| of_list(key));
        let single = ["example", "const", "default"]
            .iter()
            .filter_map(|key| schema.get(*key).cloned());
        let mut candidates = single.chain(lists.flatten());
        candidates.find(|value| self.fits(value, &target))
    }

    pub(super) fn fits(&self, value: &Value, schema: &Pointer) -> bool {
        !value.is_null() && self.schemas.fault(value, schema, Way::Request).is_none()
    }

    fn at(&self, pointer: &Pointer, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let target = target(self.document, pointer)?;
        if let Some(shown) = self.shown(&target) {
            return Some(shown);
        }
        let derived = self.derived(&target, depth);
        derived.or_else(|| self.made(&target, depth))
    }

    /// A value of the first schema that the discriminator of a base schema names: the base alone is none of those.
    fn derived(&self, pointer: &Pointer, depth: usize) -> Option<Value> {
        let schema = self.document.value(pointer)?.as_object()?;
        if ["oneOf", "anyOf"]
            .iter()
            .any(|key| schema.contains_key(*key))
        {
            return None;
        }
        let discriminator = schema.get("discriminator")?;
        let named = discriminator.get("propertyName")?.as_str()?;
        let mapping = discriminator.get("mapping")?.as_object()?;
        mapping.iter().find_map(|(tag, place)| {
            let place = Pointer::from_reference(place.as_str()?)?;
            let place = target(self.document, &place).filter(|place| place != pointer)?;
            let mut value = self.made(&place, depth)?;
            value
                .as_object_mut()?
                .insert(named.to_owned(), Value::String(tag.clone()));
            self.fits(&value, &place).then_some(value)
        })
    }

    fn made(&self, target: &Pointer, depth: usize) -> Option<Value> {
        let schema = self.document.value(target)?.as_object()?;
        if let Some(Value::Array(members)) = schema.get("allOf") {
            return self.merged(target, schema, members.len(), depth);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(variants)) = schema.get(key) {
                return self.variant(target, schema, key, variants.len(), depth);
            }
        }
        match kind(schema) {
            "object" => Some(Value::Object(self.object(target, schema, depth))),
            "array" => Some(self.array(target, schema, depth)),
            "string" => Some(self.text(target, schema)),
            "integer" | "number" => Some(number(schema)),
            "boolean" => Some(Value::Bool(true)),
            "null" => Some(Value::Null),
            _ => Some(json!("text")),
        }
    }

    /// A text; where there is a pattern, the first of common texts that it allows.
    fn text(&self, pointer: &Pointer, schema: &Map<String, Value>) -> Value {
        let plain = Value::String(text(schema));
        if !schema.contains_key("pattern") {
            return plain;
        }
        let common = COMMON.iter().map(|text| Value::String((*text).to_owned()));
        let mut common = common.filter(|text| self.fits(text, pointer));
        common.next().unwrap_or(plain)
    }

    /// The part of a value that a member of `allOf` asks for: of a base schema its own, not that of what derives from it.
    fn member(&self, target: &Pointer, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        self.shown(target).or_else(|| self.made(target, depth))
    }

    fn merged(
        &self,
        pointer: &Pointer,
        schema: &Map<String, Value>,
        count: usize,
        depth: usize,
    ) -> Option<Value> {
        let places: Vec<Pointer> = (0..count)
            .filter_map(|index| target(self.document, &pointer.push("allOf").index(index)))
            .collect();
        let mut whole = self.object(pointer, schema, depth);
        // A key that is only required here has its schema in a member.
        let own = pointer.push("properties");
        whole.retain(|key, _| self.document.value(&own.push(key)).is_some());
        for place in &places {
            match self.member(place, depth + 1).unwrap_or(Value::Null) {
                Value::Object(member) => {
                    for (key, value) in member {
                        whole.entry(key).or_insert(value);
                    }
                }
                Value::Null => {}
                other if whole.is_empty() => return Some(other),
                _ => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !whole.contains_key(name) {
                let known = places
                    .iter()
                    .map(|place| place.push("properties").push(name));
                let known = known.filter(|place| self.document.value(place).is_some());
                let value = known.filter_map(|place| self.at(&place, depth + 1)).next();
                whole.insert(name.to_owned(), value.unwrap_or_else(|| json!("text")));
            }
        }
        Some(Value::Object(whole))
    }

    fn variant(
        &self,
        pointer: &Pointer,
        schema: &Map<String, Value>,
        key: &str,
        count: usize,
        depth: usize,
    ) -> Option<Value> {
        let own = self.object(pointer, schema, depth);
        let named = schema
            .get("discriminator")
            .and_then(|discriminator| discriminator.get("propertyName")?.as_str());
        let mut last = None;
        for index in 0..count {
            let place = pointer.push(key).index(index);
            let Some(mut value) = self.at(&place, depth + 1) else {
                continue;
            };
            if let Value::Object(members) = &mut value {
                for (key, value) in &own {
                    members.entry(key.clone()).or_insert_with(|| value.clone());
                }
                let target = target(self.document, &place);
                if let (Some(named), Some(target)) = (named, target)
                    && let Some(tag) = tag(schema, &target)
                {
                    members.insert(named.to_owned(), Value::String(tag));
                }
            }
            if self.fits(&value, pointer) {
                return Some(value);
            }
            last.get_or_insert(value);
        }
        last
    }

    fn object(
        &self,
        pointer: &Pointer,
        schema: &Map<String, Value>,
        depth: usize,
    ) -> Map<String, Value> {
        let mut members = Map::new();
        let required = schema.get("required").and_then(Value::as_array);
        let is_required = |key: &str| {
            required.is_some_and(|required| required.iter().any(|name| name.as_str() == Some(key)))
        };
        let place = pointer.push("properties");
        for (key, property) in self.sent_properties(&place) {
            if depth >= BROAD && !is_required(&key) {
                continue;
            }
            if let Some(value) = self.at(&property, depth + 1) {
                if !is_required(&key) && !self.fits(&value, &property) {
                    continue;
                }
                members.insert(key, value);
            }
        }
        // An object of nothing says nothing, and in brackets it cannot be written.
        if members.is_empty() && depth >= BROAD {
            let mut optional = self.sent_properties(&place);
            members.extend(optional.find_map(|(key, property)| {
                let value = self.at(&property, depth + 1)?;
                self.fits(&value, &property).then_some((key, value))
            }));
        }
        let additional = pointer.push("additionalProperties");
        if members.is_empty()
            && self
                .document
                .value(&additional)
                .is_some_and(Value::is_object)
            && let Some(value) = self.at(&additional, depth + 1)
        {
            members.insert("key".to_owned(), value);
        }
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            let is_known = self.document.value(&place.push(name)).is_some();
            if !is_known {
                members.entry(name).or_insert_with(|| json!("text"));
            }
        }
        members
    }

    /// The properties that a request may carry.
    fn sent_properties(&self, place: &Pointer) -> impl Iterator<Item = (String, Pointer)> {
        let is_read_only = |place: &Pointer| {
            let schema = self.document.value(place);
            schema.is_some_and(|schema| schema.get("readOnly") == Some(&Value::Bool(true)))
        };
        let properties = self.document.members(place).into_iter();
        properties.filter(move |(_, property)| {
            let target = target(self.document, property);
            !is_read_only(property) && !target.is_some_and(|target| is_read_only(&target))
        })
    }

    fn array(&self, pointer: &Pointer, schema: &Map<String, Value>, depth: usize) -> Value {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(1);
        let item = self.at(&pointer.push("items"), depth + 1);
        let Some(item) = item else {
            return json!([]);
        };
        let count = usize::try_from(least.clamp(1, 100)).unwrap_or(1);
        Value::Array(vec![item; count])
    }
}

/// The text of the discriminator for a variant.
fn tag(schema: &Map<String, Value>, variant: &Pointer) -> Option<String> {
    let mapping = schema
        .get("discriminator")?
        .get("mapping")
        .and_then(Value::as_object);
    let mapped = mapping.into_iter().flatten().find(|(_, target)| {
        target.as_str().is_some_and(|target| {
            Pointer::from_reference(target).as_ref() == Some(variant)
                || variant.last().as_deref() == Some(target)
        })
    });
    mapped
        .map(|(tag, _)| tag.clone())
        .or_else(|| variant.last())
}

fn kind(schema: &Map<String, Value>) -> &str {
    let stated = match schema.get("type") {
        Some(Value::String(stated)) => Some(stated.as_str()),
        Some(Value::Array(stated)) => stated
            .iter()
            .filter_map(Value::as_str)
            .find(|stated| *stated != "null"),
        _ => None,
    };
    let implied = || {
        if schema.contains_key("properties") || schema.contains_key("additionalProperties") {
            "object"
        } else if schema.contains_key("items") {
            "array"
        } else {
            ""
        }
    };
    stated.unwrap_or_else(implied)
}

fn text(schema: &Map<String, Value>) -> String {
    let format = schema.get("format").and_then(Value::as_str);
    let text = match format.unwrap_or_default() {
        "uuid" => "0190a6c2-7d3e-4f51-8a9b-2c4d6e8f0a1b",
        "date-time" => "2024-05-06T07:08:09Z",
        "date" => "2024-05-06",
        "time" => "07:08:09Z",
        "duration" => "PT1H",
        "email" | "idn-email" => "a@example.com",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com/a?b=c&d",
        "uri-reference" => "/a",
        "byte" => "aGVsbG8=",
        _ if schema.contains_key("contentEncoding") => "aGVsbG8=",
        _ => "a b/c&d=é,;",
    };
    let limit = |key: &str| {
        let limit = schema.get(key).and_then(Value::as_u64)?;
        usize::try_from(limit).ok()
    };
    let mut text = text.to_owned();
    if let Some(most) = limit("maxLength") {
        text = text.chars().take(most).collect();
    }
    while limit("minLength").is_some_and(|least| text.chars().count() < least.min(4096)) {
        text.push('a');
    }
    text
}

fn number(schema: &Map<String, Value>) -> Value {
    let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
    let step = limit("multipleOf").unwrap_or(1.0);
    let mut least = limit("minimum").or(limit("exclusiveMinimum").map(|limit| limit + step));
    if schema.get("exclusiveMinimum") == Some(&Value::Bool(true)) {
        least = least.map(|limit| limit + step);
    }
    // Limits of 64 bits are often written as the double beside them, which is beyond them.
    if least.is_some_and(|least| least < -9_007_199_254_740_992.0) {
        least = None;
    }
    let mut value = least
        .unwrap_or(1.0)
        .max(if least.is_some() { f64::MIN } else { 1.0 });
    if least.is_none()
        && let Some(most) = limit("maximum")
    {
        value = value.min(most);
    }
    if step > 0.0 && least.is_none_or(|least| least <= step) && limit("multipleOf").is_some() {
        value = step;
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "it has no fraction and is small"
        )]
        return json!(value as i64);
    }
    json!(value)
}
