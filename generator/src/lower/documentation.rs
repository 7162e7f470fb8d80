//! Documentation: the words of a schema, an operation or a tag, for rustdoc.

use serde_json::Value;

use super::keywords::{Keywords, Words};
use super::scalar;
use crate::model::{Constraints, Documentation};

/// The longest example or default that is worth a line of documentation, in bytes.
const LONGEST_EXAMPLE: usize = 2_000;

/// The words of a schema.
pub(super) fn of_schema(keywords: &Keywords) -> Documentation {
    let Words {
        title,
        description,
        deprecated,
        link,
        example,
        default,
    } = &keywords.words;
    Documentation {
        summary: said(title.as_deref()),
        description: said(description.as_deref()),
        deprecated: *deprecated,
        example: example.as_ref().and_then(compact),
        default: default
            .as_ref()
            .filter(|value| !value.is_null())
            .and_then(compact),
        link: said(link.as_deref()),
        constraints: Constraints {
            limits: [keywords.limits.as_slice(), &keywords.excluded].concat(),
            pattern: keywords.pattern.clone(),
            format: scalar::documented_format(keywords),
        },
    }
}

/// The text, unless it is blank.
pub(super) fn said(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A value as compact JSON text, unless it is too long to read.
pub(super) fn compact(value: &Value) -> Option<String> {
    let text = value.to_string();
    (text.len() <= LONGEST_EXAMPLE).then_some(text)
}
