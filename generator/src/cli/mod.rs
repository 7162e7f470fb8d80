//! The command line: arguments in, exit code out. Everything it does is done by the library.
//!
//! Exit 0: done, warnings allowed. 1: the document could not be used, or `--check` found a difference. 2: bad usage.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand, ValueEnum};

use crate::{
    GenerateOptions,
    diagnostics::{Code, Diagnostics, nearest, render::render},
    generate_and_keep,
    load::{Selection, Selector, read_text},
    package::write::write_file,
};

/// Generates a Rust client crate from an OpenAPI description.
#[derive(Debug, Parser)]
#[command(name = "clientsmith", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates a crate, or checks that it is up to date.
    Generate(Generate),
    /// Tells what the code of a diagnostic means, and what to do.
    Explain {
        /// The code, such as CS0301.
        code: String,
    },
}

#[derive(Debug, clap::Args)]
struct Generate {
    /// The OpenAPI description, JSON or YAML.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The settings, TOML.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// The name of the package.
    #[arg(long)]
    name: Option<String>,
    /// A folder, besides that of the description, whose files it may refer to. May be given several times.
    #[arg(long, value_name = "DIR")]
    allow_dir: Vec<PathBuf>,
    /// An OpenAPI Overlay (1.0 or 1.1, JSON or YAML) that changes the description before it is read. May be given several times.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Operations that the client should have, instead of all: `tag:NAME`, `path:/PATH`, `operation:ID`, `METHOD /PATH` or
    /// `deprecated`. `*` stands for anything within a segment of a path, `**` for anything. May be given several times.
    #[arg(long, value_name = "SELECTOR")]
    include: Vec<Selector>,
    /// Operations that the client should not have, written as for `--include`. May be given several times.
    #[arg(long, value_name = "SELECTOR")]
    exclude: Vec<Selector>,
    /// Compares with what is there, and writes nothing.
    #[arg(long)]
    check: bool,
    /// Says what there is to say of the description, and writes nothing.
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,
    /// What stops the generation besides errors.
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Writes a report of the run as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Deny {
    /// Every warning stops the generation.
    Warnings,
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    match Arguments::parse().command {
        Command::Generate(arguments) => run_generate(arguments),
        Command::Explain { code } => explain(&code),
    }
}

fn run_generate(arguments: Generate) -> ExitCode {
    let Generate {
        spec,
        out,
        settings,
        name,
        allow_dir,
        overlay,
        include,
        exclude,
        check,
        dry_run,
        deny,
        report,
    } = arguments;
    let deny_warnings = matches!(deny, Some(Deny::Warnings));
    let (outcome, origin) = generate_and_keep(&GenerateOptions {
        spec,
        out: out.clone(),
        settings,
        name,
        allow_dirs: allow_dir,
        overlays: overlay,
        selection: Selection { include, exclude },
        check,
        dry_run,
        deny_warnings,
        regenerate: None,
    });
    // The process ends soon, and millions of small pieces of a large document with it: nobody gains by giving each back.
    std::mem::forget(origin);
    show(&outcome.diagnostics);
    let mut succeeded = outcome.succeeded;
    if let Some(path) = report
        && let Err(diagnostic) = write_file(&path, &outcome.report.to_json())
    {
        show(&diagnostic.into());
        succeeded = false;
    }
    if let (true, Some(changes)) = (succeeded, &outcome.changes) {
        let (written, removed, unchanged) = (
            changes.written.len(),
            changes.removed.len(),
            changes.unchanged,
        );
        say(&format!(
            "{}: {written} files written, {removed} removed, {unchanged} unchanged",
            out.display()
        ));
    }
    if succeeded {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Shows diagnostics on the terminal.
fn show(diagnostics: &Diagnostics) {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    say(render(diagnostics, colours, |file| read_text(Path::new(file)).ok()).trim_end());
}

/// Writes to standard error. Nobody may be there to read it, which is no reason to fail.
fn say(text: &str) {
    if !text.is_empty() {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

fn explain(name: &str) -> ExitCode {
    const BAD_USAGE: u8 = 2;
    let Some(code) = Code::parse(name) else {
        let nearest = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let hint = nearest.map_or_else(String::new, |nearest| format!("; did you mean {nearest}?"));
        say(&format!("there is no code {name}{hint}"));
        return ExitCode::from(BAD_USAGE);
    };
    // As above: a closed pipe, as in `explain … | head -1`, is no failure.
    let _ = std::io::stdout().lock().write_all(code.page().as_bytes());
    ExitCode::SUCCESS
}
