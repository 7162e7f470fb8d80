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
fn a_dry_run_says_all_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let sloppy = SPEC.replace("required: [name]", "required: [name, age]");
    fs::write(folder.join("spec.yaml"), sloppy).expect("written");
    let dry = [
        "generate",
        "--spec",
        "spec.yaml",
        "--out",
        "client",
        "--dry-run",
    ];
    let (code, words) = run(folder, &dry);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("CS0409"), "{words}");
    assert!(!folder.join("client").exists());

    let (code, words) = run(folder, &[&dry[..], &["--deny", "warnings"]].concat());
    assert_eq!(code, Some(1), "{words}");
    let (code, _) = run(folder, &[&dry[..], &["--check"]].concat());
    assert_eq!(code, Some(2));
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

const SHOP: &str = "openapi: 3.0.3
info: {title: Shop, version: 1.2.3}
paths:
  /pets:
    get: {tags: [pets], operationId: listPets, responses: {200: {$ref: '#/components/responses/Pets'}}}
    post: {tags: [pets], operationId: addPet, deprecated: true, responses: {200: {description: d}}}
  /orders/{id}:
    get:
      tags: [orders]
      operationId: getOrder
      parameters: [{name: id, in: path, required: true, schema: {$ref: '#/components/schemas/Missing'}}]
      responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
  /health: {get: {operationId: health, responses: {200: {description: d}}}}
components:
  responses:
    Pets: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pets'}}}}
  schemas:
    Pets: {type: object, properties: {names: {type: array, items: {type: string}}}}
    Order: {type: object, properties: {total: {type: integer}}}
";

fn report(folder: &Path) -> serde_json::Value {
    let report = fs::read_to_string(folder.join("report.json")).expect("a report");
    serde_json::from_str(&report).expect("JSON")
}

#[test]
fn a_client_has_what_was_selected_and_what_that_reaches() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("spec.yaml"), SHOP).expect("written");
    let settings = "[select]
include = [\"tag:pets\", \"tag:nobody\"]
deprecated = false
[names.operations]
getOrder = \"find\"
[[polling]]
operation = \"getOrder\"
done = [\"x\"]
";
    fs::write(folder.join("s.toml"), settings).expect("written");
    let generate = [
        "generate",
        "--spec",
        "spec.yaml",
        "--out",
        "client",
        "--report",
        "report.json",
        "--settings",
        "s.toml",
        "--include",
        "path:/health",
        "--exclude",
        "operation:nothing",
    ];
    let (code, words) = run(folder, &generate);
    assert_eq!(code, Some(0), "{words}");
    let report = report(folder);
    let expected = serde_json::json!({"declared": 4, "emitted": 2, "excluded": 2});
    assert_eq!(report["operations"], expected);
    assert_eq!(report["schemas"]["emitted"], 1);
    let found: Vec<String> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| format!("{} {} {}", entry["code"], entry["line"], entry["message"]))
        .collect();
    assert_eq!(
        found,
        [
            "\"CS0706\" null \"`operation:nothing` selects no operation of the document\"",
            "\"CS0706\" 2 \"`tag:nobody` selects no operation of the document\"",
        ]
    );
    let (code, words) = run(
        folder,
        &["generate", "--spec", "s", "--out", "o", "--include", "pets"],
    );
    assert_eq!(code, Some(2), "{words}");
    assert!(words.contains("invalid selector `pets`"), "{words}");
}

#[test]
fn overlays_and_patches_mend_what_cannot_be_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("spec.yaml"), SHOP).expect("written");
    let overlay = |target: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: o, version: '1'}}\nactions:\n  - {{target: \"{target}\", remove: true}}\n"
        )
    };
    let orders = "$.paths['/orders/{id}']";
    fs::write(folder.join("a.yaml"), overlay(orders)).expect("written");
    fs::write(
        folder.join("b.yaml"),
        overlay("$.paths['/health', '/gone']"),
    )
    .expect("written");
    fs::write(
        folder.join("s.toml"),
        format!("overlays = [\"a.yaml\"]\n[[patches]]\ntarget = \"{orders}\"\nupdate = {{}}\n"),
    )
    .expect("written");
    let generate = [
        "generate",
        "--spec",
        "spec.yaml",
        "--out",
        "client",
        "--report",
        "report.json",
        "--settings",
        "s.toml",
        "--overlay",
        "b.yaml",
        "--deny",
        "warnings",
    ];
    let (code, words) = run(folder, &generate);
    assert_eq!(code, Some(1), "{words}");
    let found = report(folder)["diagnostics"].clone();
    assert_eq!(found[0]["code"], "CS0214", "{found}");
    assert_eq!(
        (&found[0]["file"], &found[0]["line"]),
        (&"s.toml".into(), &3.into())
    );
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");

    fs::write(folder.join("s.toml"), "overlays = [\"a.yaml\"]\n").expect("written");
    let (code, words) = run(folder, &generate);
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(report(folder)["operations"]["emitted"], 2);
}
