//! The settings file: from TOML to [`Settings`], and what is wrong with it to a diagnostic with its place.

use std::path::Path;

use super::Settings;
use crate::{
    diagnostics::{Code, Diagnostic, Location, nearest, quoted},
    load::{line_and_column, read_text},
};

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// CS0701 where the file cannot be read, and as [`Settings::parse`].
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        match read_text(path) {
            Ok(text) => Self::parse(&path.display().to_string(), &text),
            // A file with nothing in it sets nothing.
            Err(diagnostic) if diagnostic.code == Code::EmptyFile => Ok(Self::default()),
            Err(diagnostic) => Err(Diagnostic {
                code: Code::SettingsNotRead,
                ..diagnostic
            }),
        }
    }

    /// Reads the text of a settings file, under a name that stands for it in messages.
    ///
    /// # Errors
    ///
    /// CS0702 where it is not TOML, CS0703 where a setting does not exist, CS0704 where one has a wrong value: each with its place.
    pub fn parse(name: &str, text: &str) -> Result<Self, Diagnostic> {
        let mut settings: Self =
            toml::from_str(text).map_err(|error| diagnose(name, text, &error))?;
        let select = &mut settings.select;
        for selector in select.include.iter_mut().chain(&mut select.exclude) {
            selector.location = selector
                .span
                .as_ref()
                .map(|span| location(name, text, span.start));
        }
        settings.check().map_err(
            |Wrong {
                 key,
                 value,
                 message,
             }| {
                let start = text.find(key).unwrap_or(0);
                let at = text[start..].find(&value).map_or(start, |at| start + at);
                Diagnostic::error(Code::WrongSetting, message).located(location(name, text, at))
            },
        )?;
        Ok(settings)
    }

    /// What the types of the fields cannot say.
    fn check(&self) -> Result<(), Wrong> {
        let wrong = |key, value: &str, message: String| {
            Err(Wrong {
                key,
                value: value.to_owned(),
                message,
            })
        };
        for module in &self.package.modules {
            let first =
                module.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
            if !first
                || !module
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            {
                return wrong(
                    "modules",
                    &in_quotes(module),
                    format!(
                        "{} is no name of a module: lower case letters, digits and `_`",
                        quoted(module)
                    ),
                );
            }
            if matches!(
                module.as_str(),
                "api" | "types" | "runtime" | "client" | "constraints" | "lib"
            ) {
                return wrong(
                    "modules",
                    &in_quotes(module),
                    format!("{} is the name of a generated module", quoted(module)),
                );
            }
        }
        let statuses = self
            .retries
            .statuses
            .iter()
            .chain(&self.retries.unsafe_statuses)
            .flatten();
        for status in statuses {
            if !(100..=599).contains(status) {
                return wrong(
                    "statuses",
                    &status.to_string(),
                    format!("`{status}` is no status code of HTTP"),
                );
            }
        }
        for polling in &self.polling {
            if polling.done.is_empty() {
                return wrong(
                    "polling",
                    &in_quotes(&polling.operation),
                    "`done` names no status, so waiting would never end".to_owned(),
                );
            }
            if polling.interval > polling.max_interval {
                return wrong(
                    "polling",
                    &in_quotes(&polling.operation),
                    "`interval` is longer than `max_interval`".to_owned(),
                );
            }
        }
        Ok(())
    }
}

fn in_quotes(text: &str) -> String {
    format!("\"{text}\"")
}

/// A value that a setting cannot have, and the words by which its place is found.
struct Wrong {
    key: &'static str,
    value: String,
    message: String,
}

fn location(name: &str, text: &str, offset: usize) -> Location {
    let position = line_and_column(text, offset);
    Location {
        file: name.to_owned(),
        line: position.line,
        column: position.column,
    }
}

fn diagnose(name: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let place = location(name, text, error.span().map_or(0, |span| span.start));
    let message = error.message();
    // The words are those of serde's `unknown_field` and `unknown_variant`.
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let mut names = rest.split('`').skip(1).step_by(2);
        let unknown = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        let help = nearest(unknown, known.iter().copied()).map_or_else(
            || {
                format!(
                    "the settings here are {}",
                    known
                        .iter()
                        .map(|name| format!("`{name}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            },
            |nearest| format!("did you mean `{nearest}`?"),
        );
        return Diagnostic::error(
            Code::UnknownSetting,
            format!("there is no setting {}", quoted(unknown)),
        )
        .located(place)
        .help(help);
    }
    let wrong = [
        "invalid type",
        "invalid value",
        "invalid length",
        "invalid duration",
        "invalid selector",
        "unknown variant",
        "missing field",
    ];
    if wrong.iter().any(|start| message.starts_with(start)) {
        return Diagnostic::error(Code::WrongSetting, message.to_owned()).located(place);
    }
    let message = format!(
        "this is not valid TOML: {}",
        message.lines().collect::<Vec<_>>().join(", ")
    );
    Diagnostic::error(Code::SettingsSyntax, message).located(place)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Every setting, none with its default.
    const ALL: &str = r#"
            spec = "spec/api.yaml"
            out = "client"
            overlays = ["spec/overlay.yaml"]
            [package]
            name = "an-api"
            version = "1.2.3"
            description = "…"
            license = "MIT"
            authors = ["A"]
            repository = "https://example.org/repository"
            homepage = "https://example.org"
            documentation = "https://example.org/documentation"
            keywords = ["api"]
            categories = ["api-bindings"]
            rust_version = "1.88"
            modules = ["workflows"]
            [client]
            env_prefix = "AN"
            user_agent = "an/1"
            request_id_header = "x-request-id"
            check_constraints = true
            x_webhooks = true
            [names.tags]
            "Project Export" = "exports"
            [names.operations]
            listPets = "list"
            [names.types]
            pet = "Animal"
            [references]
            "https://example.org/models.yaml" = "spec/models.yaml"
            [select]
            include = ["tag:pets", "GET /pets/{id}"]
            exclude = ["path:/admin/**"]
            deprecated = false
            [[patches]]
            target = "$.info"
            description = "…"
            update = {title = "Pets"}
            [[patches]]
            target = "$.paths['/old']"
            remove = true
            [[patches]]
            target = "$.paths['/new']"
            copy = "$.paths['/pets']"
            [names.fields]
            "/components/schemas/pet/properties/_id" = "key"
            [[pagination]]
            style = "offset"
            total = "meta.total"
            operations = ["listPets"]
            [[polling]]
            operation = "getJob"
            done = ["DONE"]
            failed_containing = ["FAIL"]
            interval = "3s"
            [features]
            per_tag = true
            threshold = 50
            [retries]
            max = 3
            statuses = [429, 503]
            unsafe_statuses = [429]
            first_delay = "500ms"
            max_delay = "8s"
    "#;

    #[test]
    fn every_setting_can_be_set() {
        let settings = Settings::parse("settings.toml", ALL).expect("valid");
        assert_eq!(settings.names.tags["Project Export"], "exports");
        assert_eq!(settings.pagination[0].items, "items");
        assert_eq!(settings.polling[0].interval, Duration::from_secs(3));
        assert_eq!(settings.polling[0].deadline, Duration::from_secs(1800));
        assert_eq!(
            settings.retries.first_delay,
            Some(Duration::from_millis(500))
        );
        assert_eq!(
            Settings::parse("settings.toml", ""),
            Ok(Settings::default())
        );
    }

    #[test]
    fn what_is_wrong_has_a_code_a_place_and_a_way_out() {
        let cases = [
            (
                "spec = \"a\"\n[package]\nlicence = \"MIT\"",
                "error[CS0703] s:3:1: there is no setting `licence`",
                Some("did you mean `license`?"),
            ),
            (
                "[client]\nzzz = 1",
                "error[CS0703] s:2:1: there is no setting `zzz`",
                Some(
                    "the settings here are `env_prefix`, `user_agent`, `request_id_header`, `check_constraints`, `x_webhooks`",
                ),
            ),
            (
                "[[pagination]]\nstyle = \"cursor\"",
                "error[CS0704] s:2:9: unknown variant `cursor`, expected `offset`",
                None,
            ),
            (
                "[package]\nname = 1",
                "error[CS0704] s:2:8: invalid type: integer `1`, expected a string",
                None,
            ),
            (
                "[[polling]]\noperation = \"a\"",
                "error[CS0704] s:1:1: missing field `done`",
                None,
            ),
            (
                "[[polling]]\noperation = \"a\"\ndone = [\"x\"]\ninterval = \"3\"",
                "error[CS0704] s:4:12: invalid duration `3`, expected a number and a unit such as `500ms`, `3s`, `30m` or `2h`",
                None,
            ),
            (
                "[retries]\nstatuses = [1]",
                "error[CS0704] s:2:13: `1` is no status code of HTTP",
                None,
            ),
            (
                "[[polling]]\noperation = \"a\"\ndone = []",
                "error[CS0704] s:2:13: `done` names no status, so waiting would never end",
                None,
            ),
            (
                "[[polling]]\noperation = \"a\"\ndone = [\"x\"]\ninterval = \"1h\"",
                "error[CS0704] s:2:13: `interval` is longer than `max_interval`",
                None,
            ),
            (
                "[package]\nmodules = [\"a-b\"]",
                "error[CS0704] s:2:12: `a-b` is no name of a module: lower case letters, digits and `_`",
                None,
            ),
            (
                "[package]\nmodules = [\"runtime\"]",
                "error[CS0704] s:2:12: `runtime` is the name of a generated module",
                None,
            ),
            (
                "[select]\ninclude = [\"tag:a\", \"pets\"]",
                "error[CS0704] s:2:11: invalid selector `pets`, expected `tag:NAME`, `path:/PATH`, `operation:ID`, `METHOD /PATH` or `deprecated`",
                None,
            ),
            (
                "[package\nname = 1",
                "error[CS0702] s:1:9: this is not valid TOML: unclosed table, expected `]`",
                None,
            ),
        ];
        for (text, expected, help) in cases {
            let diagnostic = Settings::parse("s", text).expect_err(text);
            assert_eq!(diagnostic.to_string(), expected);
            assert_eq!(diagnostic.help.as_deref(), help);
        }
    }

    #[test]
    fn the_settings_of_hasty_are_valid() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/hasty.toml");
        let settings = Settings::open(&path).expect("valid");
        assert_eq!(settings.package.name.as_deref(), Some("hasty-api"));
    }

    #[test]
    fn a_missing_file_is_named() {
        let diagnostic = Settings::open(Path::new("no/such/settings.toml")).expect_err("missing");
        assert_eq!(
            diagnostic.to_string(),
            "error[CS0701]: `no/such/settings.toml` cannot be read: there is no such file"
        );
    }
}
