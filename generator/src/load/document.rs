//! The document: one tree in the form of OpenAPI 3.0, and the ways to its parts.
//!
//! Comes in: a tree and its source. Goes out: the structure (paths, operations, components) by place; the pieces are parsed in
//! `pieces.rs`. What is found on the way is collected in the document until [`Document::take_diagnostics`].

use std::{
    collections::HashMap,
    path::Path,
    sync::{Mutex, PoisonError},
};

use serde_json::Value;

use super::{
    Source, check, dialect,
    dialect::Dialect,
    dynamic,
    external::{self, Faults, LoadOptions},
    origin::Origins,
    overlay, references,
    select::{Candidate, Selection, Sieve},
    swagger2,
};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer, quoted};

/// A document that can be worked on.
#[derive(Debug)]
pub struct Document {
    root: Value,
    version: String,
    dialect: Dialect,
    origins: Origins,
    faults: Faults,
    /// The operations that are not wanted: path and method, and where each stands.
    excluded: HashMap<(String, String), Pointer>,
    found: Mutex<Diagnostics>,
}

/// One of the paths of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathEntry {
    /// The template, such as `/pets/{id}`.
    pub template: String,
    /// The place of the path item; it may be a reference.
    pub pointer: Pointer,
}

/// One of the operations of a path item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationEntry {
    /// The HTTP method, as it is written on the wire.
    pub method: String,
    /// The place of the operation.
    pub pointer: Pointer,
}

/// The methods that have a key of their own in a path item; `query` since OpenAPI 3.2.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The key of a path item whose members are the operations of all other methods, since OpenAPI 3.2.
pub(super) const OTHER_METHODS: &str = "additionalOperations";

impl Document {
    /// Reads a document from a file.
    ///
    /// # Errors
    ///
    /// All diagnostics, at least one of them an error, where nothing can be made of it.
    pub fn open(path: &Path) -> Result<Self, Diagnostics> {
        Self::open_with(path, &LoadOptions::default())
    }

    /// Reads a document from a file, and what it refers to from others.
    ///
    /// # Errors
    ///
    /// As [`Document::open`].
    pub fn open_with(path: &Path, options: &LoadOptions) -> Result<Self, Diagnostics> {
        Self::load(Source::open(path)?, Some(path), options)
    }

    /// Reads a document from text, under a name that stands for it in messages.
    ///
    /// # Errors
    ///
    /// As [`Document::open`].
    pub fn parse(name: &str, text: &str) -> Result<Self, Diagnostics> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let read = Source::parse(name.to_owned(), text.to_owned())?;
        Self::load(read, None, &LoadOptions::default())
    }

    fn load(
        (source, mut root, mut found): (Source, Value, Diagnostics),
        main: Option<&Path>,
        options: &LoadOptions,
    ) -> Result<Self, Diagnostics> {
        let mut origins = Origins::new(source);
        overlay::apply(&mut root, &mut origins, &options.changes, &mut found);
        match dialect::version(&root, &origins, &mut found) {
            Ok((dialect, version)) => {
                let faults = external::bring_in(&mut root, &mut origins, main, options, &mut found);
                dynamic::settle(&mut root, &mut origins, &mut found);
                let root = match dialect {
                    Dialect::Swagger2 => swagger2::convert(root, &mut origins, &mut found),
                    Dialect::OpenApi30 | Dialect::OpenApi31 | Dialect::OpenApi32 => root,
                };
                let mut document = Self {
                    root,
                    version,
                    dialect,
                    origins,
                    faults,
                    excluded: HashMap::new(),
                    found: Mutex::new(found),
                };
                document.select(&options.selection);
                check::check(&document);
                Ok(document)
            }
            Err(diagnostic) => {
                found.push(diagnostic);
                found.locate(|pointers| origins.locate(pointers));
                Err(found)
            }
        }
    }

    /// The version of OpenAPI that the document declares, such as `3.0.3`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The dialect that the document is written in.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// How a number or boolean was written, where that is not how JSON writes it: `1.10`, `0x10`, `True`.
    #[must_use]
    pub fn spelling(&self, pointer: &Pointer) -> Option<&str> {
        self.origins.spelling(pointer)
    }

    /// The whole tree.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// What stands at a place; references are not followed.
    #[must_use]
    pub fn value(&self, pointer: &Pointer) -> Option<&Value> {
        pointer.find(&self.root)
    }

    /// The reference that stands at a place, if it is a reference object.
    #[must_use]
    pub fn reference(&self, pointer: &Pointer) -> Option<&str> {
        references::reference(self.value(pointer)?)
    }

    /// Follows references from a place to what they stand for; a place that is no reference is returned as it is.
    ///
    /// # Errors
    ///
    /// CS0301 to CS0304.
    pub fn resolve(&self, pointer: &Pointer) -> Result<Pointer, Diagnostic> {
        self.resolved(pointer).map(|(place, _)| place)
    }

    /// The same, with what stands there.
    pub(super) fn resolved(&self, pointer: &Pointer) -> Result<(Pointer, &Value), Diagnostic> {
        references::resolve(self, pointer)
    }

    /// Why the reference at `place` could not be followed into a file, if that is so.
    pub(super) fn fault(&self, place: &Pointer, reference: &str) -> Option<Diagnostic> {
        if self.faults.is_empty() {
            return None;
        }
        let source = self.origins.origin(place).source;
        Some(self.faults.get(source, reference)?.at(place))
    }

    /// The reference at `place` as it could be written in the file in which it stands.
    pub(super) fn written(&self, place: &Pointer, reference: &str) -> String {
        external::written(&self.origins, reference, place)
    }

    /// The places of many pointers in the texts, in one pass over each.
    #[must_use]
    pub fn locate(&self, pointers: &[&Pointer]) -> HashMap<Pointer, Place> {
        self.origins.locate(pointers)
    }

    /// The paths, in the order of the document.
    #[must_use]
    pub fn paths(&self) -> Vec<PathEntry> {
        let entry = |(template, pointer): (String, Pointer)| {
            template
                .starts_with('/')
                .then_some(PathEntry { template, pointer })
        };
        self.members(&Pointer::root().push("paths"))
            .into_iter()
            .filter_map(entry)
            .collect()
    }

    /// The operations of the path item at `pointer`, in the order of the document. References are followed.
    ///
    /// # Errors
    ///
    /// CS0301 to CS0304.
    pub fn operations(&self, pointer: &Pointer) -> Result<Vec<OperationEntry>, Diagnostic> {
        let is_object = |entry: &OperationEntry| {
            let value = self.value(&entry.pointer);
            value.is_some_and(Value::is_object)
        };
        let entries = |(key, pointer): (String, Pointer)| match key.as_str() {
            OTHER_METHODS => self
                .members(&pointer)
                .into_iter()
                .filter(|(method, _)| can_be_sent(method))
                .map(|(method, pointer)| OperationEntry { method, pointer })
                .collect(),
            method if METHODS.contains(&method) => vec![OperationEntry {
                method: method.to_ascii_uppercase(),
                pointer,
            }],
            _ => Vec::new(),
        };
        Ok(self
            .members(&self.resolve(pointer)?)
            .into_iter()
            .flat_map(entries)
            .filter(is_object)
            .collect())
    }

    /// The operations of a path that are wanted, in the order of the document.
    ///
    /// # Errors
    ///
    /// CS0301 to CS0304.
    pub fn selected(&self, path: &PathEntry) -> Result<Vec<OperationEntry>, Diagnostic> {
        let mut operations = self.operations(&path.pointer)?;
        operations.retain(|operation| !self.is_excluded(&path.template, &operation.method));
        Ok(operations)
    }

    /// Whether there is such an operation that is not wanted; the method is as on the wire.
    fn is_excluded(&self, template: &str, method: &str) -> bool {
        !self.excluded.is_empty()
            && self
                .excluded
                .contains_key(&(template.to_owned(), method.to_owned()))
    }

    /// The operations that are not wanted, in no order: method as on the wire, path and place.
    pub fn excluded(&self) -> impl Iterator<Item = (&str, &str, &Pointer)> {
        self.excluded
            .iter()
            .map(|((template, method), pointer)| (method.as_str(), template.as_str(), pointer))
    }

    /// Finds the operations that are not wanted.
    fn select(&mut self, selection: &Selection) {
        if selection.is_empty() {
            return;
        }
        let mut sieve = Sieve::new(selection);
        let mut excluded = HashMap::new();
        for path in self.paths() {
            for operation in self.operations(&path.pointer).unwrap_or_default() {
                let kept = self.value(&operation.pointer).is_some_and(|value| {
                    sieve.keeps(Candidate {
                        method: &operation.method,
                        template: &path.template,
                        value,
                    })
                });
                if !kept {
                    excluded.insert((path.template.clone(), operation.method), operation.pointer);
                }
            }
        }
        for diagnostic in sieve.unused() {
            self.say(diagnostic);
        }
        self.excluded = excluded;
    }

    /// The schemas of `components`, by name, in the order of the document.
    #[must_use]
    pub fn schemas(&self) -> Vec<(String, Pointer)> {
        self.members(&Pointer::root().push("components").push("schemas"))
    }

    /// The security schemes of `components`, by name, in the order of the document.
    #[must_use]
    pub fn security_schemes(&self) -> Vec<(String, Pointer)> {
        self.members(&Pointer::root().push("components").push("securitySchemes"))
    }

    /// The members of the object at a place, in the order of the document, without those that begin with `x-`; none where there is no
    /// object. References are not followed.
    #[must_use]
    pub fn members(&self, pointer: &Pointer) -> Vec<(String, Pointer)> {
        let Some(Value::Object(members)) = self.value(pointer) else {
            return Vec::new();
        };
        let keys = members.keys().filter(|key| !key.starts_with("x-"));
        keys.map(|key| (key.clone(), pointer.push(key))).collect()
    }

    /// Adds to what was found on the way.
    pub fn say(&self, diagnostic: Diagnostic) {
        self.found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(diagnostic);
    }

    /// Takes out what was found while reading the text and the pieces so far.
    #[must_use]
    pub fn take_diagnostics(&self) -> Diagnostics {
        std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether a method is one that a client can send: a token of HTTP (RFC 9110, section 5.6.2), and not the one that makes a tunnel.
pub(super) fn can_be_sent(method: &str) -> bool {
    let is_of_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !method.is_empty() && method.bytes().all(is_of_token) && !method.eq_ignore_ascii_case("connect")
}

/// What `paths` should be and is not.
pub(super) fn bad_path(template: &str, pointer: &Pointer) -> Diagnostic {
    Diagnostic::warning(
        Code::PathWithoutSlash,
        format!(
            "the path {} does not begin with a slash and is left out",
            quoted(template)
        ),
    )
    .at(pointer)
    .help(format!("write `/{}`", quoted(template).trim_matches('`')))
}
