//! Which dialect a document is in.
//!
//! Comes in: the tree as it was read. Goes out: its [`Dialect`], or why it is none. Must not know how a dialect is converted.

use serde_json::Value;

use super::origin::Origins;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer, quoted};

/// The dialects of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// Swagger 2.0.
    Swagger2,
    /// OpenAPI 3.0 and its patches.
    OpenApi30,
    /// OpenAPI 3.1 and its patches.
    OpenApi31,
    /// OpenAPI 3.2 and its patches.
    OpenApi32,
}

/// The dialect of a document, and its version as it is written. One that lacks its minor version is taken for the oldest, with a warning.
///
/// # Errors
///
/// CS0201 or CS0202, at the version or at the top.
pub fn version(
    root: &Value,
    origins: &Origins,
    found: &mut Diagnostics,
) -> Result<(Dialect, String), Diagnostic> {
    let top = Pointer::root();
    let Value::Object(members) = root else {
        return Err(Diagnostic::error(
            Code::NotOpenApi,
            "the document is not an object with a key `openapi`",
        )
        .at(&top)
        .help("pass an OpenAPI description"));
    };
    let Some((key, value)) = ["openapi", "swagger"]
        .into_iter()
        .find_map(|key| members.get_key_value(key))
    else {
        return Err(Diagnostic::error(
            Code::NotOpenApi,
            "the document has neither a key `openapi` nor a key `swagger`",
        )
        .at(&top)
        .help("an OpenAPI description begins with its version, such as `openapi: 3.0.3`"));
    };
    let pointer = top.push(key);
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => origins
            .spelling(&pointer)
            .map_or_else(|| number.to_string(), str::to_owned),
        _ => {
            return Err(Diagnostic::error(
                Code::UnknownVersion,
                format!("`{key}` is not a version"),
            )
            .at(&pointer)
            .help("write the version as text, such as \"3.0.3\""));
        }
    };
    let mut numbers = text.split('.');
    match (key.as_str(), numbers.next(), numbers.next()) {
        ("swagger", Some("2"), Some("0")) => Ok((Dialect::Swagger2, text)),
        ("openapi", Some("3"), Some("0")) => Ok((Dialect::OpenApi30, text)),
        ("openapi", Some("3"), Some("1")) => Ok((Dialect::OpenApi31, text)),
        ("openapi", Some("3"), Some("2")) => Ok((Dialect::OpenApi32, text)),
        ("openapi", Some("3"), None) => {
            found.push(in_short(&text, "3.0", &pointer));
            Ok((Dialect::OpenApi30, text))
        }
        ("swagger", Some("2"), None) => {
            found.push(in_short(&text, "2.0", &pointer));
            Ok((Dialect::Swagger2, text))
        }
        _ => Err(Diagnostic::error(
            Code::UnknownVersion,
            format!("{key} {} is not a version that is known", quoted(&text)),
        )
        .at(&pointer)
        .help("the versions of OpenAPI are 2.0 (`swagger`), 3.0, 3.1 and 3.2 (`openapi`)")),
    }
}

/// What is said of a version without its minor one.
fn in_short(text: &str, taken: &str, pointer: &Pointer) -> Diagnostic {
    Diagnostic::warning(
        Code::UnknownVersion,
        format!("{} is half a version; read as {taken}", quoted(text)),
    )
    .at(pointer)
    .help("write the version in full, such as \"3.0.3\"")
}
