//! A transport without a network: it answers each operation with the example that the API's description gives for it.
//!
//! In: the examples of the emitted code, and the replies that a test sets. Out: answers, and the requests that were made.
//! It knows nothing of what an answer means.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::transport::{
    Body, IncomingResponse, OutgoingRequest, Transport, TransportError, TransportErrorKind,
    TransportFuture, next_piece,
};

/// What the API's description shows as the answer to an operation.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The HTTP method: `GET`.
    pub method: &'static str,
    /// The path template: `/v1/projects/{project_id}`.
    pub path: &'static str,
    /// The status.
    pub status: u16,
    /// The media type of the body; empty where there is none.
    pub media_type: &'static str,
    /// The body.
    pub body: &'static str,
}

/// Answers requests from examples and from replies that a test sets, and remembers the requests. A clone shares both.
///
/// A request is matched by its method and its path alone, on whatever host: what has the most segments in common with the path answers,
/// a reply before an example. A request that nothing matches is answered with 404.
#[derive(Debug, Clone)]
pub struct Mock {
    examples: &'static [Example],
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    replies: Vec<Reply>,
    requests: Vec<MockRequest>,
}

#[derive(Debug, Clone)]
struct Reply {
    method: Method,
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// A request that a [`Mock`] was sent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MockRequest {
    /// The HTTP method.
    pub method: Method,
    /// The absolute URL.
    pub url: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Mock {
    /// Answers from these examples.
    #[must_use]
    pub fn new(examples: &'static [Example]) -> Self {
        Self {
            examples,
            state: Arc::default(),
        }
    }

    /// Answers a method and a path, with `{…}` for segments of any text, with this JSON instead of the example. Several replies to the
    /// same method and path are given in turn; the last one stays.
    #[must_use]
    pub fn reply(
        self,
        method: Method,
        path: &str,
        status: StatusCode,
        json: impl Into<Bytes>,
    ) -> Self {
        self.push(method, path, status, "application/json", json.into())
    }

    /// As [`Mock::reply`], with a body that is not JSON.
    #[must_use]
    pub fn reply_bytes(
        self,
        method: Method,
        path: &str,
        status: StatusCode,
        body: impl Into<Bytes>,
    ) -> Self {
        self.push(
            method,
            path,
            status,
            "application/octet-stream",
            body.into(),
        )
    }

    fn push(
        self,
        method: Method,
        path: &str,
        status: StatusCode,
        media_type: &'static str,
        body: Bytes,
    ) -> Self {
        let headers = headers(media_type);
        self.state().replies.push(Reply {
            method,
            path: path.to_owned(),
            status,
            headers,
            body,
        });
        self
    }

    /// The requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<MockRequest> {
        self.state().requests.clone()
    }

    /// What is shared is whole after each change, so a panic elsewhere while it was locked does no harm.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: MockRequest) -> IncomingResponse {
        let path = path_of(&request.url);
        let method = request.method.clone();
        let example = self
            .examples
            .iter()
            .filter(|example| example.method == method.as_str())
            .filter_map(|example| Some((literals(example.path, &path)?, example)))
            .max_by_key(|(literals, _)| *literals);
        let mut state = self.state();
        state.requests.push(request);
        let replies = state.replies.iter().enumerate();
        let matching: Vec<(usize, usize)> = replies
            .filter(|(_, reply)| reply.method == method)
            .filter_map(|(index, reply)| Some((literals(&reply.path, &path)?, index)))
            .collect();
        let most = matching.iter().map(|(literals, _)| *literals).max();
        let mut best = matching
            .iter()
            .filter(|(literals, _)| Some(*literals) == most);
        if let Some((literals, index)) = best.next()
            && example.is_none_or(|(others, _)| *literals >= others)
        {
            let is_last = best.next().is_none();
            let reply = if is_last {
                state.replies.get(*index).cloned()
            } else {
                Some(state.replies.remove(*index))
            };
            if let Some(Reply {
                status,
                headers,
                body,
                ..
            }) = reply
            {
                return IncomingResponse::new(status, headers, body);
            }
        }
        match example {
            Some((_, example)) => IncomingResponse::new(
                StatusCode::from_u16(example.status).unwrap_or(StatusCode::OK),
                headers(example.media_type),
                example.body,
            ),
            None => IncomingResponse::new(StatusCode::NOT_FOUND, HeaderMap::new(), ""),
        }
    }
}

impl Transport for Mock {
    fn send(&self, request: OutgoingRequest) -> TransportFuture<'_> {
        Box::pin(async move {
            let body = collect(request.body).await?;
            let (method, url, headers) = (request.method, request.url.into(), request.headers);
            Ok(self.answer(MockRequest {
                method,
                url,
                headers,
                body,
            }))
        })
    }
}

async fn collect(body: Body) -> Result<Bytes, TransportError> {
    match body {
        Body::Empty => Ok(Bytes::new()),
        Body::Bytes(bytes) => Ok(bytes),
        Body::Stream { mut stream, .. } => {
            let mut whole = Vec::new();
            while let Some(piece) = next_piece(&mut stream).await {
                let piece = piece
                    .map_err(|error| TransportError::new(TransportErrorKind::RequestBody, error))?;
                whole.extend_from_slice(&piece);
            }
            Ok(whole.into())
        }
    }
}

fn headers(media_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if !media_type.is_empty()
        && let Ok(value) = HeaderValue::from_str(media_type)
    {
        headers.insert(CONTENT_TYPE, value);
    }
    headers
}

fn path_of(url: &str) -> String {
    url::Url::parse(url)
        .map(|url| url.path().to_owned())
        .unwrap_or_default()
}

/// How many segments a path and a template have in common to the letter, if the path fits the template. They are compared from the end:
/// a base URL may have a path of its own in front.
fn literals(template: &str, path: &str) -> Option<usize> {
    let mut path = path.rsplit('/');
    let mut literals = 0;
    for expected in template.trim_start_matches('/').rsplit('/') {
        let segment = path.next().filter(|segment| !segment.is_empty())?;
        if expected == segment {
            literals += 1;
        } else if !(expected.starts_with('{') && expected.ends_with('}')) {
            return None;
        }
    }
    Some(literals)
}
