//! From references to files to references within one tree.
//!
//! Comes in: the files. Goes out: the files with every reference rewritten to the place in the whole that it leads to, and with the
//! files that this brought in. A reference that leads nowhere stays as it is written, and its fault is kept.

use std::path::Path;

use serde_json::Value;

use super::{
    files::{Files, is_structured},
    spot::Spot,
};
use crate::diagnostics::Pointer;

/// Whether a tree refers to anything but places in itself.
pub fn leads_out(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(key, value)| match value {
            Value::String(text) if key == "$ref" => text != "#" && !text.starts_with("#/"),
            other => leads_out(other),
        }),
        Value::Array(elements) => elements.iter().any(leads_out),
        _ => false,
    }
}

/// Rewrites the references of all files, and of those that they bring in.
pub fn rewrite(files: &mut Files<'_>) {
    let mut index = 0;
    while let Some(file) = files.list.get_mut(index) {
        let mut tree = std::mem::take(&mut file.tree);
        let mut walk = Walk {
            place: file.prefix.clone(),
            files,
            file: index,
        };
        walk.value(&mut tree, "", Spot::TOP);
        if let Some(file) = files.list.get_mut(index) {
            file.tree = tree;
        }
        index += 1;
    }
}

/// The names that a tree gives to places in itself: the keyword, the name and the place of the object that it stands in.
pub fn anchors(tree: &Value) -> Vec<(&'static str, String, Pointer)> {
    const WORDS: [&str; 4] = ["$anchor", "$dynamicAnchor", "$id", "$self"];
    let mut found = Vec::new();
    let mut pending = vec![(Pointer::root(), tree)];
    while let Some((place, value)) = pending.pop() {
        match value {
            Value::Object(members) => {
                for word in WORDS {
                    if let Some(Value::String(name)) = members.get(word) {
                        let name = name.trim_end_matches('#');
                        if !name.is_empty() {
                            found.push((word, name.to_owned(), place.clone()));
                        }
                    }
                }
                let inner = members.iter().filter(|(_, value)| is_container(value));
                pending.extend(inner.map(|(key, value)| (place.push(key), value)));
            }
            Value::Array(elements) => {
                let inner = elements.iter().enumerate();
                let inner = inner.filter(|(_, value)| is_container(value));
                pending.extend(inner.map(|(index, value)| (place.index(index), value)));
            }
            _ => {}
        }
    }
    found
}

pub fn is_container(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// A walk through the tree of one file; trees are no deeper than the readers allow.
struct Walk<'w, 'o> {
    files: &'w mut Files<'o>,
    file: usize,
    place: Pointer,
}

impl Walk<'_, '_> {
    fn value(&mut self, value: &mut Value, key: &str, spot: Spot) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    let reference = reference.clone();
                    let is_alone = members.len() == 1;
                    if spot.takes_text(key) && self.content(value, &reference, is_alone, spot) {
                        return;
                    }
                    if spot.is_data() {
                        return;
                    }
                    self.reference(value, &reference);
                }
                self.members(value, spot);
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    if is_container(element) {
                        self.within(self.place.index(index), |walk| {
                            walk.value(element, key, spot.element());
                        });
                    }
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, value: &mut Value, spot: Spot) {
        let Value::Object(members) = value else {
            return;
        };
        for (key, member) in members.iter_mut() {
            if is_container(member) {
                self.within(self.place.push(key), |walk| {
                    walk.value(member, key, spot.member(key));
                });
            } else if let (true, Value::String(name)) = (spot.is_mapping(), &*member)
                && let Some(target) = self.files.mapped(self.file, name)
            {
                *member = Value::String(target.to_reference());
            }
        }
    }

    fn within(&mut self, place: Pointer, run: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.place, place);
        run(self);
        self.place = before;
    }

    fn reference(&mut self, value: &mut Value, reference: &str) {
        // What the main file says of itself is right as it is.
        let is_own = reference == "#" || reference.starts_with("#/");
        if is_own && self.file == 0 {
            return;
        }
        if let Some(target) = self.files.target(self.file, reference)
            && let Some(slot) = value.get_mut("$ref")
        {
            *slot = Value::String(target.to_reference());
        }
    }

    /// Puts a text or data in place of the reference to its file; `false` where it is none.
    fn content(&mut self, value: &mut Value, reference: &str, is_alone: bool, spot: Spot) -> bool {
        let location = reference.split('#').next().unwrap_or_default();
        // A schema that refers to a file of texts is followed as any other reference.
        if location.is_empty()
            || !is_alone
            || (!spot.is_data() && is_structured(Path::new(location)))
        {
            return false;
        }
        let Some((content, origin)) = self.files.content(self.file, reference) else {
            return false;
        };
        if let Some(origin) = origin {
            self.files.origins.graft(self.place.clone(), origin);
        }
        *value = content;
        true
    }
}
