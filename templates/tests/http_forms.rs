//! Bodies of form fields and of parts as they come over the wire, byte for byte.

#[path = "server/example.rs"]
mod example;
mod server;

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use clientsmith_templates::runtime::json::{Encode, Encoder, Field};
use clientsmith_templates::runtime::{
    Bytes, Call, Error, File, FileOr, FormStyle, Method, PartStyle, UploadBody, read,
};
use example::core;
use futures_core::Stream;
use serde_json::json;
use server::{Recorded, Reply, Server};

async fn send(
    replies: impl IntoIterator<Item = Reply>,
    prepare: impl FnOnce(&mut Call<()>),
) -> (Vec<Recorded>, Result<(), Error>) {
    let server = Server::start(replies).await;
    let mut call = Call::new(&core(&server), Method::PUT, "/v1/things", &[], read::empty);
    prepare(&mut call);
    let outcome = call.value().await;
    (server.requests(), outcome)
}

async fn sent(prepare: impl FnOnce(&mut Call<()>)) -> Recorded {
    let (requests, outcome) = send([Reply::status(204)], prepare).await;
    outcome.expect("sent");
    requests.into_iter().next().expect("a request")
}

async fn form(body: &dyn Encode, styles: &[(&str, FormStyle)]) -> String {
    let request = sent(|call| call.form(body, styles)).await;
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    request.text().to_owned()
}

/// An object as it is emitted: its properties in the order of the document.
struct Object(Vec<(&'static str, Box<dyn Encode>)>);

impl Encode for Object {
    fn encode(&self, json: &mut Encoder) {
        let entries: Vec<(&str, &dyn Encode)> =
            self.0.iter().map(|(key, value)| (*key, &**value)).collect();
        json.object(&entries);
    }
}

fn object<const N: usize>(entries: [(&'static str, Box<dyn Encode>); N]) -> Object {
    Object(entries.into())
}

#[tokio::test]
async fn scalars_are_written_as_they_are_and_what_is_not_there_is_left_out() {
    let body = object([
        ("z", Box::new("a b&c=d+é\n*-._~".to_owned())),
        ("number", Box::new(1.5)),
        ("yes", Box::new(true)),
        ("none", Box::new(None::<String>)),
        ("null", Box::new(Field::<String>::Null)),
        ("absent", Box::new(Field::<String>::Absent)),
        ("empty", Box::new(String::new())),
        ("a[b]", Box::new(7)),
    ]);
    assert_eq!(
        form(&body, &[]).await,
        "z=a+b%26c%3Dd%2B%C3%A9%0A*-._%7E&number=1.5&yes=true&empty=&a%5Bb%5D=7"
    );
    assert_eq!(form(&json!({}), &[]).await, "");
}

#[tokio::test]
async fn lists_and_objects_follow_their_style() {
    let body = json!({"e": [], "l": ["a,b", 2, null], "o": {"x": "1", "y": {"z": [true]}}});
    for (style, expected) in [
        (
            None,
            "l=a%2Cb&l=2&o=%7B%22x%22%3A%221%22%2C%22y%22%3A%7B%22z%22%3A%5Btrue%5D%7D%7D",
        ),
        (
            Some(FormStyle::Exploded),
            "l=a%2Cb&l=2&x=1&y=%7B%22z%22%3A%5Btrue%5D%7D",
        ),
        (
            Some(FormStyle::Joined('|')),
            "l=a%2Cb%7C2&o=x%7C1%7Cy%7C%7B%22z%22%3A%5Btrue%5D%7D",
        ),
        (
            Some(FormStyle::Deep),
            "l%5B0%5D=a%2Cb&l%5B1%5D=2&o%5Bx%5D=1&o%5By%5D%5Bz%5D%5B0%5D=true",
        ),
        (
            Some(FormStyle::Json),
            "e=%5B%5D&l=%5B%22a%2Cb%22%2C2%2Cnull%5D&o=%7B%22x%22%3A%221%22%2C%22y%22%3A%7B%22z%22%3A%5Btrue%5D%7D%7D",
        ),
    ] {
        let styles = style.map(|style| ["e", "l", "o"].map(|name| (name, style)));
        let written = form(&body, styles.as_ref().map_or(&[], |styles| &styles[..])).await;
        assert_eq!(written, expected, "{style:?}");
    }
}

#[tokio::test]
async fn a_body_without_properties_is_not_sent() {
    for prepare in [
        |call: &mut Call<()>| call.form(&json!([1]), &[]),
        |call: &mut Call<()>| call.multipart(&json!("text"), &[]),
        |call: &mut Call<()>| {
            let file = File::new("a", Bytes::new()).with_content_type("a\r\nb: c");
            call.multipart(&object([("file", Box::new(file))]), &[]);
        },
        |call: &mut Call<()>| {
            let file = File::new("a", Bytes::new()).with_header("b c", "d");
            call.multipart(&object([("file", Box::new(file))]), &[]);
        },
    ] {
        let (requests, outcome) = send([Reply::status(204)], prepare).await;
        assert!(matches!(outcome, Err(Error::Request(_))), "{outcome:?}");
        assert_eq!(requests.len(), 0);
    }
}

/// The body with its boundary, which is random, as `BOUNDARY`.
fn parts(request: &Recorded) -> String {
    let content_type = request.header("content-type").expect("a media type");
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a boundary");
    assert_eq!(boundary.len(), 32);
    assert_eq!(
        request.header("content-length"),
        Some(request.body.len().to_string().as_str())
    );
    String::from_utf8_lossy(&request.body).replace(boundary, "BOUNDARY")
}

#[tokio::test]
async fn values_and_files_are_parts_in_their_order() {
    let path = std::env::temp_dir().join(format!("parts-{}.mp3", std::process::id()));
    std::fs::write(&path, "sound").expect("a file");
    let body = object([
        ("title", Box::new("a\r\n--b".to_owned())),
        (
            "file",
            Box::new(File::open(&path).with_name("ä\"b\r\n.mp3")),
        ),
        ("absent", Box::new(None::<File>)),
        ("null", Box::new(Field::<i64>::Null)),
        ("count", Box::new(2)),
        ("tags", Box::new(vec!["x".to_owned(), "y".to_owned()])),
        ("options", Box::new(json!({"a": null}))),
        (
            "images",
            Box::new(vec![
                File::from(vec![b'1']),
                File::new("2.png", vec![b'2'])
                    .with_content_type("image/png")
                    .with_header("X-Size", "1"),
            ]),
        ),
        ("json", Box::new(vec![1, 2])),
    ]);
    let types = [
        ("images", PartStyle::MediaType("image/x")),
        ("json", PartStyle::MediaType("application/json")),
        ("title", PartStyle::MediaType("text/x")),
    ];
    let request = sent(|call| call.multipart(&body, &types)).await;
    std::fs::remove_file(&path).expect("removed");
    let part = |name: &str, more: &str, content: &str| {
        format!(
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n"
        )
    };
    let expected = [
        part("title", "\r\nContent-Type: text/x", "a\r\n--b"),
        part(
            "file",
            "; filename=\"ä%22b%0D%0A.mp3\"\r\nContent-Type: application/octet-stream",
            "sound",
        ),
        part("count", "", "2"),
        part("tags", "", "x"),
        part("tags", "", "y"),
        part(
            "options",
            "\r\nContent-Type: application/json",
            "{\"a\":null}",
        ),
        part(
            "images",
            "; filename=\"images\"\r\nContent-Type: image/x",
            "1",
        ),
        part(
            "images",
            "; filename=\"2.png\"\r\nContent-Type: image/png\r\nX-Size: 1",
            "2",
        ),
        part("json", "\r\nContent-Type: application/json", "[1,2]"),
        "--BOUNDARY--\r\n".to_owned(),
    ]
    .concat();
    assert_eq!(parts(&request), expected);
}

#[tokio::test]
async fn what_stands_for_a_file_is_sent_as_the_value_that_it_is() {
    let file: FileOr<String> = b"x".to_vec().into();
    let address: FileOr<String> = "https://example.com".into();
    let body = object([
        ("file", Box::new(file)),
        ("address", Box::new(address)),
        ("id", Box::new(FileOr::Value(json!({"id": 1})))),
        ("absent", Box::new(None::<FileOr<String>>)),
    ]);
    let request = sent(|call| call.multipart(&body, &[])).await;
    assert_eq!(
        parts(&request),
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n\
        --BOUNDARY\r\nContent-Disposition: form-data; name=\"address\"\r\n\r\nhttps://example.com\r\n\
        --BOUNDARY\r\nContent-Disposition: form-data; name=\"id\"\r\nContent-Type: application/json\r\n\r\n{\"id\":1}\r\n\
        --BOUNDARY--\r\n"
    );
}

#[tokio::test]
async fn values_alone_are_parts_too() {
    let request = sent(|call| call.multipart(&json!({"a": 1}), &[])).await;
    assert_eq!(
        parts(&request),
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--BOUNDARY--\r\n"
    );
    let request = sent(|call| call.multipart(&json!({}), &[])).await;
    assert_eq!(parts(&request), "--BOUNDARY--\r\n");
}

#[tokio::test]
async fn what_is_joined_is_one_part() {
    let body = json!({
        "comma": ["a", 2, null, "c d"],
        "tab": ["a", "b"],
        "one": "a",
        "none": [],
        "object": {"k": "v", "absent": null, "n": 1},
    });
    let styles = [
        ("comma", PartStyle::Joined(',')),
        ("tab", PartStyle::Joined('\t')),
        ("one", PartStyle::Joined('|')),
        ("none", PartStyle::Joined(',')),
        ("object", PartStyle::Joined(',')),
    ];
    let request = sent(|call| call.multipart(&body, &styles)).await;
    let part = |name: &str, content: &str| {
        format!(
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n"
        )
    };
    let expected = [
        part("comma", "a,2,c d"),
        part("tab", "a\tb"),
        part("one", "a"),
        part("object", "k,v,n,1"),
        "--BOUNDARY--\r\n".to_owned(),
    ];
    assert_eq!(parts(&request), expected.concat());
}

struct Pieces(Vec<&'static str>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop().map(|piece| Ok(Bytes::from(piece))))
    }
}

fn streamed() -> Object {
    let stream = UploadBody::stream(Pieces(vec!["ld", "wor"]), None);
    object([("file", Box::new(File::new("a", stream)))])
}

#[tokio::test]
async fn a_body_is_sent_again_unless_it_holds_a_stream() {
    let replies = || [Reply::status(503), Reply::status(204)];
    let bytes = object([("file", Box::new(File::new("a", vec![0, 1])))]);
    let (requests, outcome) = send(replies(), |call| call.multipart(&bytes, &[])).await;
    outcome.expect("the second time");
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].body, requests[1].body);
    let (requests, outcome) = send(replies(), |call| call.multipart(&streamed(), &[])).await;
    assert!(outcome.is_err());
    assert_eq!(requests.len(), 1);
    let text = requests[0].text();
    assert!(text.contains("\r\n\r\nworld\r\n--"), "{text}");
    assert_eq!(requests[0].header("content-length"), None);
}

#[tokio::test]
async fn bytes_files_and_streams_are_bodies() {
    let path = std::env::temp_dir().join(format!("body-{}.bin", std::process::id()));
    std::fs::write(&path, "content").expect("a file");
    for body in [
        UploadBody::from(Bytes::from("content")),
        UploadBody::file(&path),
        UploadBody::stream(Pieces(vec!["ent", "cont"]), Some(7)),
    ] {
        let request = sent(|call| call.upload("image/png", &body)).await;
        assert_eq!(request.text(), "content");
        assert_eq!(request.header("content-type"), Some("image/png"));
        assert_eq!(request.header("content-length"), Some("7"));
    }
    std::fs::remove_file(&path).expect("removed");
}

#[test]
fn files_are_equal_by_what_is_sent() {
    let file = || File::new("a", vec![1]);
    assert_eq!(file(), file());
    assert_ne!(file(), file().with_name("b"));
    assert_ne!(file(), file().with_content_type("image/png"));
    assert_eq!(
        File::open("a/b.c"),
        File::from(std::path::Path::new("a/b.c"))
    );
    assert_ne!(File::open("a/b.c"), File::new("b.c", vec![1]));
    assert!(format!("{:?}", File::open("a/b.c")).contains("b.c"));
}

#[tokio::test]
async fn of_several_media_types_a_file_has_the_one_of_its_name() {
    for (offered, name, expected) in [
        ("image/png, image/jpeg", "a.JPG", "image/jpeg"),
        ("image/png, image/jpeg", "a.gif", "image/png"),
        ("image/png, image/jpeg", "a", "image/png"),
        ("image/*", "a.svg", "image/svg+xml"),
        ("image/*", "a", "application/octet-stream"),
        ("audio/mpeg;x=1,audio/wav", "a.mp3", "audio/mpeg;x=1"),
        ("*/*", "a.png", "application/octet-stream"),
        ("text/*", "a.\u{e4}\r\n", "application/octet-stream"),
        ("text/csv", "a.png", "text/csv"),
    ] {
        let body = object([
            ("file", Box::new(File::new(name, vec![b'1'])) as Box<_>),
            ("text", Box::new("x".to_owned())),
        ]);
        let types = [
            ("file", PartStyle::MediaType(offered)),
            ("text", PartStyle::MediaType("text/plain, text/html")),
        ];
        let request = sent(|call| call.multipart(&body, &types)).await;
        let written = parts(&request);
        assert!(
            written.contains(&format!("Content-Type: {expected}\r\n\r\n1\r\n")),
            "{offered} {name}: {written}"
        );
        assert!(written.contains("name=\"text\"\r\n\r\nx\r\n"), "{written}");
    }
}
