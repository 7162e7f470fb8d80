//! References: what they lead to in the document, and where they lead after it is converted; and the two keywords of schemas that 3.0
//! says otherwise, which stand wherever schemas do.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::{At, Conversion, bodies::Carried, operations::METHODS, parameters::location};
use crate::diagnostics::Pointer;

/// What is referred to, found before anything moves.
#[derive(Default)]
pub(super) struct Shared {
    /// Parameters of the body, by the references to them.
    parameters: HashMap<String, Carried>,
    /// Pieces that stand in none of the places that are converted anyway.
    elsewhere: Vec<(Kind, Pointer)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    PathItem,
    Parameter,
    Response,
}

impl Shared {
    /// The parameter of the body that a reference leads to. Its schema is referred to, where it is not a reference itself.
    pub(super) fn carried(&self, reference: &str) -> Option<Carried> {
        self.parameters.get(reference).cloned()
    }
}

/// Looks through the references of path items, parameters and responses.
pub(super) fn shared(root: &Value) -> Shared {
    let mut finder = Finder {
        root,
        shared: Shared::default(),
        seen: HashSet::new(),
        items: Vec::new(),
    };
    let paths = root.get("paths").and_then(Value::as_object);
    for item in paths.into_iter().flat_map(Map::values) {
        finder.items.push(item);
    }
    while let Some(item) = finder.items.pop() {
        finder.item(item);
    }
    for response in root
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::values)
    {
        finder.follow(Kind::Response, response);
    }
    finder.shared
}

struct Finder<'d> {
    root: &'d Value,
    shared: Shared,
    seen: HashSet<(Kind, Pointer)>,
    items: Vec<&'d Value>,
}

impl<'d> Finder<'d> {
    fn item(&mut self, item: &'d Value) {
        self.follow(Kind::PathItem, item);
        let operations = METHODS.iter().filter_map(|method| item.get(method));
        for holder in std::iter::once(item).chain(operations) {
            let parameters = holder.get("parameters").and_then(Value::as_array);
            for parameter in parameters.into_iter().flatten() {
                self.follow(Kind::Parameter, parameter);
            }
            let responses = holder.get("responses").and_then(Value::as_object);
            for response in responses.into_iter().flat_map(Map::values) {
                self.follow(Kind::Response, response);
            }
        }
    }

    fn follow(&mut self, kind: Kind, value: &'d Value) {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return;
        };
        let mut visited = HashSet::new();
        let mut next = reference;
        loop {
            let Some(target) = Pointer::from_reference(next) else {
                return;
            };
            let Some(value) = target.find(self.root) else {
                return;
            };
            if !visited.insert(target.clone()) {
                return;
            }
            if let Some(further) = value.get("$ref").and_then(Value::as_str) {
                next = further;
                continue;
            }
            self.found(kind, reference, target, value);
            return;
        }
    }

    fn found(&mut self, kind: Kind, reference: &str, target: Pointer, value: &'d Value) {
        if let (Kind::Parameter, Value::Object(parameter)) = (kind, value)
            && location(parameter).is_some()
        {
            let carried = Carried::new(without_schema(parameter, &target), target);
            self.shared.parameters.insert(reference.to_owned(), carried);
            return;
        }
        let top = target.tokens().next().unwrap_or_default();
        let depth = target.tokens().count();
        let converted_anyway = match kind {
            Kind::PathItem => top == "paths" && depth == 2,
            Kind::Parameter => top == "paths" || top == "parameters" && depth == 2,
            Kind::Response => top == "paths" || top == "responses" && depth == 2,
        };
        // A reference to something of another kind converts nothing.
        let is_kind = match kind {
            Kind::Parameter => value.get("in").is_some(),
            Kind::PathItem | Kind::Response => top != "definitions",
        };
        if is_kind && !converted_anyway && self.seen.insert((kind, target.clone())) {
            self.shared.elsewhere.push((kind, target));
            if kind == Kind::PathItem {
                self.items.push(value);
            }
        }
    }
}

/// A copy of a parameter that refers to the schema of the original.
fn without_schema(parameter: &Map<String, Value>, place: &Pointer) -> Map<String, Value> {
    let copy = |(key, value): (&String, &Value)| {
        let value = if key == "schema" && value.get("$ref").is_none() {
            json!({ "$ref": place.push("schema").to_reference() })
        } else {
            value.clone()
        };
        (key.clone(), value)
    };
    parameter.iter().map(copy).collect()
}

impl Conversion {
    /// Converts what stands in none of the usual places.
    pub(super) fn elsewhere(&mut self, root: &mut Value) {
        for (kind, before) in std::mem::take(&mut self.shared.elsewhere) {
            let now = self.now(&before).unwrap_or_else(|| before.clone());
            let Some(slot) = root.pointer_mut(now.as_str()) else {
                continue;
            };
            let mut value = slot.take();
            let at = At {
                now: now.clone(),
                before,
            };
            match (kind, value) {
                (Kind::PathItem, mut item) => {
                    self.path_item(&mut item, &now);
                    value = item;
                }
                (Kind::Parameter, Value::Object(parameter)) => {
                    value = self.parameter(parameter, &at);
                }
                (Kind::Response, response) => {
                    let produces = self.produces.clone();
                    value = self.response(response, &produces, true, &at);
                }
                (Kind::Parameter, other) => value = other,
            }
            // Extensions are not rewritten with the rest.
            if now.tokens().any(|token| token.starts_with("x-")) {
                self.rewrite(&mut value, &now);
            }
            if let Some(slot) = root.pointer_mut(now.as_str()) {
                *slot = value;
            }
        }
    }

    /// Leads references to where things are now, and puts the keywords of schemas in the form of 3.0.
    pub(super) fn rewrite(&mut self, value: &mut Value, place: &Pointer) {
        self.rewrite_within(value, place, false);
    }

    /// `names`: the keys here are names that the author chose.
    fn rewrite_within(&mut self, value: &mut Value, place: &Pointer, names: bool) {
        match value {
            Value::Object(members) => {
                if !names {
                    self.keywords(members, place);
                }
                for (key, value) in members {
                    let data = !names
                        && (matches!(
                            key.as_str(),
                            "example" | "default" | "enum" | "value" | "const" | "examples"
                        ) || key.starts_with("x-"));
                    if !data && (value.is_object() || value.is_array()) {
                        let names_below = !names
                            && matches!(
                                key.as_str(),
                                "properties"
                                    | "schemas"
                                    | "mapping"
                                    | "scopes"
                                    | "headers"
                                    | "paths"
                                    | "parameters"
                                    | "responses"
                                    | "requestBodies"
                                    | "securitySchemes"
                            );
                        self.rewrite_within(value, &place.push(key), names_below);
                    }
                }
            }
            Value::Array(elements) => {
                for (index, value) in elements.iter_mut().enumerate() {
                    if value.is_object() || value.is_array() {
                        self.rewrite_within(value, &place.index(index), false);
                    }
                }
            }
            _ => {}
        }
    }

    fn keywords(&mut self, members: &mut Map<String, Value>, place: &Pointer) {
        if let Some(Value::String(reference)) = members.get_mut("$ref")
            && let Some(led) = self.led(reference)
        {
            *reference = led;
        }
        if members.get("type").and_then(Value::as_str) == Some("file") {
            members.insert("type".to_owned(), "string".into());
            members.insert("format".to_owned(), "binary".into());
            self.stood_within(place, &["format"], "type");
        }
        if let Some(Value::String(_)) = members.get("discriminator")
            && let Some(slot) = members.get_mut("discriminator")
        {
            let property = slot.take();
            *slot = json!({ "propertyName": property });
            self.stood_within(place, &["discriminator", "propertyName"], "discriminator");
        }
        if let Some(&Value::Bool(nullable)) = members.get("x-nullable")
            && !members.contains_key("nullable")
            // A request body with the extension: only schemas have the keyword.
            && !members.contains_key("content")
        {
            members.shift_remove("x-nullable");
            members.insert("nullable".to_owned(), Value::Bool(nullable));
            self.stood_within(place, &["nullable"], "x-nullable");
        }
    }

    /// Where a reference leads now; `None` where it stays as it is.
    fn led(&self, reference: &str) -> Option<String> {
        let target = Pointer::from_reference(reference)?;
        let (before, now) = self.renamed(&target)?;
        let led = target.moved(before, now);
        let mut tokens = led.tokens();
        if let (Some("components"), Some(part), Some(name)) =
            (tokens.next().as_deref(), tokens.next(), tokens.next())
            && !self.components.contains(&(part, name))
        {
            // It leads to nothing, and that is said in the words of the document.
            return None;
        }
        // The spelling of the rest stays: names are not always encoded as they should be.
        let rest = reference
            .strip_prefix('#')
            .and_then(|text| text.strip_prefix(before.as_str()));
        Some(match rest {
            Some(rest) => format!("{}{rest}", now.to_reference()),
            None => led.to_reference(),
        })
    }

    /// Says that a keyword of the piece at `place` was another one before.
    fn stood_within(&mut self, place: &Pointer, now: &[&str], before: &str) {
        let key = now.iter().fold(place.clone(), |place, key| place.push(key));
        let origin = self.before(place).push(before);
        self.stood(key, origin);
    }

    /// Where a place of the new tree stood before.
    fn before(&self, now: &Pointer) -> Pointer {
        let mut ancestor = Some(now.clone());
        while let Some(place) = ancestor {
            if let Some(before) = self.origins.get(&place) {
                return now.moved(&place, before);
            }
            ancestor = place.parent();
        }
        now.clone()
    }

    fn now(&self, before: &Pointer) -> Option<Pointer> {
        let (from, to) = self.renamed(before)?;
        Some(before.moved(from, to))
    }

    /// The innermost part around a place that moved.
    fn renamed(&self, place: &Pointer) -> Option<(&Pointer, &Pointer)> {
        let mut ancestor = Some(place.clone());
        while let Some(place) = ancestor {
            if let Some(pair) = self.renames.get_key_value(&place) {
                return Some(pair);
            }
            ancestor = place.parent();
        }
        None
    }
}
