//! Manifests: the arrows between our packages, and a reason for every dependency.
//!
//! Comes in: `Cargo.toml` texts. Goes out: arrows that are not allowed, dependencies that do not come from the root's list,
//! and entries of that list without a reason.

use super::{Breach, SourceFile};

/// A package of the workspace, its folder, and the packages of ours that it may depend on.
struct Package {
    folder: &'static str,
    name: &'static str,
    may_use: &'static [&'static str],
}

const PACKAGES: &[Package] = &[
    Package {
        folder: "generator",
        name: "clientsmith",
        may_use: &["clientsmith-templates"],
    },
    Package {
        folder: "templates",
        name: "clientsmith-templates",
        may_use: &[],
    },
    Package {
        folder: "generated",
        name: "hasty-api",
        may_use: &[],
    },
    Package {
        folder: "xtask",
        name: "xtask",
        may_use: &["clientsmith"],
    },
    Package {
        folder: "tests",
        name: "clientsmith-tests",
        may_use: &["clientsmith", "clientsmith-templates", "hasty-api"],
    },
];

/// The one manifest that is no member's: fuzz targets need a nightly compiler, so they are a workspace of their own.
pub const FUZZ_TARGETS: &str = "tests/fuzz/Cargo.toml";

/// Our packages, by name.
pub fn package_names() -> impl Iterator<Item = &'static str> {
    PACKAGES.iter().map(|package| package.name)
}

/// Breaches in the manifest of a member.
pub fn member_breaches(file: &SourceFile) -> Vec<Breach> {
    let folder = file.path.trim_end_matches("/Cargo.toml");
    let Some(package) = PACKAGES.iter().find(|package| package.folder == folder) else {
        return vec![Breach::new(&file.path, "is no package of the plan")];
    };
    let manifest: toml::Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Breach::new(&file.path, error.to_string())],
    };
    let mut breaches = Vec::new();
    let name = manifest
        .get("package")
        .and_then(|table| table.get("name"))
        .and_then(toml::Value::as_str);
    if name != Some(package.name) {
        let fault = format!("the package must be named `{}`", package.name);
        breaches.push(Breach::new(&file.path, fault));
    }
    for (dependency, declared) in dependencies(&manifest) {
        let ours = package_names().any(|name| name == dependency);
        if ours && !package.may_use.contains(&dependency) {
            let fault = format!("`{}` must not depend on `{dependency}`", package.name);
            breaches.push(Breach::new(&file.path, fault));
        }
        // The generated crate is published alone, so its manifest names its versions itself.
        let shared = declared.get("workspace").and_then(toml::Value::as_bool) == Some(true);
        if folder != "generated" && !shared {
            let fault = format!("`{dependency}` must come from the root: `workspace = true`");
            breaches.push(Breach::new(&file.path, fault));
        }
    }
    breaches
}

fn dependencies(manifest: &toml::Table) -> Vec<(&str, &toml::Value)> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let mut tables: Vec<&toml::Table> = vec![manifest];
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        tables.extend(targets.values().filter_map(toml::Value::as_table));
    }
    tables
        .iter()
        .flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)))
        .filter_map(toml::Value::as_table)
        .flatten()
        .map(|(name, declared)| (name.as_str(), declared))
        .collect()
}

/// Entries of the root's `[workspace.dependencies]` without a reason behind them. Our own packages need none.
pub fn root_breaches(manifest: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut inside = false;
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim() == "[workspace.dependencies]";
            continue;
        }
        let entry = line.split_once('=').map(|(name, _)| name.trim());
        let Some(name) = entry.filter(|name| inside && !name.starts_with('#')) else {
            continue;
        };
        let ours = package_names().any(|package| package == name);
        let reason = line
            .rsplit_once('#')
            .map_or("", |(_, reason)| reason.trim());
        if !ours && reason.len() < 5 {
            let fault = format!("`{name}` gives no reason: end the line with `# why`");
            breaches.push(Breach::new(format!("Cargo.toml:{}", index + 1), fault));
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(folder: &str, name: &str, dependencies: &str) -> SourceFile {
        SourceFile::new(
            &format!("{folder}/Cargo.toml"),
            &format!("[package]\nname = \"{name}\"\n\n{dependencies}"),
        )
    }

    #[test]
    fn an_arrow_against_the_plan_is_a_breach() {
        let arrow = "[dev-dependencies]\nclientsmith = { workspace = true }\n";
        let found = member_breaches(&manifest("templates", "clientsmith-templates", arrow));
        assert_eq!(
            found[0].fault,
            "`clientsmith-templates` must not depend on `clientsmith`"
        );
        assert!(member_breaches(&manifest("xtask", "xtask", arrow)).is_empty());
        let target = "[target.'cfg(unix)'.dependencies]\nhasty-api = { workspace = true }\n";
        assert_eq!(
            member_breaches(&manifest("xtask", "xtask", target)).len(),
            1
        );
    }

    #[test]
    fn a_version_of_its_own_is_a_breach() {
        let own = manifest("xtask", "xtask", "[dependencies]\nclap = \"4\"\n");
        assert_eq!(member_breaches(&own).len(), 1);
        let published = manifest("generated", "hasty-api", "[dependencies]\nhttp = \"1\"\n");
        assert!(member_breaches(&published).is_empty());
    }

    #[test]
    fn a_stranger_is_a_breach() {
        assert_eq!(member_breaches(&manifest("attic", "attic", "")).len(), 1);
        assert_eq!(member_breaches(&manifest("xtask", "tasks", "")).len(), 1);
    }

    #[test]
    fn a_dependency_without_a_reason_is_a_breach() {
        let root = "[workspace.dependencies]\nclientsmith = { path = \"generator\" }\n# Reading\nhttp = \"1\" # types of the seam\nurl = \"2\"\n\n[profile.dev]\ndebug = 1\n";
        let found = root_breaches(root);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "Cargo.toml:5");
    }
}
