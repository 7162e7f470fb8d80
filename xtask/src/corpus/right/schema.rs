//! Schemas of a document as JSON Schema of draft 2020-12, for a validator that is not ours.
//!
//! Comes in: the tree of a document and the place of a schema in it. Goes out: one schema that holds all it refers to, and a validator of
//! it. Must not know: how the generator reads schemas; this reading is to be another one.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use clientsmith::load::{Dialect, Document, Pointer};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// Which way a value travels: what only the other side sends need not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// To the server: `readOnly` properties may lack.
    Request,
    /// From the server: `writeOnly` properties may lack.
    Response,
}

/// The validators of a document, each made once.
pub(super) struct Schemas<'d> {
    document: &'d Document,
    made: RefCell<Made>,
}

/// Validators by the place of their schema; none where it is no schema.
type Made = HashMap<(String, Way), Option<Rc<Validator>>>;

/// Keywords that hold values, not schemas.
const PLAIN: &[&str] = &[
    "type",
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "minimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "format",
    "maxContains",
    "minContains",
    "dependentRequired",
];
/// Keywords that hold one schema.
const ONE: &[&str] = &[
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
];
/// Keywords that hold a list of schemas.
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords that hold schemas by name.
const NAMED: &[&str] = &["properties", "patternProperties", "dependentSchemas"];

impl<'d> Schemas<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            made: RefCell::default(),
        }
    }

    /// What is wrong with a value, in a few words; none where it satisfies the schema, or where the schema is none.
    pub(super) fn fault(&self, value: &Value, schema: &Pointer, way: Way) -> Option<String> {
        let validator = self.validator(schema, way)?;
        let error = validator.iter_errors(value).next()?;
        let place = error.instance_path().to_string();
        let mut words = error.to_string();
        if words.chars().count() > 200 {
            words = words.chars().take(200).collect::<String>() + "…";
        }
        Some(format!(
            "{}: {words}",
            if place.is_empty() { "/" } else { &place }
        ))
    }

    /// As [`Schemas::fault`], for a value that may travel either way.
    pub(super) fn fault_either_way(&self, value: &Value, schema: &Pointer) -> Option<String> {
        let fault = self.fault(value, schema, Way::Response)?;
        self.fault(value, schema, Way::Request).map(|_| fault)
    }

    fn validator(&self, schema: &Pointer, way: Way) -> Option<Rc<Validator>> {
        let key = (schema.as_str().to_owned(), way);
        if let Some(made) = self.made.borrow().get(&key) {
            return made.clone();
        }
        let made = Bundle::new(self.document, way)
            .of(schema)
            .and_then(|schema| {
                jsonschema::options()
                    .with_draft(Draft::Draft202012)
                    .should_validate_formats(true)
                    .with_format("byte", is_base64)
                    .offline()
                    .build(&schema)
                    .ok()
            })
            .map(Rc::new);
        self.made.borrow_mut().insert(key, made.clone());
        made
    }
}

/// What a reference at `pointer` stands for, also where keywords stand beside it; the place itself where there is none.
pub(super) fn target(document: &Document, pointer: &Pointer) -> Option<Pointer> {
    let mut place = pointer.clone();
    // References that lead in a circle lead to nothing.
    for _ in 0..32 {
        let reference = document.value(&place)?.get("$ref").and_then(Value::as_str);
        let Some(reference) = reference else {
            return Some(place);
        };
        let direct = Pointer::from_reference(reference);
        place = match direct.filter(|target| document.value(target).is_some()) {
            Some(target) => target,
            None => document
                .resolve(&place)
                .ok()
                .filter(|target| *target != place)?,
        };
    }
    None
}

fn is_base64(text: &str) -> bool {
    text.trim_end_matches('=')
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte))
}

/// One schema and all that it refers to.
struct Bundle<'d> {
    document: &'d Document,
    way: Way,
    known: HashMap<String, usize>,
    queue: VecDeque<Pointer>,
}

impl<'d> Bundle<'d> {
    fn new(document: &'d Document, way: Way) -> Self {
        Self {
            document,
            way,
            known: HashMap::new(),
            queue: VecDeque::new(),
        }
    }

    fn of(mut self, schema: &Pointer) -> Option<Value> {
        self.document.value(schema)?;
        let first = self.reference(schema);
        let mut definitions = Map::new();
        while let Some(pointer) = self.queue.pop_front() {
            let name = self.known.get(pointer.as_str())?.to_string();
            let converted = self.convert(&pointer);
            definitions.insert(name, converted);
        }
        Some(json!({"$ref": first, "$defs": definitions}))
    }

    /// The reference to what stands at a place.
    fn reference(&mut self, pointer: &Pointer) -> String {
        let next = self.known.len();
        let number = *self
            .known
            .entry(pointer.as_str().to_owned())
            .or_insert(next);
        if number == next {
            self.queue.push_back(pointer.clone());
        }
        format!("#/$defs/{number}")
    }

    fn convert(&mut self, pointer: &Pointer) -> Value {
        let written = match self.document.value(pointer) {
            Some(Value::Object(written)) => written.clone(),
            Some(Value::Bool(flag)) => return Value::Bool(*flag),
            _ => return Value::Bool(true),
        };
        let is_old = self.document.dialect() < Dialect::OpenApi31;
        let mut schema = Map::new();
        if written.get("$ref").is_some_and(Value::is_string) {
            let Some(target) = target(self.document, pointer).filter(|target| target != pointer)
            else {
                return Value::Bool(true);
            };
            let reference = self.reference(&target);
            schema.insert("$ref".to_owned(), Value::String(reference));
        }
        if !schema.contains_key("$ref") || !is_old {
            self.keywords(pointer, &written, &mut schema);
            if is_old {
                old_limits(&written, &mut schema);
            }
            integer_formats(&mut schema);
        }
        let nullable = ["nullable", "x-nullable"]
            .iter()
            .any(|key| written.get(*key) == Some(&Value::Bool(true)));
        if is_old && nullable {
            return json!({"anyOf": [schema, {"type": "null"}]});
        }
        Value::Object(schema)
    }

    fn keywords(
        &mut self,
        pointer: &Pointer,
        written: &Map<String, Value>,
        schema: &mut Map<String, Value>,
    ) {
        for (key, value) in written {
            let place = pointer.push(key);
            let name = key.as_str();
            let converted = match value {
                _ if PLAIN.contains(&name) => value.clone(),
                Value::Number(_) if name.starts_with("exclusive") => value.clone(),
                Value::Object(_) | Value::Bool(_) if ONE.contains(&name) => self.convert(&place),
                Value::Array(items) if LIST.contains(&name) && !items.is_empty() => {
                    let items = (0..items.len()).map(|index| self.convert(&place.index(index)));
                    Value::Array(items.collect())
                }
                Value::Object(members) if NAMED.contains(&name) => Value::Object(
                    members
                        .keys()
                        .map(|key| (key.clone(), self.convert(&place.push(key))))
                        .collect(),
                ),
                Value::Array(names) if name == "required" => {
                    let needed = |name: &&Value| self.is_needed(pointer, name);
                    Value::Array(names.iter().filter(needed).cloned().collect())
                }
                _ => continue,
            };
            schema.insert(key.clone(), converted);
        }
        if schema.get("type") == Some(&json!("file")) {
            schema.shift_remove("type");
        }
    }

    /// Whether a required property must be there on this way.
    fn is_needed(&self, pointer: &Pointer, name: &Value) -> bool {
        let Some(name) = name.as_str() else {
            return false;
        };
        let place = pointer.push("properties").push(name);
        let flag = match self.way {
            Way::Request => "readOnly",
            Way::Response => "writeOnly",
        };
        let says = |place: &Pointer| {
            let property = self.document.value(place);
            property.is_some_and(|property| property.get(flag) == Some(&Value::Bool(true)))
        };
        !says(&place)
            && !self
                .document
                .resolve(&place)
                .is_ok_and(|target| says(&target))
    }
}

/// `exclusiveMinimum: true` of OpenAPI 3.0 makes the minimum exclusive.
fn old_limits(written: &Map<String, Value>, schema: &mut Map<String, Value>) {
    for (exclusive, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if written.get(exclusive) == Some(&Value::Bool(true))
            && let Some(value) = schema.shift_remove(limit)
        {
            schema.insert(exclusive.to_owned(), value);
        }
    }
}

/// The formats of integers are limits.
fn integer_formats(schema: &mut Map<String, Value>) {
    let limits = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint64") => (json!(0), json!(u64::MAX)),
        _ => return,
    };
    schema.entry("minimum").or_insert(limits.0);
    schema.entry("maximum").or_insert(limits.1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_of_3_0_are_read_as_it_means_them() {
        let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Node: {type: object, required: [id, name], properties: {id: {type: integer, format: int32, readOnly: true}, name: {type: string, nullable: true}, next: {$ref: '#/components/schemas/Node'}}}\n";
        let document = Document::parse("spec.yaml", text).unwrap();
        let schemas = Schemas::new(&document);
        let node = Pointer::parse("/components/schemas/Node").unwrap();
        let fault = |value: Value, way| schemas.fault(&value, &node, way);
        assert_eq!(fault(json!({"id": 1, "name": null}), Way::Response), None);
        assert_eq!(fault(json!({"name": "a"}), Way::Request), None);
        assert!(fault(json!({"name": "a"}), Way::Response).is_some());
        let deep = json!({"name": "a", "next": {"name": 1}});
        let fault_there = fault(deep, Way::Request).unwrap();
        assert!(fault_there.starts_with("/next/name: "), "{fault_there}");
        assert!(fault(json!({"id": 3_000_000_000_u64, "name": "a"}), Way::Response).is_some());
    }
}
