//! Headers and links of answers.
//!
//! Comes in: the responses of an operation. Goes out: each header once, with the type of its value, and each link. Must not know: how a
//! header is read.

use openapiv3::{Header, Link as LinkPiece, LinkOperation, ParameterSchemaOrContent, ReferenceOr};

use rustc_hash::{FxHashMap, FxHashSet};

use super::naming::{Candidates, tell_apart};
use super::response::Documented;
use super::schema::without_null;
use super::value_words::spelt;
use super::{Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Api, Documentation, Link, ResponseHeader, Scalar, Type};

/// Headers that every response and error of the client has a method for: the media type, and the identifier of the request.
const READ_ANYWAY: [&str; 3] = ["content-type", "request-id", "x-request-id"];

impl Lowering<'_> {
    /// The headers of all responses. Where several describe one, the first counts.
    pub(super) fn response_headers(
        &mut self,
        documented: &[Documented],
        operation: &str,
        pointer: &Pointer,
    ) -> Vec<ResponseHeader> {
        let mut headers: Vec<ResponseHeader> = Vec::new();
        for response in documented {
            for (name, header) in &response.piece.headers {
                let is_known = headers
                    .iter()
                    .any(|known| known.wire_name.eq_ignore_ascii_case(name));
                if is_known || READ_ANYWAY.contains(&name.to_ascii_lowercase().as_str()) {
                    continue;
                }
                let own = response.pointer.push("headers").push(name);
                let listed = match header {
                    ReferenceOr::Reference { reference } => {
                        Pointer::from_reference(reference).unwrap_or(own)
                    }
                    ReferenceOr::Item(_) => own,
                };
                headers.extend(self.response_header(name, &listed, operation, pointer));
            }
        }
        let candidates: Vec<Candidates> = headers
            .iter()
            .map(|header| Candidates::snake(&header.wire_name))
            .collect();
        let names = tell_apart(&candidates, &|_| false);
        for (header, name) in headers.iter_mut().zip(names) {
            header.name = name.trim_start_matches("r#").to_ascii_uppercase();
        }
        headers
    }

    fn response_header(
        &mut self,
        name: &str,
        listed: &Pointer,
        operation: &str,
        pointer: &Pointer,
    ) -> Option<ResponseHeader> {
        let target = self.resolve(listed);
        let piece = self.kept(self.document.header(&target))?;
        // A header has one style, and examples say nothing about the type; whether it is there is seen in the answer.
        let Header {
            description,
            style: _,
            required: _,
            deprecated,
            format,
            example: _,
            examples: _,
            extensions: _,
        } = piece;
        let schema = match format {
            ParameterSchemaOrContent::Schema(schema) => Some((schema, target.push("schema"))),
            ParameterSchemaOrContent::Content(content) => {
                content.into_iter().next().and_then(|(media_type, piece)| {
                    let own = target.push("content").push(&media_type).push("schema");
                    Some((piece.schema?, own))
                })
            }
        };
        let schema = schema.map(|(schema, own)| match schema {
            ReferenceOr::Reference { reference } => {
                Pointer::from_reference(&reference).unwrap_or(own)
            }
            ReferenceOr::Item(_) => own,
        });
        let mut words = Documentation::default();
        let mut value = Type::Scalar(Scalar::String);
        if let Some(schema) = schema {
            if schema.is_within(pointer) {
                self.give_name(&schema, format!("{operation} {name} header"));
            }
            value = match without_null(self.type_of(std::slice::from_ref(&schema))) {
                Type::Any => Type::Scalar(Scalar::String),
                value => value,
            };
            let schema = self.resolve(&schema);
            words = documentation::of_schema(&self.merged(&schema));
            words.summary = None;
        }
        if let Some(description) = documentation::said(description.as_deref()) {
            words.description = Some(description);
        }
        words.deprecated |= deprecated.unwrap_or_default();
        Some(ResponseHeader {
            name: String::new(),
            wire_name: name.to_owned(),
            value,
            documentation: words,
        })
    }

    /// The links of all responses, each once.
    pub(super) fn links(&mut self, documented: &[Documented]) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for response in documented {
            for name in response.piece.links.keys() {
                if links.iter().any(|known| known.name == *name) {
                    continue;
                }
                let place = response.pointer.push("links").push(name);
                let target = self.resolve(&place);
                match self.document.link(&target) {
                    Ok(piece) => links.push(link(name, piece)),
                    Err(diagnostic) => self.report(diagnostic),
                }
            }
        }
        links
    }

    /// Names the operation that each link leads to by its id, and reports the links that lead to none.
    pub(super) fn settle_links(&mut self, api: &mut Api) {
        if api.operations().all(|operation| operation.links.is_empty()) {
            return;
        }
        let operations = api.operations();
        let ids: FxHashMap<String, String> = operations
            .map(|operation| (operation.pointer.clone(), operation.id.clone()))
            .collect();
        let known: FxHashSet<&String> = ids.values().chain(&api.excluded).collect();
        let groups = api.groups.iter_mut();
        for operation in groups.flat_map(|group| &mut group.operations) {
            let from = Pointer::parse(&operation.pointer).unwrap_or_default();
            for link in &mut operation.links {
                let place = Pointer::from_reference(&link.target);
                if let Some(id) = place.and_then(|place| ids.get(&place.to_string())) {
                    link.target.clone_from(id);
                }
                // What a reference leads to may be in another description, or not have been selected.
                let is_elsewhere = link.target.find('#').is_some_and(|start| start > 0);
                let is_unselected = Pointer::from_reference(&link.target).is_some_and(|place| {
                    place.as_str().starts_with("/paths/") && self.document.value(&place).is_some()
                });
                if known.contains(&link.target) || is_elsewhere || is_unselected {
                    continue;
                }
                let message = format!(
                    "the link {} leads to {}, which is no operation",
                    quoted(&link.name),
                    quoted(&link.target)
                );
                self.diagnostics.push(
                    Diagnostic::warning(Code::ReferenceToNothing, message)
                        .at(&from)
                        .help("correct its `operationId`"),
                );
            }
        }
    }
}

fn link(name: &str, piece: LinkPiece) -> Link {
    // A body and a server of a link are for people who write the call themselves.
    let LinkPiece {
        description,
        operation,
        request_body: _,
        parameters,
        server: _,
        extensions: _,
    } = piece;
    let target = match operation {
        LinkOperation::OperationId(id) => id,
        LinkOperation::OperationRef(reference) => reference,
    };
    Link {
        name: name.to_owned(),
        target,
        parameters: parameters
            .iter()
            .map(|(name, value)| (name.clone(), spelt(value)))
            .collect(),
        description: documentation::said(description.as_deref()),
    }
}
