//! The funnel and the table of a corpus run.
//!
//! Comes in: the entries. Goes out: lines on the terminal.

use std::collections::BTreeMap;

use clientsmith::diagnostics::Code;
use serde_json::Value;

use super::{Entry, Looked, Outcome};

/// How many of the slowest documents are named.
const SLOWEST: usize = 10;

/// Prints a line per document, then how far how many of them came.
pub(super) fn print(entries: &[Entry], looked: Looked) {
    println!(
        "{:<52} {:<10} {:>11} {:>11} {:>8} {:>7} {:>7}",
        "document", "outcome", "operations", "schemas", "warnings", "seconds", "check"
    );
    for entry in entries {
        println!(
            "{:<52} {:<10} {:>11} {:>11} {:>8} {:>7.2} {:>7}",
            shortened(&entry.document, 52),
            name(entry.outcome),
            of(entry, "operations"),
            of(entry, "schemas"),
            warnings(entry).map_or(String::new(), |count| count.to_string()),
            entry.seconds,
            entry
                .check_seconds
                .map_or(String::new(), |seconds| format!("{seconds:.1}"))
        );
        if matches!(
            entry.outcome,
            Outcome::Panicked | Outcome::Refused | Outcome::Unstable | Outcome::Broken
        ) {
            let first = entry
                .messages
                .iter()
                .flat_map(|message| message.lines())
                .next();
            println!("    {}", first.unwrap_or("no message"));
        }
    }
    println!();
    for (step, count) in funnel(entries, looked) {
        let share = 100 * count / entries.len().max(1);
        println!("{step:<28} {count:>6} {share:>4} %");
    }
    println!();
    for (code, (count, title)) in codes(entries) {
        println!("{code} {count:>7}  {title}");
    }
    let mut slowest: Vec<&Entry> = entries.iter().collect();
    slowest.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
    println!("\nslowest to generate");
    for entry in slowest.into_iter().take(SLOWEST) {
        println!("{:>7.2} s  {}", entry.seconds, entry.document);
    }
}

/// How often each diagnostic was given, and what it is about; notes apart.
pub(super) fn codes(entries: &[Entry]) -> BTreeMap<String, (usize, &'static str)> {
    let mut counts = BTreeMap::new();
    let diagnostics = entries
        .iter()
        .filter_map(|entry| entry.report.as_ref()?.get("diagnostics")?.as_array())
        .flatten();
    for diagnostic in diagnostics {
        let text = |key: &str| diagnostic.get(key).and_then(Value::as_str);
        let Some(code) = text("code").filter(|_| text("severity") != Some("note")) else {
            continue;
        };
        let title = Code::parse(code).map_or("", Code::title);
        counts.entry(code.to_owned()).or_insert((0, title)).0 += 1;
    }
    counts
}

/// How many documents came how far.
pub(super) fn funnel(entries: &[Entry], looked: Looked) -> Vec<(&'static str, usize)> {
    let count = |keep: &dyn Fn(&Entry) -> bool| entries.iter().filter(|entry| keep(entry)).count();
    let complete = |entry: &Entry| {
        is_generated(entry)
            && number(entry, "operations", "emitted") == number(entry, "operations", "declared")
    };
    let mut steps = vec![
        ("documents", entries.len()),
        (
            "without a panic",
            count(&|entry| entry.outcome != Outcome::Panicked),
        ),
        ("read", count(&is_read)),
        ("converted to one dialect", count(&is_converted)),
        ("lowered", count(&|entry| seconds(entry, "lower"))),
        // Tokens are made of every model, unless the generator panics: then there is no report.
        ("emitted", count(&|entry| seconds(entry, "lower"))),
        (
            "parsed by syn and printed",
            count(&|entry| seconds(entry, "emit")),
        ),
        ("generated", count(&is_generated)),
        ("with every operation", count(&complete)),
        (
            "without a warning",
            count(&|entry| is_generated(entry) && warnings(entry) == Some(0)),
        ),
    ];
    if looked.crates {
        steps.push((
            "compile without a warning",
            count(&|entry| entry.outcome == Outcome::Compiles),
        ));
    }
    if looked.docs {
        steps.push((
            "documented without a warning",
            count(&|entry| entry.documented == Some(true)),
        ));
    }
    steps
}

fn is_generated(entry: &Entry) -> bool {
    matches!(
        entry.outcome,
        Outcome::Generated | Outcome::Unstable | Outcome::Broken | Outcome::Compiles
    )
}

/// Whether the text was read: nothing of what is wrong with it is an error in the text itself.
fn is_read(entry: &Entry) -> bool {
    let Some(report) = &entry.report else {
        return false;
    };
    let diagnostics = report.get("diagnostics").and_then(Value::as_array);
    let is_of_the_text = |one: &Value| {
        let text = |key: &str| one.get(key).and_then(Value::as_str);
        text("severity") == Some("error")
            && text("code").is_some_and(|code| code.starts_with("CS01"))
    };
    is_converted(entry) || !diagnostics.into_iter().flatten().any(is_of_the_text)
}

/// Whether the document was brought into the one dialect that later stages know.
fn is_converted(entry: &Entry) -> bool {
    let version = entry
        .report
        .as_ref()
        .and_then(|report| report.get("openapi"));
    version.is_some_and(Value::is_string)
}

/// Whether a stage took any time: it ended then.
fn seconds(entry: &Entry, stage: &str) -> bool {
    let report = entry.report.as_ref();
    let seconds = report.and_then(|report| report.get("seconds")?.get(stage)?.as_f64());
    seconds.is_some_and(|seconds| seconds > 0.0)
}

fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Panicked => "PANICKED",
        Outcome::Refused => "refused",
        Outcome::Generated => "generated",
        Outcome::Unstable => "UNSTABLE",
        Outcome::Broken => "BROKEN",
        Outcome::Compiles => "compiles",
    }
}

pub(super) fn number(entry: &Entry, what: &str, which: &str) -> Option<u64> {
    entry.report.as_ref()?.get(what)?.get(which)?.as_u64()
}

/// `emitted/declared`.
fn of(entry: &Entry, what: &str) -> String {
    match (
        number(entry, what, "emitted"),
        number(entry, what, "declared"),
    ) {
        (Some(emitted), Some(declared)) => format!("{emitted}/{declared}"),
        _ => String::new(),
    }
}

pub(super) fn warnings(entry: &Entry) -> Option<usize> {
    let diagnostics = entry.report.as_ref()?.get("diagnostics")?.as_array()?;
    let is_warning = |one: &&Value| one.get("severity").and_then(Value::as_str) == Some("warning");
    Some(diagnostics.iter().filter(is_warning).count())
}

fn shortened(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length <= width {
        return text.to_owned();
    }
    let end: String = text.chars().skip(length - (width - 1)).collect();
    format!("…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(outcome: Outcome, emitted: u64) -> Entry {
        Entry {
            report: Some(serde_json::json!({
                "openapi": "3.0.3",
                "operations": {"declared": 2, "emitted": emitted},
                "diagnostics": [{"severity": "note"}],
                "seconds": {"lower": 0.1, "emit": if emitted == 0 { 0.0 } else { 0.1 }},
            })),
            ..Entry::new("a.yaml".to_owned(), outcome)
        }
    }

    #[test]
    fn the_funnel_narrows() {
        let entries = [
            entry(Outcome::Compiles, 2),
            entry(Outcome::Broken, 1),
            entry(Outcome::Panicked, 0),
        ];
        let looked = Looked {
            crates: true,
            ..Looked::default()
        };
        let counts: Vec<usize> = funnel(&entries, looked)
            .into_iter()
            .map(|(_, count)| count)
            .collect();
        assert_eq!(counts, [3, 2, 3, 3, 3, 3, 2, 2, 1, 2, 1]);
    }

    #[test]
    fn long_names_keep_their_end() {
        assert_eq!(shortened("abcdef", 4), "…def");
        assert_eq!(shortened("abc", 4), "abc");
    }
}
