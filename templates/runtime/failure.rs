//! What is known about a failed call, and how it is told.
//!
//! In: the request as it may be shown, the answer if there was one, the cause. Out: a message in the form
//! `GET https://host/path: 404 Not Found: what the API says (request id …)`.

use std::fmt;

use http::{HeaderMap, StatusCode};

use super::answer::{Answer, Exchange};
use super::read::ReadError;
use super::transport::BoxError;

/// How much of a body that is not JSON a message shows, in characters.
const EXCERPT: usize = 200;

/// What is known about a failed call.
pub struct Failure {
    message: String,
    exchange: Option<Exchange>,
    answer: Option<Answer>,
    api_message: Option<String>,
    pub(super) state: Option<String>,
    attempts: u32,
    pub(crate) source: Option<BoxError>,
    pub(crate) connect: bool,
    pub(crate) timed_out: bool,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            exchange: None,
            answer: None,
            api_message: None,
            state: None,
            attempts: 0,
            source: None,
            connect: false,
            timed_out: false,
        }
    }

    /// An error status, told in the API's own words where it has any.
    pub(crate) fn of_status(answer: Answer) -> Self {
        let api_message = message_in_json(&answer);
        let mut message = answer.status().to_string();
        if let Some(told) = &api_message {
            message.push_str(": ");
            message.push_str(told);
        } else if let Some(excerpt) = excerpt(&answer) {
            message.push_str(": ");
            message.push_str(&excerpt);
        }
        if answer.status().is_redirection()
            && let Some(location) = answer.header("location")
        {
            // The target's query may be signed.
            let shown = location.split('?').next().unwrap_or(location);
            message.push_str(": a redirect to ");
            message.push_str(shown);
            message.push_str(" that this request cannot be repeated at");
        }
        Self {
            api_message,
            ..Self::new(message)
        }
        .answer_of(answer)
    }

    /// A success whose body is not what was promised.
    pub(crate) fn of_read(answer: Answer, error: ReadError) -> Self {
        let mut message = format!("{}, but ", answer.status());
        match &error {
            ReadError::Decode(decode) => {
                message.push_str("the body is not the promised JSON: ");
                message.push_str(&decode.to_string());
                let declared = answer.media_type();
                if !declared.is_some_and(|declared| declared.to_ascii_lowercase().contains("json"))
                    && let Some(excerpt) = excerpt(&answer)
                {
                    message.push_str(" (the server calls it ");
                    message.push_str(declared.unwrap_or("nothing"));
                    message.push_str(": ");
                    message.push_str(&excerpt);
                    message.push(')');
                }
            }
            other => message.push_str(&other.to_string()),
        }
        let source: BoxError = match error {
            ReadError::Decode(decode) => Box::new(decode),
            other => Box::new(other),
        };
        Self::new(message).answer_of(answer).caused_by(source)
    }

    pub(crate) fn during(mut self, exchange: Exchange) -> Self {
        self.exchange = Some(exchange);
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    pub(crate) fn answer_of(mut self, answer: Answer) -> Self {
        self.exchange = Some(answer.exchange.clone());
        self.answer = Some(answer);
        self
    }

    pub(crate) fn after_attempts(&mut self, attempts: u32) {
        self.attempts = attempts;
    }

    /// The HTTP method of the request, if it came that far.
    #[must_use]
    pub fn method(&self) -> Option<&http::Method> {
        self.exchange.as_ref().map(|exchange| &exchange.method)
    }

    /// The URL that was asked last, secrets in its query replaced.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.exchange.as_ref().map(|exchange| exchange.url.as_str())
    }

    /// The answer, if there was one.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }

    /// The status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer.as_ref().map(Answer::status)
    }

    /// The headers, if there was an answer.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer.as_ref().map(Answer::headers)
    }

    /// The identifier that the server gave this request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer.as_ref().and_then(Answer::request_id)
    }

    /// What the API itself says.
    #[must_use]
    pub fn api_message(&self) -> Option<&str> {
        self.api_message.as_deref()
    }

    /// The last state of a job.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// How many times the request was sent; 0 if it never was.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(exchange) = &self.exchange {
            write!(formatter, "{} {}", exchange.method, exchange.url)?;
            if let Some(first) = &exchange.redirected_from {
                write!(formatter, " (redirected from {first}")?;
                if exchange.credentials_dropped {
                    formatter.write_str(", and credentials do not follow to another host")?;
                }
                formatter.write_str(")")?;
            }
            formatter.write_str(": ")?;
        }
        formatter.write_str(&self.message)?;
        // The deepest cause says what happened; those above it only where.
        if self.answer.is_none()
            && let Some(source) = &self.source
        {
            let mut deepest: &(dyn std::error::Error + 'static) = &**source;
            while let Some(next) = deepest.source() {
                deepest = next;
            }
            write!(formatter, ": {deepest}")?;
        }
        match (self.request_id(), self.attempts) {
            (None, 0 | 1) => Ok(()),
            (None, attempts) => write!(formatter, " (after {attempts} attempts)"),
            (Some(id), 0 | 1) => write!(formatter, " (request id {id})"),
            (Some(id), attempts) => {
                write!(formatter, " (request id {id}, after {attempts} attempts)")
            }
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Failure")
            .field("message", &format_args!("{self}"))
            .field("answer", &self.answer)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// The text under one of the usual keys of a JSON error, directly or one object down.
fn message_in_json(answer: &Answer) -> Option<String> {
    let body: serde_json::Value = answer.json().ok()?;
    message_in(&body).map(str::to_owned)
}

fn message_in(value: &serde_json::Value) -> Option<&str> {
    const KEYS: [&str; 6] = [
        "message",
        "error",
        "detail",
        "title",
        "error_description",
        "description",
    ];
    let object = value.as_object()?;
    KEYS.iter()
        .find_map(|key| object.get(*key)?.as_str().filter(|text| !text.is_empty()))
        .or_else(|| {
            ["error", "errors", "detail"]
                .iter()
                .find_map(|key| match object.get(*key)? {
                    serde_json::Value::Array(items) => items
                        .iter()
                        .find_map(|item| item.as_str().or_else(|| message_in(item))),
                    inner => message_in(inner),
                })
        })
}

/// The beginning of a body, on one line: of an HTML page its title.
fn excerpt(answer: &Answer) -> Option<String> {
    let whole = String::from_utf8_lossy(answer.body().get(..answer.body().len().min(64 * 1024))?);
    let is_html = answer
        .media_type()
        .is_some_and(|media_type| media_type.to_ascii_lowercase().contains("html"))
        || whole
            .trim_start()
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("<html"));
    if is_html {
        let title = html_title(&whole)
            .map(one_line)
            .filter(|title| !title.is_empty());
        return Some(title.map_or_else(
            || "an HTML page".to_owned(),
            |title| format!("an HTML page, \"{title}\""),
        ));
    }
    let line = one_line(&whole);
    (!line.is_empty()).then_some(line)
}

fn html_title(page: &str) -> Option<&str> {
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let open = start + lower.get(start..)?.find('>')? + 1;
    let length = lower.get(open..)?.find("</title")?;
    page.get(open..open + length)
}

fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > EXCERPT {
            let end = line
                .char_indices()
                .map(|(index, _)| index)
                .take_while(|index| *index <= EXCERPT)
                .last();
            line.truncate(end.unwrap_or(0));
            line.push('…');
            break;
        }
    }
    line
}
