//! The results of a corpus run as a table that is committed, and the comparison of a new run with it.
//!
//! Comes in: the entries, and the file. Goes out: the file in Markdown, or how it differs. It holds counts and no times, so that two runs
//! of one generator give the same bytes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::table::{codes, funnel, number, warnings};
use super::{Entry, Looked, Outcome, right};

/// Writes the table.
pub(super) fn write(entries: &[Entry], looked: Looked, file: &Path) -> Result<()> {
    fs::write(file, markdown(entries, looked)).with_context(|| file.display().to_string())
}

/// The lines that a new run would take away and add; none where the table is true.
pub(super) fn differences(entries: &[Entry], looked: Looked, file: &Path) -> Result<Vec<String>> {
    let committed = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let now = markdown(entries, looked);
    let gone = committed
        .lines()
        .filter(|line| !now.lines().any(|other| other == *line))
        .map(|line| format!("- {line}"));
    let new = now
        .lines()
        .filter(|line| !committed.lines().any(|other| other == *line))
        .map(|line| format!("+ {line}"));
    Ok(gone.chain(new).collect())
}

fn markdown(entries: &[Entry], looked: Looked) -> String {
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
    text.push_str("\n| code | diagnostics | what |\n| --- | ---: | --- |\n");
    for (code, (count, title)) in codes(entries) {
        let _ = writeln!(text, "| {code} | {count} | {title} |");
    }
    text.push_str(
        "\n| document | version | operations | schemas | untyped | warnings | outcome |\n| --- | --- | ---: | ---: | ---: | ---: | --- |\n",
    );
    for entry in entries {
        let count = |what: &str, which: &str| {
            number(entry, what, which).map_or(String::new(), |count| count.to_string())
        };
        let version = entry
            .report
            .as_ref()
            .and_then(|report| report.get("openapi").and_then(Value::as_str));
        let _ = writeln!(
            text,
            "| {} | {} | {}/{} | {} | {} | {} | {} |",
            entry.document,
            version.unwrap_or_default(),
            count("operations", "emitted"),
            count("operations", "declared"),
            count("schemas", "declared"),
            count("schemas", "untyped"),
            warnings(entry).map_or(String::new(), |count| count.to_string()),
            outcome(entry.outcome)
        );
    }
    text
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Panicked => "**panicked**",
        Outcome::Refused => "refused",
        Outcome::Generated => "generated",
        Outcome::Broken => "**does not compile**",
        Outcome::Compiles => "compiles",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(warnings: usize) -> Entry {
        let warning = serde_json::json!({"severity": "warning", "code": "CS0402", "pointer": ""});
        Entry {
            document: "a.yaml".to_owned(),
            outcome: Outcome::Compiles,
            seconds: 0.1,
            check_seconds: Some(2.0),
            right: None,
            messages: Vec::new(),
            report: Some(serde_json::json!({
                "openapi": "3.0.3",
                "operations": {"declared": 2, "emitted": 2},
                "schemas": {"declared": 5, "emitted": 4, "untyped": 1},
                "diagnostics": vec![warning; warnings],
            })),
        }
    }

    #[test]
    fn a_run_with_other_counts_differs_from_the_table_and_the_same_run_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("RESULTS.md");
        write(&[entry(1)], true, &file).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("| a.yaml | 3.0.3 | 2/2 | 5 | 1 | 1 | compiles |"));
        assert!(text.contains("| CS0402 | 1 | "), "{text}");
        assert_eq!(differences(&[entry(1)], true, &file).unwrap().len(), 0);
        let found = differences(&[entry(2)], true, &file).unwrap();
        assert!(found.iter().any(|line| line.starts_with("- | a.yaml")));
        assert!(found.iter().any(|line| line.starts_with("+ | a.yaml")));
    }
}
