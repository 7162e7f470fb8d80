//! The house rules, applied to this workspace. Each rule lies in `tests/src/house_rules`, with tests that show that it bites.

use clientsmith_tests::house_rules::{
    Breach, SourceFile, assert_none, commands, diagnostic_codes, files, layout, licences,
    manifests, module_docs, rooms, root, sizes, skips,
};

fn hand_written() -> Vec<SourceFile> {
    let mut found = files(&root(), ".rs");
    found.retain(|file| !file.is_generated());
    assert!(found.len() > 20, "the workspace is found: {}", found.len());
    found
}

#[test]
fn rooms_of_the_generator_know_only_what_they_may() {
    let breaches: Vec<Breach> = hand_written().iter().flat_map(rooms::breaches).collect();
    assert_none("rooms of the generator", &breaches);
}

#[test]
fn packages_depend_on_each_other_as_planned() {
    let manifests = files(&root(), "Cargo.toml");
    let members = manifests
        .iter()
        .filter(|file| file.path.contains('/') && file.path != manifests::FUZZ_TARGETS);
    let breaches: Vec<Breach> = members.flat_map(manifests::member_breaches).collect();
    assert_none("dependencies of our packages", &breaches);
}

#[test]
fn every_dependency_gives_its_reason() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert_none(
        "reasons of dependencies",
        &manifests::root_breaches(&manifest),
    );
}

#[test]
fn every_module_says_what_it_is_for() {
    let breaches: Vec<Breach> = files(&root(), ".rs")
        .iter()
        .flat_map(module_docs::breaches)
        .collect();
    assert_none("documentation of modules", &breaches);
}

#[test]
fn files_and_functions_are_short() {
    let list = std::fs::read_to_string(root().join(sizes::EXCEPTIONS)).unwrap();
    let exceptions = sizes::exceptions(&list).unwrap();
    assert_none("lengths", &sizes::breaches(&hand_written(), &exceptions));
}

#[test]
fn nothing_is_skipped_without_a_reason() {
    let breaches: Vec<Breach> = hand_written().iter().flat_map(skips::breaches).collect();
    assert_none("reasons of skips", &breaches);
}

#[test]
fn the_top_level_is_as_planned() {
    let (mut folders, mut names) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => folders.push(name),
            // In a linked work tree `.git` is a file.
            false if name == ".git" => {}
            false => names.push(name),
        }
    }
    assert_none("the top level", &layout::breaches(&folders, &names));
}

#[test]
fn what_the_documents_name_exists() {
    let sources = files(&root(), ".rs");
    let below = |folder: &str| {
        commands::CommandLine::of(sources.iter().filter(|file| file.path.starts_with(folder)))
    };
    let root = root();
    let known = commands::Known {
        xtask: below("xtask/src/"),
        clientsmith: below("generator/src/"),
        root: &root,
    };
    assert!(
        known.xtask.commands.contains("codegen"),
        "{:?}",
        known.xtask
    );
    let documents = files(&root, ".md");
    let documents = documents
        .iter()
        .filter(|file| !file.path.contains("/pages/"));
    let breaches: Vec<Breach> = documents
        .flat_map(|document| commands::breaches(document, &known))
        .collect();
    assert_none("what the documents name", &breaches);
}

#[test]
fn licences_of_dependencies_are_accepted() {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata = serde_json::from_slice(&output.stdout).unwrap();
    assert_none("licences", &licences::breaches(&metadata));
}

#[test]
fn every_diagnostic_code_is_raised_tested_and_explained() {
    let codes: Vec<diagnostic_codes::Code<'_>> = clientsmith::diagnostics::Code::ALL
        .iter()
        .map(|code| diagnostic_codes::Code {
            name: code.name(),
            variant: code.variant(),
        })
        .collect();
    let pages: Vec<SourceFile> = files(&root(), ".md")
        .into_iter()
        .filter(|file| file.path.starts_with(diagnostic_codes::PAGES))
        .collect();
    let breaches = diagnostic_codes::breaches(&codes, &hand_written(), &pages);
    assert_none("diagnostic codes", &breaches);
}

/// The same as `cargo xtask codegen --check`, so that a change by hand, or a forgotten run, fails the tests.
#[test]
fn generated_files_are_untouched_by_hand() {
    let options = clientsmith::GenerateOptions {
        spec: root().join("spec/hasty.yaml"),
        settings: Some(root().join("spec/hasty.toml")),
        out: root().join("generated"),
        check: true,
        regenerate: Some("cargo xtask codegen".to_owned()),
        ..clientsmith::GenerateOptions::default()
    };
    let outcome = clientsmith::generate(&options);
    let found: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        outcome.succeeded,
        "run `cargo xtask codegen`\n{}",
        found.join("\n")
    );
    assert_eq!(outcome.report.operations.emitted, 97);
    let marked = files(&root(), ".rs")
        .iter()
        .filter(|file| file.is_generated())
        .count();
    assert!(marked > 50, "generated files are found: {marked}");
}
