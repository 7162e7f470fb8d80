//! The whole of an API: its words, servers, security schemes, groups of operations, and types.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Serialize;

use super::{
    Documentation, Features, LimitTable, Operation, Requirement, SecurityScheme, TypeDefinition,
    TypeId, Webhook,
};

/// A client of an API, before it is written in Rust.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// The title without what it says of the document, in kebab-case: `hasty-api`. Empty where nothing is left.
    pub short_title: String,
    /// `info.version`, as written.
    pub version: String,
    /// `info.description` and where to read more.
    pub documentation: Documentation,
    /// The servers of the document, in order; the first is the default. Where it has none, the first that a path or an operation names.
    pub servers: Vec<Server>,
    /// How callers prove who they are, by the name of the scheme in the document.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// What an operation asks for unless it says otherwise: any one of these. Empty: nothing.
    pub security: Vec<Requirement>,
    /// Operations by tag, in the order in which the tags first appear.
    pub groups: Vec<Group>,
    /// The requests that the API sends, in the order of the document, webhooks before callbacks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Webhook>,
    /// Every named type, in the order of the document; [`TypeId`] is the index.
    pub types: Vec<TypeDefinition>,
    /// Limits of what is sent, where the client checks them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitTable>,
    /// The parts that callers can leave out. Set by `analyze`.
    #[serde(skip_serializing_if = "Features::is_empty")]
    pub features: Features,
    /// What settings may call operations of the document that were not selected, and their tags.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded: BTreeSet<String>,
    /// How many schemas are read as any JSON although the document says more of them.
    pub untyped: usize,
}

impl Api {
    /// The definition behind an id.
    ///
    /// # Panics
    ///
    /// Never for an id that this `Api` handed out: definitions are only appended.
    pub fn definition(&self, id: TypeId) -> &TypeDefinition {
        &self.types[id.0]
    }

    /// Every operation, group by group; one that may have several bodies once for each.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.groups.iter().flat_map(|group| &group.operations)
    }

    /// How many operations of the document it has.
    pub fn operation_count(&self) -> usize {
        self.groups.iter().map(Group::operation_count).sum()
    }
}

/// The operations of one tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The tag, as the document writes it.
    pub tag: String,
    /// The method of the client that leads here, and the name of the file: `images`.
    pub accessor: String,
    /// The Rust type that holds the operations: `Images`.
    pub type_name: String,
    /// Words for its rustdoc.
    pub documentation: Documentation,
    /// The operations, in the order of the document; one that may have several bodies once for each.
    pub operations: Vec<Operation>,
}

impl Group {
    /// How many operations of the document it has.
    pub fn operation_count(&self) -> usize {
        let operations = self.operations.iter();
        operations
            .filter(|operation| !operation.is_alternative())
            .count()
    }
}

/// A base URL.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Server {
    /// The URL, with `{variables}`.
    pub url: String,
    /// What the document says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The variables of the URL.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub variables: IndexMap<String, ServerVariable>,
}

impl Server {
    /// The URL with the defaults of its variables.
    pub fn default_url(&self) -> String {
        let mut url = self.url.trim().to_owned();
        for (name, variable) in &self.variables {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
        url
    }

    /// Whether a client can begin with it: an absolute URL of HTTP, all of whose variables have a value.
    pub fn is_base_url(&self) -> bool {
        let url = self.default_url();
        url.split_once("://").is_some_and(|(scheme, rest)| {
            let is_http = ["https", "http"]
                .iter()
                .any(|http| scheme.eq_ignore_ascii_case(http));
            let has_host = !rest.starts_with(['.', '/', ':', '?', '#']) && !rest.is_empty();
            is_http && has_host && !url.contains(['{', ' '])
        })
    }

    /// The URL with the defaults of its variables, but for those that another server has with the same default.
    pub fn url_beside(&self, other: &Self) -> String {
        let mut own = self.clone();
        own.variables.retain(|name, variable| {
            let alike = other.variables.get(name);
            alike.is_none_or(|alike| alike.default != variable.default)
        });
        own.default_url()
    }
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServerVariable {
    /// The value unless another is set.
    pub default: String,
    /// The values allowed; empty: any.
    pub values: Vec<String>,
    /// What the document says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
