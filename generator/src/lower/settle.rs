//! The last steps of lowering: definitions get their names and the order of the document, and aliases that name only each
//! other are cut.

use std::collections::HashMap;

use super::Lowering;
use super::naming::{Candidates, names_with_file, pascal, place_role, schema_name, tell_apart};
use super::schema::is_component;
use super::share::{Site, share_repeated};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Api, Shape, Type, TypeId};

impl Lowering<'_> {
    /// Moves the definitions into the API.
    pub(super) fn settle(&mut self, api: &mut Api) {
        self.cut_alias_cycles();
        self.name_types();
        api.types = std::mem::take(&mut self.types);
        let order = self.document_order(api.types.len());
        api.keep_types(&order);
        let sites: Vec<Site> = order.iter().map(|id| self.site(*id)).collect();
        share_repeated(&mut api.types, &sites);
        api.untyped = self.untyped.len();
    }

    /// Where the schema of a definition stands.
    fn site(&self, id: TypeId) -> Site {
        let place = self.places.get(id.0).cloned().unwrap_or_default();
        let parameter = self.parameter_names.get(&place).cloned();
        Site { place, parameter }
    }

    fn name_types(&mut self) {
        let candidates: Vec<Candidates> = (0..self.places.len())
            .map(|index| self.candidates_of(TypeId(index)))
            .collect();
        let names = tell_apart(&candidates, &|_| false);
        let plain: Vec<String> = candidates
            .iter()
            .map(|candidate| candidate.first().to_owned())
            .collect();
        for (index, (name, plain)) in names.into_iter().zip(plain).enumerate() {
            // Who has a name of its own wants to know when it is not used.
            let pointer = self
                .places
                .get(index)
                .filter(|pointer| is_component(pointer))
                .cloned();
            if let (true, Some(pointer)) = (name != plain, pointer) {
                self.report(
                    Diagnostic::note(
                        Code::NameCollision,
                        format!(
                            "several schemas would be called {}; this one is {}",
                            quoted(&plain),
                            quoted(&name)
                        ),
                    )
                    .at(&pointer),
                );
            }
            if let Some(definition) = self.types.get_mut(index) {
                definition.name = name;
            }
        }
    }

    /// The names that a definition may have.
    fn candidates_of(&self, id: TypeId) -> Candidates {
        let pointer = self.places.get(id.0).cloned().unwrap_or_default();
        let is_parts = self.known_parts.get(&pointer) == Some(&id);
        if is_parts && self.known.contains_key(std::slice::from_ref(&pointer)) {
            // The same schema also stands in JSON, with texts for files.
            let name = pointer.last().filter(|_| is_component(&pointer));
            let name = name.unwrap_or_else(|| self.place(&pointer));
            return Candidates::pascal(&format!("{name} parts"));
        }
        self.candidates(&pointer)
    }

    /// The names that the definition of the schema at `pointer` may have.
    pub(super) fn candidates(&self, pointer: &Pointer) -> Candidates {
        let component = schema_name(pointer);
        let candidates = match &component {
            Some(name) => {
                let others = names_with_file(pointer);
                let candidates = Candidates::pascal(name);
                if others.is_empty() {
                    candidates
                } else {
                    let named = candidates.hashing(pointer.as_str());
                    others
                        .iter()
                        .rev()
                        .fold(named, |named, other| named.yielding_to(&pascal(other)))
                }
            }
            None => {
                let place = self.place(pointer);
                let other = match self.other_names.get(pointer) {
                    Some(other) => pascal(other),
                    None => pascal(&format!("{place} {}", place_role(pointer))),
                };
                Candidates::pascal(&place)
                    .hashing(pointer.as_str())
                    .yielding_to(&other)
            }
        };
        let renames = &self.settings.names.types;
        match component
            .and_then(|name| renames.get(&name))
            .or_else(|| renames.get(pointer.as_str()))
        {
            Some(name) => candidates.preferring(pascal(name)),
            None => candidates,
        }
    }

    /// Components in the order of the document, what stands inside them right behind them, what stands in operations last.
    fn document_order(&self, count: usize) -> Vec<TypeId> {
        let rank: HashMap<Pointer, usize> = self
            .document
            .schemas()
            .into_iter()
            .enumerate()
            .flat_map(|(rank, (_, pointer))| {
                // A component that stands in a file of its own is defined there.
                let target = self.document.resolve(&pointer);
                [
                    Some((pointer, rank)),
                    target.ok().map(|target| (target, rank)),
                ]
            })
            .flatten()
            .rev()
            .collect();
        let mut order: Vec<TypeId> = (0..count).map(TypeId).collect();
        order.sort_by_cached_key(|id| {
            let place = self.places.get(id.0).cloned().unwrap_or_default();
            let component: Option<Pointer> = component_of(&place);
            (
                component
                    .and_then(|component| rank.get(&component).copied())
                    .unwrap_or(usize::MAX),
                id.0,
            )
        });
        order
    }

    /// `A` an array of `A`, `A` but another name for `B` and the reverse: no Rust type, so the cycle is cut with any JSON.
    fn cut_alias_cycles(&mut self) {
        // 0: not seen, 1: on the path, 2: done.
        let mut states = vec![0_u8; self.types.len()];
        for start in 0..self.types.len() {
            let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
            self.enter_alias(start, &mut states, &mut path);
            while let Some((current, targets)) = path.last_mut() {
                let current = *current;
                match targets.pop() {
                    None => {
                        set(&mut states, current, 2);
                        path.pop();
                    }
                    Some(target) => match states.get(target).copied().unwrap_or(2) {
                        0 => self.enter_alias(target, &mut states, &mut path),
                        1 => self.cut_alias(current, target),
                        _ => {}
                    },
                }
            }
        }
    }

    fn enter_alias(&self, index: usize, states: &mut [u8], path: &mut Vec<(usize, Vec<usize>)>) {
        if states.get(index).copied() != Some(0) {
            return;
        }
        match self.types.get(index).map(|definition| &definition.shape) {
            Some(Shape::Alias(target)) => {
                let mut targets = Vec::new();
                target.for_each_named(&mut |id| targets.push(id.0));
                set(states, index, 1);
                path.push((index, targets));
            }
            _ => set(states, index, 2),
        }
    }

    fn cut_alias(&mut self, current: usize, target: usize) {
        if let Some(Shape::Alias(alias)) = self
            .types
            .get_mut(current)
            .map(|definition| &mut definition.shape)
        {
            alias.replace_named(TypeId(target), &Type::Any);
        }
        if let Some(pointer) = self.places.get(current).cloned() {
            self.untyped(
                Diagnostic::warning(
                    Code::ReferenceCycle,
                    "a schema is only another name for itself; it is read as any JSON there",
                )
                .at(&pointer)
                .help("give it a type, or put an object between the schema and itself"),
            );
        }
    }
}

fn set(states: &mut [u8], index: usize, value: u8) {
    if let Some(state) = states.get_mut(index) {
        *state = value;
    }
}

/// The component that a schema is, or lies in.
fn component_of(pointer: &Pointer) -> Option<Pointer> {
    let mut place = Some(pointer.clone());
    while let Some(current) = place {
        if is_component(&current) {
            return Some(current);
        }
        place = current.parent();
    }
    None
}
