//! Names of modules and their files.
//!
//! Comes in: accessors and module names of the model. Goes out: identifiers and file names that belong together. Must not know: what
//! the modules hold.

use proc_macro2::Ident;
use quote::format_ident;

use super::scope::{ident, plain};

/// The identifier of a module. `mod` would collide with the index of its folder, `self` and its like are no names of items.
pub(crate) fn module_ident(module: &str) -> Ident {
    match plain(module) {
        "mod" | "self" | "super" | "crate" => format_ident!("{}_", plain(module)),
        _ => ident(module),
    }
}

/// The name of a module's file, without its ending.
pub(crate) fn module_file(module: &str) -> String {
    let name = module_ident(module).to_string();
    plain(&name).to_owned()
}
