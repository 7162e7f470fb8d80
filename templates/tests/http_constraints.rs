//! Limits that are checked before a request is sent.

#[path = "server/example.rs"]
mod example;
mod server;

use clientsmith_templates::runtime::constraints::Limit;
use clientsmith_templates::runtime::{Call, Error, Method, read};
use example::core;
use serde_json::{Value, json};
use server::{Reply, Server};

static THING: [Limit; 2] = [
    Limit::Properties(&[
        ("name", &[Limit::MinLength(1), Limit::MaxLength(3)]),
        ("parts", &[Limit::MaxItems(2), Limit::Items(&THING)]),
    ]),
    Limit::Others(&["name", "parts"], &[Limit::Minimum(0.0)]),
];

/// The fault of a call with this value, of which nothing has reached the server; none if it has been sent.
async fn fault(limits: &[Limit], value: Value) -> Option<String> {
    let server = Server::start([Reply::status(204)]).await;
    let mut call: Call<()> = Call::new(&core(&server), Method::PUT, "/v1/things", &[], read::empty);
    call.check("body", limits, &value);
    match call.value().await {
        Ok(()) => None,
        Err(Error::Request(failure)) => {
            assert!(server.requests().is_empty());
            Some(failure.to_string())
        }
        Err(other) => Some(format!("no fault of the request: {other}")),
    }
}

#[tokio::test]
async fn each_limit_names_the_place_and_what_is_wrong() {
    for (limits, value, expected) in [
        (
            &[Limit::MinLength(2)][..],
            json!("é"),
            Some("body: shorter than 2 characters"),
        ),
        (&[Limit::MaxLength(2)], json!("éé"), None),
        (
            &[Limit::MaxLength(1)],
            json!("éé"),
            Some("body: longer than 1 character"),
        ),
        (&[Limit::Minimum(1.0)], json!(0), Some("body: less than 1")),
        (&[Limit::Minimum(1.0)], json!(1), None),
        (
            &[Limit::Maximum(1.5)],
            json!(1.6),
            Some("body: more than 1.5"),
        ),
        (
            &[Limit::Above(1.0)],
            json!(1),
            Some("body: not more than 1"),
        ),
        (
            &[Limit::Below(1.0)],
            json!(1.0),
            Some("body: not less than 1"),
        ),
        (&[Limit::MultipleOf(0.1)], json!(0.3), None),
        (
            &[Limit::MultipleOf(5.0)],
            json!(7),
            Some("body: not a multiple of 5"),
        ),
        (
            &[Limit::MinItems(1)],
            json!([]),
            Some("body: fewer than 1 item"),
        ),
        (
            &[Limit::MaxItems(1)],
            json!([1, 2]),
            Some("body: more than 1 item"),
        ),
        (
            &[Limit::UniqueItems],
            json!([1, 2, 1]),
            Some("body: the item 2 is there twice"),
        ),
        (&[Limit::UniqueItems], json!([1, "1"]), None),
        (
            &[Limit::MinProperties(1)],
            json!({}),
            Some("body: fewer than 1 key"),
        ),
        (
            &[Limit::MaxProperties(0)],
            json!({"a": 1}),
            Some("body: more than 0 keys"),
        ),
        // What is of another type, or null, is not what the limit is about.
        (&[Limit::MaxLength(1), Limit::MinItems(1)], json!(100), None),
        (&[Limit::Minimum(1.0)], json!("0"), None),
        (&[Limit::Minimum(1.0)], json!(null), None),
        // Numbers that floats do not tell apart are not refused.
        (
            &[Limit::Below(9_223_372_036_854_775_807.0)],
            json!(9_223_372_036_854_775_806_i64),
            None,
        ),
    ] {
        let fault = fault(limits, value.clone()).await;
        assert_eq!(fault.as_deref().map(last), expected, "{value}");
    }
}

#[tokio::test]
async fn parts_are_checked_at_every_depth() {
    let ok = json!({"name": "abc", "parts": [{"name": "a"}], "more": 0});
    assert_eq!(fault(&THING, ok).await, None);
    for (value, expected) in [
        (
            json!({"parts": [{}, {"parts": [{"name": "abcd"}]}]}),
            "body.parts[1].parts[0].name: longer than 3 characters",
        ),
        (json!({"more": -1}), "body.more: less than 0"),
        (
            json!({"parts": [{}, {}, {}]}),
            "body.parts: more than 2 items",
        ),
    ] {
        let fault = fault(&THING, value).await;
        assert_eq!(fault.as_deref().map(last), Some(expected));
    }
}

/// The message from the place on.
fn last(message: &str) -> &str {
    message
        .find("body")
        .map_or(message, |start| &message[start..])
}
