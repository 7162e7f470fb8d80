//! Styles: how objects, and lists in other ways than the usual, become text in a path, a query, a header or a cookie.
//!
//! In: any value that the codec can write, and one of OpenAPI's styles. Out: one text, or names and values of a query. The value is
//! written as JSON and walked, so that nothing here is compiled once per type. What a parameter means to an API is not known here.
//!
//! Where OpenAPI leaves open what happens, this does:
//! * Null is left out, as is a list or an object in which nothing is left.
//! * In `deepObject`, objects in objects get one more pair of brackets (`a[b][c]=1`). Lists are written `a[b][]=1&a[b][]=2`, which is
//!   what servers that read brackets take for a list (PHP, Rails, `qs`); lists of objects with an index (`a[b][0][c]=1`).
//! * In exploded `form`, a list in an object is its name again and again (`sort=a&sort=b`).
//! * Anything else that is nested deeper than a style goes is written as JSON text.

use std::borrow::Cow;

use serde_json::Value;

use super::json::{Encode, from_slice, to_vec};
use super::parameter::{Parameter, percent_encode};

/// How a value becomes text (OpenAPI: `style` with `explode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b` and `k,v,k,v`.
    Simple,
    /// `a,b` and `k=v,k=v`.
    SimpleExploded,
    /// `.a,b` and `.k,v,k,v`.
    Label,
    /// `.a.b` and `.k=v.k=v`.
    LabelExploded,
    /// `;name=a,b` and `;name=k,v,k,v`.
    Matrix,
    /// `;name=a;name=b` and `;k=v;k=v`.
    MatrixExploded,
    /// `name=a,b` and `name=k,v,k,v`.
    Form,
    /// `name=a&name=b` and `k=v&k=v`.
    FormExploded,
    /// `name=a%20b` and `name=k%20v%20k%20v`.
    SpaceDelimited,
    /// `name=a|b` and `name=k|v|k|v`.
    PipeDelimited,
    /// `name[k]=v&name[k]=v`.
    DeepObject,
}

/// Which characters of a value are percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// None: in a header.
    Nothing,
    /// All but the unreserved ones.
    Reserved,
    /// All but the unreserved ones and those reserved ones that cannot end a value in a query (OpenAPI: `allowReserved`).
    Needed,
}

impl Escape {
    fn append(self, raw: &str, text: &mut String) {
        match self {
            Self::Nothing => text.push_str(raw),
            Self::Reserved => percent_encode(raw, text),
            Self::Needed => {
                for character in raw.chars() {
                    if matches!(
                        character,
                        ':' | '/'
                            | '?'
                            | '@'
                            | '!'
                            | '$'
                            | '\''
                            | '('
                            | ')'
                            | '*'
                            | ','
                            | ';'
                            | '='
                    ) {
                        text.push(character);
                    } else {
                        percent_encode(character.encode_utf8(&mut [0; 4]), text);
                    }
                }
            }
        }
    }

    fn escaped(self, raw: &str) -> String {
        let mut text = String::with_capacity(raw.len());
        self.append(raw, &mut text);
        text
    }
}

/// A value in a style that makes one text of it: in a path, a header or a cookie.
#[derive(Clone, Copy)]
pub struct Styled<'a>(pub Style, pub &'a str, pub &'a dyn Encode);

impl Parameter for Styled<'_> {
    fn write(&self, text: &mut String) {
        self.append(Escape::Nothing, text);
    }

    fn write_encoded(&self, text: &mut String) {
        self.append(Escape::Reserved, text);
    }
}

impl Styled<'_> {
    fn append(&self, escape: Escape, text: &mut String) {
        let Self(style, name, value) = *self;
        let (begin, exploded_separator) = match style {
            Style::Label | Style::LabelExploded => (".", "."),
            Style::Matrix | Style::MatrixExploded => (";", ";"),
            _ => ("", ","),
        };
        let is_matrix = matches!(style, Style::Matrix | Style::MatrixExploded);
        let explodes = matches!(
            style,
            Style::SimpleExploded | Style::LabelExploded | Style::MatrixExploded
        );
        let mut name_of_all = escape.escaped(name);
        let parts = Parts::of(&json(value));
        let joined = match &parts {
            Parts::Nothing => return,
            Parts::One(value) if is_matrix && value.is_empty() => {
                text.push_str(begin);
                text.push_str(&name_of_all);
                return;
            }
            Parts::Members(members) if explodes => {
                name_of_all.clear();
                let pairs = members.iter().map(|(key, value)| {
                    format!("{}={}", escape.escaped(key), escape.escaped(&shown(value)))
                });
                pairs.collect::<Vec<_>>().join(exploded_separator)
            }
            Parts::Items(items) if explodes && is_matrix => {
                let separator = format!("{begin}{name_of_all}=");
                escaped(items, escape).join(&separator)
            }
            Parts::Items(items) if explodes => escaped(items, escape).join(exploded_separator),
            parts => parts.joined(",", escape),
        };
        text.push_str(begin);
        if is_matrix && !name_of_all.is_empty() {
            text.push_str(&name_of_all);
            text.push('=');
        }
        text.push_str(&joined);
    }
}

/// The names and values that a parameter is in a query or among cookies, both encoded.
pub(crate) fn pairs(
    style: Style,
    name: &str,
    value: &dyn Encode,
    escape: Escape,
) -> Vec<(String, String)> {
    let value = json(value);
    let name = Escape::Reserved.escaped(name);
    let mut pairs = Vec::new();
    if style == Style::DeepObject {
        deep(name, &value, escape, &mut pairs);
        return pairs;
    }
    match Parts::of(&value) {
        Parts::Nothing => {}
        Parts::Items(items) if style == Style::FormExploded => {
            pairs.extend(
                escaped(&items, escape)
                    .into_iter()
                    .map(|item| (name.clone(), item)),
            );
        }
        Parts::Members(members) if style == Style::FormExploded => {
            for (key, value) in members {
                let key = Escape::Reserved.escaped(&key);
                let items = match &value {
                    Value::Array(items) => items.as_slice(),
                    one => std::slice::from_ref(one),
                };
                let items = items.iter().filter(|item| !item.is_null());
                pairs.extend(items.map(|item| (key.clone(), escape.escaped(&shown(item)))));
            }
        }
        parts => {
            let separator = match style {
                Style::SpaceDelimited => "%20",
                Style::PipeDelimited => "|",
                _ => ",",
            };
            pairs.push((name, parts.joined(separator, escape)));
        }
    }
    pairs
}

/// Objects by brackets, as far down as they go: the codec bounds the depth of a value.
fn deep(name: String, value: &Value, escape: Escape, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                let name = format!("{name}%5B{}%5D", Escape::Reserved.escaped(key));
                deep(name, value, escape, pairs);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = if item.is_array() || item.is_object() {
                    format!("{name}%5B{index}%5D")
                } else {
                    format!("{name}%5B%5D")
                };
                deep(name, item, escape, pairs);
            }
        }
        scalar => pairs.push((name, escape.escaped(&shown(scalar)))),
    }
}

/// A value, as far as styles tell values apart.
enum Parts {
    Nothing,
    One(String),
    Items(Vec<String>),
    Members(Vec<(String, Value)>),
}

impl Parts {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Array(items) => {
                let items: Vec<String> = items
                    .iter()
                    .filter(|item| !item.is_null())
                    .map(|item| shown(item).into_owned())
                    .collect();
                if items.is_empty() {
                    Self::Nothing
                } else {
                    Self::Items(items)
                }
            }
            Value::Object(members) => {
                let members: Vec<(String, Value)> = members
                    .iter()
                    .filter(|(_, value)| !value.is_null())
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                if members.is_empty() {
                    Self::Nothing
                } else {
                    Self::Members(members)
                }
            }
            scalar => Self::One(shown(scalar).into_owned()),
        }
    }

    /// All in one text; an object as its keys and values in turn.
    fn joined(&self, separator: &str, escape: Escape) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::One(value) => escape.escaped(value),
            Self::Items(items) => escaped(items, escape).join(separator),
            Self::Members(members) => {
                let texts = members
                    .iter()
                    .flat_map(|(key, value)| [escape.escaped(key), escape.escaped(&shown(value))]);
                texts.collect::<Vec<_>>().join(separator)
            }
        }
    }
}

fn escaped(items: &[String], escape: Escape) -> Vec<String> {
    items.iter().map(|item| escape.escaped(item)).collect()
}

/// The text of a value: a string as it is, anything that is nested as JSON.
fn shown(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(number) => Cow::Owned(match number.as_f64() {
            // As a parameter alone is written: `2`, not `2.0`.
            Some(float) if number.is_f64() => float.to_string(),
            _ => number.to_string(),
        }),
        other => Cow::Owned(other.to_string()),
    }
}

fn json(value: &dyn Encode) -> Value {
    let text = to_vec(value);
    // What the codec writes it can read, unless it is nested deeper than it allows: then the text itself is what there is.
    from_slice(&text).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&text).into_owned()))
}
