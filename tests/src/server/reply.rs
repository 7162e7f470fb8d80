//! A reply of the script: well-formed, or broken in one of the ways in which servers break.

use std::time::Duration;

/// What the server does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    manner: Manner,
    delay: Duration,
}

/// How a reply is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// With `Content-Length`.
    Whole,
    /// In chunks of at most this many bytes.
    Chunked(usize),
    /// With a `Content-Length` that promises this many bytes more than come before the connection is closed.
    Truncated(usize),
    /// The connection is closed without a byte.
    Closed,
    /// Nothing is sent, and the connection stays open.
    Silent,
}

impl Reply {
    /// A reply with a body of a media type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self {
            status,
            headers,
            body: body.into(),
            manner: Manner::Whole,
            delay: Duration::ZERO,
        }
    }

    /// JSON.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json", body)
    }

    /// Plain text.
    pub fn text(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body)
    }

    /// A page for people.
    pub fn html(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "text/html; charset=utf-8", body)
    }

    /// No body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            manner: Manner::Whole,
            delay: Duration::ZERO,
        }
    }

    /// A redirect.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::empty(status).header("location", location)
    }

    /// No reply: the connection is closed.
    pub fn closed() -> Self {
        Self {
            manner: Manner::Closed,
            ..Self::empty(0)
        }
    }

    /// No reply, ever.
    pub fn silent() -> Self {
        Self {
            manner: Manner::Silent,
            ..Self::empty(0)
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends the body in chunks of at most so many bytes.
    #[must_use]
    pub fn chunked(self, bytes: usize) -> Self {
        Self {
            manner: Manner::Chunked(bytes.max(1)),
            ..self
        }
    }

    /// Promises so many bytes more than it sends, and then closes the connection.
    #[must_use]
    pub fn truncated(self, missing: usize) -> Self {
        Self {
            manner: Manner::Truncated(missing),
            ..self
        }
    }

    /// Waits before the first byte.
    #[must_use]
    pub fn delayed(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    pub(super) fn delay(&self) -> Duration {
        self.delay
    }

    pub(super) fn is_silent(&self) -> bool {
        self.manner == Manner::Silent
    }

    /// Whether the connection is closed afterwards.
    pub(super) fn closes(&self) -> bool {
        matches!(self.manner, Manner::Truncated(_) | Manner::Closed)
    }

    /// The bytes that are sent.
    pub(super) fn bytes(&self) -> Vec<u8> {
        if matches!(self.manner, Manner::Closed | Manner::Silent) {
            return Vec::new();
        }
        let mut text = format!("HTTP/1.1 {} Scripted\r\n", self.status);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        match self.manner {
            Manner::Chunked(_) => text.push_str("transfer-encoding: chunked\r\n"),
            Manner::Truncated(missing) => text.push_str(&format!(
                "content-length: {}\r\n",
                self.body.len() + missing
            )),
            _ if self.status == 204 || self.status == 304 => {}
            _ => text.push_str(&format!("content-length: {}\r\n", self.body.len())),
        }
        text.push_str("\r\n");
        let mut bytes = text.into_bytes();
        if let Manner::Chunked(size) = self.manner {
            for chunk in self.body.chunks(size) {
                bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
                bytes.extend(chunk);
                bytes.extend(b"\r\n");
            }
            bytes.extend(b"0\r\n\r\n");
        } else {
            bytes.extend(&self.body);
        }
        bytes
    }
}
