//! The top level of the workspace: exactly the folders of the plan, and root files of known kinds.
//!
//! Comes in: the names at the root. Goes out: what is there and should not be, and what should be there and is not.

use super::Breach;

/// Every top-level folder that the repository holds.
pub const FOLDERS: &[&str] = &[
    ".cargo",
    ".ci",
    ".github",
    "generated",
    "generator",
    "spec",
    "templates",
    "tests",
    "xtask",
];

/// Folders that tools make beside them, named in `.gitignore` or git's own.
const MADE_BY_TOOLS: &[&str] = &[".git", "target", "node_modules"];

/// Every file at the root.
pub const FILES: &[&str] = &[
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "clippy.toml",
    "deny.toml",
];

/// Differences between the root and the plan. `.git` is a file in a linked work tree.
pub fn breaches(folders: &[String], files: &[String]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut compare = |kind: &str, found: &[String], planned: &[&str]| {
        for name in found {
            let name = name.as_str();
            if !planned.contains(&name) && !MADE_BY_TOOLS.contains(&name) {
                let fault = format!("is no {kind} of the plan: see ARCHITECTURE.md");
                breaches.push(Breach::new(name, fault));
            }
        }
        for name in planned {
            if !found.iter().any(|one| one == name) {
                breaches.push(Breach::new(
                    *name,
                    format!("is a {kind} of the plan and missing"),
                ));
            }
        }
    };
    compare("folder", folders, FOLDERS);
    compare("root file", files, FILES);
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_plan_is_the_plan() {
        let mut folders = owned(FOLDERS);
        folders.push("target".to_owned());
        assert!(breaches(&folders, &owned(FILES)).is_empty());
        folders.push("attic".to_owned());
        folders.retain(|name| name != "spec");
        let found = breaches(&folders, &owned(FILES));
        let places: Vec<&str> = found.iter().map(|breach| breach.place.as_str()).collect();
        assert_eq!(places, ["attic", "spec"]);
        let mut files = owned(FILES);
        files.push("notes.txt".to_owned());
        assert_eq!(breaches(&owned(FOLDERS), &files)[0].place, "notes.txt");
    }
}
