//! The runtime as a generated crate has it, reduced to the codec: macros of the runtime name their own crate's `runtime`, so a
//! test of what they expand to needs one.

#[path = "../../runtime/json/mod.rs"]
pub mod json;
#[path = "../../runtime/parameter.rs"]
mod parameter;

pub use parameter::Parameter;

/// Where emitted code finds the macros.
pub mod macros {
    pub(crate) use super::json::macros::{integer_enumeration, serde_bridge, string_enumeration};
}
