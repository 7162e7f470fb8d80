//! Any text becomes a document, or errors that have a place.

#![no_main]

use clientsmith::diagnostics::Severity;
use clientsmith::load::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let diagnostics = match Document::parse("fuzz", text) {
        Ok(document) => {
            let mut found = document.take_diagnostics();
            found.locate(|pointers| document.locate(pointers));
            found
        }
        Err(found) => found,
    };
    for found in diagnostics.iter() {
        let lost = found.severity == Severity::Error && found.location.is_none();
        assert!(!lost, "an error without a place: {found}");
    }
});
