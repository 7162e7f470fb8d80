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

/// An answer that arrives bit by bit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stream {
    /// How its bits are told apart.
    pub framing: Framing,
    /// The media type that is asked for.
    pub media_type: String,
    /// What the data of an event, or a record, holds: JSON or text.
    pub item: ResponseContent,
    /// Whether the operation has no other answer.
    pub is_only: bool,
}

/// How the bits of a stream are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Framing {
    /// Server-sent events: a kind, an identifier, and data.
    Events,
    /// JSON values, one after the other.
    Records,
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
