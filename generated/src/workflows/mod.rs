//! Flows of several operations, in one call each: uploading media, and exporting a project to a file.
//!
//! Written by hand on the client's public face; the generator leaves this folder alone.

mod export;
mod upload;

pub use export::{download_url, export_to_file, file_name};
pub use upload::Uploader;
