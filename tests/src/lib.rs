//! What the workspace tests share.

pub mod house_rules;
