//! What the documents tell a reader to run or to open exists.
//!
//! Comes in: a Markdown document, and what the command lines know. Goes out: commands, flags, packages, folders and files
//! that the document names and that are not there.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Breach, SourceFile, layout, manifests};

/// The words that a command line understands, read from its clap declarations.
#[derive(Debug, Default)]
pub struct CommandLine {
    /// Subcommands of all levels.
    pub commands: BTreeSet<String>,
    /// Long flags, with their dashes.
    pub flags: BTreeSet<String>,
}

impl CommandLine {
    /// From the sources of the program: variants of enums that derive `Subcommand`, and fields with `#[arg(long)]`.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a SourceFile>) -> Self {
        let mut found = CommandLine::default();
        found.flags.insert("--help".to_owned());
        found.flags.insert("--version".to_owned());
        for file in files {
            for item in syn::parse_file(&file.text).map_or(Vec::new(), |parsed| parsed.items) {
                match item {
                    syn::Item::Enum(item) if derives(&item.attrs, "Subcommand") => {
                        for variant in &item.variants {
                            found.commands.insert(kebab(&variant.ident.to_string()));
                            found.add_flags(&variant.fields);
                        }
                    }
                    syn::Item::Struct(item) => found.add_flags(&item.fields),
                    _ => {}
                }
            }
        }
        found
    }

    fn add_flags(&mut self, fields: &syn::Fields) {
        for field in fields {
            let is_long = field.attrs.iter().any(|attribute| {
                attribute.path().is_ident("arg")
                    && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string().contains("long"))
            });
            if let (true, Some(name)) = (is_long, &field.ident) {
                self.flags
                    .insert(format!("--{}", name.to_string().replace('_', "-")));
            }
        }
    }

    /// What is wrong with the words behind the program's name.
    fn faults(&self, program: &str, words: &[&str]) -> Vec<String> {
        let mut faults = Vec::new();
        let is_word = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        match words.first() {
            Some(word)
                if is_word(word) && !word.starts_with("--") && !self.commands.contains(*word) =>
            {
                faults.push(format!("`{program} {word}` does not exist"));
            }
            _ => {}
        }
        for word in words.iter().filter(|word| word.starts_with("--")) {
            let flag = word.split('=').next().unwrap_or(word);
            if !self.flags.contains(flag) {
                faults.push(format!("`{program}` has no `{flag}`"));
            }
        }
        faults
    }
}

fn derives(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("derive")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string().contains(name))
    })
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// What the documents may name.
pub struct Known<'a> {
    /// `cargo xtask`.
    pub xtask: CommandLine,
    /// `clientsmith`.
    pub clientsmith: CommandLine,
    /// The folder against which paths are looked up.
    pub root: &'a Path,
}

/// Commands and paths that a document names and that do not exist.
pub fn breaches(document: &SourceFile, known: &Known<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let folder = document
        .path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    for (line, code) in code(&document.text) {
        let mut faults = command_faults(&code, known);
        if let Some(path) = path_in(&code)
            && !exists(known.root, folder, path)
        {
            faults.push(format!("`{path}` does not exist"));
        }
        let place = format!("{}:{line}", document.path);
        breaches.extend(faults.into_iter().map(|fault| Breach::new(&place, fault)));
    }
    for (line, target) in links(&document.text) {
        if !exists(known.root, folder, &target) {
            let place = format!("{}:{line}", document.path);
            breaches.push(Breach::new(
                place,
                format!("the link to `{target}` leads nowhere"),
            ));
        }
    }
    breaches
}

/// Inline code and the lines of fenced blocks, each with its line number.
fn code(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fence: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        if let Some(rest) = line.trim_start().strip_prefix("```") {
            fence = match fence {
                Some(_) => None,
                None => Some(rest.trim().to_owned()),
            };
        } else if let Some(language) = &fence {
            // Other languages than the shell's, and drawings of folders, are no commands.
            if ["", "sh", "bash", "console"].contains(&language.as_str()) {
                let command = line.trim_start_matches("$ ").trim();
                if command.starts_with("cargo ") || command.starts_with("clientsmith ") {
                    found.push((index + 1, command.to_owned()));
                }
            }
        } else {
            let inline = line.split('`').skip(1).step_by(2);
            found.extend(inline.map(|code| (index + 1, code.to_owned())));
        }
    }
    found
}

fn command_faults(code: &str, known: &Known<'_>) -> Vec<String> {
    let code = code.split(" #").next().unwrap_or(code);
    let words: Vec<&str> = code
        .split_whitespace()
        .map(|word| word.trim_matches(['[', ']', ',']))
        .filter(|word| *word != "…" && *word != "...")
        .collect();
    match words.as_slice() {
        ["cargo", "xtask", rest @ ..] => known.xtask.faults("cargo xtask", rest),
        ["clientsmith", rest @ ..] => known.clientsmith.faults("clientsmith", rest),
        ["cargo", rest @ ..] => {
            let flagged = rest
                .windows(2)
                .filter(|pair| matches!(pair[0], "-p" | "--package"));
            flagged
                .filter(|pair| !manifests::package_names().any(|name| name == pair[1]))
                .map(|pair| format!("there is no package `{}`", pair[1]))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The path that a piece of inline code is, if it is one of ours: it starts with a top-level folder, or is a root file.
fn path_in(code: &str) -> Option<&str> {
    if code.contains(char::is_whitespace) {
        return None;
    }
    let first = code.split('/').next()?;
    let inside = code.contains('/') && layout::FOLDERS.contains(&first);
    let known_file = [".md", ".toml", ".rs"]
        .iter()
        .any(|ending| code.ends_with(ending))
        && first
            .chars()
            .next()
            .is_some_and(|letter| letter.is_ascii_uppercase());
    if !inside && !known_file {
        return None;
    }
    let placeholder = code.find(['<', '*', '{', '…']);
    let fixed = placeholder.map_or(code, |end| {
        code[..end]
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    });
    Some(fixed)
}

/// Targets of relative links, without their fragments.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for rest in line.split("](").skip(1) {
            let target = rest.split([')', '#', ' ']).next().unwrap_or("");
            let outside = target.contains("://") || target.starts_with("mailto:");
            if !target.is_empty() && !outside {
                found.push((index + 1, target.to_owned()));
            }
        }
    }
    found
}

fn exists(root: &Path, folder: &str, path: &str) -> bool {
    root.join(path).exists() || root.join(folder).join(path).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "
        #[derive(Subcommand)]
        enum Command { Codegen(Codegen), BenchCodec { #[arg(long)] jobs: u8 } }
        #[derive(Args)]
        struct Codegen { #[arg(long)] check: bool, quiet: bool }
    ";

    fn faults(text: &str) -> Vec<String> {
        let program = SourceFile::new("xtask/src/main.rs", PROGRAM);
        let root = super::super::root();
        let known = Known {
            xtask: CommandLine::of([&program]),
            clientsmith: CommandLine::of([&program]),
            root: &root,
        };
        let document = SourceFile::new("README.md", text);
        let found = breaches(&document, &known);
        found.into_iter().map(|breach| breach.to_string()).collect()
    }

    #[test]
    fn commands_are_read_from_the_declarations() {
        let program = SourceFile::new("main.rs", PROGRAM);
        let line = CommandLine::of([&program]);
        assert!(line.commands.contains("codegen") && line.commands.contains("bench-codec"));
        assert!(line.flags.contains("--check") && line.flags.contains("--jobs"));
        assert!(!line.flags.contains("--quiet"));
    }

    #[test]
    fn a_command_that_is_gone_is_a_breach() {
        assert!(faults("Run `cargo xtask codegen --check`.\n").is_empty());
        assert_eq!(
            faults("Run\n\n```sh\ncargo xtask regenerate --check # all\n```\n"),
            ["README.md:4: `cargo xtask regenerate` does not exist"]
        );
        assert_eq!(
            faults("`clientsmith codegen [--cheque]`\n"),
            ["README.md:1: `clientsmith` has no `--cheque`"]
        );
        assert_eq!(
            faults("`cargo test -p attic`\n"),
            ["README.md:1: there is no package `attic`"]
        );
    }

    #[test]
    fn a_path_that_is_gone_is_a_breach() {
        assert!(
            faults("`tests/src/house_rules/mod.rs`, `tests/src/<rule>.rs`, `a/b`\n").is_empty()
        );
        assert_eq!(
            faults("See `tests/attic.rs`.\n"),
            ["README.md:1: `tests/attic.rs` does not exist"]
        );
        assert_eq!(
            faults("See [the attic](tests/attic.md#top), [the web](https://example.org/x).\n"),
            ["README.md:1: the link to `tests/attic.md` leads nowhere"]
        );
    }
}
