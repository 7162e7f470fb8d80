//! Objects: slots, missing and null, three states, keys that no slot names, duplicates, maps.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]

use clientsmith_templates::runtime::json::{
    Decode, DecodeError, Decoder, Encode, Encoder, Field, Map, Nullable, from_slice, optional,
    required, to_vec,
};
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq, Default)]
struct Image {
    id: i64,
    name: Option<String>,
    width: Option<i64>,
    note: Field<String>,
    tags: Vec<String>,
}

impl Decode for Image {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut id, mut name, mut width, mut tags) = (None, None, None, None);
        let mut note = Field::Absent;
        json.object(&mut [
            required("id", &mut id),
            optional("name", &mut name),
            // Required and nullable.
            required("width", &mut width),
            optional("note", &mut note),
            required("tags", &mut tags),
        ])?;
        let (Some(id), Some(width), Some(tags)) = (id, width, tags) else {
            return Err(json.incomplete());
        };
        Ok(Self {
            id,
            name,
            width,
            note,
            tags,
        })
    }
}

impl Encode for Image {
    fn encode(&self, json: &mut Encoder) {
        json.object(&[
            ("id", &self.id),
            ("name", &self.name),
            ("width", &Nullable::of(&self.width)),
            ("note", &self.note),
            ("tags", &self.tags),
        ]);
    }
}

#[derive(Debug, PartialEq)]
struct Open<T> {
    id: i64,
    additional_properties: Map<T>,
}

impl<T: Decode> Decode for Open<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut id = None;
        let mut additional_properties = Map::new();
        json.object_with(&mut [required("id", &mut id)], &mut additional_properties)?;
        let Some(id) = id else {
            return Err(json.incomplete());
        };
        Ok(Self {
            id,
            additional_properties,
        })
    }
}

impl<T: Encode> Encode for Open<T> {
    fn encode(&self, json: &mut Encoder) {
        json.object_with(&[("id", &self.id)], &self.additional_properties);
    }
}

fn read(text: &str) -> Image {
    from_slice(text.as_bytes()).unwrap()
}

fn error(text: &str) -> String {
    from_slice::<Image>(text.as_bytes())
        .unwrap_err()
        .to_string()
}

fn text(value: &dyn Encode) -> String {
    String::from_utf8(to_vec(value)).unwrap()
}

#[test]
fn all_keys_read_in_any_order() {
    let image = Image {
        id: 1,
        name: Some("a".to_owned()),
        width: Some(3),
        note: Field::Value("n".to_owned()),
        tags: vec!["x".to_owned()],
    };
    let keys = [
        r#""id":1"#,
        r#""name":"a""#,
        r#""width":3"#,
        r#""note":"n""#,
        r#""tags":["x"]"#,
    ];
    for start in 0..keys.len() {
        let mut turned = keys;
        turned.rotate_left(start);
        assert_eq!(read(&format!("{{{}}}", turned.join(","))), image);
        turned.reverse();
        assert_eq!(read(&format!(" {{ {} }} ", turned.join(" , "))), image);
    }
    assert_eq!(
        text(&image),
        r#"{"id":1,"name":"a","width":3,"note":"n","tags":["x"]}"#
    );
}

#[test]
fn what_is_missing_or_null() {
    let least = read(r#"{"id":1,"tags":[]}"#);
    assert_eq!(
        least,
        Image {
            id: 1,
            ..Image::default()
        }
    );
    assert_eq!(text(&least), r#"{"id":1,"width":null,"tags":[]}"#);
    let nulls = read(r#"{"id":1,"name":null,"width":null,"note":null,"tags":[]}"#);
    assert_eq!(
        nulls,
        Image {
            id: 1,
            note: Field::Null,
            ..Image::default()
        }
    );
    assert_eq!(
        text(&nulls),
        r#"{"id":1,"width":null,"note":null,"tags":[]}"#
    );
}

#[test]
fn required_keys_are_required() {
    assert_eq!(error(r#"{"tags":[]}"#), r#"missing key "id" at byte 0"#);
    assert_eq!(error(r#" {"id":1}"#), r#"missing key "tags" at byte 1"#);
    assert_eq!(
        error(r#"{"id":null,"tags":[]}"#),
        "id: expected integer, found null at byte 6"
    );
    assert_eq!(
        error(r#"{"id":1,"tags":[null]}"#),
        "tags[0]: expected string, found null at byte 16"
    );
}

#[test]
fn of_duplicate_keys_the_last_wins() {
    let image = read(
        r#"{"id":1,"name":"a","note":null,"tags":["x"],"id":2,"name":null,"note":"b","tags":[]}"#,
    );
    assert_eq!(image.id, 2);
    assert_eq!(image.name, None);
    assert_eq!(image.note, Field::Value("b".to_owned()));
    assert!(image.tags.is_empty());
    let open: Open<i64> = from_slice(br#"{"id":1,"a":1,"a":2}"#).unwrap();
    assert_eq!(open.additional_properties, Map::from([("a".to_owned(), 2)]));
}

#[test]
fn other_keys_are_skipped() {
    let image = read(
        r#"{"x":{"id":9,"y":[1,{"z":"}"}]},"id":1,"\u0069gnored":"\"","tags":[],"n":-1.5e3,"t":true,"f":false,"u":null,"e":[],"o":{}}"#,
    );
    assert_eq!(image.id, 1);
    assert_eq!(
        error(r#"{"id":1,"x":[1,}"#),
        "invalid JSON: expected a JSON value at byte 15"
    );
    let deep = format!(
        r#"{{"id":1,"tags":[],"x":{}1{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(error(&deep).starts_with("invalid JSON: too many levels of nesting at byte"));
}

#[test]
fn keys_with_escapes_are_the_same_keys() {
    assert_eq!(read(r#"{"\u0069d":5,"t\u0061gs":[]}"#).id, 5);
}

#[test]
fn other_keys_are_kept_where_asked() {
    let source = r#"{"id":1,"a b":"x","é\n":"y"}"#;
    let open: Open<String> = from_slice(source.as_bytes()).unwrap();
    assert_eq!(open.additional_properties.len(), 2);
    assert_eq!(text(&open), source);
    let error = from_slice::<Open<String>>(br#"{"id":1,"a b":5}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"["a b"]: expected string, found number at byte 14"#
    );
    let empty: Open<Value> = from_slice(br#"{"id":1}"#).unwrap();
    assert_eq!(text(&empty), r#"{"id":1}"#);
}

#[test]
fn maps_read_and_are_written() {
    let map: Map<Vec<i64>> = from_slice(br#"{"b":[1],"a":[]}"#).unwrap();
    assert_eq!(text(&map), r#"{"a":[],"b":[1]}"#);
    let map: Map<Option<i64>> = from_slice(br#"{"a":null}"#).unwrap();
    assert_eq!(map, Map::from([("a".to_owned(), None)]));
    assert_eq!(text(&map), r#"{"a":null}"#);
    let free: serde_json::Map<String, Value> =
        from_slice(br#"{"b":{"c":[null]},"a":1.5}"#).unwrap();
    assert_eq!(text(&free), r#"{"b":{"c":[null]},"a":1.5}"#);
}

#[test]
fn options_in_arrays_are_null() {
    let items: Vec<Option<i64>> = from_slice(b"[1,null]").unwrap();
    assert_eq!(items, [Some(1), None]);
    assert_eq!(text(&items), "[1,null]");
    assert_eq!(text(&Vec::<i64>::new()), "[]");
    let nested: Vec<Vec<f64>> = from_slice(b" [ [ 1 , 2.5 ] , [ ] ] ").unwrap();
    assert_eq!(text(&nested), "[[1,2.5],[]]");
    let boxed: Box<Image> = from_slice(br#"{"id":1,"tags":[]}"#).unwrap();
    assert_eq!(boxed.id, 1);
}

#[test]
fn an_object_with_nothing_in_it_has_no_commas() {
    struct Patch(Option<i64>, Field<i64>, Option<bool>);
    impl Encode for Patch {
        fn encode(&self, json: &mut Encoder) {
            json.object(&[("a", &self.0), ("b", &self.1), ("c", &self.2)]);
        }
    }
    assert_eq!(text(&Patch(None, Field::Absent, None)), "{}");
    assert_eq!(
        text(&Patch(None, Field::Null, Some(true))),
        r#"{"b":null,"c":true}"#
    );
    assert_eq!(
        text(&vec![
            Patch(None, Field::Absent, None),
            Patch(Some(1), Field::Absent, None)
        ]),
        r#"[{},{"a":1}]"#
    );
}

#[test]
fn fields_have_three_states() {
    assert_eq!(Field::<i64>::default(), Field::Absent);
    assert_eq!(Field::<i64>::from(5), Field::Value(5));
    assert_eq!(Field::<i64>::from(None), Field::Null);
    assert_eq!(Field::<i64>::from(Some(5)), Field::Value(5));
    assert_eq!(Field::<String>::from("a"), Field::Value("a".to_owned()));
    assert_eq!(Field::Value(5).value(), Some(&5));
    assert_eq!(Field::<i64>::Null.value(), None);
    assert_eq!(Field::Value(5).into_value(), Some(5));
    assert_eq!(Field::Value(5).as_ref(), Field::Value(&5));
    assert_eq!(Field::Value(5).map(|value| value + 1), Field::Value(6));
    assert!(Field::<i64>::Null.is_null() && !Field::<i64>::Null.is_absent());
    assert!(Field::<i64>::Absent.is_absent() && !Field::<i64>::Absent.is_null());
}

#[test]
fn free_form_values_read_like_serde_json() {
    let source = r#"{"z":[1,-2.5,"a\n",true,false,null,{"y":{}}],"a":[]}"#;
    let value: Value = from_slice(source.as_bytes()).unwrap();
    assert_eq!(
        value,
        json!({"z":[1,-2.5,"a\n",true,false,null,{"y":{}}],"a":[]})
    );
    assert_eq!(text(&value), source);
}
