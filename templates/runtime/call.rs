//! A call: a prepared request together with the reader of its answer, and the futures that make it.
//!
//! In: what the emitted operation fills in. Out: the operation's value, or a response around it. Of the futures only the
//! last step, reading, depends on the value's type.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Method;

use super::answer::Answer;
use super::core::Core;
use super::credential::SecurityRequirement;
use super::error::{Error, Result};
use super::exchange::answer;
use super::failure::Failure;
use super::json::{Encode, to_vec};
use super::parameter::Parameter;
use super::read::Read;
use super::request::Prepared;
use super::response::Response;
use super::retry::{Attempts, RetryPolicy};
use super::upload::UploadBody;

/// One request being prepared, and how its answer is read.
pub struct Call<T> {
    pub(crate) request: Box<Prepared>,
    pub(crate) read: Read<T>,
}

impl<T> Call<T> {
    /// A call of the operation at a path template such as `/v1/projects/{project_id}`, its arguments by name.
    pub fn new(
        core: &Core,
        method: Method,
        path: &'static str,
        arguments: &[(&'static str, &dyn Parameter)],
        read: Read<T>,
    ) -> Self {
        Self {
            request: Box::new(Prepared::new(core, method, path, arguments)),
            read,
        }
    }

    /// Sets a query parameter, replacing an earlier value. One without a name is the whole query (OpenAPI 3.2: `in: querystring`).
    pub fn query(&mut self, name: &str, value: &dyn Parameter) {
        self.request.query(name, value);
    }

    /// Sets a query parameter to a list in one value (OpenAPI: `explode: false`). The separator is written as it is:
    /// `,`, `%20`, `|` or `%09`. An empty list leaves the parameter out.
    pub fn query_joined(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = impl Parameter>,
        separator: &'static str,
    ) {
        let mut text = String::new();
        let mut any = false;
        for value in values {
            if any {
                text.push_str(separator);
            }
            value.write_encoded(&mut text);
            any = true;
        }
        if any {
            self.request.query_encoded(name, text);
        } else {
            self.request.clear_query(name);
        }
    }

    /// Sets a query parameter to a list, one pair for each item (OpenAPI: `explode: true`).
    pub fn query_repeated(&mut self, name: &str, values: impl IntoIterator<Item = impl Parameter>) {
        let encoded_name = self.request.clear_query(name);
        for value in values {
            self.request.add_query(&encoded_name, &value);
        }
    }

    /// Sets a header.
    pub fn header(&mut self, name: &str, value: &dyn Parameter) {
        self.request.header(name, value);
    }

    /// Sets a cookie.
    pub fn cookie(&mut self, name: &str, value: &dyn Parameter) {
        self.request.cookie(name, value);
    }

    /// Sets where the operation is served, where that is not where the API is: an absolute URL, which counts unless the user sets a base
    /// URL, or one relative to the base URL.
    pub fn server(&mut self, server: &'static str) {
        self.request.server(server);
    }

    /// The media types that are accepted, where that is not JSON.
    pub fn accept(&mut self, media_types: &'static str) {
        self.request.header("accept", &media_types);
    }

    /// Sets a JSON body.
    pub fn json(&mut self, body: &dyn Encode) {
        self.request
            .body("application/json", Bytes::from(to_vec(body)));
    }

    /// Sets a body of a media type that is JSON under another name, such as `application/merge-patch+json`.
    pub fn json_as(&mut self, content_type: &'static str, body: &dyn Encode) {
        self.request.body(content_type, Bytes::from(to_vec(body)));
    }

    /// Sets a body of any media type.
    pub fn body(&mut self, content_type: &'static str, bytes: Bytes) {
        self.request.body(content_type, bytes);
    }

    /// Sets a body that is read while it is sent, where it is a file or a stream.
    pub fn upload(&mut self, content_type: &'static str, body: &UploadBody) {
        self.request.payload(content_type, body.payload());
    }

    /// Sets what the operation asks for, where it differs from the API's default.
    pub fn security(&mut self, requirement: SecurityRequirement) {
        self.request.security(requirement);
    }

    /// Sets the time limit of one attempt.
    pub fn timeout(&mut self, timeout: Duration) {
        self.request.timeout = Some(timeout);
    }

    /// Sets when and how often the request is sent again.
    pub fn retry(&mut self, policy: RetryPolicy) {
        self.request.retry = Some(policy);
    }

    /// Sends the call; the future gives the response around the value.
    pub fn send(self) -> SendFuture<T> {
        SendFuture {
            future: Box::pin(perform(self.request)),
            read: self.read,
        }
    }

    /// Sends the call; the future gives the value.
    pub fn value(self) -> CallFuture<T> {
        CallFuture {
            future: Box::pin(perform(self.request)),
            read: self.read,
        }
    }
}

/// Not derived: a call can be cloned whatever its value is.
impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            read: self.read,
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request.fmt(formatter)
    }
}

/// The future of an answer, whatever it is read as.
pub(crate) type AnswerFuture = Pin<Box<dyn Future<Output = Result<Answer>> + Send>>;

/// The future of a call's value.
#[must_use = "a request is sent when it is awaited"]
pub struct CallFuture<T> {
    pub(crate) future: AnswerFuture,
    pub(crate) read: Read<T>,
}

impl<T> Future for CallFuture<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.future.as_mut().poll(context))?;
        Poll::Ready((self.read)(&answer).map_err(|error| unreadable(answer, error)))
    }
}

impl<T> fmt::Debug for CallFuture<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CallFuture").finish_non_exhaustive()
    }
}

/// The future of a call's response.
#[must_use = "a request is sent when it is awaited"]
pub struct SendFuture<T> {
    pub(crate) future: AnswerFuture,
    pub(crate) read: Read<T>,
}

impl<T> Future for SendFuture<T> {
    type Output = Result<Response<T>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.future.as_mut().poll(context))?;
        Poll::Ready(match (self.read)(&answer) {
            Ok(value) => Ok(Response::new(value, answer)),
            Err(error) => Err(unreadable(answer, error)),
        })
    }
}

impl<T> fmt::Debug for SendFuture<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SendFuture").finish_non_exhaustive()
    }
}

pub(crate) fn unreadable(answer: Answer, error: super::read::ReadError) -> Error {
    Error::Decode(Box::new(Failure::of_read(answer, error)))
}

/// Sends a prepared request, again where the policy says so. Each attempt has the whole time limit.
pub(crate) async fn perform(prepared: Box<Prepared>) -> Result<Answer> {
    let request = prepared.finish()?;
    let settings = prepared.core.settings();
    let timeout = prepared.timeout.unwrap_or(settings.timeout);
    let policy = prepared
        .retry
        .clone()
        .unwrap_or_else(|| settings.retry.clone());
    let mut attempts = Attempts::new(policy, &request.method, request.payload.replayable());
    loop {
        let attempt = answer(
            &*settings.transport,
            request.clone(),
            settings.max_body_bytes,
        );
        let outcome = match tokio::time::timeout(timeout, attempt).await {
            Ok(outcome) => outcome,
            Err(_) => {
                let failure = Failure::new(format!("no complete answer within {timeout:?}"))
                    .during(request.shown());
                Err(Error::Timeout(Box::new(failure)))
            }
        };
        match outcome {
            Ok(answer) => return Ok(answer),
            Err(error) => attempts.next(error).await?,
        }
    }
}
