//! The first stage: bytes on disk become a [`Document`].
//!
//! Comes in: a path. Goes out: one tree in the form of OpenAPI 3.0, whatever the dialect and the text were, that hands out its pieces
//! parsed and can say where in the text each of them stands. This room knows nothing of Rust code.

mod check;
mod conditions;
mod dialect;
mod document;
mod dynamic;
mod events;
mod external;
mod json;
pub(crate) mod keys;
mod locate;
mod media_type;
mod openapi31;
mod origin;
mod overlay;
mod pieces;
mod references;
mod schema;
mod select;
mod shape;
mod source;
mod swagger2;
mod tables;
mod toml;
mod yaml;

pub use crate::diagnostics::Pointer;
pub use dialect::Dialect;
pub use document::{Document, OperationEntry, PathEntry};
pub use external::{DOCUMENTS, LoadOptions};
pub(crate) use locate::line_and_column;
pub(crate) use media_type::essence;
pub use overlay::Change;
pub(crate) use pieces::COOKIE_AS_IT_IS;
pub use select::{Selection, Selector};
pub use source::{Source, read_text};
pub use swagger2::SEPARATOR;
