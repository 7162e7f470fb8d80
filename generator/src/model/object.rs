//! Objects: named properties, and what may stand beside them.

use serde::Serialize;

use super::{DefaultValue, Documentation, Type};

/// A JSON object with named properties. `allOf` has been merged into it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ObjectShape {
    /// The properties, in the order of the document.
    pub fields: Vec<Field>,
    /// What is done with keys that are not among the properties.
    pub additional: Additional,
}

impl ObjectShape {
    /// Whether files are among the properties. Such an object is sent, but never as JSON and never received.
    pub fn has_files(&self) -> bool {
        self.fields.iter().any(|field| field.value.is_file())
    }
}

/// Keys that are not among the properties.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub enum Additional {
    /// Skipped when read: the document says nothing, or forbids them.
    #[default]
    Ignored,
    /// Kept in a map beside the fields; `field` is its Rust name.
    Kept {
        /// The Rust name of the map.
        field: String,
        /// The type of each value.
        value: Type,
    },
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// The Rust name (`r#type` where it is a keyword).
    pub name: String,
    /// The key on the wire.
    pub key: String,
    /// The type of the value. Null is part of `presence`, not of this type.
    pub value: Type,
    /// Whether it may be left out, null, or both.
    pub presence: FieldPresence,
    /// `readOnly`: only the server sends it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// `writeOnly`: only the client sends it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
    /// `format: password`: it is not shown when the object is printed for debugging.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// The default the document states, where it fits the type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<DefaultValue>,
    /// Words for its rustdoc.
    pub documentation: Documentation,
}

impl Field {
    /// Whether only the server sends it.
    pub fn is_received_only(&self) -> bool {
        self.read_only && !self.write_only
    }

    /// Whether only the client sends it.
    pub fn is_sent_only(&self) -> bool {
        self.write_only && !self.read_only
    }
}

/// Whether a property may be left out, null, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum FieldPresence {
    /// Always there, never null.
    Required,
    /// Always there, perhaps null.
    RequiredNullable,
    /// Perhaps left out, never null.
    Optional,
    /// Left out, null, or a value: three states in requests.
    OptionalNullable,
}

impl FieldPresence {
    /// From the two things that a document says.
    pub fn new(required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, false) => FieldPresence::Required,
            (true, true) => FieldPresence::RequiredNullable,
            (false, false) => FieldPresence::Optional,
            (false, true) => FieldPresence::OptionalNullable,
        }
    }

    /// Whether the key must be there.
    pub fn is_required(self) -> bool {
        matches!(
            self,
            FieldPresence::Required | FieldPresence::RequiredNullable
        )
    }

    /// Whether null is allowed.
    pub fn is_nullable(self) -> bool {
        matches!(
            self,
            FieldPresence::RequiredNullable | FieldPresence::OptionalNullable
        )
    }
}
