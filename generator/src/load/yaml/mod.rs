//! YAML text into a JSON value, and a walk over YAML text for those who need positions.
//!
//! Both stand on the same event parser, a port of libyaml to safe Rust, whose idea of YAML is the one that most tools share. The value
//! is built in `builder.rs`, without recursion, because a document needs what no ready-made reader gives: the place of each thing, the text of
//! numbers that are meant as text (`1.10`), keys that stand twice, merge keys, and a bound on what aliases may grow to.
//!
//! Scalars follow the core schema of YAML 1.2 (section 10.3): `yes`, `on` and dates are text.

mod builder;
mod scalar;

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use libyaml_safer::{Event, EventData, Mark, Parser};
use serde_json::Value;

use self::builder::Builder;
use super::events::{DEEPEST, Step};
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
    /// Aliases grow beyond bounds.
    AliasesTooLarge(Position),
    /// More than [`MOST_VALUES`](super::events::MOST_VALUES) values.
    TooLarge(Position),
    /// A key is a list or an object.
    KeyNotText(Position),
    /// A syntax error, in words.
    Syntax(String, Position),
}

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
        Ok(builder.finish(second_document))
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
            crate::load::locate::line_and_column(text, text.find(forbidden).unwrap_or(0))
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
        assert!(matches!(read(&laughs), Err(YamlError::AliasesTooLarge(_))));
        let scalars = format!(
            "a: &a \"{}\"\nb:\n{}",
            "x".repeat(1 << 20),
            "  - *a\n".repeat(1024)
        );
        assert!(matches!(read(&scalars), Err(YamlError::AliasesTooLarge(_))));
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
