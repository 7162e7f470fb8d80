//! Headers of answers, and links from one operation to another: what an answer says beside its body.

use serde::Serialize;

use super::{Documentation, Type};

/// A header that an operation documents for one of its answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseHeader {
    /// The Rust name of its constant: `X_RATE_LIMIT`.
    pub name: String,
    /// Its name on the wire.
    pub wire_name: String,
    /// The type of its value.
    pub value: Type,
    /// Words for its rustdoc.
    pub documentation: Documentation,
}

/// A link: another operation that takes something from an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// The name of the link.
    pub name: String,
    /// The id of the operation it leads to, or the reference to it.
    pub target: String,
    /// The parameters of that operation, each with the expression of its value.
    pub parameters: Vec<(String, String)>,
    /// What the document says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
