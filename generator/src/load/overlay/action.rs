//! One action of an overlay: what it selects is updated, removed, or receives a copy.
//!
//! Comes in: an action as it is written, and the tree. Goes out: the tree with the change, and the places of what was added. Must not
//! know: what the parts of a description mean.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::{Changing, MOST_ADDED, PLACE, Words, query::Query};
use crate::{
    diagnostics::{Code, Diagnostic, Pointer, quoted},
    load::{
        events::DEEPEST,
        origin::{Origin, Part},
        shape::kind,
    },
};

const KEYS: [&str; 5] = ["target", "description", "update", "remove", "copy"];

/// An action that can be carried out.
pub struct Action<'v> {
    place: Pointer,
    /// The text of the target.
    target: &'v str,
    query: Query,
    change: Change<'v>,
}

enum Change<'v> {
    Update(&'v Value),
    Copy(Query),
    Remove,
}

impl<'v> Action<'v> {
    /// Reads an action; nothing where it cannot be carried out, which is said.
    pub fn read(value: &'v Value, place: &Pointer, words: &mut Words) -> Option<Self> {
        if !value.is_object() {
            let message = format!("an action must be an object, and is {}", kind(value));
            words.say(Diagnostic::warning(Code::WrongType, message).at(place));
            return None;
        }
        words.unknown_keys(value, place, &KEYS);
        if value.get("target").is_none() {
            let message = "the action has no `target`, so it changes nothing";
            words.say(Diagnostic::warning(Code::MissingKey, message).at(place));
        }
        let (target, query) = read_query(value, place, "target", words)?;
        let remove = match value.get("remove") {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(other) => {
                let message = format!("`remove` must be true or false, and is {}", kind(other));
                words.say(Diagnostic::warning(Code::WrongType, message).at(&place.push("remove")));
                false
            }
        };
        let change = if remove {
            Change::Remove
        } else if let Some(update) = value.get("update") {
            if value.get("copy").is_some() {
                let message = "the action has both `update` and `copy`; only `update` is used";
                words.say(
                    Diagnostic::warning(Code::ActionMisfit, message)
                        .at(&place.push("copy"))
                        .help("write two actions"),
                );
            }
            Change::Update(update)
        } else if value.get("copy").is_some() {
            Change::Copy(read_query(value, place, "copy", words)?.1)
        } else {
            let message = "the action says neither `update` nor `remove` nor `copy`";
            words.say(Diagnostic::warning(Code::ActionWithoutEffect, message).at(place));
            return None;
        };
        Some(Self {
            place: place.clone(),
            target,
            query,
            change,
        })
    }

    /// Carries the action out.
    pub fn carry_out(self, tree: &mut Changing<'_>, words: &mut Words) {
        let targets = self.query.select(tree.root);
        if targets.is_empty() {
            let message = format!("the target {} selects nothing", quoted(self.target));
            words.say(
                Diagnostic::warning(Code::ActionWithoutEffect, message)
                    .at(&self.place.push("target"))
                    .help("correct the target, or remove the action if the document has changed"),
            );
            return;
        }
        match self.change {
            Change::Remove => {
                if targets.iter().any(Pointer::is_root) {
                    let message = "the whole document cannot be removed";
                    words.say(
                        Diagnostic::warning(Code::ActionMisfit, message)
                            .at(&self.place.push("target")),
                    );
                    return;
                }
                remove(tree, &targets);
            }
            Change::Update(update) => {
                let place = self.place.push("update");
                let part = Part::new(Origin {
                    source: words.source,
                    pointer: place.clone(),
                });
                Merge::new(update, &part, place).into_all(&targets, tree, words);
            }
            Change::Copy(query) => {
                let place = self.place.push("copy");
                let copied = query.select(tree.root);
                let [from] = copied.as_slice() else {
                    let message =
                        format!("`copy` must select one value, and selects {}", copied.len());
                    words.say(Diagnostic::warning(Code::ActionMisfit, message).at(&place));
                    return;
                };
                let part = tree.origins.part(from);
                let value = tree
                    .root
                    .pointer(from.as_str())
                    .cloned()
                    .unwrap_or_default();
                Merge::new(&value, &part, place).into_all(&targets, tree, words);
            }
        }
    }
}

/// A member that must be a query: its text, and the query itself.
fn read_query<'v>(
    value: &'v Value,
    place: &Pointer,
    key: &str,
    words: &mut Words,
) -> Option<(&'v str, Query)> {
    let text = words.text(value, place, key)?;
    match Query::parse(text) {
        Ok(query) => Some((text, query)),
        Err(reason) => {
            let message = format!("{} is no JSONPath: {reason}", quoted(text));
            words.say(
                Diagnostic::warning(Code::OverlayTarget, message)
                    .at(&place.push(key))
                    .help("keys with other characters than letters, digits and `_` stand in brackets: `$.paths['/pets'].get`"),
            );
            None
        }
    }
}

/// Removes what stands at places.
fn remove(tree: &mut Changing<'_>, targets: &[Pointer]) {
    let mut by_parent: BTreeMap<(usize, Pointer), HashSet<String>> = BTreeMap::new();
    for target in targets {
        if let (Some(parent), Some(token)) = (target.parent(), target.last()) {
            let depth = parent.tokens().count();
            by_parent.entry((depth, parent)).or_default().insert(token);
        }
    }
    // From the inside out: what is removed further out does not move what is yet to be removed.
    for ((_, parent), tokens) in by_parent.into_iter().rev() {
        match tree.root.pointer_mut(parent.as_str()) {
            Some(Value::Object(members)) => {
                members.retain(|key, _| !tokens.contains(key));
                for token in tokens {
                    tree.origins.forget(&parent.push(&token));
                }
            }
            Some(Value::Array(elements)) => {
                let kept: Vec<usize> = (0..elements.len())
                    .filter(|index| !tokens.contains(&index.to_string()))
                    .collect();
                let mut index = 0;
                elements.retain(|_| {
                    index += 1;
                    !tokens.contains(&(index - 1).to_string())
                });
                tree.origins.keep_elements(&parent, &kept);
            }
            _ => {}
        }
    }
}

/// A value that is merged into others.
struct Merge<'m> {
    value: &'m Value,
    /// Where the value comes from.
    part: &'m Part,
    /// What is named where it does not fit.
    place: Pointer,
    /// Parts of the value that did not fit somewhere, which is said once.
    misfits: HashSet<Pointer>,
}

impl<'m> Merge<'m> {
    fn new(value: &'m Value, part: &'m Part, place: Pointer) -> Self {
        Self {
            value,
            part,
            place,
            misfits: HashSet::new(),
        }
    }

    fn into_all(mut self, targets: &[Pointer], tree: &mut Changing<'_>, words: &mut Words) {
        let (count, depth) = size(self.value);
        let count = count.saturating_add(PLACE.saturating_mul(self.part.places()));
        for target in targets {
            let bound = if count > tree.left {
                Some((
                    Code::TooLarge,
                    format!("the changes would add more than {MOST_ADDED} values to the document"),
                ))
            } else if target.tokens().count() + depth > DEEPEST {
                Some((
                    Code::TooDeep,
                    format!("the document would have more than {DEEPEST} levels"),
                ))
            } else {
                None
            };
            if let Some((code, message)) = bound {
                words.say(
                    Diagnostic::error(code, message)
                        .at(&self.place)
                        .help("select less"),
                );
                return;
            }
            tree.left -= count;
            // What was put into one target may have taken the place of another.
            if let Some(mut held) = tree.root.pointer_mut(target.as_str()).map(Value::take) {
                let value = self.value;
                match (&mut held, value) {
                    (Value::Array(elements), single) if !single.is_array() => {
                        tree.origins.put(
                            &target.index(elements.len()),
                            self.part,
                            &Pointer::root(),
                        );
                        elements.push(single.clone());
                    }
                    _ => self.merge(&mut held, value, target, &Pointer::root(), tree, words),
                }
                if let Some(place) = tree.root.pointer_mut(target.as_str()) {
                    *place = held;
                }
            }
        }
    }

    /// Merges what stands at `inner` of the value into what stands at `at` of the tree.
    fn merge(
        &mut self,
        held: &mut Value,
        value: &Value,
        at: &Pointer,
        inner: &Pointer,
        tree: &mut Changing<'_>,
        words: &mut Words,
    ) {
        match (held, value) {
            (Value::Object(members), Value::Object(new)) => {
                for (key, value) in new {
                    let (at, inner) = (at.push(key), inner.push(key));
                    if let Some(held) = members.get_mut(key) {
                        self.merge(held, value, &at, &inner, tree, words);
                    } else {
                        members.insert(key.clone(), value.clone());
                        tree.origins.put(&at, self.part, &inner);
                    }
                }
            }
            (Value::Array(elements), Value::Array(new)) => {
                for (index, value) in new.iter().enumerate() {
                    tree.origins
                        .put(&at.index(elements.len()), self.part, &inner.index(index));
                    elements.push(value.clone());
                }
            }
            // A key without a value, as YAML has it, holds nothing that could be lost.
            (held, value) if held.is_null() || is_primitive(held) && is_primitive(value) => {
                *held = value.clone();
                tree.origins.put(at, self.part, inner);
            }
            (held, value) => self.misfit(held, value, at, inner, words),
        }
    }

    fn misfit(
        &mut self,
        held: &Value,
        value: &Value,
        at: &Pointer,
        inner: &Pointer,
        words: &mut Words,
    ) {
        if !self.misfits.insert(inner.clone()) {
            return;
        }
        let message = format!(
            "{} cannot be merged into {}, which is at {} and stays as it is",
            kind(value),
            kind(held),
            quoted(at.as_str())
        );
        // What is copied stands elsewhere: there the action is named.
        let place = if self.place.last().as_deref() == Some("update") {
            inner.moved(&Pointer::root(), &self.place)
        } else {
            self.place.clone()
        };
        words.say(
            Diagnostic::warning(Code::ActionMisfit, message)
                .at(&place)
                .help("remove it by an action of its own before"),
        );
    }
}

fn is_primitive(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// How many values there are in one, and how deep they lie in each other.
fn size(value: &Value) -> (usize, usize) {
    let add = |(count, depth): (usize, usize), inner: &Value| {
        let (more, deeper) = size(inner);
        (count + more, depth.max(deeper + 1))
    };
    match value {
        Value::Array(elements) => elements.iter().fold((1, 1), add),
        Value::Object(members) => members.values().fold((1, 1), add),
        _ => (1, 0),
    }
}
