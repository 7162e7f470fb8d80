//! Parameters in path, query and headers: what says what their values are becomes a schema, and `collectionFormat` a style.

use serde_json::{Map, Value};

use super::{At, Conversion, Converted, bodies::Carried};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// How lists are written, in the words of 3.0.
pub(super) struct Style {
    pub style: &'static str,
    pub explode: bool,
}

impl Conversion {
    pub(super) fn global_parameter(&mut self, _: &str, value: Value, at: &At) -> Converted {
        match value {
            Value::Object(parameter) => match location(&parameter) {
                Some(Location::Body) => {
                    let now = Pointer::root()
                        .push("components")
                        .push("requestBodies")
                        .push(&at.before.last().unwrap_or_default());
                    let at = At {
                        now,
                        before: at.before.clone(),
                    };
                    self.moved(at.now.clone(), at.before.clone());
                    let consumes = self.consumes.clone();
                    let body = self.body(
                        Carried::new(parameter, at.before.clone()),
                        &consumes,
                        &at.now,
                    );
                    Converted::Elsewhere("requestBodies", body)
                }
                Some(Location::Form) => Converted::Nothing,
                None => Converted::Member(self.parameter(parameter, at)),
            },
            other => Converted::Member(other),
        }
    }

    /// The parameters of a list that stay parameters, and those that become the request body.
    pub(super) fn parameters(&mut self, list: Vec<Value>, at: &At) -> (Vec<Value>, Vec<Carried>) {
        let mut kept = Vec::with_capacity(list.len());
        let mut carried = Vec::new();
        for (index, value) in list.into_iter().enumerate() {
            let at = At {
                now: at.now.index(kept.len()),
                before: at.before.index(index),
            };
            let reference = value.get("$ref").and_then(Value::as_str);
            if let Some(shared) = reference.and_then(|reference| self.shared.carried(reference)) {
                carried.push(shared);
                continue;
            }
            match value {
                Value::Object(parameter) if location(&parameter).is_some() => {
                    carried.push(Carried::new(parameter, at.before));
                    continue;
                }
                Value::Object(parameter) if !parameter.contains_key("$ref") => {
                    if at.now != at.before {
                        self.moved(at.now.clone(), at.before.clone());
                    }
                    kept.push(self.parameter(parameter, &at));
                }
                other => {
                    if at.now != at.before {
                        self.moved(at.now.clone(), at.before.clone());
                    }
                    kept.push(other);
                }
            }
        }
        (kept, carried)
    }

    /// A parameter that is none of the body.
    pub(super) fn parameter(&mut self, mut parameter: Map<String, Value>, at: &At) -> Value {
        let place = parameter
            .get("in")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let format = parameter.shift_remove("collectionFormat");
        if parameter.contains_key("schema") || parameter.contains_key("content") {
            // Not a form of 2.0; it is clear all the same.
            return Value::Object(parameter);
        }
        let mut schema = take_schema(&mut parameter);
        if let Some(style) = self.style(&mut schema, format, place.as_deref(), &at.before) {
            let written = at.before.push("collectionFormat");
            for (key, value) in [
                ("style", Value::from(style.style)),
                ("explode", Value::Bool(style.explode)),
            ] {
                parameter.insert(key.to_owned(), value);
                self.stood(at.now.push(key), written.clone());
            }
        }
        self.stood(at.now.push("schema"), at.before.clone());
        parameter.insert("schema".to_owned(), Value::Object(schema));
        Value::Object(parameter)
    }

    /// The style of a list at this place; `None` for what is no list and for headers and paths, which know one style only.
    pub(super) fn style(
        &mut self,
        schema: &mut Map<String, Value>,
        format: Option<Value>,
        place: Option<&str>,
        before: &Pointer,
    ) -> Option<Style> {
        let written = before.push("collectionFormat");
        let of_query = matches!(place, Some("query" | "formData"));
        if let Some(items) = schema.get_mut("items") {
            self.nested(items, &before.push("items"));
        }
        let is_list = schema.get("type").and_then(Value::as_str) == Some("array");
        if !is_list {
            if let Some(Value::String(_)) = format {
                self.found.push(
                    Diagnostic::note(
                        Code::KeywordWithoutEffect,
                        "`collectionFormat` has no effect on what is no array",
                    )
                    .at(&written),
                );
            }
            return None;
        }
        let format = match &format {
            None | Some(Value::Null) => "csv",
            Some(Value::String(format)) => format.as_str(),
            Some(_) => "",
        };
        let (style, explode) = match (format, of_query) {
            ("csv", true) => ("form", false),
            ("csv", false) => return None,
            ("multi", true) => ("form", true),
            ("ssv", true) => ("spaceDelimited", false),
            ("pipes", true) => ("pipeDelimited", false),
            _ => {
                self.unsayable(
                    format!(
                        "there is no style for the collectionFormat {} here; values are joined by commas",
                        quoted(format)
                    ),
                    &written,
                );
                if !of_query {
                    return None;
                }
                ("form", false)
            }
        };
        Some(Style { style, explode })
    }

    /// Lists within lists: 3.0 has no style for them.
    fn nested(&mut self, items: &mut Value, before: &Pointer) {
        let mut place = before.clone();
        let mut items = Some(items);
        while let Some(Value::Object(members)) = items {
            if let Some(Value::String(format)) = members.shift_remove("collectionFormat")
                && format != "csv"
            {
                let message = format!(
                    "there is no style for lists within lists, so the collectionFormat {} is left out",
                    quoted(&format)
                );
                self.unsayable(message, &place.push("collectionFormat"));
            }
            place = place.push("items");
            items = members.get_mut("items");
        }
    }
}

/// Where a parameter that becomes part of the request body is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    Body,
    Form,
}

pub(super) fn location(parameter: &Map<String, Value>) -> Option<Location> {
    match parameter.get("in").and_then(Value::as_str)? {
        "body" => Some(Location::Body),
        place if place.eq_ignore_ascii_case("formData") => Some(Location::Form),
        _ => None,
    }
}

/// Takes what says what the values are out of a parameter or header.
pub(super) fn take_schema(owner: &mut Map<String, Value>) -> Map<String, Value> {
    let mut schema = Map::new();
    let mut rest = Map::with_capacity(owner.len());
    for (key, value) in std::mem::take(owner) {
        let of_schema = matches!(
            key.as_str(),
            "type"
                | "format"
                | "items"
                | "default"
                | "enum"
                | "maximum"
                | "exclusiveMaximum"
                | "minimum"
                | "exclusiveMinimum"
                | "maxLength"
                | "minLength"
                | "pattern"
                | "maxItems"
                | "minItems"
                | "uniqueItems"
                | "multipleOf"
                | "properties"
                | "additionalProperties"
                | "allOf"
                | "title"
                | "readOnly"
                | "x-nullable"
        ) || key.starts_with("x-enum");
        if of_schema {
            schema.insert(key, value);
        } else {
            rest.insert(key, value);
        }
    }
    *owner = rest;
    schema
}
