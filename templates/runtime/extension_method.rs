//! Methods that HTTP itself does not name, such as `QUERY` or those of WebDAV.
//!
//! In: the name, from the emitted code. Out: the method. A client whose API has no such method does not have this file.

use http::Method;

/// The method of this name.
///
/// # Panics
/// Never for a name from the emitted code: only tokens of HTTP come to be methods there.
#[must_use]
pub fn extension_method(name: &'static str) -> Method {
    Method::from_bytes(name.as_bytes()).expect("the emitted code names only tokens of HTTP")
}
