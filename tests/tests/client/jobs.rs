//! Waiting for jobs: exports, automated labelling, videos, models.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_tests::server::Reply;
use hasty_api::Error;

use crate::setting::{PROJECT, THING, serve};

const SOON: Duration = Duration::from_millis(5);

/// A job in a state, which is JSON.
fn job(state: &str) -> Reply {
    Reply::json(
        200,
        format!(
            r#"{{"id": "{THING}", "status": {state}, "meta": {{"url": "https://x.example/e.zip"}}}}"#
        ),
    )
}

#[tokio::test]
async fn an_export_is_waited_for_until_it_is_done() {
    let states = [r#""INIT""#, "null", r#""A STATE OF TOMORROW""#, r#""DONE""#];
    let (server, client) = serve(states.map(job)).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&seen);
    let export = client
        .exports()
        .get(PROJECT, THING)
        .wait()
        .with_interval(SOON)
        .with_max_interval(SOON)
        .with_progress(move |job| {
            record
                .lock()
                .expect("not poisoned")
                .push(job.status.clone())
        })
        .await
        .expect("the export is done in the end");
    assert_eq!(export.status.as_deref(), Some("DONE"));
    assert_eq!(
        export.meta.expect("details")["url"],
        "https://x.example/e.zip"
    );
    let seen = seen.lock().expect("not poisoned");
    assert_eq!(
        *seen,
        [
            Some("INIT"),
            None,
            Some("A STATE OF TOMORROW"),
            Some("DONE")
        ]
        .map(|state| state.map(str::to_owned))
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert!(requests.iter().all(|request| {
        request.target == "/v1/projects/17a4fab4-c59c-4031-9cb5-41fccb5b054c/exports/497f6eca-6276-4993-bfeb-53cbbbba6f08"
    }));
}

#[tokio::test]
async fn a_failed_job_is_an_error() {
    for state in ["FAILED", "EXPORT_ERROR", "Canceled"] {
        let (server, client) = serve([job(r#""INIT""#), job(&format!("{state:?}"))]).await;
        let error = client
            .exports()
            .get(PROJECT, THING)
            .wait()
            .with_interval(SOON)
            .await
            .expect_err("it failed");
        assert!(
            matches!(error, Error::Job(_)) && error.is_job_failed() && !error.is_timeout(),
            "{error:?}"
        );
        assert_eq!(error.job_state(), Some(state));
        assert!(error.to_string().contains(state), "{error}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_job_that_takes_too_long_is_an_error() {
    let (server, client) = serve((0..200).map(|_| job(r#""RUNNING""#))).await;
    let error = client
        .exports()
        .get(PROJECT, THING)
        .wait()
        .with_interval(SOON)
        .with_max_interval(SOON)
        .with_deadline(Duration::from_millis(100))
        .await
        .expect_err("out of time");
    assert!(
        matches!(error, Error::Job(_)) && error.is_timeout() && !error.is_job_failed(),
        "{error:?}"
    );
    assert_eq!(error.job_state(), Some("RUNNING"));
    assert!((2..=100).contains(&server.requests().len()));
}

#[tokio::test]
async fn a_job_that_does_not_exist_is_not_waited_for() {
    let (server, client) = serve([Reply::json(404, r#"{"message": "no such job"}"#)]).await;
    let error = client
        .exports()
        .get(PROJECT, THING)
        .wait()
        .with_interval(SOON)
        .await
        .expect_err("404");
    assert!(error.is_not_found());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn automated_labelling_is_a_job() {
    let state = |state: &str| {
        Reply::json(
            200,
            format!(r#"{{"id": "{THING}", "experiment_id": "{THING}", "status": "{state}"}}"#),
        )
    };
    let (_server, client) = serve([state("RUNNING"), state("DONE")]).await;
    let job = client
        .automated_labeling()
        .get(PROJECT, THING)
        .wait()
        .with_interval(SOON)
        .await
        .expect("done");
    assert_eq!(job.status.as_deref(), Some("DONE"));
}

#[tokio::test]
async fn a_video_is_processed() {
    let video = |health: &str| {
        Reply::json(
            200,
            format!(
                r#"{{"id": "{THING}", "name": "v", "dataset_id": "{THING}", "status": "NEW", "health_status": "{health}"}}"#
            ),
        )
    };
    let (server, client) = serve([video("PROCESSING"), video("OK"), video("UNHEALTHY")]).await;
    let ready = client
        .videos()
        .get(PROJECT, THING)
        .wait()
        .with_interval(SOON)
        .await
        .expect("processed");
    assert_eq!(ready.health_status.as_deref(), Some("OK"));
    assert_eq!(server.requests().len(), 2);
    let error = client
        .videos()
        .get(PROJECT, THING)
        .wait()
        .with_interval(SOON)
        .await
        .expect_err("broken");
    assert_eq!(error.job_state(), Some("UNHEALTHY"));
}

#[tokio::test]
async fn models_are_loaded() {
    let model =
        |state: &str| Reply::json(200, format!(r#"{{"model_id": 7, "status": "{state}"}}"#));
    let replies = || [Reply::json(200, "{}"), model("LOADING"), model("LOADED")];
    let (server, client) = serve(
        replies()
            .into_iter()
            .chain(replies())
            .chain(replies())
            .chain(replies()),
    )
    .await;
    let inference = client.inference();
    let states = [
        inference
            .get_object_detector(PROJECT)
            .wait()
            .with_interval(SOON)
            .await,
        inference
            .get_instance_segmentor(PROJECT)
            .wait()
            .with_interval(SOON)
            .await,
        inference
            .get_semantic_segmentor(PROJECT)
            .wait()
            .with_interval(SOON)
            .await,
        inference
            .get_attributer(PROJECT)
            .wait()
            .with_interval(SOON)
            .await,
    ];
    for model in states {
        assert_eq!(model.expect("loaded").status.as_deref(), Some("LOADED"));
    }
    assert_eq!(server.requests().len(), 12);
}
