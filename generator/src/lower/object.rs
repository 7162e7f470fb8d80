//! Objects: properties become fields; keys beside them are kept where the document asks for it.

use std::rc::Rc;

use super::keywords::{AdditionalRule, Keywords};
use super::naming::{Candidates, keyword_free, snake, tell_apart};
use super::schema::without_null;
use super::{Lowering, default, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Additional, Documentation, Field, FieldPresence, ObjectShape, Type};

/// Passwords are looked for in lists, maps and alternatives that lie in each other at most this deep.
const DEEPEST_SECRET: usize = 3;

impl Lowering<'_> {
    /// The shape of an object with named properties.
    pub(super) fn object(&mut self, keywords: &Rc<Keywords>) -> ObjectShape {
        let mut fields: Vec<Field> = Vec::with_capacity(keywords.properties.len());
        for (key, sources) in &keywords.properties {
            let required = keywords.required.contains(key);
            fields.push(self.field(key, sources, required));
        }
        for key in &keywords.required {
            if !keywords.properties.contains_key(key) {
                fields.push(self.undeclared_field(key, &keywords.pointer));
            }
        }
        let properties = keywords.pointer.push("properties");
        let renames = &self.settings.names.fields;
        let mut names: Vec<Candidates> = fields
            .iter()
            .map(|field| {
                let own = keywords
                    .properties
                    .get(&field.key)
                    .and_then(|sources| sources.last())
                    .cloned();
                let own = own.unwrap_or_else(|| properties.push(&field.key));
                let candidates = Candidates::snake(&field.key);
                match renames.get(own.as_str()) {
                    Some(name) => candidates.preferring(snake(name)),
                    None => candidates,
                }
            })
            .collect();
        let value = match &keywords.additional {
            AdditionalRule::Unsaid | AdditionalRule::Closed => None,
            AdditionalRule::Open => Some(Type::Any),
            AdditionalRule::Typed(schemas) => Some(self.type_of(schemas)),
        };
        if value.is_some() {
            names.push(Candidates::snake("additional_properties").yielding_to("other_properties"));
        }
        let mut names = tell_apart(&names, &|_| false).into_iter().map(keyword_free);
        for (field, name) in fields.iter_mut().zip(&mut names) {
            field.name = name;
        }
        let additional = match (value, names.next()) {
            (Some(value), Some(field)) => Additional::Kept { field, value },
            _ => Additional::Ignored,
        };
        ObjectShape { fields, additional }
    }

    fn field(&mut self, key: &str, sources: &[Pointer], required: bool) -> Field {
        let complete = self.type_of(sources);
        let nullable = complete.is_nullable();
        let mut documentation = Documentation::default();
        let (mut read_only, mut write_only, mut secret) = (false, false, false);
        let mut stated = None;
        for source in sources {
            let target = self.resolve(source);
            let view = self.merged(&target);
            read_only |= view.read_only;
            write_only |= view.write_only;
            secret |= self.is_secret(&view, 0);
            let words = documentation::of_schema(&view);
            if words != Documentation::default() {
                documentation = words;
            }
            if view.words.default.is_some() {
                stated = Some(view);
            }
        }
        documentation
            .constraints
            .limits
            .extend(self.limits_of_items(sources));
        let default = stated.and_then(|view| default::of(self, &view));
        Field {
            name: String::new(),
            key: key.to_owned(),
            value: without_null(complete),
            presence: FieldPresence::new(required, nullable),
            read_only,
            write_only,
            secret,
            default,
            documentation,
        }
    }

    /// Whether passwords are among the values of a schema, or in their lists and maps.
    fn is_secret(&mut self, view: &Keywords, depth: usize) -> bool {
        if view.format.as_deref() == Some("password") {
            return true;
        }
        let additional = match &view.additional {
            AdditionalRule::Typed(values) => values.as_slice(),
            _ => &[],
        };
        let variants = view.unions.iter().flat_map(|union| &union.variants);
        let mut parts = view.items.iter().chain(additional).chain(variants);
        depth < DEEPEST_SECRET
            && parts.any(|part| {
                let target = self.resolve(part);
                let view = self.merged(&target);
                self.is_secret(&view, depth + 1)
            })
    }

    /// A key that must be there but is not described is any JSON: without a field it could not be sent.
    fn undeclared_field(&mut self, key: &str, pointer: &Pointer) -> Field {
        let message = format!(
            "{} is required but is no property; it takes any JSON",
            quoted(key)
        );
        let derived = self.descendants(pointer).into_iter();
        let declared_later = { derived }.any(|derived| {
            let view = self.merged(&derived);
            view.properties.contains_key(key)
        });
        let diagnostic = if declared_later {
            Diagnostic::note(Code::RequiredNotDeclared, message)
        } else {
            Diagnostic::warning(Code::RequiredNotDeclared, message)
                .help("describe it under `properties`, or take it out of `required`")
        };
        self.report(diagnostic.at(&pointer.push("required")));
        Field {
            name: String::new(),
            key: key.to_owned(),
            value: Type::Any,
            presence: FieldPresence::Required,
            read_only: false,
            write_only: false,
            secret: false,
            default: None,
            documentation: Documentation::default(),
        }
    }

    /// The limits of the items of an array without a name, for the documentation of the array.
    pub(super) fn limits_of_items(&mut self, sources: &[Pointer]) -> Vec<String> {
        const DEEPEST: usize = 4;
        let mut limits = Vec::new();
        let mut prefix = String::new();
        let mut current: Vec<Pointer> = sources.to_vec();
        for _ in 0..DEEPEST {
            let Some(last) = current.last() else { break };
            let target = self.resolve(last);
            let view = self.merged(&target);
            if !prefix.is_empty() {
                if super::schema::is_component(&target) {
                    break;
                }
                limits.extend(view.limits.iter().map(|limit| format!("{prefix}: {limit}")));
            }
            prefix = if prefix.is_empty() {
                "each item".to_owned()
            } else {
                format!("{prefix} of each item")
            };
            current.clone_from(&view.items);
        }
        limits
    }
}
