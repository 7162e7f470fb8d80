//! The types of requests and responses: the form of `src/types/*.rs` in a generated crate.

use crate::runtime::Page;
use crate::runtime::json::{
    Decode, DecodeError, Decoder, Encode, Encoder, UnknownValue, optional, required,
};
use crate::runtime::macros::string_enumeration;

/// An image.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Image {
    pub id: String,
    pub name: Option<String>,
    pub width: i64,
}

impl Decode for Image {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut id, mut name, mut width) = (None, None, None);
        json.object(&mut [
            required("id", &mut id),
            optional("name", &mut name),
            required("width", &mut width),
        ])?;
        let (Some(id), Some(width)) = (id, width) else {
            return Err(json.incomplete());
        };
        Ok(Self { id, name, width })
    }
}

/// A page of images.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ImageList {
    pub items: Vec<Image>,
    pub meta: Option<Meta>,
}

impl Decode for ImageList {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut items, mut meta) = (None, None);
        json.object(&mut [required("items", &mut items), optional("meta", &mut meta)])?;
        let (Some(items),) = (items,) else {
            return Err(json.incomplete());
        };
        Ok(Self { items, meta })
    }
}

impl Page for ImageList {
    type Item = Image;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn total(&self) -> Option<u64> {
        self.meta
            .as_ref()?
            .total
            .and_then(|total| u64::try_from(total).ok())
    }

    fn into_items(self) -> Vec<Image> {
        self.items
    }
}

/// About a list.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Meta {
    pub total: Option<i64>,
}

impl Decode for Meta {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut total = None;
        json.object(&mut [optional("total", &mut total)])?;
        Ok(Self { total })
    }
}

/// The state of an image.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageStatus {
    /// `NEW`
    New,
    /// `IN PROGRESS`
    InProgress,
    /// A value that the API's description does not name.
    Unknown(UnknownValue),
}

impl ImageStatus {
    /// Every documented value.
    pub const ALL: &'static [Self] = &[Self::New, Self::InProgress];

    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::New => "NEW",
            Self::InProgress => "IN PROGRESS",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

impl From<&str> for ImageStatus {
    fn from(value: &str) -> Self {
        match value {
            "NEW" => Self::New,
            "IN PROGRESS" => Self::InProgress,
            other => Self::Unknown(UnknownValue::new(other)),
        }
    }
}

string_enumeration!(ImageStatus);

/// Images to delete.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImageIds {
    pub image_ids: Vec<String>,
}

impl ImageIds {
    #[must_use]
    pub fn new(image_ids: impl Into<Vec<String>>) -> Self {
        Self {
            image_ids: image_ids.into(),
        }
    }
}

impl Encode for ImageIds {
    fn encode(&self, json: &mut Encoder) {
        json.object(&[("image_ids", &self.image_ids)]);
    }
}

/// What to export.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExportCreate {
    pub format: String,
    pub name: Option<String>,
}

impl Encode for ExportCreate {
    fn encode(&self, json: &mut Encoder) {
        json.object(&[("format", &self.format), ("name", &self.name)]);
    }
}

/// An export that runs on the server.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExportJob {
    pub id: String,
    pub status: Option<String>,
}

impl Decode for ExportJob {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut id, mut status) = (None, None);
        json.object(&mut [required("id", &mut id), optional("status", &mut status)])?;
        let (Some(id),) = (id,) else {
            return Err(json.incomplete());
        };
        Ok(Self { id, status })
    }
}

/// An error.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    pub message: String,
}

impl Decode for Problem {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut message = None;
        json.object(&mut [required("message", &mut message)])?;
        let (Some(message),) = (message,) else {
            return Err(json.incomplete());
        };
        Ok(Self { message })
    }
}
