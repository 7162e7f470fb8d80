//! One attempt: a request through the transport, its redirects followed, its body collected within a limit.
//!
//! In: a finished request. Out: a response still streaming, or a complete answer, or an error that says where it broke.
//! Non-generic: compiled once for all operations.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method};
use url::Url;

use super::answer::{Answer, Exchange};
use super::error::Error;
use super::failure::Failure;
use super::redact::{redacted, redacted_signed};
use super::redirect::{MAX_REDIRECTS, next_hop, prune};
use super::transport::{
    Body, IncomingResponse, OutgoingRequest, Transport, TransportError, TransportErrorKind,
    next_piece,
};

/// How much of the body of an error status is kept, in bytes.
const MAX_ERROR_BODY: usize = 1024 * 1024;

/// A request that is ready to be sent, any number of times if its payload allows.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) payload: Payload,
    /// Whether the URL's query is a credential as a whole.
    pub(crate) signed: bool,
}

/// A body that is opened anew for each sending.
#[derive(Clone)]
pub(crate) enum Payload {
    Empty,
    Bytes(Bytes),
    Source(Arc<dyn BodySource>),
}

/// Shows how much it is, not what.
impl fmt::Debug for Payload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("0 bytes"),
            Self::Bytes(bytes) => write!(formatter, "{} bytes", bytes.len()),
            Self::Source(_) => formatter.write_str("read while it is sent"),
        }
    }
}

/// The future of an opened body.
pub(crate) type OpenedBody<'a> = Pin<Box<dyn Future<Output = io::Result<Body>> + Send + 'a>>;

/// Where a streamed body comes from.
pub(crate) trait BodySource: Send + Sync {
    /// Begins the body, from its first byte.
    fn open(&self) -> OpenedBody<'_>;
    /// Whether it can be opened more than once.
    fn replayable(&self) -> bool;
}

impl Payload {
    pub(crate) fn replayable(&self) -> bool {
        match self {
            Self::Empty | Self::Bytes(_) => true,
            Self::Source(source) => source.replayable(),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(crate) async fn open(&self) -> io::Result<Body> {
        match self {
            Self::Empty => Ok(Body::Empty),
            Self::Bytes(bytes) => Ok(Body::Bytes(bytes.clone())),
            Self::Source(source) => source.open().await,
        }
    }
}

impl Request {
    /// What messages may show of this request.
    pub(crate) fn shown(&self) -> Exchange {
        Exchange {
            method: self.method.clone(),
            url: if self.signed {
                redacted_signed(&self.url)
            } else {
                redacted(&self.url)
            },
            redirected_from: None,
            credentials_dropped: false,
        }
    }
}

/// Sends the request and follows redirects; ready when the headers of the last response have arrived.
pub(crate) async fn exchange(
    transport: &dyn Transport,
    mut request: Request,
) -> Result<(IncomingResponse, Exchange), Error> {
    let mut shown = request.shown();
    for _ in 0..=MAX_REDIRECTS {
        let body = request
            .payload
            .open()
            .await
            .map_err(|error| file_error("the request body could not be read", error, &shown))?;
        let outgoing = OutgoingRequest::new(
            request.method.clone(),
            request.url.clone(),
            request.headers.clone(),
            body,
        );
        let response = transport
            .send(outgoing)
            .await
            .map_err(|error| transport_failure(error, &shown))?;
        let hop = next_hop(
            response.status,
            &response.headers,
            &request.method,
            &request.url,
            !request.payload.is_empty(),
        )
        .map_err(|told| Error::Redirect(Box::new(Failure::new(told).during(shown.clone()))))?;
        let Some(hop) = hop else {
            return Ok((response, shown));
        };
        if hop.keeps_body && !request.payload.replayable() {
            return Ok((response, shown));
        }
        prune(&mut request.headers, &hop);
        if !hop.keeps_body {
            request.payload = Payload::Empty;
        }
        // A URL on another host is usually a signed one.
        request.signed |= !hop.keeps_credentials;
        (request.method, request.url) = (hop.method, hop.url);
        let first = shown
            .redirected_from
            .take()
            .unwrap_or_else(|| shown.url.clone());
        let dropped = shown.credentials_dropped || !hop.keeps_credentials;
        shown = Exchange {
            redirected_from: Some(first),
            credentials_dropped: dropped,
            ..request.shown()
        };
    }
    let told = format!("more than {MAX_REDIRECTS} redirects");
    Err(Error::Redirect(Box::new(Failure::new(told).during(shown))))
}

/// Sends the request and collects the answer; a status other than 2xx is an error.
pub(crate) async fn answer(
    transport: &dyn Transport,
    request: Request,
    max_bytes: u64,
) -> Result<Answer, Error> {
    let (response, shown) = exchange(transport, request).await?;
    if !response.status.is_success() {
        return Err(status_error(response, shown).await);
    }
    let IncomingResponse {
        status,
        headers,
        mut body,
    } = response;
    let promised = content_length(&headers).filter(|_| shown.method != Method::HEAD);
    if promised.is_some_and(|length| length > max_bytes) {
        return Err(too_large(max_bytes, &shown));
    }
    let mut collected = Collected::default();
    while let Some(piece) = next_piece(&mut body).await {
        let piece = piece.map_err(|error| transport_failure(error, &shown))?;
        if (collected.len() + piece.len()) as u64 > max_bytes {
            return Err(too_large(max_bytes, &shown));
        }
        collected.push(piece);
    }
    let body = collected.finish();
    if promised.is_some_and(|length| length > body.len() as u64) {
        let told = TransportError::new(
            TransportErrorKind::Broken,
            "the body ended before its declared length",
        );
        return Err(transport_failure(told, &shown));
    }
    Ok(Answer {
        status,
        headers,
        body,
        exchange: shown,
    })
}

/// The error of a status other than 2xx. As much of its body as arrives is kept, up to a limit: a broken body must not
/// hide the status.
pub(crate) async fn status_error(response: IncomingResponse, shown: Exchange) -> Error {
    let IncomingResponse {
        status,
        headers,
        mut body,
    } = response;
    let mut collected = Collected::default();
    while let Some(Ok(piece)) = next_piece(&mut body).await {
        collected.push(piece);
        if collected.len() >= MAX_ERROR_BODY {
            break;
        }
    }
    let mut body = collected.finish();
    body.truncate(MAX_ERROR_BODY);
    Error::Api(Box::new(Failure::of_status(Answer {
        status,
        headers,
        body,
        exchange: shown,
    })))
}

/// Pieces of a body; a body of one piece is not copied.
#[derive(Default)]
struct Collected {
    first: Bytes,
    all: BytesMut,
}

impl Collected {
    fn len(&self) -> usize {
        self.first.len() + self.all.len()
    }

    fn push(&mut self, piece: Bytes) {
        if self.first.is_empty() && self.all.is_empty() {
            self.first = piece;
            return;
        }
        let first = std::mem::take(&mut self.first);
        self.all.extend_from_slice(&first);
        self.all.extend_from_slice(&piece);
    }

    fn finish(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.freeze()
        }
    }
}

pub(crate) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}

fn too_large(limit: u64, shown: &Exchange) -> Error {
    let told = format!(
        "the body is larger than the limit of {limit} bytes; raise it with `max_body_bytes` on the client's builder"
    );
    Error::TooLarge(Box::new(Failure::new(told).during(shown.clone())))
}

pub(crate) fn file_error(told: &str, error: io::Error, shown: &Exchange) -> Error {
    Error::File(Box::new(
        Failure::new(told).during(shown.clone()).caused_by(error),
    ))
}

pub(crate) fn transport_failure(error: TransportError, shown: &Exchange) -> Error {
    let kind = error.kind();
    let mut failure = Failure::new(error.to_string())
        .during(shown.clone())
        .caused_by(error.into_source());
    failure.connect = kind == TransportErrorKind::Connect;
    let failure = Box::new(failure);
    match kind {
        TransportErrorKind::Connect | TransportErrorKind::Broken => Error::Transport(failure),
        TransportErrorKind::Timeout => Error::Timeout(failure),
        TransportErrorKind::RequestBody => Error::File(failure),
        TransportErrorKind::Unsupported => Error::Request(failure),
    }
}
