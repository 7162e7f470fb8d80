//! Every operation of the Hasty API on the wire: called with all that it takes and with as little as it allows.
//!
//! The expectations are written by hand from the facts of the API, not from the document that the client is generated
//! from: method, target, headers and body of the request byte for byte, and the reply decoded and written back equal.

mod exchange;
#[macro_use]
mod operations;

mod active_learning;
mod attributes;
mod automated_labeling;
mod buckets;
mod coverage;
mod datasets;
mod exports;
mod image_filters;
mod images;
mod inference;
mod keypoint_schemas;
mod label_classes;
mod labels;
mod projects;
mod tag_classes;
mod tag_groups;
mod three_states;
mod uploads;
mod videos;
mod workspaces;
