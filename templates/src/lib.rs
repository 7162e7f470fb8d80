//! What goes into every generated crate as it is: the runtime, compiled and tested here, and offered as text.
//!
//! In: nothing. Out: [`runtime_files`] and [`runtime_files_with`] for the generator, and [`runtime`] itself for the tests.

mod parts;

pub use parts::{PARTS, Part, runtime_files_with};

#[path = "../runtime/mod.rs"]
pub mod runtime;

/// The template of a generated crate's `Cargo.toml`.
pub const MANIFEST: &str = include_str!("../Cargo.toml.jinja");

/// The template of a generated crate's `README.md`.
pub const README: &str = include_str!("../README.md.jinja");

macro_rules! file {
    ($path:literal) => {
        ($path, include_str!(concat!("../runtime/", $path)))
    };
}

/// Every file of the runtime: its path below `src/runtime` of a generated crate, and its text. Ordered by path.
#[must_use]
pub fn runtime_files() -> &'static [(&'static str, &'static str)] {
    RUNTIME_FILES
}

static RUNTIME_FILES: &[(&str, &str)] = &[
    file!("answer.rs"),
    file!("api.rs"),
    file!("call.rs"),
    file!("constraints.rs"),
    file!("core.rs"),
    file!("credential.rs"),
    file!("download.rs"),
    file!("error.rs"),
    file!("exchange.rs"),
    file!("extension_method.rs"),
    file!("failure.rs"),
    file!("file.rs"),
    file!("file_or.rs"),
    file!("form.rs"),
    file!("json/attachments.rs"),
    file!("json/base64.rs"),
    file!("json/containers.rs"),
    file!("json/decoder.rs"),
    file!("json/encoder.rs"),
    file!("json/enumeration.rs"),
    file!("json/error.rs"),
    file!("json/field.rs"),
    file!("json/ip.rs"),
    file!("json/macros.rs"),
    file!("json/mod.rs"),
    file!("json/number.rs"),
    file!("json/object.rs"),
    file!("json/scalar.rs"),
    file!("json/serde_bridge.rs"),
    file!("json/time.rs"),
    file!("json/tree.rs"),
    file!("json/tuple.rs"),
    file!("json/union.rs"),
    file!("json/uuid.rs"),
    file!("macros.rs"),
    file!("mock.rs"),
    file!("mod.rs"),
    file!("multipart.rs"),
    file!("one_or_many.rs"),
    file!("operation.rs"),
    file!("paging.rs"),
    file!("parameter.rs"),
    file!("polling.rs"),
    file!("progress.rs"),
    file!("read.rs"),
    file!("redact.rs"),
    file!("redirect.rs"),
    file!("request.rs"),
    file!("reqwest_transport.rs"),
    file!("response.rs"),
    file!("response_header.rs"),
    file!("retry.rs"),
    file!("retry_after.rs"),
    file!("stream/events.rs"),
    file!("stream/mod.rs"),
    file!("stream/records.rs"),
    file!("stream/request.rs"),
    file!("style.rs"),
    file!("transport.rs"),
    file!("upload.rs"),
];
