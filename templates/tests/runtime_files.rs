//! The list of runtime files is complete, and the files can be copied into any crate.

use std::collections::BTreeMap;
use std::path::Path;

use clientsmith_templates::{PARTS, runtime_files, runtime_files_with};

fn in_folder(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("the runtime's folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name of ASCII");
        if path.is_dir() {
            in_folder(&path, &format!("{prefix}{name}/"), found);
        } else {
            found.insert(
                format!("{prefix}{name}"),
                std::fs::read_to_string(&path).expect("a text"),
            );
        }
    }
}

#[test]
fn every_file_of_the_runtime_is_listed_with_its_text() {
    let mut found = BTreeMap::new();
    in_folder(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime"),
        "",
        &mut found,
    );
    let listed: BTreeMap<String, String> = runtime_files()
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    assert_eq!(
        listed.len(),
        runtime_files().len(),
        "a file is listed twice"
    );
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&listed), names(&found));
    assert_eq!(listed, found);
}

#[test]
fn no_file_of_the_runtime_leaves_it() {
    for (path, text) in runtime_files() {
        assert!(text.starts_with("//!"), "{path} says what it is for");
        assert!(
            !text.contains("clientsmith"),
            "{path} names the generator's crates"
        );
        assert!(
            !text.contains("cfg(test)"),
            "{path} holds tests, which would be copied into every crate"
        );
    }
}

#[test]
fn files_for_the_types_of_a_crate_go_with_it() {
    let without = runtime_files_with(&["time"]);
    let text = |path: &str| {
        let found = without.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.as_ref())
    };
    assert!(text("json/time.rs").is_some() && text("json/uuid.rs").is_none());
    let index = text("json/mod.rs").expect("the index");
    assert!(index.contains("mod time;") && !index.contains("uuid"));
    let every: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    let all = runtime_files_with(&every);
    assert_eq!(all.len(), runtime_files().len());
    for (path, text) in &without {
        assert!(!text.contains("uuid::"), "{path} needs the crate uuid");
    }
}

#[test]
fn every_part_is_declared_by_lines_that_are_there() {
    let with: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    let texts = runtime_files_with(&with);
    let without = runtime_files_with(&[]);
    let text = |path: &str| texts.iter().find(|(name, _)| *name == path);
    for part in PARTS {
        for (file, line) in part.lines {
            let (_, text) = text(file).expect("a file of the runtime");
            assert_eq!(text.matches(line).count(), 1, "{line:?} in {file}");
        }
        for file in part.files {
            assert!(text(file).is_some(), "{file} is a file of the runtime");
            assert!(without.iter().all(|(name, _)| name != file), "{file}");
        }
    }
}
