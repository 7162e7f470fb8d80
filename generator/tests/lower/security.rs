//! Security schemes and requirements.

use crate::*;
use clientsmith::model::CredentialKind;

fn of(schemes: &str, top: &str, operation: &str) -> Lowered {
    with_settings(
        &format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{top}\npaths:\n  /p:\n    get:\n      operationId: op\n      {operation}\n      \
             responses: {{'204': {{description: ok}}}}\ncomponents:\n  securitySchemes: {schemes}\n"
        ),
        "",
    )
}

#[test]
fn setters_are_called_after_the_kind_unless_there_are_several() {
    let names = |lowered: &Lowered| {
        lowered
            .api
            .security_schemes
            .values()
            .map(|scheme| scheme.name.clone())
            .collect::<Vec<_>>()
    };
    let one_each = of(
        "{ApiKeyAuth: {type: apiKey, in: header, name: X-Key}, b: {type: http, scheme: Bearer}, c: {type: http, scheme: basic}}",
        "security: [{ApiKeyAuth: []}]",
        "",
    );
    assert_eq!(names(&one_each), ["api_key", "token", "basic_auth"]);
    assert_eq!(one_each.api.security, [["ApiKeyAuth"]]);
    assert_eq!(one_each.operation("op").security, None);
    let several = of(
        "{appKey: {type: apiKey, in: header, name: a}, userKey: {type: apiKey, in: cookie, name: b}, \
         o: {type: oauth2, flows: {}}}",
        "",
        "security: [{appKey: [], userKey: []}, {o: [read]}, {}]",
    );
    assert_eq!(names(&several), ["app_key", "user_key", "token"]);
    assert_eq!(
        several.api.security_schemes["o"].credential,
        CredentialKind::Bearer
    );
    let expected: Vec<Vec<String>> = vec![
        vec!["appKey".to_owned(), "userKey".to_owned()],
        vec!["o".to_owned()],
        vec![],
    ];
    assert_eq!(several.operation("op").security, Some(expected));
}

#[test]
fn schemes_that_nobody_knows_are_reported() {
    let lowered = of(
        "{d: {type: http, scheme: digest}}",
        "security: [{gone: []}]",
        "",
    );
    assert_eq!(lowered.codes(), [Code::UnknownScheme; 2]);
    assert!(lowered.api.security_schemes.is_empty() && lowered.api.security.is_empty());
}

#[test]
fn servers_of_operations_are_carried() {
    let lowered = of(
        "{}",
        "servers: [{url: 'https://{region}.a', variables: {region: {default: eu, enum: [eu, us]}}}]",
        "servers: [{url: 'https://b'}]",
    );
    assert_eq!(lowered.codes(), []);
    assert_eq!(lowered.operation("op").server.as_deref(), Some("https://b"));
    assert_eq!(
        lowered.api.servers[0].variables["region"].values,
        ["eu", "us"]
    );
}

#[test]
fn what_a_server_of_an_operation_loses_is_told() {
    let server = |api: &str, operation: &str| {
        let lowered = of("{}", api, operation);
        let server = lowered.operation("op").server.clone();
        (server, lowered.codes())
    };
    let api = "servers: [{url: 'https://a/v1'}]";
    assert_eq!(
        server(api, "servers: [{url: 'https://a/v2'}, {url: 'https://c'}]"),
        (Some("/v2".to_owned()), vec![Code::ServerLeftOut])
    );
    assert_eq!(
        server(api, "servers: [{url: 'https://{gone}.b'}]"),
        (None, vec![Code::ServerLeftOut])
    );
    assert_eq!(
        server(api, "servers: [{url: 'https://a/v1/'}]"),
        (None, vec![])
    );
}

#[test]
fn a_client_begins_with_the_first_server_that_is_a_whole_url() {
    let begins = |servers: &str| {
        let lowered = of("{}", &format!("servers: {servers}"), "");
        let first = lowered.api.servers.first().cloned().expect("a server");
        let url = first.is_base_url().then(|| first.default_url());
        (url, lowered.codes())
    };
    let left_out = || vec![Code::ServerLeftOut];
    let b = || Some("https://b".to_owned());
    assert_eq!(begins("[{url: 'https://b'}, {url: /v1}]"), (b(), vec![]));
    assert_eq!(begins("[{url: ''}, {url: 'https://b'}]"), (b(), left_out()));
    assert_eq!(begins("[{url: 'https://b?a=1#c'}]"), (b(), left_out()));
    for url in [
        "/v1",
        "//b/v1",
        "b.example/v1",
        "localhost:8080",
        "ws://b",
        "https://{undeclared}.b",
        "https://",
    ] {
        assert_eq!(
            begins(&format!("[{{url: '{url}'}}]")),
            (None, left_out()),
            "{url}"
        );
    }
}

#[test]
fn the_first_server_of_an_operation_is_that_of_an_api_without() {
    let lowered = of("{}", "", "servers: [{url: 'https://b'}]");
    assert_eq!(lowered.api.servers[0].url, "https://b");
    assert_eq!(lowered.operation("op").server, None);
    assert_eq!(lowered.codes(), []);
}

#[test]
fn a_certificate_is_asked_for_but_no_credential_of_requests() {
    let lowered = of("{cert: {type: mutualTLS}}", "security: [{cert: []}]", "");
    assert!(lowered.api.security_schemes.is_empty());
    assert_eq!(lowered.api.security, [["cert"]]);
    assert_eq!(lowered.codes(), [Code::CertificateOfTheCaller]);
}

#[test]
fn a_parameter_for_the_credential_stays_where_no_scheme_says_it() {
    let left = |schemes: &str, security: &str| {
        let parameter = "parameters: [{name: Authorization, in: header, required: true, schema: {type: string}}]";
        let lowered = of(schemes, security, parameter);
        (
            lowered.operation("op").parameters.len(),
            lowered.codes().contains(&Code::HeaderOfTheClient),
        )
    };
    let bearer = "{b: {type: http, scheme: bearer}}";
    assert_eq!(left(bearer, "security: [{b: []}]"), (0, true));
    assert_eq!(left(bearer, ""), (1, false));
    assert_eq!(left("{}", ""), (1, false));
    let key = "{k: {type: apiKey, in: header, name: X-Key}}";
    assert_eq!(left(key, "security: [{k: []}]"), (1, false));
    let own = "{k: {type: apiKey, in: header, name: authorization}}";
    assert_eq!(left(own, "security: [{k: []}]"), (0, true));
}
