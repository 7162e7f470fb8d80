//! The twin: the same types and operations as the generated crate, written the way that serde derives ask for.
//!
//! Comes in: the model of the API. Goes out: the files of a crate with `derive(Serialize, Deserialize)` on every type, a builder with
//! fields per operation, and an `async fn send` that handles its response in place. It exists to be measured by `bench compile`, so it
//! carries the same names, documentation, constructors and setters, and nothing that the other side does without. The runtime of the
//! client is copied beside it, so that only what is emitted differs.

mod operations;
mod types;

use std::fmt::Write as _;

use anyhow::{Context, Result};
use clientsmith::model::{Api, Documentation};
use toml::{Table, Value};

/// The files of the twin: paths from its root, and texts.
///
/// # Errors
/// When the client's manifest cannot be made that of the twin.
pub(super) fn files(api: &Api, client_manifest: &str) -> Result<Vec<(String, String)>> {
    let mut library = String::from(
        "//! The twin of the generated crate, with serde derives.\n\npub mod api;\npub mod runtime;\npub mod types;\n",
    );
    library.push_str(CLIENT);
    for group in &api.groups {
        let _ = write!(
            library,
            "\nimpl Client {{\n    /// Operations of one tag.\n    pub fn {accessor}(&self) -> api::{accessor}::{name}<'_> {{\n        api::{accessor}::{name} {{ client: self }}\n    }}\n}}\n",
            accessor = group.accessor,
            name = group.type_name,
        );
    }
    let mut modules = String::from("//! Operations by tag.\n\n");
    let mut files = Vec::new();
    for group in &api.groups {
        let _ = writeln!(modules, "pub mod {};", group.accessor);
        let path = format!("src/api/{}.rs", group.accessor.trim_start_matches("r#"));
        files.push((path, operations::file(api, group)));
    }
    files.push(("src/lib.rs".to_owned(), library));
    files.push(("src/api/mod.rs".to_owned(), modules));
    files.push(("src/types.rs".to_owned(), types::file(api)));
    let twin_manifest = manifest("twin", client_manifest, WITH_SERDE)?;
    files.push(("Cargo.toml".to_owned(), twin_manifest));
    Ok(files)
}

/// Writes what the document says as documentation.
fn write_documentation(text: &mut String, indent: &str, documentation: &Documentation) {
    let words = [&documentation.summary, &documentation.description];
    let mut lines = words
        .into_iter()
        .flatten()
        .flat_map(|part| part.lines())
        .peekable();
    if lines.peek().is_none() {
        let _ = writeln!(text, "{indent}/// Not described.");
    }
    for line in lines {
        let _ = writeln!(text, "{indent}/// {line}");
    }
}

/// What the twin's dependencies need beyond those of the client.
const WITH_SERDE: &[(&str, &[&str])] = &[
    ("reqwest", &["json", "query"]),
    ("serde", &["derive"]),
    ("time", &["serde-human-readable"]),
    ("uuid", &["serde"]),
];

/// The manifest of a crate with the dependencies and features of the client, and more features of some dependencies.
///
/// # Errors
/// When the client's manifest has no dependencies.
pub(super) fn manifest(name: &str, client: &str, more: &[(&str, &[&str])]) -> Result<String> {
    let client: Table = toml::from_str(client)?;
    let part = |key: &str| {
        let table = client.get(key).and_then(Value::as_table);
        table
            .cloned()
            .with_context(|| format!("the client's manifest has no [{key}]"))
    };
    let mut dependencies = part("dependencies")?;
    let mut features = part("features")?;
    for (dependency, needed) in more {
        let entry = dependencies
            .entry(*dependency)
            .or_insert_with(|| Value::from("1"));
        if let Value::String(version) = entry {
            *entry = Value::Table(Table::from_iter([(
                "version".to_owned(),
                Value::from(version.as_str()),
            )]));
        }
        let table = entry
            .as_table_mut()
            .with_context(|| format!("{dependency} is neither a version nor a table"))?;
        // Derives are not optional, so no feature may switch them on.
        if table.remove("optional").is_some() {
            let switch = Value::from(format!("dep:{dependency}"));
            for (_, enabled) in &mut features {
                if let Value::Array(enabled) = enabled {
                    enabled.retain(|entry| *entry != switch);
                }
            }
        }
        let list = table
            .entry("features")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.extend(needed.iter().map(|feature| Value::from(*feature)));
        }
    }
    let mut manifest: Table = toml::from_str("[workspace]")?;
    let package = toml::from_str(&format!(
        "name = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\""
    ))?;
    manifest.insert("package".to_owned(), Value::Table(package));
    manifest.insert("features".to_owned(), Value::Table(features));
    manifest.insert("dependencies".to_owned(), Value::Table(dependencies));
    Ok(toml::to_string(&manifest)?)
}

const CLIENT: &str = r#"
/// What can go wrong.
#[derive(Debug)]
pub enum Error {
    /// The request could not be sent, or the answer not read.
    Transport(reqwest::Error),
    /// The server answered with an error.
    Api(reqwest::StatusCode, String),
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        Error::Transport(error)
    }
}

/// The client.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) base: String,
    pub(crate) key: String,
    pub(crate) http: reqwest::Client,
}

impl Client {
    /// A client for a base URL and a key.
    pub fn new(base: impl Into<String>, key: impl Into<String>) -> Self {
        Client { base: base.into(), key: key.into(), http: reqwest::Client::new() }
    }
}

/// Percent-encodes a path argument.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
"#;

#[cfg(test)]
mod tests {
    use clientsmith::model::{
        Direction, Field, FieldPresence, Group, ObjectShape, Scalar, Shape, Type, TypeDefinition,
    };

    use super::*;

    #[test]
    fn a_type_becomes_a_struct_with_derives() {
        let api = Api {
            groups: vec![Group {
                tag: "Pet".to_owned(),
                accessor: "pets".to_owned(),
                type_name: "Pets".to_owned(),
                documentation: Documentation::default(),
                operations: Vec::new(),
            }],
            types: vec![TypeDefinition {
                name: "Pet".to_owned(),
                pointer: "/components/schemas/Pet".to_owned(),
                module: "pets".to_owned(),
                documentation: Documentation::default(),
                shape: Shape::Object(ObjectShape {
                    fields: vec![Field {
                        name: "r#type".to_owned(),
                        key: "type".to_owned(),
                        value: Type::Scalar(Scalar::String),
                        presence: FieldPresence::Optional,
                        read_only: false,
                        write_only: false,
                        secret: false,
                        default: None,
                        documentation: Documentation::default(),
                    }],
                    ..ObjectShape::default()
                }),
                direction: Direction::Both,
                sent_as: None,
                received_as: None,
                is_read: true,
                is_written: true,
                has_default: true,
            }],
            ..Api::default()
        };
        let client = "[features]\nserde = [\"dep:serde\"]\n[dependencies]\nserde = { version = \"1\", optional = true }\nuuid = \"1\"";
        let files = files(&api, client).unwrap();
        assert!(files.iter().any(|(path, text)| path == "Cargo.toml"
            && !text.contains("optional")
            && text.contains("derive")));
        let (_, types) = files
            .iter()
            .find(|(path, _)| path == "src/types.rs")
            .unwrap();
        assert!(types.contains("Serialize, Deserialize"), "{types}");
        assert!(types.contains("#[serde(rename = \"type\", default, skip_serializing_if = \"Option::is_none\")]\n    pub r#type: Option<String>,"), "{types}");
        assert!(files.iter().any(|(path, _)| path == "src/api/pets.rs"));
    }
}
