//! Bodies of form fields (`application/x-www-form-urlencoded`), written from the JSON of a value.
//!
//! In: a value, and how its properties are written where the document says so. Out: the text of the body. What the fields
//! mean is not known here.

use std::fmt::Write as _;

use bytes::Bytes;

use super::call::Call;
use super::json::{Encode, Node, Piece, pieces, to_vec};

/// How a property of a form is written. Without one, a list is a field for each item, and an object is one field with its JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStyle {
    /// A field for each item of a list, and for each property of an object under its own name.
    Exploded,
    /// One field; items, or keys and values, are separated by this.
    Joined(char),
    /// A field for each value, however deep: `a[b][0]=c`.
    Deep,
    /// One field with the JSON of the value.
    Json,
}

impl<T> Call<T> {
    /// Sets a body of form fields (`application/x-www-form-urlencoded`): the properties of an object, those named here in
    /// their own style.
    pub fn form(&mut self, body: &dyn Encode, styles: &[(&str, FormStyle)]) {
        match text(body, styles) {
            Some(text) => self
                .request
                .body("application/x-www-form-urlencoded", Bytes::from(text)),
            None => self
                .request
                .fail("the body has no properties, so it is no form".to_owned()),
        }
    }
}

/// The text of a form; none if the value is no object.
fn text(body: &dyn Encode, styles: &[(&str, FormStyle)]) -> Option<String> {
    let json = to_vec(body);
    let Node::Object(members) = pieces(&json)?.node else {
        return None;
    };
    let mut form = Form::default();
    for (name, value) in &members {
        let style = styles.iter().find(|(property, _)| property == name);
        form.property(name, value, style.map(|(_, style)| *style));
    }
    Some(form.text)
}

#[derive(Default)]
struct Form {
    text: String,
}

impl Form {
    fn property(&mut self, name: &str, value: &Piece<'_>, style: Option<FormStyle>) {
        match (&value.node, style) {
            (Node::Null, _) => {}
            (_, Some(FormStyle::Json)) => self.field(name, value.json),
            (_, Some(FormStyle::Deep)) => self.deep(name, value),
            (Node::Scalar(text), _) => self.field(name, text),
            (_, Some(FormStyle::Joined(separator))) => {
                self.joined(name, &value.joined_texts(), separator);
            }
            (Node::Array(items), _) => {
                for text in items.iter().filter_map(shallow) {
                    self.field(name, text);
                }
            }
            (Node::Object(members), Some(FormStyle::Exploded)) => {
                for (key, value) in members {
                    if let Some(text) = shallow(value) {
                        self.field(key, text);
                    }
                }
            }
            (Node::Object(_), None) => self.field(name, value.json),
        }
    }

    fn deep(&mut self, name: &str, value: &Piece<'_>) {
        match &value.node {
            Node::Null => {}
            Node::Scalar(text) => self.field(name, text),
            Node::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.deep(&format!("{name}[{index}]"), item);
                }
            }
            Node::Object(members) => {
                for (key, value) in members {
                    self.deep(&format!("{name}[{key}]"), value);
                }
            }
        }
    }

    fn joined(&mut self, name: &str, items: &[&str], separator: char) {
        for (index, item) in items.iter().enumerate() {
            match (index, separator) {
                (0, _) => self.name(name),
                // It stands between the items as no item holds it (RFC 6570, section 3.2.8).
                (_, ',') => self.text.push(','),
                _ => encode(separator.encode_utf8(&mut [0; 4]), &mut self.text),
            }
            encode(item, &mut self.text);
        }
    }

    fn field(&mut self, name: &str, value: &str) {
        self.name(name);
        encode(value, &mut self.text);
    }

    fn name(&mut self, name: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        encode(name, &mut self.text);
        self.text.push('=');
    }
}

/// The text of a value that gets no fields of its own; none for null.
fn shallow<'v>(value: &'v Piece<'_>) -> Option<&'v str> {
    (!value.is_null()).then(|| value.text())
}

/// As browsers encode forms (WHATWG URL, section 5.2).
fn encode(raw: &str, text: &mut String) {
    for byte in raw.bytes() {
        match byte {
            b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                text.push(char::from(byte));
            }
            b' ' => text.push('+'),
            // Writing to a String cannot fail.
            _ => drop(write!(text, "%{byte:02X}")),
        }
    }
}
