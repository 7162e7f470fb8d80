//! Parameters in path, query and headers: what says what their values are becomes a schema, and `collectionFormat` a style, or the separator
//! that no style has in that place.

use serde_json::{Map, Value};

use super::{At, Conversion, Converted, SEPARATOR, bodies::Carried};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// How the items of a list are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// As a text of its own each.
    Multi,
    /// In one text, with this between them.
    Separated(&'static str),
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
        if let Some(format) = self.format(&mut schema, format, &at.before) {
            let written = at.before.push("collectionFormat");
            let is_query = place.as_deref() == Some("query");
            for (key, value) in self.way_of(format, is_query, &schema, &written) {
                parameter.insert(key.to_owned(), value);
                self.stood(at.now.push(key), written.clone());
            }
        }
        self.stood(at.now.push("schema"), at.before.clone());
        parameter.insert("schema".to_owned(), Value::Object(schema));
        Value::Object(parameter)
    }

    /// What says in a parameter how its list is written: a style where 3.0 has one for it there, else the separator.
    fn way_of(
        &mut self,
        format: Format,
        is_query: bool,
        schema: &Map<String, Value>,
        written: &Pointer,
    ) -> Vec<(&'static str, Value)> {
        let styled = |style: &str, explode: bool| {
            vec![
                ("style", Value::from(style)),
                ("explode", Value::Bool(explode)),
            ]
        };
        let items = schema.get("items").and_then(|items| items.get("type"));
        let holds_lists = items.and_then(Value::as_str) == Some("array");
        match (format, is_query) {
            (Format::Multi, true) => styled("form", true),
            (Format::Separated(","), true) => styled("form", false),
            (Format::Separated(" "), true) => styled("spaceDelimited", false),
            (Format::Separated("|"), true) => styled("pipeDelimited", false),
            (Format::Separated(","), false) => Vec::new(),
            (Format::Separated(separator), _) if !holds_lists => {
                vec![(SEPARATOR, Value::from(separator))]
            }
            (Format::Separated(_), _) => {
                let message = "only lists of single values can be joined in this way here; values are joined by commas";
                self.unsayable(message, written);
                Vec::new()
            }
            (Format::Multi, false) => {
                let message = "the collectionFormat `multi` is for queries and forms alone; values are joined by commas";
                self.unsayable(message, written);
                Vec::new()
            }
        }
    }

    /// How a list is written; `None` for what is no list.
    pub(super) fn format(
        &mut self,
        schema: &mut Map<String, Value>,
        format: Option<Value>,
        before: &Pointer,
    ) -> Option<Format> {
        let written = before.push("collectionFormat");
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
        Some(match format {
            "csv" => Format::Separated(","),
            "ssv" => Format::Separated(" "),
            "tsv" => Format::Separated("\t"),
            "pipes" => Format::Separated("|"),
            "multi" => Format::Multi,
            _ => {
                let message = format!(
                    "there is no collectionFormat {}; values are joined by commas",
                    quoted(format)
                );
                self.unsayable(message, &written);
                Format::Separated(",")
            }
        })
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
