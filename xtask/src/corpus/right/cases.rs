//! The examples of a document, each with the type of the client that is to carry it.
//!
//! Comes in: a document and the model that was made of it. Goes out: values with their types and the places of their schemas. Must not
//! know: what becomes of them.

use std::borrow::Cow;

use clientsmith::Origin;
use clientsmith::load::{Document, Pointer};
use clientsmith::model::{
    BodyContent, Direction, ErrorBody, Operation, Response, ResponseContent, StatusRange, Success,
    Type, TypeId,
};
use clientsmith::outside::is_readable;
use serde_json::Value;

use super::schema::{Schemas, Way};

/// An example.
pub(super) struct Case<'o> {
    /// The place of the example.
    pub pointer: Pointer,
    /// The place of its schema.
    pub schema: Pointer,
    /// Which way it travels; none where that is not known.
    pub way: Option<Way>,
    /// The type.
    pub value: TypeOf<'o>,
    /// The example.
    pub example: Cow<'o, Value>,
}

/// The type of an example.
pub(super) enum TypeOf<'o> {
    /// A definition of the model.
    Definition(TypeId),
    /// What a body or a response holds.
    Content(&'o Type),
}

impl Case<'_> {
    /// The type. Null is part of the place where a definition is used, not of the definition.
    pub(super) fn to_type(&self) -> Type {
        match self.value {
            TypeOf::Definition(id) if self.example.is_null() => {
                Type::Nullable(Box::new(Type::Named(id)))
            }
            TypeOf::Definition(id) => Type::Named(id),
            TypeOf::Content(value) => value.clone(),
        }
    }

    /// What the document says against the example.
    pub(super) fn contradiction(&self, schemas: &Schemas<'_>) -> Option<String> {
        match self.way {
            Some(way) => schemas.fault(&self.example, &self.schema, way),
            None => schemas.fault_either_way(&self.example, &self.schema),
        }
    }

    /// Takes the example for what its text holds, where it is the text of an object or a list whose schema allows no text: authors write
    /// the body as it comes.
    pub(super) fn read_text(&mut self, schemas: &Schemas<'_>) {
        let Some(text) = self.example.as_str() else {
            return;
        };
        let content = serde_json::from_str::<Value>(text);
        if let Ok(content @ (Value::Object(_) | Value::Array(_))) = content
            && self.contradiction(schemas).is_some()
        {
            self.example = Cow::Owned(content);
        }
    }
}

/// All examples of schemas with a name, of bodies and of responses.
pub(super) fn cases(origin: &Origin) -> Vec<Case<'_>> {
    let document = &origin.document;
    let mut cases = Vec::new();
    for (index, definition) in origin.api.types.iter().enumerate() {
        let Some(schema) = Pointer::parse(&definition.pointer) else {
            continue;
        };
        if !is_readable(&origin.api, &Type::Named(TypeId(index))) {
            continue;
        }
        for (pointer, example) in of_schema(document, &schema) {
            cases.push(Case {
                pointer,
                schema: schema.clone(),
                way: match definition.direction {
                    Direction::Request => Some(Way::Request),
                    Direction::Response => Some(Way::Response),
                    Direction::Both | Direction::Unused => None,
                },
                value: TypeOf::Definition(TypeId(index)),
                example: Cow::Borrowed(example),
            });
        }
    }
    for operation in origin.api.operations() {
        of_operation(origin, operation, &mut cases);
    }
    cases
}

/// `example` and, in a list or by name, `examples`.
fn of_schema<'d>(document: &'d Document, schema: &Pointer) -> Vec<(Pointer, &'d Value)> {
    let mut found = Vec::new();
    let place = schema.push("example");
    if let Some(example) = document.value(&place) {
        found.push((place, example));
    }
    let place = schema.push("examples");
    if let Some(Value::Array(examples)) = document.value(&place) {
        let examples = examples.iter().enumerate();
        found.extend(examples.map(|(index, example)| (place.index(index), example)));
    }
    found
}

/// `example` and `examples` of a media type or a parameter.
pub(super) fn beside_schema<'d>(
    document: &'d Document,
    pointer: &Pointer,
) -> Vec<(Pointer, &'d Value)> {
    let mut found = Vec::new();
    let place = pointer.push("example");
    if let Some(example) = document.value(&place) {
        found.push((place, example));
    }
    for (_, place) in document.members(&pointer.push("examples")) {
        let target = document.resolve(&place).unwrap_or(place);
        let value = target.push("value");
        if let Some(example) = document.value(&value) {
            found.push((value, example));
        }
    }
    found
}

fn of_operation<'o>(origin: &'o Origin, operation: &'o Operation, cases: &mut Vec<Case<'o>>) {
    let document = &origin.document;
    let Some(pointer) = Pointer::parse(&operation.pointer) else {
        return;
    };
    let body = operation.body.as_ref().and_then(|body| {
        let (BodyContent::Json(value) | BodyContent::Form { value, .. }) = &body.content else {
            return None;
        };
        let request = document.resolve(&pointer.push("requestBody")).ok()?;
        Some((request.push("content").push(&body.media_type), value))
    });
    let responses = document
        .members(&pointer.push("responses"))
        .into_iter()
        .filter_map(|(status, place)| {
            let value = response_type(operation, &status)?;
            let target = document.resolve(&place).ok()?;
            Some((json_content(document, &target)?, value))
        });
    let contents = body
        .into_iter()
        .map(|(place, value)| (place, value, Way::Request))
        .chain(responses.map(|(place, value)| (place, value, Way::Response)));
    for (content, value, way) in contents {
        if !is_readable(&origin.api, value) {
            continue;
        }
        for (pointer, example) in beside_schema(document, &content) {
            cases.push(Case {
                pointer,
                schema: content.push("schema"),
                way: Some(way),
                value: TypeOf::Content(value),
                example: Cow::Borrowed(example),
            });
        }
    }
}

/// The content of a response that is read as JSON: exactly JSON before its relatives.
fn json_content(document: &Document, response: &Pointer) -> Option<Pointer> {
    let contents = document.members(&response.push("content"));
    let json = |name: &str| {
        let essence = name.split(';').next().unwrap_or_default().trim();
        essence.ends_with("json") || essence == "*/*"
    };
    let chosen = contents
        .into_iter()
        .filter(|(name, _)| json(name))
        .min_by_key(|(name, _)| (name.contains('*'), name != "application/json"))?;
    Some(chosen.1)
}

/// What the client reads a documented status as.
fn response_type<'o>(operation: &'o Operation, status: &str) -> Option<&'o Type> {
    let range = match status {
        "default" => StatusRange::Default,
        class if class.to_ascii_uppercase().ends_with("XX") => {
            StatusRange::Class(class.get(..1)?.parse().ok()?)
        }
        code => StatusRange::Exact(code.parse().ok()?),
    };
    let of = |responses: &'o [Response]| {
        let response = responses.iter().find(|response| response.status == range)?;
        Some(&response.content)
    };
    let is_success = matches!(range, StatusRange::Exact(200..=299) | StatusRange::Class(2));
    let is_error = matches!(
        range,
        StatusRange::Exact(400..) | StatusRange::Class(4..) | StatusRange::Default
    );
    let content = match (&operation.success, &operation.error) {
        (Success::One(content), _) if is_success => Some(content),
        (Success::Several { responses, .. }, _) if is_success => of(responses),
        (_, ErrorBody::One(content)) if is_error => Some(content),
        (_, ErrorBody::Several { responses, .. }) if is_error => of(responses),
        _ => None,
    };
    match content? {
        ResponseContent::Json(value) => Some(value),
        ResponseContent::Empty | ResponseContent::Text | ResponseContent::Bytes => None,
    }
}
