//! Words of the document as rustdoc.
//!
//! Comes in: [`model::Documentation`](crate::model::Documentation) and what an artefact wants to say beside it. Goes out: `#[doc]` attributes
//! that `cargo doc -D warnings` accepts, wrapped. Must not know: the items that they stand on.

mod commonmark;
mod escape;
#[cfg(test)]
mod tests;
mod wrap;

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use super::literal;
use crate::model::{Constraints, Documentation};

/// Columns of a line of documentation: 100, less the indentation of a field and the comment mark.
const WIDTH: usize = 92;

/// Examples longer than this are left out: they would drown the words around them.
const LONGEST_EXAMPLE: usize = 2_000;

/// The rustdoc of one item, line by line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rustdoc {
    lines: Vec<String>,
}

impl Rustdoc {
    /// What the document says of an item, or `fallback` (CommonMark of our own) where it is silent.
    pub(crate) fn new(documentation: &Documentation, fallback: &str) -> Self {
        let mut rustdoc = Rustdoc::words(documentation, fallback);
        rustdoc.closing_lines(documentation);
        rustdoc
    }

    /// Summary and description alone.
    pub(crate) fn words(documentation: &Documentation, fallback: &str) -> Self {
        let mut rustdoc = Rustdoc::default();
        let summary = documentation.summary.as_deref().map(str::trim);
        let description = documentation.description.as_deref().map(str::trim);
        let summary = summary.filter(|text| !text.is_empty());
        let description = description.filter(|text| !text.is_empty());
        match (summary, description) {
            (Some(summary), Some(description)) => {
                if !repeats(summary, description) {
                    rustdoc.markdown(&with_full_stop(summary));
                }
                rustdoc.markdown(&with_full_stop(description));
            }
            (Some(words), None) | (None, Some(words)) => rustdoc.markdown(&with_full_stop(words)),
            (None, None) => {}
        }
        if rustdoc.lines.is_empty() && !fallback.is_empty() {
            rustdoc.paragraph(fallback);
        }
        rustdoc
    }

    /// Adds a paragraph of our own: CommonMark that is only wrapped.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.separate();
        self.lines.extend(wrap::wrap(text, WIDTH));
    }

    /// Adds a heading of our own.
    pub(crate) fn heading(&mut self, text: &str) {
        self.separate();
        self.lines.push(format!("# {text}"));
    }

    /// Adds words of the document.
    pub(crate) fn markdown(&mut self, text: &str) {
        let lines = commonmark::render(text, WIDTH);
        if !lines.is_empty() {
            self.separate();
            self.lines.extend(lines);
        }
    }

    /// Adds lines as they are, after a blank one.
    pub(crate) fn verbatim(&mut self, lines: impl IntoIterator<Item = String>) {
        self.separate();
        self.lines.extend(lines);
    }

    /// The words as an item of a list that starts with `label`; nothing where there are no words.
    pub(crate) fn as_list_item(&self, label: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for line in &self.lines {
            lines.push(match (lines.is_empty(), line.as_str()) {
                (true, line) => format!("* {label}: {line}"),
                (false, "") => String::new(),
                (false, line) => format!("  {line}"),
            });
        }
        lines
    }

    /// The attributes before an item: one for all lines, which costs the parser and the printer much less than one for each, where the
    /// printer takes it for a comment and not for code.
    pub(crate) fn attributes(&self) -> TokenStream {
        let is_comment = !self
            .lines
            .iter()
            .any(|line| line.contains("/*") || line.contains("*/"))
            && !self.lines.last().is_some_and(|line| line.ends_with('/'));
        if self.lines.len() < 2 || !is_comment {
            let lines = self.spaced().map(|line| literal::unseen(&line.concat()));
            return quote!(#(#[doc = #lines])*);
        }
        let mut text = String::with_capacity(self.lines.iter().map(|line| line.len() + 2).sum());
        for (index, [space, line]) in self.spaced().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            text.push_str(space);
            text.push_str(line);
        }
        let text = literal::unseen(&text);
        quote!(#[doc = #text])
    }

    /// The attributes at the top of a module.
    pub(crate) fn inner_attributes(&self) -> TokenStream {
        let lines = self.spaced().map(|line| line.concat());
        quote!(#(#![doc = #lines])*)
    }

    /// The lines, each with the space before it.
    fn spaced(&self) -> impl Iterator<Item = [&str; 2]> {
        self.lines.iter().map(|line| match line.as_str() {
            "" => ["", ""],
            line => [" ", line],
        })
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    /// Default, limits, example and link, one short line each.
    pub(crate) fn closing_lines(&mut self, documentation: &Documentation) {
        let mut facts = Vec::new();
        if let Some(default) = &documentation.default {
            facts.push(format!("Default: {}.", code(default)));
        }
        facts.extend(limits(&documentation.constraints));
        let example = documentation.example.as_deref();
        if let Some(example) = example.filter(|example| example.len() + 12 <= WIDTH) {
            facts.push(format!("Example: {}.", code(example)));
        }
        if !facts.is_empty() {
            self.paragraph(&facts.join(" "));
        }
        if let Some(example) = example.filter(|example| example.len() + 12 > WIDTH) {
            self.long_example(example);
        }
        if let Some(link) = &documentation.link
            && !link.contains(['<', '>', ' '])
            && visible(link) == *link
            && link.starts_with("http")
        {
            self.paragraph(&format!("More: <{link}>"));
        }
    }

    fn long_example(&mut self, example: &str) {
        if example.len() > LONGEST_EXAMPLE {
            return;
        }
        let Ok(value) = serde_json::from_str::<serde_json::Value>(example) else {
            return;
        };
        let Ok(pretty) = serde_json::to_string_pretty(&value) else {
            return;
        };
        if pretty.contains("```") || visible(&pretty) != pretty {
            return;
        }
        self.paragraph("Example:");
        self.verbatim(["```json".to_owned()]);
        self.lines.extend(pretty.lines().map(str::to_owned));
        self.lines.push("```".to_owned());
    }
}

/// The `#[deprecated]` of an item that the document marks so.
pub(crate) fn deprecated(documentation: &Documentation) -> Option<TokenStream> {
    documentation.deprecated.then(|| quote!(#[deprecated]))
}

/// `text` between backticks, safe in a paragraph of our own.
pub(crate) fn code(text: &str) -> String {
    commonmark::code_span(&visible(text))
}

/// Text without characters that rustc refuses in comments or that cannot be seen.
fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.into();
    }
    text.chars()
        .map(|character| match character {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
            character if character.is_control() => ' ',
            character => character,
        })
        .collect()
}

/// What the document says, as lines of CommonMark for a file of its own.
pub(crate) fn words(documentation: &Documentation) -> Vec<String> {
    let mut rustdoc = Rustdoc::default();
    if let Some(description) = &documentation.description {
        rustdoc.markdown(description);
    }
    rustdoc.lines
}

/// A title on one line of CommonMark.
pub(crate) fn plain_text(text: &str) -> String {
    escape::escape(visible(text).trim(), true)
}

fn limits(constraints: &Constraints) -> Option<String> {
    let mut parts: Vec<String> = constraints
        .limits
        .iter()
        .map(|limit| visible(limit).into_owned())
        .collect();
    if let Some(pattern) = &constraints.pattern {
        parts.push(format!("pattern {}", code(pattern)));
    }
    if let Some(format) = &constraints.format {
        parts.push(format!("format {}", code(format)));
    }
    let text = parts.join(", ");
    let mut characters = text.chars();
    let first = characters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), characters.as_str()))
}

/// Whether the description starts with the summary, so that saying both would be saying it twice.
fn repeats(summary: &str, description: &str) -> bool {
    let summary = summary.trim_end_matches('.');
    description
        .get(..summary.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(summary))
}

/// A first line reads as a sentence; where the document wrote a title, the stop is ours.
fn with_full_stop(text: &str) -> String {
    let is_one_line = !text.contains('\n');
    if is_one_line
        && text.chars().last().is_some_and(char::is_alphanumeric)
        && !text.contains("://")
    {
        format!("{text}.")
    } else {
        text.to_owned()
    }
}
