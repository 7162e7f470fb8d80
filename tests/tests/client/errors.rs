//! Answers with an error status: what they are called, what they say, what can be read from them.

use clientsmith_tests::server::{Reply, Server};
use hasty_api::{Client, Error, types};

use crate::setting::{KEY, PROJECT, THING, serve};

#[tokio::test]
async fn a_thing_that_is_not_there() {
    let reply = Reply::json(
        404,
        r#"{"code": "not_found", "message": "No such image", "extra": [1]}"#,
    )
    .header("x-request-id", "req-7");
    let (server, client) = serve([reply]).await;
    let error = client
        .images()
        .get(PROJECT, THING)
        .await
        .expect_err("404 is an error");

    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert!(error.is_not_found() && error.is_client_error());
    assert!(!error.is_retryable() && !error.is_server_error() && !error.is_unauthorized());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.request_id(), Some("req-7"));
    assert_eq!(error.api_message(), Some("No such image"));
    let body = error
        .body::<types::Error>()
        .expect("there was an answer")
        .expect("it is the documented body");
    assert_eq!(
        (body.code.as_deref(), body.message.as_deref()),
        (Some("not_found"), Some("No such image"))
    );
    let headers = error.headers().expect("there was an answer");
    assert_eq!(
        headers.get("x-request-id").map(|value| value.as_bytes()),
        Some(&b"req-7"[..])
    );

    let told = error.to_string();
    for part in [
        "GET",
        "/images/497f6eca-6276-4993-bfeb-53cbbbba6f08",
        "404",
        "No such image",
        "req-7",
    ] {
        assert!(told.contains(part), "{part} is missing in: {told}");
    }
    assert!(!format!("{error:?} {error}").contains(KEY));
    assert_eq!(server.requests().len(), 1, "404 is not asked for again");
}

#[tokio::test]
async fn an_account_without_credits() {
    let (_server, client) = serve([Reply::json(402, r#"{"message": "Not enough credits"}"#)]).await;
    let job = types::AutomatedLabelingJobCreate::new(THING);
    let error = client
        .automated_labeling()
        .create(PROJECT, &job)
        .await
        .expect_err("402 is an error");
    assert!(error.is_payment_required() && !error.is_not_found());
    assert_eq!(error.api_message(), Some("Not enough credits"));
    let body = error
        .body::<types::Error>()
        .expect("there was an answer")
        .expect("it is the documented body");
    assert_eq!(
        (body.code, body.message.as_deref()),
        (None, Some("Not enough credits"))
    );
}

#[tokio::test]
async fn every_documented_status_has_its_predicate() {
    type Predicate = fn(&Error) -> bool;
    let predicates: [(u16, Predicate); 5] = [
        (400, Error::is_invalid_request),
        (401, Error::is_unauthorized),
        (403, Error::is_forbidden),
        (429, Error::is_rate_limited),
        (500, Error::is_server_error),
    ];
    for (status, holds) in predicates {
        let (_server, client) =
            serve([Reply::json(status, r#"{"code": "c", "message": "m"}"#)]).await;
        let error = client
            .projects()
            .get(PROJECT)
            .without_retries()
            .await
            .expect_err("an error status");
        assert!(holds(&error), "{status}");
        assert_eq!(
            predicates.iter().filter(|(_, other)| other(&error)).count(),
            1,
            "{status}"
        );
        let body = error
            .body::<types::Error>()
            .expect("there was an answer")
            .expect("it is the documented body");
        assert_eq!(
            (body.code.as_deref(), body.message.as_deref()),
            (Some("c"), Some("m")),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_status_that_nobody_documents_has_the_default_body() {
    let (_server, client) = serve([Reply::json(418, r#"{"code": "teapot"}"#)]).await;
    let error = client
        .projects()
        .get(PROJECT)
        .await
        .expect_err("an error status");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(418));
    let body = error
        .body::<types::Error>()
        .expect("there was an answer")
        .expect("it is the documented body");
    assert_eq!(body.code.as_deref(), Some("teapot"));
}

#[tokio::test]
async fn a_page_for_people_instead_of_json() {
    let page =
        "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    let (server, client) = serve([Reply::html(502, page)]).await;
    let error = client
        .datasets()
        .list(PROJECT)
        .without_retries()
        .await
        .expect_err("an error status");
    assert!(error.is_server_error() && error.is_retryable());
    assert_eq!(error.api_message(), None);
    assert!(
        error
            .body::<types::Error>()
            .expect("there was an answer")
            .is_err(),
        "HTML is no JSON"
    );
    assert_eq!(
        error.raw_body().map(|body| &body[..]),
        Some(page.as_bytes())
    );
    let told = error.to_string();
    assert!(
        told.contains("502 Bad Gateway") && !told.contains("nginx"),
        "{told}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_error_without_a_body() {
    let (_server, client) = serve([Reply::empty(403)]).await;
    let error = client
        .projects()
        .delete(PROJECT)
        .await
        .expect_err("an error status");
    assert!(error.is_forbidden());
    assert_eq!(error.raw_body().map(|body| body.len()), Some(0));
}

#[tokio::test]
async fn a_client_without_a_key_sends_nothing() {
    let server = Server::replying([]).await;
    let client = Client::builder()
        .base_url(server.url())
        .build()
        .expect("the settings are valid");
    let error = client.projects().list().await.expect_err("there is no key");
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains("HASTY_API_KEY"), "{error}");
    assert!(error.status().is_none() && error.body::<types::Error>().is_none());
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn nobody_listens() {
    let url = Server::replying([]).await.url();
    let client = crate::setting::client(&url);
    let error = client
        .projects()
        .list()
        .without_retries()
        .await
        .expect_err("the server is gone");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.is_connect() && error.is_retryable() && !error.is_timeout());
}
