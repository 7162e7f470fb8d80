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
    /// Words for its rustdoc.
    pub documentation: Documentation,
}

/// What a request body holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum BodyContent {
    /// JSON of a type.
    Json(Type),
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
}
