//! One request being prepared: what an operation's arguments and setters write into.
//!
//! In: a path template and parameters. Out: a request for the exchange, with URL, credentials and headers in place.
//! Faults are kept until it is sent, so that setters cannot fail.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use super::core::{self, Core, header};
use super::credential::{self, Chosen, SecurityRequirement};
use super::error::Error;
use super::exchange::{Payload, Request};
use super::parameter::{Parameter, cookie_encode, percent_encode};
use super::redact::redacted;
use super::retry::RetryPolicy;

/// A name and a value as they are sent, both already encoded, and the parameter that they are a part of.
#[derive(Clone)]
pub(super) struct Pair {
    pub(super) parameter: String,
    pub(super) name: String,
    pub(super) value: String,
}

/// A request being prepared. Independent of what the operation gives back.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) core: Core,
    pub(crate) method: Method,
    /// The server of this operation, where it is not that of the API; absolute or relative to it.
    server: Option<&'static str>,
    path: String,
    pub(super) query: Vec<Pair>,
    headers: HeaderMap,
    pub(super) cookies: Vec<Pair>,
    payload: Payload,
    security: SecurityRequirement,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    fault: Option<String>,
}

impl Prepared {
    pub(crate) fn new(
        core: &Core,
        method: Method,
        path: &str,
        arguments: &[(&str, &dyn Parameter)],
    ) -> Self {
        let (path, fault) = match expand(path, arguments) {
            Ok(path) => (path, None),
            Err(fault) => (path.to_owned(), Some(fault)),
        };
        Self {
            core: core.clone(),
            method,
            server: None,
            path,
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            payload: Payload::Empty,
            security: core.settings().api.security,
            timeout: None,
            retry: None,
            fault,
        }
    }

    /// Sets a query parameter, replacing what was set under this name.
    pub(crate) fn query(&mut self, name: &str, value: &dyn Parameter) {
        let mut text = String::new();
        value.write_encoded(&mut text);
        let name = self.clear_query(name);
        self.add_query_encoded(name, text);
    }

    /// Adds a query parameter beside what was set under this name.
    pub(crate) fn add_query(&mut self, encoded_name: &str, value: &dyn Parameter) {
        let mut text = String::new();
        value.write_encoded(&mut text);
        self.add_query_encoded(encoded_name.to_owned(), text);
    }

    /// Sets a query parameter from text that is already encoded.
    pub(crate) fn query_encoded(&mut self, name: &str, encoded: String) {
        let name = self.clear_query(name);
        self.add_query_encoded(name, encoded);
    }

    fn add_query_encoded(&mut self, name: String, value: String) {
        self.query.push(Pair {
            parameter: name.clone(),
            name,
            value,
        });
    }

    /// Drops a query parameter; gives its name in encoded form.
    pub(crate) fn clear_query(&mut self, name: &str) -> String {
        let mut encoded = String::new();
        percent_encode(name, &mut encoded);
        self.query
            .retain(|pair| pair.parameter != encoded && pair.name != encoded);
        encoded
    }

    pub(crate) fn header(&mut self, name: &str, value: &dyn Parameter) {
        let mut text = String::new();
        value.write(&mut text);
        match header(name, &text) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(fault) => self.fail(fault),
        }
    }

    pub(crate) fn cookie(&mut self, name: &str, value: &dyn Parameter) {
        let mut text = String::new();
        value.write_encoded(&mut text);
        self.clear_cookie(name);
        self.cookies.push(Pair {
            parameter: name.to_owned(),
            name: name.to_owned(),
            value: text,
        });
    }

    pub(super) fn clear_cookie(&mut self, name: &str) {
        self.cookies
            .retain(|pair| pair.parameter != name && pair.name != name);
    }

    pub(crate) fn body(&mut self, content_type: &'static str, bytes: Bytes) {
        self.payload(content_type, Payload::Bytes(bytes));
    }

    pub(crate) fn payload(&mut self, content_type: &str, payload: Payload) {
        match HeaderValue::from_str(content_type) {
            Ok(content_type) => {
                self.headers.insert(CONTENT_TYPE, content_type);
                self.payload = payload;
            }
            Err(_) => self.fail("the media type of the body is no text of a header".to_owned()),
        }
    }

    pub(crate) fn security(&mut self, requirement: SecurityRequirement) {
        self.security = requirement;
    }

    pub(crate) fn server(&mut self, server: &'static str) {
        self.server = Some(server);
    }

    /// Where the operation is served. A base URL that the user sets counts for all operations, so that tests and proxies see every request;
    /// a server that is given relative to the API's stays relative to it, and one whose URL has variables of the API's follows them.
    fn base(&self) -> Result<Cow<'_, Url>, String> {
        let settings = self.core.settings();
        let base = &settings.base_url;
        let Some(server) = self.server else {
            return Ok(Cow::Borrowed(base));
        };
        let server = core::filled(server, settings.api, &settings.server_variables);
        match Url::parse(&server) {
            Ok(_) if settings.is_base_url_chosen => Ok(Cow::Borrowed(base)),
            Ok(_) => core::server_url(&server)
                .map(Cow::Owned)
                .map_err(|fault| format!("the operation's server {fault}")),
            Err(url::ParseError::RelativeUrlWithoutBase) => base
                .join(&server)
                .map(Cow::Owned)
                .map_err(|error| format!("the operation's server makes no URL: {error}")),
            Err(error) => Err(format!("the operation's server is no URL: {error}")),
        }
    }

    pub(crate) fn fail(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }

    /// The request with everything in place, or why it cannot be sent.
    pub(crate) fn finish(&self) -> Result<Request, Error> {
        self.complete().map_err(|fault| {
            let shown = self.path.split('?').next().unwrap_or_default();
            Error::request(format!("{} {shown}: not sent: {fault}", self.method))
        })
    }

    fn complete(&self) -> Result<Request, String> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let settings = self.core.settings();
        let mut headers = settings.default_headers.clone();
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        let chosen = credential::choose(
            self.security,
            settings.api.security_schemes,
            &settings.credentials,
            &headers,
        )?;
        let url = self.url(&chosen)?;
        if let Some(cookies) = self.cookie_header(&chosen, &headers)? {
            headers.insert(COOKIE, cookies);
        }
        headers.extend(chosen.headers);
        Ok(Request {
            method: self.method.clone(),
            url,
            headers,
            payload: self.payload.clone(),
            signed: false,
        })
    }

    fn url(&self, chosen: &Chosen) -> Result<Url, String> {
        let mut text = self.base()?.as_str().trim_end_matches('/').to_owned();
        text.push_str(&self.path);
        let mut separator = if self.path.contains('?') { '&' } else { '?' };
        let mut push = |name: &str, value: &str| {
            text.push(separator);
            // A query as a whole has no name.
            if !name.is_empty() {
                text.push_str(name);
                text.push('=');
            }
            text.push_str(value);
            separator = '&';
        };
        for pair in &self.query {
            push(&pair.name, &pair.value);
        }
        for (name, secret) in &chosen.query {
            let (mut encoded_name, mut encoded) = (String::new(), String::new());
            percent_encode(name, &mut encoded_name);
            percent_encode(secret.expose(), &mut encoded);
            if !self.query.iter().any(|pair| pair.name == encoded_name) {
                push(&encoded_name, &encoded);
            }
        }
        Url::parse(&text).map_err(|error| format!("the path makes no URL: {error}"))
    }

    /// All cookies in one header, after those that a header of the user already holds.
    fn cookie_header(
        &self,
        chosen: &Chosen,
        headers: &HeaderMap,
    ) -> Result<Option<HeaderValue>, String> {
        let mut pairs: Vec<String> = Vec::new();
        if let Some(own) = headers.get(COOKIE) {
            pairs.push(String::from_utf8_lossy(own.as_bytes()).into_owned());
        }
        pairs.extend(
            self.cookies
                .iter()
                .map(|pair| format!("{}={}", pair.name, pair.value)),
        );
        for (name, secret) in &chosen.cookies {
            let mut pair = format!("{name}=");
            cookie_encode(secret.expose(), &mut pair);
            pairs.push(pair);
        }
        if pairs.is_empty() {
            return Ok(None);
        }
        let mut value = HeaderValue::from_str(&pairs.join("; ")).map_err(|_| {
            "a cookie's name holds characters that a header cannot carry".to_owned()
        })?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

/// Shows the URL without credentials, and headers by name only.
impl fmt::Debug for Prepared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self
            .url(&Chosen::default())
            .map_or_else(|_| self.path.clone(), |url| redacted(&url));
        formatter
            .debug_struct("Call")
            .field("method", &self.method)
            .field("url", &url)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.payload)
            .finish()
    }
}

/// Puts arguments into a path template. One that would leave its place is refused: nothing, `.` and `..` are
/// normalised away by servers and proxies, and would reach another operation.
fn expand(template: &str, arguments: &[(&str, &dyn Parameter)]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 36 * arguments.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let (_, value) = arguments
            .iter()
            .find(|(argument, _)| *argument == name)
            .ok_or_else(|| format!("the path {template} has no argument for {name}"))?;
        path.push_str(before);
        let start = path.len();
        value.write_encoded(&mut path);
        match path.get(start..).unwrap_or_default() {
            "" => return Err(format!("the argument {name} is empty")),
            dots @ ("." | "..") => {
                return Err(format!(
                    "the argument {name} is {dots:?}, which would change the path"
                ));
            }
            _ => {}
        }
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}
