//! Tests of lowering, on snippets of spec text and on whole documents.

use std::path::Path;

use super::*;

fn open(path: &str) -> (Api, Diagnostics) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let document = Document::open(&path).expect("a document");
    let mut diagnostics = document.take_diagnostics();
    let api = lower(&document, &Settings::default(), &mut diagnostics);
    diagnostics.extend(document.take_diagnostics());
    (api, diagnostics)
}

#[test]
fn every_operation_of_hasty_is_lowered() {
    let (api, diagnostics) = open("spec/hasty.yaml");
    assert_eq!(api.operations().count(), 97);
    assert_eq!(api.untyped, 0);
    let codes: Vec<Code> = diagnostics.by_code().into_keys().collect();
    assert_eq!(codes, [Code::AmbiguousUnion]);
}
