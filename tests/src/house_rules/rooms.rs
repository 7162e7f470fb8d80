//! Direction of dependencies between the rooms of the generator, and who may touch the disk.
//!
//! Comes in: one file of `generator/src`. Goes out: every name in it that its room must not know. A room is a folder (or a
//! file) directly under `generator/src`; `lib.rs` and `main.rs` stand above the rooms and may see them all.

use super::tokens::{Token, of_product_code};
use super::{Breach, SourceFile, is_test_file};

/// What a room may know.
struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
    never_names: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room {
        name: "model",
        may_use: &[],
        never_names: &["openapiv3", "serde_json", "quote", "proc_macro2", "syn"],
    },
    Room {
        name: "diagnostics",
        may_use: &[],
        never_names: &["openapiv3", "quote", "syn"],
    },
    Room {
        name: "settings",
        // The file is read by `load`, the one room that reads the disk.
        may_use: &["load", "diagnostics"],
        never_names: &["openapiv3", "quote", "syn"],
    },
    Room {
        name: "load",
        may_use: &["diagnostics"],
        never_names: &["quote", "proc_macro2", "syn"],
    },
    Room {
        name: "lower",
        may_use: &["load", "model", "diagnostics", "settings"],
        never_names: &["quote", "proc_macro2"],
    },
    Room {
        name: "analyze",
        may_use: &["model", "diagnostics", "settings"],
        never_names: &["openapiv3", "quote", "proc_macro2", "syn"],
    },
    Room {
        name: "emit",
        may_use: &["model", "diagnostics", "settings"],
        never_names: &["openapiv3"],
    },
    Room {
        name: "package",
        may_use: &["emit", "model", "diagnostics", "settings"],
        never_names: &["openapiv3"],
    },
];

/// Above the rooms: the pipeline, its report and the command line.
const ABOVE: &[&str] = &["lib", "main", "cli", "report"];

const READS_THE_DISK: &str = "generator/src/load/source.rs";
const WRITES_THE_DISK: &str = "generator/src/package/write.rs";

/// Names in a file of the generator that its room must not know.
pub fn breaches(file: &SourceFile) -> Vec<Breach> {
    let Some(inside) = file.path.strip_prefix("generator/src/") else {
        return Vec::new();
    };
    if is_test_file(&file.path) {
        return Vec::new();
    }
    let tokens = match of_product_code(&file.text) {
        Ok(tokens) => tokens,
        Err(error) => return vec![Breach::new(&file.path, format!("does not parse: {error}"))],
    };
    let modules = module_path(inside);
    let name = modules.first().map_or("lib", String::as_str);
    let mut breaches = disk(file, &tokens);
    if ABOVE.contains(&name) {
        return breaches;
    }
    let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
        let fault = format!("`{name}` is no room of the generator: see ARCHITECTURE.md");
        return vec![Breach::new(&file.path, fault)];
    };
    for (used, line) in rooms_used(&tokens, modules.len()) {
        let known = ROOMS.iter().any(|room| room.name == used);
        if known && used != room.name && !room.may_use.contains(&used.as_str()) {
            let fault = format!("`{name}` must not use `{used}`");
            breaches.push(Breach::new(format!("{}:{line}", file.path), fault));
        }
    }
    for (index, token) in tokens.iter().enumerate() {
        if room.never_names.contains(&token.text.as_str()) && is_crate(&tokens, index) {
            let fault = format!("`{name}` must not name `{}`", token.text);
            breaches.push(Breach::new(format!("{}:{}", file.path, token.line), fault));
        }
    }
    breaches
}

/// Whether the identifier there is the name of a crate: before `::` or `!`, or behind `use`. A variable may be called `quote`.
fn is_crate(tokens: &[Token], index: usize) -> bool {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    let before = index.checked_sub(1).map_or("", text);
    let after = [text(index + 1), text(index + 2)];
    before == "use" || after == [":", ":"] || after[0] == "!"
}

/// `emit/types/mod.rs` → `[emit, types]`; `emit/types/object.rs` → `[emit, types, object]`; `lib.rs` → `[]`.
fn module_path(inside: &str) -> Vec<String> {
    let mut parts: Vec<String> = inside
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    parts
}

/// First segments below the crate's root, of every `crate::…`, and of every `super::…` that climbs up to the root from a
/// module that lies `depth` below it.
fn rooms_used(tokens: &[Token], depth: usize) -> Vec<(String, usize)> {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    let mut used = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let mut next = index;
        let mut climbed = 0;
        if text(next) == "crate" && text(next + 1) == ":" {
            climbed = depth;
            next += 3;
        }
        while text(next) == "super" && text(next + 1) == ":" {
            climbed += 1;
            next += 3;
        }
        if next == index {
            index += 1;
            continue;
        }
        if climbed == depth {
            first_segments(tokens, next, &mut used);
        }
        index = next;
    }
    used
}

/// The identifier at `start`, or the first identifier of each branch of the `{…}` there.
fn first_segments(tokens: &[Token], start: usize, used: &mut Vec<(String, usize)>) {
    let Some(first) = tokens.get(start) else {
        return;
    };
    if first.text != "{" {
        used.push((first.text.clone(), first.line));
        return;
    }
    let mut depth = 0;
    let mut at_branch = false;
    for token in tokens.iter().skip(start) {
        match token.text.as_str() {
            "{" => {
                depth += 1;
                at_branch = depth == 1;
            }
            "}" => {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
            "," => at_branch = depth == 1,
            _ if at_branch => {
                used.push((token.text.clone(), token.line));
                at_branch = false;
            }
            _ => {}
        }
    }
}

fn disk(file: &SourceFile, tokens: &[Token]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    for (index, token) in tokens.iter().enumerate() {
        // `syn` has a `File` too: only one that is opened is a file of the disk.
        if token.text == "File" && !matches!(text(index + 3), "open" | "create" | "options") {
            continue;
        }
        let place = || format!("{}:{}", file.path, token.line);
        match (token.text.as_str(), file.path.as_str()) {
            ("fs" | "File" | "OpenOptions", READS_THE_DISK | WRITES_THE_DISK) => {}
            ("fs" | "File" | "OpenOptions", _) => {
                let fault = format!(
                    "only {READS_THE_DISK} reads the disk and only {WRITES_THE_DISK} writes to it"
                );
                breaches.push(Breach::new(place(), fault));
            }
            (
                "create_dir" | "create_dir_all" | "remove_file" | "remove_dir" | "remove_dir_all"
                | "rename",
                path,
            ) if path.starts_with("generator/src/load/") => {
                breaches.push(Breach::new(place(), "`load` must not change the disk"));
            }
            _ => {}
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> Vec<String> {
        let found = breaches(&SourceFile::new(path, text));
        found.into_iter().map(|breach| breach.to_string()).collect()
    }

    #[test]
    fn the_model_knows_no_other_room() {
        let text = "//! Doc.\n\nuse crate::lower::naming;\n";
        assert_eq!(
            faults("generator/src/model/types.rs", text),
            ["generator/src/model/types.rs:3: `model` must not use `lower`"]
        );
        assert!(faults("generator/src/lower/types.rs", text).is_empty());
    }

    #[test]
    fn branches_and_climbing_paths_are_followed() {
        let text = "use crate::{model::{Api, emit}, load::Document};\n";
        assert_eq!(
            faults("generator/src/emit/mod.rs", text),
            ["generator/src/emit/mod.rs:1: `emit` must not use `load`"]
        );
        let text = "fn f() { super::super::lower::run(); super::lower(); }\n";
        assert_eq!(
            faults("generator/src/emit/client.rs", text),
            ["generator/src/emit/client.rs:1: `emit` must not use `lower`"]
        );
    }

    #[test]
    fn a_forbidden_crate_is_seen_in_code_and_not_in_prose_or_tests() {
        let text = "//! Not openapiv3.\nfn f(schema: &openapiv3::Schema) {}\n";
        assert_eq!(
            faults("generator/src/package/mod.rs", text),
            ["generator/src/package/mod.rs:2: `package` must not name `openapiv3`"]
        );
        let text = "fn f(quote: char) -> bool { quote == 'a' }\n";
        assert!(faults("generator/src/load/yaml.rs", text).is_empty());
        let text = "//! Not openapiv3.\n#[cfg(test)]\nmod tests { use openapiv3::Schema; }\n";
        assert!(faults("generator/src/package/mod.rs", text).is_empty());
        assert_eq!(
            faults("generator/src/load/yaml.rs", "use syn::parse2;\n"),
            ["generator/src/load/yaml.rs:1: `load` must not name `syn`"]
        );
    }

    #[test]
    fn only_two_files_touch_the_disk() {
        let text = "fn f() { let _ = std::fs::read(\"x\"); }\n";
        assert_eq!(faults("generator/src/lower/mod.rs", text).len(), 1);
        assert_eq!(faults("generator/src/lib.rs", text).len(), 1);
        assert!(faults("generator/src/lower/tests/mod.rs", text).is_empty());
        assert!(faults(READS_THE_DISK, text).is_empty());
        assert!(faults(WRITES_THE_DISK, text).is_empty());
        let text = "use std::fs; fn f() { let _ = fs::remove_file(\"x\"); }\n";
        assert_eq!(faults(READS_THE_DISK, text).len(), 1);
        let text = "use std::io; fn f() { let _ = File::open(\"x\"); }\n";
        assert_eq!(faults("generator/src/lower/mod.rs", text).len(), 1);
        let text = "fn f(file: &syn::File) {}\n";
        assert!(faults("generator/src/package/print.rs", text).is_empty());
    }

    #[test]
    fn a_room_outside_the_plan_is_refused() {
        assert_eq!(faults("generator/src/attic.rs", "//! Doc.\n").len(), 1);
    }
}
