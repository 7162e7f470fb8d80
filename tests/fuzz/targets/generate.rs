//! Any text goes through the whole generator: what comes out of it is Rust.

#![no_main]

use clientsmith::diagnostics::Diagnostics;
use clientsmith::load::Document;
use clientsmith::package::{self, PackageFacts};
use clientsmith::settings::Settings;
use clientsmith::{analyze, lower};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(document) = Document::parse("fuzz", text) else {
        return;
    };
    let (settings, mut diagnostics) = (Settings::default(), Diagnostics::new());
    let mut api = lower::lower(&document, &settings, &mut diagnostics);
    analyze::analyze(&mut api, &settings, &mut diagnostics);
    let facts = PackageFacts::from_api(&api, "fuzz");
    if let Err(faults) = package::package(&api, &facts) {
        panic!("emitted what is not Rust: {faults:?}");
    }
});
