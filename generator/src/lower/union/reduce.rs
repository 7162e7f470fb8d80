//! Alternatives that no Rust type tells apart become one: texts, numbers, booleans.

use std::rc::Rc;

use serde_json::Value;

use super::super::keywords::{Keywords, Kind};
use super::super::scalar;
use super::{Candidate, Source};
use crate::diagnostics::Pointer;
use crate::model::Scalar;

/// What the values of an alternative are, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Boolean,
    Number,
    Text,
    Array,
    /// An object, a map, or a union of its own.
    Object,
    /// Anything.
    Any,
}

/// The class of an alternative.
pub(super) fn class(view: &Keywords) -> Class {
    if !view.unions.is_empty() {
        return Class::Object;
    }
    if let Some(values) = &view.enumeration {
        let mut given = values.iter().filter(|value| !value.is_null());
        let of = |value: &Value| match value {
            Value::Bool(_) => Class::Boolean,
            Value::Number(_) if view.declared == Some(Kind::String) => Class::Text,
            Value::Number(_) => Class::Number,
            Value::String(_) => Class::Text,
            Value::Null | Value::Array(_) | Value::Object(_) => Class::Any,
        };
        let first = given.next().map_or(Class::Any, of);
        let uniform = given.all(|value| of(value) == first);
        let misplaced = matches!(view.declared, Some(Kind::Array | Kind::Object));
        if !misplaced {
            return if uniform { first } else { Class::Any };
        }
    }
    match view.declared {
        Some(Kind::Boolean) => Class::Boolean,
        Some(Kind::Integer | Kind::Number) => Class::Number,
        Some(Kind::String) => Class::Text,
        Some(Kind::Array) => Class::Array,
        Some(Kind::Object) => Class::Object,
        Some(Kind::Null) | None => Class::Any,
    }
}

/// The alternatives with at most one text, one number and one boolean among them.
pub(super) fn reduce(union: &Pointer, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut reduced: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for class_of_one in [Class::Boolean, Class::Number, Class::Text] {
        let alike: Vec<&Candidate> = candidates
            .iter()
            .filter(|candidate| class(&candidate.view) == class_of_one)
            .collect();
        reduced.extend(one_of(union, class_of_one, &alike));
    }
    // The one that stands for a class takes the place of the first of its class.
    let mut result: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        match class(&candidate.view) {
            Class::Array | Class::Object | Class::Any => result.push(candidate),
            scalar => {
                if let Some(position) = reduced.iter().position(|one| class(&one.view) == scalar) {
                    result.push(reduced.swap_remove(position));
                }
            }
        }
    }
    result
}

/// The alternative that takes every value of `alike`.
fn one_of(union: &Pointer, class: Class, alike: &[&Candidate]) -> Option<Candidate> {
    let first = *alike.first()?;
    if alike.len() == 1 || class == Class::Boolean {
        return Some(first.clone());
    }
    let enumerations: Vec<&Candidate> = alike
        .iter()
        .copied()
        .filter(|candidate| is_enumeration(&candidate.view))
        .collect();
    let others: Vec<&Candidate> = alike
        .iter()
        .copied()
        .filter(|candidate| !is_enumeration(&candidate.view))
        .collect();
    let has_fraction =
        class == Class::Number && others.iter().any(|candidate| !is_whole(&candidate.view));
    match enumerations.as_slice() {
        // An enumeration is open: it takes every other text or whole number too.
        [only] if !has_fraction => return Some((*only).clone()),
        [_, _, ..] if !has_fraction => return Some(united(union, class, &enumerations)),
        _ => {}
    }
    let scalar_of =
        |candidate: &Candidate| scalar::scalar(&candidate.view, candidate.view.declared?);
    let widest = match class {
        Class::Text => {
            let plain = others
                .iter()
                .find(|candidate| scalar_of(candidate) == Some(Scalar::String));
            let all_equal = others
                .iter()
                .all(|candidate| scalar_of(candidate) == scalar_of(first));
            plain.copied().or(all_equal.then_some(first))
        }
        _ => others
            .iter()
            .copied()
            .max_by_key(|candidate| scalar_of(candidate).map(breadth)),
    };
    Some(match widest {
        Some(widest) if !is_enumeration(&widest.view) => widest.clone(),
        // Only texts of different formats: text takes them all.
        _ => plain_text(union, first),
    })
}

fn is_enumeration(view: &Keywords) -> bool {
    view.enumeration.is_some()
}

fn is_whole(view: &Keywords) -> bool {
    view.declared
        .and_then(|kind| scalar::scalar(view, kind))
        .is_some_and(|scalar| matches!(scalar, Scalar::Integer(_)))
}

/// Wider numbers count more.
fn breadth(scalar: Scalar) -> u8 {
    use crate::model::{FloatWidth, IntegerWidth};
    match scalar {
        Scalar::Number(FloatWidth::F64) => 20,
        Scalar::Number(FloatWidth::F32) => 19,
        Scalar::Integer(width) => match width {
            IntegerWidth::I64 => 18,
            IntegerWidth::U64 => 17,
            IntegerWidth::I32 => 16,
            IntegerWidth::U32 => 15,
            IntegerWidth::I16 => 14,
            IntegerWidth::U16 => 13,
            IntegerWidth::I8 => 12,
            IntegerWidth::U8 => 11,
        },
        Scalar::Boolean
        | Scalar::String
        | Scalar::Uuid
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Base64
        | Scalar::Ipv4
        | Scalar::Ipv6
        | Scalar::File => 0,
    }
}

/// One enumeration with the values of several.
fn united(union: &Pointer, class: Class, enumerations: &[&Candidate]) -> Candidate {
    let mut values: Vec<Value> = Vec::new();
    let (mut names, mut descriptions) = (Vec::new(), Vec::new());
    for candidate in enumerations {
        let own = candidate.view.enumeration.as_deref().unwrap_or_default();
        for (index, value) in own.iter().enumerate() {
            if !values.contains(value) {
                let (name, description) = said_of(&candidate.view, index);
                values.push(value.clone());
                names.push(name);
                descriptions.push(description);
            }
        }
    }
    let view = Keywords {
        pointer: union.push("enum"),
        declared: Some(if class == Class::Text {
            Kind::String
        } else {
            Kind::Integer
        }),
        enumeration: Some(values),
        enumeration_names: names,
        enumeration_descriptions: descriptions,
        ..Keywords::default()
    };
    merged(union, enumerations, view)
}

/// The name of a value and the words for it; empty where nothing is said. A schema of one value speaks of that value: its title names a
/// number, which has no name of its own.
fn said_of(view: &Keywords, index: usize) -> (String, String) {
    let listed = |list: &[String]| list.get(index).cloned().unwrap_or_default();
    let mut name = listed(&view.enumeration_names);
    let mut description = listed(&view.enumeration_descriptions);
    if let Some([value]) = view.enumeration.as_deref() {
        let title = view.words.title.clone().unwrap_or_default();
        if name.is_empty() && value.is_number() && is_name(&title) {
            name.clone_from(&title);
        }
        let mut words = vec![view.words.description.clone().unwrap_or(title)];
        words.extend(view.words.deprecated.then(|| "Deprecated.".to_owned()));
        words.retain(|words| !words.is_empty() && *words != name);
        if description.is_empty() {
            description = words.join("\n\n");
        }
    }
    (name, description)
}

/// Whether a title is a name rather than a sentence.
fn is_name(title: &str) -> bool {
    const MOST_WORDS: usize = 4;
    (1..=MOST_WORDS).contains(&title.split_whitespace().count()) && !title.ends_with('.')
}

fn plain_text(union: &Pointer, first: &Candidate) -> Candidate {
    let view = Keywords {
        pointer: union.clone(),
        declared: Some(Kind::String),
        ..Keywords::default()
    };
    merged(union, &[first], view)
}

fn merged(union: &Pointer, alike: &[&Candidate], view: Keywords) -> Candidate {
    let mut key = vec![union.clone()];
    key.extend(alike.iter().map(|candidate| candidate.listed.clone()));
    Candidate {
        listed: view.pointer.clone(),
        source: Source::Merged(key),
        view: Rc::new(view),
    }
}
