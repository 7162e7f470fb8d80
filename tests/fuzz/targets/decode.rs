//! Any bytes through the codec: it takes what serde_json takes, and what it writes it reads again.

#![no_main]

use std::collections::BTreeMap;

use clientsmith_templates::runtime::json::{
    Decode, DecodeError, Decoder, Encode, Encoder, Field, from_slice, optional, required, to_vec,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// An object with every kind of slot; it holds itself.
#[derive(Debug, PartialEq)]
struct Item {
    id: i64,
    name: Option<String>,
    size: Option<f64>,
    note: Field<String>,
    tags: Option<BTreeMap<String, Vec<bool>>>,
    inner: Option<Box<Item>>,
}

impl Decode for Item {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut id, mut name, mut size, mut tags, mut inner) = (None, None, None, None, None);
        let mut note = Field::Absent;
        json.object(&mut [
            required("id", &mut id),
            optional("name", &mut name),
            optional("size", &mut size),
            optional("note", &mut note),
            optional("tags", &mut tags),
            optional("inner", &mut inner),
        ])?;
        let Some(id) = id else {
            return Err(json.incomplete());
        };
        Ok(Self { id, name, size, note, tags, inner })
    }
}

impl Encode for Item {
    fn encode(&self, json: &mut Encoder) {
        json.object(&[
            ("id", &self.id),
            ("name", &self.name),
            ("size", &self.size),
            ("note", &self.note),
            ("tags", &self.tags),
            ("inner", &self.inner),
        ]);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let value = from_slice::<Value>(bytes);
    if let Ok(value) = &value {
        // The codec passes over a byte order mark, as RFC 8259, section 8.1 lets it; serde_json does not.
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let theirs: Value = serde_json::from_slice(text).expect("what the codec takes is JSON");
        assert_eq!(value, &theirs, "read otherwise than by serde_json");
    }
    if let Ok(item) = from_slice::<Item>(bytes) {
        let again = from_slice::<Item>(&to_vec(&item)).expect("what the codec writes it reads");
        assert_eq!(item, again, "written otherwise than read");
    }
});
