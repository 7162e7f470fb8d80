//! The runtime of a generated client: everything that is the same for every API.
//!
//! It is real Rust, compiled and tested on its own, and copied into each generated crate as it is.

pub mod json;
pub(crate) mod macros;
