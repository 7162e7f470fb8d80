//! Uploads to absolute URLs, such as the signed ones of storage services: streamed, and without anything that belongs to
//! the API (credentials, cookies, default headers).
//!
//! In: a URL and a body. Out: the storage service's answer. Repeated as retries allow, unless the body is a stream that
//! can be read only once.

use std::fmt;
use std::future::IntoFuture;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};
use tokio::io::{AsyncRead as _, ReadBuf};

use super::call::SendFuture;
use super::core::{Core, header, server_url};
use super::error::{Error, Result};
use super::exchange::{BodySource, OpenedBody, Payload, Request, answer};
use super::failure::Failure;
use super::progress::{Meter, Progress};
use super::read;
use super::response::Response;
use super::retry::{Attempts, RetryPolicy};
use super::transport::{Body, BytesStream};

/// How much of a file or of bytes in memory is handed to the connection at once, in bytes.
const PIECE: usize = 64 * 1024;

/// What is uploaded. A clone of a stream is the same stream, which can be read once.
#[derive(Clone)]
pub struct UploadBody(pub(super) Source);

#[derive(Clone)]
pub(super) enum Source {
    Bytes(Bytes),
    File(PathBuf),
    Stream {
        stream: Arc<Mutex<Option<BytesStream<io::Error>>>>,
        length: Option<u64>,
    },
}

impl UploadBody {
    /// A file, read while it is sent.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self(Source::File(path.as_ref().to_owned()))
    }

    /// A stream of pieces. Give its length in bytes if it is known: most storage services ask for it.
    pub fn stream(
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self(Source::Stream {
            stream: Arc::new(Mutex::new(Some(Box::pin(stream)))),
            length,
        })
    }

    /// The payload of a request with this body, its progress told to nobody.
    pub(crate) fn payload(&self) -> Payload {
        match &self.0 {
            Source::Bytes(bytes) => Payload::Bytes(bytes.clone()),
            Source::File(_) | Source::Stream { .. } => {
                Payload::Source(Arc::new(Unmetered(self.clone())))
            }
        }
    }

    fn source(&self, meter: Meter) -> Arc<dyn BodySource> {
        match &self.0 {
            // An empty body keeps its declared length of 0.
            Source::Bytes(bytes) => Arc::new(BytesSource {
                bytes: bytes.clone(),
                meter,
            }),
            Source::File(path) => Arc::new(FileSource {
                path: path.clone(),
                meter,
            }),
            Source::Stream { stream, length } => Arc::new(StreamSource {
                stream: Arc::clone(stream),
                length: *length,
                meter,
            }),
        }
    }
}

impl fmt::Debug for UploadBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Bytes(bytes) => write!(formatter, "Bytes({} bytes)", bytes.len()),
            Source::File(path) => write!(formatter, "File({})", path.display()),
            Source::Stream {
                length: Some(length),
                ..
            } => write!(formatter, "Stream({length} bytes)"),
            Source::Stream { length: None, .. } => formatter.write_str("Stream"),
        }
    }
}

impl From<Bytes> for UploadBody {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Bytes(bytes))
    }
}

impl From<Vec<u8>> for UploadBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Source::Bytes(bytes.into()))
    }
}

impl From<&'static [u8]> for UploadBody {
    fn from(bytes: &'static [u8]) -> Self {
        Self(Source::Bytes(Bytes::from_static(bytes)))
    }
}

impl From<String> for UploadBody {
    fn from(text: String) -> Self {
        Self(Source::Bytes(text.into()))
    }
}

/// The path of a file.
impl From<&Path> for UploadBody {
    fn from(path: &Path) -> Self {
        Self::file(path)
    }
}

/// The path of a file.
impl From<PathBuf> for UploadBody {
    fn from(path: PathBuf) -> Self {
        Self(Source::File(path))
    }
}

/// An upload being prepared; sent when it is awaited.
#[must_use = "nothing is sent until it is awaited"]
pub struct Upload {
    core: Core,
    url: String,
    method: Method,
    body: UploadBody,
    headers: HeaderMap,
    retry: Option<RetryPolicy>,
    idle_timeout: std::time::Duration,
    meter: Meter,
    fault: Option<String>,
}

impl Upload {
    pub(crate) fn new(core: &Core, url: &str, body: UploadBody) -> Self {
        let mut headers = HeaderMap::new();
        if let Some(user_agent) = core.settings().default_headers.get(USER_AGENT) {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        Self {
            core: core.clone(),
            url: url.to_owned(),
            method: Method::PUT,
            body,
            headers,
            retry: None,
            idle_timeout: core.settings().idle_timeout,
            meter: Meter::default(),
            fault: None,
        }
    }

    /// The method; by default `PUT`.
    pub fn with_method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The media type. Signed URLs often fix it: then it must be the one that was signed.
    pub fn with_content_type(self, content_type: &str) -> Self {
        self.with_header(CONTENT_TYPE.as_str(), content_type)
    }

    /// A header of this upload, such as one that the signature covers.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(fault) => self.fault = self.fault.or(Some(fault)),
        }
        self
    }

    /// A function that is told after each piece how many bytes the connection has taken.
    pub fn with_progress(mut self, progress: impl FnMut(Progress) + Send + 'static) -> Self {
        self.meter.function = Some(Arc::new(Mutex::new(progress)));
        self
    }

    /// How long the upload may stand still.
    pub fn with_idle_timeout(mut self, timeout: std::time::Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// When and how often the upload is made again after a failure.
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    fn request(&self) -> Result<Request> {
        if let Some(fault) = &self.fault {
            return Err(Error::request(format!("upload: {fault}")));
        }
        let url = server_url(&self.url)
            .map_err(|fault| Error::request(format!("the upload's URL {fault}")))?;
        let mut headers = self.headers.clone();
        headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static("application/octet-stream"));
        Ok(Request {
            method: self.method.clone(),
            url,
            headers,
            payload: Payload::Source(self.body.source(self.meter.clone())),
            signed: true,
        })
    }
}

impl IntoFuture for Upload {
    type Output = Result<Response<()>>;
    type IntoFuture = SendFuture<()>;

    fn into_future(self) -> SendFuture<()> {
        SendFuture {
            future: Box::pin(perform(self)),
            read: read::empty,
        }
    }
}

/// Shows the URL without its query: the query of a signed URL is a credential.
impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("method", &self.method)
            .field("url", &self.url.split('?').next().unwrap_or_default())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

async fn perform(upload: Upload) -> Result<super::answer::Answer> {
    let request = upload.request()?;
    let settings = upload.core.settings();
    let policy = upload
        .retry
        .clone()
        .unwrap_or_else(|| settings.retry.clone());
    let mut attempts = Attempts::new(policy, &request.method, request.payload.replayable());
    loop {
        upload.meter.restart();
        let attempt = answer(
            &*settings.transport,
            request.clone(),
            settings.max_body_bytes,
        );
        let outcome = upload
            .meter
            .guard(upload.idle_timeout, attempt)
            .await
            .unwrap_or_else(|| {
                let told = format!("the upload stood still for {:?}", upload.idle_timeout);
                Err(Error::Timeout(Box::new(
                    Failure::new(told).during(request.shown()),
                )))
            });
        match outcome {
            Ok(answer) => return Ok(answer),
            Err(error) => attempts.next(error).await?,
        }
    }
}

/// A body that counts anew each time it is opened.
struct Unmetered(UploadBody);

impl BodySource for Unmetered {
    fn open(&self) -> OpenedBody<'_> {
        Box::pin(async move { self.0.source(Meter::default()).open().await })
    }

    fn replayable(&self) -> bool {
        !matches!(self.0.0, Source::Stream { .. })
    }
}

struct BytesSource {
    bytes: Bytes,
    meter: Meter,
}

impl BodySource for BytesSource {
    fn open(&self) -> OpenedBody<'_> {
        let length = self.bytes.len() as u64;
        let pieces = Pieces(self.bytes.clone());
        Box::pin(async move { Ok(metered(Box::pin(pieces), Some(length), &self.meter)) })
    }

    fn replayable(&self) -> bool {
        true
    }
}

/// Bytes in memory, cut into pieces so that progress can be told.
struct Pieces(Bytes);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let length = self.0.len().min(PIECE);
        Poll::Ready((length > 0).then(|| Ok(self.0.split_to(length))))
    }
}

struct FileSource {
    path: PathBuf,
    meter: Meter,
}

impl BodySource for FileSource {
    fn open(&self) -> OpenedBody<'_> {
        Box::pin(async move {
            let named = |error: io::Error| {
                io::Error::new(error.kind(), format!("{}: {error}", self.path.display()))
            };
            let file = tokio::fs::File::open(&self.path).await.map_err(named)?;
            let length = file.metadata().await.map_err(named)?.len();
            let pieces = FilePieces {
                file,
                buffer: vec![0; PIECE].into_boxed_slice(),
            };
            Ok(metered(Box::pin(pieces), Some(length), &self.meter))
        })
    }

    fn replayable(&self) -> bool {
        true
    }
}

struct FilePieces {
    file: tokio::fs::File,
    buffer: Box<[u8]>,
}

impl Stream for FilePieces {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { file, buffer } = self.get_mut();
        let mut buffer = ReadBuf::new(buffer);
        Poll::Ready(
            match ready!(Pin::new(file).poll_read(context, &mut buffer)) {
                Ok(()) if buffer.filled().is_empty() => None,
                Ok(()) => Some(Ok(Bytes::copy_from_slice(buffer.filled()))),
                Err(error) => Some(Err(error)),
            },
        )
    }
}

struct StreamSource {
    stream: Arc<Mutex<Option<BytesStream<io::Error>>>>,
    length: Option<u64>,
    meter: Meter,
}

impl BodySource for StreamSource {
    fn open(&self) -> OpenedBody<'_> {
        Box::pin(async move {
            let taken = self
                .stream
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            let stream =
                taken.ok_or_else(|| io::Error::other("the stream has already been read"))?;
            Ok(metered(stream, self.length, &self.meter))
        })
    }

    fn replayable(&self) -> bool {
        false
    }
}

fn metered(stream: BytesStream<io::Error>, length: Option<u64>, meter: &Meter) -> Body {
    Body::Stream {
        stream: Box::pin(Metered {
            stream,
            length,
            meter: meter.clone(),
        }),
        length,
    }
}

/// Tells the meter about each piece, and ends with an error when there are fewer or more bytes than declared.
struct Metered {
    stream: BytesStream<io::Error>,
    length: Option<u64>,
    meter: Meter,
}

impl Stream for Metered {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.stream.as_mut().poll_next(context));
        let moved = match &piece {
            Some(Ok(bytes)) => self.meter.add(bytes.len(), self.length),
            Some(Err(_)) => return Poll::Ready(piece),
            None => self.meter.moved(),
        };
        let wrong = self
            .length
            .is_some_and(|length| moved > length || (piece.is_none() && moved < length));
        if wrong {
            let declared = self.length.unwrap_or_default();
            let told = format!("the body has {moved} bytes so far, but {declared} were declared");
            return Poll::Ready(Some(Err(io::Error::other(told))));
        }
        Poll::Ready(piece)
    }
}
