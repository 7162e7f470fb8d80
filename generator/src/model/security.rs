//! Security: how callers prove who they are.

use serde::Serialize;

use super::{Documentation, ParameterPlace};

/// A security scheme of the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SecurityScheme {
    /// The name in the document: `ApiKeyAuth`.
    pub scheme: String,
    /// The Rust name of the setter on the builder, unique in the API: `api_key`. Also the end of its environment variable.
    pub name: String,
    /// How the credential travels.
    pub credential: CredentialKind,
    /// Words for its rustdoc.
    pub documentation: Documentation,
}

/// How a credential travels.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum CredentialKind {
    /// `apiKey`: a value in a header, the query or a cookie.
    ApiKey {
        /// Where it travels; never the path.
        place: ParameterPlace,
        /// The name of the header, query parameter or cookie.
        wire_name: String,
    },
    /// `http` with `bearer`, `oauth2` and `openIdConnect`: a token in `Authorization`.
    Bearer,
    /// `http` with `basic`: user name and password in `Authorization`.
    Basic,
}

/// Schemes that are needed together, by name in the document. Empty: nothing is needed.
pub type Requirement = Vec<String>;
