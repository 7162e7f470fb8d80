//! The house rules: what the workspace promises about itself beyond what compiler and clippy check.
//!
//! Comes in: the files of the workspace. Goes out: a list of [`Breach`]es per rule, empty when the rule holds.
//! Must not know: how `cargo test` runs them; `tests/tests/house_rules.rs` applies each rule to the real workspace, and the
//! unit tests in each file show that it bites.

use std::fmt;
use std::path::{Path, PathBuf};

pub mod commands;
pub mod diagnostic_codes;
pub mod layout;
pub mod licences;
pub mod manifests;
pub mod module_docs;
pub mod rooms;
pub mod sizes;
pub mod skips;
mod tokens;

/// One place where a rule does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The file, relative to the root of the workspace, perhaps with a line.
    pub place: String,
    /// What is wrong there, and what would be right.
    pub fault: String,
}

impl Breach {
    /// A breach of a rule.
    pub fn new(place: impl Into<String>, fault: impl Into<String>) -> Self {
        Breach {
            place: place.into(),
            fault: fault.into(),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.fault)
    }
}

/// A text file of the workspace.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its path relative to the root of the workspace, with `/` between the parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl SourceFile {
    /// A file that is not on the disk, for the tests of the rules.
    pub fn new(path: &str, text: &str) -> Self {
        SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Whether the generator wrote it, so that rules for hand-written code leave it alone.
    pub fn is_generated(&self) -> bool {
        self.path.starts_with("generated/src/")
    }
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Every file below the root whose name ends so, in the order of their paths. Build output, installed npm packages and
/// recorded inputs and outputs of tests (`tests/fixtures`, snapshots) are no part of the house.
///
/// # Panics
///
/// When a folder of the workspace cannot be read.
pub fn files(root: &Path, ending: &str) -> Vec<SourceFile> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).expect("the workspace can be read by its tests");
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                let outside = ["target", ".git", "node_modules", "fixtures", "snapshots"];
                if !outside.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name.ends_with(ending) {
                let text =
                    std::fs::read_to_string(&path).expect("files of the workspace are UTF-8 text");
                found.push(SourceFile {
                    path: relative(root, &path),
                    text,
                });
            }
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Fails the test that calls it, with every breach on a line of its own.
///
/// # Panics
///
/// When there is a breach.
#[allow(clippy::panic, reason = "this is the assertion of every rule's test")]
pub fn assert_none(rule: &str, breaches: &[Breach]) {
    if !breaches.is_empty() {
        let lines: Vec<String> = breaches.iter().map(|b| format!("  {b}")).collect();
        panic!("{rule}\n{}", lines.join("\n"));
    }
}
