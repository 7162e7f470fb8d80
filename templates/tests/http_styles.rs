//! Styles of parameters, and servers of operations, as they come over the wire.

#[path = "server/example.rs"]
mod example;
mod server;

use clientsmith_templates::runtime::json::Encode;
use clientsmith_templates::runtime::{Api, Call, Core, Method, Parameter, Style, Styled, read};
use example::{API, KEY, core, get, plain_client, quick_retries};
use serde_json::{Value, json};
use server::{Recorded, Reply, Server};

/// What a call looks like on the wire.
async fn sent(prepare: impl FnOnce(&mut Call<Value>)) -> Recorded {
    let server = Server::start([Reply::json(200, "1")]).await;
    let mut call = get(&core(&server));
    prepare(&mut call);
    call.value().await.expect("an answer");
    server.request()
}

async fn query(style: Style, value: Value) -> String {
    let request = sent(|call| call.query_styled("p q", style, &value)).await;
    let line = request.line().trim_start_matches("GET /v1/things");
    line.trim_start_matches('?').to_owned()
}

async fn cookies(style: Style, value: Value) -> Option<String> {
    let request = sent(|call| call.cookie_styled("c d", style, &value)).await;
    request.header("cookie").map(str::to_owned)
}

#[tokio::test]
async fn cookies_as_they_are() {
    let object = || json!({"R": 100, "g": "a&b", "n": null, "l": [1, 2]});
    let list = || json!(["a%2Cb", null, "\"c d\""]);
    for (style, value, expected) in [
        (Style::Cookie, json!("a/b=c"), Some("c d=a/b=c")),
        (Style::Cookie, list(), Some("c d=a%2Cb,\"c d\"")),
        (
            Style::Cookie,
            json!({"R": 100, "g": "a&b"}),
            Some("c d=R,100,g,a&b"),
        ),
        (Style::CookieExploded, json!(7), Some("c d=7")),
        (
            Style::CookieExploded,
            list(),
            Some("c d=a%2Cb; c d=\"c d\""),
        ),
        (
            Style::CookieExploded,
            object(),
            Some("R=100; g=a&b; l=1; l=2"),
        ),
        (Style::CookieExploded, json!({}), None),
        (
            Style::FormExploded,
            json!({"a b": "c/d"}),
            Some("a%20b=c%2Fd"),
        ),
    ] {
        assert_eq!(
            cookies(style, value.clone()).await.as_deref(),
            expected,
            "{style:?} {value}"
        );
    }
}

#[tokio::test]
async fn a_cookie_as_it_is_cannot_hold_another() {
    for (style, value) in [
        (Style::Cookie, json!("a; admin=1")),
        (Style::Cookie, json!("ü")),
        (Style::CookieExploded, json!(["a", "b\r\nx: y"])),
        (Style::CookieExploded, json!({"a=b": "c"})),
    ] {
        let server = Server::start([]).await;
        let mut call = get(&core(&server));
        call.cookie_styled("c", style, &value);
        let error = call.value().await.expect_err("nothing that can be sent");
        assert!(error.to_string().contains("the cookie `c`"), "{error}");
    }
}

#[tokio::test]
async fn objects_and_lists_in_a_query() {
    let object = || json!({"R": 100, "g h": "a&b", "n": null});
    let list = || json!(["a,b", null, 2.0]);
    for (style, value, expected) in [
        (Style::Form, object(), "p%20q=R,100,g%20h,a%26b"),
        (Style::FormExploded, object(), "R=100&g%20h=a%26b"),
        (
            Style::SpaceDelimited,
            object(),
            "p%20q=R%20100%20g%20h%20a%26b",
        ),
        (
            Style::PipeDelimited,
            object(),
            "p%20q=R%7C100%7Cg%20h%7Ca%26b",
        ),
        (
            Style::DeepObject,
            object(),
            "p%20q%5BR%5D=100&p%20q%5Bg%20h%5D=a%26b",
        ),
        (Style::Form, list(), "p%20q=a%2Cb,2"),
        (Style::FormExploded, list(), "p%20q=a%2Cb&p%20q=2"),
        (Style::SpaceDelimited, list(), "p%20q=a%2Cb%202"),
        (Style::PipeDelimited, list(), "p%20q=a%2Cb%7C2"),
        (Style::DeepObject, list(), "p%20q%5B%5D=a%2Cb&p%20q%5B%5D=2"),
        (Style::DeepObject, json!(7), "p%20q=7"),
        (Style::FormExploded, json!(true), "p%20q=true"),
        (Style::Form, json!(""), "p%20q="),
        (Style::Form, json!(null), ""),
        (Style::Form, json!([]), ""),
        (Style::FormExploded, json!({"a": null}), ""),
        (Style::DeepObject, json!({}), ""),
    ] {
        assert_eq!(
            query(style, value.clone()).await,
            expected,
            "{style:?} {value}"
        );
    }
}

#[tokio::test]
async fn what_is_nested_in_a_query() {
    let value = json!({"a": {"b": [1, 2], "c": {"d": "x"}}, "e": [{"f": 1}, {"f": 2}]});
    assert_eq!(
        query(Style::DeepObject, value).await,
        "p%20q%5Ba%5D%5Bb%5D%5B%5D=1&p%20q%5Ba%5D%5Bb%5D%5B%5D=2&p%20q%5Ba%5D%5Bc%5D%5Bd%5D=x&p%20q%5Be%5D%5B0%5D%5Bf%5D=1\
         &p%20q%5Be%5D%5B1%5D%5Bf%5D=2"
    );
    assert_eq!(
        query(
            Style::FormExploded,
            json!({"size": 2, "sort": ["a", "b"], "by": {"c": 1}})
        )
        .await,
        "size=2&sort=a&sort=b&by=%7B%22c%22%3A1%7D"
    );
    assert_eq!(
        query(Style::Form, json!([["a"], [1]])).await,
        "p%20q=%5B%22a%22%5D,%5B1%5D"
    );
}

#[tokio::test]
async fn a_style_replaces_what_was_set_before() {
    let request = sent(|call| {
        call.query_styled("f", Style::DeepObject, &json!({"a": 1, "b": 2}));
        call.query_styled("f", Style::DeepObject, &json!({"a": 3}));
        call.query_styled("g", Style::FormExploded, &json!({"x": 1, "y": 2}));
        call.query("x", &9_i64);
        call.query_styled("g", Style::FormExploded, &json!({"y": 4}));
    })
    .await;
    assert_eq!(request.line(), "GET /v1/things?f%5Ba%5D=3&x=9&y=4");
}

#[tokio::test]
async fn reserved_characters_stay_where_they_may() {
    let request = sent(|call| {
        call.query_reserved("to", Style::Form, &"https://a/b?c=d&e#f [g]+%20'é");
        call.query_reserved("list", Style::Form, &["/a", "/b"].as_slice());
    })
    .await;
    assert_eq!(
        request.line(),
        "GET /v1/things?to=https://a/b?c=d%26e%23f%20%5Bg%5D%2B%2520%27%C3%A9&list=/a,/b"
    );
}

#[tokio::test]
async fn one_text_in_a_path_or_a_header() {
    let object = json!({"R": 100, "g": "a,b/c"});
    let list = json!(["a", "b;c"]);
    for (style, value, encoded, raw) in [
        (Style::Simple, &object, "R,100,g,a%2Cb%2Fc", "R,100,g,a,b/c"),
        (
            Style::SimpleExploded,
            &object,
            "R=100,g=a%2Cb%2Fc",
            "R=100,g=a,b/c",
        ),
        (Style::Simple, &list, "a,b%3Bc", "a,b;c"),
        (Style::SimpleExploded, &list, "a,b%3Bc", "a,b;c"),
        (
            Style::Label,
            &object,
            ".R,100,g,a%2Cb%2Fc",
            ".R,100,g,a,b/c",
        ),
        (
            Style::LabelExploded,
            &object,
            ".R=100.g=a%2Cb%2Fc",
            ".R=100.g=a,b/c",
        ),
        (Style::Label, &list, ".a,b%3Bc", ".a,b;c"),
        (Style::LabelExploded, &list, ".a.b%3Bc", ".a.b;c"),
        (Style::Label, &json!(5), ".5", ".5"),
        (
            Style::Matrix,
            &object,
            ";n%20m=R,100,g,a%2Cb%2Fc",
            ";n m=R,100,g,a,b/c",
        ),
        (
            Style::MatrixExploded,
            &object,
            ";R=100;g=a%2Cb%2Fc",
            ";R=100;g=a,b/c",
        ),
        (Style::Matrix, &list, ";n%20m=a,b%3Bc", ";n m=a,b;c"),
        (
            Style::MatrixExploded,
            &list,
            ";n%20m=a;n%20m=b%3Bc",
            ";n m=a;n m=b;c",
        ),
        (Style::Matrix, &json!("x"), ";n%20m=x", ";n m=x"),
        (Style::Matrix, &json!(""), ";n%20m", ";n m"),
        (Style::MatrixExploded, &json!(null), "", ""),
    ] {
        let styled = Styled(style, "n m", value as &dyn Encode);
        let (mut in_path, mut in_header) = (String::new(), String::new());
        styled.write_encoded(&mut in_path);
        styled.write(&mut in_header);
        assert_eq!(
            (in_path.as_str(), in_header.as_str()),
            (encoded, raw),
            "{style:?} {value}"
        );
    }
}

#[tokio::test]
async fn an_exploded_object_is_a_cookie_for_each_member() {
    let request = sent(|call| {
        call.cookie("own", &1_i64);
        call.cookie_styled("c", Style::FormExploded, &json!({"a": 1, "b": "x y"}));
        call.cookie_styled("d", Style::Form, &json!({"a": 1, "b": 2}));
        call.cookie_styled("c", Style::FormExploded, &json!({"b": "z;"}));
    })
    .await;
    assert_eq!(request.header("cookie"), Some("own=1; d=a,1,b,2; b=z%3B"));
}

#[tokio::test]
async fn a_path_that_a_style_leaves_empty_is_not_sent() {
    let server = Server::start([Reply::json(200, "1")]).await;
    for (style, told) in [(Style::Simple, "is empty"), (Style::Matrix, "is empty")] {
        let nothing = json!([]);
        let argument = Styled(style, "a", &nothing);
        let call = Call::new(
            &core(&server),
            Method::GET,
            "/x/{a}",
            &[("a", &argument)],
            read::empty,
        );
        let error = call.value().await.expect_err("not sent");
        assert!(error.to_string().contains(told), "{error}");
    }
    assert_eq!(server.lines(), [""; 0]);
}

/// A core whose base URL is the one that the API's description names.
fn described(base_url: &str, variables: &'static [(&'static str, &'static str)]) -> &'static Api {
    Box::leak(Box::new(Api {
        base_url: Some(Box::leak(base_url.to_owned().into_boxed_str())),
        server_variables: variables,
        retry: quick_retries(),
        ..Api {
            user_agent: API.user_agent,
            base_url: None,
            server_variables: &[],
            base_url_variable: API.base_url_variable,
            security_schemes: API.security_schemes,
            security: API.security,
            retry: quick_retries(),
        }
    }))
}

#[tokio::test]
async fn an_operation_goes_to_its_server_unless_a_base_url_is_set() {
    let replies = || std::iter::repeat_n(Reply::json(200, "1"), 4);
    let (api, other) = (
        Server::start(replies()).await,
        Server::start(replies()).await,
    );
    let elsewhere: &'static str = Box::leak((other.url() + "/up").into_boxed_str());
    let send = async |core: &Core, server: &'static str| {
        let mut call = get(core);
        call.server(server);
        call.value().await.expect("an answer");
    };
    let described = described(&(api.url() + "/v0"), &[]);
    let builder = || {
        Core::builder(described)
            .credential(&KEY, "secret-key")
            .reqwest_client(plain_client())
    };
    let default = builder().build().expect("valid settings");
    send(&default, elsewhere).await;
    send(&default, "/v9").await;
    let chosen = builder().base_url(api.url() + "/proxy/v0");
    let chosen = chosen.build().expect("valid settings");
    send(&chosen, elsewhere).await;
    send(&chosen, "/v9").await;
    let spelled_out = builder().base_url(api.url() + "/v0/");
    send(&spelled_out.build().expect("valid settings"), elsewhere).await;
    assert_eq!(other.lines(), ["GET /up/v1/things"; 2]);
    assert_eq!(other.requests()[0].header("x-api-key"), Some("secret-key"));
    assert_eq!(
        api.lines(),
        [
            "GET /v9/v1/things",
            "GET /proxy/v0/v1/things",
            "GET /v9/v1/things"
        ]
    );
}

#[tokio::test]
async fn the_server_of_an_operation_follows_the_variables_of_the_apis() {
    let server = Server::start(std::iter::repeat_n(Reply::json(200, "1"), 2)).await;
    let origin = server.url();
    let (host, port) = origin.rsplit_once(':').expect("a port");
    let elsewhere: &'static str = Box::leak(format!("{host}:{{port}}/up").into_boxed_str());
    let port: &'static str = Box::leak(port.to_owned().into_boxed_str());
    let variables: &'static [_] = Box::leak(Box::new([("port", port)]));
    for (variables, set) in [(variables, None), (&[("port", "1")][..], Some(port))] {
        let mut builder = Core::builder(described("http://api.example:{port}", variables))
            .credential(&KEY, "secret-key")
            .reqwest_client(plain_client());
        if let Some(port) = set {
            builder = builder.server_variable("port", port);
        }
        let core = builder.build().expect("valid settings");
        let mut call = get(&core);
        call.server(elsewhere);
        call.value().await.expect("an answer");
    }
    assert_eq!(server.lines(), ["GET /up/v1/things"; 2]);
}

#[test]
fn variables_of_the_server_have_defaults_and_can_be_set() {
    let api = described(
        "https://{region}.example.com/{version}",
        &[("region", "eu"), ("version", "v1")],
    );
    let builder = || Core::builder(api).reqwest_client(plain_client());
    let url = |builder: clientsmith_templates::runtime::CoreBuilder| {
        builder.build().map(|core| core.base_url().to_string())
    };
    assert_eq!(url(builder()).expect("valid"), "https://eu.example.com/v1");
    let set = builder()
        .server_variable("region", "x")
        .server_variable("region", "us");
    assert_eq!(url(set).expect("valid"), "https://us.example.com/v1");
    let chosen = builder()
        .server_variable("region", "us")
        .base_url("http://localhost:1");
    assert_eq!(url(chosen).expect("valid"), "http://localhost:1/");
    let error = url(builder().server_variable("zone", "us")).expect_err("no such variable");
    assert!(
        error.to_string().contains("no variable \"zone\""),
        "{error}"
    );
}

#[tokio::test]
async fn a_scheme_that_the_client_does_not_know_is_the_users_to_provide() {
    let request = sent(|call| call.security(&[&["Certificate"]])).await;
    assert_eq!(request.header("x-api-key"), None);
    let request = sent(|call| call.security(&[&["Certificate", "Key"]])).await;
    assert_eq!(request.header("x-api-key"), Some("secret-key"));
    let request = sent(|call| call.security(&[&["Certificate"], &["Key"]])).await;
    assert_eq!(request.header("x-api-key"), Some("secret-key"));
}
