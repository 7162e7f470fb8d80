//! Overlays and patches, in folders of their own.

use std::fs;

use serde_json::json;

use super::*;
use crate::load::{Document, LoadOptions};

const SPEC: &str = "openapi: 3.0.3
info: {title: t, version: '1'}
tags: [a, b, c]
paths:
  /a:
    get: {summary: A, tags: [x, y], responses: {200: {description: d}}}
  /b:
    get: {summary: B, responses: {200: {description: d}}}
";

/// The document with these overlays, or with these patches where there is a text in TOML, and what there is to say.
fn changed(spec: &str, overlays: &[&str]) -> (Document, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let main = folder.path().join("api.yaml");
    fs::write(&main, spec).expect("written");
    let mut options = LoadOptions::default();
    for (index, text) in overlays.iter().enumerate() {
        let path = folder.path().join(format!("o{index}"));
        let is_settings = text.starts_with("[[patches]]");
        let head = "overlay: 1.1.0\ninfo: {title: o, version: '1'}\nactions:\n";
        let is_list = text.starts_with('-');
        fs::write(&path, format!("{}{text}", if is_list { head } else { "" })).expect("written");
        options.changes.push(if is_settings {
            Change::Patches(path)
        } else {
            Change::Overlay(path)
        });
    }
    let (document, mut found) = match Document::open_with(&main, &options) {
        Ok(document) => {
            let found = document.take_diagnostics();
            (document, found)
        }
        Err(found) => (Document::parse("none", SPEC).expect("valid"), found),
    };
    found.locate(|pointers| document.locate(pointers));
    let folder = format!("{}/", folder.path().display());
    let said = found
        .iter()
        .filter(|diagnostic| diagnostic.code != Code::MissingOperationId)
        .map(|diagnostic| diagnostic.to_string().replace(&folder, ""))
        .collect();
    (document, said)
}

fn at(document: &Document, place: &str) -> Value {
    let place = Pointer::parse(place).expect("a pointer");
    document.value(&place).cloned().unwrap_or_default()
}

#[test]
fn objects_are_merged_lists_appended_to_and_values_replaced() {
    let (document, said) = changed(
        SPEC,
        &["- target: $.paths.*.get
  update: {summary: Same, tags: [z], x-new: {deep: [1]}}
- {target: $.tags, update: d}
- {target: $.tags, update: [e, f]}
- {target: $.info.title, update: T}
"],
    );
    assert_eq!(said, [""; 0]);
    let a = at(&document, "/paths/~1a/get");
    let b = at(&document, "/paths/~1b/get");
    assert_eq!(
        (&a["summary"], &a["tags"]),
        (&json!("Same"), &json!(["x", "y", "z"]))
    );
    assert_eq!(
        (&b["tags"], &b["x-new"]),
        (&json!(["z"]), &json!({"deep": [1]}))
    );
    assert_eq!(
        at(&document, "/tags"),
        json!(["a", "b", "c", "d", "e", "f"])
    );
    assert_eq!(at(&document, "/info/title"), "T");
}

#[test]
fn what_is_selected_is_removed_and_copied_in_the_order_of_the_actions() {
    let (document, said) = changed(
        SPEC,
        &[
            "- {target: \"$.tags[?@ != 'b']\", remove: true}
- {target: $.paths, update: {/c: {}}}
- {target: \"$.paths['/c']\", copy: \"$.paths['/a']\"}
- {target: \"$.paths['/a'].get.tags[0]\", remove: true}
- {target: \"$.paths['/a', '/b']\", description: both, remove: true}
",
            "{\"overlay\": \"1.0.0\", \"info\": {}, \"actions\": [{\"target\": \"$.paths\", \"update\": {\"/d\": {}}}]}",
            "[[patches]]\ntarget = \"$.info\"\nupdate = {title = \"TOML\"}\n",
        ],
    );
    assert_eq!(said, [""; 0]);
    assert_eq!(at(&document, "/tags"), json!(["b"]));
    let paths: Vec<String> = document
        .paths()
        .into_iter()
        .map(|path| path.template)
        .collect();
    assert_eq!(paths, ["/c", "/d"]);
    assert_eq!(at(&document, "/paths/~1c/get/tags"), json!(["x", "y"]));
    assert_eq!(at(&document, "/info/title"), "TOML");
}

#[test]
fn a_document_is_mended_before_it_is_looked_at() {
    let broken = "openapi: 9.9.9\npaths: {a: 1, /b: {get: 3}}\ninfo: {title: t, version: '1'}\n";
    let (document, said) = changed(
        broken,
        &[
            "[[patches]]\ntarget = \"$.paths.*\"\nremove = true\n[[patches]]\ntarget = \"$.openapi\"\nupdate = \"3.1.0\"\n",
        ],
    );
    assert_eq!(said, [""; 0]);
    assert_eq!(document.version(), "3.1.0");
}

#[test]
fn what_an_overlay_brings_has_its_place_in_the_overlay() {
    let (_, said) = changed(
        SPEC,
        &[
            "- target: $.paths
  update:
    no-slash: {get: {responses: {200: {description: d}}}}
    /new:
      get: {responses: {200: {$ref: 'missing.yaml'}}}
",
            "[[patches]]\ntarget = \"$.paths['/a'].get\"\nupdate = {parameters = 3}\n",
        ],
    );
    assert_eq!(
        said,
        [
            "warning[CS0506] o0:6:5: the path `no-slash` does not begin with a slash and is left out",
            "warning[CS0305] o0:8:37: `missing.yaml` cannot be read: there is no such file",
        ],
    );
}

/// Overlays with a fault, and what is said of it first.
const FAULTS: &[(&str, &str)] = &[
    (
        "- {target: $.nothing, remove: true}",
        "warning[CS0214] o0:4:12: the target `$.nothing` selects nothing",
    ),
    (
        "- {target: $.info}",
        "warning[CS0214] o0:4:3: the action says neither `update` nor `remove` nor `copy`",
    ),
    (
        "- {target: $, remove: true}",
        "warning[CS0215] o0:4:12: the whole document cannot be removed",
    ),
    (
        "- {target: '$.paths[', remove: true}",
        "warning[CS0213] o0:4:12: `$.paths[` is no JSONPath: ",
    ),
    (
        "- {target: $.info, copy: $.paths.*}",
        "warning[CS0215] o0:4:26: `copy` must select one value, and selects 2",
    ),
    (
        "- target: $.paths.*.get\n  update: {summary: {a: 1}, tags: z, x: 1}",
        "warning[CS0215] o0:5:12: an object cannot be merged into a text, which is at `/paths/~1a/get/summary` and stays as it is",
    ),
    (
        "- {target: $.info, update: {}, copy: $.tags}",
        "warning[CS0215] o0:4:38: the action has both `update` and `copy`; only `update` is used",
    ),
    (
        "- {update: 1}",
        "warning[CS0207] o0:4:3: the action has no `target`, so it changes nothing",
    ),
    (
        "- {target: 1, update: 1}",
        "warning[CS0205] o0:4:12: `target` must be text, and is a number",
    ),
    (
        "- {target: $.info, remove: 1, update: {}}",
        "warning[CS0205] o0:4:28: `remove` must be true or false, and is a number",
    ),
    (
        "- 1",
        "warning[CS0205] o0:4:3: an action must be an object, and is a number",
    ),
    (
        "- {target: $.info, updte: 1, remove: false, update: {}}",
        "warning[CS0204] o0:4:27: the key `updte` means nothing in an overlay",
    ),
    (
        "a: 1",
        "error[CS0211] o0:1:1: the file has no key `overlay`, so it is no overlay",
    ),
    (
        "overlay: 2.0.0",
        "error[CS0211] o0:1:10: `2.0.0` is no version of overlays that is known",
    ),
    (
        "overlay: 1.0.0",
        "error[CS0211] o0:1:1: the overlay has no key `actions`",
    ),
    (
        "overlay: 1.0.0\nactions: []",
        "warning[CS0214] o0:2:1: the overlay has no actions, and changes nothing",
    ),
    (
        "overlay: 1.0.0\nactions: {}",
        "error[CS0211] o0:2:1: `actions` must be a list, and is an object",
    ),
    (
        "overlay: 1.2.0\nactions: [{target: $.info, update: {}}]",
        "warning[CS0212] o0:1:10: version `1.2.0` of overlays is not known, and is read as 1.1",
    ),
    (
        "overlay: 1.0.0\nextends: https://example.org/other.yaml?x#y\nactions: [{target: $.info, update: {}}]",
        "note[CS0216] o0:2:10: the overlay says that it is for `https://example.org/other.yaml?x#y`; it is applied to `api.yaml`",
    ),
    (
        "[[patches]]\ntarget = \"$.nothing\"\nremove = true",
        "warning[CS0214] o0:2:10: the target `$.nothing` selects nothing",
    ),
    (
        "[[patches]]\ntarget = [",
        "error[CS0103] o0:2:11: this is not valid TOML: ",
    ),
    ("overlay: [", "error[CS0103] o0:"),
];

#[test]
fn faults_have_their_place_in_the_overlay() {
    for (overlay, expected) in FAULTS {
        let (_, said) = changed(SPEC, &[overlay]);
        assert!(
            said.first()
                .is_some_and(|first| first.starts_with(expected)),
            "{overlay}: {said:#?}"
        );
    }
    let misfits = "- target: $.paths.*.get\n  update: {summary: {a: 1}, tags: z, x: 1}";
    let (document, said) = changed(SPEC, &[misfits]);
    assert_eq!(said.len(), 2, "each part is named once: {said:#?}");
    assert_eq!(
        at(&document, "/paths/~1b/get/x"),
        1,
        "and the rest is carried out"
    );
    assert_eq!(at(&document, "/paths/~1b/get/tags"), "z");
}

#[test]
fn no_overlay_makes_a_document_grow_without_bound() {
    let doubling: String = (0..40)
        .map(|_| "- {target: $.info, update: {x: {}}}\n- {target: $.info.x, copy: $}\n")
        .collect();
    let (_, said) = changed(SPEC, &[&doubling]);
    let bounds = said.iter().filter(|line| line.starts_with("error[CS010"));
    assert!(bounds.count() > 0, "{said:#?}");
    let deep: String = (0..130)
        .map(|depth| {
            format!(
                "- {{target: '$.info{}', update: {{x: {{}}}}}}\n",
                ".x".repeat(depth)
            )
        })
        .collect();
    let (_, said) = changed(SPEC, &[&deep]);
    assert!(said.iter().any(|line| line.contains("CS0106")), "{said:#?}");
}
