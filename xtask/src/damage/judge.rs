//! One broken document through the generator, in this process, up to the texts of the files.
//!
//! Comes in: a text. Goes out: a [`Verdict`]. Must not know how the document was broken.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use clientsmith::diagnostics::{Diagnostics, Severity};
use clientsmith::load::Document;
use clientsmith::package::{self, PackageFacts, PackageFault};
use clientsmith::settings::Settings;
use clientsmith::{analyze, lower};

use super::watch;
use crate::corpus::panic_message;

/// What became of a document.
pub(super) struct Verdict {
    /// Whether a crate came out.
    pub(super) generated: bool,
    /// How long it took.
    pub(super) took: Duration,
    /// The diagnostics by code.
    pub(super) codes: Vec<(String, usize)>,
    /// What should never happen, where it did.
    pub(super) failure: Option<String>,
}

/// Runs the generator.
pub(super) fn judge(name: &str, text: &str) -> Verdict {
    let started = Instant::now();
    let before = watch::peak_memory();
    let result = catch_unwind(AssertUnwindSafe(|| generate(name, text)));
    let mut verdict = Verdict {
        generated: false,
        took: started.elapsed(),
        codes: Vec::new(),
        failure: None,
    };
    match result {
        Ok((diagnostics, faults)) => {
            verdict.generated = faults.is_empty() && !diagnostics.has_errors();
            verdict.failure = complaint(&diagnostics, &faults);
            let codes = diagnostics.by_code();
            verdict.codes = codes
                .iter()
                .map(|(code, count)| (code.to_string(), *count))
                .collect();
        }
        Err(panic) => {
            verdict.failure = Some(format!("panicked: {}", panic_message(panic.as_ref())));
        }
    }
    if verdict.failure.is_none() && watch::grew_too_large(before) {
        verdict.failure = Some("memory grew beyond bounds".to_owned());
    }
    verdict
}

/// What is wrong with an outcome: a fault of the generator's own, or an error without a place.
fn complaint(diagnostics: &Diagnostics, faults: &[PackageFault]) -> Option<String> {
    if let Some(fault) = faults.first() {
        return Some(format!("emitted what is not Rust: {fault}"));
    }
    diagnostics
        .iter()
        .find(|found| found.severity == Severity::Error && found.location.is_none())
        .map(|found| format!("refused without a place: {found}"))
}

fn generate(name: &str, text: &str) -> (Diagnostics, Vec<PackageFault>) {
    let document = match Document::parse(name, text) {
        Ok(document) => document,
        Err(diagnostics) => return (diagnostics, Vec::new()),
    };
    let settings = Settings::default();
    let mut diagnostics = Diagnostics::new();
    let mut api = lower::lower(&document, &settings, &mut diagnostics);
    analyze::analyze(&mut api, &settings, &mut diagnostics);
    let mut facts = PackageFacts::from_api(&api, name);
    facts.apply(&settings, None);
    let faults = package::package(&api, &facts).err().unwrap_or_default();
    diagnostics.extend(document.take_diagnostics());
    diagnostics.locate(|pointers| document.locate(pointers));
    (diagnostics, faults)
}
