//! Nothing is skipped without a reason: ignored tests and silenced lints say why.
//!
//! Comes in: one hand-written Rust file. Goes out: each `#[ignore]`, `#[allow(…)]` and `#[expect(…)]` without a reason.

use syn::spanned::Spanned;
use syn::visit::Visit;

use super::{Breach, SourceFile};

/// Skips without a reason.
pub fn breaches(file: &SourceFile) -> Vec<Breach> {
    let Ok(parsed) = syn::parse_file(&file.text) else {
        return vec![Breach::new(&file.path, "does not parse")];
    };
    let mut silent = Silent {
        file,
        breaches: Vec::new(),
    };
    silent.visit_file(&parsed);
    silent.breaches
}

struct Silent<'a> {
    file: &'a SourceFile,
    breaches: Vec<Breach>,
}

impl<'ast> Visit<'ast> for Silent<'_> {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let path = attribute.path();
        let fault = if path.is_ident("ignore") {
            matches!(attribute.meta, syn::Meta::Path(_)).then_some("a test is ignored")
        } else if path.is_ident("allow") || path.is_ident("expect") {
            let reasoned = match &attribute.meta {
                syn::Meta::List(list) => list.tokens.to_string().contains("reason ="),
                _ => false,
            };
            (!reasoned).then_some("a lint is silenced")
        } else {
            None
        };
        if let Some(fault) = fault {
            let line = attribute.span().start().line;
            self.breaches.push(Breach::new(
                format!("{}:{line}", self.file.path),
                format!("{fault} without a reason"),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skip_without_a_reason_is_a_breach() {
        let silent = "#[test]\n#[ignore]\nfn f() {}\n\n#[allow(dead_code)]\nfn g() {}\n";
        let found = breaches(&SourceFile::new("x.rs", silent));
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "x.rs:2: a test is ignored without a reason",
                "x.rs:5: a lint is silenced without a reason"
            ]
        );
        let said = "#[test]\n#[ignore = \"needs a server\"]\nfn f() {}\n\n#[allow(dead_code, reason = \"of x\")]\nfn g() {}\n";
        assert!(breaches(&SourceFile::new("x.rs", said)).is_empty());
    }
}
