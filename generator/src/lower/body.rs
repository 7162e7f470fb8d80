//! Request bodies: one media type is chosen, JSON if there is one, and its content becomes a type, text or bytes.

use openapiv3::RequestBody;

use super::media_type::{Chosen, Family};
use super::{Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Body, BodyContent, Documentation, Type};

impl Lowering<'_> {
    /// The body at `pointer`, for the operation called `operation` at `operation_pointer`.
    pub(super) fn body(
        &mut self,
        pointer: &Pointer,
        operation: &str,
        operation_pointer: &Pointer,
    ) -> Option<Body> {
        let target = self.resolve(pointer);
        let body = self.kept(self.document.request_body(&target))?;
        let RequestBody {
            description,
            content,
            required,
            extensions: _,
        } = &body;
        let contents = target.push("content");
        let chosen = self.choose_to_send(content, &contents)?;
        self.report_others(content.keys(), &chosen.media_type, &contents);
        if let Some(schema) = chosen
            .schema
            .as_ref()
            .filter(|schema| schema.is_within(operation_pointer))
        {
            self.give_name(&schema.clone(), format!("{operation} body"));
        }
        let schema = chosen.schema.clone();
        let (media_type, content) = self.body_content(chosen, &contents);
        let limits = schema
            .filter(|_| content.value().is_some())
            .and_then(|schema| self.checked_limits(&schema));
        Some(Body {
            required: *required,
            media_type,
            content,
            limits,
            documentation: Documentation {
                description: documentation::said(description.as_deref()),
                ..Documentation::default()
            },
        })
    }

    fn body_content(&mut self, mut chosen: Chosen, contents: &Pointer) -> (String, BodyContent) {
        let place = contents.push(&chosen.media_type);
        self.drop_encodings_of_nothing(&mut chosen, &place);
        self.report_unused_encodings(&chosen, &place);
        match chosen.family {
            Family::Form if self.has_properties(&chosen) => {
                let styles = self.form_styles(&chosen, &place);
                let value = self.value_type(chosen.schema);
                return (chosen.media_type, BodyContent::Form { value, styles });
            }
            Family::Multipart
                if is_form_data(&chosen.media_type) && self.has_properties(&chosen) =>
            {
                let media_types = self.part_media_types(&chosen, &place);
                let value = match &chosen.schema {
                    Some(schema) => self.multipart_type(schema),
                    None => Type::Any,
                };
                return (
                    chosen.media_type,
                    BodyContent::Multipart { value, media_types },
                );
            }
            _ => {}
        }
        let Chosen {
            media_type,
            family,
            schema,
            encodings: _,
        } = chosen;
        match family {
            Family::Json => {
                let value = self.value_type(schema);
                let media_type = if media_type.contains('*') {
                    "application/json".to_owned()
                } else {
                    media_type
                };
                (media_type, BodyContent::Json(value))
            }
            Family::Text => (concrete(media_type, "text/plain"), BodyContent::Text),
            Family::Bytes | Family::Anything => (
                concrete(media_type, "application/octet-stream"),
                BodyContent::Bytes,
            ),
            Family::Form | Family::Xml => {
                self.report_encoding(&media_type, &place);
                (media_type, BodyContent::Text)
            }
            Family::Multipart | Family::Stream => {
                self.report_encoding(&media_type, &place);
                (media_type, BodyContent::Bytes)
            }
        }
    }

    fn value_type(&mut self, schema: Option<Pointer>) -> Type {
        schema.map_or(Type::Any, |schema| self.type_of(&[schema]))
    }

    /// Whether there are properties to be written as fields or parts, or there may be.
    fn has_properties(&mut self, chosen: &Chosen) -> bool {
        let schema = chosen.schema.as_ref();
        schema.is_none_or(|schema| self.may_have_properties(schema))
    }

    /// A request is sent in one way: the others are no loss, but somebody may look for them.
    fn report_others<'n>(
        &mut self,
        names: impl Iterator<Item = &'n String>,
        chosen: &str,
        contents: &Pointer,
    ) {
        let others: Vec<String> = names
            .filter(|name| *name != chosen)
            .map(|name| quoted(name).to_string())
            .collect();
        if others.is_empty() {
            return;
        }
        self.report(
            Diagnostic::note(
                Code::OtherMediaTypes,
                format!(
                    "the body is sent as {}, not as {}",
                    quoted(chosen),
                    others.join(" or ")
                ),
            )
            .at(contents),
        );
    }

    fn report_encoding(&mut self, media_type: &str, place: &Pointer) {
        self.report(
            Diagnostic::warning(
                Code::EncodedByCaller,
                format!(
                    "a body of {} is not written yet: callers pass it encoded",
                    quoted(media_type)
                ),
            )
            .at(place)
            .help("offer `application/json` too, if the server takes it"),
        );
    }
}

/// Whether a multipart media type is the one whose parts have names.
fn is_form_data(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("multipart/form-data") || essence == "multipart/*"
}

/// A media type that can be sent: a range such as `image/*` cannot.
fn concrete(media_type: String, otherwise: &str) -> String {
    if media_type.contains('*') || media_type.is_empty() {
        otherwise.to_owned()
    } else {
        media_type
    }
}
