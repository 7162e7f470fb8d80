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
        if others.is_empty() {
            return read(first);
        }
        // Lines of cookies hold commas, so that they cannot stand on one.
        if self.name.eq_ignore_ascii_case("set-cookie") {
            let list = to_vec(&texts(lines.iter().copied()));
            return from_slice(&list).ok().or_else(|| read(first));
        }
        read(&lines.join(", ")).or_else(|| read(first))
    }
}

/// The value that the text of a header holds in one of the forms that it may have.
fn read<T: Decode>(text: &str) -> Option<T> {
    FORMS.iter().find_map(|form| from_slice(&form(text)?).ok())
}

/// A way to read the text of a header as JSON; none where it is not of that form.
type Form = fn(&str) -> Option<Vec<u8>>;

/// What the text of a header may be; the first that is of the documented type counts.
const FORMS: [Form; 6] = [
    |text| Some(to_vec(&text.to_owned())),
    |text| Some(text.as_bytes().to_vec()),
    |text| Some(to_vec(&texts(items(text)))),
    |text| Some(format!("[{}]", items(text).collect::<Vec<_>>().join(",")).into_bytes()),
    |text| object(text, |value| to_vec(&value.to_owned())),
    |text| object(text, json_or_text),
];

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn texts<'t>(items: impl Iterator<Item = &'t str>) -> Vec<String> {
    items.map(str::to_owned).collect()
}

/// The object of `k=v,k=v` or of `k,v,k,v` (OpenAPI: `style: simple`, with and without `explode`).
fn object(text: &str, value: fn(&str) -> Vec<u8>) -> Option<Vec<u8>> {
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
    let mut json = b"{".to_vec();
    for (index, (key, text)) in members.into_iter().enumerate() {
        if index > 0 {
            json.push(b',');
        }
        json.extend(to_vec(&key.to_owned()));
        json.push(b':');
        json.extend(value(text));
    }
    json.push(b'}');
    Some(json)
}

/// A number, a boolean or null as it is, anything else as a text.
fn json_or_text(text: &str) -> Vec<u8> {
    match from_slice::<serde_json::Value>(text.as_bytes()) {
        Ok(serde_json::Value::Number(_) | serde_json::Value::Bool(_) | serde_json::Value::Null) => {
            text.as_bytes().to_vec()
        }
        _ => to_vec(&text.to_owned()),
    }
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
