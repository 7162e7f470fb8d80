//! A file, or something that stands for one: what an API takes as a part of a body both ways.
//!
//! In: a file, or a value such as an address or an identifier. Out: a part of a multipart body. What the value means to an API is not
//! known here.

use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::file::File;
use super::json::{Encode, Encoder};

/// A file, or a value that stands for one, such as its address. A path and bytes become this as they become a file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FileOr<T> {
    /// The file itself.
    File(File),
    /// What stands for it.
    Value(T),
}

macro_rules! from_content {
    ($($content:ty),*) => {$(
        impl<T> From<$content> for FileOr<T> {
            fn from(content: $content) -> Self {
                Self::File(content.into())
            }
        }
    )*};
}

from_content!(File, Bytes, Vec<u8>, &'static [u8], &Path, PathBuf);

impl From<String> for FileOr<String> {
    fn from(text: String) -> Self {
        Self::Value(text)
    }
}

impl From<&str> for FileOr<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

impl<T: Encode> Encode for FileOr<T> {
    fn encode(&self, json: &mut Encoder) {
        match self {
            Self::File(file) => file.encode(json),
            Self::Value(value) => value.encode(json),
        }
    }
}
