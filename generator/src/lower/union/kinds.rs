//! Schemas of several types: one set of keywords for each type, with what can be said about values of that type.

use std::rc::Rc;

use serde_json::Value;

use super::super::keywords::{AdditionalRule, Keywords, Kind, Words};
use super::super::scalar;
use super::{Candidate, Source};

/// An alternative for each type of a list of types, or of the values of an enumeration; none where there are less than two.
pub(super) fn candidates(keywords: &Keywords) -> Vec<Candidate> {
    if !keywords.unions.is_empty() {
        return Vec::new();
    }
    let kinds = match keywords.enumeration.as_deref() {
        // The values count, whatever the types beside them.
        Some(values) if keywords.declared.is_none() => of_values(values),
        Some(_) => return Vec::new(),
        None => keywords.kinds.clone(),
    };
    if kinds.len() < 2 {
        return Vec::new();
    }
    let place = match keywords.enumeration {
        Some(_) => keywords.pointer.push("enum"),
        None => keywords.pointer.push("type"),
    };
    let candidate = |(index, &kind)| {
        let mut view = of_kind(keywords, kind);
        view.pointer = place.index(index);
        Candidate {
            listed: view.pointer.clone(),
            source: Source::Merged(vec![keywords.pointer.clone(), view.pointer.clone()]),
            view: Rc::new(view),
        }
    };
    kinds.iter().enumerate().map(candidate).collect()
}

/// The types of scalar values, null apart; none where there are others among them.
fn of_values(values: &[Value]) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for value in values.iter().filter(|value| !value.is_null()) {
        let Some(kind) = kind_of(value) else {
            return Vec::new();
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

fn kind_of(value: &Value) -> Option<Kind> {
    match value {
        Value::Bool(_) => Some(Kind::Boolean),
        // Whole numbers and others are of one enumeration: that of numbers.
        Value::Number(_) => Some(Kind::Number),
        Value::String(_) => Some(Kind::String),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What keywords say about values of one type.
fn of_kind(keywords: &Keywords, kind: Kind) -> Keywords {
    let mut view = Keywords {
        declared: Some(kind),
        kinds: Vec::new(),
        nullable: false,
        base_of: None,
        words: Words::default(),
        // They are documented with the union: which type they speak about can be told from their words.
        limits: Vec::new(),
        excluded: Vec::new(),
        ..keywords.clone()
    };
    if let Some(values) = &mut view.enumeration {
        let before = values.len();
        values.retain(|value| kind_of(value) == Some(kind));
        if values.len() < before {
            view.enumeration_names.clear();
            view.enumeration_descriptions.clear();
        }
    }
    if kind != Kind::Object {
        view.properties.clear();
        view.required.clear();
        view.additional = AdditionalRule::Unsaid;
    }
    if kind != Kind::Array {
        view.items.clear();
        view.prefix.clear();
    }
    if kind != Kind::String {
        view.pattern = None;
    }
    let about = view.format.as_deref().and_then(scalar::kind_of_format);
    let fits = match about {
        Some(Kind::Integer | Kind::Number) => matches!(kind, Kind::Integer | Kind::Number),
        Some(about) => about == kind,
        None => kind == Kind::String,
    };
    if !fits {
        view.format = None;
    }
    view
}
