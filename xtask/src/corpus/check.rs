//! `cargo check` and `cargo doc` of a crate that was generated: in a folder that a worker uses again and again, so that dependencies are built once.
//!
//! Comes in: the crate's folder. Goes out: the compiler's errors and warnings, none when the crate is as promised.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use anyhow::Result;
use serde_json::Value;

use crate::workspace::cargo;

/// Errors kept of one crate.
const KEPT: usize = 5;

/// What the compiler said.
pub(super) struct Checked {
    /// The first errors and warnings.
    pub errors: Vec<String>,
    /// Seconds that the check took.
    pub seconds: f64,
}

/// The features of the crate in `package` that bring all of its API: its groups of operations, and webhooks.
pub(super) fn features(package: &Path) -> Result<Vec<&'static str>> {
    let manifest: toml::Table = fs::read_to_string(package.join("Cargo.toml"))?.parse()?;
    let has = |name: &&'static str| {
        let features = manifest.get("features").and_then(toml::Value::as_table);
        features.is_some_and(|features| features.contains_key(*name))
    };
    Ok(["full", "webhooks"].into_iter().filter(has).collect())
}

/// Checks the crate in `package`, with the build output in `target`.
pub(super) fn check(package: &Path, target: &Path) -> Result<Checked> {
    let started = Instant::now();
    Ok(Checked {
        errors: faults_of_library(package, target, &["check"])?,
        seconds: started.elapsed().as_secs_f64(),
    })
}

/// Builds the documentation of the crate in `package`; gives the errors and warnings of rustdoc.
pub(super) fn document(package: &Path, target: &Path) -> Result<Vec<String>> {
    faults_of_library(package, target, &["doc", "--no-deps"])
}

/// The first errors and warnings of a cargo command on the library in `package`, with all of its API.
fn faults_of_library(package: &Path, target: &Path, command: &[&str]) -> Result<Vec<String>> {
    let features = features(package)?.join(",");
    let options = ["--quiet", "--lib", "--message-format", "json", "--features"];
    let mut arguments = [command, &options].concat();
    arguments.push(&features);
    faults(package, target, &arguments)
}

/// The first errors and warnings of a cargo command.
pub(super) fn faults(package: &Path, target: &Path, arguments: &[&str]) -> Result<Vec<String>> {
    let output = cargo()
        .args(arguments)
        .current_dir(package)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTDOCFLAGS", "-D warnings")
        .stdin(Stdio::null())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut errors: Vec<String> = text
        .lines()
        .filter_map(compiler_message)
        .take(KEPT)
        .collect();
    if errors.is_empty() && !output.status.success() {
        errors.push(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    Ok(errors)
}

/// The text of an error or warning in a line of cargo's JSON.
fn compiler_message(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    let message = line.get("message")?;
    let level = message.get("level")?.as_str()?;
    let is_fault = matches!(level, "error" | "warning") && message.get("spans")?.get(0).is_some();
    is_fault.then(|| {
        message
            .get("rendered")
            .and_then(Value::as_str)
            .unwrap_or(level)
            .trim()
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_and_warnings_are_kept_and_the_rest_is_not() {
        let error = r#"{"reason":"compiler-message","message":{"level":"error","rendered":"error: no\n","spans":[{}]}}"#;
        assert_eq!(compiler_message(error).as_deref(), Some("error: no"));
        let summary = r#"{"reason":"compiler-message","message":{"level":"error","rendered":"aborting","spans":[]}}"#;
        assert_eq!(compiler_message(summary), None);
        assert_eq!(
            compiler_message(r#"{"reason":"build-finished","success":true}"#),
            None
        );
    }
}
