//! Answers that are not what was promised: each gives the right kind of error, with a message that helps.

#[path = "server/example.rs"]
mod example;
mod server;

use std::error::Error as _;
use std::time::{Duration, Instant};

use clientsmith_templates::runtime::json::{Decode, DecodeError, Decoder, required};
use clientsmith_templates::runtime::{Call, Core, Error, Method, RetryPolicy, read};
use example::{API, KEY, builder, core, get};
use serde_json::Value;
use server::{Reply, Server};

/// The error of one GET that gets one reply.
async fn error_of(reply: Reply) -> Error {
    let server = Server::start([reply]).await;
    let core = builder(&server)
        .retry(RetryPolicy::none())
        .build()
        .expect("valid settings");
    get(&core).value().await.expect_err("an error")
}

/// The message of an error without the part that differs from run to run.
fn told(error: &Error) -> String {
    let text = error.to_string();
    let (before, rest) = text
        .split_once("http://127.0.0.1:")
        .expect("the URL is named");
    let path = rest.find('/').expect("the path is named");
    format!("{before}{}", &rest[path..])
}

#[derive(Debug)]
struct Thing {
    items: Vec<i64>,
}

impl Decode for Thing {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut items = None;
        json.object(&mut [required("items", &mut items)])?;
        let (Some(items),) = (items,) else {
            return Err(json.incomplete());
        };
        Ok(Self { items })
    }
}

async fn thing_of(reply: Reply) -> Result<Thing, Error> {
    let server = Server::start([reply]).await;
    let core = builder(&server)
        .retry(RetryPolicy::none())
        .build()
        .expect("valid settings");
    Call::<Thing>::new(&core, Method::GET, "/v1/things", &[], read::json)
        .value()
        .await
}

#[tokio::test]
async fn an_error_status_is_told_in_the_words_of_the_api() {
    for body in [
        r#"{"message": "no such thing"}"#,
        r#"{"error": "no such thing"}"#,
        r#"{"detail": "no such thing", "code": 7}"#,
        r#"{"type": "about:blank", "title": "no such thing", "status": 404}"#,
        r#"{"error": {"code": 7, "message": "no such thing"}}"#,
        r#"{"errors": [{"detail": "no such thing"}]}"#,
        r#"{"detail": [{"loc": ["body"], "message": "no such thing"}]}"#,
    ] {
        let error = error_of(Reply::json(404, body)).await;
        assert!(matches!(error, Error::Api(_)) && error.is_not_found() && error.is_client_error());
        assert_eq!(
            told(&error),
            "GET /v1/things: 404 Not Found: no such thing",
            "{body}"
        );
        assert_eq!(error.api_message(), Some("no such thing"));
        assert_eq!(
            error.raw_body().map(|body| &body[..]),
            Some(body.as_bytes())
        );
    }
}

#[tokio::test]
async fn an_error_status_without_words_shows_the_beginning_of_its_body() {
    let error = error_of(Reply::new(400, "text/plain", "bad\r\n  request   here")).await;
    assert_eq!(
        told(&error),
        "GET /v1/things: 400 Bad Request: bad request here"
    );
    let error = error_of(Reply::json(400, r#"{"code": 7}"#)).await;
    assert_eq!(
        told(&error),
        r#"GET /v1/things: 400 Bad Request: {"code": 7}"#
    );
    let error = error_of(Reply::status(500)).await;
    assert_eq!(told(&error), "GET /v1/things: 500 Internal Server Error");
    assert!(error.is_server_error() && error.is_retryable());
    let error = error_of(Reply::new(400, "text/plain", "é".repeat(1000))).await;
    assert!(
        told(&error).ends_with("é…") && told(&error).len() < 300,
        "{error}"
    );
}

#[tokio::test]
async fn an_html_error_page_is_named_by_its_title() {
    let page =
        "<!DOCTYPE html><html><head><TITLE>502\n Bad Gateway</TITLE></head><body>…</body></html>";
    let error = error_of(Reply::new(502, "text/html; charset=utf-8", page)).await;
    assert_eq!(
        told(&error),
        "GET /v1/things: 502 Bad Gateway: an HTML page, \"502 Bad Gateway\""
    );
    assert!(error.body::<Thing>().expect("a body").is_err());
    assert_eq!(
        error.raw_body().map(|body| &body[..]),
        Some(page.as_bytes())
    );
}

#[tokio::test]
async fn a_request_id_is_part_of_the_message() {
    let error = error_of(Reply::with_headers(403, &[("X-Request-ID", "r-7")], "")).await;
    assert_eq!(
        told(&error),
        "GET /v1/things: 403 Forbidden (request id r-7)"
    );
    assert_eq!(error.request_id(), Some("r-7"));
    assert!(error.is_forbidden());
    assert_eq!(error.headers().map(|headers| headers.len()), Some(2));
}

#[tokio::test]
async fn an_empty_body_where_json_was_promised_is_a_decode_error() {
    let error = thing_of(Reply::json(200, "")).await.expect_err("an error");
    assert!(matches!(error, Error::Decode(_)) && error.is_decode() && !error.is_retryable());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(
        told(&error),
        "GET /v1/things: 200 OK, but the body is empty"
    );
}

#[tokio::test]
async fn an_empty_body_is_the_value_for_absent_where_the_type_has_one() {
    let server = Server::start([Reply::status(204), Reply::json(200, "null")]).await;
    let core = core(&server);
    let call = Call::<Option<Thing>>::new(&core, Method::GET, "/v1/things", &[], read::json);
    assert!(call.clone().value().await.expect("nothing").is_none());
    assert!(call.value().await.expect("nothing").is_none());
}

#[tokio::test]
async fn an_html_page_with_success_is_a_decode_error_that_says_so() {
    let page = "<html><head><title>Sign in</title></head></html>";
    let error = error_of(Reply::new(200, "text/html", page)).await;
    assert!(error.is_decode());
    let told = told(&error);
    assert!(
        told.starts_with("GET /v1/things: 200 OK, but the body is not the promised JSON: "),
        "{told}"
    );
    assert!(
        told.ends_with("(the server calls it text/html: an HTML page, \"Sign in\")"),
        "{told}"
    );
}

#[tokio::test]
async fn json_under_another_media_type_is_read() {
    let server = Server::start([Reply::new(200, "text/plain", "[1]")]).await;
    assert_eq!(
        get(&core(&server)).value().await.expect("a value"),
        serde_json::json!([1])
    );
}

#[tokio::test]
async fn a_wrong_type_deep_inside_names_its_path() {
    let error = thing_of(Reply::json(200, r#"{"items": [1, 2, "three"]}"#))
        .await
        .expect_err("an error");
    assert!(error.is_decode());
    assert!(error.to_string().contains("items[2]"), "{error}");
    let source = error.source().expect("a cause");
    assert!(source.is::<DecodeError>(), "{source:?}");
    let error = thing_of(Reply::json(200, r#"{"things": []}"#))
        .await
        .expect_err("an error");
    assert!(error.to_string().contains("items"), "{error}");
    assert_eq!(
        thing_of(Reply::json(200, r#"{"items": [1]}"#))
            .await
            .expect("a thing")
            .items,
        [1]
    );
}

#[tokio::test]
async fn json_that_ends_too_early_is_a_decode_error() {
    let error = error_of(Reply::json(200, r#"{"items": [1, 2"#)).await;
    assert!(error.is_decode(), "{error:?}");
    let closed =
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"items\": [1");
    let error = error_of(closed).await;
    assert!(error.is_decode(), "{error:?}");
}

#[tokio::test]
async fn a_body_shorter_than_declared_is_a_transport_error() {
    for reply in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1, 2]",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n[1]\r\n",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "not HTTP at all\r\n\r\n",
    ] {
        let error = error_of(Reply::raw(reply)).await;
        assert!(
            matches!(error, Error::Transport(_)) && error.is_retryable(),
            "{reply}: {error:?}"
        );
        assert!(!error.is_connect() && !error.is_timeout());
        assert!(
            told(&error).starts_with("GET /v1/things: the connection broke: "),
            "{error}"
        );
    }
    let error = error_of(Reply::Close).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn a_broken_error_body_does_not_hide_the_status() {
    let error = error_of(Reply::raw(
        "HTTP/1.1 401 No\r\ncontent-length: 100\r\n\r\nwho are",
    ))
    .await;
    assert!(error.is_unauthorized());
    assert_eq!(told(&error), "GET /v1/things: 401 Unauthorized: who are");
}

#[tokio::test]
async fn a_body_larger_than_the_limit_is_refused() {
    let chunk = "a".repeat(1000);
    let chunked =
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e8\r\n{chunk}\r\n0\r\n\r\n");
    let declared = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n");
    for reply in [
        declared,
        Reply::raw(chunked),
        Reply::json(200, &format!("\"{}\"", "a".repeat(99))),
    ] {
        let server = Server::start([reply]).await;
        let core = builder(&server)
            .max_body_bytes(100)
            .build()
            .expect("valid settings");
        let error = get(&core).value().await.expect_err("too large");
        assert!(
            matches!(error, Error::TooLarge(_)) && !error.is_retryable(),
            "{error:?}"
        );
        assert!(
            error.to_string().contains("limit of 100 bytes")
                && error.to_string().contains("max_body_bytes")
        );
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::start([Reply::json(200, &format!("\"{}\"", "a".repeat(98)))]).await;
    let core = builder(&server)
        .max_body_bytes(100)
        .build()
        .expect("valid settings");
    assert!(get(&core).value().await.is_ok());
}

#[tokio::test]
async fn a_huge_error_body_is_cut() {
    let server = Server::start([Reply::new(400, "text/plain", "a".repeat(3 << 20))]).await;
    let core = builder(&server)
        .max_body_bytes(100)
        .build()
        .expect("valid settings");
    let error = get(&core).value().await.expect_err("400");
    assert_eq!(error.raw_body().map(|body| body.len()), Some(1 << 20));
}

#[tokio::test]
async fn a_server_that_never_answers_is_a_timeout() {
    let stalled = Reply::Slow {
        first: b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[1".to_vec(),
        pause: Duration::from_secs(60),
        rest: Vec::new(),
    };
    for reply in [Reply::Hang, stalled] {
        let server = Server::start([reply]).await;
        let core = builder(&server)
            .timeout(Duration::from_millis(60))
            .build()
            .expect("valid settings");
        let begin = Instant::now();
        let error = get(&core).value().await.expect_err("a timeout");
        assert!(
            matches!(error, Error::Timeout(_)) && error.is_timeout() && error.is_retryable(),
            "{error:?}"
        );
        assert_eq!(
            told(&error),
            "GET /v1/things: no complete answer within 60ms"
        );
        assert!(begin.elapsed() < Duration::from_secs(5));
        assert_eq!(
            server.requests().len(),
            1,
            "a request that timed out is not repeated"
        );
    }
}

#[tokio::test]
async fn the_limit_of_a_call_goes_before_that_of_the_client() {
    let server = Server::start([Reply::Hang]).await;
    let mut call = get(&core(&server));
    call.timeout(Duration::from_millis(50));
    assert!(call.value().await.expect_err("a timeout").is_timeout());
}

#[tokio::test]
async fn nobody_listening_is_a_connection_error() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|socket| socket.local_addr())
        .expect("a port");
    let server = Server::start([]).await;
    let core = builder(&server)
        .base_url(format!("http://{free}"))
        .build()
        .expect("valid settings");
    let error = get(&core).value().await.expect_err("nobody listens");
    assert!(error.is_connect() && error.is_retryable() && error.status().is_none());
    let told = told(&error);
    assert!(
        told.starts_with("GET /v1/things: could not connect: ")
            && told.ends_with(" (after 3 attempts)"),
        "{told}"
    );
    assert!(
        told.contains("refused"),
        "the deepest cause is told: {told}"
    );
}

/// With the client that is built by default: its TLS is set up, and finds no TLS on the other side.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_server_without_tls_is_a_connection_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let base_url = format!("https://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            use tokio::io::AsyncWriteExt as _;
            stream.write_all(b"this is no TLS").await.expect("written");
        }
    });
    let core = Core::builder(&API)
        .base_url(base_url)
        .credential(&KEY, "k")
        .retry(RetryPolicy::none());
    let error = get(&core.build().expect("valid settings"))
        .value()
        .await
        .expect_err("no TLS there");
    assert!(error.is_connect(), "{error:?}");
    assert!(!error.to_string().contains("scheme"), "{error}");
}

#[tokio::test]
async fn texts_and_bytes_are_read_as_they_are() {
    let replies = [
        Reply::new(200, "text/csv", "a,b"),
        Reply::new(200, "application/zip", [0xff, 0]),
        Reply::new(200, "text/plain", [0xff, 0]),
    ];
    let server = Server::start(replies).await;
    let core = core(&server);
    let mut text = Call::new(&core, Method::GET, "/v1/things", &[], read::text);
    text.accept("text/csv");
    assert_eq!(text.clone().value().await.expect("a text"), "a,b");
    let bytes = Call::new(&core, Method::GET, "/v1/things", &[], read::bytes)
        .value()
        .await
        .expect("bytes");
    assert_eq!(&bytes[..], [0xff, 0]);
    let error = text.value().await.expect_err("not UTF-8");
    assert!(
        error.is_decode() && error.to_string().ends_with("the body is not UTF-8 text"),
        "{error}"
    );
    assert_eq!(server.requests()[0].header("accept"), Some("text/csv"));
}

#[tokio::test]
async fn nothing_secret_is_in_messages() {
    let reply = Reply::json(401, r#"{"message": "who are you"}"#);
    let server = Server::start([reply]).await;
    let mut call = get(&core(&server));
    call.query("api_key", &"secret-1");
    call.query("name", &"shown");
    call.header("x-token", &"secret-2");
    let error = call.value().await.expect_err("401");
    let shown = format!(
        "{error} {error:?} {:?} {:?}",
        error.failure(),
        error.failure().answer()
    );
    assert!(!shown.contains("secret"), "{shown}");
    assert!(
        told(&error).starts_with("GET /v1/things?api_key=[redacted]&name=shown: 401"),
        "{error}"
    );
    assert_eq!(error.failure().method(), Some(&Method::GET));
    let nested: Result<Value, Box<dyn std::error::Error + Send + Sync>> = Err(Box::new(error));
    assert!(nested.is_err());
}
