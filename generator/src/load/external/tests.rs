//! Descriptions in several files, in folders of their own.

use std::{fs, path::Path};

use super::*;
use crate::load::Document;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

/// The files of a folder; the first is the main one, and gets the head of a description.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (index, (name, text)) in files.iter().enumerate() {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let head = if index == 0 { HEAD } else { "" };
        fs::write(path, format!("{head}{text}")).expect("written");
    }
    folder
}

fn open(main: &Path, options: &LoadOptions) -> (Document, Vec<String>) {
    let document = Document::open_with(main, options).expect("readable");
    let mut found = document.take_diagnostics();
    found.locate(|pointers| document.locate(pointers));
    let folder = main.parent().expect("a folder").display().to_string();
    let said = found
        .iter()
        .map(|diagnostic| {
            let pointer = diagnostic.pointer.clone().unwrap_or_default();
            format!("{diagnostic} (#{pointer})").replace(&format!("{folder}/"), "")
        })
        .collect();
    (document, said)
}

fn load(files: &[(&str, &str)]) -> (Document, Vec<String>) {
    let folder = folder(files);
    open(&folder.path().join(files[0].0), &LoadOptions::default())
}

fn resolved(document: &Document, place: &str) -> String {
    let place = Pointer::parse(place).expect("a pointer");
    document.resolve(&place).map_or_else(
        |diagnostic| diagnostic.to_string(),
        |place| place.to_string(),
    )
}

#[test]
fn references_between_files_lead_to_places_of_one_tree() {
    let (document, said) = load(&[
        (
            "openapi.yaml",
            "paths:\n  /pets: {$ref: paths/pets.yaml}\ncomponents:\n  schemas:\n    Own: {type: object}\n    Pet: {$ref: './schemas/Pet.yaml'}\n    Same: {$ref: 'paths/../schemas/Pet.yaml#'}\n",
        ),
        (
            "paths/pets.yaml",
            "get:\n  operationId: pets\n  responses:\n    200: {description: d, content: {application/json: {schema: {$ref: '../schemas/Pet.yaml'}}}}\n",
        ),
        (
            "schemas/Pet.yaml",
            "type: object\nproperties:\n  tag: {$ref: '#/definitions/Tag'}\n  own: {$ref: '../openapi.yaml#/components/schemas/Own'}\n  self: {$ref: Pet.yaml}\n  kind: {$ref: 'kinds%20of.json#/Kind'}\ndefinitions: {Tag: {type: string}}\n",
        ),
        (
            "schemas/kinds of.json",
            "{\"Kind\": {\"type\": \"string\"}}",
        ),
    ]);
    assert_eq!(said, Vec::<String>::new());
    let pet = "/x-documents/schemas~1Pet.yaml";
    assert_eq!(resolved(&document, "/components/schemas/Pet"), pet);
    assert_eq!(resolved(&document, "/components/schemas/Same"), pet);
    assert_eq!(
        resolved(&document, "/paths/~1pets"),
        "/x-documents/paths~1pets.yaml"
    );
    let property = |name: &str| resolved(&document, &format!("{pet}/properties/{name}"));
    assert_eq!(property("tag"), format!("{pet}/definitions/Tag"));
    assert_eq!(property("own"), "/components/schemas/Own");
    assert_eq!(property("self"), pet);
    assert_eq!(property("kind"), "/x-documents/schemas~1kinds of.json/Kind");
    let files = document.members(&Pointer::root().push(DOCUMENTS));
    assert_eq!(files.len(), 3, "each file once: {files:?}");
}

#[test]
fn what_is_read_as_it_stands_is_put_in_place() {
    let (document, said) = load(&[
        (
            "openapi.yaml",
            "paths: {$ref: paths.yaml}\ntags: [{$ref: 'tags.yaml#/0'}]\ncomponents: {schemas: {$ref: 'models.yaml'}}\nexternalDocs: {url: u, description: {$ref: intro.md}}\n",
        ),
        ("paths.yaml", "/pets:\n  get: {$ref: operation.yaml}\n"),
        (
            "operation.yaml",
            "operationId: pets\nresponses: {200: {description: d, content: {application/json: {schema: {$ref: 'models.yaml#/Pet'}, example: {$ref: pet.json}}}}}\n",
        ),
        ("tags.yaml", "- {name: pets}\n"),
        ("models.yaml", "Pet: {type: object, nullabel: true}\n"),
        ("intro.md", "# Hello\n"),
        ("pet.json", "{\"$ref\": \"a value\"}"),
    ]);
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(document.paths().len(), 1);
    let operations = document
        .operations(&document.paths()[0].pointer)
        .expect("there");
    assert_eq!(operations.len(), 1);
    let operation = document
        .operation(&operations[0].pointer)
        .expect("readable");
    assert_eq!(operation.operation_id.as_deref(), Some("pets"));
    assert_eq!(document.tags()[0].name, "pets");
    assert_eq!(
        resolved(&document, "/components/schemas/Pet"),
        "/x-documents/models.yaml/Pet"
    );
    let text = Pointer::parse("/externalDocs/description").expect("a pointer");
    assert_eq!(
        document.value(&text).and_then(Value::as_str),
        Some("# Hello\n")
    );
    let example =
        "/x-documents/operation.yaml/responses/200/content/application~1json/example/$ref";
    let example = Pointer::parse(example).expect("a pointer");
    assert_eq!(
        document.value(&example).and_then(Value::as_str),
        Some("a value")
    );
}

#[test]
fn what_cannot_be_brought_in_is_said_once_and_where_it_stands() {
    let (document, said) = load(&[
        (
            "openapi.yaml",
            "paths: {}\ntags: {$ref: nowhere.yaml}\ncomponents:\n  schemas:\n    A: {$ref: missing.yaml}\n    B: {$ref: 'broken.yaml#/x'}\n    C: {$ref: 'bytes.yaml'}\n    D: {$ref: 'sub/models.yaml#/Pat'}\n    E: {$ref: 'https://example.org/a.yaml'}\n    F: {$ref: '#nothing'}\n    G: {$ref: 'sub/models.yaml#nothing'}\n",
        ),
        ("broken.yaml", "a: b: c\n"),
        (
            "sub/models.yaml",
            "Pet:\n  items: {$ref: '#/Pat'}\n  not: {$ref: ../missing.yaml}\nRound: {$ref: ../round.yaml}\n",
        ),
        ("round.yaml", "{$ref: 'sub/models.yaml#/Round'}\n"),
        ("bytes.yaml", ""),
    ]);
    assert_eq!(
        said,
        [
            "warning[CS0103] broken.yaml:1:5: this is not valid YAML: mapping values are not allowed in this context (#)",
            "warning[CS0104] bytes.yaml:1:1: `bytes.yaml` is empty (#)",
            "warning[CS0305] openapi.yaml:4:14: `nowhere.yaml` cannot be read: there is no such file (#/tags/$ref)",
            "warning[CS0305] openapi.yaml:7:15: `missing.yaml` cannot be read: there is no such file (#/components/schemas/A/$ref)",
            "warning[CS0305] openapi.yaml:8:15: `broken.yaml` cannot be used: this is not valid YAML: mapping values are not allowed in this context (line 1) (#/components/schemas/B/$ref)",
            "warning[CS0305] openapi.yaml:9:15: `bytes.yaml` cannot be used: `bytes.yaml` is empty (line 1) (#/components/schemas/C/$ref)",
            "warning[CS0301] openapi.yaml:10:15: `sub/models.yaml#/Pat` leads to nothing (#/components/schemas/D/$ref)",
            "warning[CS0303] openapi.yaml:11:15: `https://example.org/a.yaml` leads to an address, and nothing is fetched (#/components/schemas/E/$ref)",
            "warning[CS0304] openapi.yaml:12:15: `#nothing` is not a JSON pointer (#/components/schemas/F/$ref)",
            "warning[CS0304] openapi.yaml:13:15: `sub/models.yaml#nothing` names an anchor that is not there (#/components/schemas/G/$ref)",
            "warning[CS0302] round.yaml:1:8: `sub/models.yaml#/Round` leads back to itself (#/$ref)",
            "warning[CS0301] sub/models.yaml:2:17: `#/Pat` leads to nothing (#/Pet/items/$ref)",
            "warning[CS0305] sub/models.yaml:3:15: `../missing.yaml` cannot be read: there is no such file (#/Pet/not/$ref)",
            "warning[CS0302] sub/models.yaml:4:15: `round.yaml` leads back to itself (#/Round/$ref)",
        ]
    );
    assert!(document.tags().is_empty());
}

#[test]
fn parts_that_are_put_in_place_of_each_other_end() {
    let (_, said) = load(&[
        (
            "openapi.yaml",
            "paths: {}\ntags: {$ref: a.yaml}\nservers: {$ref: 'list.yaml'}\n",
        ),
        ("a.yaml", "{$ref: 'openapi.yaml#/tags'}\n"),
        ("list.yaml", "- {$ref: list.yaml}\n- {$ref: list.yaml}\n"),
    ]);
    assert!(
        said.iter()
            .any(|said| said.contains("CS0302") && said.contains("leads back to itself")),
        "{said:?}"
    );
}

#[test]
fn a_file_outside_is_read_only_where_it_is_allowed() {
    let folder = folder(&[
        (
            "api/openapi.yaml",
            "paths: {}\ncomponents: {schemas: {A: {$ref: ../models/a.yaml}, B: {$ref: link.yaml}}}\n",
        ),
        ("models/a.yaml", "type: string\n"),
    ]);
    let main = folder.path().join("api/openapi.yaml");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../models/a.yaml", folder.path().join("api/link.yaml"))
        .expect("linked");
    let (_, said) = open(&main, &LoadOptions::default());
    assert_eq!(said.len(), 2, "{said:?}");
    for said in said {
        assert!(
            said.contains("CS0306") && said.contains("outside the folder"),
            "{said}"
        );
    }
    let options = LoadOptions {
        allow: vec![folder.path().join("models")],
        ..LoadOptions::default()
    };
    let (document, said) = open(&main, &options);
    assert_eq!(said, Vec::<String>::new());
    for name in ["A", "B"] {
        let place = format!("/components/schemas/{name}");
        assert_eq!(
            resolved(&document, &place),
            "/x-documents/..~1models~1a.yaml"
        );
    }
}

#[test]
fn an_address_is_the_file_that_the_settings_name() {
    let folder = folder(&[
        (
            "openapi.yaml",
            "paths: {}\ncomponents: {schemas: {A: {$ref: 'https://example.org/a.yaml#/A'}}}\n",
        ),
        ("vendored/a.yaml", "A: {type: string}\n"),
    ]);
    let options = LoadOptions {
        addresses: IndexMap::from([(
            "https://example.org/a.yaml".to_owned(),
            folder.path().join("vendored/a.yaml"),
        )]),
        ..LoadOptions::default()
    };
    let (document, said) = open(&folder.path().join("openapi.yaml"), &options);
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(
        resolved(&document, "/components/schemas/A"),
        "/x-documents/vendored~1a.yaml/A"
    );
}

#[test]
fn anchors_and_ids_are_looked_up() {
    let text = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{$ref: '#pet'}}\n    B: {{$ref: 'https://example.org/pet#/properties/x'}}\n    Pet: {{$id: 'https://example.org/pet', $anchor: pet, properties: {{x: {{type: string}}}}}}\n"
    );
    let document = Document::parse("openapi.yaml", &text).expect("readable");
    assert_eq!(
        resolved(&document, "/components/schemas/A"),
        "/components/schemas/Pet"
    );
    assert_eq!(
        resolved(&document, "/components/schemas/B"),
        "/components/schemas/Pet/properties/x"
    );
}
