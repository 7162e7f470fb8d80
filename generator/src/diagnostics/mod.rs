//! What the generator has to say about a document, its settings or its output.
//!
//! Comes in: facts from every room. Goes out: [`Diagnostic`]s, collected in [`Diagnostics`], shown on a terminal by
//! [`render`] and written to the report. This room knows nothing of OpenAPI: only codes, places and words.

mod code;
mod collector;
mod pointer;
pub mod render;

use std::fmt;

use serde::Serialize;

pub use code::Code;
pub use collector::Diagnostics;
pub use pointer::Pointer;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is worth knowing; nothing is lost.
    Note,
    /// Something of the document is lost or guessed; the rest is generated.
    Warning,
    /// Nothing can be generated.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A place in a text file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Location {
    /// The file, as it was named by the user.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Where something stands that the document tells of: in which file, and what a reader of that file would call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where in the file.
    pub location: Location,
    /// The JSON pointer within the file.
    pub pointer: Pointer,
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing it is; never changes its meaning between releases.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, without a full stop, that names the thing and the fault.
    pub message: String,
    /// Where in the document, as a JSON pointer.
    pub pointer: Option<Pointer>,
    /// Where in which file. Worked out from the pointer when the diagnostic is shown, unless it is known before.
    pub location: Option<Location>,
    /// The way out, where there is one.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic after which nothing can be generated.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A diagnostic for something that was lost or guessed.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// A diagnostic for something that is worth knowing.
    #[must_use]
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            pointer: None,
            location: None,
            help: None,
        }
    }

    /// Says where in the document it is.
    #[must_use]
    pub fn at(mut self, pointer: &Pointer) -> Self {
        self.pointer = Some(pointer.clone());
        self
    }

    /// Says where in a file it is.
    #[must_use]
    pub fn located(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Says what can be done about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// `error[CS0103] spec.yaml:3:7: message`: one line for logs and tests.
impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}[{}]", self.severity, self.code)?;
        match (&self.location, &self.pointer) {
            (Some(location), _) => write!(formatter, " {location}")?,
            (None, Some(pointer)) => write!(formatter, " #{pointer}")?,
            (None, None) => {}
        }
        write!(formatter, ": {}", self.message)
    }
}

/// Text of the document between backquotes, cut to a length that fits into a message and free of control characters.
#[must_use]
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut quoted = String::from("`");
    for (index, character) in text.chars().enumerate() {
        if index == LONGEST {
            quoted.push('…');
            break;
        }
        quoted.push(if character.is_control() {
            '\u{fffd}'
        } else {
            character
        });
    }
    quoted.push('`');
    quoted
}

/// The candidate that `name` is most likely a misspelling of, if one is near enough.
#[must_use]
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    const NEAR: f64 = 0.75;
    let score =
        |candidate: &str| strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (candidate, score(candidate)))
        .filter(|(_, score)| *score >= NEAR)
        .max_by(|left, right| left.1.total_cmp(&right.1))
        .map(|(candidate, _)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_prints_its_best_known_place() {
        let pointer = Pointer::root().push("paths");
        let diagnostic =
            Diagnostic::warning(Code::ReferenceToNothing, "`#/a` leads nowhere").at(&pointer);
        assert_eq!(
            diagnostic.to_string(),
            "warning[CS0301] #/paths: `#/a` leads nowhere"
        );
        let located = diagnostic.located(Location {
            file: "a.yaml".into(),
            line: 2,
            column: 3,
        });
        assert_eq!(
            located.to_string(),
            "warning[CS0301] a.yaml:2:3: `#/a` leads nowhere"
        );
    }

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(
            nearest("requried", ["required", "readOnly", "type"]),
            Some("required")
        );
        assert_eq!(nearest("zzz", ["required", "readOnly", "type"]), None);
    }

    #[test]
    fn quoted_text_is_short_and_printable() {
        assert_eq!(quoted("a\nb"), "`a\u{fffd}b`");
        assert_eq!(quoted(&"x".repeat(1000)).chars().count(), 83);
    }
}
