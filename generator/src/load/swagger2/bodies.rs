//! Parameters in body and form: the request body of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::{
    At, Conversion, SEPARATOR,
    media_types::MediaTypes,
    parameters::{Format, Location, location, take_schema},
};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::load::essence;

const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter that becomes part of a request body.
#[derive(Clone)]
pub(super) struct Carried {
    pub parameter: Map<String, Value>,
    pub before: Pointer,
}

impl Carried {
    pub(super) fn new(parameter: Map<String, Value>, before: Pointer) -> Self {
        Self { parameter, before }
    }

    fn location(&self) -> Option<Location> {
        location(&self.parameter)
    }

    fn name(&self) -> Option<&str> {
        self.parameter.get("name").and_then(Value::as_str)
    }
}

impl Conversion {
    /// The request body of the operation at `operation`, of its own parameters and those of its path item.
    pub(super) fn request_body(
        &mut self,
        own: Vec<Carried>,
        inherited: &[Carried],
        consumes: &MediaTypes,
        operation: &Pointer,
    ) -> Option<Value> {
        let now = operation.push("requestBody");
        let kinds = || own.iter().chain(inherited).filter_map(Carried::location);
        let kind = match kinds().next()? {
            Location::Form
                if own
                    .iter()
                    .any(|part| part.location() == Some(Location::Body)) =>
            {
                Location::Body
            }
            kind => kind,
        };
        let count = own.len();
        let mut parts: Vec<Carried> = Vec::new();
        for (index, part) in own.into_iter().chain(inherited.iter().cloned()).enumerate() {
            let taken = match kind {
                Location::Body => !parts.is_empty(),
                Location::Form => parts.iter().any(|other| other.name() == part.name()),
            };
            if part.location() == Some(kind) && !taken {
                parts.push(part);
            } else if index < count {
                // A parameter of the operation may override one of the path item, but no other of its own.
                let message = match kind {
                    Location::Body => {
                        "the operation has a body already; this parameter is left out".to_owned()
                    }
                    Location::Form => format!(
                        "the form has a field {} already; this parameter is left out",
                        quoted(part.name().unwrap_or_default())
                    ),
                };
                self.found
                    .push(Diagnostic::warning(Code::DuplicateParameter, message).at(&part.before));
            }
        }
        match kind {
            Location::Body => Some(self.body(parts.pop()?, consumes, &now)),
            Location::Form => Some(self.form(parts, consumes, &now)),
        }
    }

    /// A body parameter as the request body at `now`. Its name says nothing (Swagger 2.0, "Parameter Object").
    pub(super) fn body(&mut self, part: Carried, consumes: &MediaTypes, now: &Pointer) -> Value {
        let Carried {
            parameter: mut body,
            before,
        } = part;
        let at = At {
            now: now.clone(),
            before,
        };
        self.stood(at.now.clone(), at.before.clone());
        for key in ["in", "name"] {
            body.shift_remove(key);
        }
        let (schema, schema_before) = match body.shift_remove("schema") {
            Some(schema) => (schema, at.before.push("schema")),
            // Described as other parameters are.
            None => (Value::Object(take_schema(&mut body)), at.before.clone()),
        };
        let types = Self::concrete(consumes, &schema, &at.before);
        let content = self.content(types, schema, &schema_before, &at);
        body.insert("content".to_owned(), Value::Object(content));
        Value::Object(body)
    }

    fn form(&mut self, parts: Vec<Carried>, consumes: &MediaTypes, now: &Pointer) -> Value {
        let holder = parts
            .first()
            .map_or_else(|| now.clone(), |part| part.before.clone());
        let at = At {
            now: now.clone(),
            before: holder,
        };
        self.stood(at.now.clone(), at.before.clone());
        let has_file = parts
            .iter()
            .any(|part| part.parameter.get("type").and_then(Value::as_str) == Some("file"));
        let types = form_types(consumes, has_file, &at.before);
        let home = types.first().map_or(URL_ENCODED, |(text, _)| text);
        let schema_place = now.push("content").push(home).push("schema");
        let mut properties = Map::with_capacity(parts.len());
        let mut required = Vec::new();
        let mut encoding = Map::new();
        let mut fields = Vec::new();
        for part in parts {
            let Some(name) = part.name().map(str::to_owned) else {
                let message = "the form field has no `name` and is left out";
                self.found
                    .push(Diagnostic::warning(Code::MissingKey, message).at(&part.before));
                continue;
            };
            let Carried {
                parameter: mut field,
                before,
            } = part;
            let format = field.shift_remove("collectionFormat");
            let flag = field.shift_remove("required");
            let text = flag.as_ref().and_then(Value::as_str).unwrap_or_default();
            if flag == Some(Value::Bool(true)) || text.eq_ignore_ascii_case("true") {
                required.push(Value::from(name.as_str()));
            }
            for key in ["in", "name", "allowEmptyValue"] {
                field.shift_remove(key);
            }
            // Without a word, each item is a field or a part of its own.
            if let Some(Format::Separated(separator)) = self.format(&mut field, format, &before) {
                encoding.insert(name.clone(), json!({ SEPARATOR: separator }));
            }
            fields.push((schema_place.push("properties").push(&name), before));
            properties.insert(name, Value::Object(field));
        }
        let needed = !required.is_empty();
        let mut schema = json!({ "type": "object", "properties": properties });
        if needed && let Some(schema) = schema.as_object_mut() {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        let mut content = self.content(types, schema, &at.before, &at);
        for (now, before) in fields {
            self.stood(now, before);
        }
        if !encoding.is_empty() {
            for (_, media_type) in &mut content {
                if let Some(media_type) = media_type.as_object_mut() {
                    media_type.insert("encoding".to_owned(), Value::Object(encoding.clone()));
                }
            }
        }
        json!({ "content": content, "required": needed })
    }
}

/// The media types of a form: those of forms that are named, or the one that can carry its fields.
fn form_types(consumes: &MediaTypes, has_file: bool, owner: &Pointer) -> Vec<(String, Pointer)> {
    let mut types: Vec<(String, Pointer)> = Vec::new();
    for (text, place) in consumes.iter().flatten() {
        let essence = essence(text);
        if essence == MULTIPART || essence == URL_ENCODED && !has_file {
            types.push((text.clone(), place.clone()));
        }
    }
    if types.is_empty() {
        let text = if has_file { MULTIPART } else { URL_ENCODED };
        types.push((text.to_owned(), owner.clone()));
    }
    types
}
