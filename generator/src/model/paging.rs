//! Paging: how the pages of a list follow each other.

use serde::Serialize;

use super::TypeId;

/// How the pages of a list follow each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paging {
    /// How the next page is asked for.
    pub style: PagingStyle,
    /// The type of a page: the object that the operation answers with.
    pub page: TypeId,
    /// The Rust name of the field of the page that holds the items; it is a required array, or an optional one.
    pub items: String,
    /// The Rust names of the fields that lead from the page to the number of items over all pages. Empty: it is not told.
    pub total: Vec<String>,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum PagingStyle {
    /// By the number of items read so far.
    Offset {
        /// Wire name of the query parameter that says how many items to skip.
        offset: String,
        /// Wire name of the query parameter that says how many items a page holds.
        limit: String,
    },
}
