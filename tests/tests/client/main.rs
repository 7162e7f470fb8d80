//! The client as its user meets it, against a real server that behaves well, badly, or not at all.

mod decoding;
mod environment;
mod errors;
mod jobs;
mod paging;
mod redirects;
mod responses;
mod retries;
mod setting;
mod transfers;
