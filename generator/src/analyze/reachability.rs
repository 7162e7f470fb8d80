//! Reachability: which way the values of each definition travel. Definitions that neither an operation nor a
//! webhook reaches are dropped.

use crate::model::{Additional, Api, Direction, Shape, Type, TypeId};

/// Sets the direction of every definition and drops the unused ones.
pub(super) fn find_directions(api: &mut Api) {
    let mut pending: Vec<(TypeId, Direction)> = Vec::new();
    for operation in api.operations() {
        operation.for_each_request_type(&mut |sent| push(&mut pending, sent, Direction::Request));
        operation.for_each_response_type(&mut |received| {
            push(&mut pending, received, Direction::Response)
        });
    }
    for webhook in &api.webhooks {
        push(&mut pending, &webhook.payload, Direction::Response);
    }
    while let Some((id, direction)) = pending.pop() {
        let Some(definition) = api.types.get_mut(id.0) else {
            continue;
        };
        let joined = definition.direction.join(direction);
        if joined == definition.direction {
            continue;
        }
        definition.direction = joined;
        let Shape::Object(object) = &definition.shape else {
            let shape = &definition.shape;
            shape.for_each_type(&mut |part| push(&mut pending, part, joined));
            continue;
        };
        for field in &object.fields {
            // What only one side sends goes that way alone, whichever way the object goes.
            let direction = if field.is_received_only() {
                Direction::Response
            } else if field.is_sent_only() {
                Direction::Request
            } else {
                joined
            };
            push(&mut pending, &field.value, direction);
        }
        if let Additional::Kept { value, .. } = &object.additional {
            push(&mut pending, value, joined);
        }
    }
    let used: Vec<TypeId> = (0..api.types.len())
        .map(TypeId)
        .filter(|id| {
            api.types
                .get(id.0)
                .is_some_and(|definition| definition.direction != Direction::Unused)
        })
        .collect();
    api.keep_types(&used);
}

fn push(pending: &mut Vec<(TypeId, Direction)>, part: &Type, direction: Direction) {
    part.for_each_named(&mut |id| pending.push((id, direction)));
}
