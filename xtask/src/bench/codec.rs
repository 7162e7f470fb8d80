//! `bench codec`: the runtime's codec against serde_json with derives, in release mode.
//!
//! Comes in: the ignored test `templates/tests/json_speed.rs`, which holds both sides. Goes out: what it prints.

use std::process::ExitCode;

use anyhow::Result;

use crate::workspace::{cargo, run as run_command};

/// Runs the bench.
pub(super) fn run() -> Result<ExitCode> {
    let mut command = cargo();
    command.args([
        "test",
        "--release",
        "--package",
        "clientsmith-templates",
        "--test",
        "json_speed",
    ]);
    command.args(["--", "--ignored", "--nocapture", "--test-threads", "1"]);
    run_command(&mut command)?;
    Ok(ExitCode::SUCCESS)
}
