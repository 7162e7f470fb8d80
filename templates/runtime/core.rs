//! The client core: what all calls of one client share, and the builder that makes it.
//!
//! In: the API's constant facts and the user's settings. Out: a [`Core`], cheap to clone, from which calls, uploads and
//! downloads are made.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::api::Api;
use super::credential::{self, Credential, Secret, SecurityScheme};
use super::download::Download;
use super::error::{Error, Result};
use super::failure::Failure;
use super::reqwest_transport::ReqwestTransport;
use super::retry::RetryPolicy;
use super::transport::Transport;
use super::upload::{Upload, UploadBody};

const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
const MAX_BODY_BYTES: u64 = 256 * 1024 * 1024;

/// What all calls of a client share. A clone is the same core.
#[derive(Clone)]
pub struct Core(Arc<Settings>);

/// The settings of a core.
pub(crate) struct Settings {
    pub(crate) api: &'static Api,
    pub(crate) base_url: Url,
    /// Whether the user chose the base URL; else it is the API's first server.
    pub(crate) is_base_url_chosen: bool,
    pub(crate) server_variables: Vec<(String, String)>,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_body_bytes: u64,
    pub(crate) default_headers: HeaderMap,
    pub(crate) credentials: Vec<Credential>,
}

impl Core {
    /// Begins a core for an API.
    #[must_use]
    pub fn builder(api: &'static Api) -> CoreBuilder {
        CoreBuilder::new(api)
    }

    /// The URL that all operations' paths are appended to.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.0.base_url
    }

    /// Begins an upload to an absolute URL, such as a signed one of a storage service. Credentials, cookies and default
    /// headers of this client are not sent there.
    pub fn upload(&self, url: &str, body: impl Into<UploadBody>) -> Upload {
        Upload::new(self, url, body.into())
    }

    /// Begins a download from an absolute URL, such as a signed one of a storage service. Credentials, cookies and
    /// default headers of this client are not sent there.
    pub fn download(&self, url: &str) -> Download {
        Download::new(self, url)
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0
    }
}

/// Credentials are named, never shown; of headers only the names are.
impl fmt::Debug for Core {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &*self.0;
        formatter
            .debug_struct("Core")
            .field("base_url", &settings.base_url.as_str())
            .field(
                "credentials",
                &settings
                    .credentials
                    .iter()
                    .map(|(scheme, _)| scheme.name)
                    .collect::<Vec<_>>(),
            )
            .field(
                "default_headers",
                &settings.default_headers.keys().collect::<Vec<_>>(),
            )
            .field("timeout", &settings.timeout)
            .field("retry", &settings.retry)
            .field("max_body_bytes", &settings.max_body_bytes)
            .finish_non_exhaustive()
    }
}

/// Collects the settings of a core. Faults are reported by [`CoreBuilder::build`].
pub struct CoreBuilder {
    api: &'static Api,
    base_url: Option<String>,
    server_variables: Vec<(String, String)>,
    transport: Option<Box<dyn Transport>>,
    timeout: Duration,
    connect_timeout: Duration,
    idle_timeout: Duration,
    retry: RetryPolicy,
    max_body_bytes: u64,
    default_headers: HeaderMap,
    credentials: Vec<Credential>,
    fault: Option<String>,
}

impl CoreBuilder {
    fn new(api: &'static Api) -> Self {
        let mut default_headers = HeaderMap::new();
        if let Ok(user_agent) = HeaderValue::from_str(api.user_agent) {
            default_headers.insert(USER_AGENT, user_agent);
        }
        Self {
            api,
            base_url: None,
            server_variables: Vec::new(),
            transport: None,
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            idle_timeout: IDLE_TIMEOUT,
            retry: api.retry.clone(),
            max_body_bytes: MAX_BODY_BYTES,
            default_headers,
            credentials: Vec::new(),
            fault: None,
        }
    }

    /// The URL that operations' paths are appended to; `http` or `https`, may have a path.
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// The value of a variable in the URL of the API's server. Without effect where a base URL is set.
    #[must_use]
    pub fn server_variable(mut self, name: &str, value: impl Into<String>) -> Self {
        if self
            .api
            .server_variables
            .iter()
            .any(|(known, _)| *known == name)
        {
            self.server_variables.retain(|(other, _)| other != name);
            self.server_variables.push((name.to_owned(), value.into()));
        } else {
            let fault = format!("the URL of the API's server has no variable {name:?}");
            self.fault = self.fault.or(Some(fault));
        }
        self
    }

    /// The credential for a scheme; replaces an earlier one.
    #[must_use]
    pub fn credential(
        mut self,
        scheme: &'static SecurityScheme,
        secret: impl Into<Secret>,
    ) -> Self {
        self.credentials
            .retain(|(other, _)| other.name != scheme.name);
        self.credentials.push((scheme, secret.into()));
        self
    }

    /// How long one attempt of a call may take, from connecting to the last byte of the body. Default: 60 seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long making a connection may take. Default: 10 seconds. Without effect on a ready client or transport.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long an upload, a download or a stream may stand still. Default: 60 seconds.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// The `User-Agent` header; by default the name and version of this crate.
    #[must_use]
    pub fn user_agent(self, user_agent: impl AsRef<str>) -> Self {
        self.default_header(USER_AGENT.as_str(), user_agent)
    }

    /// A header that every call to the API carries, unless the call sets it otherwise.
    #[must_use]
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => {
                self.default_headers.insert(name, value);
            }
            Err(fault) => self.fault = self.fault.or(Some(fault)),
        }
        self
    }

    /// Sends through a ready `reqwest::Client`, for proxies, certificates and the like.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())`: this crate follows redirects itself, so that
    /// credentials stay with the API's own host. A client that follows them by itself gives an error when it does.
    ///
    /// reqwest panics when it builds a client without a TLS provider. If no other crate of the program enables
    /// one, install `ring` first: `rustls::crypto::ring::default_provider().install_default()`.
    #[must_use]
    pub fn reqwest_client(self, client: reqwest::Client) -> Self {
        self.transport(ReqwestTransport::with_client(client))
    }

    /// Sends through another transport.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// When and how often failed requests are sent again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The largest response body that a call accepts, in bytes; of a stream, the largest part. Default: 256 MiB. Downloads are not
    /// limited by it.
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: u64) -> Self {
        self.max_body_bytes = bytes;
        self
    }

    /// Takes the base URL and the credentials from the environment, where they are set there.
    ///
    /// # Errors
    /// When the API asks for a credential and neither the environment nor an earlier setting gives one.
    pub fn from_env(self) -> Result<Self> {
        self.from_variables(|name| std::env::var(name).ok())
    }

    /// As [`CoreBuilder::from_env`], with the variables looked up by a function.
    ///
    /// # Errors
    /// When the API asks for a credential and neither the variables nor an earlier setting gives one.
    pub fn from_variables(mut self, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let api = self.api;
        if let Some(base_url) = variable(api.base_url_variable).filter(|url| !url.trim().is_empty())
        {
            self.base_url = Some(base_url.trim().to_owned());
        }
        for scheme in api.security_schemes {
            if let Some(secret) = credential::from_variables(scheme, &variable) {
                self = self.credential(scheme, secret);
            }
        }
        credential::choose(
            api.security,
            api.security_schemes,
            &self.credentials,
            &self.default_headers,
        )
        .map_err(Error::request)?;
        Ok(self)
    }

    /// The core with these settings.
    ///
    /// # Errors
    /// When there is no base URL, it or a default header is not valid, or the TLS of the platform cannot be set up.
    pub fn build(self) -> Result<Core> {
        if let Some(fault) = self.fault {
            return Err(Error::request(fault));
        }
        let first = self.api.base_url;
        let server = first.map(|url| filled(url, self.api, &self.server_variables));
        let own = server.as_deref().and_then(|server| base(server).ok());
        let Some(base_url) = self.base_url.clone().or(server) else {
            return Err(Error::request(format!(
                "no base URL: the API's description names no server with a host; set one on the client's builder or in the \
                 environment variable {}",
                self.api.base_url_variable
            )));
        };
        let base_url =
            base(&base_url).map_err(|fault| Error::request(format!("the base URL {fault}")))?;
        // The API's own URL, spelled out by the user, takes nothing from the operations that have another.
        let plain = |url: &Url| url.as_str().trim_end_matches('/').to_owned();
        let is_base_url_chosen =
            self.base_url.is_some() && own.as_ref().map(plain) != Some(plain(&base_url));
        let transport = match self.transport {
            Some(transport) => transport,
            None => Box::new(
                ReqwestTransport::new(self.connect_timeout).map_err(|error| {
                    Error::Request(Box::new(
                        Failure::new("the HTTP client could not be set up").caused_by(error),
                    ))
                })?,
            ),
        };
        Ok(Core(Arc::new(Settings {
            api: self.api,
            base_url,
            is_base_url_chosen,
            server_variables: self.server_variables,
            transport,
            timeout: self.timeout,
            idle_timeout: self.idle_timeout,
            retry: self.retry,
            max_body_bytes: self.max_body_bytes,
            default_headers: self.default_headers,
            credentials: self.credentials,
        })))
    }
}

/// Credentials are named, never shown; of headers only the names are.
impl fmt::Debug for CoreBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CoreBuilder")
            .field(
                "credentials",
                &self
                    .credentials
                    .iter()
                    .map(|(scheme, _)| scheme.name)
                    .collect::<Vec<_>>(),
            )
            .field(
                "default_headers",
                &self.default_headers.keys().collect::<Vec<_>>(),
            )
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// An absolute URL of a server. The text is not repeated in the message: it may hold a password.
pub(crate) fn server_url(text: &str) -> Result<Url, String> {
    let url =
        Url::parse(text.trim()).map_err(|error| format!("is not an absolute URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "has the scheme {}, not http or https",
            url.scheme()
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "holds a user or a password; give credentials by the client's builder".to_owned(),
        );
    }
    Ok(url)
}

/// The URL of a server, the variables of the API's server replaced by what the user set or else by their defaults.
pub(crate) fn filled(url: &str, api: &Api, set: &[(String, String)]) -> String {
    let mut url = url.to_owned();
    for (name, default) in api.server_variables {
        let value = set.iter().find(|(other, _)| other == name);
        let value = value.map_or(*default, |(_, value)| value);
        url = url.replace(&format!("{{{name}}}"), value);
    }
    url
}

fn base(text: &str) -> Result<Url, String> {
    let url = server_url(text)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err("has a query or a fragment".to_owned());
    }
    Ok(url)
}

/// A header from its parts; the value is not repeated in the message: it may be a secret.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| format!("{name:?} is not a header name"))?;
    let value = HeaderValue::from_str(value).map_err(|_| {
        format!("the value of the header {name} holds characters that a header cannot carry")
    })?;
    Ok((parsed, value))
}
