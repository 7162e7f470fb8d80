//! Request bodies: one media type is chosen, JSON if there is one, and its content becomes a type, text or bytes; so do those that carry
//! something else.

use openapiv3::RequestBody;

use super::alternatives::Alternative;
use super::media_type::{Chosen, Family};
use super::{Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Body, BodyContent, Documentation, Type};

/// The bodies that an operation can send.
#[derive(Default)]
pub(super) struct Bodies {
    /// The best, which most requests carry.
    pub first: Option<Body>,
    /// Those that carry something else, each with the word that tells it apart.
    pub others: Vec<(String, Body)>,
}

/// Whose body it is.
#[derive(Clone, Copy)]
pub(super) struct Owner<'o> {
    /// The name of the operation, in words.
    pub words: &'o str,
    pub pointer: &'o Pointer,
}

impl Lowering<'_> {
    /// The bodies at `pointer`.
    pub(super) fn bodies(&mut self, pointer: &Pointer, owner: Owner<'_>) -> Option<Bodies> {
        let target = self.resolve(pointer);
        let body = self.kept(self.document.request_body(&target))?;
        let RequestBody {
            description,
            content,
            required,
            extensions: _,
        } = &body;
        let contents = target.push("content");
        let first = self.choose_to_send(content, &contents)?;
        let alternatives = self.alternatives(content, &first, &contents);
        self.report_others(content.keys(), &first, &alternatives, &contents);
        let mut body = |chosen: Chosen, required: bool, name: String| {
            let schema = chosen.schema.clone();
            if let Some(schema) = schema
                .as_ref()
                .filter(|schema| schema.is_within(owner.pointer))
            {
                self.give_name(schema, name);
            }
            let (media_type, content) = self.body_content(chosen, &contents);
            let limits = schema
                .filter(|_| content.value().is_some())
                .and_then(|schema| self.checked_limits(&schema));
            Body {
                required,
                media_type,
                content,
                limits,
                documentation: Documentation {
                    description: documentation::said(description.as_deref()),
                    ..Documentation::default()
                },
            }
        };
        let words = owner.words;
        let first = Some(body(first, *required, format!("{words} body")));
        let others = alternatives
            .into_iter()
            .map(|Alternative { word, chosen }| {
                // Who sends nothing needs no other way to send it.
                let body = body(chosen, true, format!("{words} {word} body"));
                (word, body)
            })
            .collect();
        Some(Bodies { first, others })
    }

    fn body_content(&mut self, mut chosen: Chosen, contents: &Pointer) -> (String, BodyContent) {
        let place = contents.push(&chosen.media_type);
        self.drop_encodings_of_nothing(&mut chosen, &place);
        self.report_unused_encodings(&chosen, &place);
        match chosen.family {
            Family::Form if self.has_properties(&chosen) => {
                let styles = self.form_styles(&chosen, &place);
                // What has no properties is no form, whatever the schema takes.
                let value = match self.value_type(chosen.schema) {
                    Type::Any => Type::Map(Box::new(Type::Any)),
                    value => value,
                };
                return (chosen.media_type, BodyContent::Form { value, styles });
            }
            Family::Multipart if chosen.is_form_data() && self.has_properties(&chosen) => {
                let styles = self.part_styles(&chosen, &place);
                let value = self.multipart_type(chosen.schema.as_ref());
                return (chosen.media_type, BodyContent::Multipart { value, styles });
            }
            _ => {}
        }
        self.report_encoding(&chosen, &place);
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
            Family::Form | Family::Xml => (media_type, BodyContent::Text),
            Family::Multipart | Family::Stream => (media_type, BodyContent::Bytes),
        }
    }

    fn value_type(&mut self, schema: Option<Pointer>) -> Type {
        schema.map_or(Type::Any, |schema| self.type_of(&[schema]))
    }

    /// Whether there are properties to be written as fields or parts, or there may be.
    pub(super) fn has_properties(&mut self, chosen: &Chosen) -> bool {
        let schema = chosen.schema.as_ref();
        schema.is_none_or(|schema| self.may_have_properties(schema))
    }

    /// A request is sent in one way: the others are no loss, but somebody may look for them.
    fn report_others<'n>(
        &mut self,
        names: impl Iterator<Item = &'n String>,
        first: &Chosen,
        alternatives: &[Alternative],
        contents: &Pointer,
    ) {
        let alternatives = alternatives.iter().map(|alternative| &alternative.chosen);
        let sent: Vec<&str> = std::iter::once(first)
            .chain(alternatives)
            .map(|chosen| chosen.media_type.as_str())
            .collect();
        let listed = |names: &mut dyn Iterator<Item = &str>| {
            let names: Vec<String> = names.map(|name| quoted(name).to_string()).collect();
            names.join(" or ")
        };
        let others = listed(
            &mut names
                .map(String::as_str)
                .filter(|name| !sent.contains(name)),
        );
        if others.is_empty() {
            return;
        }
        self.report(
            Diagnostic::note(
                Code::OtherMediaTypes,
                format!(
                    "the body is sent as {}, not as {others}",
                    listed(&mut sent.into_iter()),
                ),
            )
            .at(contents)
            .help("callers can name another media type of the same content with `with_header(\"content-type\", …)`"),
        );
    }

    /// Reports that callers pass a body encoded, where it is not one of texts or bytes anyway.
    fn report_encoding(&mut self, chosen: &Chosen, place: &Pointer) {
        let media_type = quoted(&chosen.media_type);
        let told = match chosen.family {
            Family::Text | Family::Bytes if self.has_structure(chosen.schema.as_ref()) => {
                Diagnostic::note(
                    Code::EncodedByCaller,
                    format!(
                        "the client does not write what the schema of a body of {media_type} says: callers pass it encoded"
                    ),
                )
            }
            Family::Form | Family::Xml | Family::Multipart | Family::Stream => Diagnostic::warning(
                Code::EncodedByCaller,
                format!("a body of {media_type} is not written yet: callers pass it encoded"),
            ),
            Family::Text | Family::Bytes | Family::Json | Family::Anything => return,
        };
        let help = "offer `application/json` too, if the server takes it";
        self.report(told.at(place).help(help));
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
