//! What the emitted code tells the runtime about its API, once.

use super::credential::{SecurityRequirement, SecurityScheme};
use super::retry::RetryPolicy;

/// The constant facts of an API that every request depends on.
#[derive(Debug)]
pub struct Api {
    /// The first server of the API's description, with `{variables}`; none if it names no absolute URL.
    pub base_url: Option<&'static str>,
    /// The variables of that URL, with their defaults.
    pub server_variables: &'static [(&'static str, &'static str)],
    /// The `User-Agent` of the generated crate, such as `hasty-api/0.1.0`.
    pub user_agent: &'static str,
    /// The environment variable that overrides the base URL, such as `HASTY_BASE_URL`.
    pub base_url_variable: &'static str,
    /// All security schemes.
    pub security_schemes: &'static [&'static SecurityScheme],
    /// What operations ask for unless they say otherwise.
    pub security: SecurityRequirement,
    /// When failed requests are sent again, unless the user sets it otherwise.
    pub retry: RetryPolicy,
}
