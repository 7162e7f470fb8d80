//! What the generator is expected to say about each document of a folder, by code: a file that is committed, and the comparison with it.
//!
//! Comes in: the entries, and the file. Goes out: the file, or a line for each code that was given more or less often than it says. A
//! document that is not in the file is expected to give nothing but notes, and one that is has to be in the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Entry;
use super::table::codes;

/// How often each code is given, by document.
type Expected = BTreeMap<String, BTreeMap<String, usize>>;

const HEAD: &str = "# The diagnostics, notes apart, of each document that gives any: how often each code is given. Written by\n# `cargo xtask corpus DIR --expect FILE --write`; compared by the same without `--write`.\n";

/// Writes the file.
pub(super) fn write(entries: &[Entry], file: &Path) -> Result<()> {
    let mut text = String::from(HEAD);
    for (document, codes) in found(entries) {
        let codes: Vec<String> = codes
            .iter()
            .map(|(code, count)| format!("{code} = {count}"))
            .collect();
        let name = toml::Value::String(document);
        let _ = writeln!(text, "{name} = {{ {} }}", codes.join(", "));
    }
    fs::write(file, text).with_context(|| file.display().to_string())
}

/// A line for each code that a document gives more or less often than expected.
pub(super) fn differences(entries: &[Entry], file: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let expected: Expected = toml::from_str(&text).with_context(|| file.display().to_string())?;
    let found = found(entries);
    let present: BTreeSet<&str> = entries
        .iter()
        .map(|entry| entry.document.as_str())
        .collect();
    let nothing = BTreeMap::new();
    let mut lines = Vec::new();
    let documents: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    for document in documents {
        if !present.contains(document.as_str()) {
            lines.push(format!("{document}: is expected, and is not there"));
            continue;
        }
        let wanted = expected.get(document).unwrap_or(&nothing);
        let given = found.get(document).unwrap_or(&nothing);
        let codes: BTreeSet<&String> = wanted.keys().chain(given.keys()).collect();
        for code in codes {
            let count = |of: &BTreeMap<String, usize>| of.get(code).copied().unwrap_or(0);
            if count(wanted) != count(given) {
                lines.push(format!(
                    "{document}: {code} is expected {} times and given {} times",
                    count(wanted),
                    count(given)
                ));
            }
        }
    }
    Ok(lines)
}

fn found(entries: &[Entry]) -> Expected {
    let of = |entry: &Entry| -> BTreeMap<String, usize> {
        codes(std::slice::from_ref(entry))
            .into_iter()
            .map(|(code, (count, _))| (code, count))
            .collect()
    };
    entries
        .iter()
        .map(|entry| (entry.document.clone(), of(entry)))
        .filter(|(_, codes)| !codes.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::*;

    fn entry(document: &str, warnings: usize) -> Entry {
        let warning = serde_json::json!({"severity": "warning", "code": "CS0402"});
        Entry {
            report: Some(serde_json::json!({"diagnostics": vec![warning; warnings]})),
            ..Entry::new(document.to_owned(), Outcome::Generated)
        }
    }

    #[test]
    fn what_is_given_more_or_less_often_fails_and_so_does_what_is_not_needed_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("expected.toml");
        let run = [entry("a.yaml", 2), entry("b.yaml", 0), entry("c/d.yaml", 1)];
        write(&run, &file).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.ends_with("\"a.yaml\" = { CS0402 = 2 }\n\"c/d.yaml\" = { CS0402 = 1 }\n"));
        assert_eq!(differences(&run, &file).unwrap().len(), 0);
        let later = [entry("a.yaml", 0), entry("b.yaml", 1)];
        assert_eq!(
            differences(&later, &file).unwrap(),
            [
                "a.yaml: CS0402 is expected 2 times and given 0 times",
                "b.yaml: CS0402 is expected 0 times and given 1 times",
                "c/d.yaml: is expected, and is not there",
            ]
        );
    }
}
