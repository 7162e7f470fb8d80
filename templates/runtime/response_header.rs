//! Headers of answers that the API documents: their names, and the types of their values.
//!
//! In: the constants of the emitted code, and the headers of an answer. Out: typed values. A client whose API documents none does
//! not have this file.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;

use super::json::{Decode, from_slice, to_vec};

/// A header that the API documents for its answers, with the type of its value.
///
/// It reads the headers of a response, of an error, or of anything else that has some: `HEADER.of(response.headers())`.
pub struct ResponseHeader<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> ResponseHeader<T> {
    /// The header of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            value: PhantomData,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: Decode> ResponseHeader<T> {
    /// The value; none where the header is missing, or its text is not of the documented type. That text is in the headers still.
    ///
    /// A header on several lines is one list of all of them (RFC 9110, section 5.3).
    #[must_use]
    pub fn of(&self, headers: &HeaderMap) -> Option<T> {
        let lines = headers.get_all(self.name).iter();
        let lines: Vec<&str> = lines
            .map(|line| line.to_str().map(str::trim))
            .collect::<Result<_, _>>()
            .ok()?;
        let (first, others) = lines.split_first()?;
        // Lines of cookies hold commas, so that they cannot stand on one.
        if self.name.eq_ignore_ascii_case("set-cookie") {
            let list = to_vec(&texts(lines.iter().copied()));
            return from_slice(&list).ok().or_else(|| read(first));
        }
        if others.is_empty() {
            return read(first);
        }
        // JSON has commas of its own.
        let json = || from_slice(first.as_bytes()).ok();
        let first_json = first.starts_with(['{', '[']).then(json).flatten();
        first_json
            .or_else(|| read(&lines.join(", ")))
            .or_else(|| read(first))
    }
}

/// The value that the text of a header holds: a text, a number or any JSON, a list of texts, a list of numbers, an object.
fn read<T: Decode>(text: &str) -> Option<T> {
    let list = items(text).collect::<Vec<_>>().join(",");
    let plain = [
        to_vec(&text.to_owned()),
        text.as_bytes().to_vec(),
        to_vec(&texts(items(text))),
        format!("[{list}]").into_bytes(),
    ];
    let plain = plain.iter().find_map(|json| from_slice(json).ok());
    plain.or_else(|| object(text))
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn texts<'t>(items: impl Iterator<Item = &'t str>) -> Vec<String> {
    items.map(str::to_owned).collect()
}

/// Values of so many members at most are tried as texts and as JSON, each for itself.
const MOST_DOUBTS: usize = 6;

/// The object of `k=v,k=v` or of `k,v,k,v` (OpenAPI: `style: simple`, with and without `explode`).
///
/// What looks like a number, a boolean or null may be a text all the same; which it is, the type tells.
fn object<T: Decode>(text: &str) -> Option<T> {
    let members = members(text)?;
    let doubts = members.iter().filter(|(_, value)| is_plain_json(value));
    let choices = match doubts.count() {
        doubts @ ..=MOST_DOUBTS => (0..1_usize << doubts).collect(),
        _ => vec![0, usize::MAX],
    };
    choices.into_iter().find_map(|choice| {
        let json = object_json(&members, choice);
        from_slice(&json).ok()
    })
}

fn members(text: &str) -> Option<Vec<(&str, &str)>> {
    let parts: Vec<&str> = items(text).collect();
    let exploded: Option<Vec<_>> = parts.iter().map(|part| part.split_once('=')).collect();
    let in_turn = || {
        let pairs = parts.chunks(2).map(|pair| match pair {
            [key, value] => Some((*key, *value)),
            _ => None,
        });
        pairs.collect()
    };
    let members: Vec<(&str, &str)> = exploded.or_else(in_turn)?;
    (!members.is_empty()).then_some(members)
}

/// The object as JSON. Of the values in doubt, those are JSON whose bits are set in `choice`.
fn object_json(members: &[(&str, &str)], choice: usize) -> Vec<u8> {
    let mut choice = choice;
    let mut json = b"{".to_vec();
    for (index, (key, value)) in members.iter().enumerate() {
        if index > 0 {
            json.push(b',');
        }
        json.extend(to_vec(&(*key).to_owned()));
        json.push(b':');
        let mut is_json = false;
        if is_plain_json(value) {
            is_json = choice & 1 == 1;
            choice = choice.rotate_right(1);
        }
        if is_json {
            json.extend_from_slice(value.as_bytes());
        } else {
            json.extend(to_vec(&(*value).to_owned()));
        }
    }
    json.push(b'}');
    json
}

/// Whether the text is a number, a boolean or null in JSON.
fn is_plain_json(text: &str) -> bool {
    let value = from_slice::<serde_json::Value>(text.as_bytes());
    value.is_ok_and(|value| value.is_number() || value.is_boolean() || value.is_null())
}

impl<T> Clone for ResponseHeader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ResponseHeader<T> {}

impl<T> fmt::Debug for ResponseHeader<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("ResponseHeader")
            .field(&self.name)
            .finish()
    }
}
