//! `Cargo.toml` of the generated crate.
//!
//! Comes in: the facts of the package, and which crates its types need. Goes out: the text, from `templates/Cargo.toml.jinja`. Must not
//! know: Rust code.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, context};

use super::{PackageFacts, PackageFault, header};
use crate::emit::Used;
use crate::model::Api;

/// The manifest.
pub(super) fn manifest(api: &Api, facts: &PackageFacts) -> Result<String, PackageFault> {
    let used = Used::of(api);
    render(
        "Cargo.toml",
        clientsmith_templates::MANIFEST,
        context! {
            header => header::sentence(facts),
            name => &facts.name,
            version => &facts.version,
            description => &facts.description,
            license => &facts.license,
            repository => &facts.repository,
            homepage => &facts.homepage,
            keywords => keywords(&facts.keywords),
            categories => &facts.categories,
            authors => &facts.authors,
            documentation => &facts.documentation,
            rust_version => &facts.rust_version,
            examples => &facts.examples,
            dev_dependencies => dev_dependencies(facts),
            groups => api.features.groups.values().cloned().collect::<Vec<_>>(),
            has_webhooks => !api.webhooks.is_empty(),
            uses_uuid => used.uuid,
            uses_time => used.time,
        },
    )
}

/// Renders a template in which `text|toml` is a string of TOML, and `text|toml_key` a key.
pub(super) fn render(
    path: &str,
    template: &str,
    context: minijinja::Value,
) -> Result<String, PackageFault> {
    let fault = |error: minijinja::Error| PackageFault {
        path: path.to_owned(),
        message: format!("the template does not render: {error}"),
    };
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .map_err(fault)?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.add_filter("toml", toml_string);
    environment.add_filter("toml_key", key);
    environment.render_str(template, context).map_err(fault)
}

/// The lines of `[dev-dependencies]`. Doctests need an executor, whatever the settings add.
fn dev_dependencies(facts: &PackageFacts) -> Vec<String> {
    let mut lines: Vec<String> = facts
        .dev_dependencies
        .iter()
        .map(|(name, value)| format!("{} = {}", key(name), dependency(value)))
        .collect();
    if !facts.dev_dependencies.contains_key("tokio") {
        lines.push(
            r#"tokio = { version = "1", features = ["macros", "rt-multi-thread"] }"#.to_owned(),
        );
    }
    lines.sort();
    lines
}

/// A dependency on one line, its version first.
fn dependency(value: &toml::Value) -> String {
    let toml::Value::Table(table) = value else {
        return value.to_string();
    };
    let (first, rest): (Vec<_>, Vec<_>) = table.iter().partition(|(name, _)| *name == "version");
    let parts: Vec<String> = first
        .into_iter()
        .chain(rest)
        .map(|(name, value)| format!("{} = {value}", key(name)))
        .collect();
    format!("{{ {} }}", parts.join(", "))
}

fn key(name: &str) -> String {
    let is_bare = !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "-_".contains(character));
    if is_bare {
        name.to_owned()
    } else {
        toml_string(name)
    }
}

/// A basic string of TOML. Its escapes are JSON's, but for the delete character.
fn toml_string(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

/// What crates.io takes: at most five, 20 characters, starting with a letter.
fn keywords(wanted: &[String]) -> Vec<String> {
    wanted
        .iter()
        .filter(|word| {
            word.len() <= 20
                && word.starts_with(|character: char| character.is_ascii_alphanumeric())
                && word
                    .chars()
                    .all(|character| character.is_ascii_alphanumeric() || "-_+".contains(character))
        })
        .take(5)
        .cloned()
        .collect()
}
