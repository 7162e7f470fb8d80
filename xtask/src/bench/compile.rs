//! `bench compile`: what the compiler spends on the generated crate, and on its twin with serde derives.
//!
//! Comes in: `generated/`, and the model it was made from. Goes out: CPU time and peak memory of `cargo check` of each crate alone,
//! its dependencies built before, and the ratios. Both hold the same runtime, so that both can retry, upload and wait; it is measured
//! alone too, since it is the larger part of a client of this size. Runs alternate, and the middle one of each counts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use clap::Args;

use super::against;
use super::measure::{Cost, measure};
use super::rival::Rival;
use super::twin;
use crate::codegen;
use crate::workspace::{cargo, root, stand_alone, target};

/// Options of `bench compile`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Measured runs of each crate; by default five, and one against a rival.
    #[arg(long)]
    runs: Option<usize>,
    /// Measure `cargo build` instead of `cargo check`.
    #[arg(long)]
    build: bool,
    /// Measure with the release profile.
    #[arg(long)]
    release: bool,
    /// Measure `cargo check` of the clients that we and another generator make of the documents.
    #[arg(long, requires = "documents", conflicts_with_all = ["build", "release"])]
    against: Option<Rival>,
    /// Documents of OpenAPI to make clients of.
    #[arg(requires = "against")]
    documents: Vec<PathBuf>,
}

/// A crate to measure.
struct Subject {
    name: &'static str,
    folder: PathBuf,
    target: PathBuf,
}

/// Runs the bench.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode> {
    if let Some(rival) = arguments.against {
        return against::run(rival, &arguments.documents, arguments.runs.unwrap_or(1));
    }
    let base = target().join("bench-compile");
    let subject = |name, folder, target: &str| Subject {
        name,
        folder,
        target: base.join(target),
    };
    let subjects = [
        subject("hasty-api", copy_of_generated(&base)?, "target-client"),
        subject(
            "twin with serde derives",
            twin_of_generated(&base)?,
            "target-twin",
        ),
        subject(
            "the runtime of both",
            runtime_alone(&base)?,
            "target-client",
        ),
    ];
    for subject in &subjects {
        println!("warming up: {}", subject.name);
        crate::workspace::run(&mut command(subject, arguments))?;
    }
    let mut costs: [Vec<Cost>; 3] = Default::default();
    for _ in 0..arguments.runs.unwrap_or(5).max(1) {
        for (subject, costs) in subjects.iter().zip(&mut costs) {
            touch(&subject.folder.join("src/lib.rs"))?;
            costs.push(measure(&mut command(subject, arguments))?);
        }
    }
    let costs = costs.map(middle);
    println!("{:<26} {:>8} {:>8} {:>10}", "", "CPU", "elapsed", "memory");
    for (subject, cost) in subjects.iter().zip(&costs) {
        println!(
            "{:<26} {:>6.2} s {:>6.2} s {:>7.0} MB",
            subject.name,
            cost.cpu.as_secs_f64(),
            cost.elapsed.as_secs_f64(),
            megabytes(*cost)
        );
    }
    let [client, twin, runtime] = costs;
    let seconds = |cost: Cost| cost.cpu.as_secs_f64();
    println!(
        "the twin takes {:.2} times the CPU and {:.2} times the memory",
        seconds(twin) / seconds(client),
        megabytes(twin) / megabytes(client)
    );
    println!(
        "what is emitted, the runtime of both apart: {:.2} times the CPU and {:.2} times the memory",
        (seconds(twin) - seconds(runtime)) / (seconds(client) - seconds(runtime)),
        (megabytes(twin) - megabytes(runtime)) / (megabytes(client) - megabytes(runtime))
    );
    Ok(ExitCode::SUCCESS)
}

fn command(subject: &Subject, arguments: &Arguments) -> Command {
    let mut command = cargo();
    command
        .arg(if arguments.build { "build" } else { "check" })
        .args(["--quiet", "--lib"])
        .current_dir(&subject.folder)
        .env("CARGO_TARGET_DIR", &subject.target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS");
    if arguments.release {
        command.arg("--release");
    }
    command
}

/// The run in the middle by CPU time.
pub(super) fn middle(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by_key(|cost| cost.cpu);
    costs.get(costs.len() / 2).copied().unwrap_or(Cost {
        cpu: Duration::ZERO,
        elapsed: Duration::ZERO,
        memory: 0,
    })
}

#[allow(clippy::cast_precision_loss, reason = "megabytes for people")]
pub(super) fn megabytes(cost: Cost) -> f64 {
    cost.memory as f64 / 1e6
}

fn touch(file: &Path) -> Result<()> {
    let file = fs::File::options().append(true).open(file)?;
    file.set_modified(SystemTime::now())?;
    Ok(())
}

/// The crate outside the workspace, so that neither its profile nor its features come from there.
fn copy_of_generated(base: &Path) -> Result<PathBuf> {
    let folder = base.join("client");
    let _ = fs::remove_dir_all(&folder);
    for name in ["Cargo.toml", "README.md"] {
        copy(&root().join("generated").join(name), &folder.join(name))?;
    }
    copy_folder(&root().join("generated/src"), &folder.join("src"))?;
    let examples = root().join("generated/examples");
    if examples.is_dir() {
        copy_folder(&examples, &folder.join("examples"))?;
    }
    stand_alone(&folder)?;
    Ok(folder)
}

fn twin_of_generated(base: &Path) -> Result<PathBuf> {
    let folder = base.join("twin");
    let api = codegen::model()?;
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in twin::files(&api, &manifest_of_generated()?)? {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        fs::write(&file, text)?;
    }
    copy_folder(
        &root().join("generated/src/runtime"),
        &folder.join("src/runtime"),
    )?;
    stand_alone(&folder)?;
    Ok(folder)
}

/// The runtime as a crate that emits nothing, in the place of a client.
fn runtime_alone(base: &Path) -> Result<PathBuf> {
    let folder = base.join("runtime");
    let _ = fs::remove_dir_all(&folder);
    copy_folder(
        &root().join("generated/src/runtime"),
        &folder.join("src/runtime"),
    )?;
    fs::write(
        folder.join("src/lib.rs"),
        "//! The runtime alone.\n\npub mod runtime;\n",
    )?;
    let manifest = twin::manifest("runtime-alone", &manifest_of_generated()?, &[])?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    stand_alone(&folder)?;
    Ok(folder)
}

fn manifest_of_generated() -> Result<String> {
    let manifest = root().join("generated/Cargo.toml");
    fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy_folder(&from, &to)?;
        } else {
            copy(&from, &to)?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| from.display().to_string())?;
    Ok(())
}
