//! URLs as messages may show them.
//!
//! In: a URL. Out: its text without user, password, fragment, and without the values of parameters that hold secrets.

use url::Url;

/// Words that make a query parameter's value unfit for messages, in lower case.
const SECRET_WORDS: [&str; 9] = [
    "key",
    "token",
    "secret",
    "password",
    "passwd",
    "signature",
    "credential",
    "auth",
    "session",
];

/// The URL with the values of secret parameters replaced.
pub(crate) fn redacted(url: &Url) -> String {
    let mut shown = without_query(url);
    let Some(query) = url.query() else {
        return shown;
    };
    for (index, pair) in query.split('&').enumerate() {
        shown.push(if index == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, _)) if is_secret(name) => {
                shown.push_str(name);
                shown.push_str("=[redacted]");
            }
            _ => shown.push_str(pair),
        }
    }
    shown
}

/// The URL with its whole query replaced: for signed URLs, where the query is the credential.
pub(crate) fn redacted_signed(url: &Url) -> String {
    let mut shown = without_query(url);
    if url.query().is_some() {
        shown.push_str("?[redacted]");
    }
    shown
}

fn without_query(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "sig" || SECRET_WORDS.iter().any(|word| name.contains(word))
}
