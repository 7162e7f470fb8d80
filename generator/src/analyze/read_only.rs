//! Read-only fields: what only the server sends cannot be asked of callers, nor what only callers send of the server.

use crate::model::{Api, Direction, Field, FieldPresence, Shape};

/// Makes `readOnly` fields optional in types that are only sent, and `writeOnly` fields optional in types that are only received. Of one
/// that travels both ways and has such a field, `split` has made two.
///
/// A field that is optional for this reason keeps its null: what is absent and what is null are the same to a reader.
pub(super) fn relax_read_only_fields(api: &mut Api) {
    for definition in &mut api.types {
        let Shape::Object(object) = &mut definition.shape else {
            continue;
        };
        for field in &mut object.fields {
            let one_sided = match definition.direction {
                Direction::Request => field.read_only,
                Direction::Response => field.write_only,
                Direction::Both | Direction::Unused => false,
            };
            if one_sided {
                relax(field);
            }
        }
    }
}

fn relax(field: &mut Field) {
    field.presence = match field.presence {
        FieldPresence::Required => FieldPresence::Optional,
        FieldPresence::RequiredNullable => FieldPresence::OptionalNullable,
        other => other,
    };
}
