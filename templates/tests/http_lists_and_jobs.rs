//! The flows that take several requests: lists in pages, and jobs that are waited for.

#[path = "server/example.rs"]
mod example;
mod server;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_templates::runtime::json::{Decode, DecodeError, Decoder, optional, required};
use clientsmith_templates::runtime::{
    Call, Core, CursorPaging, Error, IncomingResponse, Items, Method, NumberPaging, OffsetPaging,
    OutgoingRequest, Page, Pages, Polling, StatusCode, Transport, TransportFuture, Wait, read,
};
use example::{API, KEY, core};
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::{Value, json};
use server::{Reply, Server};

#[derive(Debug)]
struct List {
    items: Vec<i64>,
    total: Option<i64>,
    next: Option<String>,
}

impl Decode for List {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut items, mut total, mut next) = (None, None, None);
        json.object(&mut [
            required("items", &mut items),
            optional("total", &mut total),
            optional("next", &mut next),
        ])?;
        let (Some(items),) = (items,) else {
            return Err(json.incomplete());
        };
        Ok(Self { items, total, next })
    }
}

impl Page for List {
    type Item = i64;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn total(&self) -> Option<u64> {
        self.total.and_then(|total| u64::try_from(total).ok())
    }

    fn cursor(&self) -> Option<&str> {
        self.next.as_deref()
    }

    fn into_items(self) -> Vec<i64> {
        self.items
    }
}

const OFFSET: OffsetPaging = OffsetPaging {
    offset: "offset",
    limit: "limit",
};

fn page(items: &[i64], total: Option<i64>, next: Option<&str>) -> Reply {
    Reply::json(
        200,
        &json!({"items": items, "total": total, "next": next}).to_string(),
    )
}

fn list(core: &Core) -> Call<List> {
    Call::new(core, Method::GET, "/v1/things", &[], read::json)
}

#[tokio::test]
async fn a_list_ends_at_its_total() {
    let server = Server::start([page(&[1, 2], Some(3), None), page(&[3], Some(3), None)]).await;
    let items = Items::new(list(&core(&server)), OFFSET)
        .into_vec()
        .await
        .expect("all items");
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(
        server.lines(),
        ["GET /v1/things", "GET /v1/things?offset=2"]
    );
}

#[tokio::test]
async fn a_list_without_total_ends_with_an_empty_page() {
    let server = Server::start([
        page(&[1, 2], None, None),
        page(&[3], None, None),
        page(&[], None, None),
    ])
    .await;
    let pages: Vec<List> = Pages::new(list(&core(&server)), OFFSET)
        .try_collect()
        .await
        .expect("all pages");
    assert_eq!(
        pages
            .iter()
            .map(|page| page.items.len())
            .collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(
        server.lines(),
        [
            "GET /v1/things",
            "GET /v1/things?offset=2",
            "GET /v1/things?offset=3"
        ]
    );
}

#[tokio::test]
async fn a_total_that_is_never_reached_ends_with_an_empty_page() {
    let server = Server::start([page(&[1], Some(9), None), page(&[], Some(9), None)]).await;
    assert_eq!(
        Items::new(list(&core(&server)), OFFSET)
            .into_vec()
            .await
            .expect("all items"),
        [1]
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_empty_list_is_one_empty_page_without_items() {
    let server = Server::start([page(&[], Some(0), None), page(&[], None, None)]).await;
    let mut pages = Pages::new(list(&core(&server)), OFFSET);
    assert!(
        pages
            .try_next()
            .await
            .expect("a page")
            .is_some_and(|page| page.is_empty())
    );
    assert!(pages.try_next().await.expect("the end").is_none());
    assert!(
        Items::new(list(&core(&server)), OFFSET)
            .into_vec()
            .await
            .expect("no items")
            .is_empty()
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn paging_goes_on_from_an_offset_and_keeps_the_rest_of_the_query() {
    let server = Server::start([page(&[6, 7], Some(8), None), page(&[8], Some(8), None)]).await;
    let mut call = list(&core(&server));
    call.query("offset", &5_i64);
    call.query("limit", &2_i64);
    call.query_joined("tag", ["a,b", "c"], ",");
    assert_eq!(
        Items::new(call, OFFSET).into_vec().await.expect("the rest"),
        [6, 7, 8]
    );
    assert_eq!(
        server.lines(),
        [
            "GET /v1/things?offset=5&limit=2&tag=a%2Cb,c",
            "GET /v1/things?limit=2&tag=a%2Cb,c&offset=7"
        ]
    );
}

#[tokio::test]
async fn streams_ask_only_when_polled_and_end_after_an_error() {
    let server = Server::start([
        page(&[1], Some(3), None),
        Reply::json(400, "{}"),
        page(&[2], Some(3), None),
    ])
    .await;
    let mut items = Items::new(list(&core(&server)), OFFSET);
    assert_eq!(server.requests().len(), 0);
    assert_eq!(items.try_next().await.expect("the first"), Some(1));
    assert_eq!(server.requests().len(), 1);
    assert!(
        items
            .next()
            .await
            .is_some_and(|item| item.is_err_and(|error| error.is_invalid_request()))
    );
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn pages_by_number_and_by_cursor() {
    let number = NumberPaging {
        page: "page",
        first: 1,
    };
    let server = Server::start([page(&[1, 2], Some(3), None), page(&[3], Some(3), None)]).await;
    assert_eq!(
        Items::new(list(&core(&server)), number)
            .into_vec()
            .await
            .expect("all items"),
        [1, 2, 3]
    );
    assert_eq!(server.lines(), ["GET /v1/things", "GET /v1/things?page=2"]);

    let server = Server::start([page(&[5], Some(99), None), page(&[], Some(99), None)]).await;
    let mut call = list(&core(&server));
    call.query("page", &7_i64);
    assert_eq!(
        Items::new(call, number).into_vec().await.expect("the rest"),
        [5]
    );
    assert_eq!(
        server.lines(),
        ["GET /v1/things?page=7", "GET /v1/things?page=8"]
    );

    let cursor = CursorPaging { cursor: "after" };
    let replies = [
        page(&[1], None, Some("a&b")),
        page(&[], None, Some("c")),
        page(&[2], None, None),
    ];
    let server = Server::start(replies).await;
    assert_eq!(
        Items::new(list(&core(&server)), cursor)
            .into_vec()
            .await
            .expect("all items"),
        [1, 2]
    );
    assert_eq!(
        server.lines(),
        [
            "GET /v1/things",
            "GET /v1/things?after=a%26b",
            "GET /v1/things?after=c"
        ]
    );

    let server = Server::start(std::iter::repeat_n(page(&[1], None, Some("same")), 9)).await;
    let error = Items::new(list(&core(&server)), cursor)
        .into_vec()
        .await
        .expect_err("it never ends");
    assert!(
        error.is_decode() && error.to_string().contains("does not end"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 2);
}

/// Answers with states, one after the other; the last one for ever.
struct Job {
    states: Mutex<Vec<Value>>,
    asked: Arc<Mutex<Vec<tokio::time::Instant>>>,
}

impl Transport for Job {
    fn send(&self, _: OutgoingRequest) -> TransportFuture<'_> {
        self.asked
            .lock()
            .expect("no panic")
            .push(tokio::time::Instant::now());
        let mut states = self.states.lock().expect("no panic");
        let state = if states.len() > 1 {
            states.remove(0)
        } else {
            states[0].clone()
        };
        let body = json!({"id": 7, "state": state}).to_string();
        Box::pin(async move {
            Ok(IncomingResponse::new(
                StatusCode::OK,
                [].into_iter().collect(),
                body,
            ))
        })
    }
}

const POLLING: Polling = Polling {
    done: &["DONE", "SKIPPED"],
    failed: &["FAILED"],
    failed_containing: &["ERROR"],
    interval: Duration::from_secs(2),
    max_interval: Duration::from_secs(6),
    deadline: Duration::from_secs(60),
};

/// Waits for a job; gives the seconds at which its state was asked for.
async fn waited(
    states: &[Value],
    change: impl FnOnce(Wait<Value>) -> Wait<Value>,
) -> (Vec<u64>, Result<Value, Error>) {
    let asked = Arc::default();
    let job = Job {
        states: Mutex::new(states.to_vec()),
        asked: Arc::clone(&asked),
    };
    let core = Core::builder(&API)
        .base_url("http://x")
        .credential(&KEY, "k")
        .transport(job);
    let core = core.build().expect("valid settings");
    let call = Call::new(&core, Method::GET, "/v1/jobs/7", &[], read::json);
    let begin = tokio::time::Instant::now();
    let outcome = change(Wait::new(call, POLLING, |job: &Value| {
        job["state"].as_str()
    }))
    .await;
    let asked = asked.lock().expect("no panic");
    (
        asked.iter().map(|at| (*at - begin).as_secs()).collect(),
        outcome,
    )
}

#[tokio::test(start_paused = true)]
async fn a_job_is_asked_for_at_growing_intervals_until_it_is_done() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let states = [
        json!("NEW"),
        json!("NEVER HEARD OF"),
        json!(null),
        json!("NEW"),
        json!("NEW"),
        json!("skipped"),
    ];
    let shown = Arc::clone(&seen);
    let (asked, outcome) = waited(&states, |wait| {
        wait.with_progress(move |job: &Value| {
            shown.lock().expect("no panic").push(job["state"].clone())
        })
    })
    .await;
    assert_eq!(outcome.expect("done"), json!({"id": 7, "state": "skipped"}));
    // 2, then 3, 4.5, and 6 as the longest.
    assert_eq!(asked, [0, 2, 5, 9, 15, 21]);
    assert_eq!(*seen.lock().expect("no panic"), states);
}

#[tokio::test(start_paused = true)]
async fn a_failed_job_is_an_error_with_its_state_and_body() {
    for state in ["FAILED", "failed", "Error in export"] {
        let (_, outcome) = waited(&[json!("NEW"), json!(state)], |wait| wait).await;
        let error = outcome.expect_err("failed");
        assert!(matches!(error, Error::Job(_)) && error.is_job_failed() && !error.is_timeout());
        assert_eq!(error.job_state(), Some(state));
        let body: Value = error.body().expect("a body").expect("JSON");
        assert_eq!(body["id"], 7);
        assert_eq!(
            error.to_string(),
            format!("GET http://x/v1/jobs/7: the job failed, its state is {state}")
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_is_not_done_in_time_is_an_error_with_its_last_state() {
    let (asked, outcome) = waited(&[json!("NEW")], |wait| {
        wait.with_deadline(Duration::from_secs(10))
            .with_interval(Duration::from_secs(4))
    })
    .await;
    let error = outcome.expect_err("out of time");
    assert_eq!(asked, [0, 4]);
    assert!(matches!(error, Error::Job(_)) && error.is_timeout() && !error.is_job_failed());
    assert_eq!(error.job_state(), Some("NEW"));
    assert!(
        error
            .to_string()
            .ends_with("the job was not done within 10s, its last state is NEW"),
        "{error}"
    );
}

#[tokio::test]
async fn a_question_that_is_never_answered_ends_at_the_deadline() {
    let server = Server::start([Reply::Hang]).await;
    let call = Call::new(&core(&server), Method::GET, "/v1/jobs/7", &[], read::json);
    let wait = Wait::new(call, POLLING, |job: &Value| job["state"].as_str());
    let error = wait
        .with_deadline(Duration::from_millis(80))
        .await
        .expect_err("out of time");
    assert!(
        error.is_timeout()
            && error
                .to_string()
                .contains("/v1/jobs/7: no answer about the job"),
        "{error}"
    );
}

#[tokio::test]
async fn an_error_while_waiting_is_returned_and_retries_come_first() {
    let server = Server::start([Reply::status(503), Reply::json(404, "{}")]).await;
    let call = Call::new(&core(&server), Method::GET, "/v1/jobs/7", &[], read::json);
    let error = Wait::new(call, POLLING, |job: &Value| job["state"].as_str())
        .await
        .expect_err("404");
    assert!(error.is_not_found() && server.requests().len() == 2);
}
