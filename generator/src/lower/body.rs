//! Request bodies: one media type is chosen, JSON if there is one.

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
        let body = match self.document.request_body(&target) {
            Ok(body) => body,
            Err(diagnostic) => {
                self.report(diagnostic);
                return None;
            }
        };
        let RequestBody {
            description,
            content,
            required,
            extensions: _,
        } = &body;
        let contents = target.push("content");
        let chosen = self.choose(content, &contents)?;
        if let Some(schema) = chosen
            .schema
            .as_ref()
            .filter(|schema| schema.is_within(operation_pointer))
        {
            self.give_name(&schema.clone(), format!("{operation} body"));
        }
        let (media_type, content) = self.body_content(chosen, &contents);
        Some(Body {
            required: *required,
            media_type,
            content,
            documentation: Documentation {
                description: documentation::said(description.as_deref()),
                ..Documentation::default()
            },
        })
    }

    fn body_content(&mut self, chosen: Chosen, contents: &Pointer) -> (String, BodyContent) {
        let Chosen {
            media_type,
            family,
            schema,
        } = chosen;
        let place = contents.push(&media_type);
        match family {
            Family::Json => {
                let value = schema.map_or(Type::Any, |schema| self.type_of(&[schema]));
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

/// A media type that can be sent: a range such as `image/*` cannot.
fn concrete(media_type: String, otherwise: &str) -> String {
    if media_type.contains('*') || media_type.is_empty() {
        otherwise.to_owned()
    } else {
        media_type
    }
}
