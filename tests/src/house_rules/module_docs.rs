//! Every module opens with a `//!` that says what it is for.
//!
//! Comes in: one Rust file. Goes out: a breach where the file's first lines say nothing.

use super::{Breach, SourceFile};

/// Files without module documentation.
pub fn breaches(file: &SourceFile) -> Vec<Breach> {
    let parsed = match syn::parse_file(&file.text) {
        Ok(parsed) => parsed,
        Err(error) => return vec![Breach::new(&file.path, format!("does not parse: {error}"))],
    };
    let documented = parsed.attrs.iter().any(says_something);
    if documented {
        Vec::new()
    } else {
        let fault = "opens with no `//!`: say what it is for, what comes in and what goes out";
        vec![Breach::new(&file.path, fault)]
    }
}

fn says_something(attribute: &syn::Attribute) -> bool {
    let syn::Meta::NameValue(pair) = &attribute.meta else {
        return false;
    };
    if !attribute.path().is_ident("doc") {
        return false;
    }
    match &pair.value {
        syn::Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Str(text) => text.value().trim().len() > 3,
            _ => false,
        },
        // `#![doc = include_str!("../README.md")]`
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_file_is_a_breach() {
        let silent = SourceFile::new("x.rs", "// A comment.\n/// An item.\nfn f() {}\n");
        assert_eq!(breaches(&silent).len(), 1);
        let empty = SourceFile::new("x.rs", "//!\nfn f() {}\n");
        assert_eq!(breaches(&empty).len(), 1);
        let said = SourceFile::new("x.rs", "//! What it is for.\nfn f() {}\n");
        assert!(breaches(&said).is_empty());
    }
}
