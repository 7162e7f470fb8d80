//! Media types: which of the contents offered is used, and what it holds.

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, ReferenceOr};

use super::Lowering;
use super::keywords::{Keywords, Kind};
use crate::diagnostics::Pointer;
use crate::load::essence;

/// What a media type is to a client. The best to have comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// `application/json`, `…+json`.
    Json,
    /// `*/*` and `application/*`: whatever the schema says.
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
    let essence = essence(media_type);
    let subtype = essence
        .split_once('/')
        .map_or(essence.as_str(), |(_, subtype)| subtype);
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Family::Form,
        "text/event-stream"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-lines"
        | "application/ndjson"
        | "application/x-ndjson"
        | "application/stream+json"
        | "application/x-json-stream"
        | "application/json-seq"
        | "text/jsonl"
        | "text/x-ndjson" => Family::Stream,
        _ if subtype.ends_with("+json-seq") || subtype.ends_with("+jsonl") => Family::Stream,
        "*/*" | "application/*" | "*" | "" => Family::Anything,
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
    /// How properties are written, in forms and multipart bodies.
    pub encodings: IndexMap<String, Encoding>,
}

impl Chosen {
    /// Whether it is the multipart media type whose parts have names.
    pub(super) fn is_form_data(&self) -> bool {
        let essence = essence(&self.media_type);
        self.family == Family::Multipart
            && (essence == "multipart/form-data" || essence == "multipart/*")
    }
}

/// The place of a media type among those that a request body can be written in, the best first: forms come before texts, since they have
/// fields; of equals, the shortest way to say it.
pub(super) fn rank_in_requests(media_type: &str) -> (u8, bool) {
    let family = match family(media_type) {
        Family::Json => 0,
        Family::Anything => 1,
        Family::Form => 2,
        Family::Multipart => 3,
        Family::Text => 4,
        Family::Bytes => 5,
        Family::Xml => 6,
        Family::Stream => 7,
    };
    (family, !is_exactly_json(media_type))
}

impl Lowering<'_> {
    /// Whether a schema describes an object or an array, which a text or bytes only carry in a form of their own.
    pub(super) fn has_structure(&mut self, schema: Option<&Pointer>) -> bool {
        schema.is_some_and(|schema| {
            let target = self.resolve(schema);
            let view = self.merged(&target);
            matches!(view.declared, Some(Kind::Object | Kind::Array)) || !view.properties.is_empty()
        })
    }

    /// The best of the contents at `pointer`; of equals, the shortest way to say it, then the first.
    pub(super) fn choose(
        &mut self,
        content: &IndexMap<String, MediaType>,
        pointer: &Pointer,
    ) -> Option<Chosen> {
        let (media_type, piece) = content
            .iter()
            .min_by_key(|(name, _)| (family(name), !is_exactly_json(name)))?;
        Some(self.chosen(media_type, piece, pointer))
    }

    /// The best of the contents at `pointer` to send. A form cannot carry files, so that multipart goes before it where there are any.
    pub(super) fn choose_to_send(
        &mut self,
        content: &IndexMap<String, MediaType>,
        pointer: &Pointer,
    ) -> Option<Chosen> {
        let (media_type, piece) = content
            .iter()
            .min_by_key(|(name, _)| rank_in_requests(name))?;
        let best = self.chosen(media_type, piece, pointer);
        if best.family != Family::Form {
            return Some(best);
        }
        let multipart = content
            .iter()
            .find(|(name, _)| family(name) == Family::Multipart)
            .map(|(name, piece)| self.chosen(name, piece, pointer));
        match multipart {
            Some(multipart) if self.carries_files(&multipart) => Some(multipart),
            _ => Some(best),
        }
    }

    pub(super) fn chosen(
        &mut self,
        media_type: &str,
        piece: &MediaType,
        pointer: &Pointer,
    ) -> Chosen {
        // Examples say nothing about the type.
        let MediaType {
            schema,
            example: _,
            examples: _,
            encoding,
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
        Chosen {
            media_type: media_type.to_owned(),
            family,
            schema,
            encodings: encoding.clone(),
        }
    }

    /// Whether a schema is bytes: `type: string, format: binary`.
    fn is_binary(&mut self, schema: &Pointer) -> bool {
        let target = self.resolve(schema);
        let view: &Keywords = &self.merged(&target);
        view.declared == Some(Kind::String) && view.format.as_deref() == Some("binary")
    }
}

/// Whether a media type is JSON and nothing more.
pub(super) fn is_exactly_json(media_type: &str) -> bool {
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
            ("text/event-stream; charset=utf-8", Family::Stream),
            ("application/x-ndjson", Family::Stream),
            ("application/stream+json", Family::Stream),
            ("application/geo+json-seq", Family::Stream),
            ("*/*", Family::Anything),
        ] {
            assert_eq!(family(media_type), expected, "{media_type}");
        }
    }
}
