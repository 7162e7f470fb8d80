//! Uploads and downloads: streamed, with progress, without credentials, and never half a file.

#[path = "server/example.rs"]
mod example;
mod server;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_templates::runtime::{Bytes, Error, Progress, RetryPolicy, UploadBody};
use example::{builder, core};
use futures_util::{TryStreamExt as _, stream};
use server::{Reply, Server};

/// Collects what progress is told.
fn watcher() -> (
    Arc<Mutex<Vec<Progress>>>,
    impl FnMut(Progress) + Send + 'static,
) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    (seen, move |progress| {
        told.lock().expect("no panic").push(progress)
    })
}

#[tokio::test]
async fn an_upload_carries_nothing_of_the_client() {
    let storage = Server::start([Reply::with_headers(200, &[("etag", "e")], "")]).await;
    let server = Server::start([]).await;
    let core = builder(&server)
        .default_header("x-default", "secret")
        .build()
        .expect("valid settings");
    let upload = core.upload(
        &(storage.url() + "/bucket/a%2Fb?X-Sig=s%2F&x=1"),
        b"bytes".to_vec(),
    );
    let response = upload
        .with_content_type("image/png")
        .with_header("x-signed", "1")
        .await
        .expect("uploaded");
    assert_eq!(response.header("etag"), Some("e"));
    let request = storage.request();
    assert_eq!(request.line(), "PUT /bucket/a%2Fb?X-Sig=s%2F&x=1");
    assert_eq!(request.text(), "bytes");
    assert!(!request.head.contains("secret"), "{}", request.head);
    let expected = [
        ("content-type", "image/png"),
        ("content-length", "5"),
        ("x-signed", "1"),
        ("user-agent", "example/1.2.3"),
    ];
    for (name, value) in expected {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_file_is_streamed_with_progress_and_sent_again_from_its_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("image.bin");
    let content: Vec<u8> = (0..200_000_u32)
        .map(|index| index.to_le_bytes()[0])
        .collect();
    std::fs::write(&path, &content).expect("written");
    let storage = Server::start([Reply::status(503), Reply::status(200)]).await;
    let (seen, watch) = watcher();
    core(&storage)
        .upload(&storage.url(), path.as_path())
        .with_progress(watch)
        .await
        .expect("uploaded");
    let requests = storage.requests();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert_eq!(request.header("content-length"), Some("200000"));
        assert_eq!(
            request.header("content-type"),
            Some("application/octet-stream")
        );
        assert!(request.body == content, "the bytes of the file");
    }
    let seen = seen.lock().expect("no panic");
    assert!(
        seen.len() > 4 && seen.iter().all(|progress| progress.total == Some(200_000)),
        "{seen:?}"
    );
    assert_eq!(
        seen.iter()
            .filter(|progress| progress.bytes == 200_000)
            .count(),
        2,
        "once for each attempt"
    );
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks_and_only_once() {
    let storage = Server::start([Reply::status(200), Reply::status(503), Reply::status(200)]).await;
    let pieces = || stream::iter(["one ", "two"].map(|piece| Ok(Bytes::from(piece))));
    let core = core(&storage);
    core.upload(&storage.url(), UploadBody::stream(pieces(), None))
        .await
        .expect("uploaded");
    let error = core
        .upload(&storage.url(), UploadBody::stream(pieces(), Some(7)))
        .await
        .expect_err("503");
    assert_eq!(error.attempts(), 1);
    let requests = storage.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].header("transfer-encoding"), Some("chunked"));
    assert_eq!(requests[1].header("content-length"), Some("7"));
    assert!(requests.iter().all(|request| request.text() == "one two"));
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_file_error() {
    let storage = Server::start([]).await;
    let core = core(&storage);
    let error = core
        .upload(&storage.url(), UploadBody::file("/no/such/file"))
        .await
        .expect_err("no file");
    assert!(
        matches!(error, Error::File(_)) && error.to_string().contains("/no/such/file"),
        "{error}"
    );
    let broken = stream::iter([
        Ok(Bytes::from("a")),
        Err(std::io::Error::other("the disk is gone")),
    ]);
    let error = core
        .upload(&storage.url(), UploadBody::stream(broken, None))
        .await
        .expect_err("broken");
    assert!(
        matches!(error, Error::File(_)) && error.to_string().contains("the disk is gone"),
        "{error}"
    );
    let short = stream::iter([Ok(Bytes::from("a"))]);
    let error = core
        .upload(&storage.url(), UploadBody::stream(short, Some(9)))
        .await
        .expect_err("too short");
    assert!(
        matches!(error, Error::File(_)) && error.to_string().contains("9 were declared"),
        "{error}"
    );
    assert_eq!(storage.requests().len(), 0, "no request was complete");
}

#[tokio::test]
async fn a_refused_upload_is_told_without_the_signature() {
    let refusal = "<?xml version='1.0'?><Error><Code>SignatureDoesNotMatch</Code></Error>";
    let storage = Server::start([Reply::new(403, "application/xml", refusal)]).await;
    let error = core(&storage)
        .upload(&(storage.url() + "/a?sig=secret"), Vec::new())
        .await
        .expect_err("403");
    let told = format!("{error} {error:?}");
    assert!(
        told.contains("/a?[redacted]: 403 Forbidden: <?xml")
            && told.contains("SignatureDoesNotMatch"),
        "{told}"
    );
    assert!(!told.contains("secret"), "{told}");
    assert_eq!(storage.request().header("content-length"), Some("0"));
}

#[tokio::test]
async fn an_upload_that_stands_still_ends() {
    let storage = Server::start([Reply::Hang]).await;
    let upload = core(&storage)
        .upload(&storage.url(), "x".to_owned())
        .with_idle_timeout(Duration::from_millis(50));
    let error = upload.await.expect_err("no answer");
    assert!(
        error.is_timeout() && error.to_string().contains("stood still for 50ms"),
        "{error}"
    );
    let never = UploadBody::stream(stream::pending(), None);
    let upload = core(&storage)
        .upload(&storage.url(), never)
        .with_idle_timeout(Duration::from_millis(50));
    assert!(upload.await.expect_err("no bytes").is_timeout());
}

#[tokio::test]
async fn only_absolute_urls_are_uploaded_to_and_downloaded_from() {
    let server = Server::start([]).await;
    let core = core(&server);
    for url in [
        "/relative",
        "ftp://example.com/a",
        "",
        "https://user:secret@example.com",
    ] {
        let error = core.upload(url, Vec::new()).await.expect_err("refused");
        assert!(
            matches!(error, Error::Request(_)) && !error.to_string().contains("secret"),
            "{error}"
        );
        let error = core.download(url).bytes().await.expect_err("refused");
        assert!(
            matches!(error, Error::Request(_)) && !error.to_string().contains("secret"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_download_carries_nothing_of_the_client_and_follows_redirects() {
    let storage = Server::start([
        Reply::redirect(302, "/real"),
        Reply::new(200, "application/zip", "zip"),
    ])
    .await;
    let bytes = core(&storage)
        .download(&(storage.url() + "/export?sig=1"))
        .bytes()
        .await
        .expect("downloaded");
    assert_eq!(&bytes[..], b"zip");
    assert_eq!(storage.lines(), ["GET /export?sig=1", "GET /real"]);
    for request in storage.requests() {
        assert!(!request.head.contains("secret"), "{}", request.head);
        assert_eq!(request.header("accept"), Some("*/*"));
    }
}

/// The names in a folder.
fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_file_appears_only_when_it_is_complete() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.zip");
    std::fs::write(&path, "old").expect("written");
    let broken = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
    let storage = Server::start([
        broken.clone(),
        broken,
        Reply::new(200, "application/zip", "x".repeat(300_000)),
    ])
    .await;
    let core = core(&storage);
    let once = core
        .download(&storage.url())
        .with_retry(RetryPolicy::none());
    let error = once.to_file(&path).await.expect_err("broken");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(
        (names(folder.path()), std::fs::read(&path).expect("read")),
        (vec!["export.zip".to_owned()], b"old".to_vec())
    );
    let (seen, watch) = watcher();
    let length = core
        .download(&storage.url())
        .with_progress(watch)
        .to_file(&path)
        .await
        .expect("downloaded");
    assert_eq!(length, 300_000);
    assert_eq!(std::fs::read(&path).expect("read").len(), 300_000);
    assert_eq!(names(folder.path()), ["export.zip"]);
    assert_eq!(
        storage.requests().len(),
        3,
        "a download that broke is begun anew"
    );
    let last = *seen
        .lock()
        .expect("no panic")
        .last()
        .expect("some progress");
    assert_eq!((last.bytes, last.total), (300_000, Some(300_000)));
}

#[tokio::test]
async fn a_download_that_is_dropped_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let stalled = Reply::Slow {
        first: b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhal".to_vec(),
        pause: Duration::from_secs(60),
        rest: Vec::new(),
    };
    let storage = Server::start([stalled]).await;
    let core = core(&storage);
    let download = core
        .download(&storage.url())
        .to_file(folder.path().join("a"));
    assert!(
        tokio::time::timeout(Duration::from_millis(300), download)
            .await
            .is_err()
    );
    assert_eq!(names(folder.path()), [""; 0]);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_a_file_error() {
    let storage = Server::start([Reply::new(200, "a/b", "x"), Reply::new(200, "a/b", "x")]).await;
    for path in ["/no/such/folder/file", "/"] {
        let error = core(&storage)
            .download(&storage.url())
            .to_file(path)
            .await
            .expect_err("no folder");
        assert!(
            matches!(error, Error::File(_)) && error.to_string().contains(path),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_download_is_a_stream_too() {
    let storage = Server::start([Reply::with_headers(
        200,
        &[("x-a", "1")],
        "x".repeat(100_000),
    )])
    .await;
    let stream = core(&storage)
        .download(&storage.url())
        .stream()
        .await
        .expect("opened");
    assert_eq!(stream.total(), Some(100_000));
    assert_eq!(
        stream.headers().get("x-a").map(|value| value.as_bytes()),
        Some(&b"1"[..])
    );
    let length = stream
        .try_fold(0, |length, piece| async move { Ok(length + piece.len()) })
        .await
        .expect("read");
    assert_eq!(length, 100_000);
}

#[tokio::test]
async fn a_stream_that_stands_still_or_breaks_ends_with_an_error() {
    let stalled = Reply::Slow {
        first: b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhal".to_vec(),
        pause: Duration::from_secs(60),
        rest: Vec::new(),
    };
    let broken = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhal");
    for (reply, is_timeout) in [(stalled, true), (broken, false)] {
        let storage = Server::start([reply]).await;
        let download = core(&storage)
            .download(&storage.url())
            .with_idle_timeout(Duration::from_millis(80));
        let mut stream = download.stream().await.expect("opened");
        assert_eq!(
            stream.try_next().await.expect("a piece").as_deref(),
            Some(&b"hal"[..])
        );
        let error = stream.try_next().await.expect_err("no more");
        assert_eq!(error.is_timeout(), is_timeout, "{error:?}");
        assert!(stream.try_next().await.expect("the end").is_none());
    }
}

#[tokio::test]
async fn a_download_into_memory_is_limited() {
    let storage =
        Server::start([Reply::new(200, "a/b", "x".repeat(101)), Reply::status(404)]).await;
    let core = builder(&storage)
        .max_body_bytes(100)
        .build()
        .expect("valid settings");
    let error = core
        .download(&storage.url())
        .bytes()
        .await
        .expect_err("too large");
    assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
    assert!(
        core.download(&storage.url())
            .bytes()
            .await
            .expect_err("404")
            .is_not_found()
    );
}
