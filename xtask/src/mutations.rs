//! `mutations`: shows that the tests bite. Each entry of `tests/mutations/mutations.toml` breaks one place of the generator, and its test must fail.
//!
//! Comes in: the list, and the workspace as it is. Goes out: a table of breaks that were caught and missed; exit 1 when one was missed,
//! does not compile, or no longer fits the code. The workspace itself is never touched: the breaks are made in a copy below the build output.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Deserialize;

use crate::workspace::{cargo, root, target};

const LIST: &str = "tests/mutations/mutations.toml";

/// Options of `mutations`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Only the mutations whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// List the mutations and check that each fits the code, without running a test.
    #[arg(long)]
    list: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    mutation: Vec<Mutation>,
}

/// One deliberate break.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutation {
    /// Its name in the table.
    name: String,
    /// The stage of the generator that it breaks.
    stage: String,
    /// What goes wrong for a user when it is not caught.
    breaks: String,
    /// The file, from the root of the workspace.
    file: PathBuf,
    /// The text that is replaced; it must stand in the file exactly once.
    find: String,
    /// What stands there instead.
    replace: String,
    /// The arguments of `cargo test` that must fail.
    test: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Caught,
    Missed,
    DoesNotCompile,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let text =
        fs::read_to_string(root().join(LIST)).with_context(|| format!("cannot read {LIST}"))?;
    let list: List = toml::from_str(&text).with_context(|| LIST.to_owned())?;
    let chosen: Vec<&Mutation> = list
        .mutation
        .iter()
        .filter(|mutation| {
            arguments
                .only
                .as_ref()
                .is_none_or(|only| mutation.name.contains(only))
        })
        .collect();
    if chosen.is_empty() {
        bail!("no mutation has that name: see {LIST}");
    }
    for mutation in &chosen {
        let text = fs::read_to_string(root().join(&mutation.file))
            .with_context(|| format!("{}: {}", mutation.name, mutation.file.display()))?;
        broken(mutation, &text)?;
    }
    if arguments.list {
        for mutation in &chosen {
            println!(
                "{:<10} {:<40} {}",
                mutation.stage, mutation.name, mutation.breaks
            );
        }
        println!("{} mutations, each fits the code", chosen.len());
        return Ok(ExitCode::SUCCESS);
    }
    let copy = Copy::make(&target().join("mutations"))?;
    copy.check_unbroken(&chosen)?;
    let mut verdicts = Vec::new();
    for mutation in chosen {
        let started = Instant::now();
        let verdict = copy.judge(mutation)?;
        println!(
            "{:<16} {:<10} {:<40} {:>4.0} s  {}",
            format!("{verdict:?}"),
            mutation.stage,
            mutation.name,
            started.elapsed().as_secs_f64(),
            mutation.breaks
        );
        verdicts.push(verdict);
    }
    let caught = verdicts
        .iter()
        .filter(|verdict| **verdict == Verdict::Caught)
        .count();
    println!("{caught} of {} caught", verdicts.len());
    Ok(if caught == verdicts.len() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The file's text with the break in it.
fn broken(mutation: &Mutation, text: &str) -> Result<String> {
    match text.matches(&mutation.find).count() {
        1 => Ok(text.replacen(&mutation.find, &mutation.replace, 1)),
        count => bail!(
            "{}: the text to replace stands {count} times in {}, not once",
            mutation.name,
            mutation.file.display()
        ),
    }
}

/// A copy of the workspace with build output of its own, kept between runs.
struct Copy {
    folder: PathBuf,
    target: PathBuf,
}

impl Copy {
    /// Brings the copy up to date; files that are the same keep their times, so that little is built again.
    fn make(base: &Path) -> Result<Copy> {
        let copy = Copy {
            folder: base.join("workspace"),
            target: base.join("target"),
        };
        let files = tracked_files()?;
        for file in &files {
            let to = copy.folder.join(file);
            let bytes = fs::read(root().join(file)).with_context(|| file.clone())?;
            if fs::read(&to).ok().as_ref() != Some(&bytes) {
                fs::create_dir_all(to.parent().unwrap_or(&copy.folder))?;
                fs::write(&to, bytes)?;
            }
        }
        copy.remove_strays(&copy.folder, &files)?;
        Ok(copy)
    }

    fn remove_strays(&self, folder: &Path, files: &BTreeSet<String>) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.remove_strays(&path, files)?;
            } else if let Ok(inside) = path.strip_prefix(&self.folder)
                && !files.contains(&inside.to_string_lossy().replace('\\', "/"))
            {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// Every test set passes before anything is broken: else a failure would prove nothing.
    fn check_unbroken(&self, mutations: &[&Mutation]) -> Result<()> {
        let sets: BTreeSet<&Vec<String>> =
            mutations.iter().map(|mutation| &mutation.test).collect();
        for set in sets {
            println!("unbroken: cargo test {}", set.join(" "));
            if !self.test(set, false)? {
                bail!(
                    "`cargo test {}` fails before anything is broken",
                    set.join(" ")
                );
            }
        }
        Ok(())
    }

    fn judge(&self, mutation: &Mutation) -> Result<Verdict> {
        let path = self.folder.join(&mutation.file);
        let text = fs::read_to_string(&path)?;
        fs::write(&path, broken(mutation, &text)?)?;
        let verdict = (|| {
            if !self.test(&mutation.test, true)? {
                return Ok(Verdict::DoesNotCompile);
            }
            let passed = self.test(&mutation.test, false)?;
            Ok(if passed {
                Verdict::Missed
            } else {
                Verdict::Caught
            })
        })();
        fs::write(&path, text)?;
        verdict
    }

    /// Runs a test set; `only_build` stops before the tests run.
    fn test(&self, set: &[String], only_build: bool) -> Result<bool> {
        let mut command = cargo();
        command.arg("test").arg("--quiet");
        if only_build {
            command.arg("--no-run");
        }
        let status = command
            .args(set)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("INSTA_UPDATE", "no")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        Ok(status.success())
    }
}

/// What git tracks, and what it would.
fn tracked_files() -> Result<BTreeSet<String>> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .context("cannot start git")?;
    if !output.status.success() {
        bail!(
            "git ls-files failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let names = String::from_utf8(output.stdout).context("names of files are UTF-8")?;
    let exists = |name: &&str| root().join(name).is_file();
    Ok(names.lines().filter(exists).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutation(find: &str) -> Mutation {
        Mutation {
            name: "a".to_owned(),
            stage: "emit".to_owned(),
            breaks: "b".to_owned(),
            file: PathBuf::from("c.rs"),
            find: find.to_owned(),
            replace: "||".to_owned(),
            test: Vec::new(),
        }
    }

    #[test]
    fn a_break_fits_exactly_once() {
        assert_eq!(broken(&mutation("&&"), "a && b").unwrap(), "a || b");
        assert!(broken(&mutation("&&"), "a && b && c").is_err());
        assert!(broken(&mutation("&&"), "a").is_err());
    }
}
