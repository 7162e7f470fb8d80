//! Names of variants: after the schema, the title, what selects the variant, or the type.

use super::super::Lowering;
use super::super::keywords::{Keywords, Kind};
use super::super::naming::{Candidates, schema_name, tell_apart};
use super::super::scalar;
use super::super::schema::is_component;
use super::reduce::{Class, class};
use super::{Candidate, Reduced, Source, base, selectors};
use crate::diagnostics::Pointer;
use crate::model::{Scalar, Selector};

/// How deep the items of an array are looked at for a name.
const DEEPEST: usize = 3;

/// The name of each variant, unique in the union and never `Unknown`.
pub(super) fn of(
    lowering: &mut Lowering<'_>,
    reduced: &Reduced,
    selectors: &[Vec<Selector>],
) -> Vec<String> {
    let mut names = Vec::with_capacity(reduced.candidates.len());
    for (index, (candidate, selectors)) in reduced.candidates.iter().zip(selectors).enumerate() {
        let words = words(lowering, reduced, candidate, selectors)
            .unwrap_or_else(|| format!("variant {}", index.saturating_add(1)));
        let words = if base::is_base(reduced, candidate) {
            "base".to_owned()
        } else {
            words
        };
        let candidates = Candidates::pascal(&words).hashing(candidate.view.pointer.as_str());
        names.push(if is_component(&candidate.listed) {
            candidates
        } else {
            let kind = word_of_class(class(&candidate.view));
            candidates.yielding_to(&super::super::naming::pascal(&format!("{words} {kind}")))
        });
    }
    tell_apart(&names, &|name| name == "Unknown")
}

fn words(
    lowering: &mut Lowering<'_>,
    reduced: &Reduced,
    candidate: &Candidate,
    selectors: &[Selector],
) -> Option<String> {
    let view = &candidate.view;
    if let Some(name) = schema_name(&candidate.listed) {
        return Some(name);
    }
    match class(view) {
        Class::Object | Class::Any => view
            .words
            .title
            .clone()
            .or_else(|| selectors::telling_words(selectors, reduced.property()))
            .or_else(|| matches!(selectors, [Selector::Object]).then(|| "object".to_owned())),
        Class::Boolean | Class::Number | Class::Text | Class::Array => {
            Some(word_of_type(lowering, view, DEEPEST))
        }
    }
}

/// What an inline variant adds to a name that a component has.
fn word_of_class(class: Class) -> &'static str {
    match class {
        Class::Boolean => "boolean",
        Class::Number => "number",
        Class::Text => "string",
        Class::Array => "array",
        Class::Object => "object",
        Class::Any => "value",
    }
}

/// `string`, `uuid`, `string array`.
fn word_of_type(lowering: &mut Lowering<'_>, view: &Keywords, depth: usize) -> String {
    match view.declared {
        Some(Kind::Array) if !view.prefix.is_empty() => format!("tuple {}", view.prefix.len()),
        Some(Kind::Array) if depth > 0 => {
            let Some(items) = view.items.last() else {
                return "array".to_owned();
            };
            let target = lowering.resolve(items);
            if let Some(name) = schema_name(&target) {
                return format!("{name} array");
            }
            let items = lowering.merged(&target);
            format!("{} array", word_of_type(lowering, &items, depth - 1))
        }
        Some(Kind::Array) => "array".to_owned(),
        Some(Kind::Object) => "object".to_owned(),
        Some(Kind::Boolean) => "boolean".to_owned(),
        Some(Kind::Integer | Kind::Number | Kind::String) => {
            let scalar = view.declared.and_then(|kind| scalar::scalar(view, kind));
            match scalar {
                Some(Scalar::Integer(_)) => "integer",
                Some(Scalar::Number(_)) => "number",
                Some(Scalar::Uuid) => "uuid",
                Some(Scalar::DateTime) => "date time",
                Some(Scalar::Date) => "date",
                Some(Scalar::Base64) => "bytes",
                Some(Scalar::Ipv4) => "ipv4",
                Some(Scalar::Ipv6) => "ipv6",
                _ => "string",
            }
            .to_owned()
        }
        Some(Kind::Null) | None if view.enumeration.is_some() => "string".to_owned(),
        Some(Kind::Null) | None => "any".to_owned(),
    }
}

/// Calls the schemas that stand in the union itself after their variants.
pub(super) fn give_places(lowering: &mut Lowering<'_>, reduced: &Reduced, names: &[String]) {
    for (candidate, name) in reduced.candidates.iter().zip(names) {
        let pointer: &Pointer = match &candidate.source {
            Source::Schema(pointer) => pointer,
            Source::Merged(_) => &candidate.view.pointer,
        };
        if pointer.is_within(&reduced.pointer)
            && *pointer != reduced.pointer
            && !is_component(pointer)
        {
            let place = lowering.place(&reduced.pointer);
            let qualified = format!("{place} {name}");
            // A title is meant as a name; where it is taken, the union's name goes before it.
            match candidate
                .view
                .words
                .title
                .clone()
                .filter(|_| class(&candidate.view) == Class::Object)
            {
                Some(title) => lowering.give_names(pointer, title, qualified),
                None => lowering.give_name(pointer, qualified),
            }
        }
    }
}
