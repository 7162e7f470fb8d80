//! Responses: what an operation answers, by status.

use serde::Serialize;

use super::Type;

/// What an operation answers when it succeeds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Success {
    /// Every documented success has the same content.
    One(ResponseContent),
    /// The content depends on the status: an enumeration of outcomes of its own.
    Several {
        /// The Rust name of the enumeration, unique among the operation's group: `GetPetResponse`.
        type_name: String,
        /// The outcomes, exact statuses before ranges.
        responses: Vec<Response>,
    },
}

/// The bodies that an operation documents for errors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum ErrorBody {
    /// None is documented.
    None,
    /// All documented errors share one body.
    One(ResponseContent),
    /// The body depends on the status: an enumeration of its own.
    Several {
        /// The Rust name of the enumeration: `GetPetError`.
        type_name: String,
        /// The bodies, exact statuses before ranges before `default`.
        responses: Vec<Response>,
    },
}

/// One documented response.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    /// The Rust name of its variant: `NotFound`, `Default`.
    pub name: String,
    /// The statuses it stands for.
    pub status: StatusRange,
    /// What it holds.
    pub content: ResponseContent,
    /// What the document says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The statuses that a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum StatusRange {
    /// One status.
    Exact(u16),
    /// A class of statuses: 4 for `4XX`.
    Class(u16),
    /// Every status that no other response names.
    Default,
}

/// What a response holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum ResponseContent {
    /// No body, or one that nobody needs.
    Empty,
    /// JSON of a type.
    Json(Type),
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
}
