//! Headers of answers, typed.

#[path = "server/example.rs"]
mod example;
mod server;

use clientsmith_templates::runtime::json::{Decode, DecodeError, Decoder, required};
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
async fn several_lines_are_one_list() {
    let headers = [
        ("x-names", "a, b"),
        ("x-names", "c"),
        ("x-numbers", "1"),
        ("x-numbers", "2, 3"),
        ("x-remaining", "7"),
        ("x-remaining", "8"),
        ("x-name", "a"),
        ("x-name", "b"),
        ("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"),
        ("set-cookie", "b=2"),
        ("content-type", "application/json"),
    ];
    let server = Server::start([Reply::with_headers(200, &headers, "1")]).await;
    let response = get(&core(&server)).send().await.expect("an answer");
    let headers = response.headers();
    let texts = |texts: &[&str]| -> Option<Vec<String>> {
        Some(texts.iter().map(|&text| text.to_owned()).collect())
    };
    assert_eq!(NAMES.of(headers), texts(&["a", "b", "c"]));
    assert_eq!(NUMBERS.of(headers), Some(vec![1, 2, 3]));
    assert_eq!(REMAINING.of(headers), Some(7));
    assert_eq!(NAME.of(headers).as_deref(), Some("a, b"));
    let cookies: ResponseHeader<Vec<String>> = ResponseHeader::new("Set-Cookie");
    let expected = texts(&["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"]);
    assert_eq!(cookies.of(headers), expected);
    let cookie: ResponseHeader<String> = ResponseHeader::new("Set-Cookie");
    let first = "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT";
    assert_eq!(cookie.of(headers).as_deref(), Some(first));
}

#[derive(Debug, Clone, PartialEq)]
struct Quota {
    kind: String,
    left: i64,
    flag: bool,
}

impl Decode for Quota {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut kind, mut left, mut flag) = (None, None, None);
        json.object(&mut [
            required("kind", &mut kind),
            required("left", &mut left),
            required("flag", &mut flag),
        ])?;
        let (Some(kind), Some(left), Some(flag)) = (kind, left, flag) else {
            return Err(json.incomplete());
        };
        Ok(Self { kind, left, flag })
    }
}

#[tokio::test]
async fn objects_in_both_spellings() {
    let headers = [
        ("x-pairs", "kind, a b, left, 2, flag, true"),
        ("x-exploded", "kind=a=b,left=2,flag=true"),
        ("x-texts", "kind,12"),
        ("x-mixed", "kind=12,left=2,flag=true"),
        ("x-odd", "kind,12,left"),
        ("x-json", r#"{"kind":"a","left":1,"flag":true}"#),
        ("x-json", r#"{"kind":"b","left":2,"flag":true}"#),
        ("x-empty", ""),
        ("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"),
        ("content-type", "application/json"),
    ];
    let server = Server::start([Reply::with_headers(200, &headers, "1")]).await;
    let response = get(&core(&server)).send().await.expect("an answer");
    let headers = response.headers();
    type Values = std::collections::BTreeMap<String, Value>;
    let of = |name| ResponseHeader::<Values>::new(name).of(headers);
    let map = |json: Value| serde_json::from_value::<Values>(json).ok();
    // Any value may be a text, so that texts it is.
    assert_eq!(
        of("x-pairs"),
        map(json!({"kind": "a b", "left": "2", "flag": "true"}))
    );
    assert_eq!(of("x-texts"), map(json!({"kind": "12"})));
    assert_eq!(of("x-odd"), None);
    let numbers: ResponseHeader<std::collections::BTreeMap<String, i64>> =
        ResponseHeader::new("x-texts");
    let expected = std::collections::BTreeMap::from([("kind".to_owned(), 12)]);
    assert_eq!(numbers.of(headers), Some(expected));
    let exploded: ResponseHeader<Quota> = ResponseHeader::new("x-exploded");
    let expected = Quota {
        kind: "a=b".to_owned(),
        left: 2,
        flag: true,
    };
    assert_eq!(exploded.of(headers), Some(expected.clone()));
    let mixed: ResponseHeader<Quota> = ResponseHeader::new("x-mixed");
    let kind = |quota: Option<Quota>| quota.map(|quota| quota.kind);
    assert_eq!(kind(mixed.of(headers)).as_deref(), Some("12"));
    let json: ResponseHeader<Quota> = ResponseHeader::new("x-json");
    assert_eq!(kind(json.of(headers)).as_deref(), Some("a"));
    assert_eq!(of("x-empty"), None);
    let cookies: ResponseHeader<Vec<String>> = ResponseHeader::new("Set-Cookie");
    assert_eq!(cookies.of(headers).map(|cookies| cookies.len()), Some(1));
    let pairs: ResponseHeader<Quota> = ResponseHeader::new("x-pairs");
    let expected = Quota {
        kind: "a b".to_owned(),
        ..expected
    };
    assert_eq!(pairs.of(headers), Some(expected));
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
