//! Streams of events and of JSON lines: cut exactly, typed, bounded, and ended as the standards say.

#[path = "server/example.rs"]
mod example;
mod server;

use std::time::Duration;

use clientsmith_templates::runtime::stream::{EventStream, ItemStream, StreamFuture};
use clientsmith_templates::runtime::{Core, Error, Method, RetryPolicy, read};
use example::{builder, call, core, get};
use futures_util::TryStreamExt as _;
use serde_json::{Value, json};
use server::{Reply, Server};

const EVENTS: &str = "text/event-stream";

/// Bodies of events as a chunk for each part: what is one event may arrive in many pieces.
fn chunked(content_type: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n"
    )
    .into_bytes();
    for part in parts {
        bytes.extend_from_slice(format!("{:x}\r\n", part.len()).as_bytes());
        bytes.extend_from_slice(part);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

/// The body whole.
fn stream_of(content_type: &str, parts: &[&[u8]]) -> Reply {
    let mut bytes = chunked(content_type, parts);
    bytes.extend_from_slice(b"0\r\n\r\n");
    Reply::Raw {
        bytes,
        close: false,
    }
}

fn texts(core: &Core) -> StreamFuture<EventStream<String>> {
    StreamFuture::new(get(core), EVENTS, read::text)
}

fn values(core: &Core) -> StreamFuture<EventStream<Value>> {
    StreamFuture::new(get(core), EVENTS, read::json)
}

fn items(core: &Core) -> StreamFuture<ItemStream<Value>> {
    StreamFuture::new(get(core), "application/jsonl", read::json)
}

/// Kind, identifier and data of each event of a body.
async fn events_of(parts: &[&[u8]]) -> Vec<(String, Option<String>, String)> {
    let server = Server::start([stream_of(EVENTS, parts)]).await;
    let stream = texts(&core(&server)).await.expect("a stream");
    let events: Vec<_> = stream.try_collect().await.expect("events");
    events
        .into_iter()
        .map(|event| (event.event, event.id, event.data))
        .collect()
}

fn event(event: &str, id: Option<&str>, data: &str) -> (String, Option<String>, String) {
    (event.to_owned(), id.map(str::to_owned), data.to_owned())
}

#[tokio::test]
async fn the_examples_of_the_standard() {
    let found =
        events_of(&[b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n"]).await;
    assert_eq!(
        found,
        [
            event("message", Some("1"), "first event"),
            event("message", None, "second event"),
        ],
        "the third is cut off, so it is none"
    );
    let found = events_of(&[b"data\n\ndata\ndata\n\ndata:"]).await;
    assert_eq!(
        found,
        [event("message", None, ""), event("message", None, "\n")]
    );
    let found = events_of(&[b"data:test\n\ndata: test\n\n"]).await;
    assert_eq!(
        found,
        [
            event("message", None, "test"),
            event("message", None, "test")
        ]
    );
    let found = events_of(&[b"data: YHOO\ndata: +2\ndata: 10\n\n"]).await;
    assert_eq!(found, [event("message", None, "YHOO\n+2\n10")]);
}

#[tokio::test]
async fn line_ends_of_every_kind_wherever_the_pieces_end() {
    let body = "\u{feff}event: add\r\ndata: ä\r\n\r\ndata: 2\rid: x\r\revent: gone\n\ndata: 3\n\nother: y\nid: a\0b\n:data: no\ndata: 4\n\n";
    let expected = [
        event("add", None, "ä"),
        event("message", Some("x"), "2"),
        event("message", Some("x"), "3"),
        event("message", Some("x"), "4"),
    ];
    assert_eq!(events_of(&[body.as_bytes()]).await, expected);
    let bytes: Vec<&[u8]> = body.as_bytes().chunks(1).collect();
    assert_eq!(events_of(&bytes).await, expected);
}

#[tokio::test]
async fn a_second_byte_order_mark_and_bytes_that_are_no_text_stay_in_their_place() {
    let found = events_of(&[b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\ndata: \xff\n\n"]).await;
    assert_eq!(
        found,
        [
            event("message", None, "a"),
            event("message", None, "\u{fffd}")
        ]
    );
}

#[tokio::test]
async fn the_request_asks_for_events_and_data_is_typed() {
    let reply = stream_of(
        EVENTS,
        &[b"retry: 250\nid: 7\ndata: {\"a\": 1}\n\ndata: [DONE]\n\ndata: 5\n\n"],
    );
    let server = Server::start([reply]).await;
    let mut stream = values(&core(&server)).await.expect("a stream");
    assert_eq!(stream.status(), 200);
    let event = stream.try_next().await.expect("read").expect("an event");
    assert_eq!(event.data, json!({"a": 1}));
    assert_eq!(stream.last_event_id(), Some("7"));
    assert_eq!(stream.reconnection_time(), Some(Duration::from_millis(250)));
    assert!(
        stream.try_next().await.expect("the end").is_none(),
        "[DONE]"
    );
    assert!(stream.try_next().await.expect("the end").is_none());
    let request = server.request();
    assert_eq!(request.header("accept"), Some(EVENTS));
    assert_eq!(request.header("x-api-key"), Some("secret-key"));
}

#[tokio::test]
async fn data_of_another_type_costs_only_its_event() {
    let reply = stream_of(EVENTS, &[b"data: {\n\ndata: 2\n\n"]);
    let server = Server::start([reply]).await;
    let mut stream = values(&core(&server)).await.expect("a stream");
    let error = stream.try_next().await.expect_err("no JSON");
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.raw_body().map(AsRef::as_ref), Some(b"{".as_slice()));
    let event = stream.try_next().await.expect("read").expect("an event");
    assert_eq!(event.data, json!(2));
}

#[tokio::test]
async fn an_error_status_is_one_as_ever_and_the_beginning_is_tried_again() {
    let server = Server::start([
        Reply::status(503),
        Reply::json(404, r#"{"message": "no such thing"}"#),
    ])
    .await;
    let error = values(&core(&server)).await.expect_err("404");
    assert!(error.is_not_found());
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.api_message(), Some("no such thing"));
    let body: Value = error.body().expect("a body").expect("JSON");
    assert_eq!(body, json!({"message": "no such thing"}));
}

#[tokio::test]
async fn an_answer_that_is_no_stream_of_events_is_told() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let error = values(&core(&server)).await.expect_err("JSON");
    assert!(error.is_decode());
    let told = error.to_string();
    assert!(
        told.contains("the answer is application/json, not a stream of events"),
        "{told}"
    );
}

#[tokio::test]
async fn a_stream_that_stands_still_or_breaks_ends_with_an_error() {
    let first = chunked(EVENTS, &[b"data: 1\n\n"]);
    let server = Server::start([
        Reply::Slow {
            first: first.clone(),
            pause: Duration::from_secs(30),
            rest: Vec::new(),
        },
        Reply::raw(first),
    ])
    .await;
    let core = builder(&server)
        .timeout(Duration::from_millis(1))
        .retry(RetryPolicy::none())
        .build()
        .expect("valid settings");
    // The time limit is for the beginning, the idle timeout for what follows.
    let mut call = get(&core);
    call.timeout(Duration::from_secs(10));
    let stream: StreamFuture<EventStream<Value>> = StreamFuture::new(call, EVENTS, read::json);
    let mut stream = stream
        .await
        .expect("a stream")
        .with_idle_timeout(Duration::from_millis(50));
    assert!(stream.try_next().await.expect("read").is_some());
    // Time that the caller takes is none in which the server stands still.
    let error = stream.try_next().await.expect_err("nothing comes");
    assert!(error.is_timeout(), "{error:?}");
    assert!(
        error
            .to_string()
            .contains("the stream stood still for 50ms")
    );
    assert!(stream.try_next().await.expect("the end").is_none());

    let mut call = get(&core);
    call.timeout(Duration::from_secs(10));
    let stream: StreamFuture<EventStream<Value>> = StreamFuture::new(call, EVENTS, read::json);
    let mut stream = stream.await.expect("a stream");
    assert!(stream.try_next().await.expect("read").is_some());
    let error = stream.try_next().await.expect_err("broken");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(stream.try_next().await.expect("the end").is_none());
}

#[tokio::test]
async fn no_answer_within_the_time_limit() {
    let server = Server::start([Reply::Hang]).await;
    let mut call = get(&core(&server));
    call.timeout(Duration::from_millis(50));
    let stream: StreamFuture<EventStream<Value>> = StreamFuture::new(call, EVENTS, read::json);
    let error = stream.await.expect_err("nothing comes");
    assert!(error.is_timeout());
    assert!(error.to_string().contains("no answer began within 50ms"));
}

#[tokio::test]
async fn a_part_beyond_the_limit_is_refused_not_a_stream_beyond_it() {
    let endless: &[u8] = &[b'1'; 400];
    let server = Server::start([
        stream_of(EVENTS, &[b"data: 1\n\n".as_slice(); 500]),
        stream_of("application/jsonl", &[endless; 5]),
    ])
    .await;
    let core = builder(&server)
        .max_body_bytes(1000)
        .build()
        .expect("valid settings");
    let stream = texts(&core).await.expect("a stream");
    let events: Vec<_> = stream.try_collect().await.expect("small events");
    assert_eq!(events.len(), 500);
    let mut lines = items(&core).await.expect("a stream");
    let error = lines.try_next().await.expect_err("too large");
    assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
    assert!(lines.try_next().await.expect("the end").is_none());
}

#[tokio::test]
async fn json_lines_blank_lines_and_a_last_line_without_end() {
    let body = b"{\"a\": 1}\n\r\n  \n[2]\r\n\"\\n\"\nnope\n4";
    let server = Server::start([
        stream_of("application/x-ndjson", &[body]),
        stream_of("application/x-ndjson", &body.chunks(1).collect::<Vec<_>>()),
    ])
    .await;
    let core = core(&server);
    for _ in 0..2 {
        let mut stream = items(&core).await.expect("a stream");
        let mut next = async || stream.try_next().await;
        assert_eq!(next().await.expect("read"), Some(json!({"a": 1})));
        assert_eq!(next().await.expect("read"), Some(json!([2])));
        assert_eq!(next().await.expect("read"), Some(json!("\n")));
        assert!(next().await.expect_err("no JSON").is_decode());
        assert_eq!(next().await.expect("read"), Some(json!(4)));
        assert_eq!(next().await.expect("the end"), None);
    }
    assert_eq!(
        server.requests()[0].header("accept"),
        Some("application/jsonl")
    );
}

#[tokio::test]
async fn records_of_a_sequence_may_hold_line_feeds() {
    let body = b"\x1e{\n \"a\": \"}\\\"\"\n}\n\x1e1\n\x1e[1,\x1e\"whole\"";
    let server = Server::start([
        stream_of("application/json-seq", &[body]),
        stream_of("application/json-seq", &body.chunks(1).collect::<Vec<_>>()),
    ])
    .await;
    let core = core(&server);
    for _ in 0..2 {
        let stream: StreamFuture<ItemStream<Value>> =
            StreamFuture::new(get(&core), "application/json-seq", read::json);
        let mut stream = stream.await.expect("a stream");
        let mut next = async || stream.try_next().await;
        assert_eq!(next().await.expect("read"), Some(json!({"a": "}\""})));
        assert_eq!(next().await.expect("read"), Some(json!(1)));
        assert!(next().await.expect_err("cut off").is_decode());
        assert_eq!(next().await.expect("read"), Some(json!("whole")));
        assert_eq!(next().await.expect("the end"), None);
    }
}

#[tokio::test]
async fn a_record_is_given_before_the_next_one_comes() {
    let first = chunked("application/json-seq", &[b"\x1e{\"a\":\n1}\n"]);
    let server = Server::start([Reply::Slow {
        first,
        pause: Duration::from_secs(30),
        rest: Vec::new(),
    }])
    .await;
    let core = core(&server);
    let stream: StreamFuture<ItemStream<Value>> = StreamFuture::new(
        call(&core, Method::POST),
        "application/json-seq",
        read::json,
    );
    let mut stream = stream.await.expect("a stream");
    let found = tokio::time::timeout(Duration::from_secs(5), stream.try_next()).await;
    let found = found.expect("in time").expect("read");
    assert_eq!(found, Some(json!({"a": 1})));
}
