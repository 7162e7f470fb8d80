//! What goes into every generated crate as it is.

#[path = "../runtime/mod.rs"]
pub mod runtime;
