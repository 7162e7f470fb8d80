//! Sending and receiving: a definition that travels both ways, of which one side must always send what the other never does, becomes two.
//!
//! The definition itself stays what is received. Beside it stands what is sent (`PetInput` beside `Pet`), without what only the server
//! sets. What travels both ways and holds such a definition is parted with it; everything else stays one type.

use std::collections::{HashMap, HashSet};

use super::reachability;
use crate::model::{
    Additional, Api, Direction, Field, Selector, Shape, Type, TypeDefinition, TypeId, UnionShape,
};

/// What the name of a type that is only sent ends with.
const SENT: &str = "Input";

/// Parts the definitions for which it matters, and sets the directions of what comes of it.
pub(super) fn split_directions(api: &mut Api) {
    send_what_tells_apart(api);
    let parted = parted(api);
    if parted.is_empty() {
        return;
    }
    let sent = define_sent(api, &parted);
    let sent_form = |id: TypeId| Some(sent.get(&id).copied().unwrap_or(id));
    for definition in &mut api.types {
        let is_sent =
            definition.received_as.is_some() || definition.direction == Direction::Request;
        let mut send = |part: &mut Type| part.move_named(&sent_form);
        match &mut definition.shape {
            // What only one side sends goes that way alone, whichever way the object goes.
            Shape::Object(object) => {
                let fields = object
                    .fields
                    .iter_mut()
                    .filter(|field| field.is_sent_only() || (is_sent && !field.is_received_only()));
                fields.for_each(|field| send(&mut field.value));
                if let (Additional::Kept { value, .. }, true) = (&mut object.additional, is_sent) {
                    send(value);
                }
            }
            shape if is_sent => shape.for_each_type_mut(&mut send),
            _ => {}
        }
    }
    let groups = api.groups.iter_mut();
    for operation in groups.flat_map(|group| &mut group.operations) {
        operation.for_each_request_type_mut(&mut |part| part.move_named(&sent_form));
    }
    forget_unsent_keys(api, sent.values().copied());
    for (received, sent) in &sent {
        // Where other keys are kept, the key must stay known: a server that repeats the property would fill them with it.
        if !keeps_others(api, *received) {
            drop_fields(api, *received, Field::is_sent_only);
        }
        drop_fields(api, *sent, Field::is_received_only);
    }
    put_beside(api, &sent);
    for definition in &mut api.types {
        definition.direction = Direction::Unused;
    }
    reachability::find_directions(api);
}

/// A required property by which alternatives are told apart must be sent, even one of which the document says that the server sets it.
fn send_what_tells_apart(api: &mut Api) {
    let mut telling: HashSet<(TypeId, String)> = HashSet::new();
    let definitions = api.types.iter();
    for definition in definitions.filter(|definition| definition.direction.in_requests()) {
        let Shape::Union(union) = &definition.shape else {
            continue;
        };
        for (value, key) in telling_keys(union) {
            value.for_each_named(&mut |id| {
                telling.insert((behind_aliases(api, id), key.to_owned()));
            });
        }
        for variant in &union.variants {
            variant.value.for_each_named(&mut |id| {
                let id = behind_aliases(api, id);
                telling.extend(constant_keys(api, id).map(|key| (id, key.to_owned())));
            });
        }
    }
    for (id, key) in telling {
        let Some(Shape::Object(object)) = api.types.get_mut(id.0).map(|found| &mut found.shape)
        else {
            continue;
        };
        let fields = object.fields.iter_mut();
        for field in fields.filter(|field| field.key == key && field.presence.is_required()) {
            field.read_only = false;
        }
    }
}

/// The keys whose values tell the variants of a union apart, each with the variant's type.
fn telling_keys(union: &UnionShape) -> impl Iterator<Item = (&Type, &str)> {
    union.variants.iter().flat_map(|variant| {
        let constants = variant
            .selectors
            .iter()
            .filter_map(|selector| match selector {
                Selector::Constant { key, .. } => Some(key.as_str()),
                _ => None,
            });
        let keys = constants.chain(union.discriminator.as_deref());
        keys.map(|key| (&variant.value, key))
    })
}

/// The keys of an object that can hold only one value each.
fn constant_keys(api: &Api, id: TypeId) -> impl Iterator<Item = &str> {
    let fields = match &api.definition(id).shape {
        Shape::Object(object) => object.fields.as_slice(),
        _ => &[],
    };
    let constant = fields.iter().filter(|field| match &field.value {
        Type::Named(id) => match &api.definition(behind_aliases(api, *id)).shape {
            Shape::Enumeration(values) => values.only().is_some(),
            _ => false,
        },
        _ => false,
    });
    constant.map(|field| field.key.as_str())
}

fn behind_aliases(api: &Api, id: TypeId) -> TypeId {
    let mut id = id;
    // A chain longer than there are definitions would be a circle.
    for _ in 0..api.types.len() {
        match api.types.get(id.0).map(|definition| &definition.shape) {
            Some(Shape::Alias(Type::Named(target))) => id = *target,
            _ => break,
        }
    }
    id
}

/// The definitions that are not the same when sent and when received, in the order of the document.
fn parted(api: &Api) -> Vec<TypeId> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    let mut is_parted = vec![false; api.types.len()];
    let mut pending = Vec::new();
    for (index, definition) in api.types.iter().enumerate() {
        if definition.direction != Direction::Both {
            continue;
        }
        if is_one_sided(&definition.shape) {
            pending.push(index);
        }
        for_each_part_both_ways(&definition.shape, &mut |part| {
            part.for_each_named(&mut |id| {
                if let Some(holders) = holders.get_mut(id.0) {
                    holders.push(index);
                }
            });
        });
    }
    while let Some(index) = pending.pop() {
        let Some(is_parted) = is_parted.get_mut(index) else {
            continue;
        };
        if !std::mem::replace(is_parted, true) {
            pending.extend(holders.get(index).into_iter().flatten());
        }
    }
    let parted = is_parted.into_iter().enumerate();
    let parted = parted.filter(|(_, is_parted)| *is_parted);
    parted.map(|(index, _)| TypeId(index)).collect()
}

/// Whether one side must always send something that the other never does.
fn is_one_sided(shape: &Shape) -> bool {
    let Shape::Object(object) = shape else {
        return false;
    };
    let is_one_way = |field: &Field| field.is_received_only() || field.is_sent_only();
    let mut required = object
        .fields
        .iter()
        .filter(|field| field.presence.is_required());
    required.any(is_one_way)
}

/// Calls `visit` with every type that travels both ways with a value of the shape.
fn for_each_part_both_ways(shape: &Shape, visit: &mut dyn FnMut(&Type)) {
    let Shape::Object(object) = shape else {
        shape.for_each_type(visit);
        return;
    };
    let fields = object.fields.iter();
    for field in fields.filter(|field| !field.is_received_only() && !field.is_sent_only()) {
        visit(&field.value);
    }
    if let Additional::Kept { value, .. } = &object.additional {
        visit(value);
    }
}

/// Appends what is sent of each of the definitions: as yet the same, by another name.
fn define_sent(api: &mut Api, parted: &[TypeId]) -> HashMap<TypeId, TypeId> {
    let mut names: HashSet<String> = api.types.iter().map(|known| known.name.clone()).collect();
    let mut sent = HashMap::with_capacity(parted.len());
    for received in parted {
        let id = TypeId(api.types.len());
        let Some(definition) = api.types.get_mut(received.0) else {
            continue;
        };
        definition.sent_as = Some(id);
        let mut name = format!("{}{SENT}", definition.name);
        while !names.insert(name.clone()) {
            name.push_str(SENT);
        }
        let copy = TypeDefinition {
            name,
            sent_as: None,
            received_as: Some(*received),
            ..definition.clone()
        };
        api.types.push(copy);
        sent.insert(*received, id);
    }
    sent
}

/// What only the server sets tells the alternatives of what is sent no longer apart: the best match decides.
fn forget_unsent_keys(api: &mut Api, sent: impl Iterator<Item = TypeId>) {
    for id in sent {
        let Some(Shape::Union(union)) = api.types.get(id.0).map(|found| &found.shape) else {
            continue;
        };
        let is_told_no_longer = union.variants.iter().map(|variant| {
            let Type::Named(value) = variant.value.bare() else {
                return false;
            };
            let unsent = unsent_keys(api, behind_aliases(api, *value));
            variant.selectors.iter().any(|selector| match selector {
                Selector::Keys(keys) => keys.iter().any(|key| unsent.contains(&key.as_str())),
                _ => false,
            })
        });
        let is_told_no_longer: Vec<bool> = is_told_no_longer.collect();
        let Some(Shape::Union(union)) = api.types.get_mut(id.0).map(|found| &mut found.shape)
        else {
            continue;
        };
        for (variant, is_told_no_longer) in union.variants.iter_mut().zip(is_told_no_longer) {
            if is_told_no_longer {
                variant.selectors = vec![Selector::BestMatch];
            }
        }
    }
}

/// The keys of an object that only the server sets.
fn unsent_keys(api: &Api, id: TypeId) -> Vec<&str> {
    let Shape::Object(object) = &api.definition(id).shape else {
        return Vec::new();
    };
    let fields = object.fields.iter();
    let unsent = fields.filter(|field| field.is_received_only());
    unsent.map(|field| field.key.as_str()).collect()
}

fn drop_fields(api: &mut Api, id: TypeId, is_dropped: fn(&Field) -> bool) {
    if let Some(Shape::Object(object)) = api.types.get_mut(id.0).map(|found| &mut found.shape) {
        object.fields.retain(|field| !is_dropped(field));
    }
}

fn keeps_others(api: &Api, id: TypeId) -> bool {
    match &api.definition(id).shape {
        Shape::Object(object) => matches!(object.additional, Additional::Kept { .. }),
        _ => false,
    }
}

/// Moves what is sent to the place behind what is received, as a reader expects them.
fn put_beside(api: &mut Api, sent: &HashMap<TypeId, TypeId>) {
    let received = (0..api.types.len() - sent.len()).map(TypeId);
    let order: Vec<TypeId> = received
        .flat_map(|id| [Some(id), sent.get(&id).copied()])
        .flatten()
        .collect();
    api.keep_types(&order);
}
