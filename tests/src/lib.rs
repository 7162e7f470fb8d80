//! What the workspace tests share.

pub mod fixtures;
pub mod house_rules;
pub mod json_text;
pub mod server;
