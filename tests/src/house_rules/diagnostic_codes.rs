//! Every diagnostic code is raised somewhere, provoked by a test, and explained on a page.
//!
//! Comes in: the table of codes, and the files of the workspace. Goes out: codes that lack one of the three.

use std::collections::BTreeSet;

use super::tokens::{of_product_code, of_test_code};
use super::{Breach, SourceFile, is_test_file};

/// A diagnostic code: its stable name, and the variant that stands for it in the generator.
#[derive(Debug, Clone, Copy)]
pub struct Code<'a> {
    /// `CS0101`.
    pub name: &'a str,
    /// `FileNotRead`.
    pub variant: &'a str,
}

/// The table itself, which names every code without raising any.
pub const TABLE: &str = "generator/src/diagnostics/code.rs";
/// Where the pages lie.
pub const PAGES: &str = "generator/src/diagnostics/pages";

/// Codes that are not raised, not tested or not explained; and pages without a code. `sources` are the Rust files,
/// `pages` the pages.
pub fn breaches(codes: &[Code<'_>], sources: &[SourceFile], pages: &[SourceFile]) -> Vec<Breach> {
    let mut raised = BTreeSet::new();
    let mut tested = Vec::new();
    for file in sources.iter().filter(|file| file.path != TABLE) {
        let words = |tokens: Vec<super::tokens::Token>| tokens.into_iter().map(|token| token.text);
        if is_test_file(&file.path) {
            tested.push(file.text.clone());
        } else if file.path.starts_with("generator/src/") {
            raised.extend(of_product_code(&file.text).into_iter().flat_map(words));
            let words: Vec<String> = of_test_code(&file.text)
                .into_iter()
                .flat_map(words)
                .collect();
            tested.push(words.join(" "));
        }
    }
    let mut breaches = Vec::new();
    for code in codes {
        let mut lacks = |what: &str| {
            breaches.push(Breach::new(code.name, format!("`{}` {what}", code.variant)))
        };
        if !raised.contains(code.variant) {
            lacks("is raised nowhere in the generator");
        }
        if !tested
            .iter()
            .any(|text| names(text, code.variant) || names(text, code.name))
        {
            lacks("is named by no test");
        }
        let path = format!("{PAGES}/{}.md", code.name);
        match pages.iter().find(|page| page.path == path) {
            None => lacks("has no page"),
            Some(page) if page.text.lines().count() < 5 => {
                lacks("has a page that explains nothing")
            }
            Some(_) => {}
        }
    }
    for page in pages {
        let name = page
            .path
            .trim_start_matches(PAGES)
            .trim_matches('/')
            .trim_end_matches(".md");
        if !codes.iter().any(|code| code.name == name) {
            breaches.push(Breach::new(
                &page.path,
                "explains a code that does not exist",
            ));
        }
    }
    breaches
}

/// Whether the word stands in the text, not as a part of a longer one.
fn names(text: &str, word: &str) -> bool {
    let inside = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + word.len()..].chars().next();
        !before.is_some_and(inside) && !after.is_some_and(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: Code<'static> = Code {
        name: "CS0101",
        variant: "FileNotRead",
    };
    const RAISED: &str = "//! Doc.\nfn f() { raise(Code::FileNotRead); }\n";

    fn faults(source: &str, test: &str, page: Option<&str>) -> Vec<String> {
        let sources = [
            SourceFile::new("generator/src/load/source.rs", source),
            SourceFile::new("generator/tests/load.rs", test),
        ];
        let pages: Vec<SourceFile> = page
            .map(|text| SourceFile::new("generator/src/diagnostics/pages/CS0101.md", text))
            .into_iter()
            .collect();
        let found = breaches(&[CODE], &sources, &pages);
        found.into_iter().map(|breach| breach.fault).collect()
    }

    #[test]
    fn a_code_needs_a_cause_a_test_and_a_page() {
        let page = "# CS0101\n\nWhat.\n\n## What to do\n\nThis.\n";
        let test = "fn t() { assert(Code::FileNotRead); }";
        assert!(faults(RAISED, test, Some(page)).is_empty());
        assert_eq!(
            faults("//! FileNotRead.\n", "fn t() { FileNotReadable }", None),
            [
                "`FileNotRead` is raised nowhere in the generator",
                "`FileNotRead` is named by no test",
                "`FileNotRead` has no page"
            ]
        );
        assert_eq!(faults(RAISED, "// CS0101", Some("# CS0101\n")).len(), 1);
    }

    #[test]
    fn a_test_beside_the_code_counts_as_test_only() {
        let source = "//! Doc.\n#[cfg(test)]\nmod tests { fn t() { Code::FileNotRead; } }\n";
        let page = "# CS0101\n\nWhat.\n\n## What to do\n\nThis.\n";
        assert_eq!(
            faults(source, "", Some(page)),
            ["`FileNotRead` is raised nowhere in the generator"]
        );
    }

    #[test]
    fn a_page_without_a_code_is_a_breach() {
        let page = SourceFile::new("generator/src/diagnostics/pages/CS9999.md", "# CS9999\n");
        assert_eq!(breaches(&[], &[], &[page]).len(), 1);
    }
}
