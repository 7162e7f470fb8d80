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
    #[must_use]
    pub fn of(&self, headers: &HeaderMap) -> Option<T> {
        let forms = forms(headers.get(self.name)?.to_str().ok()?.trim());
        forms.iter().find_map(|json| from_slice(json).ok())
    }
}

/// What the text of a header may be as JSON: a text, a number or any JSON, a list of texts, a list of numbers.
fn forms(text: &str) -> [Vec<u8>; 4] {
    let items = || {
        text.split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
    };
    let texts: Vec<String> = items().map(str::to_owned).collect();
    let plain: Vec<&str> = items().collect();
    [
        to_vec(&text.to_owned()),
        text.as_bytes().to_vec(),
        to_vec(&texts),
        format!("[{}]", plain.join(",")).into_bytes(),
    ]
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
