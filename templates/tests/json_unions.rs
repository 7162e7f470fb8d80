//! Unions: by discriminator, by JSON type, by keys, by best match; what they cost in the worst case.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]

use std::time::{Duration, Instant};

use clientsmith_templates::runtime::json::{
    Decode, DecodeError, Decoder, Encode, Encoder, Kind, Map, from_slice, optional, required,
    to_vec,
};
use serde_json::{Value, json};

macro_rules! record {
    ($name:ident { $($key:ident: $type:ty),* ; $($option:ident: $optional:ty),* }) => {
        #[derive(Debug, Clone, PartialEq)]
        struct $name { $($key: $type,)* $($option: Option<$optional>,)* }

        impl Decode for $name {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                $(let mut $key = None;)*
                $(let mut $option = None;)*
                json.object(&mut [
                    $(required(stringify!($key), &mut $key),)*
                    $(optional(stringify!($option), &mut $option),)*
                ])?;
                let ($(Some($key),)*) = ($($key,)*) else { return Err(json.incomplete()) };
                Ok(Self { $($key,)* $($option,)* })
            }
        }
    };
}

record!(Cat { name: String; lives: i64, friend: Box<ByBest> });
record!(Dog { name: String, good: bool; friend: Box<ByBest> });
record!(Owl { name: String; wisdom: i64, lives: i64 });

/// As the emitter writes a union that nothing tells apart.
#[derive(Debug, Clone, PartialEq)]
enum ByBest {
    Cat(Cat),
    Dog(Dog),
    Owl(Owl),
    Unknown(Value),
}

impl Decode for ByBest {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.best(&[
            |json| json.value().map(Self::Cat),
            |json| json.value().map(Self::Dog),
            |json| json.value().map(Self::Owl),
            |json| json.value().map(Self::Unknown),
        ])
    }
}

fn best(value: &Value) -> ByBest {
    from_slice(value.to_string().as_bytes()).unwrap()
}

#[test]
fn the_best_match_leaves_the_fewest_keys() {
    let cat = |lives| {
        ByBest::Cat(Cat {
            name: "a".to_owned(),
            lives,
            friend: None,
        })
    };
    assert_eq!(best(&json!({"name": "a", "lives": 9})), cat(Some(9)));
    // All fit equally: the first.
    assert_eq!(best(&json!({"name": "a"})), cat(None));
    assert_eq!(
        best(&json!({"name": "a", "good": true})),
        ByBest::Dog(Dog {
            name: "a".to_owned(),
            good: true,
            friend: None
        })
    );
    // A key that none knows does not change the choice.
    assert_eq!(
        best(&json!({"new": {"deep": [1]}, "name": "a", "wisdom": 5})),
        ByBest::Owl(Owl {
            name: "a".to_owned(),
            wisdom: Some(5),
            lives: None
        })
    );
    assert_eq!(
        best(&json!({"new": 1, "name": "a", "lives": 9})),
        cat(Some(9))
    );
}

/// An object, or keys that are data.
#[derive(Debug, Clone, PartialEq)]
enum OwlOrMap {
    Map(Map<Value>),
    Owl(Owl),
    Unknown(Value),
}

impl Decode for OwlOrMap {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.best(&[
            |json| json.value().map(Self::Map),
            |json| json.value().map(Self::Owl),
            |json| json.value().map(Self::Unknown),
        ])
    }
}

#[test]
fn a_map_takes_what_no_other_type_names_a_key_of() {
    let read = |text: &str| from_slice::<OwlOrMap>(text.as_bytes()).unwrap();
    let is_owl = |text| matches!(read(text), OwlOrMap::Owl(_));
    assert!(is_owl(r#"{"name": "a", "wisdom": 1}"#));
    // A key that a later version of the API adds does not change the choice.
    assert!(is_owl(r#"{"name": "a", "new": 1, "newer": 2}"#));
    assert!(matches!(read(r#"{"other": 1}"#), OwlOrMap::Map(_)));
    assert!(matches!(read("{}"), OwlOrMap::Map(_)));
}

struct Named<'v>(&'v dyn Encode);

impl Encode for Named<'_> {
    fn encode(&self, json: &mut Encoder) {
        json.tagged("kind", &"cat", self.0);
    }
}

#[test]
fn a_discriminator_is_written_where_the_object_has_none() {
    let written = |value: Value| String::from_utf8(to_vec(&Named(&value))).unwrap();
    assert_eq!(written(json!({})), r#"{"kind":"cat"}"#);
    assert_eq!(
        written(json!({"a": {"kind": 1}})),
        r#"{"a":{"kind":1},"kind":"cat"}"#
    );
    // What the caller has stated stays.
    assert_eq!(written(json!({"kind": "dog"})), r#"{"kind":"dog"}"#);
    assert_eq!(written(json!([])), "[]");
}

#[test]
fn what_no_variant_fits_is_kept() {
    for value in [
        json!({"title": "x"}),
        json!([1, "a"]),
        json!(null),
        json!("text"),
    ] {
        assert_eq!(best(&value), ByBest::Unknown(value));
    }
}

#[test]
fn the_text_goes_on_after_a_union() {
    let text = r#"[ {"name":"a","good":true} , {"x":1}, {"new":0,"name":"b","lives":1,"friend":{"name":"\u0063","wisdom":2}} ]"#;
    let items: Vec<ByBest> = from_slice(text.as_bytes()).unwrap();
    assert!(
        matches!(items.as_slice(), [ByBest::Dog(_), ByBest::Unknown(_), ByBest::Cat(cat)] if matches!(cat.friend.as_deref(), Some(ByBest::Owl(owl)) if owl.name == "c"))
    );
    // The place of an error after it is that of the whole text.
    let error = from_slice::<Vec<ByBest>>(br#"[{"name":"a","good":true},]"#).unwrap_err();
    assert_eq!(error.to_string(), "invalid JSON: trailing comma at byte 26");
    let error = from_slice::<Vec<ByBest>>(br#"[{"name":"a"},{"name":"b"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "[1].name: invalid JSON: the text ends within a string at byte 24"
    );
}

/// As the emitter writes a union with a discriminator.
#[derive(Debug, PartialEq)]
enum Tagged {
    Cat(Cat),
    Dog(Dog),
    Unknown(Value),
}

impl Decode for Tagged {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match json.tag("type")?.as_deref() {
            Some("cat") => return Ok(Self::Cat(json.value()?)),
            Some("dog" | "puppy") => return Ok(Self::Dog(json.value()?)),
            _ => {}
        }
        Ok(Self::Unknown(json.value()?))
    }
}

#[test]
fn the_discriminator_chooses_wherever_it_stands() {
    for text in [
        r#"{"type":"puppy","name":"a","good":true}"#,
        r#"{"name":"a","good":true,"x":[{"type":"cat"}],"type":"dog"}"#,
        r#" { "name" : "a" , "good" : true , "type" : "d\u006fg" } "#,
    ] {
        assert!(
            matches!(from_slice(text.as_bytes()), Ok(Tagged::Dog(dog)) if dog.good),
            "{text}"
        );
    }
    for text in [
        r#"{"type":"fish"}"#,
        r#"{"type":5}"#,
        r#"{"type":null}"#,
        r#"{}"#,
        "[]",
        "null",
    ] {
        assert_eq!(
            from_slice::<Tagged>(text.as_bytes()).unwrap(),
            Tagged::Unknown(serde_json::from_str(text).unwrap())
        );
    }
}

#[test]
fn an_error_in_the_chosen_variant_is_its_own() {
    let error =
        from_slice::<Vec<Tagged>>(br#"[{"type":"dog","name":"a","good":"yes"}]"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "[0].good: expected boolean, found string at byte 33"
    );
    let error = from_slice::<Tagged>(br#"{"a":[1,{"type":"dog"}"#).unwrap_err();
    assert!(error.is_syntax(), "{error}");
    let error = from_slice::<Vec<Tagged>>(br#"[ {"a":1,"type":"do"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "[0]: invalid JSON: the text ends within a string at byte 19"
    );
}

/// What can be asked of a value before it is read.
#[derive(Debug, PartialEq)]
struct Seen {
    kind: Kind,
    integer: bool,
    one_of: bool,
    keys: bool,
    value: Value,
}

impl Decode for Seen {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            kind: json.kind()?,
            integer: json.is_integer()?,
            one_of: json.is_one_of(&["a", "b"])?,
            keys: json.has_keys(&["x", "y"])?,
            value: json.value()?,
        })
    }
}

#[test]
fn looking_leaves_the_value_where_it_is() {
    let text = r#" [null, true, 1.5, 1.0, -3, "a", "c", "\u0062", [1], {}, {"x":1}, {"y":{"x":1}}, {"x":1,"y":2}, {"z":0,"y":[],"x":{}}]"#;
    let seen: Vec<Seen> = from_slice(text.as_bytes()).unwrap();
    let told: Vec<(Kind, bool, bool, bool)> = seen
        .iter()
        .map(|seen| (seen.kind, seen.integer, seen.one_of, seen.keys))
        .collect();
    assert_eq!(
        told,
        [
            (Kind::Null, false, false, false),
            (Kind::Boolean, false, false, false),
            (Kind::Number, false, false, false),
            (Kind::Number, true, false, false),
            (Kind::Number, true, false, false),
            (Kind::String, false, true, false),
            (Kind::String, false, false, false),
            (Kind::String, false, true, false),
            (Kind::Array, false, false, false),
            (Kind::Object, false, false, false),
            (Kind::Object, false, false, false),
            (Kind::Object, false, false, false),
            (Kind::Object, false, false, true),
            (Kind::Object, false, false, true),
        ]
    );
    let values: Vec<Value> = seen.into_iter().map(|seen| seen.value).collect();
    assert_eq!(
        Value::from(values),
        serde_json::from_str::<Value>(text).unwrap()
    );
    let error = from_slice::<Seen>(b"<html>").unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a JSON value, found no JSON at byte 0"
    );
}

#[derive(Debug)]
struct Never;

impl Decode for Never {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.best(&[])
    }
}

#[test]
fn a_union_of_nothing_reads_nothing() {
    assert_eq!(
        from_slice::<Never>(b"1").unwrap_err().to_string(),
        "nothing to read a value as at byte 0"
    );
}

record!(Left { left: bool; child: Box<Tree> });
record!(Right { right: bool; child: Box<Tree> });
record!(Loose { any: bool; child: Box<Tree>, children: Vec<Tree> });

/// Every reading reads all that is below.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Left(Left),
    Right(Right),
    Loose(Loose),
    Unknown(Value),
}

impl Decode for Tree {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.best(&[
            |json| json.value().map(Self::Left),
            |json| json.value().map(Self::Right),
            |json| json.value().map(Self::Loose),
            |json| json.value().map(Self::Unknown),
        ])
    }
}

impl Encode for Tree {
    fn encode(&self, json: &mut Encoder) {
        match self {
            Self::Left(tree) => json.object(&[("left", &tree.left), ("child", &tree.child)]),
            Self::Right(tree) => json.object(&[("right", &tree.right), ("child", &tree.child)]),
            Self::Loose(tree) => json.object(&[
                ("any", &tree.any),
                ("child", &tree.child),
                ("children", &tree.children),
            ]),
            Self::Unknown(value) => value.encode(json),
        }
    }
}

fn chain(levels: usize, before: &str, after: &str) -> String {
    format!(r#"{before}"child":"#).repeat(levels - 1) + before + "\"end\":0" + &after.repeat(levels)
}

#[test]
fn recursive_unions_do_not_multiply() {
    for (before, after) in [
        // Left is tried first and lacks its key; it stands behind all that is below, or before it.
        ("{\"right\":true,", "}"),
        ("{", ",\"right\":true}"),
        // A key that no variant knows at every level: every variant that fits is compared.
        ("{\"new\":1,\"left\":true,\"right\":true,\"any\":true,", "}"),
        (
            "{",
            ",\"any\":true,\"right\":true,\"left\":true,\"new\":[]}",
        ),
        // Nothing fits at all.
        ("{\"none\":1,", "}"),
        // What is below the required key is of another type, which is seen last.
        ("{", ",\"left\":1,\"right\":2,\"any\":3}"),
    ] {
        let text = chain(100, before, after);
        let start = Instant::now();
        let tree: Result<Tree, DecodeError> = from_slice(text.as_bytes());
        let time = start.elapsed();
        assert!(
            time < Duration::from_secs(2),
            "{time:?} for {before} … {after}"
        );
        if let Err(error) = tree {
            assert_eq!(
                error.problem(),
                "the text can be read in too many ways",
                "{error}"
            );
        }
    }
}

#[test]
fn recursive_unions_of_known_keys_read_whole() {
    let text = chain(100, "{\"right\":true,", "}").replace(",\"end\":0", "");
    let tree: Tree = from_slice(text.as_bytes()).unwrap();
    assert_eq!(to_vec(&tree), text.as_bytes());
    let text = chain(100, "{", ",\"right\":true}").replace("\"end\":0,", "");
    let tree: Tree = from_slice(text.as_bytes()).unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&to_vec(&tree)).unwrap(),
        serde_json::from_str::<Value>(&text).unwrap()
    );
}

#[test]
fn many_unions_side_by_side_are_within_the_bound() {
    let item = r#"{"new":1,"any":true,"children":[{"new":2,"right":true,"child":{"new":3,"left":false}}]}"#;
    let text = format!("[{}]", vec![item; 20_000].join(","));
    let trees: Vec<Tree> = from_slice(text.as_bytes()).unwrap();
    assert!(trees.iter().all(|tree| matches!(tree, Tree::Loose(loose)
        if matches!(loose.children.as_deref(), Some([Tree::Right(right)]) if matches!(right.child.as_deref(), Some(Tree::Left(_)))))));
}

#[test]
fn what_stands_at_a_key_is_seen_as_it_is_meant() {
    fn at(text: &str) -> (Option<i64>, Option<bool>, bool) {
        struct At((Option<i64>, Option<bool>, bool));
        impl Decode for At {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let seen = (
                    json.integer_at("key")?,
                    json.boolean_at("key")?,
                    json.is_null_at("key")?,
                );
                // It is still there.
                json.value::<Value>().map(|_| Self(seen))
            }
        }
        from_slice::<At>(text.as_bytes()).unwrap().0
    }
    for text in [
        r#"{"key":1}"#,
        r#"{"a":[{"key":2}],"key":1.0}"#,
        r#"{"key":10e-1,"key":2}"#,
    ] {
        assert_eq!(at(text), (Some(1), None, false), "{text}");
    }
    assert_eq!(at(r#"{"key":-3e2}"#), (Some(-300), None, false));
    assert_eq!(at(r#"{"key":true}"#), (None, Some(true), false));
    assert_eq!(at(r#"{"key":false}"#), (None, Some(false), false));
    assert_eq!(at(r#"{"key":null}"#), (None, None, true));
    for text in [
        r#"{"key":1.5}"#,
        r#"{"key":9223372036854775808}"#,
        r#"{"key":"1"}"#,
        r#"{"key":"true"}"#,
        r#"{"key":[null]}"#,
        r#"{"other":1}"#,
        "{}",
        "1",
        "null",
        "[true]",
    ] {
        assert_eq!(at(text), (None, None, false), "{text}");
    }
}
