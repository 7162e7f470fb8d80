//! Selectors: what a JSON value must show to be of a variant.

use std::collections::BTreeMap;

use super::super::Lowering;
use super::super::keywords::{AdditionalRule, Keywords};
use super::super::naming::schema_name;
use super::reduce::{Class, class};
use super::{Candidate, Reduced, Source, base, constants};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Constant, Selector};

/// The selectors of each variant.
pub(super) fn of(lowering: &mut Lowering<'_>, reduced: &Reduced) -> Vec<Vec<Selector>> {
    let classes: Vec<Class> = reduced
        .candidates
        .iter()
        .map(|candidate| class(&candidate.view))
        .collect();
    let alone = |wanted: Class| classes.iter().filter(|&&class| class == wanted).count() == 1;
    let tags = tags(lowering, reduced);
    let objects: Vec<usize> = positions(&classes, Class::Object);
    let told_apart = if tags.is_empty() && !alone(Class::Object) {
        tell_objects_apart(lowering, reduced, &objects)
    } else {
        BTreeMap::new()
    };
    let default = default_of_tags(lowering, reduced);
    let selectors: Vec<Vec<Selector>> = classes
        .iter()
        .enumerate()
        .map(|(index, class)| match class {
            Class::Boolean => vec![Selector::Boolean],
            Class::Number => vec![Selector::Number],
            Class::Text => vec![Selector::String],
            Class::Array if alone(Class::Array) => vec![Selector::Array],
            Class::Object if tags.contains_key(&index) => {
                let own = tags.get(&index).into_iter().flatten().cloned();
                let rest = (default == Some(index)).then_some(Selector::Object);
                own.chain(rest).collect()
            }
            Class::Object if alone(Class::Object) => vec![Selector::Object],
            Class::Object if told_apart.contains_key(&index) => {
                told_apart.get(&index).cloned().into_iter().collect()
            }
            Class::Array | Class::Object | Class::Any => vec![Selector::BestMatch],
        })
        .collect();
    let undecided = |wanted: Class| {
        let of_class = classes
            .iter()
            .zip(&selectors)
            .filter(|&(&class, _)| class == wanted);
        of_class
            .filter(|(_, selectors)| selectors.as_slice() == [Selector::BestMatch])
            .count()
    };
    // One that is left when the selectors of all others have failed is told apart by that.
    if undecided(Class::Array) > 1 || undecided(Class::Object) > 1 {
        lowering.report(
            Diagnostic::note(
                Code::AmbiguousUnion,
                "no property that is always there tells some alternatives of a union apart; the best match decides",
            )
            .at(&reduced.pointer)
            .help("add a `discriminator`, or a required property that only one alternative has"),
        );
    }
    selectors
}

fn positions(classes: &[Class], wanted: Class) -> Vec<usize> {
    classes
        .iter()
        .enumerate()
        .filter(|&(_, &class)| class == wanted)
        .map(|(index, _)| index)
        .collect()
}

/// The values of the discriminator that stand for each variant: by mapping, by the values the property may have, by name.
fn tags(lowering: &mut Lowering<'_>, reduced: &Reduced) -> BTreeMap<usize, Vec<Selector>> {
    let mut tags: BTreeMap<usize, Vec<Selector>> = BTreeMap::new();
    let Some(discriminator) = &reduced.discriminator else {
        return tags;
    };
    // Extensions of a discriminator say nothing that selects a variant.
    let openapiv3::Discriminator {
        property_name,
        mapping,
        extensions: _,
    } = discriminator;
    let stated: Vec<Vec<Constant>> = reduced
        .candidates
        .iter()
        .map(|candidate| match base::is_base(reduced, candidate) {
            true => Vec::new(),
            false => constants::of(lowering, &candidate.view, property_name),
        })
        .collect();
    for (text, name) in mapping {
        let target = mapped(name).map(|pointer| lowering.resolve(&pointer));
        let index = reduced.candidates.iter().position(|candidate| {
            target.is_some() && Some(target_of(candidate)) == target.as_ref()
        });
        match index {
            Some(index) => {
                let view = reduced.candidates.get(index).map(|candidate| &candidate.view);
                let tag = match view {
                    Some(view) => constants::of_mapping(lowering, view, property_name, text),
                    None => Constant::Text(text.clone()),
                };
                tags.entry(index).or_default().push(Selector::Tag(tag));
            }
            // The base takes what no other variant takes.
            None if target.as_ref() == Some(&reduced.pointer) => {}
            None => lowering.report(
                Diagnostic::note(
                    Code::DiscriminatorMisfit,
                    format!("the discriminator maps {} to {}, which is no alternative of the union", quoted(text), quoted(name)),
                )
                .at(&reduced.pointer.push("discriminator").push("mapping").push(text))
                .help("add the schema to `oneOf`, or remove the mapping; such a value is kept as JSON"),
            ),
        }
    }
    let mapped_to = tags.clone();
    for (index, (candidate, constants)) in reduced.candidates.iter().zip(&stated).enumerate() {
        if base::is_base(reduced, candidate) || class(&candidate.view) != Class::Object {
            continue;
        }
        // Values that several variants allow, such as all those of their base, tell none of them; what a mapping gives one is its own.
        let told = stated.iter().enumerate().all(|(other, values)| {
            let theirs = |value: &Constant| match mapped_to.get(&other) {
                Some(tags) => tags.contains(&Selector::Tag(value.clone())),
                None => values.contains(value),
            };
            other == index || !constants.iter().any(theirs)
        });
        if let Some(mapped) = tags.get_mut(&index) {
            // The values of its own that the mapping does not list.
            for tag in constants.iter().cloned().map(Selector::Tag) {
                if told && !mapped.contains(&tag) {
                    mapped.push(tag);
                }
            }
        } else if let Some(tag) = constants::of_extension(lowering, candidate, property_name) {
            tags.insert(index, vec![Selector::Tag(tag)]);
        } else if !constants.is_empty() && told {
            tags.insert(
                index,
                constants.iter().cloned().map(Selector::Tag).collect(),
            );
        } else if let Some(name) = schema_name(&candidate.listed) {
            tags.insert(index, vec![Selector::Tag(Constant::Text(name))]);
        }
    }
    tags
}

/// The variant that takes the objects whose discriminator is missing or names none (`defaultMapping` of OpenAPI 3.2).
fn default_of_tags(lowering: &mut Lowering<'_>, reduced: &Reduced) -> Option<usize> {
    reduced.discriminator.as_ref()?;
    let place = reduced.pointer.push("discriminator").push("defaultMapping");
    let name = lowering.document.value(&place)?.as_str()?.to_owned();
    let target = mapped(&name).map(|pointer| lowering.resolve(&pointer))?;
    let mut candidates = reduced.candidates.iter();
    let index = candidates.position(|candidate| *target_of(candidate) == target);
    if index.is_none() && target != reduced.pointer {
        lowering.report(
            Diagnostic::note(
                Code::DiscriminatorMisfit,
                format!(
                    "the discriminator takes what it does not map for {}, which is no alternative of the union",
                    quoted(&name)
                ),
            )
            .at(&place)
            .help("add the schema to `oneOf`; until then, such a value is kept as JSON"),
        );
    }
    index
}

/// The value of the discriminator that a variant writes where its own schema may leave it out.
pub(super) fn written_tag(
    reduced: &Reduced,
    candidate: &Candidate,
    selectors: &[Selector],
) -> Option<Constant> {
    let key = reduced.property()?;
    let mut tags = selectors.iter().filter_map(|selector| match selector {
        Selector::Tag(tag) => Some(tag.clone()),
        _ => None,
    });
    let view = &candidate.view;
    let is_always_there = view.properties.contains_key(key) && view.required.contains(key);
    // Of several values, the caller alone knows which one is meant.
    match (tags.next(), tags.next()) {
        (Some(tag), None) if !is_always_there => Some(tag),
        _ => None,
    }
}

pub(super) fn target_of(candidate: &Candidate) -> &Pointer {
    match &candidate.source {
        Source::Schema(pointer) => pointer,
        Source::Merged(key) => key.last().unwrap_or(&candidate.listed),
    }
}

/// What a mapping leads to: a reference, or the bare name of a component.
pub(super) fn mapped(name: &str) -> Option<Pointer> {
    match Pointer::from_reference(name) {
        Some(pointer) => Some(pointer),
        None => Some(
            Pointer::root()
                .push("components")
                .push("schemas")
                .push(name),
        ),
    }
}

/// What tells objects without a discriminator apart: a property with a value of its own, or required keys.
fn tell_objects_apart(
    lowering: &mut Lowering<'_>,
    reduced: &Reduced,
    objects: &[usize],
) -> BTreeMap<usize, Selector> {
    let views: Vec<(usize, &Keywords)> = objects
        .iter()
        .filter_map(|&index| Some((index, &*reduced.candidates.get(index)?.view)))
        .collect();
    let mut found = BTreeMap::new();
    for &(index, view) in &views {
        let others: Vec<&Keywords> = views
            .iter()
            .filter(|(other, _)| *other != index)
            .map(|&(_, other)| other)
            .collect();
        let by_constant = constant(lowering, view, &others);
        if let Some(selector) = by_constant.or_else(|| keys(lowering, view, &others)) {
            found.insert(index, selector);
        }
    }
    found
}

/// A required property whose values no other variant allows in it.
fn constant(
    lowering: &mut Lowering<'_>,
    view: &Keywords,
    others: &[&Keywords],
) -> Option<Selector> {
    for key in view
        .properties
        .keys()
        .filter(|key| view.required.contains(*key))
    {
        if is_write_only(lowering, view, key) {
            continue;
        }
        let own = constants::of(lowering, view, key);
        if own.is_empty() {
            continue;
        }
        let differs = others.iter().all(|other| {
            if other.properties.contains_key(key) {
                constants::are_refused(lowering, other, key, &own)
            } else {
                names_its_keys(other)
            }
        });
        if differs {
            return Some(Selector::Constant {
                key: key.clone(),
                values: own,
            });
        }
    }
    None
}

/// Required keys that no other variant has all of.
fn keys(lowering: &mut Lowering<'_>, view: &Keywords, others: &[&Keywords]) -> Option<Selector> {
    let telling: Vec<String> = view
        .required
        .iter()
        .filter(|key| {
            view.properties.contains_key(*key)
                && others
                    .iter()
                    .any(|other| !other.properties.contains_key(*key))
        })
        .filter(|key| !is_write_only(lowering, view, key))
        .cloned()
        .collect();
    let nobody_else = others.iter().all(|other| {
        names_its_keys(other)
            && telling
                .iter()
                .any(|key| !other.properties.contains_key(key))
    });
    (!telling.is_empty() && nobody_else).then_some(Selector::Keys(telling))
}

/// Whether a property is missing in what the server sends, required or not.
fn is_write_only(lowering: &mut Lowering<'_>, view: &Keywords, key: &str) -> bool {
    view.properties.get(key).is_some_and(|sources| {
        sources.iter().any(|source| {
            let target = lowering.resolve(source);
            lowering.merged(&target).write_only
        })
    })
}

/// Whether the schema names the keys that its values have, rather than taking any.
fn names_its_keys(view: &Keywords) -> bool {
    !view.properties.is_empty()
        && !matches!(view.additional, AdditionalRule::Typed(_))
        && view.unions.is_empty()
}

/// What the first selector with a value of its own says, to name a variant after.
pub(super) fn telling_words(selectors: &[Selector], discriminator: Option<&str>) -> Option<String> {
    selectors.iter().find_map(|selector| match selector {
        Selector::Tag(tag) => Some(constants::words(discriminator?, tag)),
        Selector::Constant { key, values } => match values.as_slice() {
            [only] => Some(constants::words(key, only)),
            _ => None,
        },
        Selector::Keys(keys) => match keys.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        _ => None,
    })
}
