//! Inheritance: which components have which others as members of their `allOf`.
//!
//! Comes in: the document. Goes out: the components that derive from each. Must not know: what becomes of them.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::Lowering;
use crate::diagnostics::Pointer;
use crate::load::Document;

/// The components that have each component as a member of their `allOf`, in the order of the document.
pub(super) fn subtypes(document: &Document) -> FxHashMap<Pointer, Vec<Pointer>> {
    let mut subtypes: FxHashMap<Pointer, Vec<Pointer>> = FxHashMap::default();
    for (_, component) in document.schemas() {
        let list = component.push("allOf");
        let count = document
            .value(&list)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for index in 0..count {
            // A reference that leads nowhere is reported where it is followed for its own sake.
            let Ok(base) = document.resolve(&list.index(index)) else {
                continue;
            };
            let derived = subtypes.entry(base).or_default();
            if !derived.contains(&component) {
                derived.push(component.clone());
            }
        }
    }
    subtypes
}

impl Lowering<'_> {
    /// The components that derive from one, directly or not.
    pub(super) fn descendants(&self, base: &Pointer) -> Vec<Pointer> {
        let mut found: Vec<Pointer> = Vec::new();
        let mut open = vec![base.clone()];
        while let Some(current) = open.pop() {
            for derived in self.subtypes.get(&current).into_iter().flatten() {
                if derived != base && !found.contains(derived) {
                    found.push(derived.clone());
                    open.push(derived.clone());
                }
            }
        }
        found
    }

    /// Whether a schema is a base whose discriminator tells what derives from it, which it does not list itself.
    pub(super) fn is_base(&mut self, target: &Pointer) -> bool {
        self.subtypes.contains_key(target) && self.own(target).base_of.is_some()
    }
}
