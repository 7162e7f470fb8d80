//! What can be wrong with JSON, and where.

use std::fmt;

use jiter::{JiterError, JiterErrorType, JsonErrorType};

/// Why JSON could not be decoded: what is wrong, at which path and at which byte.
///
/// ```text
/// items[3].width: expected integer, found string at byte 1234
/// ```
pub struct DecodeError(Box<Inner>);

struct Inner {
    problem: String,
    is_syntax: bool,
    offset: usize,
    /// From the innermost step outwards.
    path: Vec<Step>,
}

enum Step {
    Key(String),
    Index(usize),
}

impl DecodeError {
    pub(crate) fn new(problem: impl Into<String>, offset: usize) -> Self {
        Self(Box::new(Inner {
            problem: problem.into(),
            is_syntax: false,
            offset,
            path: Vec::new(),
        }))
    }

    /// Of text that is no JSON.
    #[cold]
    pub(super) fn syntax(error: &JiterError, base: usize) -> Self {
        let problem = match &error.error_type {
            JiterErrorType::JsonError(error) => syntax_problem(error),
            JiterErrorType::WrongType { expected, actual } => {
                format!("expected {expected}, found {actual}")
            }
        };
        let mut error = Self::new(problem, base + error.index);
        error.0.is_syntax = true;
        error
    }

    /// Of text in which no JSON value begins where one should.
    #[cold]
    pub(super) fn no_json(expected: &str, offset: usize) -> Self {
        let mut error = Self::new(format!("expected {expected}, found no JSON"), offset);
        error.0.is_syntax = true;
        error
    }

    #[cold]
    pub(super) fn in_key(mut self, key: &str) -> Self {
        self.0.path.push(Step::Key(key.to_owned()));
        self
    }

    #[cold]
    pub(super) fn in_index(mut self, index: usize) -> Self {
        self.0.path.push(Step::Index(index));
        self
    }

    /// What is wrong, without the place.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.0.problem
    }

    /// Whether the text is no JSON at all, or a part of it, rather than JSON of another shape.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.0.is_syntax
    }

    /// The byte of the input at which it was noticed, from 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The path from the outermost value, such as `items[3].width`; empty for the outermost value itself.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.path.iter().rev() {
            match step {
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key(key) if is_plain(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                }
                Step::Key(key) => path.push_str(&format!("[{key:?}]")),
            }
        }
        path
    }
}

fn syntax_problem(error: &JsonErrorType) -> String {
    let problem = match error {
        JsonErrorType::EofWhileParsingList => "the text ends within an array",
        JsonErrorType::EofWhileParsingObject => "the text ends within an object",
        JsonErrorType::EofWhileParsingString => "the text ends within a string",
        JsonErrorType::EofWhileParsingValue => "the text ends where a value should be",
        JsonErrorType::ExpectedSomeValue | JsonErrorType::ExpectedSomeIdent => {
            "expected a JSON value"
        }
        JsonErrorType::TrailingCharacters => "the text goes on after the value",
        JsonErrorType::LoneLeadingSurrogateInHexEscape
        | JsonErrorType::UnexpectedEndOfHexEscape => "half of a surrogate pair in a string",
        JsonErrorType::InvalidUnicodeCodePoint => "a string is not UTF-8",
        JsonErrorType::RecursionLimitExceeded => "too many levels of nesting",
        other => return format!("invalid JSON: {other}"),
    };
    format!("invalid JSON: {problem}")
}

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '_' | '-' | '$' | '@')
        })
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(formatter, "{path}: ")?;
        }
        write!(formatter, "{} at byte {}", self.0.problem, self.0.offset)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
