//! Features: parts of the client that callers can leave out of a build.

use indexmap::IndexMap;
use serde::Serialize;

/// The parts of a client that are compiled only where a feature asks for them. What is not named is always compiled.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Features {
    /// The feature of each group, by the group's accessor, in the order of the names of the features.
    pub groups: IndexMap<String, String>,
    /// The features of each module of types, by the name of the module: any one of them needs it.
    pub modules: IndexMap<String, Vec<String>>,
}

impl Features {
    /// Whether all of the client is always compiled.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.modules.is_empty()
    }
}
