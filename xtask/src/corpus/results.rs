//! The results of a corpus run as a table that is committed, and the comparison of a new run with it.
//!
//! Comes in: the entries, and the file. Goes out: the file in Markdown, or how it differs. It holds counts and no times, so that two runs
//! of one generator give the same bytes. Why something is not right, where that is no fault of the client's, is written by hand in
//! `reasons.toml` beside the table: a reason that nothing needs any more is a difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::right::{Count, Failure};
use super::table::{codes, funnel, number, warnings};
use super::{Entry, Looked, Outcome};

/// Reasons by document and place, `figma-api.yaml /paths/~1v1/get`.
type Reasons = BTreeMap<String, String>;

/// Writes the table.
pub(super) fn write(entries: &[Entry], looked: Looked, file: &Path) -> Result<()> {
    let text = markdown(entries, looked, &reasons(file)?);
    fs::write(file, text).with_context(|| file.display().to_string())
}

/// The lines that a new run would take away and add; none where the table is true.
pub(super) fn differences(entries: &[Entry], looked: Looked, file: &Path) -> Result<Vec<String>> {
    let committed = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let reasons = reasons(file)?;
    let now = markdown(entries, looked, &reasons);
    let gone = committed
        .lines()
        .filter(|line| !now.lines().any(|other| other == *line))
        .map(|line| format!("- {line}"));
    let new = now
        .lines()
        .filter(|line| !committed.lines().any(|other| other == *line))
        .map(|line| format!("+ {line}"));
    let needed: BTreeSet<String> = left(entries)
        .map(|(entry, failure)| place(entry, failure))
        .collect();
    let unneeded = reasons
        .keys()
        .filter(|place| looked.examples && !needed.contains(*place))
        .map(|place| format!("reasons.toml: nothing is wrong with {place} any more"));
    Ok(gone.chain(new).chain(unneeded).collect())
}

fn reasons(file: &Path) -> Result<Reasons> {
    let file = file.with_file_name("reasons.toml");
    if !file.is_file() {
        return Ok(Reasons::new());
    }
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    toml::from_str(&text).with_context(|| file.display().to_string())
}

fn markdown(entries: &[Entry], looked: Looked, reasons: &Reasons) -> String {
    let mut text = String::from(
        "# What becomes of real documents\n\nWritten by `cargo xtask corpus DIR --results FILE`; compared by the same with `--compare`.\n\n| step | documents | share |\n| --- | ---: | ---: |\n",
    );
    for (step, count) in funnel(entries, looked) {
        let _ = writeln!(
            text,
            "| {step} | {count} | {} % |",
            100 * count / entries.len().max(1)
        );
    }
    let total = |what: &str, which: &str| -> u64 {
        entries
            .iter()
            .filter_map(|entry| number(entry, what, which))
            .sum()
    };
    let _ = writeln!(
        text,
        "\nOperations emitted: {} of {}. Schemas read as any JSON although the document says more: {} of {}.",
        total("operations", "emitted"),
        total("operations", "declared"),
        total("schemas", "untyped"),
        total("schemas", "declared")
    );
    if looked.examples {
        shares(&mut text, entries);
    }
    text.push_str("\n| code | diagnostics | what |\n| --- | ---: | --- |\n");
    for (code, (count, title)) in codes(entries) {
        let _ = writeln!(text, "| {code} | {count} | {title} |");
    }
    documents(&mut text, entries, looked);
    if looked.examples {
        failures(&mut text, entries, reasons);
    }
    text
}

/// How many examples came back equal, and how many requests were as the document says; over all documents.
fn shares(text: &mut String, entries: &[Entry]) {
    let total = |of: &dyn Fn(&super::right::Right) -> Count| {
        let counts = entries
            .iter()
            .filter_map(|entry| entry.right.as_ref())
            .map(of);
        counts.fold(Count::default(), Count::plus)
    };
    let examples = total(&|right| right.examples);
    let requests = total(&|right| right.requests);
    let _ = writeln!(
        text,
        "\nEach example goes through the client's own types and back, and each operation is called with what the document shows or its schemas allow; the request is read back by the document alone and held against it. Where the document contradicts itself, as by an example that its own schema does not allow, nothing can be right.\n\n| | tried | right | the document contradicts itself | left |\n| --- | ---: | ---: | ---: | ---: |"
    );
    for (what, count) in [("examples", examples), ("requests", requests)] {
        let left = count.tried - count.right - count.contradicted;
        let _ = writeln!(
            text,
            "| {what} | {} | {} | {} | {left} |",
            count.tried, count.right, count.contradicted
        );
    }
}

fn documents(text: &mut String, entries: &[Entry], looked: Looked) {
    let (names, line) = if looked.examples {
        (" examples | requests |", " ---: | ---: |")
    } else {
        ("", "")
    };
    let _ = writeln!(
        text,
        "\n| document | version | operations | schemas | untyped | warnings |{names} outcome |\n| --- | --- | ---: | ---: | ---: | ---: |{line} --- |"
    );
    for entry in entries {
        let count = |what: &str, which: &str| {
            number(entry, what, which).map_or(String::new(), |count| count.to_string())
        };
        let version = entry
            .report
            .as_ref()
            .and_then(|report| report.get("openapi").and_then(Value::as_str));
        let _ = write!(
            text,
            "| {} | {} | {}/{} | {} | {} | {} | ",
            entry.document,
            version.unwrap_or_default(),
            count("operations", "emitted"),
            count("operations", "declared"),
            count("schemas", "declared"),
            count("schemas", "untyped"),
            warnings(entry).map_or(String::new(), |count| count.to_string()),
        );
        if looked.examples {
            let (examples, requests) =
                entry.right.as_ref().map_or_else(Default::default, |right| {
                    (share(right.examples), share(right.requests))
                });
            let _ = write!(text, "{examples} | {requests} | ");
        }
        let _ = writeln!(text, "{} |", outcome(entry.outcome));
    }
}

/// How many were right of those in which the document does not contradict itself.
fn share(count: Count) -> String {
    match count.tried - count.contradicted {
        0 => String::new(),
        possible => format!("{}/{possible}", count.right),
    }
}

/// What is not right, and not the document's own fault.
fn left(entries: &[Entry]) -> impl Iterator<Item = (&Entry, &Failure)> {
    entries.iter().flat_map(|entry| {
        let failures = entry.right.iter().flat_map(|right| &right.failures);
        failures
            .filter(|failure| failure.contradiction.is_none())
            .map(move |failure| (entry, failure))
    })
}

/// What reasons call it.
fn place(entry: &Entry, failure: &Failure) -> String {
    format!("{} {}", entry.document, failure.pointer)
}

fn failures(text: &mut String, entries: &[Entry], reasons: &Reasons) {
    text.push_str("\n## What is left\n\n");
    let mut is_any = false;
    for (entry, failure) in left(entries) {
        is_any = true;
        let plain = |text: &str| text.replace(['`', '\n'], " ");
        let reason = match reasons.get(&place(entry, failure)) {
            Some(reason) => format!(". {reason}"),
            None => String::new(),
        };
        let _ = writeln!(
            text,
            "* {} `{}`: `{}`: {}{reason}",
            entry.document,
            plain(&failure.pointer),
            plain(&failure.expected),
            plain(&failure.got)
        );
    }
    if !is_any {
        text.push_str("Nothing.\n");
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Panicked => "**panicked**",
        Outcome::Refused => "refused",
        Outcome::Generated => "generated",
        Outcome::Unstable => "**differs from run to run**",
        Outcome::Broken => "**does not compile**",
        Outcome::Compiles => "compiles",
    }
}

#[cfg(test)]
mod tests {
    use super::super::right::Right;
    use super::*;

    const LOOKED: Looked = Looked {
        crates: true,
        docs: false,
        examples: true,
    };

    fn entry(warnings: usize) -> Entry {
        let warning = serde_json::json!({"severity": "warning", "code": "CS0402", "pointer": ""});
        Entry {
            right: Some(Right {
                examples: Count {
                    tried: 5,
                    right: 3,
                    contradicted: 2,
                },
                ..Right::default()
            }),
            report: Some(serde_json::json!({
                "openapi": "3.0.3",
                "operations": {"declared": 2, "emitted": 2},
                "schemas": {"declared": 5, "emitted": 4, "untyped": 1},
                "diagnostics": vec![warning; warnings],
            })),
            ..Entry::new("a.yaml".to_owned(), Outcome::Compiles)
        }
    }

    #[test]
    fn a_run_with_other_counts_differs_from_the_table_and_the_same_run_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("RESULTS.md");
        write(&[entry(1)], LOOKED, &file).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("| a.yaml | 3.0.3 | 2/2 | 5 | 1 | 1 | 3/3 |  | compiles |"));
        assert!(text.contains("| CS0402 | 1 | "), "{text}");
        assert_eq!(differences(&[entry(1)], LOOKED, &file).unwrap().len(), 0);
        let found = differences(&[entry(2)], LOOKED, &file).unwrap();
        assert!(found.iter().any(|line| line.starts_with("- | a.yaml")));
        assert!(found.iter().any(|line| line.starts_with("+ | a.yaml")));
    }
}
