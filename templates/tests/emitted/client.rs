//! The client and its builder: the form of `src/client.rs` in a generated crate.

use crate::api;
use crate::runtime::macros::client;
use crate::runtime::{
    Api, Core, CoreBuilder, Result, RetryPolicy, Secret, SecurityKind, SecurityScheme,
};

static API_KEY_AUTH: SecurityScheme = SecurityScheme {
    name: "ApiKeyAuth",
    variable: "EXAMPLE_API_KEY",
    kind: SecurityKind::ApiKeyHeader("X-Api-Key"),
};
static BASIC_AUTH: SecurityScheme = SecurityScheme {
    name: "BasicAuth",
    variable: "EXAMPLE_BASIC_AUTH",
    kind: SecurityKind::Basic,
};

static API: Api = Api {
    base_url: Some("https://api.example.com"),
    server_variables: &[],
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    base_url_variable: "EXAMPLE_BASE_URL",
    security_schemes: &[&API_KEY_AUTH, &BASIC_AUTH],
    security: &[&["ApiKeyAuth"]],
    retry: RetryPolicy::new(),
};

/// A client of the Example API. A clone shares its connections and settings.
#[derive(Debug, Clone)]
pub struct Client {
    core: Core,
}

/// Collects the settings of a [`Client`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder(CoreBuilder);

client!(Client, ClientBuilder, API);

impl Client {
    /// A client with an API key and the default settings.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(api_key: impl Into<Secret>) -> Result<Self> {
        Self::builder().api_key(api_key).build()
    }

    /// Images of a project.
    #[must_use]
    pub fn images(&self) -> api::images::Images {
        api::images::Images {
            core: self.core.clone(),
        }
    }

    /// Exports of a project.
    #[must_use]
    pub fn exports(&self) -> api::exports::Exports {
        api::exports::Exports {
            core: self.core.clone(),
        }
    }
}

impl ClientBuilder {
    /// The key for `ApiKeyAuth`, sent as `X-Api-Key`.
    pub fn api_key(self, api_key: impl Into<Secret>) -> Self {
        Self(self.0.credential(&API_KEY_AUTH, api_key))
    }

    /// User and password for `BasicAuth`.
    pub fn basic_auth(self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        Self(
            self.0
                .credential(&BASIC_AUTH, Secret::basic(user, password)),
        )
    }
}
