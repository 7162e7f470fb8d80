//! Files and functions stay small enough to be read in one go.
//!
//! Comes in: the hand-written Rust files and the exceptions of `tests/house-rules.toml`. Goes out: what is longer than the
//! limit without an exception, and exceptions that are no longer needed.

use serde::Deserialize;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::{Breach, SourceFile};

/// Lines a file may have.
pub const FILE_LIMIT: usize = 600;
/// Lines a function may have, from its `fn` to its closing brace.
pub const FUNCTION_LIMIT: usize = 80;
/// Where the exceptions stand.
pub const EXCEPTIONS: &str = "tests/house-rules.toml";

/// A file or function that may be longer than the limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The file.
    pub path: String,
    /// The function; without one the exception is the file's.
    pub function: Option<String>,
    /// Why it is better long.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    #[serde(default)]
    long: Vec<Exception>,
}

/// Reads the exceptions.
///
/// # Errors
///
/// When the text is no list of exceptions.
pub fn exceptions(toml: &str) -> Result<Vec<Exception>, toml::de::Error> {
    toml::from_str(toml).map(|read: Exceptions| read.long)
}

/// What is too long, and exceptions without a reason or a use.
pub fn breaches(files: &[SourceFile], exceptions: &[Exception]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut needed = vec![false; exceptions.len()];
    for (path, function, lines) in files.iter().flat_map(too_long) {
        let found = exceptions
            .iter()
            .position(|one| one.path == path && one.function == function);
        match (found, &function) {
            (Some(index), _) => needed[index] = true,
            (None, Some(name)) => breaches.push(Breach::new(
                path,
                format!("`{name}` has {lines} lines, more than {FUNCTION_LIMIT}"),
            )),
            (None, None) => breaches.push(Breach::new(
                path,
                format!("has {lines} lines, more than {FILE_LIMIT}"),
            )),
        }
    }
    for (exception, needed) in exceptions.iter().zip(needed) {
        if !needed {
            let fault = format!("the exception for {exception:?} is no longer needed");
            breaches.push(Breach::new(EXCEPTIONS, fault));
        }
        if exception.reason.trim().len() < 10 {
            let fault = format!("the exception for {exception:?} gives no reason");
            breaches.push(Breach::new(EXCEPTIONS, fault));
        }
    }
    breaches
}

fn too_long(file: &SourceFile) -> Vec<(String, Option<String>, usize)> {
    let mut found = Vec::new();
    let lines = file.text.lines().count();
    if lines > FILE_LIMIT {
        found.push((file.path.clone(), None, lines));
    }
    if let Ok(parsed) = syn::parse_file(&file.text) {
        let mut functions = Functions::default();
        functions.visit_file(&parsed);
        for (name, lines) in functions.0 {
            if lines > FUNCTION_LIMIT {
                found.push((file.path.clone(), Some(name), lines));
            }
        }
    }
    found
}

/// Names of functions and the lines they take.
#[derive(Default)]
struct Functions(Vec<(String, usize)>);

impl Functions {
    fn add(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let first = signature.fn_token.span.start().line;
        let last = body.span().end().line;
        self.0.push((signature.ident.to_string(), last + 1 - first));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.add(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(lines: usize) -> SourceFile {
        let body = "    step();\n".repeat(lines - 2);
        SourceFile::new("x.rs", &format!("//! Doc.\n\nfn long() {{\n{body}}}\n"))
    }

    #[test]
    fn a_long_function_is_a_breach_unless_it_is_listed() {
        assert!(breaches(&[function(FUNCTION_LIMIT)], &[]).is_empty());
        let long = [function(FUNCTION_LIMIT + 1)];
        assert_eq!(
            breaches(&long, &[])[0].to_string(),
            "x.rs: `long` has 81 lines, more than 80"
        );
        let listed = Exception {
            path: "x.rs".to_owned(),
            function: Some("long".to_owned()),
            reason: "one table, read from top to bottom".to_owned(),
        };
        assert!(breaches(&long, std::slice::from_ref(&listed)).is_empty());
        let idle = breaches(&[], std::slice::from_ref(&listed));
        assert!(idle[0].fault.contains("no longer needed"), "{idle:?}");
        let silent = Exception {
            reason: " ".to_owned(),
            ..listed
        };
        assert!(breaches(&long, &[silent])[0].fault.contains("no reason"));
    }

    #[test]
    fn a_long_file_is_a_breach() {
        let long = SourceFile::new("x.rs", &"// line\n".repeat(FILE_LIMIT + 1));
        assert_eq!(breaches(&[long], &[]).len(), 1);
    }
}
