//! Routes: from the path of wire names in a setting to the fields that lead there.

use crate::model::{Api, Field, Shape, Type, TypeId};

/// What a route ends in.
pub(super) struct Route<'a> {
    /// The Rust names of the fields, from the outermost.
    pub names: Vec<String>,
    /// The last field.
    pub field: &'a Field,
}

/// The definition behind a type, aliases followed.
pub(super) fn definition_of(api: &Api, of: &Type) -> Option<TypeId> {
    let mut current = of.bare();
    // An alias leads to another definition at most once each.
    for _ in 0..=api.types.len() {
        let Type::Named(id) = current else {
            return None;
        };
        match &api.types.get(id.0)?.shape {
            Shape::Alias(target) => current = target.bare(),
            _ => return Some(*id),
        }
    }
    None
}

/// The type itself, aliases followed.
pub(super) fn without_aliases<'a>(api: &'a Api, of: &'a Type) -> &'a Type {
    let mut current = of.bare();
    for _ in 0..=api.types.len() {
        match current {
            Type::Named(id) => match api.types.get(id.0).map(|definition| &definition.shape) {
                Some(Shape::Alias(target)) => current = target.bare(),
                _ => return current,
            },
            other => return other,
        }
    }
    current
}

/// Follows a path of wire names with dots, from an object on.
pub(super) fn route<'a>(api: &'a Api, from: &Type, path: &str) -> Option<Route<'a>> {
    let mut names = Vec::new();
    let mut current = from.clone();
    let mut last: Option<&Field> = None;
    for key in path.split('.') {
        let id = definition_of(api, &current)?;
        let Shape::Object(object) = &api.types.get(id.0)?.shape else {
            return None;
        };
        let field = object.fields.iter().find(|field| field.key == key)?;
        names.push(field.name.clone());
        current = field.value.clone();
        last = Some(field);
    }
    last.map(|field| Route { names, field })
}
