//! Requests of operations that answer with a stream in any case.
//!
//! In: a call that an operation has filled in. Out: a stream, once the server begins to answer. Which setters a request has is known to
//! the emitted code alone.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use super::{StreamFuture, Streamed};
use crate::runtime::call::Call;
use crate::runtime::error::Result;
use crate::runtime::read::Read;

/// A request that answers with the stream `S`, sent when it is awaited.
///
/// Each operation has a name of its own for its requests; `O` tells them apart.
#[must_use = "a request is sent when it is awaited"]
pub struct StreamRequest<S: Streamed, O>(
    pub(crate) Call<()>,
    &'static str,
    Read<S::Data>,
    PhantomData<fn() -> O>,
);

impl<S: Streamed, O> StreamRequest<S, O> {
    /// The request of a call that is filled in, which asks for a media type whose frames are read so.
    pub fn new(call: Call<()>, media_type: &'static str, read: Read<S::Data>) -> Self {
        Self(call, media_type, read, PhantomData)
    }

    crate::runtime::macros::options!();
}

impl<S: Streamed, O> IntoFuture for StreamRequest<S, O> {
    type Output = Result<S>;
    type IntoFuture = StreamFuture<S>;

    fn into_future(self) -> Self::IntoFuture {
        StreamFuture::new(self.0, self.1, self.2)
    }
}

/// Not derived: a request can be cloned whatever its stream is.
impl<S: Streamed, O> Clone for StreamRequest<S, O> {
    fn clone(&self) -> Self {
        Self::new(self.0.clone(), self.1, self.2)
    }
}

impl<S: Streamed, O> fmt::Debug for StreamRequest<S, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
