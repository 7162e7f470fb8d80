//! The `serde` feature: serde's traits over this codec, for files, databases and caches.
//!
//! It goes through `serde_json::Value`: it is there for convenience, not for speed, and reads from formats that describe
//! themselves (JSON, YAML, MessagePack, CBOR …).

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Decode, Encode, from_slice, to_vec};

/// Serialises a value that this codec can write.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let value: Value = from_slice(&to_vec(value)).map_err(S::Error::custom)?;
    value.serialize(serializer)
}

/// Deserialises a value that this codec can read.
///
/// # Errors
/// Those of the deserializer, or that the value does not fit.
pub fn deserialize<'de, D: Deserializer<'de>, T: Decode>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    from_slice(&to_vec(&value)).map_err(D::Error::custom)
}
