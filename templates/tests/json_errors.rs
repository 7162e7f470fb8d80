//! Errors: what is wrong, the path to it, and the byte; text that is no JSON; depth.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]

use clientsmith_templates::runtime::json::{
    Decode, DecodeError, Decoder, MAX_DEPTH, Map, from_slice, optional, required,
};
use serde_json::Value;

#[derive(Debug)]
struct Item {
    width: i64,
}

impl Decode for Item {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut width = None;
        json.object(&mut [required("width", &mut width)])?;
        let Some(width) = width else {
            return Err(json.incomplete());
        };
        Ok(Self { width })
    }
}

#[derive(Debug)]
struct List {
    items: Vec<Item>,
    extra: Option<Map<Vec<bool>>>,
}

impl Decode for List {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut items, mut extra) = (None, None);
        json.object(&mut [required("items", &mut items), optional("extra", &mut extra)])?;
        let Some(items) = items else {
            return Err(json.incomplete());
        };
        Ok(Self { items, extra })
    }
}

fn fail(text: &str) -> DecodeError {
    match from_slice::<List>(text.as_bytes()) {
        Ok(list) => panic!("{text} was read as {list:?}"),
        Err(error) => error,
    }
}

#[test]
fn the_error_names_path_and_byte() {
    let text = r#"{"items":[{"width":1},{"width":2},{"width":3},{"width":"4"}]}"#;
    let error = fail(text);
    assert_eq!(
        error.to_string(),
        "items[3].width: expected integer, found string at byte 55"
    );
    assert_eq!(error.path(), "items[3].width");
    assert_eq!(error.offset(), 55);
    assert_eq!(&text[55..58], "\"4\"");
    assert_eq!(error.problem(), "expected integer, found string");
    assert!(!error.is_syntax());
    assert_eq!(
        format!("{error:?}"),
        "DecodeError(items[3].width: expected integer, found string at byte 55)"
    );
}

#[test]
fn wrong_types_are_named() {
    for (found, name) in [
        ("null", "null"),
        ("true", "boolean"),
        ("1", "number"),
        ("\"a\"", "string"),
        ("{}", "object"),
    ] {
        assert_eq!(
            fail(&format!("{{\"items\":{found}}}")).to_string(),
            format!("items: expected array, found {name} at byte 9")
        );
    }
    assert_eq!(
        fail("[]").to_string(),
        "expected object, found array at byte 0"
    );
    assert_eq!(
        fail(r#"{"items":[{}]}"#).to_string(),
        r#"items[0]: missing key "width" at byte 10"#
    );
    assert_eq!(
        fail(r#"{"items":[],"extra":{"a b":[true,0]}}"#).to_string(),
        r#"extra["a b"][1]: expected boolean, found number at byte 33"#
    );
}

#[test]
fn text_that_is_no_json() {
    for (text, message) in [
        (
            "",
            "invalid JSON: the text ends where a value should be at byte 0",
        ),
        (
            "  ",
            "invalid JSON: the text ends where a value should be at byte 2",
        ),
        ("<html>", "expected object, found no JSON at byte 0"),
        (
            "{",
            "invalid JSON: the text ends within an object at byte 1",
        ),
        (
            r#"{"items""#,
            "invalid JSON: the text ends within an object at byte 8",
        ),
        (r#"{"items" 5"#, "invalid JSON: expected `:` at byte 9"),
        (
            r#"{"items":"#,
            "items: invalid JSON: the text ends where a value should be at byte 9",
        ),
        (
            r#"{"items":["#,
            "items: invalid JSON: the text ends within an array at byte 10",
        ),
        (
            r#"{"items":[{"width":1}"#,
            "items: invalid JSON: the text ends within an array at byte 21",
        ),
        (
            r#"{"items":[{"width":1}}"#,
            "items: invalid JSON: expected `,` or `]` at byte 21",
        ),
        (
            r#"{"items":[{"width":1},]}"#,
            "items: invalid JSON: trailing comma at byte 22",
        ),
        (
            r#"{"items":[],}"#,
            "invalid JSON: trailing comma at byte 12",
        ),
        (
            r#"{"items":[] "x":1}"#,
            "invalid JSON: expected `,` or `}` at byte 12",
        ),
        (
            r#"{items:[]}"#,
            "invalid JSON: key must be a string at byte 1",
        ),
        (
            r#"{"items":[{"width":@}]}"#,
            "items[0].width: expected integer, found no JSON at byte 19",
        ),
        (
            r#"{"items":[],"x":nul}"#,
            "invalid JSON: expected a JSON value at byte 19",
        ),
        (
            r#"{"items":[]} x"#,
            "invalid JSON: the text goes on after the value at byte 13",
        ),
        (
            r#"{"items":[]}{}"#,
            "invalid JSON: the text goes on after the value at byte 12",
        ),
    ] {
        let error = fail(text);
        assert_eq!(error.to_string(), message, "{text}");
        assert!(error.is_syntax(), "{text}");
    }
}

#[test]
fn every_cut_of_a_text_is_refused() {
    let text = r#"{"items":[{"width":1.0},{"é":"\u00e9\n","width":-2}],"extra":{"a":[true,false]}, "n": null}"#;
    let list: List = from_slice(text.as_bytes()).unwrap();
    assert_eq!(
        list.items.iter().map(|item| item.width).collect::<Vec<_>>(),
        [1, -2]
    );
    assert_eq!(list.extra.unwrap()["a"], [true, false]);
    for end in 0..text.len() {
        let error = from_slice::<List>(&text.as_bytes()[..end]).unwrap_err();
        assert!(error.offset() <= end, "{error} in the first {end} bytes");
    }
}

#[test]
fn one_wrong_byte_never_panics() {
    let text = br#"{"items":[{"width":1.0},{"k":"\u00e9\n","width":-2e0}],"extra":{"a":[true,false]}, "n": null}"#;
    for at in 0..text.len() {
        for byte in 0..=255 {
            let mut changed = text.to_vec();
            changed[at] = byte;
            let (ours, theirs) = (
                from_slice::<Value>(&changed),
                serde_json::from_slice::<Value>(&changed),
            );
            assert_eq!(
                ours.is_ok(),
                theirs.is_ok(),
                "{:?}",
                String::from_utf8_lossy(&changed)
            );
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                assert_eq!(ours, theirs);
            }
            if let Err(error) = from_slice::<List>(&changed) {
                assert!(error.offset() <= changed.len());
            }
        }
    }
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(from_slice::<Value>(nested(MAX_DEPTH).as_bytes()).is_ok());
    let error = from_slice::<Value>(nested(MAX_DEPTH + 1).as_bytes()).unwrap_err();
    assert_eq!(error.problem(), "more than 128 levels of nesting");
    assert_eq!(error.offset(), MAX_DEPTH);
    assert!(error.path().starts_with("[0][0]"));
    let hostile = "[".repeat(10_000_000);
    assert!(from_slice::<Value>(hostile.as_bytes()).is_err());
    let hostile = r#"{"a":"#.repeat(1_000_000);
    assert!(from_slice::<Value>(hostile.as_bytes()).is_err());
    assert!(from_slice::<List>(hostile.as_bytes()).is_err());
}

#[test]
fn depth_counts_levels_and_not_values() {
    let wide = format!("[{}]", vec!["[]"; 1000].join(","));
    assert_eq!(
        from_slice::<Vec<Vec<i64>>>(wide.as_bytes()).unwrap().len(),
        1000
    );
}

#[test]
fn a_byte_order_mark_before_the_text_is_skipped() {
    let item: Item = from_slice("\u{feff}{\"width\": 1}".as_bytes()).unwrap();
    assert_eq!(item.width, 1);
    let error = from_slice::<Item>("\u{feff}{\"width\": \"1\"}".as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "width: expected integer, found string at byte 13"
    );
    assert!(from_slice::<Item>("\u{feff}\u{feff}{\"width\": 1}".as_bytes()).is_err());
}
