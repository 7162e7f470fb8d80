//! What is sent again, when, and where to: retries and redirects.

#[path = "server/example.rs"]
mod example;
mod server;

use std::time::{Duration, Instant, SystemTime};

use clientsmith_templates::runtime::{
    Api, Call, Core, Error, IncomingResponse, Method, OutgoingRequest, RetryPolicy, StatusCode,
    Transport, TransportError, TransportErrorKind, TransportFuture, read,
};
use example::{API, KEY, builder, call, core, get};
use serde_json::json;
use server::{Reply, Server};

/// How many requests a method makes when the first is answered by a status.
async fn requests(method: Method, first: Reply) -> usize {
    let server = Server::start([first, Reply::json(200, "1")]).await;
    let outcome = call(&core(&server), method).value().await;
    let count = server.requests().len();
    assert_eq!(outcome.is_ok(), count == 2);
    count
}

#[tokio::test]
async fn what_is_sent_again_depends_on_method_and_status() {
    let safe = [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS];
    for method in safe {
        for (status, expected) in [
            (429, 2),
            (502, 2),
            (503, 2),
            (504, 2),
            (500, 1),
            (501, 1),
            (408, 1),
            (404, 1),
        ] {
            assert_eq!(
                requests(method.clone(), Reply::status(status)).await,
                expected,
                "{method} {status}"
            );
        }
        assert_eq!(requests(method, Reply::Close).await, 2);
    }
    for method in [Method::POST, Method::PATCH] {
        for (status, expected) in [(429, 2), (502, 1), (503, 2), (504, 1), (500, 1)] {
            assert_eq!(
                requests(method.clone(), Reply::status(status)).await,
                expected,
                "{method} {status}"
            );
        }
        assert_eq!(requests(method, Reply::Close).await, 1);
    }
}

#[tokio::test]
async fn a_body_that_breaks_half_way_is_asked_for_again() {
    let broken = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1");
    assert_eq!(requests(Method::GET, broken.clone()).await, 2);
    assert_eq!(requests(Method::POST, broken).await, 1);
}

#[tokio::test]
async fn two_retries_are_made_and_counted() {
    let server = Server::start(std::iter::repeat_n(Reply::status(503), 9)).await;
    let error = get(&core(&server)).value().await.expect_err("503");
    assert_eq!((server.requests().len(), error.attempts()), (3, 3));
    assert!(
        error.to_string().ends_with(" (after 3 attempts)"),
        "{error}"
    );
}

#[tokio::test]
async fn the_policy_of_a_call_goes_before_that_of_the_client() {
    let server = Server::start(std::iter::repeat_n(Reply::status(503), 9)).await;
    let mut once = get(&core(&server));
    once.retry(RetryPolicy::none());
    assert_eq!(once.value().await.expect_err("503").attempts(), 1);
    let mut more = get(&core(&server));
    more.retry(
        RetryPolicy::new()
            .retries(4)
            .initial_delay(Duration::from_millis(1)),
    );
    assert_eq!(more.value().await.expect_err("503").attempts(), 5);
}

#[tokio::test]
async fn the_same_request_is_sent_again() {
    let server = Server::start([Reply::status(503), Reply::json(200, "1")]).await;
    let mut post = call(&core(&server), Method::POST);
    post.json(&json!({"a": 1}));
    post.query("q", &1_i64);
    post.value().await.expect("an answer");
    let [first, second] = &server.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!((&first.head, &first.body), (&second.head, &second.body));
}

/// A status and headers.
type Scripted = (u16, Vec<(&'static str, String)>);

/// A transport without sockets, so that time can be paused: it answers by script and notes when it was asked.
struct Script {
    replies: std::sync::Mutex<std::collections::VecDeque<Scripted>>,
    asked: std::sync::Arc<std::sync::Mutex<Vec<tokio::time::Instant>>>,
}

impl Transport for Script {
    fn send(&self, _: OutgoingRequest) -> TransportFuture<'_> {
        self.asked
            .lock()
            .expect("no panic")
            .push(tokio::time::Instant::now());
        let reply = self.replies.lock().expect("no panic").pop_front();
        Box::pin(async move {
            let Some((status, headers)) = reply else {
                return Err(TransportError::new(
                    TransportErrorKind::Broken,
                    "the script is over",
                ));
            };
            let headers = headers
                .into_iter()
                .map(|(name, value)| {
                    (
                        name.parse().expect("a name"),
                        value.parse().expect("a value"),
                    )
                })
                .collect();
            let status = StatusCode::from_u16(status).expect("a status");
            Ok(IncomingResponse::new(status, headers, "1"))
        })
    }
}

/// The waits between the attempts of a call, and what came of it.
async fn waits(
    policy: RetryPolicy,
    replies: Vec<Scripted>,
) -> (Vec<Duration>, Result<serde_json::Value, Error>) {
    let asked = std::sync::Arc::default();
    let script = Script {
        replies: std::sync::Mutex::new(replies.into()),
        asked: std::sync::Arc::clone(&asked),
    };
    let core = Core::builder(&API)
        .base_url("http://x")
        .credential(&KEY, "k")
        .transport(script)
        .retry(policy);
    let outcome = get(&core.build().expect("valid settings")).value().await;
    let asked = asked.lock().expect("no panic");
    (
        asked.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        outcome,
    )
}

#[tokio::test(start_paused = true)]
async fn waits_double_with_jitter_up_to_the_longest() {
    let policy = RetryPolicy::new().retries(6);
    let (waits, _) = waits(policy, vec![(503, vec![]); 7]).await;
    assert_eq!(waits.len(), 6);
    for (wait, most) in waits.iter().zip([500, 1_000, 2_000, 4_000, 8_000, 8_000]) {
        // The clock of the test ticks in milliseconds.
        let (least, most) = (
            Duration::from_millis(most * 3 / 4),
            Duration::from_millis(most + 1),
        );
        assert!(
            (least..=most).contains(wait),
            "{wait:?} is not within {least:?} and {most:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed_in_seconds_and_as_date() {
    let seconds = |seconds: &str| (429, vec![("retry-after", seconds.to_owned())]);
    let dated = |after: &str| {
        (
            503,
            vec![
                ("date", "Tue, 31 Dec 2024 23:59:50 GMT".to_owned()),
                ("retry-after", after.to_owned()),
            ],
        )
    };
    let replies = vec![
        seconds("7"),
        seconds("0"),
        dated("Wed, 01 Jan 2025 00:00:05 GMT"),
        dated("Wednesday, 01-Jan-25 00:00:06 GMT"),
        dated("Wed Jan  1 00:00:07 2025"),
        dated("Sun, 06 Nov 1994 08:49:37 GMT"),
        (200, vec![]),
    ];
    let (waits, outcome) = waits(RetryPolicy::new().retries(9), replies).await;
    assert!(outcome.is_ok());
    let seconds: Vec<u64> = waits.iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [7, 0, 15, 16, 17, 0]);
}

#[tokio::test(start_paused = true)]
async fn a_date_without_a_date_of_the_server_is_measured_by_the_own_clock() {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    let then =
        time::OffsetDateTime::from_unix_timestamp(i64::try_from(now + 20).expect("in range"))
            .expect("in range");
    let weekday = then.weekday().to_string();
    let month = then.month().to_string();
    let date = format!(
        "{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
        &weekday[..3],
        then.day(),
        &month[..3],
        then.year(),
        then.hour(),
        then.minute(),
        then.second()
    );
    let (waits, outcome) = waits(
        RetryPolicy::new(),
        vec![(503, vec![("retry-after", date)]), (200, vec![])],
    )
    .await;
    assert!(outcome.is_ok());
    assert!((17..=20).contains(&waits[0].as_secs()), "{waits:?}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_is_left_to_the_caller() {
    let (waits, outcome) = waits(
        RetryPolicy::new(),
        vec![(429, vec![("retry-after", "61".to_owned())]), (200, vec![])],
    )
    .await;
    assert!(waits.is_empty());
    let error = outcome.expect_err("429");
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
}

#[tokio::test(start_paused = true)]
async fn the_statuses_of_a_policy_replace_its_own() {
    let policy = || RetryPolicy::new().statuses(&[500]);
    let (waited, outcome) = waits(policy(), vec![(500, vec![]), (200, vec![])]).await;
    assert!(outcome.is_ok() && waited.len() == 1);
    let (waited, outcome) = waits(policy(), vec![(503, vec![]), (200, vec![])]).await;
    assert!(outcome.is_err() && waited.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_nonsensical_retry_after_is_ignored() {
    let (waits, outcome) = waits(
        RetryPolicy::new(),
        vec![
            (429, vec![("retry-after", "-1, soon".to_owned())]),
            (200, vec![]),
        ],
    )
    .await;
    assert!(outcome.is_ok());
    assert!(waits[0] <= Duration::from_millis(501), "{waits:?}");
}

#[tokio::test]
async fn a_redirect_within_the_host_keeps_everything() {
    let server = Server::start([
        Reply::redirect(302, "/v2/things?page=2"),
        Reply::json(200, "1"),
    ])
    .await;
    let mut call = get(&core(&server));
    call.header("x-own", &"own");
    call.cookie("c", &"1");
    call.value().await.expect("an answer");
    let [_, second] = &server.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!(second.line(), "GET /v2/things?page=2");
    assert_eq!(second.header("x-api-key"), Some("secret-key"));
    assert_eq!(
        (second.header("x-own"), second.header("cookie")),
        (Some("own"), Some("c=1"))
    );
}

#[tokio::test]
async fn a_redirect_to_another_host_leaves_the_key_at_home() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start([Reply::json(200, "1")]).await;
        let server = Server::start([Reply::redirect(
            status,
            &(other.url_on_other_host() + "/f?sig=1"),
        )])
        .await;
        let core = builder(&server)
            .default_header("x-default", "secret")
            .build()
            .expect("valid settings");
        let mut call = get(&core);
        call.header("authorization", &"secret");
        call.header("x-own", &"secret");
        call.cookie("c", &"secret");
        call.value().await.expect("an answer");
        let request = other.request();
        assert_eq!(request.line(), "GET /f?sig=1");
        assert!(!request.head.contains("secret"), "{}", request.head);
        assert_eq!(request.header("accept"), Some("application/json"));
    }
}

#[tokio::test]
async fn another_port_is_another_host_also_for_cookies_and_keys_in_queries() {
    static PORTS: Api = Api {
        security: &[&["QueryKey", "CookieKey"]],
        ..EXAMPLE
    };
    const EXAMPLE: Api = Api {
        base_url: None,
        server_variables: &[],
        user_agent: "example",
        base_url_variable: "X",
        security_schemes: &[&example::QUERY_KEY, &example::COOKIE_KEY],
        security: &[],
        retry: RetryPolicy::new(),
    };
    let other = Server::start([Reply::json(401, "{}")]).await;
    let server = Server::start([Reply::redirect(302, &(other.url() + "/f?sig=signed"))]).await;
    let core = Core::builder(&PORTS).base_url(server.url());
    let core = core
        .credential(&example::QUERY_KEY, "secret")
        .credential(&example::COOKIE_KEY, "secret");
    let error = get(&core.build().expect("valid settings"))
        .value()
        .await
        .expect_err("401");
    assert!(server.request().head.contains("secret"));
    assert!(
        !other.request().head.contains("secret"),
        "{}",
        other.request().head
    );
    let told = error.to_string();
    assert!(
        told.contains("/f?[redacted] (redirected from http://")
            && told.contains("credentials do not follow"),
        "{told}"
    );
    assert!(
        !told.contains("secret") && !told.contains("signed"),
        "{told}"
    );
}

#[tokio::test]
async fn the_key_does_not_come_back_after_it_was_left() {
    let server = Server::start([]).await;
    let other = Server::start([Reply::redirect(302, &(server.url() + "/back"))]).await;
    server.push(Reply::redirect(302, &other.url()));
    server.push(Reply::json(200, "1"));
    get(&core(&server)).value().await.expect("an answer");
    let [_, back] = &server.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!((back.line(), back.header("x-api-key")), ("GET /back", None));
}

/// The second request after a redirect.
async fn redirected(method: Method, status: u16) -> Option<(String, String, bool)> {
    let server = Server::start([Reply::redirect(status, "/next"), Reply::json(200, "1")]).await;
    let mut call = Call::new(&core(&server), method, "/v1/things", &[], read::empty);
    call.json(&json!("body"));
    let outcome = call.value().await;
    let second = server.requests().get(1).cloned();
    assert_eq!(outcome.is_ok(), second.is_some());
    let second = second?;
    Some((
        second.line().to_owned(),
        second.text().to_owned(),
        second.header("content-type").is_some(),
    ))
}

#[tokio::test]
async fn bodies_are_sent_again_only_after_307_and_308() {
    let with_body = |line: &str| Some((line.to_owned(), "\"body\"".to_owned(), true));
    let without = |line: &str| Some((line.to_owned(), String::new(), false));
    for status in [307, 308] {
        assert_eq!(
            redirected(Method::POST, status).await,
            with_body("POST /next")
        );
        assert_eq!(
            redirected(Method::DELETE, status).await,
            with_body("DELETE /next")
        );
    }
    for status in [301, 302] {
        assert_eq!(redirected(Method::POST, status).await, without("GET /next"));
        assert_eq!(
            redirected(Method::PUT, status).await,
            None,
            "it would be another request"
        );
    }
    assert_eq!(redirected(Method::PUT, 303).await, without("GET /next"));
    for status in [300, 304, 305] {
        assert_eq!(redirected(Method::GET, status).await, None);
    }
}

#[tokio::test]
async fn redirects_end() {
    let server = Server::start(std::iter::repeat_n(Reply::redirect(302, "/again"), 99)).await;
    let error = get(&core(&server))
        .value()
        .await
        .expect_err("it never ends");
    assert!(
        matches!(error, Error::Redirect(_)) && error.to_string().contains("more than 10 redirects"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn redirects_that_lead_nowhere_are_errors() {
    for (location, told) in [
        ("ftp://example.com/", "scheme ftp"),
        ("http://[", "no URL"),
        ("file:///etc/passwd", "scheme file"),
    ] {
        let server = Server::start([Reply::redirect(302, location)]).await;
        let error = get(&core(&server)).value().await.expect_err("not followed");
        assert!(
            matches!(error, Error::Redirect(_)) && error.to_string().contains(told),
            "{error}"
        );
    }
    let server = Server::start([Reply::status(302)]).await;
    let error = get(&core(&server)).value().await.expect_err("no location");
    assert!(matches!(error, Error::Api(_)));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
}

#[tokio::test]
async fn https_is_never_left_for_http() {
    struct Downgrade;
    impl Transport for Downgrade {
        fn send(&self, request: OutgoingRequest) -> TransportFuture<'_> {
            assert_eq!(
                request.url.scheme(),
                "https",
                "nothing is sent in the clear"
            );
            let location = "http://example.com/".parse().expect("a value");
            let headers = [("location".parse().expect("a name"), location)]
                .into_iter()
                .collect();
            Box::pin(async move { Ok(IncomingResponse::new(StatusCode::FOUND, headers, "")) })
        }
    }
    let core = Core::builder(&API)
        .base_url("https://example.com")
        .credential(&KEY, "k")
        .transport(Downgrade);
    let error = get(&core.build().expect("valid settings"))
        .value()
        .await
        .expect_err("not followed");
    assert!(
        matches!(error, Error::Redirect(_)) && error.to_string().contains("from https to http"),
        "{error}"
    );
}

#[tokio::test]
async fn the_time_limit_holds_over_redirects_but_not_over_retries() {
    let slow = |status: u16| Reply::Slow {
        first: Vec::new(),
        pause: Duration::from_millis(120),
        rest: format!("HTTP/1.1 {status} X\r\nlocation: /next\r\ncontent-length: 1\r\n\r\n1")
            .into_bytes(),
    };
    let server = Server::start([slow(302), slow(302), slow(200)]).await;
    let core = builder(&server)
        .timeout(Duration::from_millis(200))
        .build()
        .expect("valid settings");
    let begin = Instant::now();
    assert!(get(&core).value().await.expect_err("too slow").is_timeout());
    assert!(begin.elapsed() < Duration::from_secs(3));
    let server = Server::start([slow(503), slow(503), slow(200)]).await;
    let core = builder(&server)
        .timeout(Duration::from_millis(200))
        .build()
        .expect("valid settings");
    assert!(
        get(&core).value().await.is_ok(),
        "each attempt has the whole limit"
    );
}
