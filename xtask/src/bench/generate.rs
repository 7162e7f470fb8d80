//! `bench generate`: how long it takes to generate the client when nothing has changed.
//!
//! Comes in: the document and the settings of the client. Goes out: the middle of several runs, stage by stage. Build with `--release` to
//! measure what users run: `cargo run --release --package xtask -- bench generate`. With `--against`, whole programs on other documents:
//! that is `generate_against`'s.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use super::generate_against;
use super::rival::Rival;
use crate::codegen::{options, show};

/// Options of `bench generate`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Measured runs.
    #[arg(long, default_value_t = 11)]
    runs: usize,
    /// Measure the whole program beside another generator's.
    #[arg(long, value_name = "RIVAL")]
    against: Option<Rival>,
    /// What both generate from; without any, GitHub's description, which is fetched from npm.
    #[arg(value_name = "DOCUMENT", requires = "against")]
    documents: Vec<PathBuf>,
}

/// Runs the bench.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode> {
    if let Some(rival) = arguments.against {
        return generate_against::run(rival, &arguments.documents, arguments.runs);
    }
    let options = options(true)?;
    let mut totals = Vec::new();
    let mut stages: [Vec<f64>; 5] = Default::default();
    for _ in 0..arguments.runs.max(1) {
        let started = Instant::now();
        let outcome = clientsmith::generate(&options);
        totals.push(started.elapsed().as_secs_f64());
        if !outcome.succeeded {
            show(&outcome.diagnostics);
            bail!("the client is not up to date: run `cargo xtask codegen` first");
        }
        let seconds = outcome.report.seconds;
        let measured = [
            seconds.load,
            seconds.lower,
            seconds.emit,
            seconds.format,
            seconds.write,
        ];
        for (stage, seconds) in stages.iter_mut().zip(measured) {
            stage.push(seconds);
        }
    }
    if cfg!(debug_assertions) {
        println!("measured without optimisation: add --release to `cargo run --package xtask`");
    }
    let names = ["load", "lower", "emit", "format", "write"];
    for (name, seconds) in names.iter().zip(stages) {
        println!("{name:<8} {:>8.1} ms", middle(seconds) * 1e3);
    }
    println!("{:<8} {:>8.1} ms", "all", middle(totals) * 1e3);
    Ok(ExitCode::SUCCESS)
}

fn middle(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or_default()
}
