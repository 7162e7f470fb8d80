//! Encodings of forms and multipart bodies: what of them a client does not follow is reported.
//!
//! Comes in: the content that was chosen, and its place. Goes out: diagnostics. Must not know: how the rest is written (`form.rs`,
//! `multipart.rs`).

use std::collections::HashSet;

use super::Lowering;
use super::keywords::AdditionalRule;
use super::media_type::{Chosen, Family};
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
        // What `allowReserved` leaves as it is reads the same when it is encoded.
        let unused: &[&str] = match chosen.family {
            // Headers of a part are reported where parts are lowered.
            Family::Multipart => &["style", "explode"],
            Family::Form => &["headers"],
            _ => {
                if !chosen.encodings.is_empty() {
                    let message = format!(
                        "a body of {} has no properties to encode",
                        quoted(&chosen.media_type)
                    );
                    self.report(Diagnostic::note(Code::EncodingNotUsed, message).at(&encodings));
                }
                return;
            }
        };
        for key in chosen.encodings.keys() {
            let own = encodings.push(key);
            for keyword in unused {
                let stated = own.push(keyword);
                if self.document.value(&stated).is_none() {
                    continue;
                }
                let message = match chosen.family {
                    Family::Form => format!(
                        "{} is not used for {}: fields of a form have no headers",
                        quoted(keyword),
                        quoted(key)
                    ),
                    _ => format!(
                        "{} is not used for {}: a list is a part for each item, an object is a part of JSON",
                        quoted(keyword),
                        quoted(key)
                    ),
                };
                self.report(Diagnostic::note(Code::EncodingNotUsed, message).at(&stated));
            }
        }
    }
}
