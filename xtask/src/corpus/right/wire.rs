//! Reads a request back into the values of its parameters, by the styles that the document names (OpenAPI 3.0, "Style Values").
//!
//! Comes in: a request, a parameter object. Goes out: the value, with the types of the value that was to be sent. Must not know: how the
//! client writes parameters; this is a reader of its own.

use clientsmith::load::SEPARATOR;
use serde_json::{Map, Number, Value};
use url::Url;

/// What a parameter object says about its way.
pub(super) struct Parameter<'d> {
    pub(super) name: &'d str,
    pub(super) place: &'d str,
    pub(super) style: &'d str,
    pub(super) explode: bool,
    /// Whether it is JSON text (`content`).
    pub(super) is_json: bool,
    /// What stands between the items of a list instead of what the style says (Swagger 2.0, `collectionFormat`).
    pub(super) separator: Option<&'d str>,
}

impl<'d> Parameter<'d> {
    /// From the object of the document.
    pub(super) fn read(object: &'d Value) -> Option<Self> {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let place = text("in")?;
        let style = text("style").unwrap_or(match place {
            "path" | "header" => "simple",
            _ => "form",
        });
        let explode = object.get("explode").and_then(Value::as_bool);
        Some(Self {
            name: text("name")?,
            place,
            style,
            explode: explode.unwrap_or(matches!(style, "form" | "deepObject" | "cookie")),
            is_json: object.get("content").is_some(),
            separator: text(SEPARATOR),
        })
    }
}

/// The raw pairs of a query or a form.
pub(super) fn pairs(raw: &str) -> Vec<(String, String)> {
    let pairs = raw.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name, true), value.to_owned())
        })
        .collect()
}

/// Undoes percent-encoding, and `+` for a space in queries.
pub(super) fn decoded(text: &str, plus: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = after;
        match (first, escaped) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'+', _) if plus => bytes.push(b' '),
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The raw texts of the placeholders in a path template, by name; none where the path is not of the template.
pub(super) fn path_values(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut rest = path;
    let mut template = template;
    while let Some((literal, after)) = template.split_once('{') {
        rest = strip(rest, literal)?;
        let (name, after) = after.split_once('}')?;
        // Up to what follows: the next literal, or the end of the segment.
        let next = after.split('{').next().unwrap_or_default();
        let end = match next.chars().next() {
            None => rest.find('/').unwrap_or(rest.len()),
            Some(_) => rest.find(next).or_else(|| rest.find('/'))?,
        };
        found.push((name.to_owned(), rest.get(..end)?.to_owned()));
        rest = rest.get(end..)?;
        template = after;
    }
    strip(rest, template).filter(|rest| rest.is_empty())?;
    Some(found)
}

/// `text` without `literal` in front, which may be percent-encoded in it.
fn strip<'t>(text: &'t str, literal: &str) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix(literal) {
        return Some(rest);
    }
    let ends = text
        .char_indices()
        .map(|(index, _)| index)
        .chain([text.len()]);
    ends.filter_map(|end| text.split_at_checked(end))
        .find(|(head, _)| decoded(head, false) == decoded(literal, false))
        .map(|(_, rest)| rest)
}

/// The value of a parameter in a request, in the form of `like`; none where it is not there.
pub(super) fn value(
    parameter: &Parameter<'_>,
    url: &Url,
    path: &[(String, String)],
    headers: &[(String, String)],
    like: &Value,
) -> Option<Value> {
    match parameter.place {
        "path" => {
            let (_, raw) = path.iter().find(|(name, _)| name == parameter.name)?;
            of_segment(parameter, raw, like)
        }
        "header" => {
            let name = parameter.name.to_ascii_lowercase();
            let (_, raw) = headers.iter().find(|(own, _)| *own == name)?;
            if parameter.is_json {
                return serde_json::from_str(raw).ok();
            }
            let separator = parameter.separator.unwrap_or(",");
            Some(joined(raw, separator, parameter.explode, like, &|text| {
                text.to_owned()
            }))
        }
        "cookie" => {
            let (_, raw) = headers.iter().find(|(own, _)| own == "cookie")?;
            let cookies = raw
                .split(';')
                .filter_map(|pair| pair.trim().split_once('='));
            let pairs: Vec<(String, String)> = cookies
                .map(|(name, value)| (decoded(name, false), value.to_owned()))
                .collect();
            of_pairs(parameter, &pairs, like, false)
        }
        _ => of_pairs(
            parameter,
            &pairs(url.query().unwrap_or_default()),
            like,
            true,
        ),
    }
}

fn of_segment(parameter: &Parameter<'_>, raw: &str, like: &Value) -> Option<Value> {
    let decode = |text: &str| decoded(text, false);
    if parameter.is_json {
        return serde_json::from_str(&decode(raw)).ok();
    }
    match parameter.style {
        "label" => {
            let raw = raw.strip_prefix('.')?;
            let separator = if parameter.explode { "." } else { "," };
            Some(joined(raw, separator, parameter.explode, like, &decode))
        }
        "matrix" => {
            let raw = raw.strip_prefix(';')?;
            if !parameter.explode || !(like.is_array() || like.is_object()) {
                let (name, raw) = raw.split_once('=').unwrap_or((raw, ""));
                return (decode(name) == parameter.name)
                    .then(|| joined(raw, ",", false, like, &decode));
            }
            if like.is_object() {
                return Some(joined(raw, ";", true, like, &decode));
            }
            let own = raw
                .split(';')
                .map(|pair| pair.split_once('=').map(|(_, value)| value));
            let items: Option<Vec<&str>> = own.collect();
            Some(joined(&items?.join(","), ",", false, like, &decode))
        }
        _ => {
            let separated = parameter.separator.map(|separator| apart(raw, separator));
            let raw = separated.as_deref().map_or((raw, ","), |raw| (raw, APART));
            Some(joined(raw.0, raw.1, parameter.explode, like, &decode))
        }
    }
}

/// What stands for a separator, however it was written.
const APART: &str = "\u{0}";

/// The text with its separators as [`APART`]: a comma stands as it is, others may be percent-encoded.
fn apart(raw: &str, separator: &str) -> String {
    let literal = raw.replace(separator, APART);
    if separator == "," {
        return literal;
    }
    let encoded = separator.bytes().map(|byte| format!("%{byte:02X}"));
    literal.replace(&encoded.collect::<String>(), APART)
}

/// The value among the pairs of a query, of a cookie header or of a form.
pub(super) fn of_pairs(
    parameter: &Parameter<'_>,
    pairs: &[(String, String)],
    like: &Value,
    plus: bool,
) -> Option<Value> {
    let decode = |text: &str| match parameter.style {
        "cookie" => text.to_owned(),
        _ => decoded(text, plus),
    };
    let own: Vec<&str> = pairs
        .iter()
        .filter(|(name, _)| name == parameter.name)
        .map(|(_, value)| value.as_str())
        .collect();
    if parameter.is_json {
        return serde_json::from_str(&decode(own.first()?)).ok();
    }
    match (parameter.style, like) {
        ("deepObject", Value::Object(_) | Value::Array(_)) => {
            deep(parameter.name, pairs, like, &decode)
        }
        (_, Value::Object(like)) if parameter.explode => {
            let mut members = Map::new();
            for (name, like) in like {
                let own = pairs.iter().filter(|(own, _)| own == name);
                let own: Vec<&str> = own.map(|(_, value)| value.as_str()).collect();
                if let Some(first) = own.first() {
                    let value = match like {
                        Value::Array(_) => list(&own, like, &decode),
                        _ => leaf(&decode(first), like),
                    };
                    members.insert(name.clone(), value);
                }
            }
            Some(Value::Object(members))
        }
        (_, Value::Array(_)) if parameter.explode => {
            (!own.is_empty()).then(|| list(&own, like, &decode))
        }
        (style, _) => {
            let raw = own.first()?;
            let of_style = match style {
                "spaceDelimited" => " ",
                "pipeDelimited" => "|",
                _ => ",",
            };
            let separated = apart(raw, parameter.separator.unwrap_or(of_style));
            if like.is_array() || like.is_object() {
                return Some(joined(&separated, APART, false, like, &decode));
            }
            Some(leaf(&decode(raw), like))
        }
    }
}

/// Lists and objects below a name in brackets, however deep.
fn deep(
    prefix: &str,
    pairs: &[(String, String)],
    like: &Value,
    decode: &dyn Fn(&str) -> String,
) -> Option<Value> {
    match like {
        Value::Object(like) => {
            let mut members = Map::new();
            for (key, like) in like {
                if let Some(value) = deep(&format!("{prefix}[{key}]"), pairs, like, decode) {
                    members.insert(key.clone(), value);
                }
            }
            Some(Value::Object(members))
        }
        Value::Array(items) => {
            let indexed = items.iter().enumerate().map_while(|(index, like)| {
                deep(&format!("{prefix}[{index}]"), pairs, like, decode)
            });
            let indexed: Vec<Value> = indexed.filter(|value| !is_empty_object(value)).collect();
            if !indexed.is_empty() {
                return Some(Value::Array(indexed));
            }
            let names = [format!("{prefix}[]"), prefix.to_owned()];
            let own = pairs.iter().filter(|(name, _)| names.contains(name));
            let own: Vec<&str> = own.map(|(_, value)| value.as_str()).collect();
            Some(list(&own, like, decode))
        }
        _ => {
            let (_, raw) = pairs.iter().find(|(name, _)| name == prefix)?;
            Some(leaf(&decode(raw), like))
        }
    }
}

fn is_empty_object(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

fn list(own: &[&str], like: &Value, decode: &dyn Fn(&str) -> String) -> Value {
    let likes = like.as_array();
    let items = own.iter().enumerate().map(|(index, raw)| {
        let like = likes.and_then(|likes| likes.get(index).or(likes.first()));
        leaf(&decode(raw), like.unwrap_or(&Value::Null))
    });
    Value::Array(items.collect())
}

/// A list or an object in one text.
fn joined<'t>(
    raw: &'t str,
    separator: &str,
    explode: bool,
    like: &Value,
    decode: &dyn Fn(&str) -> String,
) -> Value {
    match like {
        Value::Array(_) => {
            let parts: Vec<&str> = raw.split(separator).collect();
            list(&parts, like, decode)
        }
        Value::Object(likes) => {
            let parts: Vec<&'t str> = raw.split(separator).collect();
            let pairs: Vec<(&str, &str)> = if explode {
                parts
                    .iter()
                    .filter_map(|part| part.split_once('='))
                    .collect()
            } else {
                let pair = |pair: &[&'t str]| Some((*pair.first()?, *pair.get(1)?));
                parts.chunks(2).filter_map(pair).collect()
            };
            let members = pairs.into_iter().map(|(key, value)| {
                let key = decode(key);
                let like = likes.get(&key).unwrap_or(&Value::Null);
                let value = leaf(&decode(value), like);
                (key, value)
            });
            Value::Object(members.collect())
        }
        _ => leaf(&decode(raw), like),
    }
}

/// A text as the type of `like`.
pub(super) fn leaf(text: &str, like: &Value) -> Value {
    let other = || Value::String(text.to_owned());
    match like {
        Value::Number(_) => match serde_json::from_str::<Number>(text) {
            Ok(number) => Value::Number(number),
            Err(_) => other(),
        },
        Value::Bool(_) => match text {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => other(),
        },
        Value::Array(_) | Value::Object(_) => {
            serde_json::from_str(text).unwrap_or_else(|_| other())
        }
        Value::Null if text.is_empty() || text == "null" => Value::Null,
        Value::Null | Value::String(_) => other(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(object: &Value, url: &str, like: &Value) -> Option<Value> {
        let url = Url::parse(url).unwrap();
        let path = path_values("/x/{p}", url.path()).unwrap_or_default();
        value(&Parameter::read(object).unwrap(), &url, &path, &[], like)
    }

    #[test]
    fn each_style_is_read_as_the_specification_writes_it() {
        let list = json!(["blue", "b,k"]);
        let object = json!({"R": 100, "G": "a b"});
        for (place, style, explode, url, like) in [
            ("path", "simple", false, "http://h/x/blue,b%2Ck", &list),
            ("path", "simple", true, "http://h/x/R=100,G=a%20b", &object),
            ("path", "simple", false, "http://h/x/R,100,G,a%20b", &object),
            ("path", "label", true, "http://h/x/.blue.b%2Ck", &list),
            ("path", "matrix", false, "http://h/x/;p=blue,b%2Ck", &list),
            ("path", "matrix", true, "http://h/x/;p=blue;p=b%2Ck", &list),
            ("path", "matrix", true, "http://h/x/;R=100;G=a%20b", &object),
            ("query", "form", true, "http://h/?p=blue&p=b,k", &list),
            ("query", "form", false, "http://h/?p=blue,b%2Ck", &list),
            ("query", "form", true, "http://h/?R=100&G=a+b", &object),
            (
                "query",
                "spaceDelimited",
                false,
                "http://h/?p=blue%20b,k",
                &list,
            ),
            (
                "query",
                "pipeDelimited",
                false,
                "http://h/?p=blue%7Cb,k",
                &list,
            ),
            (
                "query",
                "deepObject",
                true,
                "http://h/?p%5BR%5D=100&p[G]=a%20b",
                &object,
            ),
        ] {
            let parameter = json!({"name": "p", "in": place, "style": style, "explode": explode});
            assert_eq!(read(&parameter, url, like).as_ref(), Some(like), "{url}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_read() {
        let parameter = json!({"name": "p", "in": "query"});
        assert_eq!(read(&parameter, "http://h/?q=1", &json!(1)), None);
        let got = read(&parameter, "http://h/?p=one", &json!(1));
        assert_eq!(got, Some(json!("one")));
    }

    #[test]
    fn a_path_is_of_its_template_or_not() {
        let values = |template: &str, path: &str| path_values(template, path);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            values("/a/{b}.{c}/d", "/a/1.2/d"),
            Some(vec![pair("b", "1"), pair("c", "2")])
        );
        assert_eq!(values("/a/{b}", "/a/1/2"), None);
        assert_eq!(values("/a/{b}", "/c/1"), None);
        assert_eq!(values("/a/{b}/c", "/a/1"), None);
    }
}
