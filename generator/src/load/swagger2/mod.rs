//! Swagger 2.0 in the form of OpenAPI 3.0.
//!
//! Comes in: the tree of a document in Swagger 2.0, by value. Goes out: the tree that says the same in OpenAPI 3.0, the moves that lead
//! from its places back to those of the document, and what 3.0 cannot say. What is malformed is carried as it stands, so that it is
//! reported where every other malformed piece is. Must not know what is made of the pieces.

mod bodies;
mod media_types;
mod operations;
mod parameters;
mod references;
mod responses;
mod security;
mod servers;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use self::{media_types::MediaTypes, references::Shared};
use super::origin::Origins;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer};

/// The key under which a parameter, or the encoding of a field or part, says what stands between the items of its list in one text, where
/// OpenAPI 3.0 has no style for that: `collectionFormat` knows one set of separators for all places.
pub const SEPARATOR: &str = "x-clientsmith-separator";

/// Converts a tree. Its places stand in `origins` before the conversion, and in the new tree after it.
pub fn convert(root: Value, origins: &mut Origins, found: &mut Diagnostics) -> Value {
    let shared = references::shared(&root);
    let Value::Object(mut old) = root else {
        return root;
    };
    let mut conversion = Conversion {
        shared,
        ..Conversion::default()
    };
    conversion.definitions = conversion.object(&mut old, "definitions");
    let mut converted = conversion.top(&mut old);
    conversion.elsewhere(&mut converted);
    conversion.rewrite(&mut converted, &Pointer::root());
    // What was found speaks of places before the moves.
    conversion.found.locate(|pointers| origins.locate(pointers));
    found.extend(conversion.found);
    let mut moves: Vec<(Pointer, Pointer)> = conversion.origins.into_iter().collect();
    moves.sort();
    origins.rearrange(&moves);
    converted
}

/// One document on its way.
#[derive(Default)]
struct Conversion {
    /// Where parts stood before, by where they stand now.
    origins: HashMap<Pointer, Pointer>,
    /// Where references to a place lead now, by the place before.
    renames: HashMap<Pointer, Pointer>,
    found: Diagnostics,
    shared: Shared,
    /// The schemas of the document, until they are put in their new place.
    definitions: Option<Map<String, Value>>,
    /// What operations take and give unless they say otherwise.
    consumes: MediaTypes,
    produces: MediaTypes,
    /// What `components` holds in the end: the part and the name.
    components: HashSet<(String, String)>,
    /// The servers of every scheme, and whether the document names a host.
    servers: servers::Servers,
}

/// A place in both trees.
#[derive(Clone)]
struct At {
    now: Pointer,
    before: Pointer,
}

impl At {
    fn same(place: Pointer) -> Self {
        Self {
            now: place.clone(),
            before: place,
        }
    }

    fn push(&self, key: &str) -> Self {
        Self {
            now: self.now.push(key),
            before: self.before.push(key),
        }
    }
}

impl Conversion {
    /// Says where a part of the new tree stood before. References to it are not led there.
    fn stood(&mut self, now: Pointer, before: Pointer) {
        self.origins.insert(now, before);
    }

    /// Says that a part moved; references follow it to the first place that it moved to.
    fn moved(&mut self, now: Pointer, before: Pointer) {
        self.renames
            .entry(before.clone())
            .or_insert_with(|| now.clone());
        self.stood(now, before);
    }

    /// What OpenAPI 3.0 has no words for.
    fn unsayable(&mut self, message: impl Into<String>, before: &Pointer) {
        self.found.push(
            Diagnostic::warning(Code::NotConverted, message)
                .at(before)
                .help("describe the API in OpenAPI 3.0 or later"),
        );
    }

    /// Takes a member of the top that should be an object.
    fn object(&mut self, old: &mut Map<String, Value>, key: &str) -> Option<Map<String, Value>> {
        match old.shift_remove(key)? {
            Value::Object(members) => Some(members),
            Value::Null => None,
            _ => {
                let message = format!("`{key}` is not an object and is left out");
                let place = Pointer::root().push(key);
                self.found
                    .push(Diagnostic::warning(Code::NotAnObject, message).at(&place));
                None
            }
        }
    }

    fn top(&mut self, old: &mut Map<String, Value>) -> Value {
        let root = Pointer::root();
        let mut converted = Map::with_capacity(old.len());
        converted.insert("openapi".to_owned(), "3.0.3".into());
        self.stood(root.push("openapi"), root.push("swagger"));
        old.shift_remove("swagger");
        self.consumes = self.media_types(old.shift_remove("consumes"), &root.push("consumes"));
        self.produces = self.media_types(old.shift_remove("produces"), &root.push("produces"));
        if let Some(servers) = self.servers(old) {
            converted.insert("servers".to_owned(), servers);
        }
        let mut components = self.object(old, "components").unwrap_or_default();
        for (key, before, convert) in [
            (
                "parameters",
                "parameters",
                Self::global_parameter as fn(&mut Self, &str, Value, &At) -> Converted,
            ),
            ("responses", "responses", Self::global_response),
            (
                "securitySchemes",
                "securityDefinitions",
                Self::security_scheme,
            ),
        ] {
            let at = At {
                now: root.push("components").push(key),
                before: root.push(before),
            };
            let Some(members) = self.object(old, before) else {
                continue;
            };
            self.moved(at.now.clone(), at.before.clone());
            for (name, value) in members {
                match convert(self, &name, value, &at.push(&name)) {
                    Converted::Member(value) => put_within(&mut components, key, name, value),
                    Converted::Elsewhere(other, value) => {
                        put_within(&mut components, other, name, value);
                    }
                    Converted::Nothing => {}
                }
            }
        }
        let paths = old.shift_remove("paths");
        converted.extend(std::mem::take(old));
        if let Some(paths) = paths {
            let paths = self.paths(paths);
            converted.insert("paths".to_owned(), paths);
        }
        if let Some(definitions) = self.definitions.take() {
            let schemas = root.push("components").push("schemas");
            self.moved(schemas, root.push("definitions"));
            for (name, schema) in definitions {
                put_within(&mut components, "schemas", name, schema);
            }
        }
        for (part, members) in &components {
            let names = members.as_object().into_iter().flat_map(Map::keys);
            self.components
                .extend(names.map(|name| (part.clone(), name.clone())));
        }
        if !components.is_empty() {
            converted.insert("components".to_owned(), Value::Object(components));
        }
        Value::Object(converted)
    }
}

/// What became of a member of the top.
enum Converted {
    /// It has the same name in the corresponding part of `components`.
    Member(Value),
    /// It has the same name in this part of `components`.
    Elsewhere(&'static str, Value),
    /// It lives on only where it was referred to.
    Nothing,
}

fn put_within(components: &mut Map<String, Value>, key: &str, name: String, value: Value) {
    let part = components
        .entry(key)
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(members) = part {
        members.entry(name).or_insert(value);
    }
}

#[cfg(test)]
mod tests;
