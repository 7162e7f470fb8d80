//! Whole documents.

use std::path::Path;

use clientsmith::diagnostics::Severity;

use crate::*;

fn open(path: &str) -> Lowered {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    with_settings(&std::fs::read_to_string(path).expect("a document"), "")
}

#[test]
fn every_operation_of_hasty_is_lowered() {
    let lowered = open("spec/hasty.yaml");
    assert_eq!(lowered.api.operations().count(), 97);
    assert_eq!(lowered.api.untyped, 0);
    let unexpected: Vec<Code> = lowered
        .codes()
        .into_iter()
        .filter(|code| !matches!(code, Code::PagingSuggested | Code::PollingSuggested))
        .collect();
    assert_eq!(unexpected, []);
}

#[test]
fn the_model_of_a_pet_store() {
    let lowered = open("tests/fixtures/petstore/openapi.yaml");
    assert_eq!(lowered.codes(), []);
    insta::assert_json_snapshot!(lowered.api);
}

#[test]
fn every_fixture_is_lowered_without_a_warning() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut seen = 0;
    for fixture in std::fs::read_dir(&fixtures).expect("fixtures") {
        let name = fixture
            .expect("a fixture")
            .file_name()
            .into_string()
            .expect("a name");
        if name == "README.md" {
            continue;
        }
        let path = fixtures.join(&name).join("openapi.yaml");
        let lowered = crate::lowered(clientsmith::load::Document::open(&path), "");
        let warnings: Vec<String> = lowered
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity > Severity::Note)
            .map(ToString::to_string)
            .collect();
        assert_eq!(warnings, [""; 0], "{name}");
        assert!(lowered.api.operations().count() > 0, "{name}");
        seen += 1;
    }
    assert!(seen >= 13, "{seen} fixtures");
}

#[test]
fn the_fragment_of_a_path_is_not_sent() {
    let lowered = paths(
        "{'/a/{id}#one': {get: {operationId: get_one, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: d}}}}}",
        "{}",
    );
    assert_eq!(lowered.operation("get_one").path, "/a/{id}");
    assert_eq!(lowered.codes(), [Code::PathFragment]);
    assert_eq!(
        lowered.places(Code::PathFragment),
        ["/paths/~1a~1{id}#one/get"]
    );
}
