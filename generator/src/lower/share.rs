//! Sharing: places without a name of their own that list the same values become one definition, and the others names for it.
//!
//! Descriptions spell out `status: [active, inactive]`, or "a map or an empty text", wherever they need it, hundreds of times in a large
//! one. Each place keeps its name, so that code says what the document says; but the values are of one type, which is passed from
//! one place to another as it is, and compiled once.
//!
//! Shared is what stands under the same key and agrees in everything: values, names, words for each of them. Objects are shared only
//! inside of what requests carry, where no direction changes their fields. A component is never shared: who gives a schema a name may
//! mean more by it than its values.

use std::collections::HashMap;

use super::schema::is_component;
use crate::diagnostics::Pointer;
use crate::model::{EnumerationValues, Shape, Type, TypeDefinition, TypeId};

/// Makes aliases of definitions that repeat an earlier one; `places` are their schemas, in the same order.
pub(super) fn share_repeated(types: &mut [TypeDefinition], places: &[Pointer]) {
    // A union of shared definitions may be one that can be shared itself: each round finds one more level of these, and the
    // number of definitions that are no aliases falls with each.
    while share_round(types, places) {}
}

/// Whether a definition became an alias.
fn share_round(types: &mut [TypeDefinition], places: &[Pointer]) -> bool {
    let sketches: Vec<Option<Sketch>> = types
        .iter()
        .zip(places)
        .map(|(definition, place)| sketch(&definition.shape, place))
        .collect();
    let mut uses: HashMap<&Sketch, usize> = HashMap::new();
    for sketch in sketches.iter().flatten() {
        *uses.entry(sketch).or_default() += 1;
    }
    let mut first: HashMap<(&Sketch, String), TypeId> = HashMap::new();
    let mut repeated: Vec<(usize, TypeId)> = Vec::new();
    for (index, (definition, key)) in types.iter().zip(&sketches).enumerate() {
        let is_alone = |key: &&Sketch| uses.get(key).is_none_or(|&uses| uses < 2);
        let Some(key) = key.as_ref().filter(|key| !is_alone(key)) else {
            continue;
        };
        let content = content(types, &definition.shape);
        let original = *first.entry((key, content)).or_insert(TypeId(index));
        if original != TypeId(index) {
            repeated.push((index, original));
        }
    }
    for (index, original) in &repeated {
        if let Some(definition) = types.get_mut(*index) {
            definition.shape = Shape::Alias(Type::Named(*original));
        }
    }
    !repeated.is_empty()
}

/// The key that a definition stands under, and the number of its parts: where these differ, nothing more need be compared.
type Sketch = (String, usize);

/// None for what is not shared.
fn sketch(shape: &Shape, place: &Pointer) -> Option<Sketch> {
    if is_component(place) {
        return None;
    }
    let parts = match shape {
        Shape::Enumeration(shape) => match &shape.values {
            EnumerationValues::Strings(values) => values.len(),
            EnumerationValues::Integers(values) => values.len(),
        },
        Shape::Union(shape) => shape.variants.len(),
        // Files make of a body another kind of object.
        Shape::Object(shape) if !shape.has_files() && is_within_request(place) => {
            shape.fields.len()
        }
        Shape::Object(_) | Shape::Alias(_) => return None,
    };
    Some((place.last().unwrap_or_default(), parts))
}

/// Everything that two definitions must agree in.
fn content(types: &[TypeDefinition], shape: &Shape) -> String {
    let mut shape = shape.clone();
    shape.for_each_type_mut(&mut |value| see_through(types, value));
    format!("{shape:?}")
}

/// Whether a schema lies inside of a body that is sent, or of a parameter; it is not the body or the parameter itself.
fn is_within_request(place: &Pointer) -> bool {
    let tokens: Vec<String> = place.tokens().collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let (["paths", _, "parameters", rest @ ..]
    | ["paths", _, _, "requestBody" | "parameters", rest @ ..]) = tokens.as_slice()
    else {
        return false;
    };
    rest.iter()
        .position(|token| *token == "schema")
        .is_some_and(|schema| schema + 1 < rest.len())
}

/// Puts the definition that was shared wherever a name for it stands. No name stands for another name: what is shared is none.
fn see_through(types: &[TypeDefinition], value: &mut Type) {
    let mut shared = Vec::new();
    value.for_each_named(&mut |id| {
        if let Some(Shape::Alias(target)) = types.get(id.0).map(|definition| &definition.shape) {
            shared.push((id, target.clone()));
        }
    });
    for (id, target) in shared {
        value.replace_named(id, &target);
    }
}
