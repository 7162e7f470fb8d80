//! Defaults: which types can be made from nothing, so that `Default` can be derived.

use crate::model::{Api, Shape, Type, TypeDefinition};

/// Sets `has_default`: an object has one if no field is required; an alias if its target has one. Enumerations and unions have none,
/// since no value of theirs stands out.
pub(super) fn find_defaults(api: &mut Api) {
    for definition in &mut api.types {
        definition.has_default = match &definition.shape {
            Shape::Object(object) => object
                .fields
                .iter()
                .all(|field| !field.presence.is_required()),
            Shape::Alias(target) => match target {
                Type::Named(_) | Type::Boxed(_) => false,
                Type::Scalar(_)
                | Type::Array(_)
                | Type::Tuple(_)
                | Type::Map(_)
                | Type::Nullable(_)
                | Type::FileOr(_)
                | Type::Any => has_own_default(target),
            },
            Shape::Enumeration(_) | Shape::Union(_) => false,
        };
    }
    // Aliases of definitions, which may be aliases of others: each round settles one more link of a chain.
    loop {
        let settled: Vec<bool> = api
            .types
            .iter()
            .map(|definition| definition.has_default)
            .collect();
        let mut changed = false;
        for TypeDefinition {
            shape, has_default, ..
        } in &mut api.types
        {
            if let (Shape::Alias(target), false) = (&*shape, *has_default)
                && let Type::Named(id) = target.bare()
                && settled.get(id.0) == Some(&true)
            {
                *has_default = true;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
}

/// Whether a type that names no definition has a default in Rust: dates, times and IP addresses have none.
fn has_own_default(target: &Type) -> bool {
    use crate::model::Scalar;
    !matches!(
        target,
        Type::Scalar(Scalar::DateTime | Scalar::Date | Scalar::Ipv4 | Scalar::Ipv6)
    )
}
