//! Downloads from absolute URLs, such as the signed ones of storage services: streamed, and without anything that belongs
//! to the API (credentials, cookies, default headers).
//!
//! In: a URL. Out: a stream, the bytes, or a file that appears under its name only when it is complete.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};
use tokio::io::AsyncWrite as _;

use super::answer::Exchange;
use super::core::{Core, server_url};
use super::error::{Error, Result};
use super::exchange::{
    Payload, Request, content_length, exchange, file_error, status_error, transport_failure,
};
use super::failure::Failure;
use super::progress::{Meter, Progress};
use super::retry::{Attempts, RetryPolicy};
use super::transport::{BytesStream, TransportError, TransportErrorKind};

/// A download being prepared.
#[must_use = "nothing is sent until one of its methods is awaited"]
pub struct Download {
    core: Core,
    url: String,
    retry: Option<RetryPolicy>,
    idle_timeout: Duration,
    meter: Meter,
}

impl Download {
    pub(crate) fn new(core: &Core, url: &str) -> Self {
        Self {
            core: core.clone(),
            url: url.to_owned(),
            retry: None,
            idle_timeout: core.settings().idle_timeout,
            meter: Meter::default(),
        }
    }

    /// A function that is told after each piece how many bytes have arrived.
    pub fn with_progress(mut self, progress: impl FnMut(Progress) + Send + 'static) -> Self {
        self.meter.function = Some(Arc::new(Mutex::new(progress)));
        self
    }

    /// How long the download may stand still.
    pub fn with_idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// When and how often the download is begun anew after a failure.
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// The body as a stream. Retries cover the time until the headers have arrived.
    ///
    /// # Errors
    /// When the URL cannot be read from; a connection that breaks later is an error in the stream.
    pub async fn stream(self) -> Result<DownloadStream> {
        let request = self.request()?;
        let mut attempts = self.attempts(&request);
        loop {
            match self.open(&request).await {
                Ok(stream) => return Ok(stream),
                Err(error) => attempts.next(error).await?,
            }
        }
    }

    /// The whole body in memory, up to the client's `max_body_bytes`.
    ///
    /// # Errors
    /// When the URL cannot be read from to its end, or the body is larger than the limit.
    pub async fn bytes(self) -> Result<Bytes> {
        let request = self.request()?;
        let limit = self.core.settings().max_body_bytes;
        let mut attempts = self.attempts(&request);
        loop {
            match self.collect(&request, limit).await {
                Ok(bytes) => return Ok(bytes),
                Err(error) => attempts.next(error).await?,
            }
        }
    }

    /// Writes the body to a file, and gives its length in bytes. The file appears under its name only when it is
    /// complete, in place of one that was there; until then its bytes are in a file beside it, removed on failure.
    ///
    /// # Errors
    /// When the URL cannot be read from to its end, or the file cannot be written.
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<u64> {
        let path = path.as_ref().to_owned();
        let request = self.request()?;
        let mut attempts = self.attempts(&request);
        loop {
            match self.write(&request, &path).await {
                Ok(length) => return Ok(length),
                Err(error) => attempts.next(error).await?,
            }
        }
    }

    fn request(&self) -> Result<Request> {
        let url = server_url(&self.url)
            .map_err(|fault| Error::request(format!("the download's URL {fault}")))?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        if let Some(user_agent) = self.core.settings().default_headers.get(USER_AGENT) {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        Ok(Request {
            method: Method::GET,
            url,
            headers,
            payload: Payload::Empty,
            signed: true,
        })
    }

    fn attempts(&self, request: &Request) -> Attempts {
        let policy = self
            .retry
            .clone()
            .unwrap_or_else(|| self.core.settings().retry.clone());
        Attempts::new(policy, &request.method, true)
    }

    async fn open(&self, request: &Request) -> Result<DownloadStream> {
        self.meter.restart();
        let transport = &*self.core.settings().transport;
        let head = async {
            let (response, shown) = exchange(transport, request.clone()).await?;
            if response.status.is_success() {
                Ok((response, shown))
            } else {
                Err(status_error(response, shown).await)
            }
        };
        let (response, shown) = match tokio::time::timeout(self.idle_timeout, head).await {
            Ok(outcome) => outcome?,
            Err(_) => return Err(stood_still(self.idle_timeout, &request.shown())),
        };
        Ok(DownloadStream {
            total: content_length(&response.headers),
            headers: response.headers,
            body: response.body,
            meter: self.meter.clone(),
            received: 0,
            idle_timeout: self.idle_timeout,
            timer: Box::pin(tokio::time::sleep(self.idle_timeout)),
            shown,
            ended: false,
        })
    }

    async fn collect(&self, request: &Request, limit: u64) -> Result<Bytes> {
        let mut stream = self.open(request).await?;
        let mut bytes = BytesMut::new();
        while let Some(piece) = stream.try_next().await? {
            bytes.extend_from_slice(&piece);
            if bytes.len() as u64 > limit {
                let told = format!(
                    "the body is larger than the limit of {limit} bytes; write it to a file instead"
                );
                return Err(Error::TooLarge(Box::new(
                    Failure::new(told).during(stream.shown.clone()),
                )));
            }
        }
        Ok(bytes.freeze())
    }

    async fn write(&self, request: &Request, path: &Path) -> Result<u64> {
        let mut stream = self.open(request).await?;
        let shown = stream.shown.clone();
        let named = |error: io::Error| {
            file_error(
                &format!("the file {} could not be written", path.display()),
                error,
                &shown,
            )
        };
        let mut partial = PartialFile::create(path).await.map_err(named)?;
        while let Some(piece) = stream.try_next().await? {
            partial.write(&piece).await.map_err(named)?;
        }
        partial.finish(path).await.map_err(named)?;
        Ok(stream.received)
    }
}

/// Shows the URL without its query: the query of a signed URL is a credential.
impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Download")
            .field("url", &self.url.split('?').next().unwrap_or_default())
            .finish_non_exhaustive()
    }
}

/// The body of a download, piece by piece. It ends with an error if the connection breaks, if fewer bytes arrive than
/// were announced, or if nothing arrives for the idle timeout.
#[must_use = "streams do nothing until they are polled"]
pub struct DownloadStream {
    headers: HeaderMap,
    total: Option<u64>,
    body: BytesStream<TransportError>,
    meter: Meter,
    received: u64,
    idle_timeout: Duration,
    timer: Pin<Box<tokio::time::Sleep>>,
    shown: Exchange,
    ended: bool,
}

impl DownloadStream {
    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many bytes the server has announced.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next piece; none after the last.
    ///
    /// # Errors
    /// When the connection breaks or nothing arrives.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>> {
        std::future::poll_fn(|context| self.poll_piece(context))
            .await
            .transpose()
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = match self.body.as_mut().poll_next(context) {
            Poll::Ready(piece) => piece,
            Poll::Pending => {
                ready!(self.timer.as_mut().poll(context));
                self.ended = true;
                return Poll::Ready(Some(Err(stood_still(self.idle_timeout, &self.shown))));
            }
        };
        Poll::Ready(match piece {
            Some(Ok(bytes)) => {
                self.received = self.meter.add(bytes.len(), self.total);
                self.timer
                    .as_mut()
                    .reset(tokio::time::Instant::now() + self.idle_timeout);
                Some(Ok(bytes))
            }
            Some(Err(error)) => {
                self.ended = true;
                Some(Err(transport_failure(error, &self.shown)))
            }
            None => {
                self.ended = true;
                let short = self.total.is_some_and(|total| self.received < total);
                short.then(|| {
                    let told = "the body ended before its declared length";
                    Err(transport_failure(
                        TransportError::new(TransportErrorKind::Broken, told),
                        &self.shown,
                    ))
                })
            }
        })
    }
}

impl Stream for DownloadStream {
    type Item = Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_piece(context)
    }
}

impl fmt::Debug for DownloadStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DownloadStream")
            .field("url", &self.shown.url)
            .field("received", &self.received)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

fn stood_still(idle: Duration, shown: &Exchange) -> Error {
    let told = format!("the download stood still for {idle:?}");
    Error::Timeout(Box::new(Failure::new(told).during(shown.clone())))
}

/// A file beside its destination, removed unless it is finished.
struct PartialFile {
    file: tokio::fs::File,
    path: PathBuf,
    finished: bool,
}

impl PartialFile {
    async fn create(destination: &Path) -> io::Result<Self> {
        let name = destination
            .file_name()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{:016x}.part", super::retry::random()));
        let path = destination.with_file_name(hidden);
        let file = tokio::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .await?;
        Ok(Self {
            file,
            path,
            finished: false,
        })
    }

    async fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let file = &mut self.file;
            let written =
                std::future::poll_fn(|context| Pin::new(&mut *file).poll_write(context, bytes))
                    .await?;
            bytes = bytes.get(written..).unwrap_or_default();
        }
        Ok(())
    }

    async fn finish(mut self, destination: &Path) -> io::Result<()> {
        self.file.sync_all().await?;
        tokio::fs::rename(&self.path, destination).await?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing more can be done about a file that cannot be removed.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
