//! Media types: which of the contents offered is used, and what it holds.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr};

use super::Lowering;
use super::keywords::{Keywords, Kind};
use crate::diagnostics::Pointer;

/// What a media type is to a client. The best to have comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// `application/json`, `…+json`.
    Json,
    /// `*/*`: whatever the schema says.
    Anything,
    /// `text/plain` and other texts.
    Text,
    /// Whatever else: bytes.
    Bytes,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/…`.
    Multipart,
    /// `application/xml`, `…+xml`.
    Xml,
    /// Streams of events or of JSON lines.
    Stream,
}

/// The family of a media type, its parameters apart.
pub(super) fn family(media_type: &str) -> Family {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let subtype = essence
        .split_once('/')
        .map_or(essence.as_str(), |(_, subtype)| subtype);
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Family::Form,
        "text/event-stream"
        | "application/jsonl"
        | "application/x-ndjson"
        | "application/ndjson"
        | "application/json-seq" => Family::Stream,
        "*/*" | "*" | "" => Family::Anything,
        _ if subtype == "json"
            || subtype == "x-json"
            || subtype.ends_with("+json")
            || subtype.ends_with(".json") =>
        {
            Family::Json
        }
        _ if subtype == "xml" || subtype.ends_with("+xml") => Family::Xml,
        _ if essence.starts_with("multipart/") => Family::Multipart,
        _ if essence.starts_with("text/") => Family::Text,
        _ => Family::Bytes,
    }
}

/// A content that was chosen.
pub(super) struct Chosen {
    /// The media type as the document writes it.
    pub media_type: String,
    pub family: Family,
    /// Its schema, where there is one.
    pub schema: Option<Pointer>,
}

impl Lowering<'_> {
    /// The best of the contents at `pointer`; of equals, the shortest way to say it, then the first.
    pub(super) fn choose(
        &mut self,
        content: &IndexMap<String, MediaType>,
        pointer: &Pointer,
    ) -> Option<Chosen> {
        let (media_type, piece) = content
            .iter()
            .min_by_key(|(name, _)| (family(name), !is_exactly_json(name)))?;
        // Examples and encodings say nothing about the type: encodings belong to forms, which are not written yet.
        let MediaType {
            schema,
            example: _,
            examples: _,
            encoding: _,
            extensions: _,
        } = piece;
        let schema = schema.as_ref().map(|schema| match schema {
            ReferenceOr::Reference { reference } => Pointer::from_reference(reference)
                .unwrap_or_else(|| pointer.push(media_type).push("schema")),
            ReferenceOr::Item(_) => pointer.push(media_type).push("schema"),
        });
        let family = match family(media_type) {
            Family::Anything => match &schema {
                Some(schema) if !self.is_binary(schema) => Family::Json,
                _ => Family::Bytes,
            },
            other => other,
        };
        Some(Chosen {
            media_type: media_type.clone(),
            family,
            schema,
        })
    }

    /// Whether a schema is bytes: `type: string, format: binary`.
    fn is_binary(&mut self, schema: &Pointer) -> bool {
        let target = self.resolve(schema);
        let view: &Keywords = &self.merged(&target);
        view.declared == Some(Kind::String) && view.format.as_deref() == Some("binary")
    }
}

fn is_exactly_json(media_type: &str) -> bool {
    media_type.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families() {
        for (media_type, expected) in [
            ("application/json", Family::Json),
            ("application/json; charset=utf-8", Family::Json),
            ("application/vnd.thing+json; v=1", Family::Json),
            ("text/plain", Family::Text),
            ("text/csv", Family::Text),
            ("application/xml", Family::Xml),
            ("text/xml", Family::Xml),
            ("image/svg+xml", Family::Xml),
            ("application/octet-stream", Family::Bytes),
            ("image/png", Family::Bytes),
            ("multipart/form-data", Family::Multipart),
            ("application/x-www-form-urlencoded", Family::Form),
            ("text/event-stream", Family::Stream),
            ("*/*", Family::Anything),
        ] {
            assert_eq!(family(media_type), expected, "{media_type}");
        }
    }
}
