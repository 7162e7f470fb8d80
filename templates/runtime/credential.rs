//! Secrets, the security schemes of an API, and which of them a request carries.
//!
//! In: the schemes and requirements of the API's description (OpenAPI: Security Requirement Object, an OR of ANDs) and
//! the user's credentials. Out: headers, query parameters and cookies for one request, or why it cannot be sent.

use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::json::Base64;

/// A text that is never shown: an API key, a token, a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<str>);

impl Secret {
    /// Wraps a secret; white space around it, as left by files and shells, is dropped.
    pub fn new(secret: impl AsRef<str>) -> Self {
        Self(secret.as_ref().trim().into())
    }

    /// A user and a password, for a scheme of HTTP Basic (RFC 7617).
    pub fn basic(user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        Self(format!("{}:{}", user.as_ref(), password.as_ref()).into())
    }

    /// The secret itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self::new(secret)
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl From<&String> for Secret {
    fn from(secret: &String) -> Self {
        Self::new(secret)
    }
}

/// One way to prove who is calling (OpenAPI: Security Scheme Object).
#[derive(Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name in the API's description, used by requirements.
    pub name: &'static str,
    /// The environment variable it is read from. For [`SecurityKind::Basic`] there are two: this with `_USERNAME` and
    /// with `_PASSWORD` behind it.
    pub variable: &'static str,
    /// Where in a request the credential goes.
    pub kind: SecurityKind,
}

/// Where in a request a credential goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityKind {
    /// A header of this name holds the secret.
    ApiKeyHeader(&'static str),
    /// A query parameter of this name holds the secret.
    ApiKeyQuery(&'static str),
    /// A cookie of this name holds the secret.
    ApiKeyCookie(&'static str),
    /// `Authorization: Bearer …` (RFC 6750); also for tokens of OAuth 2 and OpenID Connect.
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
}

impl SecurityKind {
    /// The header that carries this credential, in lower case; none for a query parameter.
    pub(crate) fn header(self) -> Option<String> {
        match self {
            Self::ApiKeyHeader(name) => Some(name.to_ascii_lowercase()),
            Self::ApiKeyCookie(_) => Some("cookie".to_owned()),
            Self::Bearer | Self::Basic => Some("authorization".to_owned()),
            Self::ApiKeyQuery(_) => None,
        }
    }
}

/// What an operation asks for: any one of these lists, all schemes of it. Empty: no credential.
pub type SecurityRequirement = &'static [&'static [&'static str]];

/// A credential of the user for a scheme.
pub(crate) type Credential = (&'static SecurityScheme, Secret);

/// Where the chosen credentials go in one request.
#[derive(Default)]
pub(crate) struct Chosen {
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: Vec<(&'static str, Secret)>,
    pub(crate) cookies: Vec<(&'static str, Secret)>,
}

/// Chooses the first alternative whose schemes all have a credential, or else one whose other schemes the client does not know. A header that the request brings itself counts as
/// one and is left as it is.
pub(crate) fn choose(
    requirement: SecurityRequirement,
    schemes: &[&'static SecurityScheme],
    credentials: &[Credential],
    own_headers: &HeaderMap,
) -> Result<Chosen, String> {
    let in_own_header = |scheme: &SecurityScheme| {
        scheme
            .kind
            .header()
            .is_some_and(|name| own_headers.contains_key(name.as_str()))
    };
    let available = |name: &&str| {
        credentials.iter().any(|(scheme, _)| scheme.name == *name)
            || schemes
                .iter()
                .any(|scheme| scheme.name == *name && in_own_header(scheme))
    };
    let satisfied = |alternative: &&&[&str]| alternative.iter().all(available);
    // A scheme that the client does not know, such as a certificate, is the user's to provide.
    let unknown = |name: &&str| !schemes.iter().any(|scheme| scheme.name == *name);
    let bearable = |alternative: &&&[&str]| {
        let mut names = alternative.iter();
        names.all(|name| available(name) || unknown(name))
    };
    // An empty alternative makes credentials optional: it comes last, so that a credential that is there is used.
    let asking = || {
        requirement
            .iter()
            .filter(|alternative| !alternative.is_empty())
    };
    let chosen = asking()
        .find(satisfied)
        .or_else(|| asking().find(bearable))
        .or_else(|| {
            requirement
                .iter()
                .find(|alternative| alternative.is_empty())
        });
    let Some(chosen) = chosen else {
        return if requirement.is_empty() {
            Ok(Chosen::default())
        } else {
            Err(missing(requirement, schemes))
        };
    };
    let mut placed = Chosen::default();
    for (scheme, secret) in credentials {
        if chosen.contains(&scheme.name) && !in_own_header(scheme) {
            place(scheme, secret, &mut placed)?;
        }
    }
    Ok(placed)
}

fn place(scheme: &SecurityScheme, secret: &Secret, placed: &mut Chosen) -> Result<(), String> {
    let (name, text) = match scheme.kind {
        SecurityKind::ApiKeyQuery(name) => {
            placed.query.push((name, secret.clone()));
            return Ok(());
        }
        SecurityKind::ApiKeyCookie(name) => {
            placed.cookies.push((name, secret.clone()));
            return Ok(());
        }
        SecurityKind::ApiKeyHeader(name) => {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
                format!(
                    "the security scheme {} names an impossible header",
                    scheme.name
                )
            })?;
            (name, secret.expose().to_owned())
        }
        SecurityKind::Bearer => (AUTHORIZATION, format!("Bearer {}", secret.expose())),
        SecurityKind::Basic => (
            AUTHORIZATION,
            format!(
                "Basic {}",
                Base64::from(secret.expose().as_bytes()).to_text()
            ),
        ),
    };
    let mut value = HeaderValue::from_str(&text).map_err(|_| {
        format!("the credential for {} holds characters that a header cannot carry, such as a line break", scheme.name)
    })?;
    value.set_sensitive(true);
    placed.headers.push((name, value));
    Ok(())
}

/// What to do about missing credentials.
pub(crate) fn missing(
    requirement: SecurityRequirement,
    schemes: &[&'static SecurityScheme],
) -> String {
    let alternatives: Vec<String> = requirement
        .iter()
        .map(|alternative| {
            let names: Vec<String> = alternative
                .iter()
                .map(
                    |name| match schemes.iter().find(|scheme| scheme.name == *name) {
                        Some(scheme) => format!(
                            "{name} (environment variable {})",
                            variables(scheme).join(" and ")
                        ),
                        None => format!("{name} (which this client does not support)"),
                    },
                )
                .collect();
            names.join(" with ")
        })
        .collect();
    format!(
        "no credential: set {} on the client's builder or in the environment",
        alternatives.join(", or ")
    )
}

/// The environment variables that a scheme's credential is read from.
fn variables(scheme: &SecurityScheme) -> Vec<String> {
    match scheme.kind {
        SecurityKind::Basic => {
            vec![
                format!("{}_USERNAME", scheme.variable),
                format!("{}_PASSWORD", scheme.variable),
            ]
        }
        _ => vec![scheme.variable.to_owned()],
    }
}

/// Reads a scheme's credential; an empty variable counts as missing.
pub(crate) fn from_variables(
    scheme: &SecurityScheme,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Option<Secret> {
    let mut values = Vec::new();
    for name in variables(scheme) {
        values.push(variable(&name).filter(|value| !value.trim().is_empty())?);
    }
    match values.as_slice() {
        [user, password] => Some(Secret::basic(user.trim(), password.trim())),
        [secret] => Some(Secret::new(secret)),
        _ => None,
    }
}
