//! YAML text into a JSON value, and a walk over YAML text for those who need positions.
//!
//! Both stand on the same event parser, a port of libyaml to safe Rust, whose idea of YAML is the one that most tools share. The value
//! is built here, without recursion, because a document needs what no ready-made reader gives: the place of each thing, the text of
//! numbers that are meant as text (`1.10`), keys that stand twice, merge keys, and a bound on what aliases may grow to.
//!
//! Scalars follow the core schema of YAML 1.2 (section 10.3): `yes`, `on` and dates are text.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use libyaml_safer::{Event, EventData, Mark, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use super::events::{DEEPEST, Path, Step};
use crate::diagnostics::Pointer;

/// What was read, and what there is to say about it.
#[derive(Debug)]
pub struct Yaml {
    /// The first document of the text; `None` where there is none.
    pub value: Option<Value>,
    /// The text of plain scalars that were read as numbers or booleans, where JSON would write them otherwise.
    pub spellings: HashMap<Pointer, String>,
    /// Keys that stand twice: the object's member and the position of the later one, which wins.
    pub duplicates: Vec<(Pointer, Position)>,
    /// Numbers that are beyond the range of `f64` and were replaced by one near its end.
    pub out_of_range: Vec<(Pointer, Position)>,
    /// Merge keys whose value is no object and no list of objects.
    pub bad_merges: Vec<(Pointer, Position)>,
    /// Where a second document begins.
    pub second_document: Option<Position>,
}

/// A line and a column in characters, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// Why the text is not YAML that can be used, and where.
#[derive(Debug)]
pub enum YamlError {
    /// More than [`DEEPEST`] levels.
    TooDeep(Position),
    /// Aliases grow beyond [`LARGEST_EXPANSION`].
    TooLarge(Position),
    /// A key is a list or an object.
    KeyNotText(Position),
    /// A syntax error, in words.
    Syntax(String, Position),
}

/// How many bytes of memory aliases may add to a document, roughly.
const LARGEST_EXPANSION: usize = 128 << 20;

/// What a value weighs besides its text, roughly.
const NODE_WEIGHT: usize = 96;

/// Reads the first document of YAML text.
pub fn read(text: &str) -> Result<Yaml, YamlError> {
    guarded(|| {
        let mut builder = Builder::default();
        let mut documents = 0;
        let mut second_document = None;
        for_each_event(text, |event| {
            match &event.data {
                EventData::DocumentStart { .. } => {
                    documents += 1;
                    if documents == 2 {
                        second_document = Some(position(event.start_mark));
                        return Ok(false);
                    }
                }
                EventData::StreamStart { .. }
                | EventData::StreamEnd
                | EventData::DocumentEnd { .. } => {}
                _ => builder.take(event)?,
            }
            Ok(true)
        })?;
        let Builder {
            result,
            spellings,
            duplicates,
            out_of_range,
            bad_merges,
            ..
        } = builder;
        Ok(Yaml {
            value: result,
            spellings,
            duplicates,
            out_of_range,
            bad_merges,
            second_document,
        })
    })
}

/// Walks over the first document of YAML text, up to the first thing that is not YAML.
pub fn walk(text: &str, mut visit: impl FnMut(Step<'_, Position>)) {
    // Whether a key comes next, for each open container; `None` in lists.
    let mut open: Vec<Option<bool>> = Vec::new();
    let mut documents = 0;
    let walked = guarded(|| {
        for_each_event(text, |event| {
            let at = position(event.start_mark);
            let mut is_key = false;
            if let Some(Some(key_comes)) = open.last_mut() {
                is_key = *key_comes;
                *key_comes = !*key_comes;
            }
            match &event.data {
                EventData::Scalar { value, .. } if is_key => visit(Step::Key(value, at)),
                EventData::Alias { anchor } if is_key => visit(Step::Key(anchor, at)),
                EventData::Scalar { .. } | EventData::Alias { .. } => visit(Step::Scalar(at)),
                EventData::SequenceStart { .. } => {
                    open.push(None);
                    visit(Step::OpenList(at));
                }
                EventData::MappingStart { .. } => {
                    open.push(Some(true));
                    visit(Step::OpenObject(at));
                }
                EventData::SequenceEnd | EventData::MappingEnd => {
                    open.pop();
                    visit(Step::Close);
                }
                EventData::DocumentStart { .. } => {
                    documents += 1;
                    return Ok(documents < 2);
                }
                EventData::StreamStart { .. }
                | EventData::StreamEnd
                | EventData::DocumentEnd { .. } => {}
            }
            Ok(open.len() <= DEEPEST)
        })
    });
    // Whoever walks has read the text before, so an error was reported then.
    drop(walked);
}

/// Calls `take` with each event until it says `false` or the text ends.
fn for_each_event(
    text: &str,
    mut take: impl FnMut(Event) -> Result<bool, YamlError>,
) -> Result<(), YamlError> {
    let mut input = text.as_bytes();
    let mut parser = Parser::new();
    parser.set_input_string(&mut input);
    loop {
        let event = parser.parse().map_err(|error| syntax(text, &error))?;
        let ended = matches!(event.data, EventData::StreamEnd);
        if !take(event)? || ended {
            return Ok(());
        }
    }
}

/// The event parser panics on a few malformed texts, where libyaml has an error; that is an error here too.
fn guarded<T>(read: impl FnOnce() -> Result<T, YamlError>) -> Result<T, YamlError> {
    super::source::without_panic_message(|| catch_unwind(AssertUnwindSafe(read))).unwrap_or_else(
        |_| {
            Err(YamlError::Syntax(
                "this is not valid YAML".into(),
                Position { line: 1, column: 1 },
            ))
        },
    )
}

fn syntax(text: &str, error: &libyaml_safer::Error) -> YamlError {
    let mut words = error.problem().to_owned();
    if let Some(context) = error.context() {
        words = format!("{words} {context}");
    }
    let place = error.problem_mark().map_or_else(
        || {
            // The reader's own errors have no mark; the only ones in UTF-8 text are control characters.
            let forbidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
            super::locate::line_and_column(text, text.find(forbidden).unwrap_or(0))
        },
        position,
    );
    YamlError::Syntax(words, place)
}

fn position(mark: Mark) -> Position {
    let from_one = |number: u64| u32::try_from(number + 1).unwrap_or(u32::MAX);
    Position {
        line: from_one(mark.line),
        column: from_one(mark.column),
    }
}

/// Builds a value from events.
#[derive(Default)]
struct Builder {
    open: Vec<Frame>,
    path: Path,
    anchors: HashMap<String, Anchored>,
    expanded: usize,
    result: Option<Value>,
    spellings: HashMap<Pointer, String>,
    duplicates: Vec<(Pointer, Position)>,
    out_of_range: Vec<(Pointer, Position)>,
    bad_merges: Vec<(Pointer, Position)>,
}

/// A value that an alias can stand for.
struct Anchored {
    value: Value,
    weight: usize,
}

/// An object or list that is not complete.
struct Frame {
    anchor: Option<String>,
    weight: usize,
    content: Content,
}

enum Content {
    List(Vec<Value>),
    Object {
        members: Map<String, Value>,
        key: Option<String>,
        merged: Vec<Value>,
        merges: bool,
    },
}

impl Builder {
    fn take(&mut self, event: Event) -> Result<(), YamlError> {
        let at = position(event.start_mark);
        match event.data {
            EventData::Scalar {
                anchor,
                tag,
                value,
                plain_implicit,
                style,
                ..
            } => {
                let plain = style == ScalarStyle::Plain && plain_implicit;
                let weight = NODE_WEIGHT + value.len();
                if self.expects_key() {
                    self.anchor(anchor, || Value::String(value.clone()), weight, at)?;
                    self.key(value, plain, at);
                    return Ok(());
                }
                let read = if plain || tag.as_deref().is_some_and(is_plain_tag) {
                    self.plain(&value, at)
                } else {
                    None
                };
                let value = read.unwrap_or(Value::String(value));
                self.anchor(anchor, || value.clone(), weight, at)?;
                self.value(value, weight, at);
            }
            EventData::Alias { anchor } => {
                let Some(anchored) = self.anchors.get(&anchor) else {
                    return Err(YamlError::Syntax(
                        format!("the alias `*{anchor}` stands for nothing that is complete"),
                        at,
                    ));
                };
                let weight = anchored.weight;
                self.expanded = self.expanded.saturating_add(weight);
                if self.expanded > LARGEST_EXPANSION {
                    return Err(YamlError::TooLarge(at));
                }
                let value = anchored.value.clone();
                if self.expects_key() {
                    let Value::String(key) = value else {
                        return Err(YamlError::KeyNotText(at));
                    };
                    self.key(key, false, at);
                } else {
                    self.value(value, weight, at);
                }
            }
            EventData::SequenceStart { anchor, .. } => {
                self.open(anchor, Content::List(Vec::new()), at)?;
                self.path.open_list();
            }
            EventData::MappingStart { anchor, .. } => {
                self.open(
                    anchor,
                    Content::Object {
                        members: Map::new(),
                        key: None,
                        merged: Vec::new(),
                        merges: false,
                    },
                    at,
                )?;
                self.path.open_object();
            }
            EventData::SequenceEnd | EventData::MappingEnd => self.close(at)?,
            EventData::StreamStart { .. }
            | EventData::StreamEnd
            | EventData::DocumentStart { .. }
            | EventData::DocumentEnd { .. } => {}
        }
        Ok(())
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Frame {
                content: Content::Object { key: None, .. },
                ..
            })
        )
    }

    /// Remembers a complete value for aliases.
    fn anchor(
        &mut self,
        anchor: Option<String>,
        value: impl FnOnce() -> Value,
        weight: usize,
        at: Position,
    ) -> Result<(), YamlError> {
        if let Some(name) = anchor {
            self.expanded = self.expanded.saturating_add(weight);
            if self.expanded > LARGEST_EXPANSION {
                return Err(YamlError::TooLarge(at));
            }
            self.anchors.insert(
                name,
                Anchored {
                    value: value(),
                    weight,
                },
            );
        }
        Ok(())
    }

    fn key(&mut self, text: String, plain: bool, at: Position) {
        self.path.key(&text);
        let Some(Frame {
            weight,
            content:
                Content::Object {
                    members,
                    key,
                    merges,
                    ..
                },
            ..
        }) = self.open.last_mut()
        else {
            return;
        };
        *weight += text.len();
        *merges = plain && text == "<<";
        if !*merges && members.contains_key(&text) {
            self.duplicates.push((self.path.pointer(), at));
        }
        *key = Some(text);
    }

    fn value(&mut self, value: Value, weight: usize, at: Position) {
        match self.open.last_mut() {
            None => self.result = Some(value),
            Some(frame) => {
                frame.weight = frame.weight.saturating_add(weight);
                match &mut frame.content {
                    Content::List(list) => list.push(value),
                    Content::Object {
                        members,
                        key,
                        merged,
                        merges,
                    } => {
                        let key = key.take().unwrap_or_default();
                        if !*merges {
                            members.insert(key, value);
                        } else if !merge(merged, value) {
                            self.bad_merges.push((self.path.pointer(), at));
                        }
                    }
                }
                self.path.value_ended();
            }
        }
    }

    fn open(
        &mut self,
        anchor: Option<String>,
        content: Content,
        at: Position,
    ) -> Result<(), YamlError> {
        if self.expects_key() {
            return Err(YamlError::KeyNotText(at));
        }
        if self.open.len() >= DEEPEST {
            return Err(YamlError::TooDeep(at));
        }
        self.open.push(Frame {
            anchor,
            weight: NODE_WEIGHT,
            content,
        });
        Ok(())
    }

    fn close(&mut self, at: Position) -> Result<(), YamlError> {
        let Some(Frame {
            anchor,
            weight,
            content,
        }) = self.open.pop()
        else {
            return Ok(());
        };
        let value = match content {
            Content::List(list) => Value::Array(list),
            Content::Object {
                mut members,
                merged,
                ..
            } => {
                for source in merged {
                    if let Value::Object(source) = source {
                        for (key, value) in source {
                            members.entry(key).or_insert(value);
                        }
                    }
                }
                Value::Object(members)
            }
        };
        self.anchor(anchor, || value.clone(), weight, at)?;
        self.path.leave();
        self.value(value, weight, at);
        Ok(())
    }

    /// A plain scalar by the core schema; `None` where it is text.
    fn plain(&mut self, text: &str, at: Position) -> Option<Value> {
        let value = match text {
            "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            _ => Value::Number(self.number(text, at)?),
        };
        let written = value.to_string();
        if written != text {
            self.spellings.insert(self.path.pointer(), text.to_owned());
        }
        Some(value)
    }

    fn number(&mut self, text: &str, at: Position) -> Option<Number> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
            return None;
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8)] {
            if let Some(digits) = text.strip_prefix(prefix) {
                let valid = digits.chars().all(|digit| digit.is_digit(radix));
                return valid
                    .then(|| u64::from_str_radix(digits, radix).ok())
                    .flatten()
                    .map(Number::from);
            }
        }
        if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
            // `007` and `+49…` are rather telephone numbers and postcodes than integers.
            if unsigned.len() > 1 && unsigned.starts_with('0') {
                return None;
            }
            if let Ok(integer) = text.parse::<i64>() {
                return Some(integer.into());
            }
            if let Ok(integer) = text.parse::<u64>() {
                return Some(integer.into());
            }
        } else if !unsigned
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'))
        {
            return None;
        }
        let float: f64 = text.parse().ok()?;
        if float.is_infinite() {
            self.out_of_range.push((self.path.pointer(), at));
            return Number::from_f64(9e307_f64.copysign(float));
        }
        Number::from_f64(float)
    }
}

/// The tags whose scalars are read as if they were plain.
fn is_plain_tag(tag: &str) -> bool {
    matches!(
        tag,
        libyaml_safer::NULL_TAG
            | libyaml_safer::BOOL_TAG
            | libyaml_safer::INT_TAG
            | libyaml_safer::FLOAT_TAG
    )
}

/// Notes what a merge key brings in; false where it is no object and no list of objects.
fn merge(merged: &mut Vec<Value>, value: Value) -> bool {
    match value {
        Value::Object(_) => {
            merged.push(value);
            true
        }
        Value::Array(list) if list.iter().all(Value::is_object) => {
            merged.extend(list);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn value(text: &str) -> Value {
        read(text).expect("valid").value.expect("a document")
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        let text = "[yes, on, 2020-01-01, ~, , true, True, 1, -1, 0x1F, 0o17, 1.5, 1e3, 007, 1_000, .5, .inf, '1', !!str 1, !!int '2', 1.1.1, -, 18446744073709551615, 12345678901234567890123]";
        let text = text.replace(" ,", " null,");
        assert_eq!(
            value(&text),
            json!([
                "yes",
                "on",
                "2020-01-01",
                null,
                null,
                true,
                true,
                1,
                -1,
                31,
                15,
                1.5,
                1000.0,
                "007",
                "1_000",
                0.5,
                ".inf",
                "1",
                "1",
                2,
                "1.1.1",
                "-",
                18_446_744_073_709_551_615_u64,
                1.234_567_890_123_456_8e22
            ])
        );
    }

    #[test]
    fn keys_are_the_text_that_was_written() {
        assert_eq!(
            value("200: a\ntrue: b\nnull: c\n1.10: d\n? e\n: f"),
            json!({"200": "a", "true": "b", "null": "c", "1.10": "d", "e": "f"})
        );
        assert!(matches!(
            read("[a, b]: c"),
            Err(YamlError::KeyNotText(Position { line: 1, column: 1 }))
        ));
    }

    #[test]
    fn the_spelling_of_numbers_is_kept() {
        let yaml = read("info:\n  version: 1.10\n  list: [0x10, 2, True]").expect("valid");
        let spelling = |pointer| {
            Pointer::parse(pointer)
                .and_then(|pointer| yaml.spellings.get(&pointer))
                .map(String::as_str)
        };
        assert_eq!(spelling("/info/version"), Some("1.10"));
        assert_eq!(spelling("/info/list/0"), Some("0x10"));
        assert_eq!(spelling("/info/list/1"), None);
        assert_eq!(spelling("/info/list/2"), Some("True"));
    }

    #[test]
    fn anchors_and_merge_keys_are_applied() {
        let text = "base: &base {a: 1, b: 2}\nother: &other {c: 3, a: 9}\none:\n  <<: *base\n  b: 5\ntwo:\n  <<: [*base, *other]\nquoted:\n  '<<': 1\nlist: [*base]";
        assert_eq!(
            value(text),
            json!({"base": {"a": 1, "b": 2}, "other": {"c": 3, "a": 9}, "one": {"b": 5, "a": 1}, "two": {"a": 1, "b": 2, "c": 3},
                "quoted": {"<<": 1}, "list": [{"a": 1, "b": 2}]})
        );
        let bad = read("a:\n  <<: 1\n  b: 2").expect("valid");
        assert_eq!(bad.value, Some(json!({"a": {"b": 2}})));
        assert_eq!(bad.bad_merges.len(), 1);
    }

    #[test]
    fn keys_that_stand_twice_are_found() {
        let yaml = read("a:\n  - x: 1\n  - x: 1\n    y: 2\n    x: 3\n").expect("valid");
        assert_eq!(yaml.value, Some(json!({"a": [{"x": 1}, {"x": 3, "y": 2}]})));
        let expected = Pointer::root().push("a").index(1).push("x");
        assert_eq!(
            yaml.duplicates,
            [(expected, Position { line: 5, column: 5 })]
        );
    }

    #[test]
    fn an_alias_that_is_not_complete_is_an_error() {
        assert!(matches!(
            read("a: &a\n  b: *a"),
            Err(YamlError::Syntax(_, Position { line: 2, column: 6 }))
        ));
        assert!(matches!(
            read("a: *nothing"),
            Err(YamlError::Syntax(_, Position { line: 1, column: 4 }))
        ));
    }

    #[test]
    fn aliases_cannot_grow_without_bound() {
        let mut laughs =
            String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for level in 1..20 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            laughs.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        assert!(matches!(read(&laughs), Err(YamlError::TooLarge(_))));
        let scalars = format!(
            "a: &a \"{}\"\nb:\n{}",
            "x".repeat(1 << 20),
            "  - *a\n".repeat(1024)
        );
        assert!(matches!(read(&scalars), Err(YamlError::TooLarge(_))));
    }

    #[test]
    fn nesting_is_bounded() {
        for text in [
            "[".repeat(100_000),
            "- ".repeat(10_000),
            "{a: ".repeat(10_000),
        ] {
            assert!(matches!(read(&text), Err(YamlError::TooDeep(_))));
        }
        assert!(read(&("[".repeat(DEEPEST) + &"]".repeat(DEEPEST))).is_ok());
    }

    #[test]
    fn only_the_first_document_is_read() {
        let yaml = read("a: 1\n---\nb: 2\n").expect("valid");
        assert_eq!(yaml.value, Some(json!({"a": 1})));
        assert_eq!(yaml.second_document, Some(Position { line: 2, column: 1 }));
        assert_eq!(read("# nothing\n").expect("valid").value, None);
    }

    #[test]
    fn what_the_event_parser_panics_on_is_an_error() {
        assert!(matches!(read("!a,: b"), Err(YamlError::Syntax(..)) | Ok(_)));
        assert!(matches!(
            read("a: \u{1}"),
            Err(YamlError::Syntax(_, Position { line: 1, column: 4 }))
        ));
    }
}
