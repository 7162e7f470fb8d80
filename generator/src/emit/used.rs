//! What an API uses of the parts that not every API needs: of the runtime, and of the crates behind types.
//!
//! Comes in: the model. Goes out: [`Used`]. Must not know: which files of the runtime a part is.

use super::types::Form;
use crate::model::{
    Additional, Api, BodyContent, EnumerationValues, ErrorBody, Framing, Method, Operation,
    ParameterStyle, ResponseContent, Scalar, Shape, Success, Type,
};

/// What the model uses of the parts that not every API needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) uuid: bool,
    pub(crate) time: bool,
    tuple: bool,
    ip: bool,
    forms: bool,
    multipart: bool,
    styles: bool,
    pub(super) one_or_many: bool,
    pub(super) paging: bool,
    pub(super) polling: bool,
    constraints: bool,
    extension_methods: bool,
    pub(super) response_headers: bool,
    pub(super) events: bool,
    pub(super) records: bool,
    /// Streams that are an operation's only answer.
    pub(super) only_streams: bool,
    pub(super) base64: bool,
    pub(super) files: bool,
    pub(super) file_or: bool,
    pub(super) three_states: bool,
    pub(super) unknown_texts: bool,
    pub(super) unknown_integers: bool,
}

impl Used {
    /// What `api` uses.
    pub(crate) fn of(api: &Api) -> Self {
        let mut used = Used {
            constraints: !api.limits.is_empty(),
            ..Used::default()
        };
        for definition in &api.types {
            match &definition.shape {
                Shape::Object(shape) => {
                    for field in &shape.fields {
                        used.note(&field.value);
                        used.three_states |= Form::of(definition, field) == Form::ThreeState;
                    }
                    if let Additional::Kept { value, .. } = &shape.additional {
                        used.note(value);
                    }
                }
                Shape::Enumeration(shape) => match shape.values {
                    EnumerationValues::Strings(_) => used.unknown_texts = true,
                    EnumerationValues::Integers(_) => used.unknown_integers = true,
                },
                Shape::Union(shape) => {
                    for variant in &shape.variants {
                        used.note(&variant.value);
                    }
                }
                Shape::Alias(target) => used.note(target),
            }
        }
        for webhook in &api.webhooks {
            used.note(&webhook.payload);
        }
        for operation in api.operations() {
            used.note_operation(operation);
        }
        used
    }

    fn note_operation(&mut self, operation: &Operation) {
        self.extension_methods |= matches!(operation.method, Method::Other(_));
        self.paging |= operation.paging.is_some();
        self.polling |= operation.polling.is_some();
        for parameter in &operation.parameters {
            self.note(&parameter.value);
            self.styles |= matches!(parameter.style, ParameterStyle::Styled { .. });
            self.one_or_many |= parameter.takes_one;
        }
        if let Some(body) = &operation.body {
            self.note_body(&body.content);
        }
        for header in &operation.headers {
            self.response_headers = true;
            self.note(&header.value);
        }
        let mut contents = Vec::new();
        if let Some(stream) = &operation.stream {
            contents.push(&stream.item);
            self.only_streams |= stream.is_only;
            match stream.framing {
                Framing::Events => self.events = true,
                Framing::Records => self.records = true,
            }
        }
        match &operation.success {
            Success::One(content) => contents.push(content),
            Success::Several { responses, .. } => {
                contents.extend(responses.iter().map(|response| &response.content));
            }
        }
        match &operation.error {
            ErrorBody::None => {}
            ErrorBody::One(content) => contents.push(content),
            ErrorBody::Several { responses, .. } => {
                contents.extend(responses.iter().map(|response| &response.content));
            }
        }
        for content in contents {
            if let ResponseContent::Json(value) = content {
                self.note(value);
            }
        }
    }

    fn note_body(&mut self, content: &BodyContent) {
        match content {
            BodyContent::Form { .. } => self.forms = true,
            BodyContent::Multipart { .. } => self.multipart = true,
            BodyContent::Json(_) | BodyContent::Text | BodyContent::Bytes => {}
        }
        if let Some(value) = content.value() {
            self.note(value);
        }
    }

    fn note(&mut self, value: &Type) {
        match value {
            Type::Scalar(Scalar::Uuid) => self.uuid = true,
            Type::Scalar(Scalar::DateTime | Scalar::Date) => self.time = true,
            Type::Scalar(Scalar::Base64) => self.base64 = true,
            Type::Scalar(Scalar::Ipv4 | Scalar::Ipv6) => self.ip = true,
            Type::Scalar(Scalar::File) => self.files = true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                self.note(inner);
            }
            Type::FileOr(inner) => {
                (self.files, self.file_or) = (true, true);
                self.note(inner);
            }
            Type::Tuple(items) => {
                self.tuple = true;
                items.iter().for_each(|item| self.note(item));
            }
            Type::Scalar(_) | Type::Named(_) | Type::Any => {}
        }
    }

    /// The parts of the runtime that not every API needs and this one does.
    pub(crate) fn parts(self) -> Vec<&'static str> {
        [
            ("constraints", self.constraints),
            ("extension_method", self.extension_methods),
            ("form", self.forms),
            ("ip", self.ip),
            ("multipart", self.multipart || self.files),
            ("one_or_many", self.one_or_many),
            ("paging", self.paging),
            ("polling", self.polling),
            ("response_header", self.response_headers),
            ("stream", self.has_streams()),
            ("style", self.styles),
            ("time", self.time),
            ("tuple", self.tuple),
            ("uuid", self.uuid),
        ]
        .into_iter()
        .filter_map(|(part, is_used)| is_used.then_some(part))
        .collect()
    }

    pub(super) fn has_streams(self) -> bool {
        self.events || self.records
    }

    /// The crates behind types that not every API has.
    fn optional_crates(self) -> impl Iterator<Item = &'static str> {
        let time = self.time.then_some("time");
        let uuid = self.uuid.then_some("uuid");
        time.into_iter().chain(uuid)
    }

    /// The crates behind types of signatures.
    pub(super) fn crates(self) -> impl Iterator<Item = &'static str> {
        ["serde_json"].into_iter().chain(self.optional_crates())
    }
}
