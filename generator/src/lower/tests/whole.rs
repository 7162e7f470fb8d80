//! Whole documents.

use std::path::Path;

use super::*;

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
