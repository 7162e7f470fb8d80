//! Descriptions in several files: what references lead to is brought into one tree.
//!
//! Comes in: the tree of the main file, and where that file lies. Goes out: one tree in which every file that is referred to stands
//! as it is under [`DOCUMENTS`], and every reference leads to a place of this tree; where a part is read without following
//! references, what it refers to stands in its place. What cannot be brought in costs the reference alone. Must not know what the
//! parts mean beyond whether they may be references.

mod files;
mod inline;
mod rewrite;
mod spot;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{origin::Origins, overlay::Change, select::Selection};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer};
use files::Files;
pub use inline::written;
pub use spot::Spot;

/// The member of the tree that holds the other files, by their paths from the folder of the main file.
pub const DOCUMENTS: &str = "x-documents";

/// What is read besides the main file.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Folders, besides that of the main file, whose files may be referred to.
    pub allow: Vec<PathBuf>,
    /// The files that stand for addresses: nothing is ever fetched.
    pub addresses: IndexMap<String, PathBuf>,
    /// What changes the main file before anything else is done, in this order.
    pub changes: Vec<Change>,
    /// The operations that are wanted.
    pub selection: Selection,
}

/// Why a reference leads nowhere; said at every place where it stands.
#[derive(Debug, Clone)]
pub struct Fault {
    code: Code,
    message: String,
    help: Option<String>,
}

impl Fault {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, said at the reference.
    pub fn at(&self, place: &Pointer) -> Diagnostic {
        let diagnostic = Diagnostic::warning(self.code, self.message.clone()).at(place);
        match &self.help {
            Some(help) => diagnostic.help(help.clone()),
            None => diagnostic,
        }
    }
}

/// The references that could not be followed into a file: by the text they stand in, and as they are written.
#[derive(Debug, Default)]
pub struct Faults(HashMap<(usize, String), Fault>);

impl Faults {
    /// Whether every reference could be followed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Why a reference leads nowhere, if it is one that could not be followed into a file.
    pub fn get(&self, source: usize, reference: &str) -> Option<&Fault> {
        // What an overlay has put into the main file is read as if it stood there.
        [source, 0]
            .into_iter()
            .find_map(|source| self.0.get(&(source, reference.to_owned())))
    }
}

/// Brings the files that `root` refers to into it. `main` is the file that `root` was read from; without it, nothing can be read.
pub fn bring_in(
    root: &mut Value,
    origins: &mut Origins,
    main: Option<&Path>,
    options: &LoadOptions,
    found: &mut Diagnostics,
) -> Faults {
    if !rewrite::leads_out(root) {
        return Faults::default();
    }
    let mut files = Files::new(std::mem::take(root), main, options, origins, found);
    rewrite::rewrite(&mut files);
    let (trees, faults) = files.done();
    let mut documents = Map::new();
    for (key, tree) in trees {
        match key {
            None => *root = tree,
            Some(key) => drop(documents.insert(key, tree)),
        }
    }
    if let (Some(members), false) = (root.as_object_mut(), documents.is_empty()) {
        match members.get_mut(DOCUMENTS) {
            Some(Value::Object(own)) => own.extend(documents),
            _ => drop(members.insert(DOCUMENTS.to_owned(), Value::Object(documents))),
        }
    }
    inline::inline(root, origins, &faults, found);
    faults
}

#[cfg(test)]
mod tests;
