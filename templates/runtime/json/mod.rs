//! The codec: JSON into typed values and back, without serde's derives.
//!
//! Comes in: bytes, and the small [`Decode`] and [`Encode`] implementations that the generator emits for each type. Goes out: values, or
//! a [`DecodeError`] that names the place. The loops over objects and arrays, the lookup of keys, skipping, and the paths of errors are
//! compiled once, here, and not once per type: that is what makes a generated crate quick to build.
//! Must not know: HTTP, any API.
//!
//! What is read leniently: keys that a type does not name are skipped; of duplicate keys the last wins; a number with a zero
//! fraction is taken for an integer; a date-time without an offset is taken as UTC. What is refused: anything after the value, more than
//! [`MAX_DEPTH`] levels, integers out of range, strings that are not Unicode.

mod attachments;
mod base64;
mod containers;
mod decoder;
mod encoder;
mod enumeration;
mod error;
mod field;
mod ip;
pub(crate) mod macros;
mod number;
mod object;
mod scalar;
#[cfg(feature = "serde")]
mod serde_bridge;
mod time;
mod tree;
mod tuple;
mod union;
mod uuid;

pub(crate) use attachments::{Attachment, with_attachments};
pub use base64::Base64;
pub use containers::Map;
pub use decoder::{Decode, Decoder, MAX_DEPTH, from_slice};
pub use encoder::{Encode, Encoder, to_vec};
pub use enumeration::{UnknownInteger, UnknownValue};
pub use error::DecodeError;
pub use field::{Field, Nullable};
pub use object::{Entry, Rest, Slot, optional, required};
#[cfg(feature = "serde")]
pub use serde_bridge::{deserialize, serialize};
pub(crate) use tree::{Node, Piece, pieces};
pub use union::{Kind, Way};
