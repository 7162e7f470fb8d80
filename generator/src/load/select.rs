//! Which operations of a document are wanted: by tag, path, id, method and path, or since they are not deprecated.
//!
//! Comes in: selectors as the user writes them, and what an operation says of itself. Goes out: whether it is wanted, and which
//! selectors said nothing of any operation. Must not know what becomes of operations.

use std::{fmt, ops::Range, str::FromStr};

use regex::Regex;
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Location, quoted};

/// One selector, such as `tag:pets`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    what: What,
    /// As it is written.
    text: String,
    /// The bytes of the file that hold it, where it stands in one.
    pub span: Option<Range<usize>>,
    /// Where it stands, if that is known.
    pub location: Option<Location>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Tag(String),
    Path(String),
    Operation(String),
    Request { method: String, path: String },
    Deprecated,
}

/// The operations that are wanted: those of `include`, or all where it is empty, without those of `exclude`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// What is wanted; empty: everything.
    pub include: Vec<Selector>,
    /// What is not wanted, even if it is in `include`.
    pub exclude: Vec<Selector>,
}

impl Selection {
    /// Whether nothing is selected by it: every operation is wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

impl Selector {
    /// The selector of deprecated operations.
    #[must_use]
    pub fn deprecated() -> Self {
        Self {
            what: What::Deprecated,
            text: "deprecated".to_owned(),
            span: None,
            location: None,
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for Selector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_method = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let trimmed = text.trim();
        let request = trimmed
            .split_once(char::is_whitespace)
            .map(|(method, path)| (method.to_ascii_uppercase(), path.trim()))
            .filter(|(method, path)| is_method(method) && path.starts_with('/'));
        let what = match (request, trimmed.split_once(':')) {
            (Some((method, path)), _) => What::Request {
                method,
                path: path.to_owned(),
            },
            (None, Some(("tag", name))) => What::Tag(name.trim().to_owned()),
            (None, Some(("path", path))) => What::Path(path.trim().to_owned()),
            (None, Some(("operation", id))) => What::Operation(id.trim().to_owned()),
            (None, None) if trimmed == "deprecated" => What::Deprecated,
            _ => {
                return Err(format!(
                    "invalid selector {}, expected `tag:NAME`, `path:/PATH`, `operation:ID`, `METHOD /PATH` or `deprecated`",
                    quoted(text)
                ));
            }
        };
        Ok(Self {
            what,
            text: trimmed.to_owned(),
            span: None,
            location: None,
        })
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = toml::Spanned::<String>::deserialize(deserializer)?;
        let selector: Self = text.get_ref().parse().map_err(D::Error::custom)?;
        Ok(Self {
            span: Some(text.span()),
            ..selector
        })
    }
}

/// What is looked at of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'d> {
    pub method: &'d str,
    pub template: &'d str,
    /// The operation, as the document has it.
    pub value: &'d Value,
}

/// A selection at work: its patterns are ready, and it knows which selectors have been of use.
#[derive(Debug)]
pub struct Sieve<'s> {
    include: Vec<Test<'s>>,
    exclude: Vec<Test<'s>>,
}

#[derive(Debug)]
struct Test<'s> {
    selector: &'s Selector,
    /// The pattern, if the selector has one that can be used.
    pattern: Option<Regex>,
    was_of_use: bool,
}

impl<'s> Sieve<'s> {
    pub fn new(selection: &'s Selection) -> Self {
        let tests = |selectors: &'s [Selector]| selectors.iter().map(Test::new).collect();
        Self {
            include: tests(&selection.include),
            exclude: tests(&selection.exclude),
        }
    }

    /// Whether an operation is wanted.
    pub fn keeps(&mut self, operation: Candidate<'_>) -> bool {
        // All are asked, so that each can say whether it was of use.
        let asked = |tests: &mut Vec<Test<'_>>| {
            let answers = tests.iter_mut().map(|test| test.matches(operation));
            answers.fold(false, |any, answer| any | answer)
        };
        let is_included = asked(&mut self.include) || self.include.is_empty();
        !asked(&mut self.exclude) && is_included
    }

    /// The selectors that said nothing of any operation.
    pub fn unused(&self) -> impl Iterator<Item = Diagnostic> {
        self.include
            .iter()
            .chain(&self.exclude)
            .filter(|test| !test.was_of_use && test.selector.what != What::Deprecated)
            .map(|test| {
                let selector = test.selector;
                let message = format!(
                    "{} selects no operation of the document",
                    quoted(&selector.text)
                );
                let diagnostic = Diagnostic::warning(Code::SelectorWithoutEffect, message)
                    .help("correct the selector, or remove it if the document has changed");
                match &selector.location {
                    Some(location) => diagnostic.located(location.clone()),
                    None => diagnostic,
                }
            })
    }
}

impl<'s> Test<'s> {
    fn new(selector: &'s Selector) -> Self {
        let pattern = match &selector.what {
            What::Tag(name) | What::Operation(name) => Some(name),
            What::Path(path) | What::Request { path, .. } => Some(path),
            What::Deprecated => None,
        };
        Self {
            selector,
            pattern: pattern.and_then(|pattern| expression(pattern)),
            was_of_use: false,
        }
    }

    fn matches(&mut self, operation: Candidate<'_>) -> bool {
        let pattern = self.pattern.as_ref();
        let fits = |text: &str| pattern.is_some_and(|pattern| pattern.is_match(text));
        let matches = match &self.selector.what {
            What::Tag(name) => {
                let tags = operation.value.get("tags").and_then(Value::as_array);
                let mut tags = tags
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .peekable();
                if tags.peek().is_none() {
                    name.is_empty()
                } else {
                    tags.any(|tag| fits(tag.trim()))
                }
            }
            What::Operation(_) => operation
                .value
                .get("operationId")
                .and_then(Value::as_str)
                .is_some_and(|id| fits(id.trim())),
            What::Path(_) => fits(operation.template),
            What::Request { method, .. } => {
                operation.method.eq_ignore_ascii_case(method) && fits(operation.template)
            }
            What::Deprecated => operation.value.get("deprecated") == Some(&Value::Bool(true)),
        };
        self.was_of_use |= matches;
        matches
    }
}

/// A pattern in which `*` is anything within a segment of a path, and `**` anything at all; `/**` at the end is also nothing.
fn expression(pattern: &str) -> Option<Regex> {
    let (pattern, end) = match pattern.strip_suffix("/**") {
        Some(start) => (start, "(?s:/.*)?"),
        None => (pattern, ""),
    };
    let body: Vec<String> = pattern
        .split("**")
        .map(|part| {
            let parts: Vec<String> = part.split('*').map(regex::escape).collect();
            parts.join("[^/]*")
        })
        .collect();
    Regex::new(&format!("^(?:{}){end}$", body.join("(?s:.*)"))).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn is_kept(include: &[&str], exclude: &[&str], value: &Value, path: &str) -> bool {
        let read = |texts: &[&str]| texts.iter().map(|text| text.parse().expect(text)).collect();
        let selection = Selection {
            include: read(include),
            exclude: read(exclude),
        };
        Sieve::new(&selection).keeps(Candidate {
            method: "get",
            template: path,
            value,
        })
    }

    #[test]
    fn selectors_look_at_what_they_name() {
        let value =
            json!({"tags": ["Pets", "Shop"], "operationId": "pets.list", "deprecated": true});
        for (selector, expected) in [
            ("tag:Shop", true),
            ("tag:P*", true),
            ("tag:pets", false),
            ("tag:", false),
            ("operation:pets.*", true),
            ("operation:petsXlist", false),
            ("path:/shops/{id}/pets", true),
            ("path:/shops/*/pets", true),
            ("path:/shops/*", false),
            ("path:/shops/**", true),
            ("path:/shops/{id}/pets/**", true),
            ("path:/**/pets", true),
            ("path:**", true),
            ("get /shops/{id}/pets", true),
            ("POST /shops/{id}/pets", false),
            ("deprecated", true),
        ] {
            assert_eq!(
                is_kept(&[selector], &[], &value, "/shops/{id}/pets"),
                expected,
                "{selector}"
            );
        }
        assert!(is_kept(&["tag:"], &[], &json!({}), "/"));
    }

    #[test]
    fn what_is_excluded_is_out_whatever_includes_it() {
        let value = json!({"tags": ["a"]});
        assert!(is_kept(&[], &["tag:b"], &value, "/"));
        assert!(!is_kept(&["tag:a"], &["path:/"], &value, "/"));
        assert!(!is_kept(&["tag:b"], &[], &value, "/"));
    }

    #[test]
    fn what_is_no_selector_is_refused() {
        for text in ["pets", "tags:a", "GE,T /pets", "GET pets", ""] {
            assert!(text.parse::<Selector>().is_err(), "{text}");
        }
    }
}
