//! Headers of answers, typed.

#[path = "server/example.rs"]
mod example;
mod server;

use clientsmith_templates::runtime::response_header::ResponseHeader;
use example::{core, get};
use serde_json::{Value, json};
use server::{Reply, Server};

const REMAINING: ResponseHeader<i64> = ResponseHeader::new("X-Remaining");
const NAME: ResponseHeader<String> = ResponseHeader::new("x-name");
const NUMBERS: ResponseHeader<Vec<i64>> = ResponseHeader::new("x-numbers");
const NAMES: ResponseHeader<Vec<String>> = ResponseHeader::new("x-names");
const JSON: ResponseHeader<std::collections::BTreeMap<String, Value>> =
    ResponseHeader::new("x-json");
const FLAG: ResponseHeader<bool> = ResponseHeader::new("x-flag");

#[tokio::test]
async fn values_of_every_type() {
    let headers = [
        ("x-remaining", "59"),
        ("x-name", "12"),
        ("x-numbers", "1, 2,3"),
        ("x-names", "a, 2"),
        ("x-flag", "true"),
        ("x-json", r#"{"a": 1}"#),
        ("content-type", "application/json"),
    ];
    let server = Server::start([Reply::with_headers(200, &headers, "1")]).await;
    let response = get(&core(&server)).send().await.expect("an answer");
    let headers = response.headers();
    assert_eq!(REMAINING.of(headers), Some(59));
    assert_eq!(NAME.of(headers).as_deref(), Some("12"));
    assert_eq!(NUMBERS.of(headers), Some(vec![1, 2, 3]));
    assert_eq!(
        NAMES.of(headers),
        Some(vec!["a".to_owned(), "2".to_owned()])
    );
    assert_eq!(FLAG.of(headers), Some(true));
    let json = JSON.of(headers).expect("JSON");
    assert_eq!(json.get("a"), Some(&json!(1)));
}

#[tokio::test]
async fn none_where_it_is_missing_or_of_another_type_and_errors_have_them_too() {
    let server = Server::start([Reply::with_headers(
        404,
        &[("x-remaining", "many"), ("x-flag", "false")],
        "",
    )])
    .await;
    let error = get(&core(&server)).value().await.expect_err("404");
    let headers = error.headers().expect("an answer");
    assert_eq!(REMAINING.of(headers), None);
    assert_eq!(NAMES.of(headers), None);
    assert_eq!(FLAG.of(headers), Some(false));
    assert_eq!(REMAINING.name(), "X-Remaining");
}
