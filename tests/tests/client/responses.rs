//! What `send` gives beside the value, and what the caller may set for a call or for a client.

use clientsmith_tests::server::Reply;
use hasty_api::{Client, types};

use crate::setting::{DATASET, KEY, PROJECT, THING, serve};

#[tokio::test]
async fn send_gives_status_headers_and_request_id() {
    let reply = Reply::json(202, DATASET)
        .header("X-Request-ID", "req-1")
        .header("x-quota", "41");
    let (_server, client) = serve([reply]).await;
    let response = client
        .datasets()
        .create(PROJECT, &types::DatasetWrite::new("train"))
        .send()
        .await
        .expect("created");
    assert_eq!(response.status().as_u16(), 202);
    assert_eq!(response.request_id(), Some("req-1"));
    assert_eq!(response.header("x-quota"), Some("41"));
    assert_eq!(
        response
            .headers()
            .get("content-type")
            .map(|value| value.as_bytes()),
        Some(&b"application/json"[..])
    );
    assert_eq!(&response.raw_body()[..], DATASET.as_bytes());
    assert_eq!(response.body().name, "train");
    assert_eq!(response.into_body().name, "train");
}

#[tokio::test]
async fn send_works_where_there_is_no_body() {
    let (_server, client) = serve([Reply::empty(204).header("x-request-id", "req-2")]).await;
    let response = client
        .datasets()
        .delete(PROJECT, THING)
        .send()
        .await
        .expect("deleted");
    assert_eq!(
        (response.status().as_u16(), response.request_id()),
        (204, Some("req-2"))
    );
}

#[tokio::test]
async fn a_call_takes_headers_and_parameters_of_its_own() {
    let (server, client) =
        serve([Reply::json(200, r#"{"meta": {"total": 0}, "items": []}"#)]).await;
    client
        .datasets()
        .list(PROJECT)
        .limit(1)
        .with_header("X-Trace", "a b")
        .with_header("accept", "application/vnd.hasty+json")
        .with_query("debug flag", "ü&=")
        .limit(2)
        .await
        .expect("a list");
    let request = server.request();
    assert_eq!(
        request.target,
        "/v1/projects/17a4fab4-c59c-4031-9cb5-41fccb5b054c/datasets?debug%20flag=%C3%BC%26%3D&limit=2"
    );
    assert_eq!(request.header("x-trace"), Some("a b"));
    assert_eq!(request.header("accept"), Some("application/vnd.hasty+json"));
}

#[tokio::test]
async fn a_client_takes_headers_an_agent_and_a_base_path() {
    let (server, _) = serve([Reply::json(200, DATASET), Reply::json(200, DATASET)]).await;
    for base in [
        format!("{}/proxy/hasty", server.url()),
        format!("{}/proxy/hasty/", server.url()),
    ] {
        let client = Client::builder()
            .base_url(base)
            .api_key(KEY)
            .user_agent("labeller/2.0")
            .default_header("x-team", "vision")
            .build()
            .expect("a client");
        client
            .datasets()
            .get(PROJECT, THING)
            .await
            .expect("a dataset");
    }
    for request in server.requests() {
        assert_eq!(
            request.target,
            "/proxy/hasty/v1/projects/17a4fab4-c59c-4031-9cb5-41fccb5b054c/datasets/497f6eca-6276-4993-bfeb-53cbbbba6f08"
        );
        assert_eq!(request.header("user-agent"), Some("labeller/2.0"));
        assert_eq!(request.header("x-team"), Some("vision"));
    }
}

#[tokio::test]
async fn a_request_is_a_value_that_can_be_kept_and_sent_again() {
    let page = || Reply::json(200, r#"{"meta": {"total": 0}, "items": []}"#);
    let (server, client) = serve([page(), page(), page()]).await;
    let request = client.datasets().list(PROJECT).limit(10);
    let (first, second) =
        tokio::join!(request.clone().into_future(), request.clone().into_future());
    first.expect("a list");
    second.expect("a list");
    let task = tokio::spawn(async move { request.offset(5).await });
    task.await.expect("no panic").expect("a list");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests[2].target.ends_with("?limit=10&offset=5"),
        "{}",
        requests[2].target
    );
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let (_server, client) = serve([]).await;
    let request = client.datasets().list(PROJECT);
    let bucket = types::BucketCredentialsWrite::new().description("mine");
    let shown = format!(
        "{client:?} {:?} {request:?} {bucket:?}",
        Client::builder().api_key(KEY)
    );
    assert!(!shown.contains(KEY), "{shown}");
    assert!(shown.contains("mine"), "{shown}");
}

#[test]
fn secrets_in_a_body_are_not_shown_for_debugging() {
    let credentials = types::BucketCredentialsWrite::new()
        .secret("sesame-1")
        .key_json("sesame-2")
        .secret_access_key("sesame-3")
        .container("frames");
    let shown = format!("{credentials:?}");
    assert!(!shown.contains("sesame"), "{shown}");
    assert!(shown.contains("frames"), "{shown}");
}
