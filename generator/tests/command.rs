//! The command from end to end: written, written again, checked, and what it does not touch.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const SPEC: &str = "openapi: 3.0.3
info: {title: Pets, version: 1.2.3}
servers: [{url: 'https://example.org'}]
tags: [{name: pets}]
paths:
  /pets/{id}:
    get:
      tags: [pets]
      operationId: getPet
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {200: {description: One pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
";

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientsmith"));
    let Output { status, stderr, .. } = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command runs");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

#[test]
fn a_crate_is_written_once_and_then_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("spec.yaml"), SPEC).expect("written");
    let generate = [
        "generate",
        "--spec",
        "spec.yaml",
        "--out",
        "client",
        "--report",
        "report.json",
    ];
    let check = [
        "generate",
        "--spec",
        "spec.yaml",
        "--out",
        "client",
        "--check",
    ];

    let (code, words) = run(folder, &check);
    assert_eq!(code, Some(1), "{words}");
    assert!(
        words.contains("CS0902") && words.contains("`src/lib.rs` is missing"),
        "{words}"
    );
    assert!(!folder.join("client").exists());

    let (code, words) = run(folder, &generate);
    assert_eq!(code, Some(0), "{words}");
    let report = fs::read_to_string(folder.join("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(
        (&report["openapi"], &report["operations"]["emitted"]),
        (&"3.0.3".into(), &1.into()),
        "{report}"
    );

    let (code, words) = run(folder, &generate);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("0 files written, 0 removed"), "{words}");
    assert_eq!(run(folder, &check).0, Some(0));

    let lib = folder.join("client/src/lib.rs");
    let text = fs::read_to_string(&lib).expect("written");
    fs::write(&lib, format!("{text} ")).expect("written");
    let (code, words) = run(folder, &check);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("`src/lib.rs` differs"), "{words}");
}

#[test]
fn a_package_of_someone_else_is_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("spec.yaml"), SPEC).expect("written");
    fs::create_dir(folder.join("client")).expect("a folder");
    fs::write(
        folder.join("client/Cargo.toml"),
        "[package]\nname = \"mine\"\n",
    )
    .expect("written");
    let (code, words) = run(
        folder,
        &["generate", "--spec", "spec.yaml", "--out", "client"],
    );
    assert_eq!(code, Some(1), "{words}");
    assert!(
        words.contains("CS0903") && words.contains("`Cargo.toml`"),
        "{words}"
    );
    let left: Vec<_> = fs::read_dir(folder.join("client"))
        .expect("a folder")
        .collect();
    assert_eq!(left.len(), 1);
    assert_eq!(
        fs::read_to_string(folder.join("client/Cargo.toml")).expect("readable"),
        "[package]\nname = \"mine\"\n"
    );
}

#[test]
fn files_with_schemas_of_one_name_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let spec = "openapi: 3.0.3
info: {title: Records, version: 1.2.3}
paths:
  /records:
    get:
      operationId: getRecords
      responses:
        200: {description: One, content: {application/json: {schema: {$ref: book/record.yaml}}}}
        201: {description: One, content: {application/json: {schema: {$ref: 'all.yaml#/Record'}}}}
        202: {description: One, content: {application/json: {schema: {$ref: '#/components/schemas/Record'}}}}
components: {schemas: {Record: {type: object, properties: {own: {type: string}}}}}
";
    fs::create_dir(folder.join("book")).expect("a folder");
    for (name, text) in [
        ("spec.yaml", spec),
        (
            "book/record.yaml",
            "{type: object, properties: {pages: {type: integer}}}",
        ),
        (
            "all.yaml",
            "Record: {type: object, properties: {all: {type: integer}}}",
        ),
    ] {
        fs::write(folder.join(name), text).expect("written");
    }
    let (code, words) = run(
        folder,
        &["generate", "--spec", "spec.yaml", "--out", "client"],
    );
    assert_eq!(code, Some(0), "{words}");
    let types = fs::read_dir(folder.join("client/src/types")).expect("a folder");
    let types: String = types
        .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("readable"))
        .collect();
    for name in ["Record", "BookRecord", "AllRecord"] {
        assert!(
            types.contains(&format!("pub struct {name} {{")),
            "{name} in {types}"
        );
    }
}
