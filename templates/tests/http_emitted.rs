//! A generated client in miniature, written by hand: the form that the emitter's code has, and what it does on the wire.
//!
//! `emitted/` is the reference for the emitter; the tests here use it as a user would.
#![allow(
    missing_docs,
    reason = "the crate stands for a generated one only in its form"
)]

#[doc(hidden)]
#[path = "../runtime/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "a test binary exports nothing; a generated library does"
)]
pub mod runtime;

mod server;

pub use client::{Client, ClientBuilder};
pub use runtime::{Error, Failure, Response, Result, RetryPolicy, Secret};

#[path = "emitted/client.rs"]
pub mod client;

#[path = "emitted/api.rs"]
pub mod api;

#[path = "emitted/types.rs"]
pub mod types;

// From here on: what the client does on the wire.

use std::time::Duration;

use api::exports::{CreateExportError, CreateExportSuccess};
use futures_util::TryStreamExt as _;
use server::{Reply, Server};
use types::{ExportCreate, ImageIds, ImageStatus};

async fn client_of(replies: impl IntoIterator<Item = Reply>) -> (Client, Server) {
    let server = Server::start(replies).await;
    let client = Client::builder()
        .base_url(server.url())
        .api_key("secret-key")
        .build()
        .expect("valid settings");
    (client, server)
}

#[tokio::test]
async fn an_operation_is_awaited_and_gives_its_value() {
    let (client, server) =
        client_of([Reply::json(200, r#"{"id": "i", "width": 3, "more": [1]}"#)]).await;
    let image = client.images().get("p/1", "a b").await.expect("an image");
    assert_eq!((image.id.as_str(), image.name, image.width), ("i", None, 3));
    let request = server.request();
    assert_eq!(request.line(), "GET /v1/projects/p%2F1/images/a%20b");
    assert_eq!(request.header("x-api-key"), Some("secret-key"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(
        request.header("user-agent"),
        Some(concat!("clientsmith-templates/", env!("CARGO_PKG_VERSION")))
    );
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn send_gives_the_response_around_the_value() {
    let reply = Reply::with_headers(
        200,
        &[("x-request-id", "r-1"), ("x-cost", "2")],
        r#"{"id": "i", "width": 3}"#,
    );
    let (client, _server) = client_of([reply]).await;
    let response = client
        .images()
        .get("p", "i")
        .send()
        .await
        .expect("a response");
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(response.header("x-cost"), Some("2"));
    assert_eq!(response.raw_body().as_ref(), br#"{"id": "i", "width": 3}"#);
    assert_eq!(response.into_body().width, 3);
}

#[tokio::test]
async fn setters_fill_the_query_and_replace_earlier_values() {
    let (client, server) = client_of([Reply::json(200, r#"{"items": []}"#)]).await;
    let list = client.images().list("p").limit(10).offset(5).limit(20);
    let list = list.image_status([
        ImageStatus::InProgress,
        ImageStatus::from("a,b"),
        ImageStatus::New,
    ]);
    list.with_query("x[y]", "1&2").await.expect("a list");
    assert_eq!(
        server.request().line(),
        "GET /v1/projects/p/images?offset=5&limit=20&image_status=IN%20PROGRESS,a%2Cb,NEW&x%5By%5D=1%262"
    );
}

#[tokio::test]
async fn a_body_is_sent_as_json_also_with_delete() {
    let (client, server) = client_of([Reply::status(204)]).await;
    client
        .images()
        .delete_many("p", &ImageIds::new(["a".to_owned()]))
        .await
        .expect("deleted");
    let request = server.request();
    assert_eq!(request.line(), "DELETE /v1/projects/p/images");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some("19"));
    assert_eq!(request.text(), r#"{"image_ids":["a"]}"#);
}

#[tokio::test]
async fn several_successes_are_told_apart_by_status() {
    let job = r#"{"id": "j", "status": "NEW"}"#;
    let replies = [
        Reply::json(200, job),
        Reply::json(202, job),
        Reply::status(204),
        Reply::json(201, job),
    ];
    let (client, server) = client_of(replies).await;
    let body = ExportCreate {
        format: "coco".to_owned(),
        ..ExportCreate::default()
    };
    let create = client
        .exports()
        .create("p", &body)
        .idempotency_key("k")
        .theme("dark blue");
    assert!(matches!(create.clone().await, Ok(CreateExportSuccess::Ok(job)) if job.id == "j"));
    assert!(matches!(
        create.clone().await,
        Ok(CreateExportSuccess::Accepted(_))
    ));
    assert!(matches!(
        create.clone().await,
        Ok(CreateExportSuccess::NoContent)
    ));
    let error = create.await.expect_err("201 is not documented");
    assert!(error.is_decode());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(201));
    let request = &server.requests()[0];
    assert_eq!(request.text(), r#"{"format":"coco"}"#);
    assert_eq!(request.header("idempotency-key"), Some("k"));
    assert_eq!(request.header("cookie"), Some("theme=dark%20blue"));
}

#[tokio::test]
async fn errors_have_the_documented_body_by_status() {
    let replies = [
        Reply::json(404, r#"{"message": "gone"}"#),
        Reply::json(422, r#"["format"]"#),
        Reply::json(400, "[1]"),
    ];
    let (client, _server) = client_of(replies).await;
    let create = client.exports().create("p", &ExportCreate::default());
    let error = create.clone().await.expect_err("404");
    assert!(error.is_not_found() && !error.is_retryable());
    let body = error
        .body::<CreateExportError>()
        .expect("a body")
        .expect("documented");
    assert!(matches!(body, CreateExportError::NotFound(problem) if problem.message == "gone"));
    assert_eq!(
        error
            .body::<types::Problem>()
            .expect("a body")
            .expect("a problem")
            .message,
        "gone"
    );
    let error = create.clone().await.expect_err("422");
    let body = error
        .body::<CreateExportError>()
        .expect("a body")
        .expect("documented");
    assert_eq!(
        body,
        CreateExportError::UnprocessableContent(vec!["format".to_owned()])
    );
    let error = create.await.expect_err("400");
    assert!(error.body::<types::Problem>().expect("a body").is_err());
    let body = error
        .body::<CreateExportError>()
        .expect("a body")
        .expect("a body of any status");
    assert_eq!(body, CreateExportError::Undocumented(b"[1]"[..].into()));
    assert_eq!(
        error.raw_body().map(|body| body.as_ref()),
        Some(&b"[1]"[..])
    );
}

#[tokio::test]
async fn items_of_all_pages_come_as_one_stream() {
    let page = |ids: &str| {
        let items: Vec<String> = ids
            .chars()
            .map(|id| format!(r#"{{"id": "{id}", "width": 1}}"#))
            .collect();
        Reply::json(
            200,
            &format!(
                r#"{{"items": [{}], "meta": {{"total": 5}}}}"#,
                items.join(",")
            ),
        )
    };
    let (client, server) = client_of([page("ab"), page("cd"), page("e")]).await;
    let items: Vec<_> = client
        .images()
        .list("p")
        .limit(2)
        .items()
        .try_collect()
        .await
        .expect("all items");
    assert_eq!(
        items
            .iter()
            .map(|image| image.id.as_str())
            .collect::<String>(),
        "abcde"
    );
    assert_eq!(
        server.lines(),
        [
            "GET /v1/projects/p/images?limit=2",
            "GET /v1/projects/p/images?limit=2&offset=2",
            "GET /v1/projects/p/images?limit=2&offset=4"
        ]
    );
}

#[tokio::test]
async fn a_job_is_waited_for() {
    let state = |state: &str| Reply::json(200, &format!(r#"{{"id": "j", "status": "{state}"}}"#));
    let (client, server) = client_of([state("QUEUED"), state("REHEATING"), state("done")]).await;
    let wait = client
        .exports()
        .get("j")
        .wait()
        .with_interval(Duration::from_millis(2));
    let job = wait
        .with_max_interval(Duration::from_millis(4))
        .await
        .expect("a finished job");
    assert_eq!(job.status.as_deref(), Some("done"));
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn nothing_secret_is_shown_and_types_are_small_and_sendable() {
    fn sendable<T: Send + Sync>() {}
    fn sendable_future<T: Send>(_: T) {}
    sendable::<Client>();
    sendable::<Error>();
    assert!(size_of::<Error>() <= 16, "{}", size_of::<Error>());
    let client = Client::builder()
        .api_key("secret-key")
        .basic_auth("user", "secret-word");
    let client = client.default_header("x-other", "secret-value");
    let shown = format!("{client:?}");
    let client = client.build().expect("valid settings");
    let call = client
        .images()
        .get("p", "i")
        .with_header("authorization", "secret-token");
    let call = call.with_query("access_token", "secret-query");
    let shown = format!("{shown} {client:?} {call:?}");
    assert!(!shown.contains("secret"), "{shown}");
    assert!(
        shown.contains("ApiKeyAuth") && shown.contains("access_token=[redacted]"),
        "{shown}"
    );
    sendable_future(call.into_future());
    sendable_future(client.images().list("p").items().into_vec());
    sendable_future(client.exports().get("j").wait().into_future());
}
