//! Form bodies: how properties are written that the document does not leave to the usual way.

use indexmap::IndexMap;
use openapiv3::{Encoding, QueryStyle};
use serde_json::Value;

use super::Lowering;
use super::media_type::{Chosen, Family, family};
use crate::diagnostics::Pointer;
use crate::load::SEPARATOR;
use crate::model::FieldStyle;

/// What stands between the items of a list, where the document says it in words that OpenAPI 3.0 does not have.
pub(super) fn separator(extensions: &IndexMap<String, Value>) -> Option<char> {
    extensions.get(SEPARATOR)?.as_str()?.chars().next()
}

/// What stands between the items of a list by these two keywords of an encoding, where they make one text of it.
pub(super) fn joined(style: Option<&QueryStyle>, explode: Option<bool>) -> Option<char> {
    match (style, explode) {
        (Some(QueryStyle::SpaceDelimited), Some(false) | None) => Some(' '),
        (Some(QueryStyle::PipeDelimited), Some(false) | None) => Some('|'),
        (Some(QueryStyle::Form) | None, Some(false)) => Some(','),
        _ => None,
    }
}

impl Lowering<'_> {
    /// `explode` of the encoding at `place`, where it is stated: `openapiv3` takes a missing one for false.
    pub(super) fn explode(&self, place: &Pointer) -> Option<bool> {
        let stated = self.document.value(&place.push("explode"));
        stated.and_then(Value::as_bool)
    }

    /// The styles of the properties of the form that stands at `place`.
    pub(super) fn form_styles(
        &self,
        chosen: &Chosen,
        place: &Pointer,
    ) -> Vec<(String, FieldStyle)> {
        let encodings = place.push("encoding");
        let mut styles = Vec::new();
        for (key, encoding) in &chosen.encodings {
            // Headers belong to multipart bodies alone (OpenAPI 3.0.3, Encoding Object); `encoding.rs` reports them. What `allowReserved` leaves as it is reads the
            // same when it is encoded.
            let Encoding {
                content_type,
                headers: _,
                style,
                explode: _,
                allow_reserved: _,
                extensions,
            } = encoding;
            if let Some(separator) = separator(extensions) {
                styles.push((key.clone(), FieldStyle::Joined(separator)));
                continue;
            }
            let explode = self.explode(&encodings.push(key));
            if let Some(separator) = joined(style.as_ref(), explode) {
                styles.push((key.clone(), FieldStyle::Joined(separator)));
                continue;
            }
            let style = match (style, explode) {
                (Some(QueryStyle::DeepObject), _) => Some(FieldStyle::Deep),
                (Some(_), _) | (None, Some(_)) => Some(FieldStyle::Exploded),
                (None, None) => content_type
                    .as_deref()
                    .filter(|media_type| family(media_type) == Family::Json)
                    .map(|_| FieldStyle::Json),
            };
            styles.extend(style.map(|style| (key.clone(), style)));
        }
        styles
    }
}
