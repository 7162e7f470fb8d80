//! Request bodies.

use serde::Serialize;

use super::{Documentation, Type};

/// The body of a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Body {
    /// Whether a request without it is no request.
    pub required: bool,
    /// The media type that is sent as `Content-Type`.
    pub media_type: String,
    /// What it holds.
    pub content: BodyContent,
    /// The table of its limits in [`super::Api::limits`], where the client checks them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<usize>,
    /// Words for its rustdoc.
    pub documentation: Documentation,
}

/// What a request body holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum BodyContent {
    /// JSON of a type.
    Json(Type),
    /// The properties of a type as fields of a form.
    Form {
        /// The type.
        value: Type,
        /// How properties are written that are not written the usual way, by their keys: a list as a field for each item, an object
        /// as JSON.
        styles: Vec<(String, FieldStyle)>,
    },
    /// The properties of a type as parts, the files among them.
    Multipart {
        /// The type.
        value: Type,
        /// How properties are written of which the document says more, by their keys: a list as a part for each item, an object as JSON.
        styles: Vec<(String, PartStyle)>,
    },
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
}

/// How a property of a form is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum FieldStyle {
    /// A field for each item of a list, and for each property of an object under its own name.
    Exploded,
    /// One field, the items separated by this.
    Joined(char),
    /// A field for each value, however deep: `a[b][0]=c`.
    Deep,
    /// One field with JSON.
    Json,
}

/// How a property of a multipart body is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum PartStyle {
    /// In parts of this media type, or of one of those listed.
    MediaType(String),
    /// One part, the items separated by this.
    Joined(char),
}

impl BodyContent {
    /// The type whose values it holds; none of text and bytes.
    pub fn value(&self) -> Option<&Type> {
        match self {
            BodyContent::Json(value)
            | BodyContent::Form { value, .. }
            | BodyContent::Multipart { value, .. } => Some(value),
            BodyContent::Text | BodyContent::Bytes => None,
        }
    }

    /// Like [`BodyContent::value`], for changes.
    pub fn value_mut(&mut self) -> Option<&mut Type> {
        match self {
            BodyContent::Json(value)
            | BodyContent::Form { value, .. }
            | BodyContent::Multipart { value, .. } => Some(value),
            BodyContent::Text | BodyContent::Bytes => None,
        }
    }
}
