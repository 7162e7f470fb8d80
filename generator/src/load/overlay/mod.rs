//! Changes of the description before it is read: overlays (OpenAPI Overlay 1.0 and 1.1), and the patches of the settings.
//!
//! Comes in: the tree of the main file as it is written, and the files with changes. Goes out: the tree with the changes, in the order
//! in which they are given, and the places of what was changed: they lie in the file with the change. An action that cannot be carried
//! out costs itself alone. Must not know: what the parts of a description mean, other files of the description.

mod action;
mod query;

use std::path::PathBuf;

use serde_json::Value;

use super::{Source, origin::Origins, shape::kind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer, nearest, quoted};
use action::Action;

/// How many values all changes may add.
const MOST_ADDED: usize = 2_000_000;
/// As how many values it counts that a value comes from a place of its own: the place must be kept.
const PLACE: usize = 20;

/// A file that changes the description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An overlay, JSON or YAML.
    Overlay(PathBuf),
    /// Settings with `[[patches]]`.
    Patches(PathBuf),
}

/// The tree that is changed.
struct Changing<'t> {
    root: &'t mut Value,
    origins: &'t mut Origins,
    /// How many values may be added.
    left: usize,
}

/// The words of one file with changes, and what there is to say about it.
struct Words {
    /// The index of its text among the origins.
    source: usize,
    found: Diagnostics,
}

/// Carries out all changes.
pub fn apply(root: &mut Value, origins: &mut Origins, changes: &[Change], found: &mut Diagnostics) {
    let mut changing = Changing {
        root,
        origins,
        left: MOST_ADDED,
    };
    for change in changes {
        let read = match change {
            Change::Overlay(path) => Source::open(path).map(|(source, tree, said)| {
                found.extend(said.iter().cloned());
                (source, tree)
            }),
            Change::Patches(path) => Source::open_settings(path),
        };
        let Some((source, tree)) = found.keep(read) else {
            continue;
        };
        let mut words = Words {
            source: changing.origins.add(source),
            found: Diagnostics::new(),
        };
        let list = match change {
            Change::Overlay(_) => overlay(&tree, changing.origins.main().name(), &mut words),
            Change::Patches(_) => Some(Pointer::root().push("patches")),
        };
        if let Some(list) = list {
            changing.actions(&tree, &list, &mut words);
        }
        words.found.locate(|pointers| {
            let locations = changing.origins.locate_in(words.source, pointers);
            locations
                .into_iter()
                .map(|(pointer, location)| (pointer.clone(), Place { location, pointer }))
                .collect()
        });
        found.extend(words.found.iter().cloned());
    }
}

impl Changing<'_> {
    fn actions(&mut self, tree: &Value, list: &Pointer, words: &mut Words) {
        let actions = tree.pointer(list.as_str()).and_then(Value::as_array);
        for (index, value) in actions.into_iter().flatten().enumerate() {
            if let Some(action) = Action::read(value, &list.index(index), words) {
                action.carry_out(self, words);
            }
        }
    }
}

impl Words {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Says which keys of an object are not known.
    fn unknown_keys(&mut self, object: &Value, place: &Pointer, known: &[&str]) {
        for key in object
            .as_object()
            .into_iter()
            .flat_map(|members| members.keys())
        {
            if known.contains(&key.as_str()) || key.starts_with("x-") {
                continue;
            }
            let message = format!("the key {} means nothing in an overlay", quoted(key));
            let diagnostic = Diagnostic::warning(Code::UnknownKey, message).at(&place.push(key));
            self.say(match nearest(key, known.iter().copied()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic,
            });
        }
    }

    /// A member of an object that must be text, if it is there and is.
    fn text<'v>(&mut self, object: &'v Value, place: &Pointer, key: &str) -> Option<&'v str> {
        let value = object.get(key)?;
        if let Value::String(text) = value {
            return Some(text);
        }
        let message = format!("`{key}` must be text, and is {}", kind(value));
        self.say(Diagnostic::warning(Code::WrongType, message).at(&place.push(key)));
        None
    }
}

/// The place of the actions of an overlay, where it is one.
fn overlay(tree: &Value, main: &str, words: &mut Words) -> Option<Pointer> {
    let top = Pointer::root();
    let unusable = |message: &str, place: &Pointer| {
        Diagnostic::error(Code::OverlayNotUsed, message).at(place).help(
            "an overlay begins with its version, `overlay: 1.1.0`, and holds a list of `actions`",
        )
    };
    let Some(version) = tree.get("overlay") else {
        words.say(unusable(
            "the file has no key `overlay`, so it is no overlay",
            &top,
        ));
        return None;
    };
    let place = top.push("overlay");
    let written = match version {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut numbers = written.split('.');
    match (numbers.next(), numbers.next()) {
        (Some("1"), Some("0" | "1")) => {}
        (Some("1"), Some(_)) => words.say(
            Diagnostic::warning(
                Code::OverlayVersion,
                format!(
                    "version {} of overlays is not known, and is read as 1.1",
                    quoted(&written)
                ),
            )
            .at(&place)
            .help("the versions of overlays that are known are 1.0 and 1.1"),
        ),
        _ => {
            let message = format!(
                "{} is no version of overlays that is known",
                quoted(&written)
            );
            words.say(unusable(&message, &place));
            return None;
        }
    }
    words.unknown_keys(tree, &top, &["overlay", "info", "extends", "actions"]);
    if let Some(extends) = words.text(tree, &top, "extends") {
        let file = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        let meant = extends.split(['?', '#']).next().unwrap_or(extends);
        if file(meant) != file(main) {
            let message = format!(
                "the overlay says that it is for {}; it is applied to {}",
                quoted(extends),
                quoted(main)
            );
            words.say(Diagnostic::note(Code::OverlayForOther, message).at(&top.push("extends")));
        }
    }
    let actions = top.push("actions");
    match tree.get("actions") {
        Some(Value::Array(list)) if !list.is_empty() => Some(actions),
        Some(Value::Array(_)) => {
            let message = "the overlay has no actions, and changes nothing";
            words.say(Diagnostic::warning(Code::ActionWithoutEffect, message).at(&actions));
            None
        }
        Some(other) => {
            let message = format!("`actions` must be a list, and is {}", kind(other));
            words.say(unusable(&message, &actions));
            None
        }
        None => {
            words.say(unusable("the overlay has no key `actions`", &top));
            None
        }
    }
}

#[cfg(test)]
mod tests;
