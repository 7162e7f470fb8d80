//! What is wrong with the structure of a document as a whole, found before any piece is parsed: references that lead nowhere, wherever
//! they stand, ids that stand twice, and paths that do not agree with their parameters. Nothing here stops the generation.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    DOCUMENTS, Dialect, Document, OperationEntry, PathEntry,
    document::{OTHER_METHODS, bad_path, can_be_sent},
    shape::Shaper,
    tables,
};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// Checks the document; what is found is kept in it.
pub fn check(document: &Document) {
    top(document);
    references(document);
    let mut ids = HashMap::new();
    for path in document.paths() {
        let operations = document.selected(&path);
        if operations.as_ref().is_ok_and(Vec::is_empty) && document.excluded().next().is_some() {
            continue;
        }
        methods(document, &path);
        // A path item that refers to nothing was reported with the references.
        for operation in operations.unwrap_or_default() {
            operation_id(document, &path, &operation, &mut ids);
            path_parameters(document, &path, &operation);
            responses(document, &path, &operation);
        }
    }
}

/// The keys at the top and in `components`, and the shape of `paths`.
fn top(document: &Document) {
    let shaper = Shaper { document };
    let root = Pointer::root();
    for (table, pointer) in [
        (&tables::TOP, root.clone()),
        (&tables::COMPONENTS, root.push("components")),
    ] {
        match document.value(&pointer) {
            Some(Value::Object(object)) => {
                // Only the keys matter: every value has an accessor of its own.
                let keys: Map<String, Value> = object
                    .keys()
                    .filter(|key| !key.starts_with("x-"))
                    .map(|key| (key.clone(), Value::Bool(true)))
                    .collect();
                // No key of these tables is one that must be there.
                drop(shaper.object(table, &keys, &pointer));
            }
            Some(Value::Null) | None => {}
            Some(_) => document.say(
                Diagnostic::warning(
                    Code::NotAnObject,
                    format!("the {} is not an object", table.what),
                )
                .at(&pointer),
            ),
        }
    }
    if !document
        .value(&root.push("info"))
        .is_some_and(Value::is_object)
    {
        document.say(
            Diagnostic::warning(Code::MissingKey, "the document has no `info`")
                .at(&root)
                .help("add `info` with a title and a version"),
        );
    }
    let paths = root.push("paths");
    match document.value(&paths) {
        Some(Value::Object(members)) => {
            for template in members
                .keys()
                .filter(|key| !key.starts_with('/') && !key.starts_with("x-"))
            {
                document.say(bad_path(template, &paths.push(template)));
            }
        }
        Some(Value::Null) | None => {
            let message = "the document has no `paths`, so the client has no operations";
            // Since OpenAPI 3.1, a document of schemas or webhooks alone is a sound one.
            let is_sound = document.dialect() >= Dialect::OpenApi31
                && ["components", "webhooks"]
                    .iter()
                    .any(|key| document.value(&root.push(key)).is_some());
            let diagnostic = if is_sound {
                Diagnostic::note(Code::MissingKey, message)
            } else {
                Diagnostic::warning(Code::MissingKey, message)
            };
            document.say(diagnostic.at(&root));
        }
        Some(_) => document.say(
            Diagnostic::warning(
                Code::NotAnObject,
                "`paths` is not an object, so the client has no operations",
            )
            .at(&paths),
        ),
    }
}

/// Every reference of the document, except within examples and other data.
fn references(document: &Document) {
    let mut sound: HashSet<String> = HashSet::new();
    // A path item may stand for several paths, so an operation of it may be wanted for one of them.
    let wanted: HashSet<Pointer> = document
        .paths()
        .iter()
        .flat_map(|path| document.selected(path).unwrap_or_default())
        .map(|operation| operation.pointer)
        .collect();
    let unwanted: HashSet<&Pointer> = document
        .excluded()
        .map(|(_, _, pointer)| pointer)
        .filter(|pointer| !wanted.contains(pointer))
        .collect();
    let mut pending: Vec<(Pointer, &Value, bool)> = vec![(Pointer::root(), document.root(), false)];
    while let Some((pointer, value, names)) = pending.pop() {
        if unwanted.contains(&pointer) {
            continue;
        }
        match value {
            Value::Object(members) => {
                if let (false, Some(Value::String(reference))) = (names, members.get("$ref"))
                    && !sound.contains(reference)
                {
                    match super::references::target_of(document, &pointer, value) {
                        Ok(_) => drop(sound.insert(reference.clone())),
                        // A broken chain is reported at its broken link.
                        Err(diagnostic) => document.say(diagnostic),
                    }
                }
                for (key, value) in members {
                    let is_files = pointer.is_root() && key == DOCUMENTS;
                    let data = !names
                        && !is_files
                        && (matches!(
                            key.as_str(),
                            "example" | "default" | "enum" | "value" | "const"
                        ) || key.starts_with("x-"));
                    if !data && (value.is_object() || value.is_array()) {
                        // The keys of these are names that the author chose, so `example` may be one of them.
                        let names_below = is_files
                            || !names
                                && matches!(
                                    key.as_str(),
                                    "properties"
                                        | "patternProperties"
                                        | "dependentSchemas"
                                        | "$defs"
                                        | "definitions"
                                        | "schemas"
                                        | "mapping"
                                        | "scopes"
                                );
                        pending.push((pointer.push(key), value, names_below));
                    }
                }
            }
            Value::Array(elements) => {
                pending.extend(
                    elements
                        .iter()
                        .enumerate()
                        .map(|(index, value)| (pointer.index(index), value, false)),
                );
            }
            _ => {}
        }
    }
}

/// Methods that no client can send.
fn methods(document: &Document, path: &PathEntry) {
    let Ok(item) = document.resolve(&path.pointer) else {
        return;
    };
    for (method, pointer) in document.members(&item.push(OTHER_METHODS)) {
        if can_be_sent(&method) {
            continue;
        }
        let name = quoted(&format!("{method} {}", path.template));
        document.say(
            Diagnostic::warning(
                Code::MethodLeftOut,
                format!("{name} is left out: the client cannot send this method"),
            )
            .at(&pointer),
        );
    }
}

fn operation_id(
    document: &Document,
    path: &PathEntry,
    operation: &OperationEntry,
    ids: &mut HashMap<String, String>,
) {
    let name = format!("{} {}", operation.method, path.template);
    let pointer = operation.pointer.push("operationId");
    match document
        .value(&pointer)
        .and_then(Value::as_str)
        .filter(|id| !id.trim().is_empty())
    {
        Some(id) => {
            if let Some(first) = ids.insert(id.to_owned(), name.clone()) {
                // Two paths may share a path item by reference: then it is one operation.
                let message = format!(
                    "the operationId {} stands at {} already",
                    quoted(id),
                    quoted(&first)
                );
                document.say(
                    Diagnostic::warning(Code::DuplicateOperationId, message)
                        .at(&pointer)
                        .help("give each operation an id of its own"),
                );
            }
        }
        None => {
            let message = format!(
                "{} has no operationId; its name is made from method and path",
                quoted(&name)
            );
            document.say(
                Diagnostic::note(Code::MissingOperationId, message)
                    .at(&operation.pointer)
                    .help("add an operationId: it becomes the name of the method"),
            );
        }
    }
}

fn path_parameters(document: &Document, path: &PathEntry, operation: &OperationEntry) {
    let mut declared: Vec<(String, Pointer)> = Vec::new();
    let mut item = operation.pointer.parent().unwrap_or_default();
    if item.last().as_deref() == Some(OTHER_METHODS) {
        item = item.parent().unwrap_or_default();
    }
    for holder in [&item, &operation.pointer] {
        let list = holder.push("parameters");
        let count = document
            .value(&list)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for index in 0..count {
            let Ok(place) = document.resolve(&list.index(index)) else {
                // Which parameter it is cannot be told, so nothing can be said to be missing.
                return;
            };
            let text = |key: &str| document.value(&place.push(key)).and_then(Value::as_str);
            if text("in") == Some("path")
                && let Some(name) = text("name")
            {
                declared.push((name.to_owned(), list.index(index)));
            }
        }
    }
    let method = &operation.method;
    let names = template_parameters(&path.template);
    for name in &names {
        if !declared.iter().any(|(declared, _)| declared == name) {
            let message = format!(
                "the path parameter {} of {} is not declared; it is taken for text",
                quoted(name),
                quoted(&format!("{method} {}", path.template))
            );
            document.say(
                Diagnostic::warning(Code::UndeclaredParameter, message)
                    .at(&operation.pointer)
                    .help("declare it with `in: path`"),
            );
        }
    }
    for (name, pointer) in declared {
        if !names.contains(&name.as_str()) {
            let message = format!(
                "the path parameter {} does not occur in {}",
                quoted(&name),
                quoted(&path.template)
            );
            document.say(
                Diagnostic::warning(Code::ParameterNotInPath, message)
                    .at(&pointer)
                    .help("add it to the path, or change `in`"),
            );
        }
    }
}

/// The names between braces in a path template.
fn template_parameters(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn responses(document: &Document, path: &PathEntry, operation: &OperationEntry) {
    let found = document.value(&operation.pointer.push("responses"));
    if found
        .and_then(Value::as_object)
        .is_none_or(|responses| responses.is_empty())
    {
        let name = format!("{} {}", operation.method, path.template);
        let message = format!("{} has no responses; any success is taken", quoted(&name));
        document.say(
            Diagnostic::warning(Code::MissingResponses, message)
                .at(&operation.pointer)
                .help("add `responses`"),
        );
    }
}
