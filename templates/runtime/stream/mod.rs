//! Answers that arrive bit by bit: a call whose answer is a stream, and the frames that its bytes are cut into.
//!
//! In: a prepared call. Out: frames (the data of one event or one record each), compiled once for all types; what is typed
//! only reads a frame. A client whose API has no such answers does not have this folder.
#![allow(
    unused_macros,
    unused_imports,
    reason = "an API may need only some of them"
)]

mod events;
mod records;
mod request;

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::answer::{Answer, media_type};
use super::call::Call;
use super::error::{Error, Result};
use super::exchange::{Request, exchange, status_error, transport_failure};
use super::failure::Failure;
use super::read::Read;
use super::request::Prepared;
use super::retry::Attempts;
use super::transport::{BytesStream, TransportError};

pub use events::{Event, EventStream};
pub use records::ItemStream;
pub use request::StreamRequest;

/// The data of one event or one record.
pub(super) struct Frame {
    pub(super) data: Bytes,
    /// The kind of the event; empty for a record.
    pub(super) event: String,
    /// The identifier that the server gave last.
    pub(super) id: Option<String>,
}

/// Cuts bytes into frames.
pub(super) trait Cut: Send {
    /// Takes in more bytes; what is complete goes behind `frames`.
    fn take(&mut self, bytes: &[u8], frames: &mut VecDeque<Frame>);

    /// What is left when the body has ended, where that counts as a frame.
    fn end(&mut self, frames: &mut VecDeque<Frame>);

    /// How many bytes of an incomplete frame are held.
    fn held(&self) -> usize;

    /// How long to wait before connecting anew, where the server said so.
    fn reconnection_time(&self) -> Option<Duration> {
        None
    }
}

/// A typed stream over frames. Implemented by the streams of this module.
pub trait Streamed: Sized {
    /// What the data of a frame is read as.
    type Data;

    #[doc(hidden)]
    fn new(frames: Frames, read: Read<Self::Data>) -> Self;

    #[doc(hidden)]
    fn cut(content_type: Option<&str>) -> std::result::Result<Cutter, String>;
}

/// How the bytes of a body are cut into frames.
#[doc(hidden)]
pub struct Cutter(Box<dyn Cut>);

/// The frames of one answer. Independent of what they are read as.
#[doc(hidden)]
pub struct Frames {
    /// Status, headers and request of the answer; its body is the frame that was read last.
    answer: Answer,
    body: BytesStream<TransportError>,
    cut: Cutter,
    ready: VecDeque<Frame>,
    max_bytes: u64,
    idle_timeout: Duration,
    timer: Pin<Box<tokio::time::Sleep>>,
    /// Whether the timer runs: it does while the server is waited for, not while the caller is busy with what came.
    waiting: bool,
    ended: bool,
}

impl Frames {
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame>>> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(frame)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match ready!(self.poll_piece(context)) {
                Some(Ok(piece)) => self.cut.0.take(&piece, &mut self.ready),
                Some(Err(error)) => return Poll::Ready(Some(Err(self.break_off(error)))),
                None => {
                    self.ended = true;
                    self.cut.0.end(&mut self.ready);
                }
            }
            if self.ready.is_empty() && self.cut.0.held() as u64 > self.max_bytes {
                let told = format!(
                    "a part of the stream is larger than the limit of {} bytes; raise it with `max_body_bytes` on the \
                     client's builder",
                    self.max_bytes
                );
                let failure = Failure::new(told).during(self.answer.exchange.clone());
                let error = Error::TooLarge(Box::new(failure));
                return Poll::Ready(Some(Err(self.break_off(error))));
            }
        }
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        match self.body.as_mut().poll_next(context) {
            Poll::Ready(piece) => {
                self.waiting = false;
                Poll::Ready(piece.map(|piece| {
                    piece.map_err(|error| transport_failure(error, &self.answer.exchange))
                }))
            }
            Poll::Pending => {
                if !std::mem::replace(&mut self.waiting, true) {
                    let deadline = tokio::time::Instant::now() + self.idle_timeout;
                    self.timer.as_mut().reset(deadline);
                }
                ready!(self.timer.as_mut().poll(context));
                let told = format!("the stream stood still for {:?}", self.idle_timeout);
                let failure = Failure::new(told).during(self.answer.exchange.clone());
                Poll::Ready(Some(Err(Error::Timeout(Box::new(failure)))))
            }
        }
    }

    fn break_off(&mut self, error: Error) -> Error {
        self.stop();
        error
    }

    /// Nothing more is read; the connection is given up.
    fn stop(&mut self) {
        self.ended = true;
        self.ready.clear();
        self.body = Box::pin(super::transport::Whole(None));
    }

    /// Reads the data of a frame. What cannot be read costs only itself: the stream goes on behind it.
    fn read<T>(&mut self, data: Bytes, read: Read<T>) -> Result<T> {
        self.answer.body = data;
        read(&self.answer).map_err(|error| super::call::unreadable(self.answer.clone(), error))
    }

    fn show(&self, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct(name)
            .field("url", &self.answer.exchange.url)
            .field("status", &self.answer.status)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

/// What all typed streams can do.
macro_rules! stream_methods {
    ($stream:ident) => {
        impl<T> $stream<T> {
            /// How long the stream may stand still, in place of the client's idle timeout.
            pub fn with_idle_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.frames.idle_timeout = timeout;
                self
            }

            /// The status of the answer.
            #[must_use]
            pub fn status(&self) -> ::http::StatusCode {
                self.frames.status()
            }

            /// The headers of the answer.
            #[must_use]
            pub fn headers(&self) -> &::http::HeaderMap {
                self.frames.headers()
            }

            /// The identifier that the server gave this request, if it did: what its support asks for.
            #[must_use]
            pub fn request_id(&self) -> Option<&str> {
                self.frames.answer.request_id()
            }
        }

        impl<T> ::std::fmt::Debug for $stream<T> {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.frames.show(stringify!($stream), formatter)
            }
        }
    };
}
use stream_methods;

impl Frames {
    fn status(&self) -> StatusCode {
        self.answer.status
    }

    fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }
}

type Opening = Pin<Box<dyn Future<Output = Result<Frames>> + Send>>;

/// The future of a stream: ready when the server begins to answer.
#[must_use = "a request is sent when it is awaited"]
pub struct StreamFuture<S: Streamed> {
    opening: Opening,
    read: Read<S::Data>,
}

impl<S: Streamed> StreamFuture<S> {
    /// Sends a call and asks for this media type; its answer is read frame by frame.
    pub fn new<T>(call: Call<T>, media_type: &'static str, read: Read<S::Data>) -> Self {
        Self {
            opening: Box::pin(open(call.request, media_type, S::cut)),
            read,
        }
    }
}

impl<S: Streamed> Future for StreamFuture<S> {
    type Output = Result<S>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let frames = ready!(self.opening.as_mut().poll(context))?;
        Poll::Ready(Ok(S::new(frames, self.read)))
    }
}

impl<S: Streamed> fmt::Debug for StreamFuture<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StreamFuture")
            .finish_non_exhaustive()
    }
}

type ChooseCutter = fn(Option<&str>) -> std::result::Result<Cutter, String>;

/// Sends the request until its answer begins, again where the policy says so: what breaks later is an error in the stream,
/// since what was seen of it cannot be taken back.
async fn open(
    mut prepared: Box<Prepared>,
    media_type: &'static str,
    choose: ChooseCutter,
) -> Result<Frames> {
    prepared.header(ACCEPT.as_str(), &media_type);
    let mut request = prepared.finish()?;
    request
        .headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    let settings = prepared.core.settings();
    let policy = prepared
        .retry
        .clone()
        .unwrap_or_else(|| settings.retry.clone());
    let timeout = prepared.timeout.unwrap_or(settings.timeout);
    let mut attempts = Attempts::new(policy, &request.method, request.payload.replayable());
    loop {
        let begun = begin(&prepared, &request, choose);
        let outcome = match tokio::time::timeout(timeout, begun).await {
            Ok(outcome) => outcome,
            Err(_) => {
                let told = format!("no answer began within {timeout:?}");
                let failure = Failure::new(told).during(request.shown());
                Err(Error::Timeout(Box::new(failure)))
            }
        };
        match outcome {
            Ok(frames) => return Ok(frames),
            Err(error) => attempts.next(error).await?,
        }
    }
}

async fn begin(prepared: &Prepared, request: &Request, choose: ChooseCutter) -> Result<Frames> {
    let settings = prepared.core.settings();
    let (response, shown) = exchange(&*settings.transport, request.clone()).await?;
    if !response.status.is_success() {
        return Err(status_error(response, shown).await);
    }
    let cut = choose(media_type(&response.headers));
    let answer = Answer {
        status: response.status,
        headers: response.headers,
        body: Bytes::new(),
        exchange: shown,
    };
    let cut = match cut {
        Ok(cut) => cut,
        Err(told) => {
            let failure = Failure::new(told).during(answer.exchange);
            return Err(Error::Decode(Box::new(failure)));
        }
    };
    Ok(Frames {
        answer,
        body: response.body,
        cut,
        ready: VecDeque::new(),
        max_bytes: settings.max_body_bytes,
        idle_timeout: settings.idle_timeout,
        timer: Box::pin(tokio::time::sleep(settings.idle_timeout)),
        waiting: false,
        ended: false,
    })
}

/// `stream!(CreateChat => EventStream<types::Chunk>, "text/event-stream", read::json)`: the same request, its answer as a stream.
macro_rules! stream {
    ($operation:ident => $stream:ty, $media_type:literal, $read:expr) => {
        impl $operation {
            /// Sends the request and asks for the answer as a stream, in place of one that comes as a whole. Where the API
            /// wants to be told in the body too, set that field before.
            pub fn stream(self) -> $crate::runtime::stream::StreamFuture<$stream> {
                $crate::runtime::stream::StreamFuture::new(self.0, $media_type, $read)
            }
        }
    };
}

pub(crate) use stream;
