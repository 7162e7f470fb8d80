//! The default transport: reqwest, with its redirects off.
//!
//! In and out: the types of the transport seam. Nothing else in the runtime names reqwest, but the constructor that
//! takes a ready client.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::Method;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::transport::{
    Body, BytesStream, IncomingResponse, OutgoingRequest, Transport, TransportError,
    TransportErrorKind, TransportFuture,
};

/// Shorter than the time after which common servers close an idle connection: a `POST` that meets such a closing fails, and
/// is not sent again.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// Sends requests through a `reqwest::Client`.
#[derive(Debug, Clone)]
pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A client of our own: no redirects, TLS by the crate's features.
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, reqwest::Error> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(connect_timeout)
            .pool_idle_timeout(POOL_IDLE_TIMEOUT);
        Ok(Self {
            client: with_tls(builder).build()?,
        })
    }

    /// A client made by the user.
    pub(crate) fn with_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

/// Uses the process's rustls provider if one is installed, else `ring`; the process-wide default is left alone.
#[cfg(feature = "rustls")]
fn with_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    use std::sync::Arc;

    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = rustls::crypto::CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let configuration = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier);
    match configuration {
        Ok(configuration) => builder.tls_backend_preconfigured(configuration.with_no_client_auth()),
        // reqwest reports what is wrong with the platform's TLS when the client is built.
        Err(_) => builder,
    }
}

#[cfg(not(feature = "rustls"))]
fn with_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
}

impl Transport for ReqwestTransport {
    fn send(&self, request: OutgoingRequest) -> TransportFuture<'_> {
        Box::pin(send(&self.client, request))
    }
}

async fn send(
    client: &reqwest::Client,
    request: OutgoingRequest,
) -> Result<IncomingResponse, TransportError> {
    let mut outgoing = reqwest::Request::new(request.method, request.url);
    *outgoing.headers_mut() = request.headers;
    // Some servers refuse a request without a length where a body would be usual (RFC 9110 section 8.6).
    if matches!(request.body, Body::Empty) && may_have_body(outgoing.method()) {
        outgoing
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    *outgoing.body_mut() = match request.body {
        Body::Empty => None,
        Body::Bytes(bytes) => Some(reqwest::Body::from(bytes)),
        Body::Stream { stream, length } => Some(reqwest::Body::wrap(RequestBody {
            stream: Mutex::new(stream),
            length,
        })),
    };
    let asked = outgoing.url().clone();
    let response = client.execute(outgoing).await.map_err(transport_error)?;
    if response.url() != &asked {
        return Err(TransportError::new(
            TransportErrorKind::Unsupported,
            "the given reqwest client followed a redirect by itself, which may carry credentials to another host; \
             build it with `redirect(reqwest::redirect::Policy::none())`",
        ));
    }
    let (head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
    let body: BytesStream<TransportError> = Box::pin(ResponseBody(body));
    Ok(IncomingResponse::streaming(head.status, head.headers, body))
}

fn may_have_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// The URL is taken out: it may hold secrets, and the runtime's own error names it.
fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = if error.is_builder() {
        TransportErrorKind::Unsupported
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if causes(&error).any(|cause| cause.is::<RequestBodyError>()) {
        TransportErrorKind::RequestBody
    } else {
        TransportErrorKind::Broken
    };
    TransportError::new(kind, error.without_url())
}

fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// The mutex is never locked: it only makes the stream `Sync`, as reqwest asks.
struct RequestBody {
    stream: Mutex<BytesStream<std::io::Error>>,
    length: Option<u64>,
}

impl HttpBody for RequestBody {
    type Data = Bytes;
    type Error = RequestBodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let stream = self
            .get_mut()
            .stream
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        Poll::Ready(
            ready!(stream.as_mut().poll_next(context))
                .map(|piece| piece.map(Frame::data).map_err(RequestBodyError)),
        )
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// Marks an error that came from the source of the request's body, not from the network.
#[derive(Debug)]
struct RequestBodyError(std::io::Error);

impl std::fmt::Display for RequestBodyError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "could not read the request body: {}", self.0)
    }
}

impl std::error::Error for RequestBodyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

struct ResponseBody(reqwest::Body);

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                None => None,
                Some(Err(error)) => Some(Err(transport_error(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => Some(Ok(bytes)),
                    // Trailers: not part of the body.
                    Err(_) => continue,
                },
            });
        }
    }
}
