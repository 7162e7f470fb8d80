//! The server of the wire tests: it must not change what it is sent, nor break what it replies.

use clientsmith_tests::server::{Reply, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn exchange(server: &Server, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.host())
        .await
        .expect("the server listens");
    stream.write_all(sent).await.expect("the server reads");
    stream.shutdown().await.expect("the connection is open");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .await
        .expect("the answer is text");
    answer
}

#[tokio::test]
async fn a_request_is_kept_byte_for_byte() {
    let server = Server::replying([Reply::json(200, "{}")]).await;
    let answer = exchange(&server, b"PUT /a%2Cb?c=d,e%20f HTTP/1.1\r\nHost: x\r\nX-B: 2\r\nx-a: 1\r\ncontent-length: 4\r\n\r\n\r\n\r\n").await;
    assert_eq!(
        answer,
        "HTTP/1.1 200 Scripted\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
    );
    let request = server.request();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("PUT", "/a%2Cb?c=d,e%20f")
    );
    let headers: Vec<(&str, &str)> = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        headers,
        [
            ("Host", "x"),
            ("X-B", "2"),
            ("x-a", "1"),
            ("content-length", "4")
        ]
    );
    assert_eq!(request.body, b"\r\n\r\n");
}

#[tokio::test]
async fn chunks_are_joined_and_connections_used_again() {
    let server = Server::replying([Reply::empty(204), Reply::text(200, "hello").chunked(2)]).await;
    let sent = b"POST /1 HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nB\r\n0123456789\n\r\n0\r\n\r\nGET /2 HTTP/1.1\r\n\r\n";
    let answer = exchange(&server, sent).await;
    assert!(
        answer.starts_with("HTTP/1.1 204 Scripted\r\n\r\nHTTP/1.1 200 Scripted\r\n"),
        "{answer:?}"
    );
    assert!(
        answer.ends_with("\r\n\r\n2\r\nhe\r\n2\r\nll\r\n1\r\no\r\n0\r\n\r\n"),
        "{answer:?}"
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].body, b"abc0123456789\n");
    assert_eq!(
        (requests[1].target.as_str(), requests[1].body.len()),
        ("/2", 0)
    );
}

#[tokio::test]
async fn broken_replies_are_broken_as_asked() {
    let server = Server::replying([Reply::json(200, "{\"a\"").truncated(7), Reply::closed()]).await;
    let answer = exchange(&server, b"GET / HTTP/1.1\r\n\r\n").await;
    assert!(
        answer.ends_with("content-length: 11\r\n\r\n{\"a\""),
        "{answer:?}"
    );
    assert_eq!(exchange(&server, b"GET / HTTP/1.1\r\n\r\n").await, "");
    let answer = exchange(&server, b"GET / HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 599"), "{answer:?}");
}
