//! `codegen`: writes `generated/` from `spec/hasty.yaml` and `spec/hasty.toml`, or checks that it is up to date.
//!
//! Comes in: the document and the settings. Goes out: the files that changed, by name. Must not know: how they are made.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use clientsmith::analyze::analyze;
use clientsmith::diagnostics::{Diagnostics, Severity, render::render};
use clientsmith::load::{Document, read_text};
use clientsmith::lower::lower;
use clientsmith::model::Api;
use clientsmith::settings::Settings;
use clientsmith::{GenerateOptions, load_options};

use crate::workspace::root;

/// The settings of the client, from the root of the workspace.
const SETTINGS: &str = "spec/hasty.toml";

/// Options of `codegen`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail and name the files that differ.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let options = options(arguments.check)?;
    let started = Instant::now();
    let outcome = clientsmith::generate(&options);
    let seconds = started.elapsed().as_secs_f64();
    show(&outcome.diagnostics);
    if !outcome.succeeded {
        return Ok(ExitCode::FAILURE);
    }
    let out = options.out.display();
    let operations = outcome.report.operations;
    println!(
        "{} of {} operations, {} warnings, {seconds:.2} s",
        operations.emitted,
        operations.declared,
        outcome.diagnostics.count(Severity::Warning)
    );
    let Some(changes) = outcome.changes else {
        println!("{out}/ is up to date");
        return Ok(ExitCode::SUCCESS);
    };
    for path in &changes.written {
        println!("written  {out}/{path}");
    }
    for path in &changes.removed {
        println!("removed  {out}/{path}");
    }
    println!(
        "{} written, {} removed, {} unchanged",
        changes.written.len(),
        changes.removed.len(),
        changes.unchanged
    );
    Ok(ExitCode::SUCCESS)
}

/// What to generate: paths in the settings are read from the root of the workspace, wherever the command was called.
pub(crate) fn options(check: bool) -> Result<GenerateOptions> {
    std::env::set_current_dir(root())?;
    let settings =
        Settings::open(Path::new(SETTINGS)).map_err(|diagnostic| anyhow!("{diagnostic}"))?;
    let set = |path: Option<PathBuf>, what: &str| {
        path.with_context(|| format!("{SETTINGS} must say where the {what} is"))
    };
    Ok(GenerateOptions {
        spec: set(settings.spec, "document")?,
        out: set(settings.out, "output folder")?,
        settings: Some(PathBuf::from(SETTINGS)),
        check,
        regenerate: Some("cargo xtask codegen".to_owned()),
        ..GenerateOptions::default()
    })
}

/// Shows diagnostics with the lines they are about.
pub(crate) fn show(diagnostics: &Diagnostics) {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let text = render(diagnostics, colours, |file| read_text(Path::new(file)).ok());
    if !text.trim().is_empty() {
        eprintln!("{}", text.trim_end());
    }
}

/// The model of the API, as the client is emitted from it.
pub(crate) fn model() -> Result<Api> {
    let options = options(true)?;
    let settings =
        Settings::open(Path::new(SETTINGS)).map_err(|diagnostic| anyhow!("{diagnostic}"))?;
    let load = load_options(&options, Some(&settings));
    let document = Document::open_with(&options.spec, &load).map_err(|found| {
        show(&found);
        anyhow!("{} cannot be used", options.spec.display())
    })?;
    let mut diagnostics = Diagnostics::new();
    let mut api = lower(&document, &settings, &mut diagnostics);
    analyze(&mut api, &settings, &mut diagnostics);
    Ok(api)
}
