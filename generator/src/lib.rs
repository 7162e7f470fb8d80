//! The pipeline of clientsmith: load, lower, analyze, emit, package.

pub mod analyze;
pub mod cli;
pub mod diagnostics;
mod emit;
pub mod load;
pub mod lower;
pub mod model;
pub mod package;
pub mod report;
pub mod settings;

/// The crate from outside: how a program that depends on it names its types and calls its operations.
pub mod outside {
    pub use crate::emit::{CallArgument, ClientCall, client_call, is_readable, type_path};
}

use std::path::{Path, PathBuf};
use std::time::Instant;

use diagnostics::{Diagnostics, Severity};
use load::{Change, Document, LoadOptions, Selection, Selector};
use model::Api;
use package::{Package, PackageFacts, write::Changes};
use report::Report;
use settings::Settings;

/// What to generate, from what, to where.
#[derive(Debug, Clone, Default)]
pub struct GenerateOptions {
    /// The OpenAPI description.
    pub spec: PathBuf,
    /// The folder of the crate.
    pub out: PathBuf,
    /// The settings file, if there is one.
    pub settings: Option<PathBuf>,
    /// The name of the package, before that of the settings.
    pub name: Option<String>,
    /// Folders, besides that of the description, whose files it may refer to.
    pub allow_dirs: Vec<PathBuf>,
    /// Overlays, after those of the settings, in this order.
    pub overlays: Vec<PathBuf>,
    /// The operations that are wanted, besides what the settings say.
    pub selection: Selection,
    /// Compare with what is there, and write nothing.
    pub check: bool,
    /// Make everything, and write nothing.
    pub dry_run: bool,
    /// Write nothing where there is a warning.
    pub deny_warnings: bool,
    /// The command that generates the crate again, for the headers of its files; without it, `clientsmith generate` with these paths.
    pub regenerate: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Whether the crate is written or, with `check`, is up to date, or could be written.
    pub succeeded: bool,
    /// Everything there was to say, with places, in their order.
    pub diagnostics: Diagnostics,
    /// The same and more, for machines.
    pub report: Report,
    /// What was written; nothing with `check` or `dry_run`, or where it failed.
    pub changes: Option<Changes>,
}

/// What a crate was made from, for those who go on with it.
#[derive(Debug)]
pub struct Origin {
    /// The document, as it was read.
    pub document: Document,
    /// The model of the client.
    pub api: Api,
    /// The name of the crate's library.
    pub library: String,
}

/// Generates a crate. Never fails half way: what goes wrong is in the outcome, and then the folder is as it was.
#[must_use]
pub fn generate(options: &GenerateOptions) -> Outcome {
    generate_and_keep(options).0
}

/// Generates a crate as [`generate`] does, and keeps what it was made from, so that the files need not be read again.
#[must_use]
pub fn generate_and_keep(options: &GenerateOptions) -> (Outcome, Option<Origin>) {
    let mut outcome = Outcome::default();
    outcome.report.spec = options.spec.display().to_string();
    let origin = pipeline(options, &mut outcome);
    outcome.succeeded = origin.is_some();
    outcome.report.say(&outcome.diagnostics);
    (outcome, origin)
}

/// The stages; `None` where one of them stops.
fn pipeline(options: &GenerateOptions, outcome: &mut Outcome) -> Option<Origin> {
    let started = Instant::now();
    let settings = options
        .settings
        .as_deref()
        .map_or_else(|| Ok(Settings::default()), Settings::open);
    let settings = outcome.diagnostics.keep(settings);
    let load_options = load_options(options, settings.as_ref());
    let document = Document::open_with(&options.spec, &load_options)
        .map_err(|found| outcome.diagnostics.extend(found))
        .ok();
    outcome.report.seconds.load = started.elapsed().as_secs_f64();
    let (settings, document) = (settings?, document?);
    outcome.report.openapi = Some(document.version().to_owned());
    outcome.report.schemas.declared = document.schemas().len();
    outcome.report.operations.declared = document
        .paths()
        .iter()
        .map(|path| {
            document
                .operations(&path.pointer)
                .map_or(0, |operations| operations.len())
        })
        .sum();

    outcome.report.operations.excluded = document.excluded().count();

    let composed = compose(&settings, &document, options, outcome);
    outcome.diagnostics.extend(document.take_diagnostics());
    outcome
        .diagnostics
        .locate(|pointers| document.locate(pointers));
    let denied = options.deny_warnings && outcome.diagnostics.count(Severity::Warning) > 0;
    if denied || outcome.diagnostics.has_errors() {
        return None;
    }
    let (package, api, library) = composed?;
    write(&package, options, outcome)?;
    Some(Origin {
        document,
        api,
        library,
    })
}

/// What is read besides the description, as options and settings say.
#[must_use]
pub fn load_options(options: &GenerateOptions, settings: Option<&Settings>) -> LoadOptions {
    let mut changes = Vec::new();
    let mut selection = Selection::default();
    if let Some(settings) = settings {
        selection.include.clone_from(&settings.select.include);
        selection.exclude.clone_from(&settings.select.exclude);
        if settings.select.deprecated == Some(false) {
            selection.exclude.push(Selector::deprecated());
        }
        changes.extend(settings.overlays.iter().cloned().map(Change::Overlay));
        if !settings.patches.is_empty() {
            changes.extend(options.settings.clone().map(Change::Patches));
        }
    }
    selection
        .include
        .extend(options.selection.include.iter().cloned());
    selection
        .exclude
        .extend(options.selection.exclude.iter().cloned());
    changes.extend(options.overlays.iter().cloned().map(Change::Overlay));
    LoadOptions {
        allow: options.allow_dirs.clone(),
        addresses: settings
            .map(|settings| settings.references.clone())
            .unwrap_or_default(),
        changes,
        selection,
    }
}

/// From the document to the files of the crate, the model, and the name of the library.
fn compose(
    settings: &Settings,
    document: &Document,
    options: &GenerateOptions,
    outcome: &mut Outcome,
) -> Option<(Package, Api, String)> {
    let started = Instant::now();
    let mut api = lower::lower(document, settings, &mut outcome.diagnostics);
    analyze::analyze(&mut api, settings, &mut outcome.diagnostics);
    outcome.report.seconds.lower = started.elapsed().as_secs_f64();
    outcome.report.schemas.untyped = api.untyped;
    outcome.report.schemas.emitted = api.types.len();
    outcome.report.operations.emitted = api.operation_count();

    let mut facts = PackageFacts::from_api(&api, &file_name(&options.spec));
    facts.apply(settings, options.name.as_deref());
    if let Some(command) = &options.regenerate {
        facts.regenerate.clone_from(command);
    }
    match package::package(&api, &facts) {
        Ok(made) => {
            outcome.report.seconds.emit = made.emit_seconds;
            outcome.report.seconds.format = made.format_seconds;
            Some((made.package, api, facts.library()))
        }
        Err(faults) => {
            outcome
                .diagnostics
                .extend(faults.iter().map(package::PackageFault::diagnostic));
            None
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn write(package: &Package, options: &GenerateOptions, outcome: &mut Outcome) -> Option<()> {
    if options.dry_run {
        return Some(());
    }
    let started = Instant::now();
    let result = if options.check {
        package::write::check(package, &options.out).map(|()| None)
    } else {
        package::write::write(package, &options.out).map(Some)
    };
    outcome.report.seconds.write = started.elapsed().as_secs_f64();
    match result {
        Ok(changes) => {
            outcome.changes = changes;
            Some(())
        }
        Err(found) => {
            outcome.diagnostics.extend(found);
            None
        }
    }
}
