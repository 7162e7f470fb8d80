//! The model as Rust: what every file of the generated crate says, as tokens.
//!
//! Comes in: [`Api`], with final names, and the few facts of the package that code repeats. Goes out: for each file its items, one
//! token stream each, so that they can be parsed and printed apart. Must not know: OpenAPI, how tokens are printed, the disk.

mod client;
mod constraints;
mod documentation;
mod examples;
mod features;
mod field_path;
mod layout;
mod library;
mod lints;
mod literal;
mod mock;
mod names;
mod operations;
mod scope;
mod type_tokens;
mod types;
mod used;
mod webhooks;

use std::time::Duration;

use proc_macro2::TokenStream;

pub(crate) use client::variable as credential_variable;
pub(crate) use documentation::{plain_text, words};
pub use examples::{CallArgument, ClientCall, client_call, is_readable, type_path};
pub(crate) use examples::{first_shown, quick_start};
pub(crate) use layout::{code_lines, hugged};
pub(crate) use used::Used;

use crate::model::Api;

/// Facts of the package that emitted code repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateFacts {
    /// The name of the library target: `hasty_api`.
    pub library: String,
    /// What the environment variables of the client start with: `HASTY`.
    pub environment_prefix: String,
    /// Modules written by hand, declared in `lib.rs`.
    pub modules: Vec<String>,
    /// The `User-Agent`; none: name and version of the package.
    pub user_agent: Option<String>,
    /// When a failed request is sent again.
    pub retries: Retries,
}

/// When a failed request is sent again. What is left out is as the runtime has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retries {
    /// How often at most, after the first time.
    pub max: Option<u32>,
    /// The statuses after which a request with an idempotent method is sent again.
    pub statuses: Option<Vec<u16>>,
    /// The statuses after which a request with another method is sent again.
    pub unsafe_statuses: Option<Vec<u16>>,
    /// The first wait.
    pub first_delay: Option<Duration>,
    /// The longest wait.
    pub max_delay: Option<Duration>,
}

/// One file of emitted Rust.
pub(crate) struct Emitted {
    /// Its path in the crate: `src/client.rs`.
    pub(crate) path: String,
    /// Its items in order. The first may hold inner attributes alone.
    pub(crate) items: Vec<TokenStream>,
}

/// One file that can be emitted, independent of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Artefact<'a> {
    Library,
    Client,
    OperationIndex,
    /// The operations of the group at this index.
    Group(usize),
    TypeIndex,
    Mock,
    Webhooks,
    Constraints,
    /// The types of a module.
    Types(&'a str),
}

/// Every file that the API needs.
pub(crate) fn artefacts(api: &Api) -> Vec<Artefact<'_>> {
    let mut artefacts = vec![
        Artefact::Library,
        Artefact::Client,
        Artefact::OperationIndex,
        Artefact::TypeIndex,
        Artefact::Mock,
    ];
    if !api.webhooks.is_empty() {
        artefacts.push(Artefact::Webhooks);
    }
    if !api.limits.is_empty() {
        artefacts.push(Artefact::Constraints);
    }
    artefacts.extend((0..api.groups.len()).map(Artefact::Group));
    artefacts.extend(types::modules(api).into_iter().map(Artefact::Types));
    artefacts
}

/// The tokens of one file.
pub(crate) fn emit(api: &Api, facts: &CrateFacts, artefact: Artefact<'_>) -> Emitted {
    match artefact {
        Artefact::Library => library::library(api, facts),
        Artefact::Client => client::client(api, facts),
        Artefact::OperationIndex => operations::index(api),
        Artefact::Group(index) => operations::group(api, facts, index),
        Artefact::TypeIndex => types::index(api),
        Artefact::Webhooks => webhooks::webhooks(api),
        Artefact::Constraints => constraints::constraints(api),
        Artefact::Mock => mock::mock(api),
        Artefact::Types(module) => types::module(api, module),
    }
}
