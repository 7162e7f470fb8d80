//! The generators that benches compare with: how each is installed, called, and its client made a crate.
//!
//! Comes in: a document. Goes out: a client of it. Rivals come from crates.io, in one version each, so that figures can be compared over
//! time. Must not know: what is measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::workspace::{cargo, run, target};

/// A generator to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rival {
    /// <https://crates.io/crates/openapi-to-rust>
    OpenapiToRust,
    /// <https://crates.io/crates/oas3-gen>
    #[value(name = "oas3-gen")]
    Oas3Gen,
}

impl Rival {
    pub(super) fn package(self) -> &'static str {
        match self {
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Oas3Gen => "oas3-gen",
        }
    }

    fn version(self) -> &'static str {
        match self {
            Self::OpenapiToRust => "0.23.0",
            Self::Oas3Gen => "0.29.0",
        }
    }

    /// The program, installed in this version if it is not there yet.
    pub(super) fn program(self) -> Result<PathBuf> {
        let (package, version) = (self.package(), self.version());
        let folder = target()
            .join("bench-rivals")
            .join(format!("{package}-{version}"));
        let program = folder.join("bin").join(package);
        if !program.is_file() {
            println!("installing {package} {version}");
            let mut command = cargo();
            command.args(["install", package, "--quiet", "--locked", "--version"]);
            command.arg(format!("={version}"));
            command.arg("--root").arg(&folder);
            run(&mut command)?;
        }
        Ok(program)
    }

    /// The command that makes a client of a document in a folder.
    pub(super) fn command(self, program: &Path, document: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.arg("generate").current_dir(folder);
        match self {
            Self::OpenapiToRust => command.arg(document),
            Self::Oas3Gen => command
                .args(["client-mod", "--output", "src/client", "--input"])
                .arg(document),
        };
        command
    }

    /// Makes a crate of a document.
    pub(super) fn generate(self, document: &Path, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder.join("src"))?;
        let program = self.program()?;
        let output = self.command(&program, document, folder).output()?;
        if !output.status.success() {
            bail!(
                "{} {}: {}",
                self.package(),
                document.display(),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let (module, dependencies) = match self {
            Self::OpenapiToRust => ("generated", openapi_to_rust_dependencies(folder)?),
            Self::Oas3Gen => ("client", oas3_gen_dependencies(self.version())),
        };
        fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"rival-client\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{dependencies}\n[workspace]\n"
            ),
        )?;
        fs::write(
            folder.join("src/lib.rs"),
            format!("//! The rival's client.\n\npub mod {module};\n"),
        )?;
        Ok(())
    }
}

/// What its clients need, as it writes it beside them.
fn openapi_to_rust_dependencies(folder: &Path) -> Result<String> {
    let file = folder.join("src/generated/REQUIRED_DEPS.toml");
    let dependencies = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Ok(if dependencies.contains("[dependencies]") {
        dependencies
    } else {
        format!("[dependencies]\n{dependencies}")
    })
}

/// What its clients need, as their code names it: it writes no manifest. The crate that supports them has the version of the program.
fn oas3_gen_dependencies(version: &str) -> String {
    format!("{OAS3_GEN_DEPENDENCIES}oas3-gen-support = \"={version}\"\n")
}

const OAS3_GEN_DEPENDENCIES: &str = r#"[dependencies]
anyhow = "1"
chrono = { version = "0.4", features = ["serde"] }
http = "1"
indexmap = { version = "2", features = ["serde"] }
reqwest = { version = "0.13", features = ["form", "json", "multipart", "query"] }
secrecy = "0.10"
serde = { version = "1", features = ["derive"] }
serde_html_form = "0.4"
serde_json = "1"
serde_with = { version = "3", features = ["chrono_0_4", "json"] }
url = "2"
uuid = { version = "1", features = ["serde"] }
validator = { version = "0.20", features = ["derive"] }
"#;
