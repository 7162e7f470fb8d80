//! `cargo xtask …`: a table of contents of the maintenance commands.

fn main() {}
