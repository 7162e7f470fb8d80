//! `consumes` and `produces`: the media types of contents.

use serde_json::{Map, Value, json};

use super::{At, Conversion};
use crate::diagnostics::{Code, Diagnostic, Pointer};
use crate::load::essence;

/// Media types, each with the place that names it; `None` where the document says nothing.
pub(super) type MediaTypes = Option<Vec<(String, Pointer)>>;

pub(super) const JSON: &str = "application/json";
pub(super) const ANY: &str = "*/*";

impl Conversion {
    /// The media types of a list; one text is taken for a list of one.
    pub(super) fn media_types(&mut self, value: Option<Value>, before: &Pointer) -> MediaTypes {
        let list = match value? {
            Value::Array(list) => list,
            Value::Null => return None,
            other => vec![other],
        };
        let mut types: Vec<(String, Pointer)> = Vec::with_capacity(list.len());
        for (index, value) in list.into_iter().enumerate() {
            let place = before.index(index);
            match value {
                Value::String(text) if !types.iter().any(|(known, _)| *known == text) => {
                    types.push((text, place));
                }
                Value::String(_) => {}
                _ => self.found.push(
                    Diagnostic::warning(
                        Code::WrongType,
                        "a media type is not a text and is left out",
                    )
                    .at(&place),
                ),
            }
        }
        Some(types)
    }

    /// The media types of a value that has this schema: any type is JSON, and so is none, unless the value is bytes.
    pub(super) fn concrete(
        types: &MediaTypes,
        schema: &Value,
        owner: &Pointer,
    ) -> Vec<(String, Pointer)> {
        let format = schema.get("format").and_then(Value::as_str);
        let any = if format == Some("binary") { ANY } else { JSON };
        let mut concrete: Vec<(String, Pointer)> = Vec::new();
        for (text, place) in types.iter().flatten() {
            let text = if matches!(text.trim(), ANY | "*" | "" | "application/*") {
                any
            } else {
                text
            };
            if !concrete.iter().any(|(known, _)| known == text) {
                concrete.push((text.to_owned(), place.clone()));
            }
        }
        if concrete.is_empty() {
            concrete.push((any.to_owned(), owner.clone()));
        }
        concrete
    }

    /// Contents of one schema in several media types. It stands in one of them, and the others refer to it there.
    pub(super) fn content(
        &mut self,
        types: Vec<(String, Pointer)>,
        schema: Value,
        schema_before: &Pointer,
        owner: &At,
    ) -> Map<String, Value> {
        let place = owner.now.push("content");
        self.stood(place.clone(), owner.before.clone());
        let home = types
            .iter()
            .position(|(text, _)| text == JSON)
            .or_else(|| types.iter().position(|(text, _)| is_json(text)))
            .unwrap_or(0);
        let reference = match schema.get("$ref") {
            Some(reference) => json!({ "$ref": reference }),
            None => {
                let home = types.get(home).map_or(JSON, |(text, _)| text);
                json!({ "$ref": place.push(home).push("schema").to_reference() })
            }
        };
        let mut schema = Some(schema);
        let mut content = Map::with_capacity(types.len());
        for (index, (text, named)) in types.into_iter().enumerate() {
            let place = place.push(&text);
            let value = if index == home {
                self.moved(place.push("schema"), schema_before.clone());
                schema.take()
            } else {
                self.stood(place.push("schema"), schema_before.clone());
                None
            };
            self.stood(place, named);
            let value = value.unwrap_or_else(|| reference.clone());
            content.insert(text, json!({ "schema": value }));
        }
        content
    }
}

/// Whether values in this media type are JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a media type holds lists and objects, as bytes and plain text do not.
pub(super) fn is_structured(media_type: &str) -> bool {
    let essence = essence(media_type);
    !(essence.starts_with("image/")
        || essence.starts_with("audio/")
        || essence.starts_with("video/")
        || matches!(
            essence.as_str(),
            "text/plain"
                | "text/html"
                | "application/octet-stream"
                | "application/x-tar"
                | "application/zip"
                | "application/gzip"
                | "application/pdf"
        ))
}

/// Whether a media type holds one value after another.
pub(super) fn is_stream(media_type: &str) -> bool {
    matches!(
        essence(media_type).as_str(),
        "text/event-stream"
            | "application/jsonl"
            | "application/x-ndjson"
            | "application/ndjson"
            | "application/json-seq"
    )
}
