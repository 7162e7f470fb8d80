//! Time and memory of the workers while they work.
//!
//! Comes in: who began what when. Goes out: the end of the program where a worker hangs, since a thread cannot be stopped; the peak memory
//! of this process.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

/// How long one document may take.
const LONGEST: Duration = Duration::from_secs(10);

/// How much memory the process may take, in bytes.
const LARGEST: u64 = 2 << 30;

/// The documents that are being worked on.
pub(super) struct Watch {
    working: Vec<Mutex<Option<(u64, Instant)>>>,
    done: AtomicBool,
}

impl Watch {
    /// A watch over so many workers.
    pub(super) fn new(workers: usize) -> Self {
        Self {
            working: (0..workers).map(|_| Mutex::new(None)).collect(),
            done: AtomicBool::new(false),
        }
    }

    /// A worker begins with the document of a number.
    pub(super) fn begin(&self, worker: usize, number: u64) {
        self.set(worker, Some((number, Instant::now())));
    }

    /// A worker has come to the end of its document.
    pub(super) fn end(&self, worker: usize) {
        self.set(worker, None);
    }

    fn set(&self, worker: usize, to: Option<(u64, Instant)>) {
        if let Some(slot) = self.working.get(worker) {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }

    /// All workers are done.
    pub(super) fn dismiss(&self) {
        self.done.store(true, Ordering::Relaxed);
    }

    /// Looks after the workers until [`Watch::dismiss`], and ends the program where one of them hangs.
    pub(super) fn guard(&self, bar: &ProgressBar) {
        while !self.done.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(100));
            for slot in &self.working {
                let working = *slot.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((number, since)) = working
                    && since.elapsed() > LONGEST
                {
                    bar.abandon();
                    eprintln!("error: number {number} hangs: it takes more than {LONGEST:?}");
                    std::process::exit(1);
                }
            }
        }
    }
}

/// The most memory that this process has held so far, in bytes; `None` where the system does not say.
pub(super) fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

/// Whether the peak went beyond the bound since it was `before`.
pub(super) fn grew_too_large(before: Option<u64>) -> bool {
    let beyond = |bytes: Option<u64>| bytes.is_some_and(|bytes| bytes > LARGEST);
    !beyond(before) && beyond(peak_memory())
}
