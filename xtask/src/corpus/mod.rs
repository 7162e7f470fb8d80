//! `corpus DIR`: the generator over a folder of documents, and what becomes of each.
//!
//! Comes in: a folder of OpenAPI documents. Goes out: a funnel and a table on the terminal, a report as JSON; exit 1 when the generator
//! panicked, or emitted a crate that does not compile. A document that is refused with a diagnostic is no failure.

mod check;
mod expected;
mod results;
mod right;
mod table;

use std::collections::HashSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use clientsmith::diagnostics::Severity;
use clientsmith::{GenerateOptions, Origin};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::workers;
use crate::workspace::{stand_alone, target};

/// Options of `corpus`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder; it is searched through, for .json, .yaml and .yml.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Run `cargo check` on each crate that was generated.
    #[arg(long)]
    check_crates: bool,
    /// Run `cargo doc` with warnings denied on each crate that was generated.
    #[arg(long)]
    check_docs: bool,
    /// Carry the examples of each document through the types of its client, and hold the requests that the client makes of them against
    /// the document.
    #[arg(long)]
    check_examples: bool,
    /// Generate each crate a second time, and see that it is the same.
    #[arg(long)]
    check_again: bool,
    /// Documents worked on at once.
    #[arg(long, default_value_t = std::thread::available_parallelism().map_or(1, |cores| cores.get()))]
    jobs: usize,
    /// Where to write the report, as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Take over what the report already holds, and look only at the other documents: a run that was stopped goes on.
    #[arg(long = "continue", requires = "report")]
    goes_on: bool,
    /// Where to write the counts as a table in Markdown.
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    /// Write no table: fail where it differs from this run, and say how.
    #[arg(long, requires = "results")]
    compare: bool,
    /// The diagnostics that are expected of each document; fail where it is given others.
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// Write the expected diagnostics instead of comparing them.
    #[arg(long, requires = "expect")]
    write: bool,
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// The generator panicked.
    Panicked,
    /// The generator refused it, with a diagnostic.
    Refused,
    /// A crate was generated.
    Generated,
    /// A crate was generated, and the second time another.
    Unstable,
    /// A crate was generated, and does not compile.
    Broken,
    /// A crate was generated, and compiles.
    Compiles,
}

/// What was looked at beside generation.
#[derive(Debug, Clone, Copy, Default)]
struct Looked {
    crates: bool,
    docs: bool,
    examples: bool,
}

/// A document and what became of it.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// The file, from the folder on.
    document: String,
    outcome: Outcome,
    /// Seconds that generation took.
    seconds: f64,
    /// Seconds that `cargo check` took.
    #[serde(skip_serializing_if = "Option::is_none")]
    check_seconds: Option<f64>,
    /// Whether its documentation can be built without a warning.
    #[serde(skip_serializing_if = "Option::is_none")]
    documented: Option<bool>,
    /// What became of the document's examples.
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<right::Right>,
    /// The panic, the diagnostics that refused it, or the first errors of the compiler.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    messages: Vec<String>,
    /// What the generator reports, as with `clientsmith generate --report`.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Value>,
}

impl Entry {
    /// A document of which nothing more is known.
    fn new(document: String, outcome: Outcome) -> Self {
        Self {
            document,
            outcome,
            seconds: 0.0,
            check_seconds: None,
            documented: None,
            right: None,
            messages: Vec::new(),
            report: None,
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut documents = Vec::new();
    find_documents(&arguments.folder, &mut documents)?;
    documents.sort();
    let entries = work_through(arguments, &documents)?;
    if entries.is_empty() {
        bail!("{} holds no description", arguments.folder.display());
    }
    let looked = Looked {
        // The program that tries the examples is built with the crate, and its warnings count.
        crates: entries
            .iter()
            .any(|entry| matches!(entry.outcome, Outcome::Compiles | Outcome::Broken)),
        docs: entries.iter().any(|entry| entry.documented.is_some()),
        examples: entries.iter().any(|entry| entry.right.is_some()),
    };
    table::print(&entries, looked);
    write_report(arguments, &entries)?;
    let mut is_as_promised = true;
    if let Some(file) = &arguments.results {
        if arguments.compare {
            is_as_promised &= is_true(file, &results::differences(&entries, looked, file)?);
        } else {
            results::write(&entries, looked, file)?;
        }
    }
    if let Some(file) = &arguments.expect {
        if arguments.write {
            expected::write(&entries, file)?;
        } else {
            is_as_promised &= is_true(file, &expected::differences(&entries, file)?);
        }
    }
    let failed = |entry: &Entry| {
        matches!(
            entry.outcome,
            Outcome::Panicked | Outcome::Unstable | Outcome::Broken
        )
    };
    Ok(if !is_as_promised || entries.iter().any(failed) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn write_report(arguments: &Arguments, entries: &[Entry]) -> Result<()> {
    let Some(file) = &arguments.report else {
        return Ok(());
    };
    let text = serde_json::to_string_pretty(entries)?;
    fs::write(file, text + "\n").with_context(|| file.display().to_string())
}

/// What the report of a run that was stopped holds of these documents.
fn done_before(arguments: &Arguments, documents: &[PathBuf]) -> Result<Vec<Entry>> {
    let Some(file) = arguments.report.as_ref().filter(|_| arguments.goes_on) else {
        return Ok(Vec::new());
    };
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut entries: Vec<Entry> = serde_json::from_str(&text)?;
    let names: HashSet<String> = documents
        .iter()
        .map(|document| name_of(arguments, document))
        .collect();
    entries.retain(|entry| names.contains(&entry.document));
    Ok(entries)
}

/// The file, from the folder on.
fn name_of(arguments: &Arguments, document: &Path) -> String {
    let inside = document.strip_prefix(&arguments.folder).unwrap_or(document);
    inside.to_string_lossy().into_owned()
}

/// Whether a file says what this run found; if not, says how they differ.
fn is_true(file: &Path, differences: &[String]) -> bool {
    if !differences.is_empty() {
        println!("\n{} is not true any more", file.display());
    }
    for line in differences {
        println!("{line}");
    }
    differences.is_empty()
}

pub(crate) fn find_documents(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() {
            find_documents(&path, found)?;
        } else if matches!(ending, Some("json" | "yaml" | "yml")) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file that was refused declares a version of OpenAPI: on a line of its own, or anywhere in JSON on one line. Files that hold
/// only parts of descriptions do not.
fn is_description(document: &Path) -> bool {
    // What cannot be read is for the generator to refuse.
    fs::read(document).map_or(true, |bytes| {
        let text = String::from_utf8_lossy(&bytes);
        ["openapi", "swagger"].iter().any(|key| {
            text.lines().any(|line| {
                let line = line.trim_start_matches([' ', '\t', '{', '\u{feff}']);
                let line = line.trim_start_matches(['"', '\'']);
                line.strip_prefix(key).is_some_and(|rest| {
                    rest.trim_start_matches(['"', '\''])
                        .trim_start()
                        .starts_with(':')
                })
            }) || text.contains(&format!("\"{key}\":"))
        })
    })
}

fn work_through(arguments: &Arguments, documents: &[PathBuf]) -> Result<Vec<Entry>> {
    let before = done_before(arguments, documents)?;
    let done: HashSet<String> = before.iter().map(|entry| entry.document.clone()).collect();
    let documents: Vec<&PathBuf> = documents
        .iter()
        .filter(|document| !done.contains(&name_of(arguments, document)))
        .collect();
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} (left: {eta}) {msg}")?;
    let bar = ProgressBar::new(documents.len() as u64).with_style(style);
    let next = AtomicUsize::new(0);
    let entries = Mutex::new(before);
    workers::share(arguments.jobs.max(1), &|worker| {
        while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
            let entry = judge(arguments, document, worker)?;
            bar.inc(1);
            let Some(entry) = entry else {
                continue;
            };
            bar.set_message(entry.document.clone());
            let mut entries = entries.lock().map_err(|_| anyhow!("a worker panicked"))?;
            entries.push(entry);
            // A build takes so long that what was found is kept from the start.
            if arguments.check_crates || arguments.check_examples {
                write_report(arguments, &entries)?;
            }
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    let mut entries = entries
        .into_inner()
        .map_err(|_| anyhow!("a worker panicked"))?;
    entries.sort_by(|one, other| one.document.cmp(&other.document));
    Ok(entries)
}

/// Generates from a document, and checks the crate if asked; nothing where the file is no description. A worker's folder is used again
/// and again.
fn judge(arguments: &Arguments, document: &Path, worker: usize) -> Result<Option<Entry>> {
    let folder = target().join("corpus").join(format!("worker-{worker}"));
    let out = folder.join("crate");
    let is_built = arguments.check_crates || arguments.check_docs || arguments.check_examples;
    if is_built {
        // A build leaves its own changes in the crate.
        let _ = fs::remove_dir_all(&out);
    }
    fs::create_dir_all(&folder)?;
    let options = GenerateOptions {
        spec: document.to_owned(),
        out: out.clone(),
        name: Some("corpus-client".to_owned()),
        // Nobody would read the files.
        dry_run: !is_built && !arguments.check_again,
        ..GenerateOptions::default()
    };
    let started = Instant::now();
    let generated = catch_unwind(AssertUnwindSafe(|| {
        clientsmith::generate_and_keep(&options)
    }));
    let mut entry = Entry::new(name_of(arguments, document), Outcome::Refused);
    entry.seconds = started.elapsed().as_secs_f64();
    let (outcome, origin) = match generated {
        Ok(outcome) => outcome,
        Err(panic) => {
            entry.outcome = Outcome::Panicked;
            entry.messages.push(panic_message(panic.as_ref()));
            return Ok(Some(entry));
        }
    };
    entry.report = Some(serde_json::to_value(&outcome.report)?);
    let Some(origin) = origin else {
        let errors = outcome
            .diagnostics
            .iter()
            .filter(|one| one.severity == Severity::Error);
        entry.messages = errors.map(ToString::to_string).collect();
        return Ok(is_description(document).then_some(entry));
    };
    entry.outcome = Outcome::Generated;
    if arguments.check_again {
        let again = clientsmith::generate(&GenerateOptions {
            check: true,
            ..options
        });
        if !again.succeeded {
            entry.outcome = Outcome::Unstable;
            entry.messages = again.diagnostics.iter().map(ToString::to_string).collect();
            return Ok(Some(entry));
        }
    }
    if is_built {
        stand_alone(&out)?;
        look_at(arguments, &origin, &folder, &mut entry)?;
    }
    Ok(Some(entry))
}

/// Builds the crate that was generated in a worker's folder, in the ways asked for.
fn look_at(arguments: &Arguments, origin: &Origin, folder: &Path, entry: &mut Entry) -> Result<()> {
    let (out, target) = (folder.join("crate"), folder.join("target"));
    if arguments.check_crates {
        let checked = check::check(&out, &target)?;
        entry.outcome = if checked.errors.is_empty() {
            Outcome::Compiles
        } else {
            Outcome::Broken
        };
        entry.check_seconds = Some(checked.seconds);
        entry.messages = checked.errors;
    }
    if arguments.check_docs {
        let faults = check::document(&out, &target)?;
        entry.documented = Some(faults.is_empty());
        entry.messages.extend(faults);
    }
    if arguments.check_examples {
        match right::check(origin, &out, &folder.join("program"), &target) {
            Ok(right) => {
                entry.right = Some(right);
                if entry.outcome == Outcome::Generated {
                    entry.outcome = Outcome::Compiles;
                }
            }
            Err(error) => {
                entry.outcome = Outcome::Broken;
                entry.messages.push(format!("{error:#}"));
            }
        }
    }
    Ok(())
}

pub(crate) fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without a message").to_owned()
}
