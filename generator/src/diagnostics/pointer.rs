//! JSON pointers (RFC 6901): the name of every place in a document.

use std::{borrow::Cow, fmt};

use serde::{Serialize, Serializer};
use serde_json::Value;

/// A JSON pointer in its text form: empty for the whole document, else `/`-separated tokens in which `~` is written `~0` and `/` is
/// written `~1`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text form; `None` where it is neither empty nor begins with `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Reads the fragment form of a reference within the document, `#/components/schemas/Pet`, with its percent-encoding undone; `None`
    /// where the reference leads to another document or to an anchor.
    #[must_use]
    pub fn from_reference(reference: &str) -> Option<Self> {
        Self::parse(&percent_decode(reference.strip_prefix('#')?))
    }

    /// The fragment form, such that [`Pointer::from_reference`] gives the same pointer back.
    #[must_use]
    pub fn to_reference(&self) -> String {
        format!("#{}", self.0.replace('%', "%25"))
    }

    /// The place of the member or element `token` below this one.
    #[must_use]
    pub fn push(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        if !token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            text.push_str(token);
            return Self(text);
        }
        for character in token.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// The place of the element `index` below this one.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.push(&index.to_string())
    }

    /// The same place seen from elsewhere: what lies at `from` lies at `to`. Unchanged where this place is not within `from`.
    #[must_use]
    pub fn moved(&self, from: &Self, to: &Self) -> Self {
        if self.is_within(from) {
            Self(format!("{}{}", to.0, &self.0[from.0.len()..]))
        } else {
            self.clone()
        }
    }

    /// The place above this one; `None` for the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }

    /// The last token, unescaped; `None` for the whole document.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.0
            .rfind('/')
            .map(|start| unescape(&self.0[start + 1..]).into_owned())
    }

    /// The tokens from the top, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .split('/')
            .skip(1)
            .map(|token| unescape(token).into_owned())
    }

    /// What stands at this place of `root`. As [`Value::pointer`], which copies every token twice.
    #[must_use]
    pub fn find<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        let (mut value, mut rest) = (root, self.0.strip_prefix('/'));
        while let Some(tokens) = rest {
            // Tokens are too short for a search to pay.
            let end = tokens.bytes().position(|byte| byte == b'/');
            let (token, behind) = match end {
                Some(end) => (&tokens[..end], Some(&tokens[end + 1..])),
                None => (tokens, None),
            };
            value = match value {
                Value::Object(members) => members.get(unescape(token).as_ref()),
                Value::Array(elements) => elements.get(element(token)?),
                _ => None,
            }?;
            rest = behind;
        }
        Some(value)
    }

    /// The text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the whole document.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `self` is `ancestor` or lies below it.
    #[must_use]
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.0
            .strip_prefix(&ancestor.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

fn unescape(token: &str) -> Cow<'_, str> {
    let escape = |text: &str| text.bytes().position(|byte| byte == b'~');
    if escape(token).is_none() {
        return token.into();
    }
    let mut text = String::with_capacity(token.len());
    let mut rest = token;
    while let Some(end) = escape(rest) {
        text.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        // A `~` that begins no escape stays.
        let (character, length) = match rest.as_bytes().first() {
            Some(b'0') => ('~', 1),
            Some(b'1') => ('/', 1),
            _ => ('~', 0),
        };
        text.push(character);
        rest = &rest[length..];
    }
    text.push_str(rest);
    text.into()
}

/// The index that a token stands for (RFC 6901 section 4): digits without a leading zero.
fn element(token: &str) -> Option<usize> {
    let is_index = token == "0" || !token.starts_with(['0', '+']);
    is_index.then(|| token.parse().ok()).flatten()
}

/// Undoes percent-encoding (RFC 3986 section 2.1). A `%` that begins no valid escape stays, and so does the whole text where the
/// result would not be UTF-8: documents are written by hand.
fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        let escape = (byte == b'%')
            .then(|| text.get(position + 1..position + 3))
            .flatten()
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(escape.unwrap_or(byte));
        position += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_and_unescaped() {
        let pointer = Pointer::root().push("paths").push("/a~b/{id}").push("get");
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{id}/get");
        assert_eq!(
            pointer.tokens().collect::<Vec<_>>(),
            ["paths", "/a~b/{id}", "get"]
        );
        assert_eq!(
            pointer.parent().and_then(|parent| parent.last()).as_deref(),
            Some("/a~b/{id}")
        );
        assert_eq!(Pointer::root().parent(), None);
    }

    #[test]
    fn what_stands_at_a_place_is_found() {
        let root = serde_json::json!({"a/b~c": [{"": 1}, 2], "x": null});
        let found = |text: &str| Pointer::parse(text).and_then(|pointer| pointer.find(&root));
        for text in [
            "",
            "/a~1b~0c",
            "/a~1b~0c/0/",
            "/a~1b~0c/1",
            "/a~1b~0c/01",
            "/a~1b~0c/+1",
            "/a~1b~0c/-",
            "/a~1b~0c/2",
            "/x",
            "/x/y",
            "/y",
            "/",
        ] {
            assert_eq!(found(text), root.pointer(text), "{text}");
        }
        assert_eq!(found("/a~1b~0c/0/"), Some(&serde_json::json!(1)));
    }

    #[test]
    fn a_reference_survives_the_round_trip() {
        let pointer = Pointer::root()
            .push("100%")
            .push("%7B")
            .push("a b")
            .push("é");
        assert_eq!(
            Pointer::from_reference(&pointer.to_reference()),
            Some(pointer)
        );
    }

    #[test]
    fn percent_encoding_is_undone() {
        let read = |text| Pointer::from_reference(text).map(|pointer| pointer.to_string());
        assert_eq!(
            read("#/paths/~1a~1%7Bid%7D").as_deref(),
            Some("/paths/~1a~1{id}")
        );
        assert_eq!(read("#/a%"), Some("/a%".into()));
        assert_eq!(read("#/a%zz%4"), Some("/a%zz%4".into()));
        assert_eq!(read("#/%ff"), Some("/%ff".into()));
        assert_eq!(read("#/%é"), Some("/%é".into()));
        assert_eq!(read("#"), Some(String::new()));
        assert_eq!(read("#anchor"), None);
        assert_eq!(read("other.yaml#/a"), None);
    }

    #[test]
    fn within_looks_at_whole_tokens() {
        let ancestor = Pointer::root().push("a");
        assert!(ancestor.push("b").is_within(&ancestor));
        assert!(!Pointer::root().push("ab").is_within(&ancestor));
        assert!(ancestor.is_within(&Pointer::root()));
    }
}
