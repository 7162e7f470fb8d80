//! What a user sees first of a crate: the quick start of its README, and what it needs.

#[allow(dead_code, reason = "the parts are for all tests of emitted code")]
mod sample;

use clientsmith::model::*;
use clientsmith::package::{PackageFacts, package};
use sample::*;

/// An API whose first operation gives a thing; `security` is what it asks for.
fn quick(security: &[&[&str]]) -> Api {
    let mut api = api();
    let basic = SecurityScheme {
        scheme: "Basic".to_owned(),
        name: "basic_auth".to_owned(),
        credential: CredentialKind::Basic,
        documentation: Documentation::default(),
    };
    api.security_schemes.insert("Basic".to_owned(), basic);
    let of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let first = |name: &str, success| Operation {
        success,
        sample: Some(Sample {
            status: 204,
            media_type: String::new(),
            body: String::new(),
        }),
        security: Some(security.iter().map(|names| of(names)).collect()),
        ..operation(name, &name.to_lowercase(), Method::Get, "/things")
    };
    let operations = vec![
        first("Anything", json(Type::Any)),
        first("Texts", json(array(string()))),
        first("Numbers", json(array(integer()))),
    ];
    api.groups = vec![group("thing", "things", "Things", operations)];
    api
}

#[test]
fn the_quick_start_shows_the_first_operation_that_says_something_and_what_it_needs() {
    let start = |security: &[&[&str]]| {
        let readme = file(&quick(security), "README.md");
        let (_, rest) = readme.split_once("## Quick start\n\n").expect("it has one");
        let (start, _) = rest.split_once("\n\nA method").expect("it ends");
        start.to_owned()
    };
    insta::assert_snapshot!(start(&[&["ApiKeyAuth"], &["Basic"]]));
    let needs = |security: &[&[&str]]| {
        start(security)
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(needs(&[]), "No credentials are needed:");
    assert_eq!(needs(&[&["Basic"], &[]]), "No credentials are needed:");
    assert_eq!(
        needs(&[&["ApiKeyAuth", "Basic"]]),
        "Set `SAMPLE_API_KEY`, `SAMPLE_BASIC_AUTH_USERNAME` and `SAMPLE_BASIC_AUTH_PASSWORD` in the environment, then:"
    );
    let mut open = quick(&[]);
    open.security_schemes.clear();
    let readme = file(&open, "README.md");
    assert!(readme.contains("`Client::from_env()` reads `SAMPLE_BASE_URL` for another base URL."));
}

#[test]
fn the_head_of_an_example_is_one_line_however_long_it_is() {
    let mut api = quick(&[]);
    let facts = {
        let mut facts = PackageFacts::from_api(&api, "openapi.yaml");
        facts.rename("a-name-of-a-package-that-is-longer-than-most-others");
        facts
    };
    api.groups.truncate(1);
    let made = package(&api, &facts).expect("emitted code is Rust");
    let text = made.package.files.get("src/api/things.rs").expect("made");
    let head = text.lines().find(|line| line.contains("async fn example"));
    let library = facts.library();
    assert_eq!(
        head.map(str::trim),
        Some(
            format!(
                "/// # async fn example(client: {library}::Client) -> {library}::Result<()> {{"
            )
            .as_str()
        )
    );
}

#[test]
fn what_shows_an_operation_is_left_out_with_it() {
    let mut api = quick(&[]);
    let features = [("things".to_owned(), "thing".to_owned())];
    api.features.groups = features.into_iter().collect();
    let library = file(&api, "src/lib.rs");
    assert!(
        library.contains(r#"#![cfg_attr(any(not(doctest), feature = "thing"), doc = include_str!("../README.md"))]"#),
        "{library}"
    );
    let mock = file(&api, "src/mock.rs");
    assert_eq!(
        mock.matches("#[cfg(feature = \"thing\")]").count(),
        3,
        "{mock}"
    );
}
