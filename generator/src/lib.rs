//! The pipeline of clientsmith: load, lower, analyze, emit, package.

pub mod model;
