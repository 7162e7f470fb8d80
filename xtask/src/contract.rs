//! `contract`: every operation of the client, called through a third-party validator that has read the same document.
//!
//! Comes in: `spec/hasty.yaml`, the validator pinned in `tests/contract`, the calls of `tests/tests/contract.rs`. Goes out: a table of
//! operations called and violations found on either side; exit 1 unless every operation was called and nothing was violated.
//! The validator answers with what it makes from the document: once from the examples, once at random from the schemas.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::workspace::{cargo, root, run as run_command, target};

/// Options of `contract`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Seed of the answers made at random from the schemas.
    #[arg(long, default_value = "contract")]
    seed: String,
}

/// One run of the calls against the validator.
struct Round {
    title: &'static str,
    test: &'static str,
    options: Vec<String>,
}

/// What a round found.
#[derive(Default)]
struct Outcome {
    called: BTreeSet<String>,
    requests: usize,
    violations: Vec<String>,
    undecodable: Vec<String>,
    passed: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let validator = install()?;
    let declared = declared_operations()?;
    let rounds = [
        Round {
            title: "answers from the document's examples",
            test: "every_operation_keeps_the_contract",
            options: Vec::new(),
        },
        Round {
            title: "answers made at random from the schemas",
            test: "every_operation_keeps_the_contract",
            options: vec![
                "--dynamic".to_owned(),
                "--seed".to_owned(),
                arguments.seed.clone(),
            ],
        },
    ];
    let mut clean = true;
    let mut lines = Vec::new();
    for round in &rounds {
        let outcome = round_trip(&validator, round)?;
        let missing: Vec<&String> = declared.difference(&outcome.called).collect();
        let strange: Vec<&String> = outcome.called.difference(&declared).collect();
        clean &= outcome.passed
            && missing.is_empty()
            && strange.is_empty()
            && outcome.violations.is_empty()
            && outcome.undecodable.is_empty();
        for (what, list) in [("not called", missing), ("not in the document", strange)] {
            for operation in list {
                eprintln!("{what}: {operation}");
            }
        }
        for line in outcome.violations.iter().chain(&outcome.undecodable) {
            eprintln!("{line}");
        }
        lines.push((round.title, outcome));
    }
    let wrong = Round {
        title: "requests that are wrong on purpose",
        test: "wrong_requests_are_refused",
        options: Vec::new(),
    };
    let bitten = round_trip(&validator, &wrong)?;
    clean &= bitten.passed
        && bitten.violations.len() >= bitten.called.len()
        && !bitten.called.is_empty();
    print_table(&declared, &lines, &bitten);
    Ok(if clean {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn print_table(declared: &BTreeSet<String>, lines: &[(&str, Outcome)], bitten: &Outcome) {
    println!();
    println!("operations in the document: {}", declared.len());
    println!(
        "{:<42} {:>10} {:>9} {:>11} {:>12}",
        "", "operations", "requests", "violations", "undecodable"
    );
    println!(
        "{:<42} {:>10} {:>9} {:>11} {:>12}",
        "", "called", "sent", "in requests", "responses"
    );
    for (title, outcome) in lines {
        println!(
            "{title:<42} {:>10} {:>9} {:>11} {:>12}",
            outcome.called.len(),
            outcome.requests,
            outcome.violations.len(),
            outcome.undecodable.len()
        );
    }
    println!(
        "requests wrong on purpose: {} sent, {} refused by the validator",
        bitten.called.len(),
        bitten.violations.len()
    );
}

/// Installs the pinned validator below the build output, once per lock file; returns its program.
fn install() -> Result<PathBuf> {
    let pins = root().join("tests/contract");
    let folder = target().join("contract");
    let lock = fs::read(pins.join("package-lock.json"))
        .context("cannot read tests/contract/package-lock.json")?;
    let installed = folder.join("installed-lock.json");
    if fs::read(&installed).ok().as_ref() != Some(&lock) {
        fs::create_dir_all(&folder)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(pins.join(file), folder.join(file))?;
        }
        let mut npm = Command::new("npm");
        npm.args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel",
            "error",
        ]);
        run_command(npm.current_dir(&folder)).context("the validator needs node and npm")?;
        fs::write(&installed, &lock)?;
    }
    Ok(folder.join("node_modules/@stoplight/prism-cli/dist/index.js"))
}

fn declared_operations() -> Result<BTreeSet<String>> {
    let text = fs::read_to_string(root().join("spec/hasty.yaml"))
        .context("cannot read spec/hasty.yaml")?;
    let document: serde_json::Value = serde_yaml::from_str(&text).context("spec/hasty.yaml")?;
    let paths = document.get("paths").and_then(serde_json::Value::as_object);
    let ids: BTreeSet<String> = paths
        .into_iter()
        .flat_map(|paths| paths.values())
        .filter_map(serde_json::Value::as_object)
        .flat_map(|path| path.values())
        .filter_map(|operation| operation.get("operationId")?.as_str().map(str::to_owned))
        .collect();
    if ids.is_empty() {
        bail!("spec/hasty.yaml holds no operation");
    }
    Ok(ids)
}

fn round_trip(validator: &Path, round: &Round) -> Result<Outcome> {
    println!("contract: {}", round.title);
    let folder = target().join("contract");
    let log = folder.join("validator.log");
    let report = folder.join("calls.txt");
    fs::write(&report, "")?;
    let server = Server::start(validator, &round.options, &log)?;
    let status = cargo()
        .args([
            "test",
            "--quiet",
            "--package",
            "clientsmith-tests",
            "--test",
            "contract",
            "--",
        ])
        .args(["--ignored", "--exact", round.test])
        .env(
            "CONTRACT_BASE_URL",
            format!("http://127.0.0.1:{}", server.port),
        )
        .env("CONTRACT_REPORT", &report)
        .stdin(Stdio::null())
        .status()?;
    drop(server);
    let mut outcome = read_log(&fs::read_to_string(&log)?);
    outcome.passed = status.success();
    for line in fs::read_to_string(&report)?.lines() {
        match line.split_once('\t') {
            Some((operation, "called")) => {
                outcome.called.insert(operation.to_owned());
            }
            Some((operation, fault)) => outcome.undecodable.push(format!("{operation}: {fault}")),
            None => bail!("the calls reported a line without a tab: {line}"),
        }
    }
    Ok(outcome)
}

/// Requests received and violations found, by the validator's own account.
fn read_log(log: &str) -> Outcome {
    let mut outcome = Outcome::default();
    let mut request = String::new();
    for line in log.lines() {
        if let Some((_, rest)) = line.split_once("[HTTP SERVER]") {
            if rest.contains("Request received") {
                outcome.requests += 1;
                let words: Vec<&str> = rest.split_whitespace().take(2).collect();
                request = words.join(" ");
            } else if rest.contains("terminated with error") {
                outcome
                    .violations
                    .push(format!("{request}: {}", rest.trim()));
            }
        } else if let Some((_, violation)) = line.split_once("Violation:") {
            outcome
                .violations
                .push(format!("{request}: {}", violation.trim()));
        }
    }
    outcome
}

/// The running validator; stopped when dropped.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(validator: &Path, options: &[String], log: &Path) -> Result<Server> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let output = File::create(log)?;
        let process = Command::new("node")
            .arg(validator)
            .args(["mock", "--errors", "--host", "127.0.0.1", "--port"])
            .arg(port.to_string())
            .args(options)
            .arg(root().join("spec/hasty.yaml"))
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stderr(output.try_clone()?)
            .stdout(output)
            .spawn()
            .context("cannot start node")?;
        let mut server = Server { process, port };
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let said = fs::read_to_string(log)?;
            if said.contains("is listening") {
                return Ok(server);
            }
            if let Some(status) = server.process.try_wait()? {
                bail!("the validator stopped: {status}\n{said}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!(
            "the validator did not start within a minute: see {}",
            log.display()
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended by itself needs no stopping.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_tells_requests_and_violations() {
        let log = "\
[11:41:45 PM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:4711
[11:41:45 PM] › [HTTP SERVER] get /v1/projects ℹ  info      Request received
[11:41:45 PM] ›     [VALIDATOR] ✔  success   The request passed the validation rules. Looking for the best response
[11:41:45 PM] › [HTTP SERVER] get /v1/images ℹ  info      Request received
[11:41:45 PM] ›     [VALIDATOR] ✖  error     Request query parameter limit must be integer
[11:41:45 PM] ›     [VALIDATOR] ✖  error     Violation: request.query.limit Request query parameter limit must be integer
[11:41:45 PM] › [HTTP SERVER] get /v1/nothing ℹ  info      Request received
[11:41:45 PM] › [HTTP SERVER] get /v1/nothing ✖  error     Request terminated with error: NO_PATH_MATCHED_ERROR
";
        let outcome = read_log(log);
        assert_eq!(outcome.requests, 3);
        assert_eq!(outcome.violations.len(), 2);
        assert_eq!(
            outcome.violations[0],
            "get /v1/images: request.query.limit Request query parameter limit must be integer"
        );
    }
}
