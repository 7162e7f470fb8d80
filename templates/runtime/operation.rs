//! Requests of operations: their options, sending them, and that they can be awaited; written once for all operations.
//!
//! In: a call that an operation has filled in. Out: the operation's value, or a response around it. Which setters a request has is
//! known to the emitted code alone.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use super::call::{Call, CallFuture, SendFuture};
use super::error::Result;

/// A request that answers with `T`, sent when it is awaited.
///
/// Each operation has a name of its own for its requests. Where it has setters of its own, `O` tells its requests from all others.
#[must_use = "a request is sent when it is awaited"]
pub struct Request<T, O = ()>(pub(crate) Call<T>, PhantomData<fn() -> O>);

impl<T, O> Request<T, O> {
    /// The request of a call that is filled in.
    pub fn new(call: Call<T>) -> Self {
        Self(call, PhantomData)
    }

    super::macros::options!();

    /// Sends the request; gives the status, headers and request id beside the value.
    pub fn send(self) -> SendFuture<T> {
        self.0.send()
    }
}

impl<T, O> IntoFuture for Request<T, O> {
    type Output = Result<T>;
    type IntoFuture = CallFuture<T>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.value()
    }
}

/// Not derived: a request can be cloned whatever its value is.
impl<T, O> Clone for Request<T, O> {
    fn clone(&self) -> Self {
        Self::new(self.0.clone())
    }
}

impl<T, O> fmt::Debug for Request<T, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
