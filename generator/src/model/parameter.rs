//! Parameters: values that travel in the path, the query, a header or a cookie.

use serde::Serialize;

use super::{Documentation, Type};

/// A value that travels outside the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// The Rust name of the argument or setter.
    pub name: String,
    /// The name on the wire; empty where the value is the whole query.
    pub wire_name: String,
    /// Where it travels.
    pub place: ParameterPlace,
    /// Whether a request without it is no request: an argument then, else a setter.
    pub required: bool,
    /// The type of the value: a scalar, an enumeration, an alias of one, or an array of those; with [`ParameterStyle::Json`] and
    /// [`ParameterStyle::Styled`], anything.
    pub value: Type,
    /// How the value becomes text.
    pub style: ParameterStyle,
    /// Whether the value of a list may be one item alone, which is written as a list of one is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub takes_one: bool,
    /// The table of its limits in [`super::Api::limits`], where the client checks them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<usize>,
    /// Words for its rustdoc.
    pub documentation: Documentation,
}

impl Parameter {
    /// Whether it is an argument of the operation's method; if not, it is a setter of the request.
    pub fn is_argument(&self) -> bool {
        self.required || self.place == ParameterPlace::Path
    }
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
    /// An array in one parameter, joined by a tab.
    TabJoined,
    /// An array as the same parameter again and again.
    Repeated,
    /// The value as JSON text.
    Json,
    /// Any value, by walking over it.
    Styled {
        /// The style.
        style: Style,
        /// Whether reserved characters stay as they are.
        reserved: bool,
    },
}

/// The styles of OpenAPI, each with and without `explode` where that makes a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are OpenAPI's")]
pub enum Style {
    Simple,
    SimpleExploded,
    Label,
    LabelExploded,
    Matrix,
    MatrixExploded,
    Form,
    FormExploded,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
    CookieExploded,
}

impl Style {
    /// The name of the style.
    pub fn name(self) -> &'static str {
        match self {
            Style::Simple => "Simple",
            Style::SimpleExploded => "SimpleExploded",
            Style::Label => "Label",
            Style::LabelExploded => "LabelExploded",
            Style::Matrix => "Matrix",
            Style::MatrixExploded => "MatrixExploded",
            Style::Form => "Form",
            Style::FormExploded => "FormExploded",
            Style::SpaceDelimited => "SpaceDelimited",
            Style::PipeDelimited => "PipeDelimited",
            Style::DeepObject => "DeepObject",
            Style::Cookie => "Cookie",
            Style::CookieExploded => "CookieExploded",
        }
    }
}
