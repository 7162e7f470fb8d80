//! Responses: their schema, examples and headers in the form of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::{
    At, Conversion, Converted,
    media_types::{ANY, JSON, MediaTypes, is_json, is_stream, is_structured},
    parameters::{Format, take_schema},
};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// What the document says about the media types of a response.
struct Produced<'a> {
    types: &'a MediaTypes,
    success: bool,
    examples: Option<&'a Value>,
}

impl Conversion {
    pub(super) fn global_response(&mut self, _: &str, value: Value, at: &At) -> Converted {
        let produces = self.produces.clone();
        Converted::Member(self.response(value, &produces, true, at))
    }

    /// One response; references stay.
    pub(super) fn response(
        &mut self,
        value: Value,
        produces: &MediaTypes,
        success: bool,
        at: &At,
    ) -> Value {
        let mut response = match value {
            Value::Object(response) if !response.contains_key("$ref") => response,
            other => return other,
        };
        if let Some(Value::Object(headers)) = response.get_mut("headers") {
            let place = at.push("headers");
            for (name, header) in headers {
                if let Value::Object(header) = header {
                    self.header(header, &place.push(name));
                }
            }
        }
        let examples = response.shift_remove("examples");
        let schema = response
            .shift_remove("schema")
            .filter(|schema| !schema.is_null());
        let schema_before = at.before.push("schema");
        let mut content = match schema {
            Some(schema) => {
                let produced = Produced {
                    types: produces,
                    success,
                    examples: examples.as_ref(),
                };
                let types = self.types_of_response(&schema, &produced, &at.before);
                self.content(types, schema, &schema_before, at)
            }
            None => Map::new(),
        };
        if let Some(examples) = examples {
            self.examples(examples, &mut content, at);
        }
        if !content.is_empty() {
            response.insert("content".to_owned(), Value::Object(content));
        }
        Value::Object(response)
    }

    /// The media types that a response with this schema comes in.
    fn types_of_response(
        &mut self,
        schema: &Value,
        produced: &Produced<'_>,
        before: &Pointer,
    ) -> Vec<(String, Pointer)> {
        if schema.get("type").and_then(Value::as_str) == Some("file") {
            let mut types: Vec<(String, Pointer)> =
                produced.types.iter().flatten().cloned().collect();
            // A file has a type of its own, which these do not tell.
            types.retain(|(text, _)| !is_json(text));
            if types.is_empty() {
                types.push((ANY.to_owned(), before.clone()));
            }
            return types;
        }
        let mut types = Self::concrete(produced.types, schema, before);
        if let Some(Value::Object(examples)) = produced.examples {
            for name in examples.keys().filter(|name| is_json(name)) {
                if !types.iter().any(|(text, _)| text == name) {
                    types.push((name.clone(), before.push("examples").push(name)));
                }
            }
        }
        // Failures of operations that stream are no streams.
        let carries = |text: &str| is_structured(text) && (produced.success || !is_stream(text));
        if !types.iter().any(|(text, _)| carries(text)) && self.is_structured(schema) {
            self.found.push(
                Diagnostic::note(
                    Code::Converted,
                    "no media type that is produced carries lists and objects; the response is read as JSON",
                )
                .at(before)
                .help("add `application/json` to `produces`"),
            );
            types.push((JSON.to_owned(), before.clone()));
        }
        types
    }

    /// Whether values of a schema are lists or objects.
    fn is_structured(&self, schema: &Value) -> bool {
        const LONGEST_CHAIN: usize = 8;
        let mut schema = schema;
        for _ in 0..LONGEST_CHAIN {
            let name = schema
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix("#/definitions/"));
            let Some(name) = name else { break };
            let definitions = self.definitions.as_ref();
            let Some(target) = definitions.and_then(|definitions| definitions.get(name)) else {
                return false;
            };
            schema = target;
        }
        match schema.get("type").and_then(Value::as_str) {
            Some(kind) => matches!(kind, "object" | "array"),
            None => ["properties", "allOf", "items"]
                .iter()
                .any(|key| schema.get(key).is_some()),
        }
    }

    /// Examples by media type.
    fn examples(&mut self, examples: Value, content: &mut Map<String, Value>, at: &At) {
        let place = at.before.push("examples");
        let Value::Object(examples) = examples else {
            if !examples.is_null() {
                let message = "`examples` is not an object and is left out";
                self.found
                    .push(Diagnostic::warning(Code::WrongType, message).at(&place));
            }
            return;
        };
        let reference = content
            .values()
            .next()
            .and_then(|first| first.get("schema"))
            .cloned();
        for (name, example) in examples {
            if name.starts_with("x-") {
                continue;
            }
            let before = place.push(&name);
            let now = at.now.push("content").push(&name);
            if !content.contains_key(&name) && (!name.contains('/') || reference.is_some()) {
                let message = format!(
                    "the example for {} belongs to no media type of the response and is left out",
                    quoted(&name)
                );
                self.found
                    .push(Diagnostic::note(Code::UnknownKey, message).at(&before));
                continue;
            }
            if content.is_empty() {
                self.stood(at.now.push("content"), place.clone());
            }
            if !content.contains_key(&name) {
                self.stood(now.clone(), before.clone());
            }
            self.stood(now.push("example"), before);
            let media_type = content.entry(name).or_insert_with(|| json!({}));
            if let Some(media_type) = media_type.as_object_mut() {
                media_type.insert("example".to_owned(), example);
            }
        }
    }

    fn header(&mut self, header: &mut Map<String, Value>, at: &At) {
        let format = header.shift_remove("collectionFormat");
        if header.contains_key("schema") || header.contains_key("$ref") {
            return;
        }
        let mut schema = take_schema(header);
        if let Some(format) = self.format(&mut schema, format, &at.before)
            && format != Format::Separated(",")
        {
            let message = "the lists in headers of responses are read as joined by commas";
            self.unsayable(message, &at.before.push("collectionFormat"));
        }
        self.stood(at.now.push("schema"), at.before.clone());
        header.insert("schema".to_owned(), Value::Object(schema));
    }
}
