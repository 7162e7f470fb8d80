//! References: from a reference object to the thing it stands for.

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::{Document, dialect::Dialect, tables::SCHEMA};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// Follows the chain of references that begins at `pointer` to the first thing that is no reference object: its place, and itself.
///
/// # Errors
///
/// CS0302 where the chain comes back to itself, CS0301 or CS0303 to CS0306 where it breaks; the place is that of the `$ref` at fault.
pub fn resolve<'d>(
    document: &'d Document,
    pointer: &Pointer,
) -> Result<(Pointer, &'d Value), Diagnostic> {
    let mut current = pointer.clone();
    let mut visited: FxHashSet<Pointer> = FxHashSet::default();
    let Some(mut value) = document.value(&current) else {
        return Err(Diagnostic::warning(
            Code::ReferenceToNothing,
            format!("there is nothing at {}", quoted(&current.to_reference())),
        )
        .at(pointer));
    };
    loop {
        let Some(reference) = reference(value) else {
            return Ok((current, value));
        };
        if siblings_count(document, &current, value) {
            return Ok((current, value));
        }
        let place = current.push("$ref");
        let (target, stands_there) = target(document, reference, &place)?;
        if !visited.insert(current) || visited.contains(&target) {
            return Err(Diagnostic::warning(
                Code::ReferenceCycle,
                format!(
                    "{} leads back to itself",
                    quoted(&document.written(&place, reference))
                ),
            )
            .at(&place)
            .help("define the thing itself in one of the places that only refer to each other"));
        }
        current = target;
        value = stands_there;
    }
}

/// Whether the value at `pointer` is a schema with more in it than a reference: what stands beside `$ref` counts in schemas, and only
/// there.
pub fn siblings_count(document: &Document, pointer: &Pointer, value: &Value) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    members.len() > 1
        && reference(value).is_some()
        && is_schema(pointer)
        && members
            .keys()
            .any(|key| counts_beside_reference(document.dialect(), key))
}

/// Whether a keyword beside `$ref` counts: since OpenAPI 3.1 all do. Before, none should (OpenAPI 3.0.3 section 4.7.23); but who writes
/// words or `nullable: true` there means them, and takes nothing from the schema that is referred to.
pub fn counts_beside_reference(dialect: Dialect, key: &str) -> bool {
    if dialect >= Dialect::OpenApi31 {
        return key != "$comment" && SCHEMA.keys.iter().any(|(name, _)| *name == key);
    }
    [
        "description",
        "deprecated",
        "nullable",
        "x-nullable",
        "readOnly",
        "writeOnly",
    ]
    .contains(&key)
}

/// Whether a schema stands at a place, by the keyword above it.
fn is_schema(pointer: &Pointer) -> bool {
    let parent = pointer.parent();
    let holder = parent.as_ref().and_then(Pointer::last);
    match holder.as_deref() {
        Some("allOf" | "anyOf" | "oneOf" | "prefixItems" | "items") => true,
        Some(list) if SCHEMAS_BY_NAME.contains(&list) => true,
        // The word may also be the name of a property, or of a component.
        Some("parameters" | "headers" | "responses" | "requestBodies" | "examples" | "links")
            if !parent.as_ref().is_some_and(is_named_schema) =>
        {
            false
        }
        _ => matches!(
            pointer.last().as_deref(),
            Some(
                "schema"
                    | "itemSchema"
                    | "items"
                    | "additionalProperties"
                    | "unevaluatedProperties"
                    | "not"
                    | "if"
                    | "then"
                    | "else"
            )
        ),
    }
}

/// Keywords whose members are schemas, each under a name that the author chose.
const SCHEMAS_BY_NAME: [&str; 6] = [
    "properties",
    "schemas",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
];

/// Whether the last token is a name that the author chose for a schema.
fn is_named_schema(pointer: &Pointer) -> bool {
    let list = pointer.parent().and_then(|list| list.last());
    list.is_some_and(|list| SCHEMAS_BY_NAME.contains(&list.as_str()))
}

/// The place that the reference at `pointer` leads to in the end, whatever stands beside it.
///
/// # Errors
///
/// As [`resolve`].
pub fn target_of(
    document: &Document,
    pointer: &Pointer,
    value: &Value,
) -> Result<Pointer, Diagnostic> {
    match reference(value) {
        Some(reference) => {
            let (target, _) = target(document, reference, &pointer.push("$ref"))?;
            document.resolve(&target)
        }
        None => Ok(pointer.clone()),
    }
}

/// The text of the reference, where the value is a reference object (OpenAPI 3.0.3 section 4.7.23): what stands beside `$ref` does
/// not count.
pub fn reference(value: &Value) -> Option<&str> {
    value.as_object()?.get("$ref")?.as_str()
}

/// The place that one reference leads to, and what stands there.
fn target<'d>(
    document: &'d Document,
    reference: &str,
    place: &Pointer,
) -> Result<(Pointer, &'d Value), Diagnostic> {
    if let Some(fault) = document.fault(place, reference) {
        return Err(fault);
    }
    if !reference.starts_with('#') {
        // Only data that is looked at all the same: every other reference was followed, or is a fault.
        return Err(Diagnostic::warning(
            Code::ExternalReference,
            format!("{} leads to another document", quoted(reference)),
        )
        .at(place)
        .help("refer to a part of this document"));
    }
    let Some(target) = Pointer::from_reference(reference) else {
        return Err(Diagnostic::warning(
            Code::ReferenceMalformed,
            format!("{} is not a JSON pointer", quoted(reference)),
        )
        .at(place)
        .help("a reference within the document has the form `#/components/schemas/Name`"));
    };
    if let Some(value) = document.value(&target) {
        return Ok((target, value));
    }
    // Names with a literal `%` that were not percent-encoded.
    let literal = reference.strip_prefix('#').and_then(Pointer::parse);
    let others = [literal, local_definition(document, &target, place)];
    for other in others.into_iter().flatten() {
        if let Some(value) = document.value(&other) {
            return Ok((other, value));
        }
    }
    let mut diagnostic = Diagnostic::warning(
        Code::ReferenceToNothing,
        format!(
            "{} leads to nothing",
            quoted(&document.written(place, reference))
        ),
    )
    .at(place);
    if let Some(name) = nearest(document, &target) {
        let name = document.written(place, &name);
        diagnostic = diagnostic.help(format!("did you mean {}?", quoted(&name)));
    }
    Err(diagnostic)
}

/// `#/$defs/Name` in a schema that was a document of its own before it was put into this one.
fn local_definition(document: &Document, target: &Pointer, place: &Pointer) -> Option<Pointer> {
    let list = target.tokens().next()?;
    if !matches!(list.as_str(), "$defs" | "definitions") {
        return None;
    }
    let mut holder = place.parent();
    while let Some(current) = holder {
        let local = target
            .tokens()
            .fold(current.clone(), |local, token| local.push(&token));
        if document.value(&local).is_some() {
            return Some(local);
        }
        holder = current.parent();
    }
    None
}

/// The reference to the sibling of a missing thing whose name is most like it.
fn nearest(document: &Document, target: &Pointer) -> Option<String> {
    const MOST_SIBLINGS: usize = 10_000;
    let (parent, name) = (target.parent()?, target.last()?);
    let siblings = document.value(&parent)?.as_object()?;
    let nearest = crate::diagnostics::nearest(
        &name,
        siblings.keys().take(MOST_SIBLINGS).map(String::as_str),
    )?;
    Some(parent.push(nearest).to_reference())
}

#[cfg(test)]
mod tests {
    use crate::{diagnostics::Pointer, load::Document};

    fn resolve(text: &str, pointer: &str) -> String {
        let text = format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\n{text}");
        let document = Document::parse("spec.yaml", &text).expect("readable");
        let resolved = document.resolve(&Pointer::parse(pointer).expect("a pointer"));
        resolved.map_or_else(
            |diagnostic| diagnostic.to_string(),
            |pointer| pointer.to_string(),
        )
    }

    #[test]
    fn chains_are_followed() {
        let text = "a: {$ref: '#/b'}\nb: {$ref: '#/c/d~1e/%7Bf%7D'}\nc: {d/e: {'{f}': {x: 1}}}\n50%25: 1\ng: {$ref: '#/50%25'}";
        assert_eq!(resolve(text, "/a"), "/c/d~1e/{f}");
        assert_eq!(resolve(text, "/c"), "/c");
        assert_eq!(resolve(text, "/g"), "/50%25");
    }

    #[test]
    fn broken_chains_are_told_apart() {
        let text = "a: {$ref: '#/components/schemas/Pat'}\ncomponents: {schemas: {Pet: {}}}\n\
                    b: {$ref: '#/c'}\nc: {$ref: '#/b'}\nd: {$ref: '#/d'}\ne: {$ref: 'other.yaml#/x'}\nf: {$ref: '#anchor'}";
        assert_eq!(
            resolve(text, "/a"),
            "warning[CS0301] #/a/$ref: `#/components/schemas/Pat` leads to nothing"
        );
        assert_eq!(
            resolve(text, "/b"),
            "warning[CS0302] #/c/$ref: `#/b` leads back to itself"
        );
        assert_eq!(
            resolve(text, "/d"),
            "warning[CS0302] #/d/$ref: `#/d` leads back to itself"
        );
        assert_eq!(
            resolve(text, "/e"),
            "warning[CS0303] #/e/$ref: `other.yaml` leads to another document, and nothing says where `spec.yaml` lies"
        );
        assert_eq!(
            resolve(text, "/f"),
            "warning[CS0304] #/f/$ref: `#anchor` is not a JSON pointer"
        );
        assert_eq!(
            resolve(text, "/nothing"),
            "warning[CS0301] #/nothing: there is nothing at `#/nothing`"
        );
    }

    #[test]
    fn the_nearest_name_is_suggested() {
        let text = "openapi: 3.0.3\npaths: {}\na: {$ref: '#/components/schemas/Pat'}\ncomponents: {schemas: {Pet: {}, Unlike: {}}}";
        let document = Document::parse("spec.yaml", text).expect("readable");
        let diagnostic = document
            .resolve(&Pointer::root().push("a"))
            .expect_err("a reference to nothing");
        assert_eq!(
            diagnostic.help.as_deref(),
            Some("did you mean `#/components/schemas/Pet`?")
        );
    }
}
