//! Parameters: values that travel in the path, the query, a header or a cookie.

use serde::Serialize;

use super::{Documentation, Type};

/// A value that travels outside the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// The Rust name of the argument or setter.
    pub name: String,
    /// The name on the wire.
    pub wire_name: String,
    /// Where it travels.
    pub place: ParameterPlace,
    /// Whether a request without it is no request: an argument then, else a setter.
    pub required: bool,
    /// The type of the value: a scalar, an enumeration, an alias of one, or an array of those; anything else is sent as JSON text.
    pub value: Type,
    /// How an array becomes text.
    pub style: ParameterStyle,
    /// Words for its rustdoc.
    pub documentation: Documentation,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[allow(missing_docs, reason = "the names are OpenAPI's")]
pub enum ParameterPlace {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a parameter becomes text (OpenAPI 3.0, "Style Values"), as far as the client writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ParameterStyle {
    /// One value.
    Single,
    /// An array in one parameter, joined by a comma.
    CommaJoined,
    /// An array in one parameter, joined by a space (`%20`).
    SpaceJoined,
    /// An array in one parameter, joined by a pipe.
    PipeJoined,
    /// An array as the same parameter again and again.
    Repeated,
    /// The value as JSON text.
    Json,
}
