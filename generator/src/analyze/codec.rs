//! The two halves of the codec: which definitions are read from JSON, and which are written as JSON.

use crate::model::{Api, TypeDefinition, TypeId};

/// Sets `is_read` and `is_written`.
///
/// They follow from the direction, and go further than it: a value is read and written whole, with the fields that only travel the
/// other way, so that what is within it needs the same half.
pub(super) fn find_halves(api: &mut Api) {
    let read = with_parts(api, |definition| definition.direction.in_responses());
    let written = with_parts(api, |definition| definition.direction.in_requests());
    for ((definition, is_read), is_written) in api.types.iter_mut().zip(read).zip(written) {
        definition.is_read = is_read;
        definition.is_written = is_written;
    }
}

/// The definitions of which `is_one` holds, and all that is within them.
fn with_parts(api: &Api, is_one: fn(&TypeDefinition) -> bool) -> Vec<bool> {
    let mut found = vec![false; api.types.len()];
    let starts = api.types.iter().enumerate();
    let mut pending: Vec<TypeId> = starts
        .filter(|(_, definition)| is_one(definition))
        .map(|(index, _)| TypeId(index))
        .collect();
    while let Some(id) = pending.pop() {
        let Some(slot) = found.get_mut(id.0).filter(|is_found| !**is_found) else {
            continue;
        };
        *slot = true;
        let shape = &api.definition(id).shape;
        shape.for_each_type(&mut |part| part.for_each_named(&mut |within| pending.push(within)));
    }
    found
}
