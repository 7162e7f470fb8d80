//! The requests that a client makes of a document's examples, held against the document.
//!
//! Comes in: the operations of the model, and the requests that were made. Goes out: the arguments to call them with, and what is not as
//! the document says. Must not know: how the client makes requests.

use std::collections::BTreeMap;

use clientsmith::Origin;
use clientsmith::load::{Document, Pointer, SEPARATOR};
use clientsmith::model::{Api, BodyContent, Group, Operation, ParameterPlace, Scalar, Shape, Type};
use clientsmith::outside::is_readable;
use serde_json::{Map, Value, json};
use url::Url;

use super::cases::beside_schema;
use super::program::{BASE, Sent};
use super::same::{compare, shortened};
use super::schema::{Schemas, Way};
use super::synthesis::Synthesis;
use super::wire::{self, Parameter, decoded};

/// A call to be made.
pub(super) struct Call<'o> {
    pub(super) group: &'o Group,
    pub(super) operation: &'o Operation,
    pointer: Pointer,
    parameters: Vec<Argument<'o>>,
    body: Option<Body<'o>>,
}

/// The value of a parameter.
struct Argument<'o> {
    /// The index among the parameters of the model.
    index: usize,
    /// The place of the parameter object.
    pointer: Pointer,
    /// The place of its schema.
    schema: Pointer,
    object: &'o Value,
    value: Value,
    /// Whether the client takes any text: outside JSON, a number is its text.
    is_text: bool,
    /// Why the value does not satisfy the schema, where none could be made that does.
    fault: Option<String>,
}

/// The value of a body.
struct Body<'o> {
    /// The place of the media type object.
    content: Pointer,
    /// The type; none of text and bytes, and where there are files.
    of: Option<&'o Type>,
    /// Whether the caller gives text or bytes, which are sent as they are.
    is_raw: bool,
    value: Value,
    fault: Option<String>,
}

/// What is not right with a request.
pub(super) struct Wrong {
    pub(super) pointer: Pointer,
    pub(super) expected: String,
    pub(super) got: String,
}

impl Call<'_> {
    /// Why the client may refuse an argument, by the error that it gives: no value of it could be made that its own schema allows.
    pub(super) fn contradiction(&self, error: &str) -> Option<String> {
        let (name, _) = error.split_once(':')?;
        if name == "body" {
            return self.body.as_ref()?.fault.clone();
        }
        let index: usize = name.strip_prefix("argument_")?.parse().ok()?;
        let refused = self
            .parameters
            .iter()
            .find(|argument| argument.index == index);
        match refused {
            Some(argument) => argument.fault.clone(),
            None => Some("the parameter has no schema to make a value of".to_owned()),
        }
    }

    pub(super) fn pointer(&self) -> &Pointer {
        &self.pointer
    }

    /// The arguments as JSON, by the names that the program knows them by.
    pub(super) fn arguments(&self) -> BTreeMap<String, String> {
        let parameters = self.parameters.iter().map(|argument| {
            let name = format!("argument_{}", argument.index);
            let value = &argument.value;
            let is_number_or_flag = value.is_number() || value.is_boolean();
            if argument.is_text && is_number_or_flag {
                return (name, Value::String(value.to_string()).to_string());
            }
            (name, value.to_string())
        });
        let body = self
            .body
            .iter()
            .map(|body| ("body".to_owned(), body.value.to_string()));
        parameters.chain(body).collect()
    }
}

/// The calls of all operations, with values for all arguments that the document has something to say about.
pub(super) fn calls<'o>(origin: &'o Origin, schemas: &Schemas<'o>) -> Vec<Call<'o>> {
    let synthesis = Synthesis {
        document: &origin.document,
        schemas,
    };
    let groups = origin.api.groups.iter();
    let all = groups.flat_map(|group| {
        let operations = group.operations.iter();
        operations.map(move |operation| (group, operation))
    });
    all.filter_map(|(group, operation)| {
        let pointer = Pointer::parse(&operation.pointer)?;
        let parameters = operation.parameters.iter().enumerate();
        let parameters = parameters
            .filter_map(|(index, parameter)| {
                let place = parameter_of(
                    &origin.document,
                    &pointer,
                    &parameter.wire_name,
                    parameter.place,
                )?;
                let mut argument = argument(&origin.document, &synthesis, index, place)?;
                argument.is_text = is_text(&origin.api, &parameter.value);
                Some(argument)
            })
            .collect();
        Some(Call {
            group,
            operation,
            body: body(origin, &synthesis, operation, &pointer),
            pointer,
            parameters,
        })
    })
    .collect()
}

/// The parameter objects of an operation, those of its path item among them unless it has its own.
fn parameter_places(document: &Document, operation: &Pointer) -> Vec<Pointer> {
    let of = |place: &Pointer| {
        let place = place.push("parameters");
        let count = document
            .value(&place)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        (0..count).map(move |index| place.index(index))
    };
    let own = of(operation);
    let shared = operation.parent().map(|item| of(&item));
    own.chain(shared.into_iter().flatten())
        .filter_map(|place| document.resolve(&place).ok())
        .collect()
}

fn parameter_of(
    document: &Document,
    operation: &Pointer,
    name: &str,
    place: ParameterPlace,
) -> Option<Pointer> {
    let place = match place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    };
    parameter_places(document, operation)
        .into_iter()
        .find(|pointer| {
            let says = |key: &str, text: &str| {
                let object = document.value(pointer);
                object.is_some_and(|object| object.get(key).and_then(Value::as_str) == Some(text))
            };
            says("name", name) && says("in", place)
        })
}

fn argument<'o>(
    document: &'o Document,
    synthesis: &Synthesis<'_, '_>,
    index: usize,
    pointer: Pointer,
) -> Option<Argument<'o>> {
    let object = document.value(&pointer)?;
    let content = document
        .members(&pointer.push("content"))
        .into_iter()
        .next();
    let (schema, beside) = match &content {
        Some((_, content)) => (content.push("schema"), content.clone()),
        None => (pointer.push("schema"), pointer.clone()),
    };
    let place = object.get("in").and_then(Value::as_str);
    let (in_path, in_header) = (place == Some("path"), place == Some("header"));
    let is_usable = |value: &Value| {
        synthesis.fits(value, &schema) && !(in_path && value.as_str().is_some_and(is_a_step))
    };
    let examples = beside_schema(document, &pointer)
        .into_iter()
        .chain(beside_schema(document, &beside))
        .map(|(_, example)| example.clone());
    let value = examples
        .chain(synthesis.shown(&schema))
        .find(|value| is_usable(value))
        .unwrap_or_else(|| match synthesis.value(&schema) {
            value if in_header && content.is_none() => without_commas(value),
            value => value,
        });
    let fault = synthesis.schemas.fault(&value, &schema, Way::Request);
    let is_required = object.get("required") == Some(&Value::Bool(true)) || in_path;
    if !is_required && (fault.is_some() || value.is_null()) {
        return None;
    }
    Some(Argument {
        index,
        pointer,
        schema,
        object,
        value,
        is_text: false,
        fault,
    })
}

/// The value as a header can hold it: nothing is encoded there, so that a comma in a part would end the part.
fn without_commas(value: Value) -> Value {
    let part = |part: Value| match part {
        Value::String(text) => Value::String(text.replace(',', "")),
        other => other,
    };
    match value {
        Value::Array(items) => items.into_iter().map(part).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(key, member)| (key, part(member))).collect()
        }
        other => other,
    }
}

fn is_text(api: &Api, value: &Type) -> bool {
    match value.bare() {
        Type::Scalar(Scalar::String) => true,
        Type::Named(id) => match &api.definition(*id).shape {
            Shape::Alias(target) => is_text(api, target),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a path would not be the same with this text for a segment.
fn is_a_step(text: &str) -> bool {
    matches!(text, "" | "." | "..")
}

/// Where the document describes a body of this media type: under its name, or under a range such as `*/*` that holds it.
fn content_of(document: &Document, request: &Pointer, media_type: &str) -> Pointer {
    let contents = request.push("content");
    let holds = |range: &str| {
        range == "*/*"
            || range
                .strip_suffix('*')
                .is_some_and(|start| media_type.starts_with(start))
    };
    let named = contents.push(media_type);
    if document.value(&named).is_some() {
        return named;
    }
    let ranges = document.members(&contents);
    let range = ranges.into_iter().find(|(name, _)| holds(name));
    range.map_or(named, |(_, pointer)| pointer)
}

fn body<'o>(
    origin: &'o Origin,
    synthesis: &Synthesis<'_, '_>,
    operation: &'o Operation,
    pointer: &Pointer,
) -> Option<Body<'o>> {
    let body = operation.body.as_ref()?;
    let request = origin.document.resolve(&pointer.push("requestBody")).ok()?;
    let content = content_of(&origin.document, &request, &body.media_type);
    let of = body.content.value();
    if matches!(body.content, BodyContent::Text | BodyContent::Bytes) {
        return Some(Body {
            content,
            of: None,
            is_raw: true,
            value: json!("some text"),
            fault: None,
        });
    }
    let schema = content.push("schema");
    let examples = beside_schema(&origin.document, &content).into_iter();
    let value = examples
        .map(|(_, example)| example.clone())
        .find(|value| synthesis.fits(value, &schema))
        .unwrap_or_else(|| synthesis.value(&schema));
    let fault = synthesis.schemas.fault(&value, &schema, Way::Request);
    Some(Body {
        content,
        of: of.filter(|of| is_readable(&origin.api, of)),
        is_raw: false,
        value,
        fault,
    })
}

/// The first thing about a request that is not as the document says.
pub(super) fn judge(
    origin: &Origin,
    schemas: &Schemas<'_>,
    call: &Call<'_>,
    sent: &Sent,
) -> Result<(), Wrong> {
    let operation = call.operation;
    let wrong = |pointer: &Pointer, expected: &str, got: &str| Wrong {
        pointer: pointer.clone(),
        expected: expected.to_owned(),
        got: got.to_owned(),
    };
    if sent.method != operation.method.as_str() {
        let expected = operation.method.as_str();
        return Err(wrong(&call.pointer, expected, &sent.method));
    }
    let url =
        Url::parse(&sent.url).map_err(|error| wrong(&call.pointer, "a URL", &error.to_string()))?;
    let Some(path) = path_of(&call.pointer, operation, &url) else {
        return Err(wrong(&call.pointer, &operation.path, url.path()));
    };
    for argument in &call.parameters {
        let Some(parameter) = Parameter::read(argument.object) else {
            continue;
        };
        let Some(of) = operation.parameters.get(argument.index) else {
            continue;
        };
        if is_hollow(&argument.value) {
            continue;
        }
        let got = wire::value(&parameter, &url, &path, &sent.headers, &argument.value);
        let expected = shortened(&argument.value);
        let Some(got) = got else {
            return Err(wrong(
                &argument.pointer,
                &expected,
                &format!("nothing in {}", sent.url),
            ));
        };
        let got = without_nulls(got, &argument.value);
        compare(&origin.api, &of.value, &argument.value, &got)
            .map_err(|difference| wrong(&argument.pointer, &expected, &difference.0))?;
        if argument.fault.is_none()
            && let Some(fault) = schemas.fault(&got, &argument.schema, Way::Request)
        {
            return Err(wrong(&argument.pointer, "a valid value", &fault));
        }
    }
    let Some(body) = &call.body else {
        return Ok(());
    };
    let content_type = sent.headers.iter().find(|(name, _)| name == "content-type");
    let content_type = content_type.map_or("", |(_, value)| value.as_str());
    if !is_declared(&origin.document, &body.content, content_type) {
        return Err(wrong(
            &body.content,
            "a declared Content-Type",
            content_type,
        ));
    }
    let got = read_body(&origin.document, body, content_type, &sent.body)
        .map_err(|fault| wrong(&body.content, &shortened(&body.value), &fault))?;
    if let (Some(of), Some(got)) = (body.of, got) {
        compare(&origin.api, of, &body.value, &got)
            .map_err(|difference| wrong(&body.content, &shortened(&body.value), &difference.0))?;
        if body.fault.is_none()
            && let Some(fault) = schemas.fault(&got, &body.content.push("schema"), Way::Request)
        {
            return Err(wrong(&body.content, "a valid body", &fault));
        }
    }
    Ok(())
}

/// A value that is sent as nothing at all.
fn is_hollow(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Null in a property has no form outside JSON: it may be read as anything, and is taken as gone.
fn without_nulls(got: Value, given: &Value) -> Value {
    match (got, given) {
        (Value::Object(mut got), Value::Object(given)) => {
            got.retain(|key, _| !given.get(key).is_some_and(Value::is_null));
            Value::Object(got)
        }
        (got, _) => got,
    }
}

/// The raw texts of the path's placeholders; none where the path is another one.
fn path_of(pointer: &Pointer, operation: &Operation, url: &Url) -> Option<Vec<(String, String)>> {
    // The template as the document has it, where the pointer tells.
    let template = pointer.parent().and_then(|item| item.last());
    let template = template.filter(|template| template.starts_with('/'));
    let template = template.as_deref().unwrap_or(&operation.path);
    let template = template.split(['?', '#']).next().unwrap_or_default();
    let base = Url::parse(BASE).ok()?;
    if operation.server.is_none() {
        return wire::path_values(template, url.path().strip_prefix(base.path())?);
    }
    // An operation with a server of its own has a path in front that is not looked at here.
    let starts = url.path().match_indices('/').map(|(index, _)| index);
    starts
        .filter_map(|start| url.path().get(start..))
        .find_map(|path| wire::path_values(template, path))
}

fn is_declared(document: &Document, content: &Pointer, content_type: &str) -> bool {
    let essence = |text: &str| {
        let essence = text.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    };
    let Some(contents) = content.parent() else {
        return false;
    };
    document.members(&contents).iter().any(|(name, _)| {
        name.contains('*') && !content_type.is_empty() || essence(name) == essence(content_type)
    })
}

/// The body as JSON; none where it is no JSON, form or multipart body.
fn read_body(
    document: &Document,
    body: &Body<'_>,
    content_type: &str,
    text: &str,
) -> Result<Option<Value>, String> {
    if body.is_raw {
        return match text == body.value.as_str().unwrap_or_default() {
            true => Ok(None),
            false => Err(text.chars().take(80).collect()),
        };
    }
    if content_type.starts_with("application/x-www-form-urlencoded") {
        return Ok(Some(form(document, body, text)));
    }
    if content_type.starts_with("multipart/") {
        return multipart(document, body, content_type, text).map(Some);
    }
    serde_json::from_str(text)
        .map(Some)
        .map_err(|error| error.to_string())
}

/// A form by the `encoding` of the media type; without one, lists are a field for each item, and objects are JSON.
fn form(document: &Document, body: &Body<'_>, text: &str) -> Value {
    let pairs = wire::pairs(text);
    let mut members = Map::new();
    for (key, like) in body.value.as_object().into_iter().flatten() {
        let encoding = document.value(&body.content.push("encoding").push(key));
        let said = |key: &str| encoding.and_then(|encoding| encoding.get(key));
        let style = said("style").and_then(Value::as_str);
        let media_type = said("contentType").and_then(Value::as_str);
        let is_json = style.is_none()
            && (media_type.is_some_and(|media_type| media_type.contains("json"))
                || (like.is_object() && media_type.is_none()));
        let explode = said("explode").and_then(Value::as_bool);
        let separator = said(SEPARATOR).and_then(Value::as_str);
        let explodes = separator.is_none() && matches!(style, None | Some("form" | "deepObject"));
        let parameter = Parameter {
            name: key,
            place: "query",
            style: style.unwrap_or("form"),
            explode: explode.unwrap_or(explodes),
            is_json,
            separator,
        };
        if let Some(value) = wire::of_pairs(&parameter, &pairs, like, true)
            && !(like.is_object() && is_hollow(&value) && !is_hollow(like))
        {
            members.insert(key.clone(), value);
        } else if is_hollow(like) {
            members.insert(key.clone(), like.clone());
        }
    }
    Value::Object(members)
}

/// The parts that are no files, by their names.
fn multipart(
    document: &Document,
    body: &Body<'_>,
    content_type: &str,
    text: &str,
) -> Result<Value, String> {
    let boundary = content_type
        .split_once("boundary=")
        .map(|(_, rest)| rest.trim_matches('"'));
    let boundary = boundary.ok_or("no boundary")?;
    let mut members: Map<String, Value> = Map::new();
    let delimiter = format!("--{boundary}");
    let parts = text.split(delimiter.as_str()).skip(1);
    for part in parts.take_while(|part| !part.starts_with("--")) {
        let (head, content) = part.split_once("\r\n\r\n").ok_or("a part without a head")?;
        let name = head
            .split_once("name=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let name = decoded(name.ok_or("a part without a name")?.0, false);
        let content = content.strip_suffix("\r\n").unwrap_or(content);
        let like = body.value.get(&name).unwrap_or(&Value::Null);
        let encoding = body.content.push("encoding").push(&name);
        let separator = document.value(&encoding.push(SEPARATOR));
        match (like, separator.and_then(Value::as_str)) {
            (Value::Array(items), Some(separator)) => {
                let like = items.first().unwrap_or(&Value::Null);
                let items = content.split(separator).map(|item| wire::leaf(item, like));
                members.insert(name, items.collect());
            }
            // A part for each item.
            (Value::Array(items), None) if !content.starts_with('[') => {
                let item = wire::leaf(content, items.first().unwrap_or(&Value::Null));
                let list = members.entry(name).or_insert_with(|| json!([]));
                if let Value::Array(list) = list {
                    list.push(item);
                }
            }
            (like, _) => {
                members.insert(name, wire::leaf(content, like));
            }
        }
    }
    for (key, like) in body.value.as_object().into_iter().flatten() {
        if is_hollow(like) {
            members.entry(key).or_insert_with(|| like.clone());
        }
    }
    Ok(Value::Object(members))
}
