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

use super::call::Call;
use super::json::{Encode, Node, Piece, pieces, to_vec};
use super::parameter::{Parameter, percent_encode};
use super::request::{Pair, Prepared};

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
    /// `name=a%7Cb` and `name=k%7Cv%7Ck%7Cv`.
    PipeDelimited,
    /// `name[k]=v&name[k]=v`.
    DeepObject,
    /// `name=a,b` and `name=k,v,k,v` among cookies, as they are.
    Cookie,
    /// `name=a; name=b` and `k=v; k=v` among cookies, as they are.
    CookieExploded,
}

/// Which characters of a value are percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// None: in a header, and in a cookie that says so.
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
        let json = to_vec(value);
        let value = pieces(&json);
        let parts = value.as_ref().map_or(Parts::Nothing, Parts::of);
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
                    format!("{}={}", escape.escaped(key), escape.escaped(value.text()))
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

impl<T> Call<T> {
    /// Sets a query parameter to any value, in one of OpenAPI's styles.
    pub fn query_styled(&mut self, name: &str, style: Style, value: &dyn Encode) {
        self.request
            .query_styled(name, style, value, Escape::Reserved);
    }

    /// As [`Call::query_styled`], with `:/?@!$'()*,;=` in values as they are (OpenAPI: `allowReserved`). What could end a value or the
    /// query is percent-encoded all the same.
    pub fn query_reserved(&mut self, name: &str, style: Style, value: &dyn Encode) {
        self.request
            .query_styled(name, style, value, Escape::Needed);
    }

    /// Sets the cookies that any value is in one of OpenAPI's styles.
    pub fn cookie_styled(&mut self, name: &str, style: Style, value: &dyn Encode) {
        self.request.cookie_styled(name, style, value);
    }
}

impl Prepared {
    /// Sets a query parameter to what its style makes of a value: any number of pairs under any names.
    fn query_styled(&mut self, name: &str, style: Style, value: &dyn Encode, escape: Escape) {
        let parameter = self.clear_query(name);
        let pairs = pairs(style, name, value, escape).into_iter();
        self.query.extend(pairs.map(|(name, value)| Pair {
            parameter: parameter.clone(),
            name,
            value,
        }));
    }

    /// Sets the cookies that a style makes of a value: exploded, an object is a cookie for each member. What is written as it is may not
    /// hold what would end the cookie, and no request is sent with it.
    fn cookie_styled(&mut self, name: &str, style: Style, value: &dyn Encode) {
        self.clear_cookie(name);
        let escape = match style {
            Style::Cookie | Style::CookieExploded => Escape::Nothing,
            _ => Escape::Reserved,
        };
        for (cookie, value) in pairs(style, name, value, escape) {
            let stays = |byte: u8| (byte.is_ascii_graphic() && byte != b';') || byte == b' ';
            if !value.bytes().all(stays) || !cookie.bytes().all(|byte| stays(byte) && byte != b'=')
            {
                self.fail(format!(
                    "the cookie `{name}` is sent as it is, and holds characters that a cookie cannot"
                ));
            }
            self.cookies.push(Pair {
                parameter: name.to_owned(),
                name: cookie,
                value,
            });
        }
    }
}

/// The names and values that a parameter is in a query or among cookies, both encoded.
fn pairs(style: Style, name: &str, value: &dyn Encode, escape: Escape) -> Vec<(String, String)> {
    let json = to_vec(value);
    let names = match escape {
        Escape::Nothing => Escape::Nothing,
        Escape::Reserved | Escape::Needed => Escape::Reserved,
    };
    let name = names.escaped(name);
    let mut pairs = Vec::new();
    let Some(value) = pieces(&json) else {
        return pairs;
    };
    if style == Style::DeepObject {
        deep(name, &value, escape, &mut pairs);
        return pairs;
    }
    let explodes = matches!(style, Style::FormExploded | Style::CookieExploded);
    match Parts::of(&value) {
        Parts::Nothing => {}
        Parts::Items(items) if explodes => {
            pairs.extend(
                escaped(&items, escape)
                    .into_iter()
                    .map(|item| (name.clone(), item)),
            );
        }
        Parts::Members(members) if explodes => {
            for (key, value) in members {
                let key = names.escaped(key);
                let items = match &value.node {
                    Node::Array(items) => items.as_slice(),
                    _ => std::slice::from_ref(value),
                };
                let items = items.iter().filter(|item| !item.is_null());
                pairs.extend(items.map(|item| (key.clone(), escape.escaped(item.text()))));
            }
        }
        parts => {
            let separator = match style {
                Style::SpaceDelimited => "%20",
                Style::PipeDelimited => "%7C",
                _ => ",",
            };
            pairs.push((name, parts.joined(separator, escape)));
        }
    }
    pairs
}

/// Objects by brackets, as far down as they go: the codec bounds the depth of a value.
fn deep(name: String, value: &Piece<'_>, escape: Escape, pairs: &mut Vec<(String, String)>) {
    match &value.node {
        Node::Null => {}
        Node::Object(members) => {
            for (key, value) in members {
                let name = format!("{name}%5B{}%5D", Escape::Reserved.escaped(key));
                deep(name, value, escape, pairs);
            }
        }
        Node::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = match item.node {
                    Node::Array(_) | Node::Object(_) => format!("{name}%5B{index}%5D"),
                    Node::Null | Node::Scalar(_) => format!("{name}%5B%5D"),
                };
                deep(name, item, escape, pairs);
            }
        }
        Node::Scalar(text) => pairs.push((name, escape.escaped(text))),
    }
}

/// A value, as far as styles tell values apart.
enum Parts<'v> {
    Nothing,
    One(&'v str),
    Items(Vec<&'v str>),
    Members(Vec<(&'v str, &'v Piece<'v>)>),
}

impl<'v> Parts<'v> {
    fn of(value: &'v Piece<'_>) -> Self {
        match &value.node {
            Node::Null => Self::Nothing,
            Node::Scalar(text) => Self::One(text),
            Node::Array(items) => {
                let items = items.iter().filter(|item| !item.is_null());
                let items: Vec<&str> = items.map(Piece::text).collect();
                if items.is_empty() {
                    Self::Nothing
                } else {
                    Self::Items(items)
                }
            }
            Node::Object(members) => {
                let members = members.iter().filter(|(_, value)| !value.is_null());
                let members: Vec<(&str, &Piece<'_>)> =
                    members.map(|(key, value)| (key.as_str(), value)).collect();
                if members.is_empty() {
                    Self::Nothing
                } else {
                    Self::Members(members)
                }
            }
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
                    .flat_map(|(key, value)| [escape.escaped(key), escape.escaped(value.text())]);
                texts.collect::<Vec<_>>().join(separator)
            }
        }
    }
}

fn escaped(items: &[&str], escape: Escape) -> Vec<String> {
    items.iter().map(|item| escape.escaped(item)).collect()
}
