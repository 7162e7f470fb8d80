//! Damage to a tree: what people, tools and merges do to descriptions.
//!
//! Comes in: a tree and random numbers. Goes out: the tree with one thing wrong, and what was done in a few words.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Keys that mean something somewhere.
const KEYWORDS: [&str; 64] = [
    "$ref",
    "$id",
    "$anchor",
    "$defs",
    "$dynamicRef",
    "type",
    "format",
    "enum",
    "const",
    "default",
    "example",
    "examples",
    "nullable",
    "required",
    "properties",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "unevaluatedProperties",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "discriminator",
    "mapping",
    "propertyName",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "multipleOf",
    "maxLength",
    "pattern",
    "minItems",
    "uniqueItems",
    "readOnly",
    "writeOnly",
    "deprecated",
    "contentMediaType",
    "contentEncoding",
    "name",
    "in",
    "style",
    "explode",
    "allowReserved",
    "schema",
    "content",
    "headers",
    "encoding",
    "requestBody",
    "responses",
    "parameters",
    "security",
    "servers",
    "tags",
    "operationId",
    "callbacks",
    "links",
    "description",
];

/// Names that no identifier can be, or that mean something to Rust.
const NAMES: [&str; 20] = [
    "",
    " ",
    "type",
    "Self",
    "self",
    "crate",
    "r#type",
    "_",
    "$ref",
    "Option",
    "String",
    "Vec",
    "1",
    "a-b",
    "a_b",
    "aB",
    "名前",
    "\u{202e}x",
    "{id}",
    "a/b~c%25\"\n",
];

/// Breaks one thing.
pub(super) fn damage(tree: &mut Value, random: &mut Rng) -> String {
    let count = size(tree);
    let place = random.usize(..count.max(1));
    match random.u8(..8) {
        0 => drop_child(at(tree, place), random),
        1 => transplant(tree, place, random.usize(..count.max(1))),
        2 => retype(at(tree, place), random),
        3 => shorten(at(tree, place)),
        4 => refer(tree, place, random),
        5 => rename(at(tree, place), random),
        6 => add_keyword(tree, place, random.usize(..count.max(1)), random),
        _ => double(at(tree, place), random),
    }
}

/// How many values there are.
fn size(tree: &Value) -> usize {
    1 + children(tree).map(size).sum::<usize>()
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(entries) => Box::new(entries.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// The value of a number, counted from the root down; the root where there are fewer.
fn at(tree: &mut Value, number: usize) -> &mut Value {
    let mut path = Vec::new();
    let mut left = number;
    find(tree, &mut left, &mut path);
    let mut value = tree;
    for step in path {
        // Each step was taken from this very tree, so it leads somewhere.
        value = match value {
            Value::Array(items) => &mut items[step],
            Value::Object(entries) => entries
                .values_mut()
                .nth(step)
                .expect("a step that was walked"),
            _ => break,
        };
    }
    value
}

/// Puts the steps to the value of a number into `path`, and says whether it is there.
fn find(value: &Value, left: &mut usize, path: &mut Vec<usize>) -> bool {
    if *left == 0 {
        return true;
    }
    *left -= 1;
    for (step, child) in children(value).enumerate() {
        path.push(step);
        if find(child, left, path) {
            return true;
        }
        path.pop();
    }
    false
}

fn drop_child(value: &mut Value, random: &mut Rng) -> String {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            let key = entries
                .keys()
                .nth(random.usize(..entries.len()))
                .cloned()
                .unwrap_or_default();
            entries.shift_remove(&key);
            format!("{key:?} removed")
        }
        Value::Array(items) if !items.is_empty() => {
            let at = random.usize(..items.len());
            items.remove(at);
            format!("item {at} removed")
        }
        other => {
            *other = Value::Null;
            "a value made null".to_owned()
        }
    }
}

/// Another part of the tree in this place: a cycle cannot come of it, but depth can.
fn transplant(tree: &mut Value, place: usize, from: usize) -> String {
    let copy = at(tree, from).clone();
    if size(&copy) < 2_000 {
        *at(tree, place) = copy;
    }
    format!("value {place} replaced by value {from}")
}

fn retype(value: &mut Value, random: &mut Rng) -> String {
    let deep = (0..150).fold(
        json!({"type": "string"}),
        |inner, _| json!({"type": "array", "items": inner}),
    );
    let others = [
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("string"),
        json!("object"),
        json!([]),
        json!({}),
        json!([null]),
        json!(["null", "string"]),
        json!({"$ref": "#"}),
        json!({"$ref": 1}),
        json!("x".repeat(5_000)),
        deep,
        json!({"": {}}),
    ];
    if let Some(other) = random.choice(others) {
        let mut words = other.to_string();
        words.truncate(40);
        *value = other;
        return format!("a value replaced by {words}");
    }
    String::new()
}

fn shorten(value: &mut Value) -> String {
    match value {
        Value::Array(items) => items.truncate(items.len() / 2),
        Value::Object(entries) => {
            let kept = entries.len() / 2;
            *entries = std::mem::take(entries).into_iter().take(kept).collect();
        }
        Value::String(text) => {
            let kept = text.chars().count() / 2;
            *text = text.chars().take(kept).collect();
        }
        other => *other = Value::Null,
    }
    "a value cut in half".to_owned()
}

/// A reference to another part of the tree, often to one around it: cycles, and references to things of another kind.
fn refer(tree: &mut Value, place: usize, random: &mut Rng) -> String {
    let mut path = Vec::new();
    let target = if random.bool() {
        let mut left = place;
        find(tree, &mut left, &mut path);
        path.truncate(random.usize(..=path.len()));
        path
    } else {
        let mut left = random.usize(..=place);
        find(tree, &mut left, &mut path);
        path
    };
    let pointer = pointer(tree, &target);
    *at(tree, place) = json!({ "$ref": format!("#{pointer}") });
    format!("value {place} refers to {pointer:?}")
}

fn pointer(tree: &Value, path: &[usize]) -> String {
    let mut pointer = String::new();
    let mut value = tree;
    for step in path {
        let (key, next) = match value {
            Value::Array(items) => (step.to_string(), items.get(*step)),
            Value::Object(entries) => {
                let entry = entries.iter().nth(*step);
                (
                    entry
                        .map(|(key, _)| key.replace('~', "~0").replace('/', "~1"))
                        .unwrap_or_default(),
                    entry.map(|(_, value)| value),
                )
            }
            _ => break,
        };
        let Some(next) = next else { break };
        pointer = pointer + "/" + &key;
        value = next;
    }
    pointer
}

fn rename(value: &mut Value, random: &mut Rng) -> String {
    let name = random.choice(NAMES).unwrap_or_default().to_owned();
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            let renamed = random.usize(..entries.len());
            let mut words = String::new();
            *entries = std::mem::take(entries)
                .into_iter()
                .enumerate()
                .map(|(at, (key, value))| {
                    if at == renamed {
                        words = format!("{key:?} renamed to {name:?}");
                        (name.clone(), value)
                    } else {
                        (key, value)
                    }
                })
                .collect::<Map<_, _>>();
            words
        }
        other => {
            *other = Value::String(name.clone());
            format!("a value replaced by {name:?}")
        }
    }
}

fn add_keyword(tree: &mut Value, place: usize, from: usize, random: &mut Rng) -> String {
    let keyword = random.choice(KEYWORDS).unwrap_or_default().to_owned();
    let mut copy = at(tree, from).clone();
    if size(&copy) > 2_000 {
        copy = Value::Bool(true);
    }
    if random.u8(..3) == 0 {
        copy = Value::Array(vec![copy]);
    }
    match at(tree, place) {
        Value::Object(entries) => {
            entries.insert(keyword.clone(), copy);
        }
        other => *other = json!({ keyword.clone(): copy }),
    }
    format!("{keyword:?} put in with value {from}")
}

/// An entry a second time, under a name that looks alike.
fn double(value: &mut Value, random: &mut Rng) -> String {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            let at = random.usize(..entries.len());
            if let Some((key, value)) = entries
                .iter()
                .nth(at)
                .map(|(key, value)| (key.clone(), value.clone()))
            {
                let alike = match random.u8(..3) {
                    0 => key.to_uppercase(),
                    1 => format!("{key}_"),
                    _ => key.replace(['_', '-'], ""),
                };
                entries.insert(alike.clone(), value);
                return format!("{key:?} doubled as {alike:?}");
            }
            String::new()
        }
        Value::Array(items) if !items.is_empty() => {
            let copy = items.get(random.usize(..items.len())).cloned();
            items.extend(copy);
            "an item doubled".to_owned()
        }
        Value::String(text) => {
            *text = format!("{text}{text}");
            "a text doubled".to_owned()
        }
        other => {
            *other = json!([other.clone(), other.clone()]);
            "a value made a list".to_owned()
        }
    }
}
