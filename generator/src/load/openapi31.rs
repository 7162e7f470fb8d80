//! Schemas of OpenAPI 3.1 (JSON Schema 2020-12), one at a time, in the words of OpenAPI 3.0.
//!
//! Comes in: a schema as it is written, and its outline, in which children are empty. Goes out: the outline in the keywords of 3.0; what
//! 3.0 cannot say stands under the keys of [`keys`]. Documents of 3.0 in which an author wrote these forms are read alike.

use serde_json::{Map, Value, json};

use super::{
    conditions::{self, code, listed},
    dialect::Dialect,
    keys,
    shape::{Shaper, child},
};
use crate::diagnostics::{Code, Diagnostic, Pointer};

/// Whether the document may use the forms of OpenAPI 3.1.
pub fn is_at_home(shaper: Shaper<'_>) -> bool {
    shaper.document.dialect() >= Dialect::OpenApi31
}

/// Reports that a value has a form that is not one of the document's version; nothing where it is.
pub fn converted(shaper: Shaper<'_>, value: &Value, to: &str, pointer: &Pointer) {
    if !is_at_home(shaper) {
        shaper.converted(value, to, pointer);
    }
}

/// Brings the keywords of 3.1 into those of 3.0. `type` and the limits are read elsewhere, since documents of 3.0 get them wrong too.
pub fn convert(
    shaper: Shaper<'_>,
    written: &Map<String, Value>,
    object: &mut Map<String, Value>,
    pointer: &Pointer,
) {
    let mut limits: Vec<String> = Vec::new();
    constant(shaper, object, pointer, &mut limits);
    examples(object);
    content(object, &mut limits);
    without_never(object);
    keys_by_pattern(shaper, object, pointer, &mut limits);
    property_names(written, &mut limits);
    conditions::convert(written, object, pointer, &mut limits);
    tuple(shaper, written, object, pointer, &mut limits);
    contains(written, &mut limits);
    if !limits.is_empty() {
        object.insert(keys::LIMITS.to_owned(), json!(limits));
    }
}

/// Adds a reference that stands beside other keywords to a shaped schema.
pub fn all_of(shaped: &mut Map<String, Value>, target: &Pointer) {
    let members = shaped
        .entry("allOf")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(members) = members {
        members.insert(0, child(target));
    }
}

/// The schema `false`.
pub fn never() -> Map<String, Value> {
    let mut never = Map::with_capacity(1);
    never.insert(keys::NEVER.to_owned(), Value::Bool(true));
    never
}

/// `const: v` is `enum: [v]`.
fn constant(
    shaper: Shaper<'_>,
    object: &mut Map<String, Value>,
    pointer: &Pointer,
    limits: &mut Vec<String>,
) {
    let Some(value) = object.shift_remove("const") else {
        return;
    };
    converted(
        shaper,
        &value,
        "an `enum` of one value",
        &pointer.push("const"),
    );
    if !value.is_string() && !value.is_null() {
        limits.push(format!("always {}", code(&value.to_string())));
    }
    if !value.is_array() && !value.is_object() {
        object.insert("enum".to_owned(), Value::Array(vec![value]));
    }
}

/// The first of `examples` is as good as an `example`.
fn examples(object: &mut Map<String, Value>) {
    let first = match object.shift_remove("examples") {
        Some(Value::Array(examples)) => examples.into_iter().next(),
        _ => None,
    };
    if let Some(first) = first {
        object.entry("example").or_insert(first);
    }
}

/// `contentEncoding: base64` is the format `byte`; a media type without an encoding is that of bytes.
fn content(object: &mut Map<String, Value>, limits: &mut Vec<String>) {
    let encoding = object.shift_remove("contentEncoding");
    let media_type = object.shift_remove("contentMediaType");
    let held = object.shift_remove("contentSchema");
    let held = held
        .as_ref()
        .and_then(|schema| schema.get("$ref")?.as_str()?.rsplit('/').next());
    let media_type = media_type.as_ref().and_then(Value::as_str);
    let format = match encoding.as_ref().and_then(Value::as_str) {
        Some("base64") => Some("byte"),
        Some("binary") => Some("binary"),
        Some(other) => {
            limits.push(format!("encoded as {}", code(other)));
            None
        }
        None if media_type == Some("application/octet-stream") => Some("binary"),
        None => None,
    };
    if let Some(media_type) =
        media_type.filter(|media_type| *media_type != "application/octet-stream")
    {
        let of = held.map(|name| format!(" of {}", code(name)));
        limits.push(format!(
            "holds {}{}",
            code(media_type),
            of.unwrap_or_default()
        ));
    }
    if let Some(format) = format {
        object.entry("format").or_insert(json!(format));
    }
}

/// A property whose schema is `false` must not be there.
fn without_never(object: &mut Map<String, Value>) {
    if let Some(Value::Object(members)) = object.get_mut("properties") {
        members.retain(|_, schema| *schema != Value::Bool(false));
    }
}

/// Keys that match a pattern, and keys that nothing else speaks about, are keys beside the named ones.
fn keys_by_pattern(
    shaper: Shaper<'_>,
    object: &mut Map<String, Value>,
    pointer: &Pointer,
    limits: &mut Vec<String>,
) {
    let patterns = match object.shift_remove("patternProperties") {
        Some(Value::Object(patterns)) => patterns,
        _ => Map::new(),
    };
    let unevaluated = object.shift_remove("unevaluatedProperties");
    let place = pointer.push("patternProperties");
    let is_open = matches!(
        object.get("additionalProperties"),
        Some(Value::Bool(true) | Value::Object(_))
    );
    let mut sorts = patterns
        .iter()
        .filter(|(_, schema)| **schema != Value::Bool(false));
    match (sorts.next(), sorts.next()) {
        (Some((pattern, _)), None) if !is_open => {
            limits.push(format!("other keys match {}", code(pattern)));
            object.shift_remove("additionalProperties");
            object.insert(
                keys::ADDITIONAL.to_owned(),
                json!([child(&place.push(pattern))]),
            );
        }
        (Some(_), _) => {
            let message = "the values of keys by several patterns, or beside other keys, have no common type and are any JSON";
            shaper.say(Diagnostic::note(Code::KeywordWithoutEffect, message).at(&place));
            object.insert("additionalProperties".to_owned(), Value::Bool(true));
        }
        (None, _) => {
            if let Some(unevaluated) = unevaluated
                && !object.contains_key("additionalProperties")
            {
                match unevaluated {
                    Value::Object(_) => {
                        let schema = child(&pointer.push("unevaluatedProperties"));
                        object.insert(keys::ADDITIONAL.to_owned(), json!([schema]));
                    }
                    flag => {
                        object.insert("additionalProperties".to_owned(), flag);
                    }
                }
            }
        }
    }
}

/// What `propertyNames` says, in words.
fn property_names(written: &Map<String, Value>, limits: &mut Vec<String>) {
    let Some(Value::Object(names)) = written.get("propertyNames") else {
        return;
    };
    if let Some(Value::Array(values)) = names.get("enum") {
        limits.push(format!("the keys are {}", listed(values, "or")));
    }
    if let Some(Value::String(pattern)) = names.get("pattern") {
        limits.push(format!("the keys match {}", code(pattern)));
    }
    if let Some(Value::String(format)) = names.get("format") {
        limits.push(format!("the keys have the format {}", code(format)));
    }
    if let Some(name) = names
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.rsplit('/').next())
    {
        limits.push(format!("the keys are of {}", code(name)));
    }
}

/// `prefixItems`, and lists of `items` of earlier drafts: the schemas of the first items.
fn tuple(
    shaper: Shaper<'_>,
    written: &Map<String, Value>,
    object: &mut Map<String, Value>,
    pointer: &Pointer,
    limits: &mut Vec<String>,
) {
    let (keyword, rest) = if written.contains_key("prefixItems") {
        ("prefixItems", "items")
    } else {
        ("items", "additionalItems")
    };
    object.shift_remove("prefixItems");
    let Some(Value::Array(schemas)) = written.get(keyword) else {
        if written.get("items") == Some(&Value::Bool(false)) {
            object.shift_remove("items");
            limits.push("always empty".to_owned());
        }
        return;
    };
    let place = pointer.push(keyword);
    if is_pick(shaper, written) {
        shaper.converted(&json!(schemas), "`anyOf`", &place);
        object.shift_remove("items");
        return;
    }
    if keyword == "items" {
        shaper.converted(&json!(schemas), "`prefixItems`", &place);
        object.shift_remove("items");
    }
    let count = u64::try_from(schemas.len()).unwrap_or(u64::MAX);
    let limit = |keyword: &str| written.get(keyword).and_then(Value::as_u64);
    // Without a word about their number, authors mean as many items as they describe.
    let is_fixed = limit("minItems").is_none_or(|least| least == count)
        && limit("maxItems").is_none_or(|most| most == count)
        && written
            .get(rest)
            .is_none_or(|rest| *rest == Value::Bool(false));
    if !is_fixed || schemas.is_empty() {
        match item_of_list(written, schemas, keyword, rest) {
            Some(Item::Rest) => {}
            Some(Item::First) => {
                object.insert("items".to_owned(), child(&place.index(0)));
            }
            None => {
                object.shift_remove("items");
                limits.push(format!("the first {count} items have types of their own"));
            }
        }
        return;
    }
    object.shift_remove("items");
    let prefix = (0..schemas.len()).map(|index| child(&place.index(index)));
    object.insert(keys::PREFIX.to_owned(), Value::Array(prefix.collect()));
    for keyword in ["minItems", "maxItems"] {
        object.shift_remove(keyword);
    }
    object
        .entry("type")
        .or_insert_with(|| Value::String("array".to_owned()));
}

/// Which schema all items of a list have, although it is written as a tuple of no certain length.
enum Item {
    /// That of the items after the first ones.
    Rest,
    /// That of the first one.
    First,
}

/// The schema that is that of the first items and of the others, where there is one such.
fn item_of_list(
    written: &Map<String, Value>,
    schemas: &[Value],
    keyword: &str,
    rest: &str,
) -> Option<Item> {
    let first = without_words(schemas.first()?);
    let are_alike = schemas.iter().all(|schema| without_words(schema) == first);
    match written.get(rest) {
        _ if !are_alike => None,
        Some(Value::Object(_)) if keyword == "items" => None,
        Some(schema @ Value::Object(_)) => (without_words(schema) == first).then_some(Item::Rest),
        Some(Value::Bool(true)) => None,
        // One item says nothing of others.
        Some(_) | None => (schemas.len() > 1).then_some(Item::First),
    }
}

/// What a schema says of values.
fn without_words(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(keywords) = &mut schema {
        for words in [
            "title",
            "description",
            "example",
            "examples",
            "$comment",
            "default",
        ] {
            keywords.shift_remove(words);
        }
    }
    schema
}

/// A list of `items` where OpenAPI has no such list, and nothing says that the value is an array: authors who write it mean one of the
/// schemas. An array is none of the alternatives, and is carried as it is.
fn is_pick(shaper: Shaper<'_>, written: &Map<String, Value>) -> bool {
    let several = written
        .get("items")
        .and_then(Value::as_array)
        .is_some_and(|schemas| schemas.len() > 1);
    let says_more = ["type", "anyOf", "oneOf"]
        .iter()
        .any(|key| written.contains_key(*key));
    several && !says_more && !is_at_home(shaper)
}

/// Adds the alternatives of such a list to the shaped schema.
pub fn any_of(
    shaper: Shaper<'_>,
    written: &Map<String, Value>,
    shaped: &mut Map<String, Value>,
    pointer: &Pointer,
) {
    if let Some(Value::Array(schemas)) = written.get("items").filter(|_| is_pick(shaper, written)) {
        let place = pointer.push("items");
        let members = (0..schemas.len()).map(|index| child(&place.index(index)));
        shaped.insert("anyOf".to_owned(), Value::Array(members.collect()));
    }
}

/// How many items there must be of the kind that `contains` describes, in words.
fn contains(written: &Map<String, Value>, limits: &mut Vec<String>) {
    if !written.contains_key("contains") {
        return;
    }
    let count = |keyword: &str| written.get(keyword).and_then(Value::as_u64);
    let least = count("minContains").unwrap_or(1);
    let most = count("maxContains").map_or_else(String::new, |most| format!(" and at most {most}"));
    limits.push(format!(
        "at least {least}{most} of the items must be of a certain kind"
    ));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{diagnostics::Pointer, load::Document};

    /// The schema `S` of a document of 3.1, as JSON, and what was said about it.
    fn schema(text: &str) -> (Value, Vec<String>) {
        let document = document(&format!("components: {{schemas: {{T: {{}}, S: {text}}}}}"));
        let pointer = Pointer::parse("/components/schemas/S").expect("a pointer");
        let schema = document.schema(&pointer).expect("a schema");
        let schema = serde_json::to_value(&schema).expect("JSON");
        (schema, said(&document))
    }

    fn document(text: &str) -> Document {
        let text = format!("openapi: 3.2.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\n{text}");
        Document::parse("spec.yaml", &text).expect("readable")
    }

    fn said(document: &Document) -> Vec<String> {
        document
            .take_diagnostics()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn what_3_0_can_say_is_said_in_its_words() {
        let (value, said) = schema("{type: [string, 'null'], const: a, examples: [a]}");
        assert_eq!(
            value,
            json!({"type": "string", "nullable": true, "enum": ["a"], "example": "a"})
        );
        assert!(said.is_empty(), "{said:?}");
        let (value, _) = schema("{type: string, contentEncoding: base64}");
        assert_eq!(value, json!({"type": "string", "format": "byte"}));
    }

    #[test]
    fn what_3_0_cannot_say_stands_under_the_keys() {
        let (value, said) = schema(
            "{type: [string, object, 'null'], dependentRequired: {a: [b]}, then: {properties: {x: {}}}, patternProperties: {'^x': {}}}",
        );
        assert_eq!(
            value,
            json!({
                "nullable": true,
                "x-clientsmith-types": ["string", "object"],
                "x-clientsmith-optional": [{"$ref": "#/components/schemas/S/then"}],
                "x-clientsmith-additional": [{"$ref": "#/components/schemas/S/patternProperties/^x"}],
                "x-clientsmith-limits": ["other keys match `^x`", "`a` only with `b`"],
            })
        );
        assert!(said.is_empty(), "{said:?}");
        let (value, _) = schema("false");
        assert_eq!(value, json!({"x-clientsmith-never": true}));
    }

    #[test]
    fn a_list_of_items_without_a_type_is_alternatives_where_there_are_no_such_lists() {
        let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {S: {items: [{type: object}, {type: string}]}}}";
        let document = Document::parse("spec.yaml", text).expect("readable");
        let pointer = Pointer::parse("/components/schemas/S").expect("a pointer");
        let schema = document.schema(&pointer).expect("a schema");
        assert_eq!(
            serde_json::to_value(&schema).expect("JSON"),
            json!({"anyOf": [
                {"$ref": "#/components/schemas/S/items/0"},
                {"$ref": "#/components/schemas/S/items/1"},
            ]})
        );
        assert_eq!(said(&document).len(), 1);
    }

    #[test]
    fn keywords_beside_a_reference_count() {
        let (value, said) = schema("{$ref: '#/components/schemas/T', description: d}");
        assert_eq!(
            value,
            json!({"description": "d", "allOf": [{"$ref": "#/components/schemas/T"}]})
        );
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn keys_of_the_authors_own_are_annotations() {
        let (_, said) = schema("{type: array, category: x, min_items: 1}");
        assert_eq!(
            said,
            [
                "note[CS0204] #/components/schemas/S/min_items: the key `min_items` means nothing in the schema"
            ]
        );
    }

    #[test]
    fn definitions_of_a_schema_that_was_a_document_are_found() {
        let document = document(
            "components: {schemas: {S: {$defs: {A: {type: string}}, properties: {a: {$ref: '#/$defs/A'}}}}}",
        );
        let pointer = Pointer::parse("/components/schemas/S/properties/a").expect("a pointer");
        assert_eq!(
            document.resolve(&pointer).map(|place| place.to_string()),
            Ok("/components/schemas/S/$defs/A".to_owned())
        );
    }

    #[test]
    fn methods_that_cannot_be_sent_are_left_out() {
        let text = "openapi: 3.2.0\ninfo: {title: t, version: '1'}\npaths: {/a: {query: {responses: {'200': {}}, operationId: q}, additionalOperations: {COPY: {responses: {'200': {}}, operationId: c}, CONNECT: {}, 'A B': {}}}}";
        let document = Document::parse("spec.yaml", text).expect("readable");
        assert_eq!(
            said(&document),
            [
                "warning[CS0520] #/paths/~1a/additionalOperations/CONNECT: `CONNECT /a` is left out: the client cannot send this method",
                "warning[CS0520] #/paths/~1a/additionalOperations/A B: `A B /a` is left out: the client cannot send this method",
            ]
        );
    }
}
