//! Encodings of forms and multipart bodies: what of them a client does not follow is reported.
//!
//! Comes in: the content that was chosen, and its place. Goes out: diagnostics. Must not know: how the rest is written (`form.rs`,
//! `multipart.rs`).

use std::collections::HashSet;

use openapiv3::{Encoding, QueryStyle};

use super::Lowering;
use super::keywords::{AdditionalRule, Kind};
use super::media_type::{Chosen, Family, family};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

impl Lowering<'_> {
    /// Reports encodings of properties that the body at `place` does not have, and takes them out.
    pub(super) fn drop_encodings_of_nothing(&mut self, chosen: &mut Chosen, place: &Pointer) {
        let Some(schema) = chosen.schema.clone() else {
            return;
        };
        let keys: Vec<String> = chosen.encodings.keys().cloned().collect();
        for key in keys {
            if self.may_have_property(&schema, &key, &mut HashSet::new()) {
                continue;
            }
            self.report(
                Diagnostic::warning(
                    Code::EncodingOfNothing,
                    format!(
                        "the encoding of {} is for no property of the body",
                        quoted(&key)
                    ),
                )
                .at(&place.push("encoding").push(&key))
                .help("correct its name, or remove it"),
            );
            chosen.encodings.shift_remove(&key);
        }
    }

    /// Whether values of the schema at `pointer` may have a property; `seen` are the schemas that have been asked.
    fn may_have_property(
        &mut self,
        pointer: &Pointer,
        key: &str,
        seen: &mut HashSet<Pointer>,
    ) -> bool {
        let target = self.resolve(pointer);
        if !seen.insert(target.clone()) {
            return false;
        }
        let view = self.merged(&target);
        let takes_any = match view.additional {
            AdditionalRule::Open | AdditionalRule::Typed(_) => true,
            // A schema that names no properties takes all of them.
            AdditionalRule::Unsaid => {
                view.properties.is_empty() && view.required.is_empty() && view.unions.is_empty()
            }
            AdditionalRule::Closed => false,
        };
        takes_any
            || view.properties.contains_key(key)
            || view.required.contains(key)
            || view
                .unions
                .iter()
                .flat_map(|union| &union.variants)
                .any(|variant| self.may_have_property(variant, key, seen))
    }

    /// Reports what encodings say that the body at `place` is not written by.
    pub(super) fn report_unused_encodings(&mut self, chosen: &Chosen, place: &Pointer) {
        let encodings = place.push("encoding");
        if !matches!(chosen.family, Family::Multipart | Family::Form) {
            if !chosen.encodings.is_empty() {
                let message = format!(
                    "a body of {} has no properties to encode",
                    quoted(&chosen.media_type)
                );
                self.report(Diagnostic::note(Code::EncodingNotUsed, message).at(&encodings));
            }
            return;
        }
        for (key, encoding) in &chosen.encodings {
            let own = encodings.push(key);
            for (keyword, why) in self.unused(chosen.family, encoding) {
                let stated = own.push(keyword);
                if self.document.value(&stated).is_some() {
                    let message =
                        format!("{} is not used for {}: {why}", quoted(keyword), quoted(key));
                    self.report(Diagnostic::note(Code::EncodingNotUsed, message).at(&stated));
                }
            }
            self.report_other_language(chosen, key, &own);
        }
    }

    /// The keywords of an encoding that are not followed in a body of this family, each with the reason. What `allowReserved` leaves as it
    /// is reads the same when it is encoded.
    fn unused(&self, family: Family, encoding: &Encoding) -> Vec<(&'static str, &'static str)> {
        const AS_USUAL: &str = "a list is a part for each item, an object is a part of JSON";
        match (family, &encoding.style) {
            (Family::Form, _) => vec![("headers", "fields of a form have no headers")],
            // Headers of a part are reported where parts are lowered.
            (_, Some(QueryStyle::DeepObject)) => vec![("style", AS_USUAL)],
            _ if self.has_styled_parts() => Vec::new(),
            _ => vec![("style", AS_USUAL), ("explode", AS_USUAL)],
        }
    }

    /// Reports a property that has parts of its own and is to be written in a language that the client does not write, such as XML.
    fn report_other_language(&mut self, chosen: &Chosen, key: &str, place: &Pointer) {
        let stated = chosen.encodings.get(key);
        let stated = stated.and_then(|encoding| encoding.content_type.clone());
        let Some((stated, schema)) = stated.zip(chosen.schema.clone()) else {
            return;
        };
        // Of several, JSON is one, or the property is a file.
        let is_other = matches!(family(&stated), Family::Xml | Family::Text | Family::Bytes);
        if !is_other || stated.contains([',', '*']) || !self.is_structured(&schema, key) {
            return;
        }
        let message = format!(
            "{} is sent as JSON, although the description asks for {}",
            quoted(key),
            quoted(&stated)
        );
        self.report(
            Diagnostic::warning(Code::EncodingNotUsed, message)
                .at(&place.push("contentType"))
                .help("describe it as a text or as a file, to be encoded by the caller"),
        );
    }

    /// Whether the values of a property are objects, or lists of them.
    fn is_structured(&mut self, schema: &Pointer, key: &str) -> bool {
        let target = self.without_wrapping(schema);
        let Some(property) = self
            .merged(&target)
            .properties
            .get(key)
            .and_then(|all| all.last().cloned())
        else {
            return false;
        };
        let target = self.without_wrapping(&property);
        let view = self.merged(&target);
        let item = view.items.last().map(|item| self.without_wrapping(item));
        let item = item.and_then(|item| self.merged(&item).declared);
        view.declared == Some(Kind::Object) || item == Some(Kind::Object)
    }
}
