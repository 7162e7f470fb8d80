//! JSON text into a value, by `serde_json`; and a walk over JSON text for those who need positions.
//!
//! `serde_json` is strict where documents in the wild are not: it refuses numbers such as `1e400`, and it hides a key that stands twice.
//! Both are found by the walk, which costs nothing on the documents that have neither.

use std::{cell::Cell, collections::HashSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::events::{DEEPEST, MOST_VALUES, Path, Step};
use crate::diagnostics::{Pointer, quoted};

/// What was read, and what there is to say about it. Positions are byte offsets.
#[derive(Debug)]
pub struct Json {
    /// The document.
    pub value: Value,
    /// Keys that stand twice: the object's member and the position of the later one, which wins.
    pub duplicates: Vec<(Pointer, usize)>,
    /// Numbers that are beyond the range of `f64` and were replaced by one near its end.
    pub out_of_range: Vec<(Pointer, usize)>,
}

/// Why the text is not JSON that can be used.
#[derive(Debug)]
pub enum JsonError {
    /// More than [`DEEPEST`] levels. Line and column from 1.
    TooDeep(usize, usize),
    /// More than [`MOST_VALUES`] values. Line and column from 1.
    TooLarge(usize, usize),
    /// A syntax error, in words, with its line and column from 1.
    Syntax(String, usize, usize),
}

/// Reads JSON text.
pub fn read(text: &str) -> Result<Json, JsonError> {
    let mut out_of_range = Vec::new();
    let (value, has_duplicates) = match parse(text) {
        Err(error) if error.to_string().starts_with("number out of range") => {
            let mut patched = text.to_owned();
            out_of_range = replace_large_numbers(&mut patched);
            parse(&patched)
        }
        result => result,
    }
    .map_err(|error| {
        let message = error.to_string();
        let (words, _) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
        if words == "recursion limit exceeded" {
            JsonError::TooDeep(error.line(), error.column())
        } else if words == TOO_MANY {
            JsonError::TooLarge(error.line(), error.column())
        } else {
            JsonError::Syntax(words.to_owned(), error.line(), error.column().max(1))
        }
    })?;
    let duplicates = if has_duplicates {
        duplicates(text)
    } else {
        Vec::new()
    };
    Ok(Json {
        value,
        duplicates,
        out_of_range,
    })
}

fn parse(text: &str) -> Result<(Value, bool), serde_json::Error> {
    let tally = Tally {
        duplicate: Cell::new(false),
        values: Cell::new(0),
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Seed(&tally).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((value, tally.duplicate.get()))
}

/// What is noticed while a value is built.
struct Tally {
    duplicate: Cell<bool>,
    values: Cell<usize>,
}

const TOO_MANY: &str = "too many values";

/// Builds a value and notices keys that stand twice.
struct Seed<'s>(&'s Tally);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.values.set(self.0.values.get() + 1);
        if self.0.values.get() > MOST_VALUES {
            return Err(D::Error::custom(TOO_MANY));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(Seed(self.0))? {
            list.push(element);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if object
                .insert(key, members.next_value_seed(Seed(self.0))?)
                .is_some()
            {
                self.0.duplicate.set(true);
            }
        }
        Ok(Value::Object(object))
    }
}

/// Walks over JSON text that `serde_json` could read, up to the first thing that is not JSON. Positions are byte offsets.
pub fn walk(text: &str, mut visit: impl FnMut(Step<'_, usize>)) {
    walk_into(text, |step| {
        visit(step);
        true
    });
}

/// The same, without what is in the objects and lists for whose beginning `visit` says no.
pub fn walk_into(text: &str, mut visit: impl FnMut(Step<'_, usize>) -> bool) {
    let bytes = text.as_bytes();
    let mut objects: Vec<bool> = Vec::new();
    let mut position = 0;
    let mut key_comes = false;
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'{' | b'[' => {
                if objects.len() > DEEPEST {
                    return;
                }
                let object = byte == b'{';
                let is_wanted = visit(if object {
                    Step::OpenObject(position)
                } else {
                    Step::OpenList(position)
                });
                if is_wanted {
                    objects.push(object);
                    key_comes = object;
                    position += 1;
                } else {
                    let Some(end) = end_of_container(bytes, position) else {
                        return;
                    };
                    visit(Step::Close);
                    position = end;
                }
            }
            b'}' | b']' => {
                objects.pop();
                visit(Step::Close);
                position += 1;
            }
            b',' => {
                key_comes = objects.last().copied().unwrap_or(false);
                position += 1;
            }
            b' ' => {
                let spaces = bytes[position..].iter().position(|byte| *byte != b' ');
                position = spaces.map_or(bytes.len(), |spaces| position + spaces);
            }
            b':' | b'\t' | b'\r' | b'\n' => position += 1,
            b'"' => {
                let Some(end) = end_of_string(bytes, position) else {
                    return;
                };
                if key_comes {
                    key_comes = false;
                    let raw = &text[position + 1..end - 1];
                    if raw.contains('\\') {
                        let unescaped: String = serde_json::from_str(&text[position..end])
                            .unwrap_or_else(|_| raw.to_owned());
                        visit(Step::Key(&unescaped, position));
                    } else {
                        visit(Step::Key(raw, position));
                    }
                } else {
                    visit(Step::Scalar(position));
                }
                position = end;
            }
            _ => {
                visit(Step::Scalar(position));
                position = end_of_bare(bytes, position);
            }
        }
    }
}

/// The offset behind the object or list that begins at `start`.
fn end_of_container(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut position, mut depth) = (start, 0_usize);
    loop {
        match bytes.get(position)? {
            b'"' => {
                position = end_of_string(bytes, position)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return Some(position + 1),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        position += 1;
    }
}

/// The offset behind the string that begins at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut position = start + 1;
    loop {
        position += memchr::memchr2(b'"', b'\\', bytes.get(position..)?)?;
        if bytes.get(position) == Some(&b'"') {
            return Some(position + 1);
        }
        // What an escape stands for may be a quotation mark.
        position += 2;
    }
}

/// The offset behind the number or word that begins at `start`.
fn end_of_bare(bytes: &[u8], start: usize) -> usize {
    let length = bytes[start..].iter().position(|byte| {
        matches!(
            byte,
            b',' | b']' | b'}' | b':' | b' ' | b'\t' | b'\r' | b'\n'
        )
    });
    length.map_or(bytes.len(), |length| start + length.max(1))
}

/// Finds the keys that stand twice, at the position of the later one.
fn duplicates(text: &str) -> Vec<(Pointer, usize)> {
    let mut found = Vec::new();
    let mut path = Path::default();
    let mut keys: Vec<HashSet<String>> = Vec::new();
    walk(text, |step| match step {
        Step::OpenObject(_) => {
            path.open_object();
            keys.push(HashSet::new());
        }
        Step::OpenList(_) => {
            path.open_list();
            keys.push(HashSet::new());
        }
        Step::Close => {
            path.close();
            keys.pop();
        }
        Step::Scalar(_) => path.value_ended(),
        Step::Key(key, at) => {
            path.key(key);
            if keys
                .last_mut()
                .is_some_and(|keys| !keys.insert(key.to_owned()))
            {
                found.push((path.pointer(), at));
            }
        }
    });
    found
}

/// Replaces each number that overflows `f64` by one near the end of its range, in as many bytes, so that positions stay.
fn replace_large_numbers(text: &mut String) -> Vec<(Pointer, usize)> {
    let mut found = Vec::new();
    let mut path = Path::default();
    walk(text, |step| match step {
        Step::OpenObject(_) => path.open_object(),
        Step::OpenList(_) => path.open_list(),
        Step::Close => path.close(),
        Step::Key(key, _) => path.key(key),
        Step::Scalar(at) => {
            let end = end_of_bare(text.as_bytes(), at);
            let literal = &text[at..end];
            if literal.ends_with(|last: char| last.is_ascii_digit())
                && literal.parse::<f64>().is_ok_and(f64::is_infinite)
            {
                found.push((path.pointer(), at));
            }
            path.value_ended();
        }
    });
    for (_, at) in &found {
        let end = end_of_bare(text.as_bytes(), *at);
        let largest = if text[*at..end].starts_with('-') {
            "-9e307"
        } else {
            "9e307"
        };
        text.replace_range(*at..end, &format!("{largest:<width$}", width = end - at));
    }
    found
}

impl JsonError {
    /// The error in words.
    pub fn message(&self) -> String {
        match self {
            Self::TooDeep(..) => format!("more than {DEEPEST} levels of nesting"),
            Self::TooLarge(..) => TOO_MANY.to_owned(),
            Self::Syntax(words, ..) => quoted(words).trim_matches('`').to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_beyond_the_range_are_replaced_in_place() {
        let read = read(r#"{"a": [1, -1e400, 123e456], "b": "1e400", "c": -9223372036854776000}"#)
            .expect("valid");
        assert_eq!(
            read.value,
            json!({"a": [1, -9e307, 9e307], "b": "1e400", "c": -9_223_372_036_854_776_000_f64})
        );
        let places: Vec<_> = read
            .out_of_range
            .iter()
            .map(|(pointer, at)| (pointer.as_str(), *at))
            .collect();
        assert_eq!(places, [("/a/1", 10), ("/a/2", 18)]);
    }

    #[test]
    fn keys_that_stand_twice_are_found() {
        let read =
            read(r#"{"a": {"x\u0041": 1, "xA": 2}, "b": [{"c": 1}, {"c": 1, "c": 2}], "a": 3}"#)
                .expect("valid");
        assert_eq!(read.value, json!({"a": 3, "b": [{"c": 1}, {"c": 2}]}));
        let places: Vec<_> = read
            .duplicates
            .iter()
            .map(|(pointer, at)| (pointer.as_str(), *at))
            .collect();
        assert_eq!(places, [("/a/xA", 21), ("/b/1/c", 56), ("/a", 66)]);
    }

    #[test]
    fn deep_nesting_and_bad_syntax_are_told_apart() {
        let deep = "[".repeat(10_000);
        assert!(matches!(read(&deep), Err(JsonError::TooDeep(1, _))));
        assert!(
            matches!(read("{\n  \"a\": }"), Err(JsonError::Syntax(words, 2, 8)) if words == "expected value")
        );
        let deepest = "[".repeat(DEEPEST) + &"]".repeat(DEEPEST);
        assert!(read(&deepest).is_ok());
    }

    #[test]
    fn a_walk_over_what_is_not_json_ends() {
        for text in [
            "{\"a",
            "[\"\\",
            "}}}]",
            "{{[:,",
            "\"",
            "[\"é\u{0}",
            "{\"a\": tru",
        ] {
            walk(text, |_| {});
        }
    }
}
