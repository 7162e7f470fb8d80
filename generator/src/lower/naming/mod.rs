//! Names: from the words of a document to Rust identifiers, free of keywords and collisions.
//!
//! Comes in: names on the wire, and JSON pointers of schemas without a name. Goes out: final identifiers. Must not know:
//! schemas, types, tokens. Every rule looks only at a name and at the names beside it, never at their order.

mod apart;
mod identifier;
mod method;
mod place;
mod spelling;
mod title;

pub(crate) use apart::{Candidates, tell_apart};
pub(crate) use identifier::{hash, in_ascii, keyword_free, pascal, snake};
pub(crate) use method::method_names;
pub(crate) use place::{
    is_plain, is_version, names_with_file, operation_id, place_name, role as place_role,
    schema_name, without_route,
};
pub(crate) use title::short_title;
