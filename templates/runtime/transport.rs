//! The seam between the runtime and whatever moves bytes: one request in, the head and the body stream of one response out.
//!
//! A transport sends exactly what it is given: it follows no redirect, repeats nothing, adds no credentials. Retries,
//! redirects, deadlines, limits and decoding are the runtime's.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

/// An error of any type, from below the runtime.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Moves one request to a server and hands back its answer.
///
/// Implement it to test offline, to record, or to use another HTTP library.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request; ready as soon as the response's headers have arrived.
    ///
    /// # Errors
    /// When no response head could be had: see [`TransportErrorKind`].
    fn send(&self, request: OutgoingRequest) -> TransportFuture<'_>;
}

/// The future of [`Transport::send`].
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<IncomingResponse, TransportError>> + Send + 'a>>;

/// A request on its way to the server.
#[non_exhaustive]
pub struct OutgoingRequest {
    /// The HTTP method.
    pub method: Method,
    /// The absolute URL, `http` or `https`.
    pub url: Url,
    /// All headers but `host` and `content-length`, which the transport derives.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
}

impl OutgoingRequest {
    /// A request from its four parts.
    #[must_use]
    pub fn new(method: Method, url: Url, headers: HeaderMap, body: Body) -> Self {
        Self {
            method,
            url,
            headers,
            body,
        }
    }
}

/// Shows neither the query nor any header's value: both may hold secrets.
impl fmt::Debug for OutgoingRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OutgoingRequest")
            .field("method", &self.method)
            .field("host", &self.url.host_str())
            .field("path", &self.url.path())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish()
    }
}

/// The body of a request.
#[derive(Default)]
#[non_exhaustive]
pub enum Body {
    /// No body.
    #[default]
    Empty,
    /// A body held in memory.
    Bytes(Bytes),
    /// A body that is produced while it is sent.
    Stream {
        /// The pieces, in order.
        stream: BytesStream<io::Error>,
        /// How many bytes the stream yields, if that is known; without it the body is sent in chunks.
        length: Option<u64>,
    },
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("Empty"),
            Self::Bytes(bytes) => write!(formatter, "Bytes({} bytes)", bytes.len()),
            Self::Stream {
                length: Some(length),
                ..
            } => write!(formatter, "Stream({length} bytes)"),
            Self::Stream { length: None, .. } => formatter.write_str("Stream"),
        }
    }
}

/// Pieces of a body.
pub type BytesStream<E> = Pin<Box<dyn Stream<Item = Result<Bytes, E>> + Send>>;

/// The response to one request: its head, and its body still to be read.
#[non_exhaustive]
pub struct IncomingResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body. It ends with an error when the connection ended before the body did.
    pub body: BytesStream<TransportError>,
}

impl IncomingResponse {
    /// A response whose body is already here, as a test transport would give.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers,
            body: Box::pin(Whole(Some(body.into()))),
        }
    }

    /// A response whose body arrives piece by piece.
    #[must_use]
    pub fn streaming(
        status: StatusCode,
        headers: HeaderMap,
        body: BytesStream<TransportError>,
    ) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }
}

impl fmt::Debug for IncomingResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("IncomingResponse")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// A stream of one piece.
pub(crate) struct Whole(pub(crate) Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().filter(|bytes| !bytes.is_empty()).map(Ok))
    }
}

/// Awaits the next piece of a stream.
pub(crate) async fn next_piece<E>(stream: &mut BytesStream<E>) -> Option<Result<Bytes, E>> {
    std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
}

/// Why a transport could not deliver.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

/// In which phase a transport failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made: the request never reached the server.
    Connect,
    /// The transport's own time limit passed.
    Timeout,
    /// The request's body could not be read where it comes from (a file, a stream).
    RequestBody,
    /// The request itself cannot be sent by this transport.
    Unsupported,
    /// The connection broke while the request was sent or the response read.
    Broken,
}

impl TransportError {
    /// An error of a kind, with its cause.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// The phase it happened in.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    pub(crate) fn into_source(self) -> BoxError {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::Timeout => "timed out",
            TransportErrorKind::RequestBody => "could not read the request body",
            TransportErrorKind::Unsupported => "the transport cannot send this request",
            TransportErrorKind::Broken => "the connection broke",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
