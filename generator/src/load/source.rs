//! The text of a document: the only place that reads documents and settings from disk.
//!
//! Comes in: a path, or text. Goes out: a [`Source`], which holds the text for locations and the value that it stands for. JSON and YAML
//! are told apart by content, never by the name of the file.

use std::{
    cell::Cell,
    collections::HashMap,
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
    sync::Once,
};

use serde_json::Value;

use super::{
    json::{self, JsonError},
    locate::{self, Format},
    toml,
    yaml::{self, Position, YamlError},
};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location, Pointer, Severity, quoted};

/// The largest file that is read, in bytes.
const LARGEST_FILE: u64 = 128 << 20;

/// A text and its name.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    format: Format,
    spellings: HashMap<Pointer, String>,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// One diagnostic of CS01xx where nothing can be read.
    pub fn open(path: &Path) -> Result<(Self, Value, Diagnostics), Diagnostic> {
        Self::parse(path.display().to_string(), read_text(path)?)
    }

    /// Reads text under a name that stands for it in messages.
    ///
    /// # Errors
    ///
    /// One diagnostic of CS01xx where nothing can be read.
    pub fn parse(name: String, text: String) -> Result<(Self, Value, Diagnostics), Diagnostic> {
        let mut source = Self {
            name,
            text,
            format: Format::Yaml,
            spellings: HashMap::new(),
        };
        let mut diagnostics = Diagnostics::new();
        let json = match source.text.trim_start().as_bytes().first() {
            Some(b'{' | b'[') => Some(json::read(&source.text)),
            _ => None,
        };
        match json {
            Some(Ok(json)) => {
                source.format = Format::Json;
                let value = source.keep_json(json, &mut diagnostics);
                Ok((source, value, diagnostics))
            }
            Some(Err(JsonError::TooDeep(line, column))) => {
                Err(source.too_deep(from_json(line, column)))
            }
            Some(Err(JsonError::TooLarge(line, column))) => {
                Err(source.too_large(from_json(line, column)))
            }
            Some(Err(error @ JsonError::Syntax(_, line, column))) => match yaml::read(&source.text)
            {
                Ok(yaml) => {
                    // JSON with comments or a comma too many, which YAML allows; without quotes it is YAML in flow style.
                    if source.text.trim_start()[1..].trim_start().starts_with('"') {
                        let mut diagnostic =
                            source.syntax("JSON", &error.message(), from_json(line, column));
                        diagnostic.severity = Severity::Warning;
                        diagnostic
                            .message
                            .push_str("; it is read as YAML, which allows it");
                        diagnostics.push(diagnostic);
                    }
                    source.keep_yaml(yaml, diagnostics)
                }
                Err(_) => Err(source.syntax("JSON", &error.message(), from_json(line, column))),
            },
            None => match yaml::read(&source.text) {
                Ok(yaml) => source.keep_yaml(yaml, diagnostics),
                Err(error) => Err(source.yaml_error(error)),
            },
        }
    }

    /// Reads a file of settings, which is TOML.
    ///
    /// # Errors
    ///
    /// One diagnostic where nothing can be read.
    pub(super) fn open_settings(path: &Path) -> Result<(Self, Value), Diagnostic> {
        let source = Self {
            name: path.display().to_string(),
            text: read_text(path)?,
            format: Format::Toml,
            spellings: HashMap::new(),
        };
        match toml::read(&source.text) {
            Ok(value) => Ok((source, value)),
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                let at = locate::line_and_column(&source.text, start);
                Err(source.syntax("TOML", error.message(), at))
            }
        }
    }

    /// The name of the file, as it stands in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How a number or boolean was written, where that is not how JSON writes it: `1.10`, `0x10`, `True`.
    #[must_use]
    pub fn spelling(&self, pointer: &Pointer) -> Option<&str> {
        self.spellings.get(pointer).map(String::as_str)
    }

    /// The places of all pointers, in one pass over the text.
    #[must_use]
    pub fn locate(&self, pointers: &[&Pointer]) -> HashMap<Pointer, Location> {
        let found = locate::locate(&self.text, self.format, pointers);
        found
            .into_iter()
            .map(|(pointer, position)| (pointer, self.location(position)))
            .collect()
    }

    fn location(&self, position: Position) -> Location {
        Location {
            file: self.name.clone(),
            line: position.line,
            column: position.column,
        }
    }

    fn keep_json(&self, json: json::Json, diagnostics: &mut Diagnostics) -> Value {
        let mut offsets: Vec<usize> = json
            .duplicates
            .iter()
            .chain(&json.out_of_range)
            .map(|(_, at)| *at)
            .collect();
        offsets.sort_unstable();
        let positions = locate::lines_and_columns(&self.text, &offsets);
        let place = |at: usize| {
            self.location(
                positions
                    .get(&at)
                    .copied()
                    .unwrap_or(Position { line: 1, column: 1 }),
            )
        };
        diagnostics.extend(
            json.duplicates
                .iter()
                .map(|(pointer, at)| duplicate(pointer).located(place(*at))),
        );
        diagnostics.extend(
            json.out_of_range
                .iter()
                .map(|(pointer, at)| out_of_range(pointer).located(place(*at))),
        );
        json.value
    }

    fn keep_yaml(
        mut self,
        yaml: yaml::Yaml,
        mut diagnostics: Diagnostics,
    ) -> Result<(Self, Value, Diagnostics), Diagnostic> {
        let Some(value) = yaml.value else {
            return Err(
                Diagnostic::error(Code::EmptyFile, "the file holds no document")
                    .located(self.location(Position { line: 1, column: 1 }))
                    .help("pass the file that holds the OpenAPI description"),
            );
        };
        self.spellings = yaml.spellings;
        for (pointer, at) in &yaml.duplicates {
            diagnostics.push(duplicate(pointer).located(self.location(*at)));
        }
        for (pointer, at) in &yaml.out_of_range {
            diagnostics.push(out_of_range(pointer).located(self.location(*at)));
        }
        for (pointer, at) in &yaml.bad_merges {
            let message = "the merge key `<<` is followed by something that is no object and no list of objects";
            diagnostics.push(
                Diagnostic::warning(Code::WrongType, message)
                    .at(pointer)
                    .located(self.location(*at)),
            );
        }
        if let Some(at) = yaml.second_document {
            let message = "a second YAML document begins here; only the first is read";
            diagnostics.push(
                Diagnostic::warning(Code::SeveralDocuments, message).located(self.location(at)),
            );
        }
        Ok((self, value, diagnostics))
    }

    fn yaml_error(&self, error: YamlError) -> Diagnostic {
        match error {
            YamlError::TooDeep(at) => self.too_deep(at),
            YamlError::TooLarge(at) => self.too_large(at),
            YamlError::AliasesTooLarge(at) => Diagnostic::error(
                Code::TooLarge,
                "aliases make the document grow beyond 128 MB",
            )
            .located(self.location(at))
            .help("use `$ref` for what is used often"),
            YamlError::KeyNotText(at) => {
                Diagnostic::error(Code::KeyNotText, "this key is a list or an object")
                    .located(self.location(at))
                    .help("keys are text; in `{{name}}` and the like the braces need quotes")
            }
            YamlError::Syntax(words, at) => self.syntax("YAML", &words, at),
        }
    }

    fn too_large(&self, at: Position) -> Diagnostic {
        let message = format!(
            "the document has more than {} values",
            super::events::MOST_VALUES
        );
        Diagnostic::error(Code::TooLarge, message)
            .located(self.location(at))
            .help("split the description")
    }

    fn too_deep(&self, at: Position) -> Diagnostic {
        let message = format!(
            "more than {} levels of lists and objects within each other",
            super::events::DEEPEST
        );
        Diagnostic::error(Code::TooDeep, message)
            .located(self.location(at))
            .help("move inner parts to `components` and use `$ref`")
    }

    fn syntax(&self, language: &str, words: &str, at: Position) -> Diagnostic {
        Diagnostic::error(
            Code::Syntax,
            format!("this is not valid {language}: {words}"),
        )
        .located(self.location(at))
    }
}

/// The real path of a file or folder, without links, `.` and `..`.
pub fn canonical(path: &Path) -> std::io::Result<PathBuf> {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    path.canonicalize()
}

/// Reads a text file, which must be UTF-8; a byte order mark is taken off.
///
/// # Errors
///
/// One diagnostic: the file cannot be read, is too large, is empty, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Diagnostic> {
    let name = path.display().to_string();
    let failed = |error: std::io::Error| {
        let (reason, help) = match error.kind() {
            ErrorKind::NotFound => (
                "there is no such file".to_owned(),
                "check the path; it is taken from the current folder",
            ),
            ErrorKind::PermissionDenied => (
                "it may not be read".to_owned(),
                "give yourself the permission to read it",
            ),
            ErrorKind::IsADirectory => ("it is a folder".to_owned(), "name the file in it"),
            _ => (
                error.to_string(),
                "check that the file is there and can be read",
            ),
        };
        Diagnostic::error(
            Code::FileNotRead,
            format!("{} cannot be read: {reason}", quoted(&name)),
        )
        .help(help)
    };
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| {
            // One allocation: a buffer that grows is copied over and over. What is no file has no length.
            let length = file.metadata().map_or(0, |metadata| metadata.len());
            bytes.reserve_exact(usize::try_from(length.min(LARGEST_FILE)).unwrap_or(0) + 1);
            file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)
        })
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST_FILE {
        let message = format!("{} is larger than {} MB", quoted(&name), LARGEST_FILE >> 20);
        return Err(Diagnostic::error(Code::TooLarge, message).help("split the description"));
    }
    let start = Location {
        file: name.clone(),
        line: 1,
        column: 1,
    };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(
            Diagnostic::error(Code::NotUtf8, format!("{} is UTF-16", quoted(&name)))
                .located(start)
                .help("save it as UTF-8"),
        );
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(valid).copied().unwrap_or_default();
        let before =
            String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default()).into_owned();
        let at = locate::line_and_column(&before, valid);
        Diagnostic::error(
            Code::NotUtf8,
            format!("the byte 0x{byte:02X} does not belong to UTF-8"),
        )
        .located(Location {
            file: name.clone(),
            line: at.line,
            column: at.column,
        })
        .help("save it as UTF-8")
    })?;
    if text.trim().is_empty() {
        return Err(
            Diagnostic::error(Code::EmptyFile, format!("{} is empty", quoted(&name)))
                .located(start)
                .help("pass the file that holds the OpenAPI description"),
        );
    }
    Ok(text)
}

fn duplicate(pointer: &Pointer) -> Diagnostic {
    let key = pointer.last().unwrap_or_default();
    Diagnostic::warning(
        Code::DuplicateKey,
        format!(
            "the key {} stands twice in this object; the later one is used",
            quoted(&key)
        ),
    )
    .at(pointer)
    .help("keep one of the two")
}

fn out_of_range(pointer: &Pointer) -> Diagnostic {
    Diagnostic::note(
        Code::NumberOutOfRange,
        "the number is too large for 64-bit floating point and is read as 9e307",
    )
    .at(pointer)
}

fn from_json(line: usize, column: usize) -> Position {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position {
        line: number(line),
        column: number(column),
    }
}

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that may panic and is caught, without the panic's message on the terminal.
pub(super) fn without_panic_message<T>(run: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !SILENT.get() {
                usual(info);
            }
        }));
    });
    let before = SILENT.replace(true);
    let result = run();
    SILENT.set(before);
    result
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(text: &str) -> Result<(Source, Value, Diagnostics), Diagnostic> {
        Source::parse("spec".into(), text.into())
    }

    #[test]
    fn json_and_yaml_are_told_apart_by_content() {
        let (source, value, _) = parse(" {\"a\": 1}").expect("valid");
        assert_eq!((source.format, value), (Format::Json, json!({"a": 1})));
        for flow in ["{a: 1}", "{\"a\": 1,}", "# a comment\n{\"a\": 1}"] {
            let (source, value, _) = parse(flow).expect("valid");
            assert_eq!(
                (source.format, value),
                (Format::Yaml, json!({"a": 1})),
                "{flow}"
            );
        }
    }

    #[test]
    fn faults_of_the_text_have_a_code_and_a_place() {
        let cases = [
            (
                "{\"a\": ]",
                "error[CS0103] spec:1:7: this is not valid JSON: expected value",
            ),
            (
                "a: b: c",
                "error[CS0103] spec:1:5: this is not valid YAML: mapping values are not allowed in this context",
            ),
            (
                "# only a comment",
                "error[CS0104] spec:1:1: the file holds no document",
            ),
            (
                "a:\n  {b: c}: d",
                "error[CS0109] spec:2:3: this key is a list or an object",
            ),
            (
                &"[".repeat(10_000),
                "error[CS0106] spec:1:128: more than 127 levels of lists and objects within each other",
            ),
            (
                &"- ".repeat(10_000),
                "error[CS0106] spec:1:255: more than 127 levels of lists and objects within each other",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(
                parse(text)
                    .map(|(_, value, _)| value)
                    .map_err(|diagnostic| diagnostic.to_string()),
                Err(expected.to_owned())
            );
        }
    }

    #[test]
    fn what_can_be_read_all_the_same_is_a_warning() {
        let cases = [
            (
                "{\"a\": 1, \"a\": 2}",
                "warning[CS0105] spec:1:10: the key `a` stands twice in this object; the later one is used",
            ),
            (
                "b: 1\na: 1\na: 2",
                "warning[CS0105] spec:3:1: the key `a` stands twice in this object; the later one is used",
            ),
            (
                "{\"a\": 1,}",
                "warning[CS0103] spec:1:9: this is not valid JSON: trailing comma; it is read as YAML, which allows it",
            ),
            (
                "{\"a\": 1e999}",
                "note[CS0110] spec:1:7: the number is too large for 64-bit floating point and is read as 9e307",
            ),
            (
                "a: 1e999",
                "note[CS0110] spec:1:4: the number is too large for 64-bit floating point and is read as 9e307",
            ),
            (
                "a: 1\n---\nb: 1",
                "warning[CS0108] spec:2:1: a second YAML document begins here; only the first is read",
            ),
            (
                "<<: 1",
                "warning[CS0205] spec:1:5: the merge key `<<` is followed by something that is no object and no list of objects",
            ),
        ];
        for (text, expected) in cases {
            let (_, _, diagnostics) = parse(text).expect("readable");
            assert_eq!(
                diagnostics
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>(),
                [expected]
            );
        }
    }

    #[test]
    fn only_utf8_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let read = |bytes: &[u8]| {
            let path = folder.path().join("spec");
            std::fs::write(&path, bytes).expect("written");
            read_text(&path).map_err(|diagnostic| {
                (
                    diagnostic.code,
                    diagnostic.location.map(|place| (place.line, place.column)),
                )
            })
        };
        assert_eq!(read(b"\xEF\xBB\xBFa: 1"), Ok("a: 1".into()));
        assert_eq!(read(b"\xFF\xFEa\0"), Err((Code::NotUtf8, Some((1, 1)))));
        assert_eq!(read("é\né: \u{e9}".as_bytes()), Ok("é\né: é".into()));
        assert_eq!(
            read(b"a: 1\nb: \xC3\xA9\xE9"),
            Err((Code::NotUtf8, Some((2, 5))))
        );
        assert_eq!(read(b" \n"), Err((Code::EmptyFile, Some((1, 1)))));
    }
}
