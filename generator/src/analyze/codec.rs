//! The two halves of the codec: which definitions are read from JSON, and which are written as JSON.

use std::collections::BTreeSet;

use super::modules::reached_from;
use crate::model::{Api, TypeDefinition};

/// Sets `is_read` and `is_written`.
///
/// They follow from the direction, and go further than it: a value is read and written whole, with the fields that only travel the
/// other way, so that what is within it needs the same half.
pub(super) fn find_halves(api: &mut Api) {
    let read = with_parts(api, |definition| definition.direction.in_responses());
    let written = with_parts(api, |definition| definition.direction.in_requests());
    for (index, definition) in api.types.iter_mut().enumerate() {
        definition.is_read = read.contains(&index);
        definition.is_written = written.contains(&index);
    }
}

/// The definitions of which `is_one` holds, and all that is within them.
fn with_parts(api: &Api, is_one: fn(&TypeDefinition) -> bool) -> BTreeSet<usize> {
    let definitions = api.types.iter().enumerate();
    let starts = definitions.filter(|(_, definition)| is_one(definition));
    reached_from(api, starts.map(|(index, _)| index).collect())
}
