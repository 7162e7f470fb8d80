//! What `send()` gives: an operation's value together with the status, headers and bytes it came with.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::answer::Answer;

/// A successful response: the decoded value and everything around it.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    answer: Answer,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, answer: Answer) -> Self {
        Self { value, answer }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.answer.headers()
    }

    /// A header's text; none if it is missing or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.answer.header(name)
    }

    /// The identifier that the server gave this request, if it did: what its support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id()
    }

    /// The body as it arrived.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        self.answer.body()
    }

    /// The decoded body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.value
    }

    /// The decoded body, the rest dropped.
    #[must_use]
    pub fn into_body(self) -> T {
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("answer", &self.answer)
            .field("body", &self.value)
            .finish()
    }
}
