//! What may stand at a place of a description: a reference that the loader follows, a part that must be there itself, or data.
//!
//! Comes in: the keys on the way to a place. Goes out: a [`Spot`]. It is judged by keys alone, since in a file of its own a part does
//! not say what it is.

/// A kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    keys: Keys,
    /// Whether the loader reads this without following references, so that what is referred to must stand here.
    pub in_place: bool,
}

/// What the keys of an object are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Keywords.
    Words,
    /// Names that the author chose; whether what they name may be a reference.
    Names { referable: bool },
    /// Of no concern: it is data.
    Data,
    /// The names of discriminator values, with references as plain texts.
    Mapping,
}

/// Objects and lists whose members are named by the author and may be references.
const OF_REFERABLES: &[&str] = &[
    "allOf",
    "anyOf",
    "callbacks",
    "definitions",
    "$defs",
    "dependentSchemas",
    "examples",
    "headers",
    "links",
    "mediaTypes",
    "oneOf",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "prefixItems",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securityDefinitions",
    "securitySchemes",
    "webhooks",
    "x-webhooks",
    super::DOCUMENTS,
];

/// Those whose members are named by the author and may be no references.
const OF_PARTS: &[&str] = &["content", "encoding", "scopes", "variables"];

/// Parts that may be no references, with their elements.
const PARTS: &[&str] = &[
    "additionalOperations",
    "components",
    "contact",
    "delete",
    "description",
    "discriminator",
    "externalDocs",
    "flows",
    "get",
    "head",
    "info",
    "license",
    "options",
    "patch",
    "post",
    "put",
    "query",
    "required",
    "security",
    "servers",
    "summary",
    "tags",
    "title",
    "trace",
    "xml",
];

/// What may be any JSON.
const DATA: &[&str] = &["const", "default", "enum", "example", "value"];

/// The texts among the parts.
const TEXTS: &[&str] = &["description", "summary", "title"];

impl Spot {
    /// The top of a file.
    pub const TOP: Self = Self {
        keys: Keys::Words,
        in_place: false,
    };

    /// What stands under a key.
    pub fn member(self, key: &str) -> Self {
        match self.keys {
            Keys::Data | Keys::Mapping => Self {
                keys: Keys::Data,
                in_place: false,
            },
            Keys::Names { referable } => Self {
                keys: Keys::Words,
                in_place: !referable,
            },
            Keys::Words => {
                let (keys, in_place) = if OF_REFERABLES.contains(&key) {
                    (Keys::Names { referable: true }, true)
                } else if OF_PARTS.contains(&key) {
                    (Keys::Names { referable: false }, true)
                } else if key == "mapping" {
                    (Keys::Mapping, true)
                } else if DATA.contains(&key) || key.starts_with("x-") {
                    (Keys::Data, DATA.contains(&key))
                } else {
                    (Keys::Words, PARTS.contains(&key))
                };
                Self { keys, in_place }
            }
        }
    }

    /// What stands in a list there.
    pub fn element(self) -> Self {
        match self.keys {
            Keys::Names { .. } => self.member(""),
            Keys::Words | Keys::Data | Keys::Mapping => self,
        }
    }

    /// Whether its members may be references, whatever their names.
    pub fn names_referables(self) -> bool {
        self.keys == Keys::Names { referable: true }
    }

    /// Whether it is data, in which `$ref` may mean anything.
    pub fn is_data(self) -> bool {
        self.keys == Keys::Data
    }

    /// Whether its values are references as plain texts.
    pub fn is_mapping(self) -> bool {
        self.keys == Keys::Mapping
    }

    /// Whether a file of plain text may stand under this key.
    pub fn takes_text(self, key: &str) -> bool {
        self.is_data() || (self.in_place && TEXTS.contains(&key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(keys: &[&str]) -> Spot {
        keys.iter().fold(Spot::TOP, |spot, key| match *key {
            "0" => spot.element(),
            key => spot.member(key),
        })
    }

    #[test]
    fn what_is_read_as_it_stands_is_told_from_what_may_be_a_reference() {
        for keys in [
            vec!["info"],
            vec!["paths"],
            vec!["components", "schemas"],
            vec!["tags", "0"],
            vec!["paths", "/pets", "get"],
            vec!["components", "schemas", "Pet", "properties"],
            vec![
                "components",
                "responses",
                "A",
                "content",
                "application/json",
            ],
        ] {
            assert!(spot(&keys).in_place, "{keys:?}");
        }
        for keys in [
            vec!["paths", "/pets"],
            vec!["components", "schemas", "info"],
            vec!["components", "schemas", "Pet", "properties", "tags"],
            vec!["components", "schemas", "Pet", "items"],
            vec!["paths", "/pets", "get", "parameters", "0"],
            vec!["allOf", "0"],
            vec!["Pet"],
        ] {
            assert!(!spot(&keys).in_place, "{keys:?}");
        }
    }

    #[test]
    fn data_is_left_alone_but_may_come_from_a_file() {
        assert!(spot(&["example"]).is_data());
        assert!(spot(&["example", "deeper", "0"]).is_data());
        assert!(!spot(&["properties", "example"]).is_data());
        assert!(spot(&["description"]).takes_text("description"));
        assert!(!spot(&["properties", "description"]).takes_text("description"));
    }
}
