//! Sharing: places without a name of their own that list the same values become one definition, and the others names for it.
//!
//! Descriptions spell out `status: [active, inactive]`, or "a map or an empty text", wherever they need it, hundreds of times in a large
//! one. Each place keeps its name, so that code says what the document says; but the values are of one type, which is passed from
//! one place to another as it is, and compiled once.
//!
//! Shared is what agrees in everything (values, names, words for each of them) and stands under the same key, or beside the other as a
//! property of the same object or a parameter of the same operation: the statuses of thirty capabilities are one type, as are a billing
//! and a shipping address. The key of a parameter's schema is the name of the parameter, so that what an answer said of a status can be
//! asked for. Objects are shared only inside of what requests carry, where no direction changes their fields. A component is never
//! shared: who gives a schema a name may mean more by it than its values.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::schema::is_component;
use crate::diagnostics::Pointer;
use crate::model::{EnumerationValues, Shape, Type, TypeDefinition, TypeId};

/// A definition's schema: where it stands, and under which key.
pub(super) struct Site {
    /// The place of the schema.
    pub place: Pointer,
    /// The name of the parameter, where the schema is that of one.
    pub parameter: Option<String>,
}

impl Site {
    /// Where a definition of so many parts may stand again.
    fn sketches(&self, parts: usize) -> Vec<Sketch> {
        let above = self.place.parent();
        let (key, list, name) = match &self.parameter {
            Some(name) => (
                Some(name.clone()),
                above.and_then(|parameter| parameter.parent()),
                "parameters",
            ),
            None => (self.place.last(), above, "properties"),
        };
        let list = list.filter(|list| list.last().as_deref() == Some(name));
        let companies = [key.map(Company::Key), list.map(Company::List)];
        let companies = companies.into_iter().flatten();
        companies.map(|company| Sketch { company, parts }).collect()
    }
}

/// What two definitions that repeat each other have in common beside their content; where sketches differ, contents need no comparison.
#[derive(PartialEq, Eq, Hash)]
struct Sketch {
    company: Company,
    /// The number of values, variants or fields.
    parts: usize,
}

/// What keeps definitions together.
#[derive(PartialEq, Eq, Hash)]
enum Company {
    /// They stand under the same key, anywhere.
    Key(String),
    /// They are properties of one object, or parameters of one operation, whose list is here.
    List(Pointer),
}

/// Makes aliases of definitions that repeat an earlier one; `sites` are those of their schemas, in the same order.
pub(super) fn share_repeated(types: &mut [TypeDefinition], sites: &[Site]) {
    // A union of shared definitions may be one that can be shared itself: each round finds one more level of these, and the
    // number of definitions that are no aliases falls with each.
    while share_round(types, sites) {}
}

/// Whether a definition became an alias.
fn share_round(types: &mut [TypeDefinition], sites: &[Site]) -> bool {
    let sketches: Vec<Vec<Sketch>> = types
        .iter()
        .zip(sites)
        .map(|(definition, site)| {
            let parts = parts(&definition.shape, &site.place);
            parts.map_or_else(Vec::new, |parts| site.sketches(parts))
        })
        .collect();
    let mut uses: FxHashMap<&Sketch, usize> = FxHashMap::default();
    for sketch in sketches.iter().flatten() {
        *uses.entry(sketch).or_default() += 1;
    }
    let mut first: FxHashMap<(&Sketch, Rc<str>), TypeId> = FxHashMap::default();
    let mut repeated: Vec<(usize, TypeId)> = Vec::new();
    for (index, (definition, sketches)) in types.iter().zip(&sketches).enumerate() {
        let is_repeated = |sketch: &&Sketch| uses.get(sketch).is_some_and(|&uses| uses > 1);
        let sketches: Vec<&Sketch> = sketches.iter().filter(is_repeated).collect();
        if sketches.is_empty() {
            continue;
        }
        let content: Rc<str> = content(types, &definition.shape).into();
        let known = |sketch: &&Sketch| first.get(&(*sketch, Rc::clone(&content))).copied();
        let original = sketches.iter().find_map(known).unwrap_or(TypeId(index));
        for sketch in sketches {
            first
                .entry((sketch, Rc::clone(&content)))
                .or_insert(original);
        }
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

/// The number of values, variants or fields of what may be shared.
fn parts(shape: &Shape, place: &Pointer) -> Option<usize> {
    if is_component(place) {
        return None;
    }
    match shape {
        Shape::Enumeration(shape) => Some(match &shape.values {
            EnumerationValues::Strings(values) => values.len(),
            EnumerationValues::Integers(values) => values.len(),
        }),
        Shape::Union(shape) => Some(shape.variants.len()),
        // Files make of a body another kind of object.
        Shape::Object(shape) if !shape.has_files() && is_within_request(place) => {
            Some(shape.fields.len())
        }
        Shape::Object(_) | Shape::Alias(_) => None,
    }
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
