//! Facts of the package: what its manifest and README say, from the settings or made from the document.
//!
//! Comes in: the model. Goes out: [`PackageFacts`], valid whatever the document says; the settings replace what they name. Must not know:
//! the form of manifest and README.

use heck::{ToKebabCase, ToShoutySnakeCase};

use crate::emit::{CrateFacts, Retries};
use crate::model::Api;
use crate::settings::Settings;

/// What manifest, README and headers say about the package.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageFacts {
    /// The name of the package: `hasty-api`.
    pub name: String,
    /// Its version, by semantic versioning.
    pub version: String,
    /// One line.
    pub description: String,
    /// An SPDX expression; none: the manifest names no licence.
    pub license: Option<String>,
    /// Where the source is kept.
    pub repository: Option<String>,
    /// Where the API is described.
    pub homepage: Option<String>,
    /// At most five.
    pub keywords: Vec<String>,
    /// Slugs of crates.io.
    pub categories: Vec<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// Where the documentation is; none: docs.rs.
    pub documentation: Option<String>,
    /// The least version of Rust.
    pub rust_version: String,
    /// Modules written by hand beside the generated ones.
    pub modules: Vec<String>,
    /// Examples written by hand, which need the feature `mock`.
    pub examples: Vec<String>,
    /// What tests and examples written by hand depend on.
    pub dev_dependencies: toml::Table,
    /// The `User-Agent`; none: name and version of the package.
    pub user_agent: Option<String>,
    /// When a failed request is sent again.
    pub retries: Retries,
    /// What environment variables of the client start with: `HASTY`.
    pub environment_prefix: String,
    /// The name of the document's file, for the headers.
    pub spec: String,
    /// The command that generates the package again, for the headers.
    pub regenerate: String,
}

/// What the runtime needs.
const RUST_VERSION: &str = "1.88";

/// Names that cargo refuses for a package, beside Rust's keywords.
const REFUSED: [&str; 12] = [
    "test",
    "core",
    "std",
    "alloc",
    "proc-macro",
    "proc_macro",
    "build",
    "deps",
    "examples",
    "incremental",
    "self",
    "super",
];

impl PackageFacts {
    /// Facts made from the document alone, read from the file `spec`.
    pub fn from_api(api: &Api, spec: &str) -> Self {
        let name = package_name(&api.short_title);
        PackageFacts {
            environment_prefix: environment_prefix(&name),
            version: package_version(&api.version),
            description: description(api),
            license: None,
            repository: None,
            homepage: api
                .documentation
                .link
                .clone()
                .filter(|link| link.starts_with("http")),
            keywords: vec!["api".to_owned(), "client".to_owned()],
            categories: vec!["api-bindings".to_owned()],
            authors: Vec::new(),
            documentation: None,
            rust_version: RUST_VERSION.to_owned(),
            modules: Vec::new(),
            examples: Vec::new(),
            dev_dependencies: toml::Table::new(),
            user_agent: None,
            retries: Retries::default(),
            regenerate: format!("clientsmith generate --spec {spec} --out ."),
            spec: spec.to_owned(),
            name,
        }
    }

    /// Puts what the settings say in place of what the document says. `name` goes before both.
    pub fn apply(&mut self, settings: &Settings, name: Option<&str>) {
        let package = &settings.package;
        if let Some(name) = name.or(package.name.as_deref()) {
            self.rename(name);
        }
        let set = |target: &mut String, value: &Option<String>| {
            if let Some(value) = value {
                target.clone_from(value);
            }
        };
        set(&mut self.version, &package.version);
        set(&mut self.description, &package.description);
        set(&mut self.rust_version, &package.rust_version);
        set(&mut self.environment_prefix, &settings.client.env_prefix);
        let replace = |target: &mut Option<String>, value: &Option<String>| {
            if value.is_some() {
                target.clone_from(value);
            }
        };
        replace(&mut self.license, &package.license);
        replace(&mut self.repository, &package.repository);
        replace(&mut self.homepage, &package.homepage);
        replace(&mut self.documentation, &package.documentation);
        replace(&mut self.user_agent, &settings.client.user_agent);
        let fill = |target: &mut Vec<String>, values: &Vec<String>| {
            if !values.is_empty() {
                target.clone_from(values);
            }
        };
        fill(&mut self.authors, &package.authors);
        fill(&mut self.keywords, &package.keywords);
        fill(&mut self.categories, &package.categories);
        fill(&mut self.modules, &package.modules);
        fill(&mut self.examples, &package.examples);
        self.dev_dependencies.clone_from(&package.dev_dependencies);
        let retries = settings.retries.clone();
        self.retries = Retries {
            max: retries.max,
            statuses: retries.statuses,
            unsafe_statuses: retries.unsafe_statuses,
            first_delay: retries.first_delay,
            max_delay: retries.max_delay,
        };
    }

    /// Sets the package's name to what is valid in `name`, and the prefix of the environment variables that follows from it.
    pub fn rename(&mut self, name: &str) {
        self.name = package_name(name);
        self.environment_prefix = environment_prefix(&self.name);
    }

    /// The name of the library target.
    pub fn library(&self) -> String {
        self.name.replace('-', "_")
    }

    pub(crate) fn crate_facts(&self) -> CrateFacts {
        CrateFacts {
            library: self.library(),
            environment_prefix: self.environment_prefix.clone(),
            modules: self.modules.clone(),
            user_agent: self.user_agent.clone(),
            retries: self.retries.clone(),
        }
    }
}

/// A name that cargo and Rust take, near to `text`.
pub(super) fn package_name(text: &str) -> String {
    let ascii: String = text
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                ' '
            }
        })
        .collect();
    let is_name = |text: &str| {
        text.starts_with(|character: char| character.is_ascii_lowercase())
            && text.len() <= 64
            && text.chars().all(|character| {
                character.is_ascii_lowercase()
                    || character.is_ascii_digit()
                    || "-_".contains(character)
            })
    };
    // A name that is one already stays as it is; kebab case would tell `v2api` apart.
    let mut name = if is_name(text) {
        text.to_owned()
    } else {
        ascii.to_kebab_case()
    };
    name.truncate(56);
    let name = name.trim_matches('-');
    if name.is_empty() {
        return "api-client".to_owned();
    }
    if name.starts_with(|character: char| !character.is_ascii_alphabetic()) {
        return format!("api-{name}");
    }
    let identifier = name.replace('-', "_");
    let is_keyword = syn::parse_str::<proc_macro2::Ident>(&identifier).is_err()
        || syn::parse_str::<syn::Ident>(&identifier).is_err();
    if is_keyword || REFUSED.contains(&name) || shadows_a_dependency(&identifier) {
        return format!("{name}-api");
    }
    name.to_owned()
}

/// Whether the library would have the name of a crate that it depends on.
fn shadows_a_dependency(identifier: &str) -> bool {
    [
        "bytes",
        "futures_core",
        "http",
        "http_body",
        "itoa",
        "jiter",
        "reqwest",
        "rustls",
        "rustls_platform_verifier",
        "serde",
        "serde_json",
        "time",
        "tokio",
        "url",
        "uuid",
        "zmij",
    ]
    .contains(&identifier)
}

fn environment_prefix(name: &str) -> String {
    let mut words = name;
    while let Some(rest) = ["-api", "-client", "-sdk", "-rs"]
        .into_iter()
        .find_map(|ending| words.strip_suffix(ending))
    {
        words = rest;
    }
    words.to_shouty_snake_case()
}

/// The version of the document as one of semantic versioning: `1.1` is `1.1.0`, what has no such reading is `0.1.0`.
pub(super) fn package_version(text: &str) -> String {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let core = text.split(['-', '+', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = core.split('.').collect();
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    if parts.len() > 3 || numbers.len() != parts.len() || is_date(text) {
        return "0.1.0".to_owned();
    }
    let number = |index: usize| numbers.get(index).copied().unwrap_or(0);
    let version = format!("{}.{}.{}", number(0), number(1), number(2));
    if version == "0.0.0" {
        "0.1.0".to_owned()
    } else {
        version
    }
}

/// Whether the version is a date, which would be a major version of two thousand.
fn is_date(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits >= 4
}

fn description(api: &Api) -> String {
    let title = api.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = title
        .chars()
        .filter(|character| !character.is_control())
        .take(200)
        .collect();
    if title.is_empty() {
        "Client of an HTTP API".to_owned()
    } else {
        format!("Client of {title}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_whatever_the_title() {
        for (title, name) in [
            ("Swagger Petstore", "swagger-petstore"),
            ("Hasty API v1", "hasty-api-v1"),
            ("hasty-api", "hasty-api"),
            ("", "api-client"),
            ("日本", "api-client"),
            ("3D Printers!", "api-3d-printers"),
            ("type", "type-api"),
            ("Test", "test-api"),
            ("UUID", "uuid-api"),
        ] {
            assert_eq!(package_name(title), name, "{title}");
        }
        assert!(package_name(&"long ".repeat(60)).len() <= 64);
    }

    #[test]
    fn versions_are_semantic() {
        for (text, version) in [
            ("1.1", "1.1.0"),
            ("v2", "2.0.0"),
            ("1.2.3-beta", "1.2.3"),
            ("2023-10-16", "0.1.0"),
            ("2.0.0.1", "0.1.0"),
            ("latest", "0.1.0"),
            ("0", "0.1.0"),
            ("01.2", "1.2.0"),
        ] {
            assert_eq!(package_version(text), version, "{text}");
        }
    }

    #[test]
    fn the_prefix_is_the_name_without_what_every_client_is() {
        assert_eq!(environment_prefix("hasty-api"), "HASTY");
        assert_eq!(environment_prefix("api"), "API");
        assert_eq!(environment_prefix("pet-store-api-client"), "PET_STORE");
    }
}
