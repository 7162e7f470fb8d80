//! Paths of fields: from an object through its fields to a value.
//!
//! Comes in: Rust names of fields, from the settings of paging and polling. Goes out: the fields on the way and how each is held. Must
//! not know: what the value is for.

use proc_macro2::Ident;

use super::scope::ident;
use super::type_tokens::resolved;
use super::types::Form;
use crate::model::{Api, Field, Shape, Type, TypeId};

/// One field on the way.
pub(crate) struct Step<'a> {
    pub(crate) field: &'a Field,
    pub(crate) form: Form,
    pub(crate) name: Ident,
}

/// The fields from a definition along `path`; none if there is no such way.
pub(crate) fn steps<'a>(api: &'a Api, start: TypeId, path: &[String]) -> Option<Vec<Step<'a>>> {
    let mut at = Some(start);
    let mut steps = Vec::with_capacity(path.len());
    for name in path {
        let definition = api.definition(at?);
        let Shape::Object(shape) = &definition.shape else {
            return None;
        };
        let field = shape.fields.iter().find(|field| field.name == *name)?;
        at = match resolved(api, field.value.bare()) {
            Type::Named(id) => Some(*id),
            _ => None,
        };
        steps.push(Step {
            field,
            form: Form::of(definition, field),
            name: ident(&field.name),
        });
    }
    Some(steps)
}
