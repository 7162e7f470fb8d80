//! Operations: one HTTP request that the API answers.

use serde::{Serialize, Serializer};

use super::{
    Body, Documentation, ErrorBody, Link, Paging, Parameter, Polling, Requirement, ResponseHeader,
    Stream, Success,
};

/// One HTTP request that the API answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// The operation's id; made of method and path where the document has none.
    pub id: String,
    /// The words that its names are made of: the id, without what repeats method and path.
    #[serde(skip)]
    pub words: String,
    /// JSON pointer of the operation.
    pub pointer: String,
    /// The Rust type of the request, in PascalCase, unique in the API: `ListImages`.
    pub type_name: String,
    /// The method on the group's accessor, unique in the group: `list`.
    pub method_name: String,
    /// The method of the group that sends the first of the bodies that the operation may have, where this one sends another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative_to: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path template, from the base URL on: `/v1/projects/{project_id}`.
    pub path: String,
    /// The base URL, where that is not the API's: absolute, or relative to the API's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// Words for its rustdoc.
    pub documentation: Documentation,
    /// Parameters of path, query, header and cookie; those of the path item merged in. Required ones first, in the order of the path, then
    /// of the document.
    pub parameters: Vec<Parameter>,
    /// The body it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// What it answers when it succeeds.
    pub success: Success,
    /// The media types it asks for, as the header `Accept` lists them, where that is not JSON alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accept: Option<String>,
    /// What it answers bit by bit, instead of that or if asked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<Stream>,
    /// The bodies it documents for errors.
    pub error: ErrorBody,
    /// The headers it documents for its answers, of errors too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<ResponseHeader>,
    /// The operations that its answers lead to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What it asks for, where that differs from [`super::Api::security`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Vec<Requirement>>,
    /// What the document shows as the answer when it succeeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// How the pages of a list follow each other. Set by `analyze` from the settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// How the end of a job is told. Set by `analyze` from the settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polling: Option<Polling>,
}

impl Operation {
    /// Whether it sends another body than the first that the document's operation may have: it is no operation of its own there.
    pub fn is_alternative(&self) -> bool {
        self.alternative_to.is_some()
    }
}

/// An answer that the document shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sample {
    /// The status.
    pub status: u16,
    /// The media type of the body; empty where there is none.
    pub media_type: String,
    /// The body: JSON in compact form, anything else as it is.
    pub body: String,
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the methods")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// Another one, as it is written on the wire: a token of HTTP (RFC 9110, section 5.6.2).
    Other(String),
}

impl Method {
    /// The methods that a path item of OpenAPI 3.0 can hold.
    const KNOWN: [Method; 8] = [
        Method::Get,
        Method::Put,
        Method::Post,
        Method::Delete,
        Method::Options,
        Method::Head,
        Method::Patch,
        Method::Trace,
    ];

    /// The method that is written so.
    pub fn of(name: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.as_str() == name);
        known.unwrap_or_else(|| Method::Other(name.to_owned()))
    }

    /// The method as HTTP writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Method::Get => "GET",
            Method::Put => "PUT",
            Method::Post => "POST",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Head => "HEAD",
            Method::Patch => "PATCH",
            Method::Trace => "TRACE",
            Method::Other(name) => name,
        }
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
