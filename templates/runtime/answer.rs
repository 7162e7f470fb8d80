//! A complete answer of a server: status, headers and body, and which request it answers.
//!
//! In: what the transport received, its body collected. Out: what readers of bodies and errors look at.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, StatusCode};

use super::json::{Decode, DecodeError, from_slice};

/// Headers under which servers name a request, by how common they are.
const REQUEST_ID_HEADERS: [&str; 6] = [
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-correlation-id",
    "x-trace-id",
];

/// A response whose body has arrived.
#[derive(Clone)]
pub struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) exchange: Exchange,
}

/// What was asked, as far as messages may show it: secrets are already taken out of the URLs.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) method: Method,
    pub(crate) url: String,
    /// The URL that was asked first, when redirects led to `url`.
    pub(crate) redirected_from: Option<String>,
    /// Whether credentials were left out since a redirect led to another host.
    pub(crate) credentials_dropped: bool,
}

impl Answer {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header's text; none if it is missing or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type without its parameters, as the server wrote it.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        media_type(&self.headers)
    }

    /// The identifier that the server gave this request, if it did.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The body as it arrived.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    /// When it is not JSON of that type; an empty body is an error unless the type has a value for "absent".
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        if self.body.is_empty()
            && let Some(value) = T::absent()
        {
            return Ok(value);
        }
        from_slice(&self.body)
    }
}

/// The body is shown by its length only.
impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("method", &self.exchange.method)
            .field("url", &self.exchange.url)
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID_HEADERS
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}

pub(crate) fn media_type(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(text.split(';').next().unwrap_or(text).trim())
}
