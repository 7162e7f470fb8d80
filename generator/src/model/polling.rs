//! Polling: how the end of a job is told.

use std::time::Duration;

use serde::Serialize;

/// How the end of a job is told: the operation is called again until a field of its response says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Polling {
    /// The Rust names of the fields that lead from the response to the status.
    pub status: Vec<String>,
    /// Statuses of a job that is done.
    pub done: Vec<String>,
    /// Statuses of a job that failed.
    pub failed: Vec<String>,
    /// Parts of a status, in any case, that tell a failed job.
    pub failed_containing: Vec<String>,
    /// The first wait between two calls.
    pub interval: Duration,
    /// The longest wait between two calls; the wait grows up to it.
    pub max_interval: Duration,
    /// When waiting is given up.
    pub deadline: Duration,
}
