//! Which requests are sent again, when, and that they are the same each time.

use std::time::{Duration, Instant};

use clientsmith_tests::server::Reply;
use hasty_api::{Error, RetryPolicy, types};

use crate::setting::{DATASET, PROJECT, THING, serve};

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again() {
    let busy = || Reply::json(503, r#"{"message": "busy"}"#).header("retry-after", "0");
    let (server, client) = serve([busy(), busy(), Reply::json(200, DATASET)]).await;
    let dataset = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect("the third answer");
    assert_eq!(dataset.name, "train");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests.iter().all(|request| *request == requests[0]),
        "the same each time: {requests:#?}"
    );
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let (server, client) = serve([
        Reply::empty(503).header("retry-after", "1"),
        Reply::json(200, DATASET),
    ])
    .await;
    let before = Instant::now();
    client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect("the second answer");
    let waited = before.elapsed();
    assert!(
        waited >= Duration::from_secs(1) && waited < Duration::from_secs(10),
        "{waited:?}"
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_server_that_asks_for_too_much_patience_is_not_waited_for() {
    let (server, client) =
        serve([Reply::json(429, r#"{"message": "slow down"}"#).header("retry-after", "3600")])
            .await;
    let error = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect_err("an hour is too long");
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn retries_end() {
    let (server, client) = serve([
        Reply::empty(502),
        Reply::empty(503),
        Reply::empty(504),
        Reply::json(200, DATASET),
    ])
    .await;
    let error = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect_err("two retries are all");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(504));
    assert_eq!(error.attempts(), 3);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn what_is_sent_again_depends_on_method_and_status() {
    // Status, whether a PUT (which may be repeated) and a POST (which may not) are sent again.
    let expected = [
        (400, false, false),
        (404, false, false),
        (408, false, false),
        (409, false, false),
        (429, true, true),
        (500, false, false),
        (502, true, false),
        (503, true, true),
        (504, true, false),
    ];
    let body = types::DatasetWrite::new("train");
    for (status, put_again, post_again) in expected {
        let (server, client) = serve([Reply::empty(status), Reply::json(200, DATASET)]).await;
        let outcome = client.datasets().update(PROJECT, THING, &body).await;
        assert_eq!(
            (outcome.is_ok(), server.requests().len()),
            (put_again, 1 + usize::from(put_again)),
            "PUT {status}"
        );

        let (server, client) = serve([Reply::empty(status), Reply::json(200, DATASET)]).await;
        let outcome = client.datasets().create(PROJECT, &body).await;
        assert_eq!(
            (outcome.is_ok(), server.requests().len()),
            (post_again, 1 + usize::from(post_again)),
            "POST {status}"
        );
        let requests = server.requests();
        assert!(
            requests
                .iter()
                .all(|request| request.text() == r#"{"name":"train"}"#),
            "{requests:#?}"
        );
    }
}

#[tokio::test]
async fn a_broken_connection_is_made_again_where_that_is_safe() {
    let (server, client) = serve([Reply::closed(), Reply::empty(204)]).await;
    client
        .datasets()
        .delete(PROJECT, THING)
        .await
        .expect("deleting twice is deleting once");
    assert_eq!(server.requests().len(), 2);

    let (server, client) = serve([Reply::closed(), Reply::json(200, DATASET)]).await;
    let outcome = client
        .datasets()
        .create(PROJECT, &types::DatasetWrite::new("train"))
        .await;
    assert!(matches!(outcome, Err(Error::Transport(_))), "{outcome:?}");
    assert_eq!(
        server.requests().len(),
        1,
        "creating twice is not creating once"
    );

    let (server, client) = serve([Reply::closed(), Reply::empty(200)]).await;
    let outcome = client
        .images()
        .update(PROJECT, THING, &types::MediaPatch::new())
        .await;
    assert!(matches!(outcome, Err(Error::Transport(_))), "{outcome:?}");
    assert_eq!(server.requests().len(), 1, "nor is changing");
}

#[tokio::test]
async fn the_caller_decides() {
    let (server, client) = serve([Reply::empty(503), Reply::json(200, DATASET)]).await;
    let error = client
        .datasets()
        .get(PROJECT, THING)
        .without_retries()
        .await
        .expect_err("one attempt");
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));

    let (server, client) = serve(
        (0..5)
            .map(|_| Reply::empty(503))
            .chain([Reply::json(200, DATASET)]),
    )
    .await;
    let patient = RetryPolicy::new()
        .retries(5)
        .initial_delay(Duration::from_millis(1));
    client
        .datasets()
        .get(PROJECT, THING)
        .with_retry(patient)
        .await
        .expect("the sixth answer");
    assert_eq!(server.requests().len(), 6);
}
