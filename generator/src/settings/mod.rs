//! The settings: what a document cannot say about the client that should come out.
//!
//! Comes in: a TOML file. Goes out: [`Settings`], plain data. A key that does not exist is refused with the nearest one that does, so
//! that no setting is ever without effect because it was misspelt. This room knows neither OpenAPI nor Rust code.

mod duration;
mod read;

use std::{path::PathBuf, time::Duration};

use indexmap::IndexMap;
use serde::Deserialize;

use crate::load::Selector;

/// Everything that can be set. Each part may be left out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The OpenAPI description, from the folder in which the command runs. `--spec` goes before it.
    pub spec: Option<PathBuf>,
    /// The folder of the generated crate, from the folder in which the command runs. `--out` goes before it.
    pub out: Option<PathBuf>,
    /// The `[package]` of the generated crate.
    pub package: PackageSettings,
    /// How the client presents itself.
    pub client: ClientSettings,
    /// Names that are better than those made from the document.
    pub names: NameSettings,
    /// How lists are read page by page.
    pub pagination: Vec<PaginationSettings>,
    /// How the end of jobs is told.
    pub polling: Vec<PollingSettings>,
    /// When a request is sent again.
    pub retries: RetrySettings,
    /// Which parts of the client can be left out of a build.
    pub features: FeatureSettings,
    /// The files that stand for addresses in references, since nothing is fetched: `"https://example.org/models.yaml" = "spec/models.yaml"`.
    /// The address is without `#` and what follows; the file is taken from the folder in which the command runs.
    pub references: IndexMap<String, PathBuf>,
    /// Overlays (OpenAPI Overlay 1.0 and 1.1) that change the description before it is read, in this order; taken from the folder in
    /// which the command runs. Those of `--overlay` come after them.
    pub overlays: Vec<PathBuf>,
    /// Which operations the client has.
    pub select: SelectSettings,
    /// Changes of the description, as the actions of an overlay: after `overlays`, before `--overlay`.
    pub patches: Vec<PatchSettings>,
}

/// Which operations the client has: those of `include`, or all where it is empty, without those of `exclude`. A selector is
/// `tag:NAME`, `path:/PATH`, `operation:ID` (the `operationId`), `METHOD /PATH`, or `deprecated`; `*` stands for anything within a segment
/// of a path, `**` for anything. Schemas that no selected operation reaches are left out with the others.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SelectSettings {
    /// The operations that are wanted; those of `--include` come to them.
    pub include: Vec<Selector>,
    /// The operations that are not wanted, even if they are in `include`; those of `--exclude` come to them.
    pub exclude: Vec<Selector>,
    /// `false` leaves out what the description calls deprecated.
    pub deprecated: Option<bool>,
}

/// One change of the description: what it selects is updated, removed, or receives a copy.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatchSettings {
    /// What is changed, as JSONPath (RFC 9535): `$.paths['/pets'].get`.
    pub target: String,
    /// Why.
    pub description: Option<String>,
    /// What is merged into each selected object, appended to each selected list, or put in the place of each selected value.
    pub update: Option<toml::Value>,
    /// What is merged in the same way, selected in the description itself.
    pub copy: Option<String>,
    /// Whether what is selected is removed.
    #[serde(default)]
    pub remove: bool,
}

/// The `[package]` of the generated crate. What is left out comes from the document, or is left out there too.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PackageSettings {
    /// The name of the package. Without it: `--name`, or the title of the document.
    pub name: Option<String>,
    /// The version of the package. Without it: that of the document, if it is a semantic version, else `0.1.0`.
    pub version: Option<String>,
    /// One line about the package. Without it: made from the title of the document.
    pub description: Option<String>,
    /// The licence, as an SPDX expression. Without it: none.
    pub license: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The address of the source code.
    pub repository: Option<String>,
    /// The address of the project.
    pub homepage: Option<String>,
    /// The address of the documentation. Without it: docs.rs.
    pub documentation: Option<String>,
    /// At most five words for the registry's search.
    pub keywords: Vec<String>,
    /// Categories of crates.io.
    pub categories: Vec<String>,
    /// The least version of Rust. Without it: the one that the runtime needs.
    pub rust_version: Option<String>,
    /// Modules written by hand, in `src/<name>/` or `src/<name>.rs`: declared in `lib.rs`, and never touched.
    pub modules: Vec<String>,
    /// Examples written by hand, in `examples/<name>.rs`. They are built with the feature `mock`.
    pub examples: Vec<String>,
    /// What tests and examples written by hand depend on, as Cargo's `dev-dependencies`.
    pub dev_dependencies: toml::Table,
}

/// How the client presents itself.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClientSettings {
    /// What the names of environment variables begin with: `HASTY` for `HASTY_API_KEY` and `HASTY_BASE_URL`. Without it: the package's
    /// name in capitals.
    pub env_prefix: Option<String>,
    /// The `User-Agent`. Without it: name and version of the package.
    pub user_agent: Option<String>,
    /// The response header that identifies a request to the API's support. Without it: `x-request-id`.
    pub request_id_header: Option<String>,
    /// `true`: what the description limits of parameters and bodies (`minLength`, `maximum`, `uniqueItems`, …) is checked when a request is
    /// sent, and a violation is `Error::Request`, which names the place and the limit. Not checked are `pattern`, which would cost each
    /// client a regex engine, and what holds for some alternatives of `oneOf` or `anyOf` only. Without it: the server checks.
    pub check_constraints: bool,
    /// `true`: webhooks under `x-webhooks`, where many documents before OpenAPI 3.1 have them, are read like those under `webhooks`.
    /// Without it: they are left out.
    pub x_webhooks: bool,
}

/// Names that are better than those made from the document.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameSettings {
    /// The accessor of the client for each tag: `"Project Export" = "exports"`.
    pub tags: IndexMap<String, String>,
    /// The method for each operation, by `operationId`, or by method and path (`GET /pets/{id}`): `list_pets = "list"`.
    pub operations: IndexMap<String, String>,
    /// The Rust type for each schema, by its name in `components` or by the JSON pointer to it: `"/components/schemas/pet" = "Animal"`.
    /// What stands in another file has a pointer that begins with the file: `"/x-documents/schemas~1Pet.yaml" = "Animal"`.
    pub types: IndexMap<String, String>,
    /// The Rust field for each property, by the JSON pointer to its schema: `"/components/schemas/Pet/properties/_id" = "key"`.
    pub fields: IndexMap<String, String>,
}

/// How lists are read page by page. The first rule that fits an operation counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaginationSettings {
    /// How the next page is asked for.
    pub style: PaginationStyle,
    /// The query parameter that says how many items to skip.
    #[serde(default = "offset")]
    pub offset: String,
    /// The query parameter that says how many items a page holds.
    #[serde(default = "limit")]
    pub limit: String,
    /// The property of the response that holds the items of a page; a path with dots.
    #[serde(default = "items")]
    pub items: String,
    /// The property of the response that holds the number of items over all pages; a path with dots. Without it: the pages end with
    /// one that has fewer items than the limit.
    pub total: Option<String>,
    /// The `operationId`s that the rule is for. Without it: every operation that has the parameters and the property for the items.
    pub operations: Option<Vec<String>>,
}

/// How the next page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaginationStyle {
    /// By the number of items to skip.
    Offset,
}

fn offset() -> String {
    "offset".to_owned()
}

fn limit() -> String {
    "limit".to_owned()
}

fn items() -> String {
    "items".to_owned()
}

/// How the end of a job is told: the operation is called again until a property of its response says so. A status that is named
/// nowhere keeps waiting.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PollingSettings {
    /// The `operationId` of the operation that tells how the job is.
    pub operation: String,
    /// The property of the response that holds the status; a path with dots.
    #[serde(default = "status")]
    pub status: String,
    /// Statuses of a job that is done.
    pub done: Vec<String>,
    /// Statuses of a job that failed.
    #[serde(default)]
    pub failed: Vec<String>,
    /// Parts of a status, in any case, that tell a failed job.
    #[serde(default)]
    pub failed_containing: Vec<String>,
    /// The first wait between two calls: `"2s"` unless it is set.
    #[serde(default = "interval", deserialize_with = "duration::deserialize")]
    pub interval: Duration,
    /// The longest wait between two calls: `"30s"` unless it is set.
    #[serde(default = "max_interval", deserialize_with = "duration::deserialize")]
    pub max_interval: Duration,
    /// When waiting is given up: after `"30m"` unless it is set.
    #[serde(default = "deadline", deserialize_with = "duration::deserialize")]
    pub deadline: Duration,
}

fn status() -> String {
    "status".to_owned()
}

fn interval() -> Duration {
    Duration::from_secs(2)
}

fn max_interval() -> Duration {
    Duration::from_secs(30)
}

fn deadline() -> Duration {
    Duration::from_secs(30 * 60)
}

/// Which parts of the client can be left out of a build.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeatureSettings {
    /// Whether each tag is a Cargo feature, all of them on by default. Without it: in a client of more operations than `threshold`.
    pub per_tag: Option<bool>,
    /// Above how many operations each tag is a feature; 100 unless it is set.
    pub threshold: Option<usize>,
}

/// When a request is sent again. What is left out is as the runtime of the client has it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetrySettings {
    /// How often at most, after the first time; 0: never.
    pub max: Option<u32>,
    /// The statuses after which a request with an idempotent method (GET, HEAD, PUT, DELETE, OPTIONS) is sent again.
    pub statuses: Option<Vec<u16>>,
    /// The statuses after which a request with another method (POST, PATCH) is sent again: those that tell that nothing was done.
    pub unsafe_statuses: Option<Vec<u16>>,
    /// The first wait, which then doubles.
    #[serde(deserialize_with = "duration::optional")]
    pub first_delay: Option<Duration>,
    /// The longest wait.
    #[serde(deserialize_with = "duration::optional")]
    pub max_delay: Option<Duration>,
}
