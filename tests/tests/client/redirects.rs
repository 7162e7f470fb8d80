//! Redirects: followed, and the key stays home.

use clientsmith_tests::server::{Reply, Server};
use hasty_api::{Client, Error, types};

use crate::setting::{DATASET, KEY, PROJECT, THING, client, serve};

const PATH: &str = "/v1/projects/17a4fab4-c59c-4031-9cb5-41fccb5b054c/datasets/497f6eca-6276-4993-bfeb-53cbbbba6f08";

#[tokio::test]
async fn within_the_host_everything_goes_along() {
    let (server, client) = serve([
        Reply::redirect(302, "/elsewhere?a=1"),
        Reply::json(200, DATASET),
    ])
    .await;
    let dataset = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect("the dataset is elsewhere");
    assert_eq!(dataset.name, "train");
    let requests = server.requests();
    assert_eq!(
        (requests[0].target.as_str(), requests[1].target.as_str()),
        (PATH, "/elsewhere?a=1")
    );
    assert_eq!(requests[1].header("x-api-key"), Some(KEY));
}

#[tokio::test]
async fn to_another_host_the_key_does_not_go() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::replying([Reply::json(200, DATASET)]).await;
        let there = format!("{}/stolen", other.url_by_name());
        let server = Server::replying([Reply::redirect(status, &there)]).await;
        let client = Client::builder()
            .base_url(server.url())
            .api_key(KEY)
            .default_header("x-team", "vision")
            .default_header("cookie", "session=1")
            .build()
            .expect("a client");
        let dataset = client
            .datasets()
            .get(PROJECT, THING)
            .with_header("x-trace", "1")
            .await
            .expect("a dataset from there");
        assert_eq!(dataset.name, "train");
        assert_eq!(server.request().header("x-api-key"), Some(KEY));
        let request = other.request();
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("GET", "/stolen")
        );
        for name in ["x-api-key", "cookie", "x-team", "x-trace", "authorization"] {
            assert_eq!(request.header(name), None, "{status}: {request:#?}");
        }
        assert!(
            !format!("{request:?}").contains(KEY),
            "{status}: {request:#?}"
        );
    }
}

#[tokio::test]
async fn another_port_is_another_host() {
    let other = Server::replying([Reply::json(401, r#"{"message": "who are you?"}"#)]).await;
    let (server, client) = serve([Reply::redirect(307, &format!("{}/x", other.url()))]).await;
    let error = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect_err("there it is refused");
    assert!(error.is_unauthorized());
    assert_eq!(other.request().header("x-api-key"), None);
    assert_eq!(server.requests().len(), 1);
    assert!(
        error.to_string().contains("another host"),
        "the message says why: {error}"
    );
}

#[tokio::test]
async fn once_away_the_key_does_not_come_back() {
    let home = Server::replying([]).await;
    let other = Server::replying([Reply::redirect(302, &format!("{}/back", home.url()))]).await;
    home.then([
        Reply::redirect(302, &other.url()),
        Reply::json(200, DATASET),
    ]);
    client(&home.url())
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect("a dataset after a detour");
    let requests = home.requests();
    assert_eq!(requests[0].header("x-api-key"), Some(KEY));
    assert_eq!(
        (requests[1].target.as_str(), requests[1].header("x-api-key")),
        ("/back", None)
    );
}

#[tokio::test]
async fn a_body_is_repeated_only_where_the_status_says_so() {
    let body = types::DatasetWrite::new("train");
    for status in [307, 308] {
        let (server, client) =
            serve([Reply::redirect(status, "/there"), Reply::json(200, DATASET)]).await;
        client
            .datasets()
            .create(PROJECT, &body)
            .await
            .expect("created there");
        let requests = server.requests();
        assert_eq!(
            (requests[1].method.as_str(), requests[1].text()),
            ("POST", r#"{"name":"train"}"#),
            "{status}"
        );
        assert_eq!(requests[1].header("content-type"), Some("application/json"));
    }
    let (server, client) = serve([Reply::redirect(303, "/there"), Reply::json(200, DATASET)]).await;
    client
        .datasets()
        .create(PROJECT, &body)
        .await
        .expect("to be seen there");
    let requests = server.requests();
    assert_eq!(
        (requests[1].method.as_str(), requests[1].text()),
        ("GET", "")
    );
    assert_eq!(requests[1].header("content-type"), None);

    let (server, client) = serve([Reply::redirect(302, "/there")]).await;
    let error = client
        .datasets()
        .update(PROJECT, THING, &body)
        .await
        .expect_err("a PUT is not turned into a GET");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn redirects_without_end_are_an_error() {
    let (server, client) = serve((0..50).map(|_| Reply::redirect(302, "/again"))).await;
    let error = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect_err("a circle");
    assert!(matches!(error, Error::Redirect(_)), "{error:?}");
    assert_eq!(server.requests().len(), 11);
}
