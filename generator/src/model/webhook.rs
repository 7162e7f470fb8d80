//! Webhooks: requests that the API sends to an address of the caller, as webhooks of the document or as callbacks of an operation.

use serde::Serialize;

use super::{Documentation, Method, Type};

/// The module of types that only webhooks reach. Groups of operations make way for it.
pub const WEBHOOK_TYPES: &str = "webhook_payloads";

/// A request that the API sends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Webhook {
    /// The Rust name of the function that reads its body, unique among them.
    pub name: String,
    /// JSON pointer of the operation that describes it.
    pub pointer: String,
    /// What makes the API send it.
    pub cause: WebhookCause,
    /// The HTTP method it comes with.
    pub method: Method,
    /// Words for its rustdoc.
    pub documentation: Documentation,
    /// The headers it comes with.
    pub headers: Vec<WebhookHeader>,
    /// The type of its body, which is JSON.
    pub payload: Type,
}

/// What makes the API send a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum WebhookCause {
    /// Something happens that the document calls so.
    Webhook(String),
    /// A call of an operation asked for it.
    Callback {
        /// The name of the callback.
        callback: String,
        /// The type of the group that the operation belongs to.
        group: String,
        /// The method of the operation.
        method: String,
        /// The address, as an expression over the call: `{$request.body#/url}`.
        address: String,
    },
}

/// A header that a webhook comes with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WebhookHeader {
    /// Its name.
    pub name: String,
    /// Words for its rustdoc.
    pub documentation: Documentation,
}
