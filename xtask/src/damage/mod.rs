//! `damage DIR`: documents that are broken on purpose, in every way that comes to mind, through the whole generator.
//!
//! Comes in: a folder of documents and a seed. Goes out: how many broken documents were generated from or refused, and every one that made
//! the generator panic, hang, grow, emit something that is no Rust, or refuse without a place; exit 1 where there is one. The same seed
//! breaks the same documents in the same way, whatever the number of jobs.

mod judge;
mod text;
mod tree;
mod watch;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use fastrand::Rng;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::corpus::find_documents;
use crate::workers;
use crate::workspace::target;
use judge::Verdict;
use watch::Watch;

/// Larger documents are left out: breaking them says what breaking small ones says, at a thousand times the cost.
const LARGEST: usize = 1 << 20;

/// The weight of a document is one over its size; below this many bytes all weigh the same.
const SMALLEST: usize = 2 << 10;

/// Options of `damage`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder; it is searched through, for .json, .yaml and .yml.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// How many broken documents to make.
    #[arg(long, default_value_t = 100_000)]
    documents: u64,
    /// Stop after so many seconds, however many documents were made.
    #[arg(long, value_name = "SECONDS")]
    seconds: Option<u64>,
    /// Where the random numbers begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Make only the document of this number, and leave it in target/damage/.
    #[arg(long, value_name = "NUMBER")]
    only: Option<u64>,
    /// Documents worked on at once.
    #[arg(long, default_value_t = std::thread::available_parallelism().map_or(1, |cores| cores.get()))]
    jobs: usize,
}

/// A document that is broken again and again.
struct Original {
    name: String,
    text: String,
    /// Its tree, where it can be read.
    tree: Option<Value>,
    /// What the weights of the documents up to this one come to.
    weight_so_far: f64,
}

/// What became of all.
#[derive(Default)]
struct Tally {
    generated: u64,
    refused: u64,
    /// How long the slowest took, and its number.
    slowest: (Duration, u64),
    codes: BTreeMap<String, u64>,
    failures: Vec<(u64, String)>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let originals = read(arguments)?;
    println!(
        "{} documents of at most {} KB, seed {}",
        originals.len(),
        LARGEST >> 10,
        arguments.seed
    );
    let started = Instant::now();
    let tally = match arguments.only {
        Some(number) => once(&originals, arguments, number)?,
        None => work_through(&originals, arguments)?,
    };
    println!(
        "{} broken documents in {:.0} s: {} generated, {} refused; the slowest, number {}, took {:.2} s; peak memory {} MB",
        tally.generated + tally.refused + tally.failures.len() as u64,
        started.elapsed().as_secs_f64(),
        tally.generated,
        tally.refused,
        tally.slowest.1,
        tally.slowest.0.as_secs_f64(),
        watch::peak_memory().map_or_else(|| "?".to_owned(), |bytes| (bytes >> 20).to_string()),
    );
    let codes: Vec<String> = tally
        .codes
        .iter()
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    println!("diagnostics: {}", codes.join(", "));
    println!("failures: {}", tally.failures.len());
    for (number, failure) in tally.failures.iter().take(50) {
        println!("  number {number}: {failure}");
    }
    if tally.failures.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("`--only NUMBER` with the same folder and seed makes one of them again");
    Ok(ExitCode::FAILURE)
}

/// The documents, from small to large.
fn read(arguments: &Arguments) -> Result<Vec<Original>> {
    let mut files = Vec::new();
    find_documents(&arguments.folder, &mut files)?;
    files.sort();
    let mut originals = Vec::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        if text.len() > LARGEST || !(text.contains("openapi") || text.contains("swagger")) {
            continue;
        }
        let name = file.strip_prefix(&arguments.folder).unwrap_or(&file);
        let tree = serde_json::from_str(&text)
            .ok()
            .or_else(|| serde_yaml::from_str(&text).ok());
        originals.push(Original {
            name: name.to_string_lossy().into_owned(),
            text,
            tree,
            weight_so_far: 0.0,
        });
    }
    if originals.is_empty() {
        bail!("{} holds no description", arguments.folder.display());
    }
    originals.sort_by_key(|original| original.text.len());
    let mut weight = 0.0;
    for original in &mut originals {
        weight += 1.0 / original.text.len().max(SMALLEST) as f64;
        original.weight_so_far = weight;
    }
    Ok(originals)
}

/// The broken document of a number: its name, its text, and what was done to it.
fn broken(originals: &[Original], seed: u64, number: u64) -> Option<(String, String, String)> {
    // Neighbouring seeds give unrelated numbers only after being spread.
    let mut random = Rng::with_seed(
        seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .wrapping_add(number),
    );
    random.u64(..);
    let all = originals.last()?.weight_so_far;
    let at = random.f64() * all;
    let index = originals.partition_point(|original| original.weight_so_far < at);
    let original = originals.get(index).or(originals.last())?;
    let mut done = Vec::new();
    let mut text = original.text.clone();
    if let Some(mut tree) = original.tree.clone()
        && random.u8(..10) > 0
    {
        for _ in 0..random.usize(1..=4) {
            done.push(tree::damage(&mut tree, &mut random));
        }
        text = if random.u8(..8) == 0 {
            serde_yaml::to_string(&tree).unwrap_or_default()
        } else {
            tree.to_string()
        };
    }
    if done.is_empty() || random.u8(..10) == 0 {
        done.push(text::damage(&mut text, &mut random));
    }
    Some((original.name.clone(), text, done.join(", ")))
}

fn once(originals: &[Original], arguments: &Arguments, number: u64) -> Result<Tally> {
    let mut tally = Tally::default();
    if let Some((name, text, done)) = broken(originals, arguments.seed, number) {
        let folder = target().join("damage");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{number}.txt"));
        fs::write(&file, &text).with_context(|| file.display().to_string())?;
        println!("{name}: {done}\n{}", file.display());
        tally.add(number, &name, &done, judge::judge(&name, &text));
    }
    Ok(tally)
}

fn work_through(originals: &[Original], arguments: &Arguments) -> Result<Tally> {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} (left: {eta})")?;
    let bar = ProgressBar::new(arguments.documents).with_style(style);
    let tally = Mutex::new(Tally::default());
    let next = AtomicU64::new(0);
    let jobs = arguments.jobs.max(1);
    let watch = Watch::new(jobs);
    let until = arguments
        .seconds
        .map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let work = |worker: usize| -> Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let late = until.is_some_and(|until| Instant::now() > until);
            if number >= arguments.documents || late {
                return Ok(());
            }
            let Some((name, text, done)) = broken(originals, arguments.seed, number) else {
                return Ok(());
            };
            watch.begin(worker, number);
            let verdict = judge::judge(&name, &text);
            watch.end(worker);
            bar.inc(1);
            tally
                .lock()
                .map_err(|_| anyhow!("a worker panicked"))?
                .add(number, &name, &done, verdict);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| watch.guard(&bar));
        let result = workers::share(jobs, &work);
        watch.dismiss();
        result
    })?;
    bar.finish_and_clear();
    tally
        .into_inner()
        .map_err(|_| anyhow!("a worker panicked"))
        .map(Tally::sorted)
}

impl Tally {
    fn add(&mut self, number: u64, name: &str, done: &str, verdict: Verdict) {
        self.slowest = self.slowest.max((verdict.took, number));
        for (code, count) in verdict.codes {
            *self.codes.entry(code).or_default() += count as u64;
        }
        match verdict.failure {
            Some(failure) => self
                .failures
                .push((number, format!("{name} ({done}): {failure}"))),
            None if verdict.generated => self.generated += 1,
            None => self.refused += 1,
        }
    }

    fn sorted(mut self) -> Self {
        self.failures.sort();
        self
    }
}
