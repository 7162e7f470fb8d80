//! Progress of uploads and downloads, and the guard against those that stand still.
//!
//! In: the number of bytes each piece moves. Out: calls of the user's function, and an end when nothing has moved for a
//! while.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How far an upload or a download has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes moved so far. Begins anew when the transfer is retried.
    pub bytes: u64,
    /// Bytes altogether, if that is known.
    pub total: Option<u64>,
}

/// The user's function.
pub(crate) type ProgressFunction = Arc<Mutex<dyn FnMut(Progress) + Send>>;

/// Counts bytes, shared between a transfer and its guard.
#[derive(Clone, Default)]
pub(crate) struct Meter {
    moved: Arc<AtomicU64>,
    pub(crate) function: Option<ProgressFunction>,
}

impl Meter {
    pub(crate) fn restart(&self) {
        self.moved.store(0, Ordering::Relaxed);
    }

    pub(crate) fn add(&self, bytes: usize, total: Option<u64>) -> u64 {
        let moved = self.moved.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        if let Some(function) = &self.function {
            let mut function = function.lock().unwrap_or_else(PoisonError::into_inner);
            function(Progress {
                bytes: moved,
                total,
            });
        }
        moved
    }

    pub(crate) fn moved(&self) -> u64 {
        self.moved.load(Ordering::Relaxed)
    }

    /// Runs a transfer as long as bytes keep moving; none if nothing has moved for `idle`.
    pub(crate) async fn guard<F: Future>(&self, idle: Duration, transfer: F) -> Option<F::Output> {
        let mut transfer = std::pin::pin!(transfer);
        let mut before = self.moved();
        loop {
            match tokio::time::timeout(idle, transfer.as_mut()).await {
                Ok(output) => return Some(output),
                Err(_) => {
                    let now = self.moved();
                    if now == before {
                        return None;
                    }
                    before = now;
                }
            }
        }
    }
}
