//! One connection: reads requests to their last byte and writes the replies of the script.

use std::future::pending;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::{Request, Script};

/// Serves a connection until either side closes it.
pub(super) async fn serve(mut stream: TcpStream, script: Arc<Script>) {
    let mut received = Vec::new();
    while let Ok(Some(request)) = read(&mut stream, &mut received).await {
        let is_head = request.method == "HEAD";
        let reply = script.answer(request);
        sleep(reply.delay()).await;
        if reply.is_silent() {
            pending::<()>().await;
        }
        let mut bytes = reply.bytes();
        if is_head && let Some(end) = position(&bytes, b"\r\n\r\n") {
            bytes.truncate(end + 4);
        }
        if stream.write_all(&bytes).await.is_err() || reply.closes() {
            break;
        }
    }
    let _closed_already = stream.shutdown().await;
}

/// Reads the next request. None when the client has closed the connection.
async fn read(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let end = loop {
        if let Some(end) = position(received, b"\r\n\r\n") {
            break end;
        }
        if !more(stream, received).await? {
            return Ok(None);
        }
    };
    let head: Vec<u8> = received.drain(..end + 4).collect();
    let mut request = Request::from_head(&head).ok_or_else(|| malformed("no HTTP/1.1 request"))?;
    request.body = match (
        request.header("transfer-encoding"),
        request.header("content-length"),
    ) {
        (Some(_), Some(_)) => return Err(malformed("both a length and a transfer coding")),
        (Some("chunked"), None) => chunks(stream, received).await?,
        (Some(_), None) => return Err(malformed("an unknown transfer coding")),
        (None, Some(length)) => {
            let length = length
                .parse()
                .map_err(|_| malformed("a length that is no number"))?;
            exactly(stream, received, length).await?
        }
        (None, None) => Vec::new(),
    };
    Ok(Some(request))
}

/// Reads a chunked body up to and with its last chunk.
async fn chunks(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = position(received, b"\r\n") {
                break end;
            }
            if !more(stream, received).await? {
                return Err(malformed("the end of the connection inside a body"));
            }
        };
        let line: Vec<u8> = received.drain(..end + 2).collect();
        let size = std::str::from_utf8(&line)
            .ok()
            .and_then(|line| usize::from_str_radix(line.trim(), 16).ok());
        let size = size.ok_or_else(|| malformed("a chunk without a size"))?;
        body.extend(exactly(stream, received, size).await?);
        exactly(stream, received, 2).await?;
        if size == 0 {
            return Ok(body);
        }
    }
}

/// Takes so many bytes.
async fn exactly(
    stream: &mut TcpStream,
    received: &mut Vec<u8>,
    length: usize,
) -> io::Result<Vec<u8>> {
    while received.len() < length {
        if !more(stream, received).await? {
            return Err(malformed("the end of the connection inside a body"));
        }
    }
    Ok(received.drain(..length).collect())
}

/// Receives more bytes. False when there are no more.
async fn more(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<bool> {
    Ok(stream.read_buf(received).await? > 0)
}

fn position(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes
        .windows(sought.len())
        .position(|window| window == sought)
}

fn malformed(fault: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, fault)
}
