//! The names that schemas give for dynamic references, and where they are given and used.
//!
//! Comes in: trees. Goes out: places. Must not know what becomes of a reference.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{diagnostics::Pointer, load::external::Spot};

/// What names a schema for dynamic references, and what only describes the schema itself: neither goes along with a copy.
pub const OWN: [&str; 7] = [
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$id",
    "$recursiveAnchor",
    "$schema",
    "title",
];

/// The schemas that give names and may refer to others, those within others last.
pub fn naming(tree: &Value, place: &Pointer) -> Vec<Pointer> {
    let mut found = Vec::new();
    walk(tree, place, &mut |members, place| {
        if is_naming(members) {
            found.push(place.clone());
        }
    });
    found
}

pub fn is_naming(members: &Map<String, Value>) -> bool {
    let defines = |key: &str| match members.get(key) {
        Some(Value::Object(definitions)) => definitions
            .values()
            .filter_map(Value::as_object)
            .any(|definition| text(definition, "$dynamicAnchor").is_some()),
        _ => false,
    };
    text(members, "$dynamicAnchor").is_some() || defines("$defs") || defines("definitions")
}

/// The names that a schema gives, and what they stand for.
pub fn names(value: &Value, place: &Pointer) -> BTreeMap<String, Pointer> {
    let mut names = BTreeMap::new();
    let Value::Object(members) = value else {
        return names;
    };
    for key in ["$defs", "definitions"] {
        let Some(Value::Object(definitions)) = members.get(key) else {
            continue;
        };
        for (name, definition) in definitions {
            let Some(definition) = definition.as_object() else {
                continue;
            };
            if let Some(anchor) = text(definition, "$dynamicAnchor") {
                // A definition that only refers to another schema is that schema.
                let is_alias = definition
                    .keys()
                    .all(|key| key == "$ref" || OWN.contains(&key.as_str()));
                let stands_for = target(definition).filter(|_| is_alias);
                let stands_for = stands_for.unwrap_or_else(|| place.push(key).push(name));
                names.entry(anchor.to_owned()).or_insert(stands_for);
            }
        }
    }
    if let Some(anchor) = text(members, "$dynamicAnchor") {
        names
            .entry(anchor.to_owned())
            .or_insert_with(|| place.clone());
    }
    names
}

pub fn anchor(members: &Map<String, Value>) -> Option<&str> {
    text(members, "$dynamicAnchor").or_else(|| text(members, "$anchor"))
}

/// The schema around a place that stands for itself: one that may be come back to, else the outermost in `components`.
pub fn resource(root: &Value, place: &Pointer, is_recursive: bool) -> Option<Pointer> {
    let mut around = Some(place.clone());
    while let Some(current) = around {
        let members = current.find(root).and_then(Value::as_object);
        let is_anchor = |members: &Map<String, Value>| match is_recursive {
            true => members.get("$recursiveAnchor") == Some(&Value::Bool(true)),
            false => members.contains_key("$id"),
        };
        let parent = current.parent();
        let is_component = matches!(
            parent.as_ref().and_then(Pointer::last).as_deref(),
            Some("schemas" | "definitions")
        );
        if members.is_some_and(is_anchor) || is_component {
            return Some(current);
        }
        around = parent;
    }
    None
}

pub fn text<'m>(members: &'m Map<String, Value>, key: &str) -> Option<&'m str> {
    members.get(key)?.as_str()
}

/// The place that a reference object leads to.
pub fn target(members: &Map<String, Value>) -> Option<Pointer> {
    Pointer::from_reference(text(members, "$ref")?)
}

/// Shows every object that may be a schema, with its place; those within others after them.
pub fn walk<'v>(
    tree: &'v Value,
    place: &Pointer,
    show: &mut dyn FnMut(&'v Map<String, Value>, &Pointer),
) {
    let mut open = vec![(place.clone(), tree, Spot::TOP)];
    while let Some((place, value, spot)) = open.pop() {
        match value {
            Value::Object(members) if !spot.is_data() => {
                if !spot.names_referables() {
                    show(members, &place);
                }
                let members = members.iter().rev();
                open.extend(
                    members
                        .filter(|(_, value)| value.is_object() || value.is_array())
                        .map(|(key, value)| (place.push(key), value, spot.member(key))),
                );
            }
            Value::Array(elements) => {
                let elements = elements.iter().enumerate().rev();
                open.extend(
                    elements.map(|(index, value)| (place.index(index), value, spot.element())),
                );
            }
            _ => {}
        }
    }
}
