//! The client whose settings come from the environment.
//!
//! A process cannot change its own environment safely, so each test runs its second half in a process of its own.

use std::process::Command;

use clientsmith_tests::server::{Reply, Server};
use hasty_api::{Client, Error};

use crate::setting::PROJECT;

/// Runs one of the tests below in a process with these variables and no others of this API.
fn run(test: &str, variables: &[(&str, &str)]) {
    let program = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(program)
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env_remove("HASTY_API_KEY")
        .env_remove("HASTY_BASE_URL")
        .envs(variables.iter().copied())
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(told.contains("1 passed"), "{test} was run: {told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn key_and_base_url_come_from_the_environment() {
    let server = Server::replying([Reply::empty(204)]).await;
    let url = format!("{}/staging", server.url());
    let variables = [
        ("HASTY_API_KEY", "key-of-the-environment"),
        ("HASTY_BASE_URL", url.as_str()),
    ];
    run("environment::with_key_and_base_url", &variables);
    let request = server.request();
    assert_eq!(
        request.target,
        "/staging/v1/projects/17a4fab4-c59c-4031-9cb5-41fccb5b054c"
    );
    assert_eq!(request.header("x-api-key"), Some("key-of-the-environment"));
}

#[test]
fn the_api_itself_is_the_default() {
    run("environment::with_key_alone", &[("HASTY_API_KEY", "k")]);
}

#[test]
fn a_missing_key_is_told_by_the_name_of_its_variable() {
    run(
        "environment::without_a_key",
        &[("HASTY_BASE_URL", "http://127.0.0.1:1")],
    );
}

#[tokio::test]
#[ignore = "run by key_and_base_url_come_from_the_environment, which sets its variables"]
async fn with_key_and_base_url() {
    let client = Client::from_env().expect("the environment has all");
    client
        .projects()
        .delete(PROJECT)
        .await
        .expect("the server of the environment");
}

#[test]
#[ignore = "run by the_api_itself_is_the_default, which sets its variables"]
fn with_key_alone() {
    let client = Client::from_env().expect("the environment has the key");
    assert_eq!(client.base_url(), "https://api.hasty.ai/");
}

#[test]
#[ignore = "run by a_missing_key_is_told_by_the_name_of_its_variable, which sets its variables"]
fn without_a_key() {
    let error = Client::from_env().expect_err("there is no key");
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains("HASTY_API_KEY"), "{error}");
}
