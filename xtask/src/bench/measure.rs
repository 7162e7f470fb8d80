//! What a process costs: CPU seconds and peak memory of it and of all it started.
//!
//! Comes in: a command. Goes out: its [`Cost`], as the operating system accounts for it (`wait4`).

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wait4::Wait4;

use crate::workspace::shown;

/// What a process and its children cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    /// CPU time in user and kernel mode.
    pub cpu: Duration,
    /// Time on the clock.
    pub elapsed: Duration,
    /// Peak resident memory of the largest single process among them, in bytes.
    pub memory: u64,
}

/// Runs a command silently and measures it.
pub(super) fn measure(command: &mut Command) -> Result<Cost> {
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    let used = child.wait4()?;
    if !used.status.success() {
        bail!("{} failed: {}", shown(command), used.status);
    }
    Ok(Cost {
        cpu: used.rusage.utime + used.rusage.stime,
        elapsed: started.elapsed(),
        memory: used.rusage.maxrss,
    })
}
