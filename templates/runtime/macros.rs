//! The macros that emitted code uses.

#![allow(unused_imports, reason = "no API needs all of them")]

pub(crate) use super::json::macros::{integer_enumeration, serde_bridge, string_enumeration};
