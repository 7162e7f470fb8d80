//! Unions: `oneOf` and `anyOf`, reduced to the alternatives that Rust can tell apart.
//!
//! Comes in: merged keywords with alternatives. Goes out: a plain type where one is left, else a union with a selector for each
//! variant. Null is never a variant.

pub(super) mod base;
mod constants;
mod kinds;
mod names;
mod reduce;
mod selectors;

use std::rc::Rc;

use super::keywords::{AdditionalRule, Alternatives, Keywords, Kind, Words};
use super::schema::{Plan, is_component, without_null};
use super::{Content, Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer};
use crate::model::{Type, UnionShape, UnionVariant};

/// An alternative whose type is not settled yet.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The pointer as `oneOf` has it, before references were followed: the implicit name for a discriminator.
    listed: Pointer,
    /// Where its type comes from.
    source: Source,
    /// What it says.
    view: Rc<Keywords>,
}

/// Where the type of an alternative comes from.
#[derive(Debug, Clone)]
enum Source {
    /// The schema at a pointer.
    Schema(Pointer),
    /// Keywords merged from the schemas of the key.
    Merged(Vec<Pointer>),
}

/// A union reduced to alternatives of which at least two remain.
#[derive(Debug, Clone)]
pub(super) struct Reduced {
    /// The schema that is the union.
    pointer: Pointer,
    discriminator: Option<openapiv3::Discriminator>,
    candidates: Vec<Candidate>,
}

impl Reduced {
    /// The property of the discriminator.
    fn property(&self) -> Option<&str> {
        let discriminator = self.discriminator.as_ref()?;
        Some(&discriminator.property_name)
    }
}

/// How many alternatives of nested unions are laid open at most.
const MOST_VARIANTS: usize = 1_000;

/// What keywords with `oneOf` or `anyOf` turn into.
pub(super) fn plan(lowering: &mut Lowering<'_>, keywords: &Rc<Keywords>) -> Plan {
    let mut base = (**keywords).clone();
    let mut unions = std::mem::take(&mut base.unions);
    unions.retain(|union| !is_mere_restriction(lowering, union));
    base.words = Words::default();
    let union = match unions.len() {
        0 => return lowering.plan_kind(&Rc::new(base)),
        1 => unions.remove(0),
        _ => return several(lowering, keywords, base),
    };
    let candidates = without_null_object(candidates(lowering, &base, &union));
    let candidates = reduce::reduce(&keywords.pointer, candidates);
    match candidates.as_slice() {
        [] => Plan::Type(Type::Any),
        _ if candidates
            .iter()
            .any(|candidate| !candidate.view.is_structural()) =>
        {
            Plan::Type(Type::Any)
        }
        [only] => sole(lowering, keywords, only),
        _ => {
            let discriminator = union.discriminator;
            let reduced = Reduced {
                pointer: keywords.pointer.clone(),
                discriminator,
                candidates,
            };
            Plan::Definition(Content::Union(Rc::new(reduced)))
        }
    }
}

/// What a union of one alternative turns into.
fn sole(lowering: &mut Lowering<'_>, keywords: &Keywords, only: &Candidate) -> Plan {
    if let Source::Schema(pointer) = &only.source {
        let is_inline = !is_component(pointer) && pointer.is_within(&keywords.pointer);
        if !is_inline {
            return Plan::Type(without_null(lowering.type_at(pointer)));
        }
        let place = lowering.place(&keywords.pointer);
        lowering.give_name(pointer, place);
    }
    // Nobody else is called that: the union itself becomes it.
    if lowering.is_too_deep(&keywords.pointer) {
        return Plan::Type(Type::Any);
    }
    lowering.depth += 1;
    let plan = lowering.plan_merged(&only.view);
    lowering.depth -= 1;
    plan
}

/// What keywords of several types turn into: a union of them. `None` where they are of one type.
pub(super) fn plan_by_kind(lowering: &mut Lowering<'_>, keywords: &Rc<Keywords>) -> Option<Plan> {
    let candidates = reduce::reduce(&keywords.pointer, kinds::candidates(keywords));
    Some(match candidates.as_slice() {
        [] => return None,
        [only] => {
            let mut view = (*only.view).clone();
            view.pointer = keywords.pointer.clone();
            view.words = keywords.words.clone();
            lowering.plan_merged(&Rc::new(view))
        }
        _ => Plan::Definition(Content::Union(Rc::new(Reduced {
            pointer: keywords.pointer.clone(),
            discriminator: None,
            candidates,
        }))),
    })
}

/// The shape of a union.
pub(super) fn shape(lowering: &mut Lowering<'_>, reduced: &Reduced) -> UnionShape {
    let selectors = selectors::of(lowering, reduced);
    let names = names::of(lowering, reduced, &selectors);
    names::give_places(lowering, reduced, &names);
    let mut variants = Vec::with_capacity(reduced.candidates.len());
    for ((candidate, selectors), name) in reduced.candidates.iter().zip(selectors).zip(names) {
        let value = without_null(type_of(lowering, candidate));
        let tag = selectors::written_tag(reduced, candidate, &selectors);
        variants.push(UnionVariant {
            name,
            value,
            tag,
            selectors,
            documentation: documentation::of_schema(&candidate.view),
        });
    }
    UnionShape {
        discriminator: reduced.property().map(str::to_owned),
        variants,
    }
}

fn type_of(lowering: &mut Lowering<'_>, candidate: &Candidate) -> Type {
    match &candidate.source {
        Source::Schema(pointer) => lowering.type_at(pointer),
        Source::Merged(key) => lowering.type_of_merged(key.clone(), Rc::clone(&candidate.view)),
    }
}

/// Whether the alternatives only say which properties go together. Types cannot say that; the server checks it.
fn is_mere_restriction(lowering: &mut Lowering<'_>, union: &Alternatives) -> bool {
    union.variants.iter().all(|variant| {
        let target = lowering.resolve(variant);
        let view = lowering.merged(&target);
        view.is_mere_restriction()
    })
}

/// Several unions at once: what stands beside them is kept, the rest of an object too.
fn several(lowering: &mut Lowering<'_>, keywords: &Rc<Keywords>, mut base: Keywords) -> Plan {
    let degraded = if base.properties.is_empty() {
        "any JSON"
    } else {
        "an object that keeps the other keys"
    };
    let diagnostic = Diagnostic::warning(
        Code::SeveralUnions,
        format!("a value must be of several unions at once; read as {degraded}"),
    )
    .at(&keywords.pointer)
    .help("put the alternatives into one `oneOf`");
    if base.properties.is_empty() {
        lowering.untyped(diagnostic);
        return Plan::Type(Type::Any);
    }
    lowering.report(diagnostic);
    if !matches!(base.additional, AdditionalRule::Typed(_)) {
        base.additional = AdditionalRule::Open;
    }
    base.declared = Some(Kind::Object);
    base.words = keywords.words.clone();
    lowering.plan_kind(&Rc::new(base))
}

/// The alternatives, null taken out, nested unions laid open, what stands beside the union merged into each.
fn candidates(
    lowering: &mut Lowering<'_>,
    base: &Keywords,
    union: &Alternatives,
) -> Vec<Candidate> {
    let beside = says_more_than_object(base);
    let mut open: Vec<Pointer> = union.variants.iter().rev().cloned().collect();
    let mut seen: Vec<Pointer> = Vec::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    while let Some(listed) = open.pop() {
        let own = listed.clone();
        let target = lowering.resolve(&listed);
        let target = unwrapped(lowering, target);
        if seen.contains(&target) {
            continue;
        }
        seen.push(target.clone());
        let view = lowering.merged(&target);
        if is_null(&view) || view.never || view.is_mere_restriction() {
            continue;
        }
        let of_kinds = kinds::candidates(&view);
        if !of_kinds.is_empty() && !is_component(&target) {
            candidates.extend(of_kinds);
            continue;
        }
        if let [nested] = view.unions.as_slice() {
            let is_plain = nested.discriminator.is_none()
                && union.discriminator.is_none()
                && view.properties.is_empty();
            if is_plain && view.enumeration.is_none() && seen.len() < MOST_VARIANTS {
                open.extend(nested.variants.iter().rev().cloned());
                continue;
            }
        }
        let listed = if is_component(&listed) {
            listed
        } else {
            target.clone()
        };
        let source = Source::Schema(target.clone());
        if !beside {
            candidates.push(Candidate {
                listed,
                source,
                view,
            });
            continue;
        }
        let position = candidates.len();
        let mut merged = beside_union(base, &view);
        if merged == *view {
            candidates.push(Candidate {
                listed,
                source,
                view,
            });
        } else {
            let source = Source::Merged(vec![base.pointer.clone(), target]);
            // It stands where the union lists it, not where the schema stands that it is merged from.
            merged.pointer = if own.is_within(&base.pointer) {
                own
            } else {
                base.pointer.push("oneOf").index(position)
            };
            candidates.push(Candidate {
                listed,
                source,
                view: Rc::new(merged),
            });
        }
    }
    candidates
}

/// The alternatives without one that says nothing but `nullable: true`, with the type that it then needs: beside an object, authors write
/// that for null.
fn without_null_object(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let is_null_object = |candidate: &Candidate| {
        candidate.view.nullable
            && candidate.view.declared == Some(Kind::Object)
            && !is_component(&candidate.listed)
            && !says_more_than_object(&candidate.view)
    };
    let has_object = candidates.iter().any(|candidate| {
        reduce::class(&candidate.view) == reduce::Class::Object && !is_null_object(candidate)
    });
    if has_object {
        candidates.retain(|candidate| !is_null_object(candidate));
    }
    candidates
}

/// What an alternative says, with what stands beside the union.
fn beside_union(base: &Keywords, view: &Keywords) -> Keywords {
    let mut merged = base.clone();
    merged.nullable = view.nullable;
    merged.merge(view);
    merged.pointer = view.pointer.clone();
    merged.words = view.words.clone();
    merged.base_of.clone_from(&view.base_of);
    merged.enumeration_names.clone_from(&view.enumeration_names);
    merged
        .enumeration_descriptions
        .clone_from(&view.enumeration_descriptions);
    merged
}

/// A component that is listed with words beside the reference is still that component.
fn unwrapped(lowering: &mut Lowering<'_>, target: Pointer) -> Pointer {
    if is_component(&target) {
        return target;
    }
    let own = lowering.own(&target);
    let component = match own.all_of.as_slice() {
        [_] => lowering.sole_member(&own),
        _ => None,
    };
    component.filter(is_component).unwrap_or(target)
}

/// Whether more than `type: object` stands in a schema, such as that beside a union.
fn says_more_than_object(keywords: &Keywords) -> bool {
    let mut rest = keywords.clone();
    if rest.declared == Some(Kind::Object) {
        rest.declared = None;
    }
    rest.is_structural()
}

/// Whether null is the only value.
pub(super) fn is_null(view: &Keywords) -> bool {
    let only_null = |values: &Vec<serde_json::Value>| values.iter().all(serde_json::Value::is_null);
    view.declared == Some(Kind::Null)
        || view.enumeration.as_ref().is_some_and(only_null)
        || (view.nullable && !view.is_structural())
}
