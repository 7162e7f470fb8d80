//! `bench compile --against RIVAL DOCUMENT…`: what the compiler spends on the client that another generator makes of the same document.
//!
//! Comes in: documents of OpenAPI. Goes out: CPU time and peak memory of `cargo check` of each crate alone, its dependencies built
//! before, and the ratios.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clientsmith::GenerateOptions;

use super::compile::{megabytes, middle};
use super::measure::{Cost, measure};
use super::rival::Rival;
use crate::codegen::show;
use crate::workspace::{cargo, run as run_command, stand_alone, target};

/// Runs the bench over the documents, one after the other.
pub(super) fn run(rival: Rival, documents: &[PathBuf], runs: usize) -> Result<ExitCode> {
    let base = target().join("bench-against");
    println!(
        "{:<32} {:<18} {:>9} {:>9}",
        "cargo check of the crate alone", "", "CPU", "memory"
    );
    for document in documents {
        let document = document
            .canonicalize()
            .with_context(|| document.display().to_string())?;
        let name = document.file_stem().unwrap_or_default().to_string_lossy();
        let folder = base.join(name.as_ref());
        let _ = fs::remove_dir_all(&folder);
        let (ours, theirs) = (folder.join("clientsmith"), folder.join(rival.package()));
        generate_ours(&document, &ours)?;
        rival.generate(&document, &theirs)?;
        let ours = checked(&ours, &base.join("target-clientsmith"), runs)?;
        report(&name, "clientsmith", ours);
        let theirs = checked(&theirs, &base.join("target-rival"), runs)?;
        report(&name, rival.package(), theirs);
        println!(
            "{} takes {:.1} times the CPU and {:.1} times the memory",
            rival.package(),
            theirs.cpu.as_secs_f64() / ours.cpu.as_secs_f64(),
            megabytes(theirs) / megabytes(ours)
        );
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn report(document: &str, generator: &str, cost: Cost) {
    println!(
        "{document:<32} {generator:<18} {:>7.2} s {:>6.0} MB",
        cost.cpu.as_secs_f64(),
        megabytes(cost)
    );
}

fn generate_ours(document: &Path, folder: &Path) -> Result<()> {
    let options = GenerateOptions {
        spec: document.to_owned(),
        out: folder.to_owned(),
        name: Some("our-client".to_owned()),
        ..GenerateOptions::default()
    };
    let outcome = clientsmith::generate(&options);
    if !outcome.succeeded {
        show(&outcome.diagnostics);
        bail!("{}: not generated", document.display());
    }
    stand_alone(folder)
}

/// What a check of the crate costs when its dependencies are checked already: once with nothing in it, then as it is.
fn checked(folder: &Path, target: &Path, runs: usize) -> Result<Cost> {
    let library = folder.join("src/lib.rs");
    let text = fs::read_to_string(&library)?;
    let check = || {
        let mut command = cargo();
        command
            .args(["check", "--quiet", "--lib"])
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS");
        command
    };
    let mut costs = Vec::new();
    for _ in 0..runs.max(1) {
        fs::write(&library, "//! Nothing.\n")?;
        run_command(&mut check())?;
        fs::write(&library, &text)?;
        costs.push(measure(&mut check())?);
    }
    Ok(middle(costs))
}
