//! `cargo xtask …`: a table of contents of the maintenance commands. Each has a file of its own, and the work is done there.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

mod bench;
mod codegen;
mod contract;
mod corpus;
mod damage;
mod mutations;
mod workers;
mod workspace;

/// As in `clientsmith` itself.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Maintenance of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write generated/ from spec/hasty.yaml and spec/hasty.toml.
    Codegen(codegen::Arguments),
    /// Call every operation of the client through a validator that reads the same document (needs node and npm).
    Contract(contract::Arguments),
    /// Measure compile time, the codec, and generation.
    Bench(bench::Arguments),
    /// Run the generator over a folder of documents.
    Corpus(corpus::Arguments),
    /// Break documents on purpose, thousands of times, and see that the generator bears it.
    Damage(damage::Arguments),
    /// Break the generator on purpose, one place at a time, and see that a test notices.
    Mutations(mutations::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Contract(arguments) => contract::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Damage(arguments) => damage::run(&arguments),
        Command::Mutations(arguments) => mutations::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
