//! Modules: a type that only one group reaches lives in that group's file, one that only webhooks reach in theirs, the others in `shared`.

use std::collections::BTreeSet;

use crate::model::{Api, Group, Type, WEBHOOK_TYPES};

/// The module of types that several groups reach.
pub(super) const SHARED: &str = "shared";

/// Sets the module of every definition.
pub(super) fn assign_modules(api: &mut Api) {
    let mut owners: Vec<Owner> = vec![Owner::None; api.types.len()];
    // What a group reaches is that group's, whether or not a webhook reaches it too: webhooks may be switched off.
    for (group, members) in api.groups.iter().enumerate() {
        let mut pending = mentioned(members);
        let mut seen = vec![false; api.types.len()];
        while let Some(index) = pending.pop() {
            let (Some(seen), Some(owner)) = (seen.get_mut(index), owners.get_mut(index)) else {
                continue;
            };
            // What several groups own brings its parts along only once.
            if *seen || *owner == Owner::Several {
                continue;
            }
            *seen = true;
            *owner = owner.and(group);
            if let Some(definition) = api.types.get(index) {
                definition
                    .shape
                    .for_each_type(&mut |part| push(&mut pending, part));
            }
        }
    }
    for index in reached_by_webhooks(api) {
        if let Some(owner @ Owner::None) = owners.get_mut(index) {
            *owner = Owner::Webhooks;
        }
    }
    let names: Vec<String> = api
        .groups
        .iter()
        .map(|group| group.accessor.clone())
        .collect();
    for (definition, owner) in api.types.iter_mut().zip(owners) {
        definition.module = match owner {
            Owner::One(group) => names
                .get(group)
                .cloned()
                .unwrap_or_else(|| SHARED.to_owned()),
            Owner::Webhooks => WEBHOOK_TYPES.to_owned(),
            Owner::None | Owner::Several => SHARED.to_owned(),
        };
    }
}

/// The definitions that the operations of a group reach, by their indices.
pub(super) fn reached(api: &Api, group: &Group) -> BTreeSet<usize> {
    reached_from(api, mentioned(group))
}

/// The definitions that the bodies of webhooks and callbacks reach, by their indices.
pub(super) fn reached_by_webhooks(api: &Api) -> BTreeSet<usize> {
    let mut pending: Vec<usize> = Vec::new();
    for webhook in &api.webhooks {
        push(&mut pending, &webhook.payload);
    }
    reached_from(api, pending)
}

/// The definitions that the operations of a group mention themselves.
fn mentioned(group: &Group) -> Vec<usize> {
    let mut mentioned = Vec::new();
    for operation in &group.operations {
        operation.for_each_request_type(&mut |part| push(&mut mentioned, part));
        operation.for_each_response_type(&mut |part| push(&mut mentioned, part));
    }
    mentioned
}

/// The definitions at these indices and all that is within them, by their indices.
pub(super) fn reached_from(api: &Api, mut pending: Vec<usize>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    while let Some(index) = pending.pop() {
        if let Some(definition) = api.types.get(index)
            && reached.insert(index)
        {
            definition
                .shape
                .for_each_type(&mut |part| push(&mut pending, part));
        }
    }
    reached
}

fn push(pending: &mut Vec<usize>, part: &Type) {
    part.for_each_named(&mut |id| pending.push(id.0));
}

/// The groups that reach a type.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Owner {
    None,
    One(usize),
    Several,
    Webhooks,
}

impl Owner {
    fn and(self, group: usize) -> Self {
        match self {
            Owner::None => Owner::One(group),
            Owner::One(only) if only == group => self,
            Owner::One(_) | Owner::Several | Owner::Webhooks => Owner::Several,
        }
    }
}
