//! A real HTTP server for tests: canned replies in order, every request recorded as it came over the wire.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The request line and headers, as they were sent.
    pub head: String,
    /// The body, chunks joined.
    pub body: Vec<u8>,
}

impl Recorded {
    /// Method and target: `GET /v1/x?y=z`.
    pub fn line(&self) -> &str {
        self.head
            .lines()
            .next()
            .and_then(|line| line.strip_suffix(" HTTP/1.1"))
            .expect("a request line")
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body of text")
    }
}

/// What the server does with one request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Writes these bytes; closes the connection if asked to.
    Raw { bytes: Vec<u8>, close: bool },
    /// Writes these bytes, waits, and writes the others.
    Slow {
        first: Vec<u8>,
        pause: Duration,
        rest: Vec<u8>,
    },
    /// Closes the connection without a word.
    Close,
    /// Never answers.
    Hang,
}

impl Reply {
    pub fn new(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Self {
        Self::with_headers(status, &[("content-type", content_type)], body)
    }

    pub fn json(status: u16, body: &str) -> Self {
        Self::new(status, "application/json", body)
    }

    pub fn status(status: u16) -> Self {
        Self::with_headers(status, &[], "")
    }

    pub fn with_headers(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = format!("HTTP/1.1 {status} Whatever\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        if status != 204 && status != 304 {
            bytes.extend_from_slice(format!("content-length: {}\r\n", body.len()).as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(body);
        Self::Raw {
            bytes,
            close: false,
        }
    }

    /// Raw bytes, after which the connection is closed.
    pub fn raw(bytes: impl AsRef<[u8]>) -> Self {
        Self::Raw {
            bytes: bytes.as_ref().to_vec(),
            close: true,
        }
    }

    pub fn redirect(status: u16, location: &str) -> Self {
        Self::with_headers(status, &[("location", location)], "")
    }
}

/// A running server; it stops with the test's runtime.
pub struct Server {
    address: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
}

impl Server {
    /// Starts a server that gives these replies, one for each request.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a local address").to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let replies = Arc::new(Mutex::new(replies.into_iter().collect()));
        let server = Self {
            address,
            requests: Arc::clone(&requests),
            replies: Arc::clone(&replies),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&requests), Arc::clone(&replies)));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Under another name of the same machine: another host for the client.
    pub fn url_on_other_host(&self) -> String {
        format!("http://{}", self.address.replace("127.0.0.1", "localhost"))
    }

    pub fn push(&self, reply: Reply) {
        self.replies
            .lock()
            .expect("no panic in the server")
            .push_back(reply);
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.requests
            .lock()
            .expect("no panic in the server")
            .clone()
    }

    /// The only request.
    pub fn request(&self) -> Recorded {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "one request was expected: {requests:#?}");
        requests.into_iter().next().expect("counted above")
    }

    /// Methods and targets of all requests.
    pub fn lines(&self) -> Vec<String> {
        self.requests()
            .iter()
            .map(|request| request.line().to_owned())
            .collect()
    }
}

async fn serve(
    mut stream: TcpStream,
    requests: Arc<Mutex<Vec<Recorded>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
) {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await {
        requests
            .lock()
            .expect("no panic in the server")
            .push(request);
        let reply = replies.lock().expect("no panic in the server").pop_front();
        let reply = reply.unwrap_or_else(|| {
            Reply::json(500, r#"{"message": "the script has no more replies"}"#)
        });
        match reply {
            Reply::Raw { bytes, close } => {
                if stream.write_all(&bytes).await.is_err() || close {
                    break;
                }
            }
            Reply::Slow { first, pause, rest } => {
                if stream.write_all(&first).await.is_err() {
                    break;
                }
                tokio::time::sleep(pause).await;
                if stream.write_all(&rest).await.is_err() {
                    break;
                }
            }
            Reply::Close => break,
            Reply::Hang => std::future::pending().await,
        }
    }
    let _ = stream.shutdown().await;
}

async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Recorded> {
    let end = loop {
        if let Some(end) = find(buffer, b"\r\n\r\n") {
            break end;
        }
        more(stream, buffer).await?;
    };
    let head = String::from_utf8(buffer[..end].to_vec()).expect("headers of ASCII");
    buffer.drain(..end + 4);
    let mut recorded = Recorded {
        head,
        body: Vec::new(),
    };
    if recorded.header("transfer-encoding") == Some("chunked") {
        loop {
            let line_end = loop {
                if let Some(line_end) = find(buffer, b"\r\n") {
                    break line_end;
                }
                more(stream, buffer).await?;
            };
            let size =
                usize::from_str_radix(std::str::from_utf8(&buffer[..line_end]).ok()?, 16).ok()?;
            while buffer.len() < line_end + 2 + size + 2 {
                more(stream, buffer).await?;
            }
            recorded
                .body
                .extend_from_slice(&buffer[line_end + 2..line_end + 2 + size]);
            buffer.drain(..line_end + 2 + size + 2);
            if size == 0 {
                return Some(recorded);
            }
        }
    }
    let length = recorded
        .header("content-length")
        .map_or(0, |length| length.parse().expect("a length"));
    while buffer.len() < length {
        more(stream, buffer).await?;
    }
    recorded.body = buffer.drain(..length).collect();
    Some(recorded)
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0; 16 * 1024];
    let count = stream
        .read(&mut piece)
        .await
        .ok()
        .filter(|count| *count > 0)?;
    buffer.extend_from_slice(&piece[..count]);
    Some(())
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
