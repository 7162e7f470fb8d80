//! Uploads to and downloads from signed URLs of another host: the key and everything else of the API stays home.

use std::sync::{Arc, Mutex};

use clientsmith_tests::server::{Reply, Request, Server};
use hasty_api::bytes::Bytes;
use hasty_api::{Client, Error, types};
use uuid::uuid;

use crate::setting::{KEY, PROJECT, serve};

const SIGNED: &str = "/bucket/a%2Fb%20c.jpg?X-Signature=a%2Bb%3D&x-expires=1&empty=&X-Path=%2f";

/// Nothing of the API in what a storage service is sent.
fn assert_nothing_leaked(request: &Request) {
    for name in ["x-api-key", "cookie", "authorization", "x-team"] {
        assert_eq!(request.header(name), None, "{request:#?}");
    }
    assert!(!format!("{request:?}").contains(KEY), "{request:#?}");
}

#[tokio::test]
async fn an_image_is_uploaded_and_imported() {
    let storage = Server::replying([Reply::empty(200)]).await;
    let upload_id = "f2ef591b-135b-46fa-a604-3d4fda5bfbfb";
    let urls = format!(
        r#"{{"meta": {{"total": 1}}, "items": [{{"id": "{upload_id}", "url": "{}{SIGNED}"}}]}}"#,
        storage.url()
    );
    let image = format!(r#"{{"id": "{PROJECT}", "dataset_id": "{PROJECT}", "name": "b c.jpg"}}"#);
    let api = Server::replying([Reply::json(200, urls), Reply::json(200, image)]).await;
    let client = Client::builder()
        .base_url(api.url())
        .api_key(KEY)
        .default_header("x-team", "vision")
        .default_header("cookie", "session=1")
        .build()
        .expect("a client");

    let urls = client
        .uploads()
        .generate_urls(PROJECT, 1)
        .await
        .expect("one URL");
    let content = Bytes::from((0..=255).cycle().take(200_000).collect::<Vec<u8>>());
    let moved = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&moved);
    client
        .upload(&urls.items[0].url, content.clone())
        .with_content_type("image/*")
        .with_progress(move |progress| {
            record
                .lock()
                .expect("not poisoned")
                .push((progress.bytes, progress.total))
        })
        .await
        .expect("the storage takes it");
    let upload = types::ImageImportUpload::new(
        uuid!("e0144edc-c824-417c-bf1b-b3f66baa97d3"),
        uuid!("f2ef591b-135b-46fa-a604-3d4fda5bfbfb"),
        "b c.jpg",
    );
    client
        .images()
        .import(PROJECT, &types::ImageImport::ImageImportUpload(upload))
        .await
        .expect("an image");

    let sent = storage.request();
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("PUT", SIGNED),
        "a signature covers the URL as it is"
    );
    assert_eq!(sent.body, content);
    assert_eq!(sent.header("content-type"), Some("image/*"));
    assert_eq!(sent.header("content-length"), Some("200000"));
    assert_nothing_leaked(&sent);
    let moved = moved.lock().expect("not poisoned");
    assert_eq!(moved.last(), Some(&(200_000, Some(200_000))));
    assert!(moved.is_sorted(), "{moved:?}");
    for request in api.requests() {
        assert_eq!(request.header("x-api-key"), Some(KEY));
        assert_eq!(request.header("x-team"), Some("vision"));
        assert_eq!(request.header("cookie"), Some("session=1"));
    }
}

#[tokio::test]
async fn a_file_and_a_stream_are_uploaded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("frame.jpg");
    std::fs::write(&path, b"\xff\xd8 not really\r\n\r\n").expect("a file");
    let (storage, client) = serve([Reply::empty(201), Reply::empty(204)]).await;
    let url = format!("{}{SIGNED}", storage.url());
    client.upload(&url, path).await.expect("the file is taken");
    let pieces =
        [Bytes::from_static(b"one "), Bytes::from_static(b"two")].map(Ok::<_, std::io::Error>);
    let body = hasty_api::UploadBody::stream(futures_util::stream::iter(pieces), Some(7));
    client
        .upload(&url, body)
        .await
        .expect("the stream is taken");

    let requests = storage.requests();
    assert_eq!(requests[0].body, b"\xff\xd8 not really\r\n\r\n");
    assert_eq!(
        (requests[1].text(), requests[1].header("content-length")),
        ("one two", Some("7"))
    );
    requests.iter().for_each(assert_nothing_leaked);
}

#[tokio::test]
async fn a_refused_upload_is_an_error_that_hides_the_signature() {
    let refusal = "<?xml version='1.0'?><Error><Code>SignatureDoesNotMatch</Code></Error>";
    let (storage, client) = serve([Reply::new(403, "application/xml", refusal)]).await;
    let error = client
        .upload(
            &format!("{}{SIGNED}", storage.url()),
            Bytes::from_static(b"x"),
        )
        .await
        .expect_err("refused");
    assert!(
        error.is_forbidden() && error.to_string().contains("SignatureDoesNotMatch"),
        "{error}"
    );
    assert!(!format!("{error} {error:?}").contains("a%2Bb"), "{error}");
}

#[tokio::test]
async fn an_export_is_downloaded() {
    let content: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let file = || Reply::new(200, "application/zip", content.clone());
    let (storage, client) = serve([file(), file().chunked(1000), file()]).await;
    let url = format!("{}{SIGNED}", storage.url());

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.zip");
    let moved = Arc::new(Mutex::new((0, None)));
    let record = Arc::clone(&moved);
    let length = client
        .download(&url)
        .with_progress(move |progress| {
            *record.lock().expect("not poisoned") = (progress.bytes, progress.total)
        })
        .to_file(&path)
        .await
        .expect("a file");
    assert_eq!(length, 300_000);
    assert_eq!(std::fs::read(&path).expect("the file is there"), content);
    assert_eq!(
        *moved.lock().expect("not poisoned"),
        (300_000, Some(300_000))
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        1,
        "nothing is left beside it"
    );

    assert_eq!(client.download(&url).bytes().await.expect("bytes"), content);
    let mut stream = client.download(&url).stream().await.expect("a stream");
    let mut read = Vec::new();
    while let Some(piece) = stream.try_next().await.expect("a piece") {
        read.extend_from_slice(&piece);
    }
    assert_eq!(read, content);
    for request in storage.requests() {
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("GET", SIGNED)
        );
        assert_nothing_leaked(&request);
    }
}

#[tokio::test]
async fn half_a_download_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.zip");
    std::fs::write(&path, "the one before").expect("a file");
    let (storage, client) =
        serve([Reply::new(200, "application/zip", "half").truncated(100)]).await;
    let download = client
        .download(&storage.url())
        .with_retry(hasty_api::RetryPolicy::none());
    let error = download.to_file(&path).await.expect_err("half of it");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(
        std::fs::read_to_string(&path).expect("the file is there"),
        "the one before"
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        1,
        "nothing is left beside it"
    );
}
