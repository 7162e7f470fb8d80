//! `bench generate --against RIVAL [DOCUMENT…]`: what it costs to generate the client of a document, beside another generator.
//!
//! Comes in: documents of OpenAPI. Goes out: CPU time and peak memory of both programs as a whole, in turns, and the ratios. Ours is built as
//! users build it; theirs comes from crates.io.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use super::against::report;
use super::compile::{megabytes, middle};
use super::measure::{Cost, measure};
use super::rival::Rival;
use crate::workspace::{cargo, run as run_command, target};

/// GitHub's description on npm: the package, its version, and the file in it.
const GITHUB: (&str, &str, &str) = (
    "@octokit/openapi",
    "23.0.2",
    "package/generated/api.github.com.json",
);

/// Runs the bench over the documents, one after the other.
pub(super) fn run(rival: Rival, documents: &[PathBuf], runs: usize) -> Result<ExitCode> {
    let github;
    let documents = if documents.is_empty() {
        github = [fetch_github()?];
        &github
    } else {
        documents
    };
    let ours = build_ours()?;
    let theirs = rival.program()?;
    println!(
        "{:<32} {:<18} {:>9} {:>9}",
        "the whole program", "", "CPU", "memory"
    );
    let base = target().join("bench-generate");
    for document in documents {
        let document = document
            .canonicalize()
            .with_context(|| document.display().to_string())?;
        let name = document.file_stem().unwrap_or_default().to_string_lossy();
        let (mut our_costs, mut their_costs) = (Vec::new(), Vec::new());
        for _ in 0..runs.max(1) {
            our_costs.push(ours_once(&ours, &document, &base.join("clientsmith"))?);
            let folder = base.join(rival.package());
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder)?;
            their_costs.push(measure(&mut rival.command(&theirs, &document, &folder))?);
        }
        let (our_cost, their_cost) = (middle(our_costs), middle(their_costs));
        report(&name, "clientsmith", our_cost);
        report(&name, rival.package(), their_cost);
        println!(
            "clientsmith takes {:.2} times the CPU and {:.2} times the memory of {}",
            our_cost.cpu.as_secs_f64() / their_cost.cpu.as_secs_f64(),
            megabytes(our_cost) / megabytes(their_cost),
            rival.package(),
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Ours into an empty folder: everything is written.
fn ours_once(program: &Path, document: &Path, folder: &Path) -> Result<Cost> {
    let _ = fs::remove_dir_all(folder);
    let mut command = Command::new(program);
    command.arg("generate").arg("--spec").arg(document);
    command.arg("--out").arg(folder);
    measure(&mut command)
}

fn build_ours() -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--quiet", "--release", "--package", "clientsmith"]);
    run_command(&mut command)?;
    Ok(target().join("release").join("clientsmith"))
}

fn fetch_github() -> Result<PathBuf> {
    let (package, version, file) = GITHUB;
    let folder = target().join("bench-documents").join("github");
    let document = folder.join(file);
    if !document.is_file() {
        fs::create_dir_all(&folder)?;
        println!("fetching {package} {version} from npm");
        let mut pack = Command::new("npm");
        pack.args(["pack", "--silent", &format!("{package}@{version}")])
            .current_dir(&folder);
        run_command(&mut pack)?;
        let archive = format!(
            "{}-{version}.tgz",
            package.trim_start_matches('@').replace('/', "-")
        );
        let mut unpack = Command::new("tar");
        unpack.args(["-xzf", &archive, file]).current_dir(&folder);
        run_command(&mut unpack)?;
    }
    Ok(document)
}
