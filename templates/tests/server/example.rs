//! A core for an API without operations, so that tests can make any call.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::time::Duration;

use clientsmith_templates::runtime::{
    Api, Call, Core, CoreBuilder, Method, RetryPolicy, SecurityKind, SecurityScheme, read,
};
use serde_json::Value;

use super::server::Server;

pub static KEY: SecurityScheme = SecurityScheme {
    name: "Key",
    variable: "EXAMPLE_KEY",
    kind: SecurityKind::ApiKeyHeader("X-Api-Key"),
};
pub static QUERY_KEY: SecurityScheme = SecurityScheme {
    name: "QueryKey",
    variable: "EXAMPLE_QUERY_KEY",
    kind: SecurityKind::ApiKeyQuery("the key"),
};
pub static COOKIE_KEY: SecurityScheme = SecurityScheme {
    name: "CookieKey",
    variable: "EXAMPLE_COOKIE_KEY",
    kind: SecurityKind::ApiKeyCookie("session"),
};
pub static BEARER: SecurityScheme = SecurityScheme {
    name: "Bearer",
    variable: "EXAMPLE_TOKEN",
    kind: SecurityKind::Bearer,
};
pub static BASIC: SecurityScheme = SecurityScheme {
    name: "Basic",
    variable: "EXAMPLE_LOGIN",
    kind: SecurityKind::Basic,
};

pub static API: Api = Api {
    base_url: None,
    server_variables: &[],
    user_agent: "example/1.2.3",
    base_url_variable: "EXAMPLE_BASE_URL",
    security_schemes: &[&KEY, &QUERY_KEY, &COOKIE_KEY, &BEARER, &BASIC],
    security: &[&["Key"]],
    retry: RetryPolicy::new(),
};

/// Retries that do not slow tests down.
pub fn quick_retries() -> RetryPolicy {
    RetryPolicy::new()
        .initial_delay(Duration::from_millis(1))
        .max_delay(Duration::from_millis(2))
}

/// A client that follows no redirects, and does not read the certificates of the platform, which takes long in a debug
/// build: these tests have no TLS.
pub fn plain_client() -> reqwest::Client {
    // With `rustls-no-provider`, reqwest builds no client until a provider is installed.
    #[cfg(feature = "rustls")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy();
    #[cfg(feature = "rustls")]
    let client = client.tls_certs_only([]);
    client.build().expect("a client")
}

pub fn builder(server: &Server) -> CoreBuilder {
    let builder = Core::builder(&API)
        .base_url(server.url())
        .credential(&KEY, "secret-key");
    builder
        .timeout(Duration::from_secs(10))
        .retry(quick_retries())
        .reqwest_client(plain_client())
}

pub fn core(server: &Server) -> Core {
    builder(server).build().expect("valid settings")
}

pub fn call(core: &Core, method: Method) -> Call<Value> {
    Call::new(core, method, "/v1/things", &[], read::json)
}

pub fn get(core: &Core) -> Call<Value> {
    call(core, Method::GET)
}
