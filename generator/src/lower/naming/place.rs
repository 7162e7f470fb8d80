//! Names for what has none: a schema is called after the place where it stands, an operation after its method and path.

use crate::diagnostics::Pointer;
use crate::load::DOCUMENTS;

/// The name of a schema, as words yet to be cased, from where it stands. `given` holds the names that a pointer was given
/// before: the place of an operation's body, of a union's variant.
pub(crate) fn place_name(pointer: &Pointer, given: &dyn Fn(&Pointer) -> Option<String>) -> String {
    let mut tail = Vec::new();
    let mut current = pointer.clone();
    let head = loop {
        if let Some(name) = given(&current) {
            break name;
        }
        let (Some(token), Some(parent)) = (current.last(), current.parent()) else {
            break String::new();
        };
        if let Some(name) = component_name(&parent, &token).or_else(|| file_part(&current)) {
            break name;
        }
        tail.push(token);
        current = parent;
    };
    tail.reverse();
    let mut words = vec![head];
    let mut tokens = tail.iter().map(String::as_str);
    while let Some(token) = tokens.next() {
        match token {
            "properties" | "definitions" | "$defs" | "schemas" => {
                words.extend(tokens.next().map(str::to_owned))
            }
            "items" => words.push("item".to_owned()),
            "additionalProperties" => words.push("value".to_owned()),
            "patternProperties" => {
                tokens.next();
                words.push("value".to_owned());
            }
            "unevaluatedProperties" => words.push("value".to_owned()),
            "prefixItems" => {
                let number = tokens
                    .next()
                    .and_then(|index| index.parse::<usize>().ok())
                    .unwrap_or_default();
                words.push(format!("item{}", number.saturating_add(1)));
            }
            "oneOf" | "anyOf" => {
                let number = tokens
                    .next()
                    .and_then(|index| index.parse::<usize>().ok())
                    .unwrap_or_default();
                words.push(format!("variant{}", number.saturating_add(1)));
            }
            "allOf" | "content" | "dependentSchemas" => drop(tokens.next()),
            "schema" | "not" | "then" | "else" => {}
            "paths" => words.extend(tokens.next().map(path_words)),
            other => words.push(other.to_owned()),
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// What a role adds to a name that is taken.
pub(crate) fn role(pointer: &Pointer) -> &'static str {
    match pointer.parent().and_then(|parent| parent.last()).as_deref() {
        Some("properties") => "Property",
        Some("oneOf" | "anyOf") => "Variant",
        Some("schemas") => "Schema",
        _ => match pointer.last().as_deref() {
            Some("items") => "Element",
            Some("additionalProperties") => "Entry",
            _ => "Inline",
        },
    }
}

/// The name of a schema that has one of its own: a component, a file that is a schema, or what a file of schemas holds by name.
pub(crate) fn schema_name(pointer: &Pointer) -> Option<String> {
    const DEFINED: [&str; 3] = ["schemas", "definitions", "$defs"];
    if let (Some(name), Some("/components/schemas")) = (
        pointer.last(),
        pointer.parent().as_ref().map(Pointer::as_str),
    ) {
        return Some(name);
    }
    let (key, within) = in_file(pointer)?;
    match within.as_slice() {
        [] => Some(stem(&key).to_owned()),
        [name] if !is_keyword(name) => Some(name.clone()),
        [section, name] if DEFINED.contains(&section.as_str()) => Some(name.clone()),
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.clone())
        }
        _ => None,
    }
}

/// What tells a schema of a file apart from one of the same name: the last word of the way to it, then all of them. None in the main
/// file.
pub(crate) fn names_with_file(pointer: &Pointer) -> Vec<String> {
    let (Some(name), Some((key, within))) = (schema_name(pointer), in_file(pointer)) else {
        return Vec::new();
    };
    let mut words: Vec<&str> = key.split('/').filter(|word| *word != "..").collect();
    words.pop();
    if !within.is_empty() {
        words.push(stem(&key));
    }
    let last = words.last().map(|word| format!("{word} {name}"));
    last.into_iter()
        .chain([format!("{} {name}", words.join(" "))])
        .collect()
}

/// The name of a part of a file that stands for itself there, whatever it is.
fn file_part(pointer: &Pointer) -> Option<String> {
    let (key, within) = in_file(pointer)?;
    let folder = key.rsplit('/').nth(1).unwrap_or_default();
    match within.as_slice() {
        [] => Some(of_section(folder, stem(&key)).unwrap_or_else(|| stem(&key).to_owned())),
        [section, name] if !is_index(name) => of_section(section, name),
        [components, section, name] if components == "components" => of_section(section, name),
        _ => schema_name(pointer),
    }
}

/// The file that a place lies in, and the way to it there, where that is not the main file.
fn in_file(pointer: &Pointer) -> Option<(String, Vec<String>)> {
    let mut tokens = pointer.tokens();
    if tokens.next()? != DOCUMENTS {
        return None;
    }
    Some((tokens.next()?, tokens.collect()))
}

/// The name of a file without its folder and its endings.
fn stem(key: &str) -> &str {
    let name = key.rsplit('/').next().unwrap_or(key);
    let end = name.rfind('.').filter(|&end| end > 0);
    let stem = end.and_then(|end| name.get(..end)).unwrap_or(name);
    [".schema", "_schema", "-schema", ".openapi"]
        .iter()
        .find_map(|ending| stem.strip_suffix(ending).filter(|rest| !rest.is_empty()))
        .unwrap_or(stem)
}

/// Whether a word under the top of a file belongs to a schema, a path item or the like, rather than being a name.
fn is_keyword(word: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "$defs",
        "additionalProperties",
        "allOf",
        "anyOf",
        "components",
        "contains",
        "content",
        "definitions",
        "delete",
        "dependentSchemas",
        "else",
        "get",
        "head",
        "headers",
        "if",
        "items",
        "not",
        "oneOf",
        "options",
        "parameters",
        "patch",
        "paths",
        "patternProperties",
        "post",
        "prefixItems",
        "properties",
        "propertyNames",
        "put",
        "query",
        "requestBody",
        "responses",
        "schema",
        "then",
        "trace",
        "unevaluatedItems",
        "unevaluatedProperties",
    ];
    KEYWORDS.contains(&word) || is_index(word)
}

fn is_index(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_digit())
}

fn component_name(parent: &Pointer, token: &str) -> Option<String> {
    of_section(parent.as_str().strip_prefix("/components/")?, token)
}

/// The name of a component by its section.
fn of_section(section: &str, token: &str) -> Option<String> {
    let ending = match section {
        "schemas" | "parameters" | "headers" | "definitions" | "$defs" => "",
        "responses" => "Response",
        "requestBodies" => "Body",
        _ => return None,
    };
    Some(if token.ends_with(ending) {
        token.to_owned()
    } else {
        format!("{token} {ending}")
    })
}

/// The id of an operation that has none: `GET /pets/{pet_id}/toys` is `get_pets_by_pet_id_toys`.
pub(crate) fn operation_id(method: &str, path: &str) -> String {
    super::snake(&format!("{} {}", method.to_lowercase(), path_words(path)))
}

/// Whether the words of a path say all of it: its segments are a word or a parameter each, and it does not end in a slash.
pub(crate) fn is_plain(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|path| {
        path.split('/').all(|segment| {
            let parameter = segment.strip_prefix('{');
            let parameter = parameter.and_then(|segment| segment.strip_suffix('}'));
            let word = parameter.unwrap_or(segment);
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
    })
}

/// What an id says beside its own request, which some frameworks write into every id: `read_item` of `read_item_items__item_id__get`, the
/// id of `GET /items/{item_id}`.
pub(crate) fn without_route(id: &str, method: &str, path: &str) -> Option<String> {
    let method = method.to_lowercase();
    let rest = if path.contains(char::is_alphanumeric) {
        let route = format!("_{}_{method}", super::snake(path));
        super::snake(id).strip_suffix(&route)?.to_owned()
    } else {
        super::snake(id.strip_suffix(&format!("__{method}"))?)
    };
    rest.starts_with(char::is_alphabetic).then_some(rest)
}

/// Whether a segment of a path is a version: `v1`, `2`, `1.0`, `2010-04-01`.
pub(crate) fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    number.starts_with(|first: char| first.is_ascii_digit())
        && number
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, '.' | '-' | '_'))
}

fn path_words(path: &str) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let words: Vec<String> = segments
        .map(|segment| segment.replace('{', " by ").replace('}', " "))
        .collect();
    if words.is_empty() {
        "root".to_owned()
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(pointer: &str) -> String {
        let pointer = Pointer::parse(pointer).expect("a pointer");
        let given = |pointer: &Pointer| {
            (pointer.as_str() == "/paths/~1pets/get/responses/200/content/application~1json/schema")
                .then(|| "listPetsResponse".to_owned())
        };
        super::super::pascal(&place_name(&pointer, &given))
    }

    #[test]
    fn a_schema_is_called_after_its_place() {
        assert_eq!(name("/components/schemas/Pet"), "Pet");
        assert_eq!(
            name("/components/schemas/Pet/properties/tags/items"),
            "PetTagsItem"
        );
        assert_eq!(
            name("/components/schemas/Pet/allOf/1/properties/owner"),
            "PetOwner"
        );
        assert_eq!(name("/components/schemas/Pet/oneOf/0"), "PetVariant1");
        assert_eq!(
            name("/components/schemas/Pet/additionalProperties"),
            "PetValue"
        );
        assert_eq!(
            name("/components/responses/Problem/content/application~1json/schema"),
            "ProblemResponse"
        );
        assert_eq!(
            name("/paths/~1pets/get/responses/200/content/application~1json/schema/items"),
            "ListPetsResponseItem"
        );
        assert_eq!(
            name("/components/schemas/A/properties/properties/properties/items"),
            "APropertiesItems"
        );
    }

    #[test]
    fn what_a_file_holds_is_called_after_the_file_or_by_its_name_there() {
        assert_eq!(name("/x-documents/schemas~1Pet.yaml"), "Pet");
        assert_eq!(name("/x-documents/rekord_schema.json"), "Rekord");
        assert_eq!(
            name("/x-documents/schemas~1Pet.yaml/properties/tag"),
            "PetTag"
        );
        assert_eq!(name("/x-documents/schemas~1Pets.yaml/items"), "PetsItem");
        assert_eq!(name("/x-documents/models.yaml/Pet"), "Pet");
        assert_eq!(
            name("/x-documents/a.yaml/components/schemas/Error"),
            "Error"
        );
        assert_eq!(
            name("/x-documents/a.yaml/definitions/Error/items"),
            "ErrorItem"
        );
        assert_eq!(
            name("/x-documents/responses~1Problem.yaml/content/application~1json/schema"),
            "ProblemResponse"
        );
        let place = Pointer::parse("/x-documents/v2~1models.yaml/Pet").expect("a pointer");
        let names: Vec<String> = names_with_file(&place)
            .iter()
            .map(|name| super::super::pascal(name))
            .collect();
        assert_eq!(names, ["ModelsPet", "V2ModelsPet"]);
    }

    #[test]
    fn an_id_need_not_repeat_its_request() {
        for (id, method, path, expected) in [
            (
                "read_item_items__item_id__get",
                "GET",
                "/items/{item_id}",
                Some("read_item"),
            ),
            ("root__get", "GET", "/", Some("root")),
            ("root_get", "GET", "/", None),
            ("items__item_id__get", "GET", "/items/{item_id}", None),
            ("readItem", "GET", "/items/{item_id}", None),
            ("read_item_items_get", "PUT", "/items", None),
        ] {
            assert_eq!(without_route(id, method, path).as_deref(), expected, "{id}");
        }
    }

    #[test]
    fn an_operation_is_called_after_method_and_path() {
        assert_eq!(
            operation_id("GET", "/pets/{petId}/toys"),
            "get_pets_by_pet_id_toys"
        );
        assert_eq!(operation_id("POST", "/"), "post_root");
        assert_eq!(operation_id("GET", "/a/{x}.{y}"), "get_a_by_x_by_y");
    }
}
