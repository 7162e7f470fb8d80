//! Files: what a part of a multipart body holds beside values.
//!
//! In: bytes, the path of a file, or a stream. Out: the same with the name and the media type that the server is told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use super::json::{Encode, Encoder};
use super::upload::{Source, UploadBody};

/// A file to be sent as a part of a request.
#[derive(Debug, Clone)]
pub struct File {
    pub(crate) content: UploadBody,
    pub(crate) name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl File {
    /// What is sent under the name of a file.
    pub fn new(name: impl Into<String>, content: impl Into<UploadBody>) -> Self {
        Self {
            content: content.into(),
            name: Some(name.into()),
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// The file at a path, read while it is sent and told to the server by its own name.
    pub fn open(path: impl AsRef<Path>) -> Self {
        UploadBody::file(path).into()
    }

    /// The name that the server is told.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The media type; by default the one the API asks for (of several, the one that fits the name), or `application/octet-stream`.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// A header of this part of the request.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl UploadBody {
    /// The name of the file, where it is one.
    fn file_name(&self) -> Option<String> {
        match &self.0 {
            Source::File(path) => Some(path.file_name()?.to_string_lossy().into_owned()),
            Source::Bytes(_) | Source::Stream { .. } => None,
        }
    }

    /// Whether both are the same bytes, the same file or the same stream.
    fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Source::Bytes(one), Source::Bytes(other)) => one == other,
            (Source::File(one), Source::File(other)) => one == other,
            (Source::Stream { stream: one, .. }, Source::Stream { stream: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            _ => false,
        }
    }
}

impl From<UploadBody> for File {
    fn from(content: UploadBody) -> Self {
        Self {
            name: content.file_name(),
            content,
            content_type: None,
            headers: Vec::new(),
        }
    }
}

macro_rules! from_content {
    ($($content:ty),*) => {$(
        impl From<$content> for File {
            fn from(content: $content) -> Self {
                UploadBody::from(content).into()
            }
        }
    )*};
}

from_content!(Bytes, Vec<u8>, &'static [u8], &Path, PathBuf);

/// The same bytes, the same path or the same stream, under the same name.
impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.content.is_same(&other.content)
            && self.name == other.name
            && self.content_type == other.content_type
            && self.headers == other.headers
    }
}

impl Encode for File {
    fn encode(&self, json: &mut Encoder) {
        json.attach(Box::new(self.clone()));
    }
}
