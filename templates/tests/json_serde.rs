//! The `serde` feature: serde's traits over the codec.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]
#![cfg(feature = "serde")]

use codec::json::{
    Base64, Decode, DecodeError, Decoder, Encode, Encoder, Field, from_slice, optional, required,
    to_vec,
};
use codec::macros::serde_bridge;

/// The macros name the runtime of their own crate.
#[allow(dead_code, unused_imports, reason = "a test binary exports nothing")]
mod codec;
use codec as runtime;

#[derive(Debug, Clone, PartialEq)]
struct Label {
    id: u64,
    score: Option<f64>,
    note: Field<String>,
    mask: Option<Base64>,
}

impl Decode for Label {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut id, mut score, mut mask) = (None, None, None);
        let mut note = Field::Absent;
        json.object(&mut [
            required("id", &mut id),
            optional("score", &mut score),
            optional("note", &mut note),
            optional("mask", &mut mask),
        ])?;
        let Some(id) = id else {
            return Err(json.incomplete());
        };
        Ok(Self {
            id,
            score,
            note,
            mask,
        })
    }
}

impl Encode for Label {
    fn encode(&self, json: &mut Encoder) {
        json.object(&[
            ("id", &self.id),
            ("score", &self.score),
            ("note", &self.note),
            ("mask", &self.mask),
        ]);
    }
}

serde_bridge!(Label);

/// A type of the user's own around an emitted one.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Saved {
    label: Label,
    masks: Vec<Base64>,
}

#[test]
fn emitted_types_stand_in_types_with_derives() {
    let saved = Saved {
        label: Label {
            id: u64::MAX,
            score: Some(0.5),
            note: Field::Null,
            mask: Some(Base64::from(&b"foo"[..])),
        },
        masks: vec![Base64::from(&b"f"[..])],
    };
    let text = serde_json::to_string(&saved).unwrap();
    assert_eq!(
        text,
        r#"{"label":{"id":18446744073709551615,"score":0.5,"note":null,"mask":"Zm9v"},"masks":["Zg=="]}"#
    );
    assert_eq!(serde_json::from_str::<Saved>(&text).unwrap(), saved);
    let value = serde_json::to_value(&saved).unwrap();
    assert_eq!(serde_json::from_value::<Saved>(value).unwrap(), saved);
}

#[test]
fn both_ways_write_the_same() {
    let label: Label = from_slice(br#"{"id":1,"score":2.25}"#).unwrap();
    assert_eq!(serde_json::to_vec(&label).unwrap(), to_vec(&label));
    assert_eq!(
        serde_json::from_slice::<Label>(&to_vec(&label)).unwrap(),
        label
    );
}

#[test]
fn what_does_not_fit_is_an_error() {
    let error = serde_json::from_str::<Label>(r#"{"id":1,"score":"high"}"#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("score: expected number, found string"),
        "{error}"
    );
    assert!(serde_json::from_str::<Label>("{}").is_err());
}
