//! The runtime of a generated client: everything that is the same for every API.
//!
//! In: what the emitted code says about its API and its operations. Out: requests on the wire, and values. It is real
//! Rust, compiled and tested on its own, and copied into each generated crate as it is: no file in here knows any API.

pub mod answer;
pub mod api;
pub mod call;
pub mod constraints;
pub mod core;
pub mod credential;
pub mod download;
pub mod error;
mod exchange;
pub mod extension_method;
pub mod failure;
pub mod file;
pub mod file_or;
pub mod form;
pub mod json;
pub(crate) mod macros;
#[cfg(feature = "mock")]
pub mod mock;
mod multipart;
pub mod one_or_many;
pub mod operation;
pub mod paging;
pub mod parameter;
pub mod polling;
pub mod progress;
pub mod read;
mod redact;
mod redirect;
mod request;
mod reqwest_transport;
pub mod response;
pub mod response_header;
pub mod retry;
mod retry_after;
pub mod stream;
pub mod style;
pub mod transport;
pub mod upload;

pub use self::core::{Core, CoreBuilder};
pub use answer::Answer;
pub use api::Api;
pub use call::{Call, CallFuture, SendFuture};
pub use credential::{Secret, SecurityKind, SecurityRequirement, SecurityScheme};
pub use download::{Download, DownloadStream};
pub use error::{Error, ErrorBody, Result};
pub use failure::Failure;
pub use file::File;
pub use file_or::FileOr;
pub use form::FormStyle;
pub use multipart::PartStyle;
pub use one_or_many::OneOrMany;
pub use operation::Request;
pub use paging::{CursorPaging, Items, NumberPaging, OffsetPaging, Page, Pages, Paging};
pub use parameter::{Joined, JsonText, Parameter};
pub use polling::{Polling, Wait};
pub use progress::Progress;
pub use read::{Read, ReadError};
pub use response::Response;
pub use retry::RetryPolicy;
pub use style::{Style, Styled};
pub use transport::{
    Body, BoxError, BytesStream, IncomingResponse, OutgoingRequest, Transport, TransportError,
    TransportErrorKind, TransportFuture,
};
pub use upload::{Upload, UploadBody};

/// Bytes of bodies.
pub use bytes::Bytes;
/// The types of HTTP itself that the runtime's signatures use.
pub use http::{HeaderMap, Method, StatusCode};
