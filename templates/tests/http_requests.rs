//! Requests as they come over the wire: paths, queries, headers, cookies, credentials, and those that are not sent.

#[path = "server/example.rs"]
mod example;
mod server;

use std::collections::HashMap;

use clientsmith_templates::runtime::json::Encode;
use clientsmith_templates::runtime::{
    Bytes, Call, Core, Error, Joined, JsonText, Method, Parameter, Secret, SecurityRequirement,
    read,
};
use example::{API, BASIC, BEARER, COOKIE_KEY, KEY, QUERY_KEY, builder, core, get};
use serde_json::{Value, json};
use server::{Recorded, Reply, Server};

async fn server() -> Server {
    Server::start(std::iter::repeat_n(Reply::json(200, "1"), 8)).await
}

/// What a call looks like on the wire.
async fn sent(prepare: impl FnOnce(&mut Call<Value>)) -> Recorded {
    let server = server().await;
    let mut call = get(&core(&server));
    prepare(&mut call);
    call.value().await.expect("an answer");
    server.request()
}

/// The error of a call that is not sent.
async fn refused(prepare: impl FnOnce(&mut Call<Value>)) -> Error {
    let server = server().await;
    let mut call = get(&core(&server));
    prepare(&mut call);
    let error = call.value().await.expect_err("not sent");
    assert!(
        matches!(error, Error::Request(_)) && !error.is_retryable(),
        "{error:?}"
    );
    assert_eq!(server.lines(), [""; 0], "nothing was sent");
    assert_eq!(error.attempts(), 0);
    error
}

async fn path(argument: &dyn Parameter) -> Result<String, Error> {
    let server = server().await;
    Call::new(
        &core(&server),
        Method::GET,
        "/v1/{a}/x/{b}.json",
        &[("b", &"b"), ("a", argument)],
        read::empty,
    )
    .value()
    .await?;
    Ok(server.request().line().to_owned())
}

#[tokio::test]
async fn path_arguments_stay_in_their_place() {
    for (argument, expected) in [
        ("plain-._~AZ09", "plain-._~AZ09"),
        ("a/b", "a%2Fb"),
        ("../../admin", "..%2F..%2Fadmin"),
        ("a b+c", "a%20b%2Bc"),
        ("%2e%2e", "%252e%252e"),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("a\\b;c:d@e", "a%5Cb%3Bc%3Ad%40e"),
        ("日本\r\n", "%E6%97%A5%E6%9C%AC%0D%0A"),
        ("{b}", "%7Bb%7D"),
        ("...", "..."),
    ] {
        let line = path(&argument).await.expect("sent");
        assert_eq!(line, format!("GET /v1/{expected}/x/b.json"), "{argument}");
    }
}

#[tokio::test]
async fn path_arguments_that_would_climb_are_refused() {
    for argument in ["", ".", ".."] {
        let error = path(&argument).await.expect_err("refused");
        assert!(matches!(error, Error::Request(_)), "{error:?}");
        assert!(
            error
                .to_string()
                .starts_with("GET /v1/{a}/x/{b}.json: not sent: the argument a is "),
            "{error}"
        );
    }
}

#[tokio::test]
async fn values_of_every_type_have_a_text() {
    for (argument, expected) in [
        (&true as &dyn Parameter, "true"),
        (&-5_i64, "-5"),
        (&7_u8, "7"),
        (&1.5_f64, "1.5"),
        (&2.0_f32, "2"),
        (&String::from("s"), "s"),
        (&Joined::comma(&["a,b", "c"]), "a%2Cb,c"),
        (&json!("text"), "text"),
        (&json!({"a": 1}), "%7B%22a%22%3A1%7D"),
        (&JsonText(&vec![1_i64, 2] as &dyn Encode), "%5B1%2C2%5D"),
        (&uuid::Uuid::nil(), "00000000-0000-0000-0000-000000000000"),
        (&std::net::Ipv4Addr::LOCALHOST, "127.0.0.1"),
        (&std::net::Ipv6Addr::LOCALHOST, "%3A%3A1"),
        (
            &time::Date::from_ordinal_date(2024, 60).expect("a day"),
            "2024-02-29",
        ),
        (
            &time::OffsetDateTime::UNIX_EPOCH,
            "1970-01-01T00%3A00%3A00Z",
        ),
    ] {
        assert_eq!(
            path(argument).await.expect("sent"),
            format!("GET /v1/{expected}/x/b.json")
        );
    }
}

#[tokio::test]
async fn queries_are_encoded_joined_and_repeated() {
    let request = sent(|call| {
        call.query("a b", &"1 2&3");
        call.query("one", &1_i64);
        call.query("one", &2_i64);
        call.query_joined("comma", ["x,y", "z"], ",");
        call.query_joined("space", ["x y", "z"], "%20");
        call.query_joined("pipe", [1_i64, 2], "|");
        call.query_joined("none", [""; 0], ",");
        call.query_repeated("r[]", ["x", "y"]);
        call.query_repeated("r[]", ["z&", "z"]);
        call.query_repeated("empty", [""; 0]);
    })
    .await;
    assert_eq!(
        request.line(),
        "GET /v1/things?a%20b=1%202%263&one=2&comma=x%2Cy,z&space=x%20y%20z&pipe=1|2&r%5B%5D=z%26&r%5B%5D=z"
    );
}

#[tokio::test]
async fn headers_of_a_call_go_before_those_of_the_client() {
    let server = server().await;
    let client = builder(&server)
        .user_agent("mine/1")
        .default_header("X-Trace", "default")
        .default_header("x-b", "b");
    let mut call = get(&client.build().expect("valid settings"));
    call.clone().value().await.expect("an answer");
    call.header("x-trace", &7_i64);
    call.header("Accept", &"application/problem+json");
    call.header("user-agent", &"other");
    call.value().await.expect("an answer");
    let [first, second] = &server.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!(first.header("x-trace"), Some("default"));
    assert_eq!(first.header("user-agent"), Some("mine/1"));
    assert_eq!(first.header("accept"), Some("application/json"));
    assert_eq!(second.header("x-trace"), Some("7"));
    assert_eq!(second.header("x-b"), Some("b"));
    assert_eq!(second.header("accept"), Some("application/problem+json"));
    assert_eq!(second.header("user-agent"), Some("other"));
    assert_eq!(second.head.matches("x-trace").count(), 1);
}

#[tokio::test]
async fn the_least_request_has_no_header_beyond_need() {
    let request = sent(|_| ()).await;
    let mut names: Vec<&str> = request
        .head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "host", "user-agent", "x-api-key"]);
    assert_eq!(request.header("user-agent"), Some("example/1.2.3"));
}

#[tokio::test]
async fn cookies_share_one_header() {
    let request = sent(|call| {
        call.cookie("theme", &"dark; blue");
        call.cookie("n", &1_i64);
        call.cookie("n", &2_i64);
        call.header("cookie", &"own=1");
    })
    .await;
    assert_eq!(
        request.header("cookie"),
        Some("own=1; theme=dark%3B%20blue; n=2")
    );
}

#[tokio::test]
async fn bodies_have_their_media_type_and_length() {
    let server = server().await;
    let core = core(&server);
    let call = || Call::new(&core, Method::POST, "/v1/things", &[], read::empty);
    let mut with_json = call();
    with_json.json(&json!({"a": [1, null]}));
    with_json.value().await.expect("sent");
    let mut patch = call();
    patch.json_as("application/merge-patch+json", &json!(null));
    patch.value().await.expect("sent");
    let mut form = call();
    form.form(&json!({"a b": "1&2", "c": true}), &[]);
    form.value().await.expect("sent");
    let mut bytes = call();
    bytes.body("image/png", Bytes::from_static(&[0, 255]));
    bytes.value().await.expect("sent");
    call().value().await.expect("sent");
    let requests = server.requests();
    let seen: Vec<_> = requests
        .iter()
        .map(|request| {
            (
                request.header("content-type"),
                request.header("content-length"),
                &request.body[..],
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (
                Some("application/json"),
                Some("14"),
                &br#"{"a":[1,null]}"#[..]
            ),
            (Some("application/merge-patch+json"), Some("4"), b"null"),
            (
                Some("application/x-www-form-urlencoded"),
                Some("16"),
                b"a+b=1%262&c=true"
            ),
            (Some("image/png"), Some("2"), &[0, 255]),
            (None, Some("0"), b""),
        ]
    );
}

#[tokio::test]
async fn values_that_a_header_cannot_carry_are_refused() {
    let error = refused(|call| call.header("x-a", &"secret\r\nx-b: 1")).await;
    assert!(
        error.to_string().contains("header x-a") && !error.to_string().contains("secret"),
        "{error}"
    );
    let error = refused(|call| call.header("x a", &"1")).await;
    assert!(
        error.to_string().contains(r#""x a" is not a header name"#),
        "{error}"
    );
}

/// How a call with a requirement authenticates, given these credentials.
async fn authenticated(
    requirement: SecurityRequirement,
    credentials: &[(
        &'static clientsmith_templates::runtime::SecurityScheme,
        Secret,
    )],
) -> Result<Recorded, Error> {
    let server = server().await;
    let mut builder = Core::builder(&API).base_url(server.url());
    for (scheme, secret) in credentials {
        builder = builder.credential(scheme, secret.clone());
    }
    let mut call = get(&builder.build().expect("valid settings"));
    call.security(requirement);
    call.query("q", &1_i64);
    let outcome = call.value().await;
    assert_eq!(outcome.is_ok(), server.requests().len() == 1);
    outcome.map(|_| server.request())
}

#[tokio::test]
async fn each_scheme_has_its_place() {
    let request = authenticated(&[&["Bearer"]], &[(&BEARER, Secret::new(" token\n"))])
        .await
        .expect("sent");
    assert_eq!(request.header("authorization"), Some("Bearer token"));
    let request = authenticated(
        &[&["Basic"]],
        &[(&BASIC, Secret::basic("user", "pass word"))],
    )
    .await
    .expect("sent");
    assert_eq!(
        request.header("authorization"),
        Some("Basic dXNlcjpwYXNzIHdvcmQ=")
    );
    let request = authenticated(&[&["QueryKey"]], &[(&QUERY_KEY, "a&b".into())])
        .await
        .expect("sent");
    assert_eq!(request.line(), "GET /v1/things?q=1&the%20key=a%26b");
    let request = authenticated(
        &[&["CookieKey"]],
        &[(&COOKIE_KEY, "PVE:a@b==/+%20;\"".into())],
    )
    .await
    .expect("sent");
    assert_eq!(
        request.header("cookie"),
        Some("session=PVE:a@b==/+%20%3B%22")
    );
    let request = authenticated(&[&["Key"]], &[(&KEY, "k".into())])
        .await
        .expect("sent");
    assert_eq!(request.header("x-api-key"), Some("k"));
}

#[tokio::test]
async fn the_first_alternative_with_all_credentials_is_taken() {
    let requirement: SecurityRequirement = &[&["Bearer", "QueryKey"], &["Key"], &["CookieKey"]];
    let all = [
        (&KEY, "k".into()),
        (&BEARER, "b".into()),
        (&COOKIE_KEY, "c".into()),
        (&QUERY_KEY, "q".into()),
    ];
    let request = authenticated(requirement, &all).await.expect("sent");
    assert_eq!(request.header("authorization"), Some("Bearer b"));
    assert!(request.line().ends_with("&the%20key=q"));
    assert_eq!(
        (request.header("x-api-key"), request.header("cookie")),
        (None, None)
    );
    let request = authenticated(requirement, &all[..3]).await.expect("sent");
    assert_eq!(
        (request.header("x-api-key"), request.header("authorization")),
        (Some("k"), None)
    );
}

#[tokio::test]
async fn optional_and_absent_requirements_need_no_credential() {
    assert!(authenticated(&[&[], &["Key"]], &[]).await.is_ok());
    let request = authenticated(&[&[], &["Key"]], &[(&KEY, "k".into())])
        .await
        .expect("sent");
    assert_eq!(
        request.header("x-api-key"),
        Some("k"),
        "a credential that is there is used"
    );
    let request = authenticated(&[], &[(&KEY, "k".into())])
        .await
        .expect("sent");
    assert_eq!(
        request.header("x-api-key"),
        None,
        "an operation that asks for none gets none"
    );
}

#[tokio::test]
async fn a_missing_credential_is_an_error_before_anything_is_sent() {
    let error = authenticated(&[&["Bearer", "Basic"], &["Key"]], &[(&BEARER, "b".into())])
        .await
        .expect_err("missing");
    assert!(matches!(error, Error::Request(_)));
    assert_eq!(
        error.to_string(),
        "GET /v1/things: not sent: no credential: set Bearer (environment variable EXAMPLE_TOKEN) with Basic \
         (environment variable EXAMPLE_LOGIN_USERNAME and EXAMPLE_LOGIN_PASSWORD), or Key (environment variable \
         EXAMPLE_KEY) on the client's builder or in the environment"
    );
}

#[tokio::test]
async fn a_header_of_the_call_stands_for_the_credential() {
    let server = server().await;
    let bare = Core::builder(&API)
        .base_url(server.url())
        .build()
        .expect("valid settings");
    let mut call = get(&bare);
    call.header("X-API-KEY", &"by hand");
    call.value().await.expect("sent");
    let mut call = get(&core(&server));
    call.header("x-api-key", &"by hand");
    call.value().await.expect("sent");
    for request in server.requests() {
        assert_eq!(request.header("x-api-key"), Some("by hand"));
        assert_eq!(
            request
                .head
                .to_ascii_lowercase()
                .matches("x-api-key")
                .count(),
            1
        );
    }
}

#[test]
fn settings_come_from_variables() {
    let read = |pairs: &[(&str, &str)]| {
        let variables: HashMap<String, String> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Core::builder(&API)
            .from_variables(|name| variables.get(name).cloned())?
            .build()
    };
    let core = read(&[
        ("EXAMPLE_KEY", " k "),
        ("EXAMPLE_BASE_URL", " https://example.com/api/ "),
    ])
    .expect("complete");
    assert_eq!(core.base_url().as_str(), "https://example.com/api/");
    assert!(
        format!("{core:?}").contains(r#"credentials: ["Key"]"#),
        "{core:?}"
    );
    let error = read(&[
        ("EXAMPLE_KEY", "  "),
        ("EXAMPLE_BASE_URL", "https://example.com"),
    ])
    .expect_err("no key");
    assert!(error.to_string().contains("EXAMPLE_KEY"), "{error}");
    let error = read(&[("EXAMPLE_KEY", "k")]).expect_err("no base URL");
    assert!(error.to_string().contains("EXAMPLE_BASE_URL"), "{error}");
    let complete = [
        ("EXAMPLE_LOGIN_USERNAME", "u"),
        ("EXAMPLE_LOGIN_PASSWORD", "p"),
        ("EXAMPLE_KEY", "k"),
        ("EXAMPLE_BASE_URL", "http://x"),
    ];
    assert!(format!("{:?}", read(&complete).expect("complete")).contains(r#"["Key", "Basic"]"#));
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    for suffix in ["/api", "/api/"] {
        let server = server().await;
        let core = builder(&server)
            .base_url(server.url() + suffix)
            .build()
            .expect("valid settings");
        get(&core).value().await.expect("sent");
        assert_eq!(server.request().line(), "GET /api/v1/things");
    }
}

#[test]
fn settings_that_make_no_client_are_refused() {
    for (base_url, told) in [
        ("example.com", "not an absolute URL"),
        ("ftp://example.com", "scheme ftp"),
        ("https://user:secret@example.com", "a user or a password"),
        ("https://example.com/?a=b", "query"),
        ("", "not an absolute URL"),
    ] {
        let error = Core::builder(&API)
            .base_url(base_url)
            .build()
            .expect_err("refused");
        assert!(matches!(error, Error::Request(_)));
        assert!(
            error.to_string().contains(told) && !error.to_string().contains("secret"),
            "{error}"
        );
    }
    let error = Core::builder(&API)
        .base_url("http://x")
        .default_header("a", "secret\n")
        .build()
        .expect_err("refused");
    assert!(
        error.to_string().contains("header a") && !error.to_string().contains("secret"),
        "{error}"
    );
}

#[test]
fn nothing_secret_is_shown() {
    let builder = Core::builder(&API)
        .base_url("https://example.com")
        .credential(&KEY, "secret-1");
    let builder = builder.default_header("authorization", "secret-2");
    let shown = format!("{builder:?}");
    let core = builder.build().expect("valid settings");
    let mut call = get(&core);
    call.query("signature", &"secret-3");
    call.header("x-a", &"secret-4");
    call.cookie("c", &"secret-5");
    call.json(&json!("secret-6"));
    let upload = core.upload("https://example.com/a?secret-7", "secret-8".to_owned());
    let download = core.download("https://example.com/a?secret-9");
    let shown = format!(
        "{shown} {core:?} {call:?} {upload:?} {download:?} {:?}",
        Secret::new("secret-0")
    );
    assert!(!shown.contains("secret"), "{shown}");
}

#[tokio::test]
async fn a_ready_reqwest_client_is_used_and_may_not_follow_redirects() {
    let server = Server::start([
        Reply::json(200, "1"),
        Reply::redirect(302, "/elsewhere"),
        Reply::json(200, "2"),
    ])
    .await;
    // With `rustls-no-provider`, reqwest builds no client until a provider is installed.
    #[cfg(feature = "rustls")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ready = reqwest::Client::builder()
        .user_agent("ready")
        .build()
        .expect("a client");
    let core = builder(&server)
        .reqwest_client(ready)
        .build()
        .expect("valid settings");
    assert_eq!(get(&core).value().await.expect("an answer"), json!(1));
    let error = get(&core)
        .value()
        .await
        .expect_err("it followed the redirect by itself");
    assert!(
        error.to_string().contains("redirect::Policy::none"),
        "{error}"
    );
}
