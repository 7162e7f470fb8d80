//! Multipart bodies: the type of one, in which binary properties are files, and how its parts are written.

use std::collections::HashSet;
use std::rc::Rc;

use openapiv3::Encoding;

use super::form::{joined, separator};
use super::keywords::{AdditionalRule, Keywords, Kind};
use super::media_type::{Chosen, Family, family};
use super::schema::without_null;
use super::union::is_null;
use super::{Content, Lowering};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::load::Dialect;
use crate::model::{FieldPresence, ObjectShape, PartStyle, Scalar, Type};

/// Schemas of one property lie in each other at most this deep where files are looked for.
const DEEPEST: usize = 4;

impl Lowering<'_> {
    /// The type of a multipart body of this schema. With files it is a definition of its own, since the same schema in JSON has texts
    /// there. A body of which nothing is known has files or texts for parts.
    pub(super) fn multipart_type(&mut self, schema: Option<&Pointer>) -> Type {
        let Some(pointer) = schema else {
            return any_parts();
        };
        let target = self.without_wrapping(pointer);
        if self.has_any_parts(&target) {
            return any_parts();
        }
        if !self.has_files(&target) {
            self.report_deep_files(std::slice::from_ref(&target));
            return self.type_of(std::slice::from_ref(pointer));
        }
        if let Some(known) = self.known_parts.get(&target) {
            return Type::Named(*known);
        }
        let view = self.merged(&target);
        let id = self.define(&view, Content::Parts(Rc::clone(&view)));
        self.known_parts.insert(target, id);
        Type::Named(id)
    }

    /// Whether the schema says no more than that there are properties.
    fn has_any_parts(&mut self, target: &Pointer) -> bool {
        let view = self.merged(target);
        let is_open = match &view.additional {
            AdditionalRule::Unsaid | AdditionalRule::Open => true,
            AdditionalRule::Typed(_) | AdditionalRule::Closed => false,
        };
        let is_plain = matches!(view.declared, None | Some(Kind::Object))
            && view.properties.is_empty()
            && view.required.is_empty();
        is_plain && is_open && view.unions.is_empty() && view.optional.is_empty()
    }

    /// Whether files are among the properties of the schema at `pointer`.
    pub(super) fn has_files(&mut self, pointer: &Pointer) -> bool {
        let target = self.without_wrapping(pointer);
        let view = self.merged(&target);
        view.unions.is_empty()
            && view
                .properties
                .values()
                .any(|sources| self.file_type(sources, 0).is_some())
    }

    /// Whether the values of the schema at `pointer` may have properties.
    pub(super) fn may_have_properties(&mut self, pointer: &Pointer) -> bool {
        let target = self.without_wrapping(pointer);
        matches!(self.merged(&target).declared, None | Some(Kind::Object))
    }

    /// The schema itself, where others only stand around it.
    pub(super) fn without_wrapping(&mut self, pointer: &Pointer) -> Pointer {
        let mut target = self.resolve(pointer);
        for _ in 0..super::DEEPEST {
            let own = self.own(&target);
            match self.sole_member(&own) {
                Some(member) => target = member,
                None => break,
            }
        }
        target
    }

    /// The shape of a multipart body: an object whose binary properties are files.
    pub(super) fn parts(&mut self, keywords: &Rc<Keywords>) -> ObjectShape {
        let mut shape = self.object(keywords);
        for field in &mut shape.fields {
            let Some(sources) = keywords.properties.get(&field.key) else {
                continue;
            };
            match self.file_type(sources, 0) {
                None => self.report_deep_files(sources),
                Some(file) => {
                    field.value = file;
                    // No part is null.
                    field.presence = match field.presence {
                        FieldPresence::Required => FieldPresence::Required,
                        _ => FieldPresence::Optional,
                    };
                    field.default = None;
                    // The type says it.
                    field.documentation.constraints.format = None;
                }
            }
        }
        if let AdditionalRule::Typed(values) = &keywords.additional {
            self.report_deep_files(values);
        }
        shape
    }

    /// Reports the files in these schemas, which are no parts of their own: only what a property of the body is can be one.
    fn report_deep_files(&mut self, schemas: &[Pointer]) {
        let mut seen: HashSet<Pointer> = HashSet::new();
        let mut open: Vec<Pointer> = schemas.iter().rev().cloned().collect();
        while let Some(schema) = open.pop() {
            let target = self.without_wrapping(&schema);
            if !seen.insert(target.clone()) {
                continue;
            }
            let view = self.merged(&target);
            if matches!(view.declared, Some(Kind::String) | None) && self.is_file(&target, &view) {
                self.report(
                    Diagnostic::warning(
                        Code::FileTooDeep,
                        "a file that is no part of its own is sent as text",
                    )
                    .at(&target)
                    .help("make it a property of the body itself, or a list of files that is one"),
                );
                continue;
            }
            let unions = view.unions.iter().flat_map(|union| &union.variants);
            let additional = match &view.additional {
                AdditionalRule::Typed(values) => values.as_slice(),
                _ => &[],
            };
            let properties = view.properties.values().flatten();
            let parts = properties.chain(&view.items).chain(&view.prefix);
            let parts = parts.chain(unions).chain(additional);
            open.extend(parts.cloned().collect::<Vec<_>>().into_iter().rev());
        }
    }

    /// A file, or a list of files, where the schemas of a property say that.
    fn file_type(&mut self, sources: &[Pointer], depth: usize) -> Option<Type> {
        let target = self.without_wrapping(sources.last()?);
        let view = self.merged(&target);
        if depth > DEEPEST {
            return None;
        }
        match view.declared {
            _ if !view.unions.is_empty() => {
                let variants = view.unions.iter().flat_map(|union| &union.variants);
                self.file_or_other(&variants.cloned().collect::<Vec<_>>(), depth)
            }
            Some(Kind::String) | None if self.is_file(&target, &view) => {
                Some(Type::Scalar(Scalar::File))
            }
            Some(Kind::Array) => {
                let item = self.file_type(&view.items, depth + 1)?;
                matches!(item, Type::Scalar(_)).then(|| Type::Array(Box::new(item)))
            }
            _ => None,
        }
    }

    /// What is a file in one of these alternatives: a file, a list of files, or a file or what stands for it in the only other one.
    fn file_or_other(&mut self, variants: &[Pointer], depth: usize) -> Option<Type> {
        let mut file = None;
        let mut others = Vec::new();
        for variant in variants {
            let target = self.resolve(variant);
            if is_null(&self.merged(&target)) {
                continue;
            }
            match self.file_type(std::slice::from_ref(variant), depth + 1) {
                // A list of files can be one file, but not the reverse.
                Some(found) if file.is_none() || matches!(found, Type::Array(_)) => {
                    file = Some(found);
                }
                Some(_) => {}
                None => others.push(variant),
            }
        }
        match (file?, others.as_slice()) {
            (file, []) => Some(file),
            (Type::Scalar(Scalar::File), [other]) => {
                let other = without_null(self.type_of(std::slice::from_ref(*other)));
                Some(Type::FileOr(Box::new(other)))
            }
            _ => None,
        }
    }

    fn is_file(&self, target: &Pointer, view: &Keywords) -> bool {
        if view.enumeration.is_some() {
            return false;
        }
        if view.format.as_deref() == Some("binary") {
            return true;
        }
        // OpenAPI 3.1 says the media type of the bytes instead; bytes in an encoding are text.
        let says = |keyword: &str| {
            let value = self.document.value(&target.push(keyword))?;
            value.as_str().map(str::to_owned)
        };
        says("contentEncoding").is_none()
            && says("contentMediaType").is_some_and(|media_type| {
                matches!(family(&media_type), Family::Bytes | Family::Anything)
            })
    }

    /// How the parts of the body that stands at `place` are written, where the document says it.
    pub(super) fn part_styles(
        &mut self,
        chosen: &Chosen,
        place: &Pointer,
    ) -> Vec<(String, PartStyle)> {
        let mut styles = Vec::new();
        for (key, encoding) in &chosen.encodings {
            // `encoding.rs` reports what of it is not followed. Nothing is encoded in a part, so that `allowReserved` says nothing.
            let Encoding {
                content_type,
                headers,
                style,
                explode: _,
                allow_reserved: _,
                extensions,
            } = encoding;
            let stated = content_type.as_deref().map(str::trim);
            let styled = || {
                let explode = self.explode(&place.push("encoding").push(key));
                joined(style.as_ref(), explode).filter(|_| self.has_styled_parts())
            };
            if let Some(separator) = separator(extensions).or_else(styled) {
                if !self.is_file_part(chosen, key) {
                    styles.push((key.clone(), PartStyle::Joined(separator)));
                }
            } else if let Some(stated) = stated.filter(|stated| is_media_type(stated)) {
                styles.push((key.clone(), PartStyle::MediaType(stated.to_owned())));
            }
            if !headers.is_empty() {
                self.report(
                    Diagnostic::note(
                        Code::PartHeaders,
                        format!(
                            "headers of the part {} are not sent by themselves",
                            quoted(key)
                        ),
                    )
                    .at(&place.push("encoding").push(key).push("headers"))
                    .help("if the part is a file, callers can set them with `File::with_header`"),
                );
            }
        }
        styles
    }

    /// Whether `style` and `explode` are for parts, too, and not for the fields of forms alone: from OpenAPI 3.1 on.
    pub(super) fn has_styled_parts(&self) -> bool {
        self.document.dialect() >= Dialect::OpenApi31
    }

    /// Whether a property of the body is a file, or a list of files.
    fn is_file_part(&mut self, chosen: &Chosen, key: &str) -> bool {
        let Some(schema) = &chosen.schema else {
            return false;
        };
        let target = self.without_wrapping(schema);
        let view = self.merged(&target);
        let sources = view.properties.get(key);
        sources.is_some_and(|sources| self.file_type(sources, 0).is_some())
    }
}

/// Parts of any name.
fn any_parts() -> Type {
    let text = Type::Scalar(Scalar::String);
    Type::Map(Box::new(Type::FileOr(Box::new(text))))
}

/// Whether a text can stand in a header as a media type.
fn is_media_type(text: &str) -> bool {
    text.contains('/') && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
