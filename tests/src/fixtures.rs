//! The fixtures of the constructs: `tests/fixtures/<construct>/` holds the smallest document with the construct, values that its types must
//! carry there and back (`accept.json`) and values that they must refuse (`reject.json`), both by the name of the schema.
//!
//! Comes in: the folders. Goes out: each as data, the crate that the generator makes of it, and one program that tries every value.
//! Must not know: what the emitted code looks like.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clientsmith::analyze::analyze;
use clientsmith::diagnostics::Diagnostics;
use clientsmith::load::Document;
use clientsmith::lower::lower;
use clientsmith::model::{Api, TypeDefinition};
use clientsmith::package::{self, Package, PackageFacts};
use clientsmith::settings::Settings;
use clientsmith_templates::{PARTS, runtime_files_with};
use serde_json::Value;

/// Values by the name of the schema they are of.
pub type Values = BTreeMap<String, Vec<Value>>;

/// One construct.
pub struct Fixture {
    /// The name of the folder.
    pub construct: String,
    /// The document.
    pub document: PathBuf,
    /// Values that must decode and encode back equal.
    pub accept: Values,
    /// Values that must not decode.
    pub reject: Values,
    /// Pairs of what is received and what is sent of it, where a schema has a type for each.
    pub sent: Values,
}

/// What the generator made of a fixture.
pub struct Generation {
    /// The model.
    pub api: Api,
    /// The files of the crate.
    pub package: Package,
}

/// The folder of this package.
pub fn package_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads every fixture, by name.
///
/// # Errors
///
/// A folder or a file that cannot be read, or a file that is not JSON.
pub fn all() -> Result<Vec<Fixture>> {
    let folder = package_folder().join("fixtures");
    let mut fixtures = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let folder = entry?.path();
        let construct = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        fixtures.push(Fixture {
            construct: construct.context("a folder has a name")?,
            document: folder.join("openapi.yaml"),
            accept: values(&folder.join("accept.json"))?,
            reject: values(&folder.join("reject.json"))?,
            sent: match folder.join("sent.json") {
                file if file.exists() => values(&file)?,
                _ => Values::new(),
            },
        });
    }
    fixtures.sort_by(|one, other| one.construct.cmp(&other.construct));
    Ok(fixtures)
}

fn values(file: &Path) -> Result<Values> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| file.display().to_string())
}

impl Fixture {
    /// The name of the crate that is made of it.
    pub fn package(&self) -> String {
        format!("fixture-{}", self.construct.replace('_', "-"))
    }

    /// Runs the generator on the document.
    ///
    /// # Errors
    ///
    /// The document cannot be used, or what was emitted is no Rust.
    pub fn generate(&self) -> Result<Generation> {
        let settings = match self.document.with_file_name("settings.toml") {
            path if path.exists() => Settings::open(&path)
                .map_err(|diagnostic| anyhow!("{}: {diagnostic}", self.construct))?,
            _ => Settings::default(),
        };
        let document = Document::open(&self.document)
            .map_err(|found| anyhow!("{}: {found:?}", self.construct))?;
        let mut diagnostics = Diagnostics::default();
        let mut api = lower(&document, &settings, &mut diagnostics);
        analyze(&mut api, &settings, &mut diagnostics);
        let mut facts = PackageFacts::from_api(&api, "openapi.yaml");
        facts.rename(&self.package());
        let made = package::package(&api, &facts)
            .map_err(|faults| anyhow!("{}: {faults:?}", self.construct))?;
        Ok(Generation {
            api,
            package: made.package,
        })
    }

    /// What was emitted for this document alone: the types, the operations and the client, without the runtime.
    pub fn emitted(generation: &Generation) -> String {
        let mut text = String::new();
        for (path, content) in &generation.package.files {
            let emitted = path.starts_with("src/") && !path.starts_with("src/runtime/");
            if emitted {
                let _ = writeln!(text, "// ---- {path}\n{content}");
            }
        }
        text
    }
}

/// Writes one workspace: every fixture's crate, and the program that tries their values.
///
/// # Errors
///
/// A document that cannot be used, a schema that has no type of its own, or a folder that cannot be written.
pub fn write_workspace(fixtures: &[Fixture], folder: &Path) -> Result<()> {
    let mut members = String::new();
    let mut dependencies = String::new();
    let mut program = String::from(PROGRAM);
    for fixture in fixtures {
        let generation = fixture.generate()?;
        for (path, content) in &generation.package.files {
            write(&folder.join(&fixture.construct).join(path), content)?;
        }
        let package = fixture.package();
        let _ = writeln!(members, "  {:?},", fixture.construct);
        // Values go there and back, which takes both halves of the codec of every type.
        let mut features = vec!["serde"];
        if !generation.api.features.groups.is_empty() {
            features.push("full");
        }
        if !generation.api.webhooks.is_empty() {
            features.push("webhooks");
        }
        let _ = writeln!(
            dependencies,
            "{package} = {{ path = {:?}, default-features = false, features = {features:?} }}",
            format!("../{}", fixture.construct)
        );
        for (values, macro_name) in [(&fixture.accept, "accept"), (&fixture.reject, "reject")] {
            for (schema, values) in values {
                let type_name = type_name(&generation, schema)
                    .with_context(|| format!("{}: no type for {schema}", fixture.construct))?;
                for value in values {
                    let _ = writeln!(
                        program,
                        "    {macro_name}!(failures, {}, {type_name}, {:?});",
                        package.replace('-', "_"),
                        value.to_string()
                    );
                }
            }
        }
        for (schema, pairs) in &fixture.sent {
            let (received, sent) = type_names(&generation, schema)
                .with_context(|| format!("{}: {schema} is one type", fixture.construct))?;
            for pair in pairs {
                let _ = writeln!(
                    program,
                    "    sent!(failures, {}, {received}, {sent}, {:?}, {:?});",
                    package.replace('-', "_"),
                    pair["received"].to_string(),
                    pair["sent"].to_string(),
                );
            }
        }
    }
    members.push_str(&write_parts(fixtures, folder)?);
    program.push_str(PROGRAM_END);
    write(&folder.join("program/src/main.rs"), &program)?;
    write(
        &folder.join("program/Cargo.toml"),
        &format!(
            "[package]\nname = \"fixtures-program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde_json = \"1\"\n{dependencies}"
        ),
    )?;
    write(
        &folder.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}  \"program\",\n]\n"),
    )
}

/// Writes the runtime without any of its parts, and with each of them alone, as crates of their own; gives their lines of the workspace.
fn write_parts(fixtures: &[Fixture], folder: &Path) -> Result<String> {
    let fixture = fixtures.first().context("there are fixtures")?;
    let mut generation = fixture.generate()?;
    let manifest = generation.package.files.swap_remove("Cargo.toml");
    let manifest = manifest.context("a crate has a manifest")?;
    let mut members = String::new();
    let alone = PARTS.iter().map(|part| (part.name, vec![part.name]));
    for (name, parts) in [("none", Vec::new())].into_iter().chain(alone) {
        // What only others are built on is never there by itself.
        if PARTS.iter().any(|part| part.needs.contains(&name)) {
            continue;
        }
        let package = format!("parts-{name}");
        let own = folder.join(&package);
        let mut manifest = manifest.replace(&fixture.package(), &package);
        let dependencies = [
            (
                "time",
                "time = { version = \"0.3\", features = [\"formatting\", \"parsing\"] }",
            ),
            ("uuid", "uuid = \"1\""),
        ];
        for (dependency, line) in dependencies {
            if parts.contains(&dependency) && !manifest.contains(&format!("\n{dependency} = ")) {
                manifest =
                    manifest.replace("\n[dependencies]\n", &format!("\n[dependencies]\n{line}\n"));
            }
        }
        write(&own.join("Cargo.toml"), &manifest)?;
        write(&own.join("README.md"), "")?;
        write(
            &own.join("src/lib.rs"),
            "//! The runtime with some of its parts.\n\n#[doc(hidden)]\npub mod runtime;\n",
        )?;
        for (path, text) in runtime_files_with(&parts) {
            write(&own.join("src/runtime").join(path), &text)?;
        }
        let _ = writeln!(members, "  {package:?},");
    }
    Ok(members)
}

fn type_name(generation: &Generation, schema: &str) -> Option<String> {
    definition(generation, schema).map(|definition| definition.name.clone())
}

/// The types of what is received and of what is sent.
fn type_names(generation: &Generation, schema: &str) -> Option<(String, String)> {
    let received = definition(generation, schema)?;
    let sent = generation.api.definition(received.sent_as?);
    Some((received.name.clone(), sent.name.clone()))
}

fn definition<'g>(generation: &'g Generation, schema: &str) -> Option<&'g TypeDefinition> {
    let pointer = format!("/components/schemas/{schema}");
    generation.api.types.iter().find(|definition| {
        let place = definition.pointer.trim_start_matches('#');
        // A schema of another file is known by its name alone, and so is what is sent of one.
        let is_known_by_name =
            place.starts_with("/x-documents/") || definition.received_as.is_some();
        place == pointer || (is_known_by_name && definition.name == schema)
    })
}

/// Writes a file only where it differs, so that a build does not start anew.
fn write(file: &Path, content: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|present| present == content) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, content).with_context(|| file.display().to_string())
}

const PROGRAM: &str = r#"//! Tries every value of the fixtures.

macro_rules! accept {
    ($failures:ident, $package:ident, $type:ident, $json:literal) => {
        match $package::runtime::json::from_slice::<$package::types::$type>($json.as_bytes()) {
            Ok(value) => {
                let again = $package::runtime::json::to_vec(&value);
                if !same($json.as_bytes(), &again) {
                    $failures.push(format!("{}::{}: {} came back as {}", stringify!($package), stringify!($type), $json, String::from_utf8_lossy(&again)));
                }
            }
            Err(error) => $failures.push(format!("{}::{}: {} was refused: {error}", stringify!($package), stringify!($type), $json)),
        }
    };
}

macro_rules! reject {
    ($failures:ident, $package:ident, $type:ident, $json:literal) => {
        if let Ok(value) = $package::runtime::json::from_slice::<$package::types::$type>($json.as_bytes()) {
            $failures.push(format!("{}::{}: {} was taken as {value:?}", stringify!($package), stringify!($type), $json));
        }
    };
}

macro_rules! sent {
    ($failures:ident, $package:ident, $received:ident, $sent:ident, $from:literal, $to:literal) => {
        match $package::runtime::json::from_slice::<$package::types::$received>($from.as_bytes()) {
            Ok(value) => {
                let sent = $package::runtime::json::to_vec(&$package::types::$sent::from(value));
                if !same($to.as_bytes(), &sent) {
                    $failures.push(format!("{}::{}: {} is sent as {}", stringify!($package), stringify!($sent), $from, String::from_utf8_lossy(&sent)));
                }
            }
            Err(error) => $failures.push(format!("{}::{}: {} was refused: {error}", stringify!($package), stringify!($received), $from)),
        }
    };
}

/// Whether two texts are the same JSON, numbers by value.
fn same(one: &[u8], other: &[u8]) -> bool {
    match (serde_json::from_slice(one), serde_json::from_slice(other)) {
        (Ok(one), Ok(other)) => equal(&one, &other),
        _ => false,
    }
}

fn equal(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => one == other,
    }
}

fn main() {
    let mut failures: Vec<String> = Vec::new();
"#;

const PROGRAM_END: &str = r#"    for failure in &failures {
        eprintln!("{failure}");
    }
    std::process::exit(i32::from(!failures.is_empty()));
}
"#;
