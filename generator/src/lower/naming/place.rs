//! Names for what has none: a schema is called after the place where it stands, an operation after its method and path.

use crate::diagnostics::Pointer;

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
        if let Some(name) = component_name(&parent, &token) {
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

fn component_name(parent: &Pointer, token: &str) -> Option<String> {
    let ending = match parent.as_str() {
        "/components/schemas" | "/components/parameters" | "/components/headers" => "",
        "/components/responses" => "Response",
        "/components/requestBodies" => "Body",
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
    fn an_operation_is_called_after_method_and_path() {
        assert_eq!(
            operation_id("GET", "/pets/{petId}/toys"),
            "get_pets_by_pet_id_toys"
        );
        assert_eq!(operation_id("POST", "/"), "post_root");
        assert_eq!(operation_id("GET", "/a/{x}.{y}"), "get_a_by_x_by_y");
    }
}
