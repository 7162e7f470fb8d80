//! Methods of every kind, and queries that are one value.

#[path = "server/example.rs"]
mod example;
mod server;

use clientsmith_templates::runtime::extension_method::extension_method;
use clientsmith_templates::runtime::{Call, JsonText, Method, read};
use example::{call, core, get};
use server::{Reply, Server};

#[tokio::test]
async fn methods_of_every_kind() {
    let replies = (0..6).map(|_| Reply::status(200));
    let server = Server::start(replies).await;
    let core = core(&server);
    let methods = [
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
        extension_method("QUERY"),
        extension_method("M-SEARCH"),
    ];
    for method in methods {
        let call: Call<()> = Call::new(&core, method, "/v1/things", &[], read::empty);
        call.value().await.expect("sent");
    }
    assert_eq!(
        server.lines(),
        [
            "HEAD /v1/things",
            "OPTIONS /v1/things",
            "TRACE /v1/things",
            "QUERY /v1/things",
            "M-SEARCH /v1/things"
        ]
    );
}

#[tokio::test]
async fn a_query_that_only_reads_is_sent_again_with_its_body() {
    let server = Server::start([
        Reply::Close,
        Reply::redirect(302, "/elsewhere"),
        Reply::json(200, "1"),
    ])
    .await;
    let core = core(&server);
    let mut query = call(&core, extension_method("QUERY"));
    query.json(&"a".to_owned());
    query.value().await.expect("sent");
    let requests = server.requests();
    assert_eq!(
        server.lines(),
        ["QUERY /v1/things", "QUERY /v1/things", "QUERY /elsewhere"]
    );
    assert!(requests.iter().all(|request| request.text() == "\"a\""));
}

#[tokio::test]
async fn a_parameter_without_a_name_is_the_whole_query() {
    let server = Server::start([Reply::json(200, "1"), Reply::json(200, "1")]).await;
    let core = core(&server);
    let mut json = get(&core);
    json.query("", &JsonText(&vec!["a&b".to_owned()]));
    json.value().await.expect("sent");
    let mut text = get(&core);
    text.query("", &"first");
    text.query("", &"$.a[0] & more");
    text.value().await.expect("sent");
    assert_eq!(
        server.lines(),
        [
            "GET /v1/things?%5B%22a%26b%22%5D",
            "GET /v1/things?%24.a%5B0%5D%20%26%20more"
        ]
    );
}
