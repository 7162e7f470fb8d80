//! Readers: how the answer to a successful request becomes the value that an operation promises.
//!
//! In: an answer with a status of 2xx. Out: a value, or why there is none. An emitted enumeration of several successes
//! brings a reader of its own with the same signature.

use std::fmt;

use bytes::Bytes;

use super::answer::Answer;
use super::json::{Decode, DecodeError};

/// Reads an operation's value from an answer.
pub type Read<T> = fn(&Answer) -> Result<T, ReadError>;

/// Why an answer does not hold what the API's description promises.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The body is not JSON, or not JSON of the promised type.
    Decode(DecodeError),
    /// The body is empty where one was promised.
    Empty,
    /// The body is not UTF-8 where text was promised.
    NotText(std::str::Utf8Error),
    /// The status is a success that the API's description does not name.
    UndocumentedStatus,
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(formatter),
            Self::Empty => formatter.write_str("the body is empty"),
            Self::NotText(_) => formatter.write_str("the body is not UTF-8 text"),
            Self::UndocumentedStatus => {
                formatter.write_str("the API's description does not name this status")
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::NotText(error) => Some(error),
            Self::Empty | Self::UndocumentedStatus => None,
        }
    }
}

impl From<DecodeError> for ReadError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

/// The body as JSON.
///
/// # Errors
/// When the body is empty (and the type has no value for that), is not JSON, or is JSON of another type.
pub fn json<T: Decode>(answer: &Answer) -> Result<T, ReadError> {
    if answer.body().is_empty() {
        return T::absent().ok_or(ReadError::Empty);
    }
    Ok(answer.json()?)
}

/// Nothing: whatever the body holds is ignored.
///
/// # Errors
/// None; the signature is that of all readers.
pub fn empty(_: &Answer) -> Result<(), ReadError> {
    Ok(())
}

/// The body as text.
///
/// # Errors
/// When it is not UTF-8.
pub fn text(answer: &Answer) -> Result<String, ReadError> {
    std::str::from_utf8(answer.body())
        .map(str::to_owned)
        .map_err(ReadError::NotText)
}

/// The body as it arrived.
///
/// # Errors
/// None; the signature is that of all readers.
pub fn bytes(answer: &Answer) -> Result<Bytes, ReadError> {
    Ok(answer.body().clone())
}
