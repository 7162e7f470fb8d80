//! The pipeline of clientsmith: load, lower, analyze, emit, package.

pub mod diagnostics;
pub mod load;
pub mod model;
pub mod settings;
