//! Workers that share a work: threads with the stack of a program's main thread, in which the generator may panic.
//!
//! Comes in: what each worker does until nothing is left. Goes out: the first error of one of them. Must not know what the work is.

use anyhow::{Result, anyhow};

/// The stack of a worker: that of a program's main thread.
const STACK: usize = 8 << 20;

/// Runs `work` in as many threads, each with its number, to the end of all.
pub(crate) fn share(workers: usize, work: &(dyn Fn(usize) -> Result<()> + Sync)) -> Result<()> {
    // A caught panic is in the result; its message on the terminal would tear the progress bar.
    std::panic::set_hook(Box::new(|_| {}));
    let result = std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for worker in 0..workers {
            let thread = std::thread::Builder::new().stack_size(STACK);
            threads.push(thread.spawn_scoped(scope, move || work(worker))?);
        }
        let mut result = Ok(());
        for thread in threads {
            let ended = thread.join().map_err(|_| anyhow!("a worker panicked"));
            result = result.and(ended.and_then(|ended| ended));
        }
        result
    });
    let _ = std::panic::take_hook();
    result
}
