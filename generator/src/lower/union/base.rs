//! A base with a discriminator, where it is referred to: a union of what derives from it, and the base itself for all other values.

use std::rc::Rc;

use super::super::schema::{Plan, is_component};
use super::super::{Content, Lowering};
use super::selectors::mapped;
use super::{Candidate, Reduced, Source};
use crate::diagnostics::Pointer;

/// What the base at `target` turns into; `None` where it is none.
pub(in super::super) fn plan(lowering: &mut Lowering<'_>, target: &Pointer) -> Option<Plan> {
    if !is_component(target) || !lowering.is_base(target) {
        return None;
    }
    let discriminator = lowering.own(target).base_of.clone()?;
    let mut variants = lowering.descendants(target);
    for name in discriminator.mapping.values() {
        let mapped = mapped(name).map(|pointer| lowering.resolve(&pointer));
        variants.extend(mapped.filter(|mapped| mapped != target && is_component(mapped)));
    }
    let mut candidates: Vec<Candidate> = Vec::with_capacity(variants.len());
    for pointer in variants {
        if candidates.iter().any(|known| known.listed == pointer) {
            continue;
        }
        let view = lowering.merged(&pointer);
        candidates.push(Candidate {
            listed: pointer.clone(),
            source: Source::Schema(pointer),
            view,
        });
    }
    let mut view = (*lowering.merged(target)).clone();
    view.pointer = place(target);
    view.base_of = None;
    view.words.title = None;
    candidates.push(Candidate {
        listed: view.pointer.clone(),
        source: Source::Merged(vec![target.clone(), view.pointer.clone()]),
        view: Rc::new(view),
    });
    Some(Plan::Definition(Content::Union(Rc::new(Reduced {
        pointer: target.clone(),
        discriminator: Some(discriminator),
        candidates,
    }))))
}

/// Whether an alternative is the base itself.
pub(super) fn is_base(reduced: &Reduced, candidate: &Candidate) -> bool {
    candidate.listed == place(&reduced.pointer)
}

/// Where the object of the base stands, apart from the union that bears its name.
fn place(target: &Pointer) -> Pointer {
    target.push("discriminator")
}
