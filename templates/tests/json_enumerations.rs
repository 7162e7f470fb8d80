//! Open enumerations: known and unknown values, and the traits that the macros give.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]

use codec::Parameter;
use codec::json::{Decode, DecodeError, Decoder, UnknownInteger, UnknownValue, from_slice, to_vec};
use codec::macros::{integer_enumeration, string_enumeration};

/// The macros name the runtime of their own crate.
#[allow(dead_code, unused_imports, reason = "a test binary exports nothing")]
mod codec;
use codec as runtime;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    New,
    InReview,
    Unknown(UnknownValue),
}

impl Status {
    const ALL: &'static [Self] = &[Self::New, Self::InReview];

    fn as_str(&self) -> &str {
        match self {
            Self::New => "NEW",
            Self::InReview => "TO REVIEW",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

impl From<&str> for Status {
    fn from(value: &str) -> Self {
        match value {
            "NEW" => Self::New,
            "TO REVIEW" => Self::InReview,
            other => Self::Unknown(UnknownValue::new(other)),
        }
    }
}

string_enumeration!(Status);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Size {
    Small,
    Large,
    Unknown(UnknownInteger),
}

impl Size {
    const ALL: &'static [Self] = &[Self::Small, Self::Large];

    fn as_i64(&self) -> i64 {
        match self {
            Self::Small => 1,
            Self::Large => 10,
            Self::Unknown(value) => value.as_i64(),
        }
    }
}

impl From<i64> for Size {
    fn from(value: i64) -> Self {
        match value {
            1 => Self::Small,
            10 => Self::Large,
            other => Self::Unknown(UnknownInteger::new(other)),
        }
    }
}

integer_enumeration!(Size);

/// A union in which a value of an enumeration is also a number.
#[derive(Debug, PartialEq)]
enum SizeOrNumber {
    Size(Size),
    Number(i64),
}

impl Decode for SizeOrNumber {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.best(&[
            |json| json.value().map(Self::Size),
            |json| json.value().map(Self::Number),
            |json| json.value().map(Self::Number),
        ])
    }
}

#[test]
fn a_value_that_an_enumeration_does_not_know_counts_against_it() {
    let values: Vec<SizeOrNumber> = from_slice(b"[10, 11]").unwrap();
    assert_eq!(
        values,
        [SizeOrNumber::Size(Size::Large), SizeOrNumber::Number(11)]
    );
}

#[test]
fn known_and_unknown_strings_come_back_unchanged() {
    let text = br#"["NEW","TO REVIEW","ARCHIVED \"x\""]"#;
    let values: Vec<Status> = from_slice(text).unwrap();
    assert_eq!(values[0], Status::New);
    assert_eq!(values[1], Status::InReview);
    assert!(matches!(&values[2], Status::Unknown(value) if value.as_str() == "ARCHIVED \"x\""));
    assert_eq!(to_vec(&values), text);
    let error = from_slice::<Vec<Status>>(b"[1]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "[0]: expected string, found number at byte 1"
    );
}

#[test]
fn enumerations_of_strings_are_texts() {
    assert_eq!(Status::from("NEW".to_owned()), Status::New);
    let Ok(parsed) = "TO REVIEW".parse::<Status>();
    assert_eq!(parsed, Status::InReview);
    assert_eq!(Status::New.to_string(), "NEW");
    assert_eq!(format!("{:>5}|", Status::New), "  NEW|");
    assert_eq!(AsRef::<str>::as_ref(&Status::InReview), "TO REVIEW");
    let mut text = String::new();
    Status::InReview.write(&mut text);
    assert_eq!(text, "TO REVIEW");
}

#[test]
fn known_and_unknown_integers_come_back_unchanged() {
    let values: Vec<Size> = from_slice(b"[1,10.0,-7]").unwrap();
    assert_eq!(values[0], Size::Small);
    assert_eq!(values[1], Size::Large);
    assert!(matches!(&values[2], Size::Unknown(value) if value.as_i64() == -7));
    assert_eq!(to_vec(&values), b"[1,10,-7]");
    assert_eq!(Size::Large.to_string(), "10");
    let mut text = String::new();
    Size::from(3).write(&mut text);
    assert_eq!(text, "3");
}

#[cfg(feature = "serde")]
#[test]
fn enumerations_are_bridged_to_serde() {
    let values: Vec<Status> = serde_json::from_str(r#"["NEW","OTHER"]"#).unwrap();
    assert_eq!(
        serde_json::to_string(&values).unwrap(),
        r#"["NEW","OTHER"]"#
    );
    let values: Vec<Size> = serde_json::from_str("[1,7]").unwrap();
    assert_eq!(serde_json::to_string(&values).unwrap(), "[1,7]");
}
