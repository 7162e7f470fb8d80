//! `bench`: what the design promises about speed, measured.
//!
//! Comes in: the workspace. Goes out: figures on the terminal, each beside what it is compared with. A table of contents: each bench has
//! a file of its own.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

mod against;
mod codec;
mod compile;
mod generate;
mod generate_against;
mod measure;
mod rival;
mod twin;

/// Options of `bench`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: Bench,
}

#[derive(Subcommand)]
enum Bench {
    /// `cargo check` of the generated crate against the same types and operations with serde derives, or against another generator's crate.
    Compile(compile::Arguments),
    /// Decoding and encoding 10 MB of JSON against serde_json with derives.
    Codec,
    /// Generating the crate, without writing it.
    Generate(generate::Arguments),
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.what {
        Bench::Compile(arguments) => compile::run(arguments),
        Bench::Codec => codec::run(),
        Bench::Generate(arguments) => generate::run(arguments),
    }
}
