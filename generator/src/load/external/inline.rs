//! Parts that the loader reads without following references: what they refer to is put in their place.
//!
//! Comes in: one tree whose references lead to places within it. Goes out: the tree with a copy at each such place. Within the copy,
//! what may be a reference is one, to the original, so nothing is there twice that could have a name.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{Faults, rewrite::is_container, spot::Spot};
use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Pointer, quoted},
    load::{origin::Origins, references},
};

/// How many references may lead to each other on the way to a place, and how many copies may lie in each other.
const LONGEST_CHAIN: usize = 32;
/// How many values may be put in place altogether.
const MOST_VALUES: usize = 1_000_000;
/// As how many values a copy counts by itself: its place must be looked for among those of all copies.
const COPY: usize = 200;

/// What was put in place around a place, from the inside out.
struct Around {
    target: Pointer,
    next: Option<Rc<Around>>,
}

/// Puts what must stand in its place there.
pub fn inline(root: &mut Value, origins: &mut Origins, faults: &Faults, found: &mut Diagnostics) {
    let mut left = MOST_VALUES;
    let mut is_full = false;
    let mut pending: Vec<(Pointer, Spot, Option<Rc<Around>>)> =
        vec![(Pointer::root(), Spot::TOP, None)];
    while let Some((place, spot, mut around)) = pending.pop() {
        while spot.in_place
            && let Some(reference) = reference(root, &place)
        {
            let value = match found_at(root, &reference, &place, spot, &around, &mut left) {
                Ok((target, value)) => {
                    origins.rearrange(&[(place.clone(), target.clone())]);
                    around = Some(Rc::new(Around {
                        target,
                        next: around,
                    }));
                    value
                }
                Err(missing) => {
                    // Once it is too much, it is too much everywhere: that is said where it began.
                    let said = is_full && matches!(missing, Missing::TooMuch);
                    is_full |= matches!(missing, Missing::TooMuch);
                    if !said {
                        found.push(missing.diagnostic(&reference, &place, origins, faults));
                    }
                    Value::Null
                }
            };
            if let Some(slot) = root.pointer_mut(place.as_str()) {
                *slot = value;
            }
        }
        if let Some(value) = place.find(root) {
            let within = references_within(value, place, spot).into_iter().rev();
            pending.extend(within.map(|(place, spot)| (place, spot, around.clone())));
        }
    }
}

/// The references within a value that stand where something must be put in place.
fn references_within(value: &Value, place: Pointer, spot: Spot) -> Vec<(Pointer, Spot)> {
    let mut found = Vec::new();
    let mut open = vec![(value, place, spot)];
    while let Some((value, place, spot)) = open.pop() {
        match value {
            Value::Object(members) => open.extend(
                members
                    .iter()
                    .filter(|(_, member)| is_container(member))
                    .map(|(key, member)| (member, place.push(key), step(&place, spot, key))),
            ),
            Value::Array(elements) => open.extend(
                elements
                    .iter()
                    .enumerate()
                    .filter(|(_, element)| is_container(element))
                    .map(|(index, element)| (element, place.index(index), spot.element())),
            ),
            _ => {}
        }
        while let Some((value, _, spot)) = open.last() {
            if spot.is_data() {
                open.pop();
            } else if spot.in_place && references::reference(value).is_some() {
                found.extend(open.pop().map(|(_, place, spot)| (place, spot)));
            } else {
                break;
            }
        }
    }
    found
}

/// Why there is nothing to put in place.
enum Missing {
    Nothing,
    Circle,
    TooMuch,
}

impl Missing {
    /// The diagnostic, its place worked out before the reference is no more.
    fn diagnostic(
        &self,
        reference: &str,
        place: &Pointer,
        origins: &Origins,
        faults: &Faults,
    ) -> Diagnostic {
        let at = place.push("$ref");
        let words = quoted(&written(origins, reference, &at));
        let mut diagnostic = match self {
            Self::Circle => Diagnostic::warning(
                Code::ReferenceCycle,
                format!("{words} leads back to itself"),
            )
            .help("write the part itself in one of the files that only refer to each other"),
            Self::TooMuch => Diagnostic::warning(
                Code::TooLarge,
                format!("putting {words} in place makes the document too large"),
            )
            .help("refer to it in fewer places"),
            Self::Nothing => match faults.get(origins.origin(&at).source, reference) {
                Some(fault) => fault.at(&at),
                None => Diagnostic::warning(
                    Code::ReferenceToNothing,
                    format!("{words} leads to nothing"),
                ),
            },
        };
        diagnostic.pointer = Some(at.clone());
        if let Some(known) = origins.locate(&[&at]).remove(&at) {
            diagnostic.pointer = Some(known.pointer);
            diagnostic.location = Some(known.location);
        }
        diagnostic
    }
}

/// Where a reference leads, and a copy of what stands there.
fn found_at(
    root: &Value,
    reference: &str,
    place: &Pointer,
    spot: Spot,
    around: &Option<Rc<Around>>,
    left: &mut usize,
) -> Result<(Pointer, Value), Missing> {
    let target = Pointer::from_reference(reference).ok_or(Missing::Nothing)?;
    let target = through(root, target).ok_or(Missing::Nothing)?;
    let mut outer = around.as_ref();
    let mut depth = 0_usize;
    while let Some(Around {
        target: known,
        next,
    }) = outer.map(Rc::as_ref)
    {
        if *known == target {
            return Err(Missing::Circle);
        }
        outer = next.as_ref();
        depth += 1;
        if depth > LONGEST_CHAIN {
            return Err(Missing::TooMuch);
        }
    }
    if place.is_within(&target) {
        return Err(Missing::Circle);
    }
    let value = target.find(root).ok_or(Missing::Nothing)?;
    *left = left.checked_sub(COPY).ok_or(Missing::TooMuch)?;
    let copy = copied(value, &target, spot, left).ok_or(Missing::TooMuch)?;
    Ok((target, copy))
}

/// The other files stand under a key that means something at the top alone, and each of them begins anew.
fn step(place: &Pointer, spot: Spot, key: &str) -> Spot {
    let is_file = place.last().as_deref() == Some(super::DOCUMENTS)
        && place.parent().is_some_and(|parent| parent.is_root());
    if is_file { Spot::TOP } else { spot.member(key) }
}

/// A reference as a reader of the files would write it: with the file, where that is another one.
pub fn written(origins: &Origins, reference: &str, place: &Pointer) -> String {
    let Some(target) = Pointer::from_reference(reference) else {
        return reference.to_owned();
    };
    let origin = origins.origin(&target);
    let here = origins.origin(place).source;
    let within = origin.pointer.to_reference();
    if origin.source == here {
        return within;
    }
    let name = origins.name(origin.source).unwrap_or_default();
    if origin.pointer.is_root() {
        name.to_owned()
    } else {
        format!("{name}{within}")
    }
}

/// The text of a reference that stands at a place.
fn reference(root: &Value, place: &Pointer) -> Option<String> {
    references::reference(place.find(root)?).map(str::to_owned)
}

/// The place itself, where references on the way to it are followed.
fn through(root: &Value, target: Pointer) -> Option<Pointer> {
    if target.find(root).is_some() {
        return Some(target);
    }
    let mut place = Pointer::root();
    for token in target.tokens() {
        for _ in 0..LONGEST_CHAIN {
            match reference(root, &place).and_then(|text| Pointer::from_reference(&text)) {
                Some(next) => place = next,
                None => break,
            }
        }
        place = place.push(&token);
        place.find(root)?;
    }
    Some(place)
}

/// A copy in which everything that may be a reference is one; `None` where there are too many values.
fn copied(value: &Value, place: &Pointer, spot: Spot, left: &mut usize) -> Option<Value> {
    *left = left.checked_sub(1)?;
    Some(match value {
        Value::Object(members) => {
            let mut copy = Map::with_capacity(members.len());
            for (key, member) in members {
                let value = part(member, &place.push(key), spot.member(key), spot, left)?;
                copy.insert(key.clone(), value);
            }
            Value::Object(copy)
        }
        Value::Array(elements) => {
            let mut copy = Vec::with_capacity(elements.len());
            for (index, element) in elements.iter().enumerate() {
                copy.push(part(
                    element,
                    &place.index(index),
                    spot.element(),
                    spot,
                    left,
                )?);
            }
            Value::Array(copy)
        }
        other => other.clone(),
    })
}

fn part(
    value: &Value,
    place: &Pointer,
    spot: Spot,
    around: Spot,
    left: &mut usize,
) -> Option<Value> {
    let is_plain = value
        .as_object()
        .is_some_and(|object| !object.contains_key("$ref"));
    if is_plain && around.names_referables() {
        *left = left.checked_sub(1)?;
        let reference = Value::String(place.to_reference());
        return Some(Value::Object(Map::from_iter([(
            "$ref".to_owned(),
            reference,
        )])));
    }
    copied(value, place, spot, left)
}
