//! Redirects: where the next hop goes, and what may travel along.
//!
//! In: a response's status and `Location`, and the request it answers. Out: the next request's method, URL and headers.
//! Within an origin everything is kept; to another host go neither credentials, nor cookies, nor any header that the
//! user or the API's description set.

use http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, LOCATION, USER_AGENT};
use http::{HeaderMap, Method, StatusCode};
use url::Url;

/// The most redirects of one attempt.
pub(crate) const MAX_REDIRECTS: u32 = 10;

/// One step from a response to the next request.
#[derive(Debug)]
pub(crate) struct Hop {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) keeps_body: bool,
    pub(crate) keeps_credentials: bool,
}

/// The next hop; none if the response is to be taken as it is; an error if it must not be followed.
pub(crate) fn next_hop(
    status: StatusCode,
    headers: &HeaderMap,
    method: &Method,
    url: &Url,
    has_body: bool,
) -> Result<Option<Hop>, String> {
    let Some(location) = headers.get(LOCATION) else {
        return Ok(None);
    };
    let (method, keeps_body) = match status.as_u16() {
        307 | 308 => (method.clone(), true),
        303 if *method == Method::HEAD => (Method::HEAD, false),
        303 => (Method::GET, false),
        // RFC 9110 section 15.4.2: only POST may turn into GET.
        301 | 302 if *method == Method::POST => (Method::GET, false),
        // The query is in the body, and asking again does no harm (the draft of the method QUERY, section 2.5).
        301 | 302 if method.as_str() == "QUERY" => (method.clone(), true),
        // A body is sent again only after 307 and 308, and without it this would be another request.
        301 | 302 if has_body => return Ok(None),
        301 | 302 => (method.clone(), false),
        _ => return Ok(None),
    };
    let target = location
        .to_str()
        .ok()
        .and_then(|location| url.join(location).ok())
        .ok_or_else(|| "a redirect to what is no URL".to_owned())?;
    if !matches!(target.scheme(), "http" | "https") {
        return Err(format!(
            "a redirect to a URL of the scheme {}",
            target.scheme()
        ));
    }
    if url.scheme() == "https" && target.scheme() == "http" {
        return Err("a redirect from https to http, which is not followed".to_owned());
    }
    let keeps_credentials = same_place(url, &target);
    Ok(Some(Hop {
        method,
        url: target,
        keeps_body,
        keeps_credentials,
    }))
}

/// The same origin, or the same host by https instead of http, each on its usual port.
fn same_place(from: &Url, to: &Url) -> bool {
    from.origin() == to.origin()
        || (from.scheme() == "http"
            && to.scheme() == "https"
            && from.host() == to.host()
            && from.port().is_none()
            && to.port().is_none())
}

/// Drops what must not follow to another host, and what described a body that is not sent again.
pub(crate) fn prune(headers: &mut HeaderMap, hop: &Hop) {
    if !hop.keeps_credentials {
        let mut kept = HeaderMap::new();
        for name in [ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, USER_AGENT] {
            if let Some(value) = headers.get(&name) {
                kept.insert(name, value.clone());
            }
        }
        *headers = kept;
    }
    if !hop.keeps_body {
        headers.remove(CONTENT_TYPE);
    }
}
