//! Words of the document that end up in rustdoc.

use serde::Serialize;

/// What the document says about an item, for its rustdoc.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Documentation {
    /// One line: a `summary` or `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The `description`, as written: CommonMark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the document marks the item as deprecated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// An example, as compact JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The default that the server assumes, as compact JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Where to read more: `externalDocs.url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Limits that the document states.
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
}

/// Limits stated by a schema, as the texts the document uses. They are documented; types do not enforce them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Constraints {
    /// One sentence part per limit, in a fixed order, such as `at least 0` or `2 items`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<String>,
    /// A regular expression the text must match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// A `format` that has no type of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

impl Constraints {
    /// Whether no limit is stated.
    pub fn is_empty(&self) -> bool {
        self.limits.is_empty() && self.pattern.is_none() && self.format.is_none()
    }
}
