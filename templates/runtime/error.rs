//! The one error type of the crate.
//!
//! In: failures of every stage of a call. Out: which stage it was, predicates, the documented error body by type, and a
//! message a user can act on. Small: what is known about the failure is boxed.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::answer::Answer;
use super::failure::Failure;
use super::json::{Decode, DecodeError};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call gave no value. Each variant names the stage that failed and holds what is known about it.
#[non_exhaustive]
pub enum Error {
    /// Nothing was sent: the client's settings or the operation's arguments do not make a request.
    Request(Box<Failure>),
    /// The server could not be reached, or the connection broke.
    Transport(Box<Failure>),
    /// The time limit passed.
    Timeout(Box<Failure>),
    /// A redirect was not followed: too many of them, or to where this client does not go.
    Redirect(Box<Failure>),
    /// The server answered with an error status.
    Api(Box<Failure>),
    /// The body is larger than the client's limit.
    TooLarge(Box<Failure>),
    /// The server reported success, with a body that is not what the API's description promises.
    Decode(Box<Failure>),
    /// A job that was waited for has failed, or was not done by its deadline.
    Job(Box<Failure>),
    /// A local file could not be read or written.
    File(Box<Failure>),
}

/// A body that errors of an operation are documented to have.
///
/// Every type that is decoded from JSON is one; where the type depends on the status, the emitted enumeration of an
/// operation's errors implements this itself.
pub trait ErrorBody: Sized {
    /// Reads the body of an answer with an error status.
    ///
    /// # Errors
    /// When the body is not of this type.
    fn from_answer(answer: &Answer) -> Result<Self, DecodeError>;
}

impl<T: Decode> ErrorBody for T {
    fn from_answer(answer: &Answer) -> Result<Self, DecodeError> {
        answer.json()
    }
}

impl Error {
    /// What is known about the failure, whatever stage it was.
    #[must_use]
    pub fn failure(&self) -> &Failure {
        match self {
            Self::Request(failure)
            | Self::Transport(failure)
            | Self::Timeout(failure)
            | Self::Redirect(failure)
            | Self::Api(failure)
            | Self::TooLarge(failure)
            | Self::Decode(failure)
            | Self::Job(failure)
            | Self::File(failure) => failure,
        }
    }

    pub(crate) fn failure_mut(&mut self) -> &mut Failure {
        match self {
            Self::Request(failure)
            | Self::Transport(failure)
            | Self::Timeout(failure)
            | Self::Redirect(failure)
            | Self::Api(failure)
            | Self::TooLarge(failure)
            | Self::Decode(failure)
            | Self::Job(failure)
            | Self::File(failure) => failure,
        }
    }

    /// A request that cannot be sent as it is.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::Request(Box::new(Failure::new(message)))
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.failure().status()
    }

    /// The headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.failure().headers()
    }

    /// The identifier that the server gave this request, if it did: what its support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.failure().request_id()
    }

    /// The body of the response as it arrived, if there was one. That of an error status is cut at 1 MiB.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.failure().answer().map(Answer::body)
    }

    /// The documented body of the error: none if there was no response, else the body, or why it is not of this type.
    #[must_use]
    pub fn body<T: ErrorBody>(&self) -> Option<Result<T, DecodeError>> {
        self.failure().answer().map(T::from_answer)
    }

    /// What the API itself says in the body of its error, where that is JSON with a message in one of the usual places.
    #[must_use]
    pub fn api_message(&self) -> Option<&str> {
        self.failure().api_message()
    }

    /// How long the server asks to wait before another attempt (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        super::retry_after::retry_after(self.headers()?)
    }

    /// How many times the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.failure().attempts()
    }

    /// The last state that was seen of a job that was waited for.
    #[must_use]
    pub fn job_state(&self) -> Option<&str> {
        self.failure().state()
    }

    /// Status 400 or 422: the server refuses what was sent.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        self.has_status(400) || self.has_status(422)
    }

    /// Status 401: the credentials are missing or wrong.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(401)
    }

    /// Status 402: the account's plan or credit does not cover this.
    #[must_use]
    pub fn is_payment_required(&self) -> bool {
        self.has_status(402)
    }

    /// Status 403: the credentials do not allow this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.has_status(403)
    }

    /// Status 404 or 410: there is no such thing.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_status(404) || self.has_status(410)
    }

    /// Status 304: what a condition of the request asks for, such as `if-none-match`, has not changed.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.has_status(304)
    }

    /// Status 409 or 412: the thing's state does not allow this.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_status(409) || self.has_status(412)
    }

    /// Status 429: too many requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(429)
    }

    /// A status of 400 to 499.
    #[must_use]
    pub fn is_client_error(&self) -> bool {
        matches!(self, Self::Api(_)) && self.status().is_some_and(|status| status.is_client_error())
    }

    /// A status of 500 or more.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        matches!(self, Self::Api(_)) && self.status().is_some_and(|status| status.is_server_error())
    }

    /// A time limit passed: that of a request, or the deadline of a job.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_)) || self.failure().timed_out
    }

    /// No connection to the server could be made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.failure().connect
    }

    /// The body of a successful response is not what was promised.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_))
    }

    /// The job that was waited for ended in a failed state.
    #[must_use]
    pub fn is_job_failed(&self) -> bool {
        matches!(self, Self::Job(failure) if !failure.timed_out)
    }

    /// Whether the same call may succeed later without any change to it. The automatic retries are already over then.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(_) | Self::Timeout(_) => true,
            Self::Api(_) => {
                matches!(
                    self.status().map(|status| status.as_u16()),
                    Some(408 | 429 | 500 | 502 | 503 | 504)
                )
            }
            _ => false,
        }
    }

    fn has_status(&self, status: u16) -> bool {
        matches!(self, Self::Api(_)) && self.status().is_some_and(|found| found.as_u16() == status)
    }

    fn stage(&self) -> &'static str {
        match self {
            Self::Request(_) => "Request",
            Self::Transport(_) => "Transport",
            Self::Timeout(_) => "Timeout",
            Self::Redirect(_) => "Redirect",
            Self::Api(_) => "Api",
            Self::TooLarge(_) => "TooLarge",
            Self::Decode(_) => "Decode",
            Self::Job(_) => "Job",
            Self::File(_) => "File",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure().fmt(formatter)
    }
}

/// The stage and the message; neither secrets nor whole bodies.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failure = self.failure();
        let mut shown = formatter.debug_struct(self.stage());
        shown.field("message", &format_args!("{failure}"));
        if let Some(source) = std::error::Error::source(self) {
            shown.field("source", &source);
        }
        shown.finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.failure().source.as_deref()?;
        Some(source)
    }
}
