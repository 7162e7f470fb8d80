//! The pieces of a document, parsed: schemas, operations, parameters and so on, each by its place.
//!
//! Every piece is asked for at any pointer to it: references are followed first. A piece that cannot be read costs only itself.

use openapiv3 as openapi;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::shape::Table;
use super::{
    Dialect, Document, openapi31, references, schema,
    shape::{Form, Shaper, kind},
    tables::{self, SCHEMA},
};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// The key under which a parameter says that it is a cookie of the style `cookie` (OpenAPI 3.2), for which OpenAPI 3.0 has no word.
pub const COOKIE_AS_IT_IS: &str = "x-clientsmith-cookie-as-it-is";

/// A result in which the error is one lost piece.
pub type Piece<T> = Result<T, Diagnostic>;

impl Document {
    /// The schema at `pointer`. Every schema within it (`properties`, `items`, `additionalProperties`, `allOf`, `anyOf`, `oneOf`, `not`)
    /// is a reference to its place, whether it is written there or is a reference itself.
    ///
    /// # Errors
    ///
    /// CS03xx where a reference leads nowhere, CS0208 where there is no object, CS0209 where the parser refuses it.
    pub fn schema(&self, pointer: &Pointer) -> Piece<openapi::Schema> {
        let (place, value) = self.resolved(pointer)?;
        let shaper = self.shaper();
        let shaped = match value {
            Value::Object(object) if is_parameter(object) => {
                // A parameter in the form of Swagger 2.0: what is not a keyword of schemas is the parameter's own.
                let own = |key: &str| {
                    SCHEMA.keys.iter().any(|(name, _)| *name == key)
                        && !matches!(key, "required" | "description")
                };
                schema::shape(shaper, &only(object, own), &place)?
            }
            Value::Object(object) => {
                if !references::siblings_count(self, &place, value) {
                    return parse("schema", schema::shape(shaper, object, &place)?, &place);
                }
                // Here the reference is one of several things that the schema says.
                let mut shaped = if self.dialect() >= Dialect::OpenApi31 {
                    schema::shape(shaper, object, &place)?
                } else {
                    let counts =
                        |key: &str| references::counts_beside_reference(self.dialect(), key);
                    schema::shape(shaper, &only(object, counts), &place)?
                };
                let target = references::target_of(self, &place, value)?;
                openapi31::all_of(&mut shaped, &target);
                shaped
            }
            // A key without a value in YAML, and `true` of OpenAPI 3.1: any value.
            Value::Null | Value::Bool(true) => Map::new(),
            Value::Bool(false) => openapi31::never(),
            other => return Err(not_an_object("schema", Some(other), &place)),
        };
        parse("schema", shaped, &place)
    }

    /// The path item at `pointer`, without its operations (see [`Document::operations`]); its parameters are references to their places.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn path_item(&self, pointer: &Pointer) -> Piece<openapi::PathItem> {
        self.piece(&tables::PATH_ITEM, pointer)
    }

    /// The operation at `pointer`. Its parameters, request body and responses are references to their places. Its callbacks are left
    /// out: see [`Document::members`].
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn operation(&self, pointer: &Pointer) -> Piece<openapi::Operation> {
        let place = self.resolve(pointer)?;
        let mut shaped = self.shaped(&tables::OPERATION, &place)?;
        self.responses(&mut shaped, &place);
        parse(tables::OPERATION.what, shaped, &place)
    }

    /// The parameter at `pointer`; its schema is a reference to its place.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`], and CS0207 where it has no `name` or `in`.
    pub fn parameter(&self, pointer: &Pointer) -> Piece<openapi::Parameter> {
        let place = self.resolve(pointer)?;
        let mut shaped = self.shaped(&tables::PARAMETER, &place)?;
        schema::of_parameter(self.shaper(), &mut shaped, "parameter", &place);
        if shaped.get("in").and_then(Value::as_str) == Some("querystring") {
            shaped.insert("in".to_owned(), "query".into());
        }
        self.style(&mut shaped, &place);
        parse(tables::PARAMETER.what, shaped, &place)
    }

    /// The header at `pointer`; its schema is a reference to its place.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn header(&self, pointer: &Pointer) -> Piece<openapi::Header> {
        let place = self.resolve(pointer)?;
        let mut shaped = self.shaped(&tables::HEADER, &place)?;
        schema::of_parameter(self.shaper(), &mut shaped, "header", &place);
        parse(tables::HEADER.what, shaped, &place)
    }

    /// The request body at `pointer`; the schemas of its media types are references to their places.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn request_body(&self, pointer: &Pointer) -> Piece<openapi::RequestBody> {
        self.piece(&tables::REQUEST_BODY, pointer)
    }

    /// The response at `pointer`; its headers, links and the schemas of its media types are references to their places.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn response(&self, pointer: &Pointer) -> Piece<openapi::Response> {
        self.piece(&tables::RESPONSE, pointer)
    }

    /// The media type at `pointer`; its schema is a reference to its place.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn media_type(&self, pointer: &Pointer) -> Piece<openapi::MediaType> {
        self.piece(&tables::MEDIA_TYPE, pointer)
    }

    /// The named example at `pointer`.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn example(&self, pointer: &Pointer) -> Piece<openapi::Example> {
        self.piece(&tables::EXAMPLE, pointer)
    }

    /// The link at `pointer`.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn link(&self, pointer: &Pointer) -> Piece<openapi::Link> {
        self.piece(&tables::LINK, pointer)
    }

    /// The security scheme at `pointer`.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn security_scheme(&self, pointer: &Pointer) -> Piece<openapi::SecurityScheme> {
        let place = self.resolve(pointer)?;
        let object = self.object("security scheme", &place)?;
        if object.get("type").and_then(Value::as_str) == Some("basic") {
            // The form of Swagger 2.0.
            let mut basic = object.clone();
            basic.insert("type".to_owned(), "http".into());
            basic.insert("scheme".to_owned(), "basic".into());
            self.shaper().converted(
                &object["type"],
                "`http` with the scheme `basic`",
                &place.push("type"),
            );
            return parse("security scheme", basic, &place);
        }
        self.piece(&tables::SECURITY_SCHEME, &place)
    }

    /// Whether the security scheme at `pointer` is a certificate of the client, for which the parser has no form.
    #[must_use]
    pub fn is_certificate(&self, pointer: &Pointer) -> bool {
        let place = self.resolve(pointer).unwrap_or_else(|_| pointer.clone());
        self.value(&place.push("type")).and_then(Value::as_str) == Some("mutualTLS")
    }

    /// The info object; empty where there is none.
    ///
    /// # Errors
    ///
    /// As [`Document::schema`].
    pub fn info(&self) -> Piece<openapi::Info> {
        let place = Pointer::root().push("info");
        let empty = Map::new();
        let object = self
            .value(&place)
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let shaped = self.shaper().object(&tables::INFO, object, &place)?;
        parse(tables::INFO.what, shaped, &place)
    }

    /// The servers of the whole document. Those of path items and operations are part of these.
    #[must_use]
    pub fn servers(&self) -> Vec<openapi::Server> {
        self.top("servers", Form::ObjectList(&tables::SERVER))
    }

    /// The tags that the document describes, in its order.
    #[must_use]
    pub fn tags(&self) -> Vec<openapi::Tag> {
        self.top("tags", Form::ObjectList(&tables::TAG))
    }

    /// What the operations of the document ask for unless they say otherwise: one of the requirements, each a set of security schemes
    /// with their scopes.
    #[must_use]
    pub fn security(&self) -> Vec<openapi::SecurityRequirement> {
        self.top("security", Form::Requirements)
    }

    /// A member of the top of the document; empty where it is missing or cannot be read.
    fn top<T: DeserializeOwned + Default>(&self, key: &str, form: Form) -> T {
        let place = Pointer::root().push(key);
        let shaped = self
            .value(&place)
            .and_then(|value| self.shaper().value(form, value, &place));
        let Some(shaped) = shaped else {
            return T::default();
        };
        T::deserialize(shaped).unwrap_or_else(|error| {
            self.say(unreadable(key, &error, &place));
            T::default()
        })
    }

    fn shaper(&self) -> Shaper<'_> {
        Shaper { document: self }
    }

    fn object(&self, what: &str, place: &Pointer) -> Piece<&Map<String, Value>> {
        match self.value(place) {
            Some(Value::Object(object)) => Ok(object),
            other => Err(not_an_object(what, other, place)),
        }
    }

    fn shaped(&self, table: &Table, place: &Pointer) -> Piece<Map<String, Value>> {
        self.shaper()
            .object(table, self.object(table.what, place)?, place)
    }

    fn piece<T: DeserializeOwned>(&self, table: &Table, pointer: &Pointer) -> Piece<T> {
        let place = self.resolve(pointer)?;
        parse(table.what, self.shaped(table, &place)?, &place)
    }

    /// Leaves only what the parser takes for status codes.
    fn responses(&self, shaped: &mut Map<String, Value>, place: &Pointer) {
        let place = place.push("responses");
        match shaped.get_mut("responses") {
            Some(Value::Object(responses)) => responses.retain(|status, _| {
                let known = status == "default" || status.starts_with("x-") || is_status(status);
                if !known {
                    let message = format!("{} is no status code, no range such as `4XX` and not `default`; it is left out", quoted(status));
                    self.say(Diagnostic::warning(Code::UnknownKey, message).at(&place.push(status)));
                }
                known
            }),
            _ => {
                shaped.insert("responses".to_owned(), Value::Object(Map::new()));
            }
        }
    }

    /// Leaves out a style that parameters of this location cannot have.
    fn style(&self, shaped: &mut Map<String, Value>, place: &Pointer) {
        let (Some(Value::String(location)), Some(Value::String(style))) =
            (shaped.get("in"), shaped.get("style"))
        else {
            return;
        };
        let styles: &[&str] = match location.as_str() {
            "path" => &["simple", "label", "matrix"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            _ => &["form"],
        };
        if (location.as_str(), style.as_str()) == ("cookie", "cookie")
            && self.dialect() >= Dialect::OpenApi32
        {
            shaped.shift_remove("style");
            shaped.insert(COOKIE_AS_IT_IS.to_owned(), Value::Bool(true));
        } else if !styles.contains(&style.as_str()) {
            let message = format!(
                "a {location} parameter cannot have the style {}; `{}` is used",
                quoted(style),
                styles[0]
            );
            self.say(Diagnostic::warning(Code::WrongType, message).at(&place.push("style")));
            shaped.shift_remove("style");
        }
    }
}

fn is_status(text: &str) -> bool {
    match text.as_bytes() {
        [hundreds @ b'1'..=b'9', rest @ ..] if rest.len() == 2 => {
            rest.iter().all(u8::is_ascii_digit)
                || (hundreds <= &b'5' && rest.eq_ignore_ascii_case(b"xx"))
        }
        _ => false,
    }
}

fn is_parameter(object: &Map<String, Value>) -> bool {
    ["name", "in"]
        .iter()
        .all(|key| object.get(*key).is_some_and(Value::is_string))
        && !object.contains_key("schema")
}

/// The members of an object whose keys are wanted.
fn only(object: &Map<String, Value>, is_wanted: impl Fn(&str) -> bool) -> Map<String, Value> {
    object
        .iter()
        .filter(|(key, _)| is_wanted(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn parse<T: DeserializeOwned>(what: &str, shaped: Map<String, Value>, place: &Pointer) -> Piece<T> {
    T::deserialize(Value::Object(shaped)).map_err(|error| unreadable(what, &error, place))
}

fn unreadable(what: &str, error: &serde_json::Error, place: &Pointer) -> Diagnostic {
    Diagnostic::warning(
        Code::Unreadable,
        format!("the {what} cannot be read: {error}"),
    )
    .at(place)
}

fn not_an_object(what: &str, value: Option<&Value>, place: &Pointer) -> Diagnostic {
    let found = value.map_or("nothing", kind);
    Diagnostic::warning(
        Code::NotAnObject,
        format!("the {what} is {found} and is left out: it should be an object"),
    )
    .at(place)
}
