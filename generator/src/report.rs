//! The report of a run: what was declared, what came out, what there was to say, and how long it took. Its JSON form is stable: scripts
//! read it.

use serde::Serialize;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer, Severity};

/// The report of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// The description, as it was named.
    pub spec: String,
    /// The version of OpenAPI that it declares; nothing where it could not be read.
    pub openapi: Option<String>,
    /// Operations of the document and of the client.
    pub operations: OperationCounts,
    /// Schemas of the document and of the client.
    pub schemas: SchemaCounts,
    /// Everything there was to say.
    pub diagnostics: Vec<Entry>,
    /// How long each stage took, in seconds.
    pub seconds: Seconds,
}

/// Operations of the document and of the client.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct OperationCounts {
    /// How many the document declares.
    pub declared: usize,
    /// How many the client can call.
    pub emitted: usize,
    /// How many were not selected. The rest of those that were not emitted could not be carried.
    pub excluded: usize,
}

/// Schemas of the document and of the client.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SchemaCounts {
    /// How many the document declares in `components`.
    pub declared: usize,
    /// How many types the client has.
    pub emitted: usize,
    /// How many schemas became free-form JSON without the document asking for it.
    pub untyped: usize,
}

/// How long each stage took, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Seconds {
    /// Reading settings and document.
    pub load: f64,
    /// From the document to the model, its analysis included.
    pub lower: f64,
    /// From the model to tokens.
    pub emit: f64,
    /// From tokens to text.
    pub format: f64,
    /// Comparing and writing.
    pub write: f64,
}

/// One diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The stable name of what kind it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What there is to say.
    pub message: String,
    /// The way out, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where in the document.
    pub pointer: Option<Pointer>,
    /// The file.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
}

impl Report {
    /// Puts in everything there was to say, in its order.
    pub fn say(&mut self, diagnostics: &Diagnostics) {
        self.diagnostics = diagnostics.iter().map(Entry::from).collect();
    }

    /// The JSON form.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self)
            .expect("a report holds only text, numbers and lists");
        text.push('\n');
        text
    }
}

impl From<&Diagnostic> for Entry {
    fn from(diagnostic: &Diagnostic) -> Self {
        let Diagnostic {
            code,
            severity,
            message,
            pointer,
            location,
            help,
        } = diagnostic;
        Self {
            code: *code,
            severity: *severity,
            message: message.clone(),
            help: help.clone(),
            pointer: pointer.clone(),
            file: location.as_ref().map(|place| place.file.clone()),
            line: location.as_ref().map(|place| place.line),
            column: location.as_ref().map(|place| place.column),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::diagnostics::Location;

    #[test]
    fn the_json_form_is_stable() {
        let mut report = Report {
            spec: "a.yaml".into(),
            openapi: Some("3.0.3".into()),
            ..Report::default()
        };
        let location = Location {
            file: "a.yaml".into(),
            line: 2,
            column: 3,
        };
        let place = Pointer::root().push("x");
        report.say(
            &Diagnostic::warning(Code::UnknownType, "words")
                .at(&place)
                .located(location)
                .into(),
        );
        let json: Value = serde_json::from_str(&report.to_json()).expect("JSON");
        assert_eq!(
            json,
            json!({
                "spec": "a.yaml",
                "openapi": "3.0.3",
                "operations": {"declared": 0, "emitted": 0, "excluded": 0},
                "schemas": {"declared": 0, "emitted": 0, "untyped": 0},
                "diagnostics": [{
                    "code": "CS0401", "severity": "warning", "message": "words", "pointer": "/x", "file": "a.yaml", "line": 2, "column": 3
                }],
                "seconds": {"load": 0.0, "lower": 0.0, "emit": 0.0, "format": 0.0, "write": 0.0}
            })
        );
    }
}
