//! Lowering and analysis, on snippets of spec text and on whole documents: the model that comes out, and what is said about it.

#![allow(clippy::panic, reason = "in a test a panic is the assertion")]

mod allof;
mod analysis;
mod bodies;
mod dialect31;
mod enumerations;
mod hostile;
mod names;
mod objects;
mod parameters;
mod responses;
mod security;
mod show;
mod streams;
mod unions;
mod webhooks;
mod whole;

use clientsmith::{
    analyze::analyze,
    diagnostics::{Code, Diagnostics},
    load::Document,
    lower::lower,
    model::{Api, Operation},
    settings::Settings,
};

/// The outcome of lowering and analysis.
pub(crate) struct Lowered {
    pub(crate) api: Api,
    pub(crate) diagnostics: Diagnostics,
}

/// Lowers and analyzes a document with settings.
pub(crate) fn with_settings(text: &str, settings: &str) -> Lowered {
    lowered(Document::parse("spec.yaml", text), settings)
}

/// Lowers and analyzes what was read.
pub(crate) fn lowered(read: Result<Document, Diagnostics>, settings: &str) -> Lowered {
    let document = read.unwrap_or_else(|found| {
        let messages: Vec<String> = found.iter().map(ToString::to_string).collect();
        panic!("unreadable: {messages:?}")
    });
    let settings = Settings::parse("settings.toml", settings).expect("settings");
    let mut diagnostics = document.take_diagnostics();
    let mut api = lower(&document, &settings, &mut diagnostics);
    analyze(&mut api, &settings, &mut diagnostics);
    diagnostics.extend(document.take_diagnostics());
    Lowered { api, diagnostics }
}

/// Lowers the members of `components/schemas`, given as lines of YAML, `Root` first; one operation answers with `Root`.
fn schemas(text: &str) -> Lowered {
    let indented: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    with_settings(
        &format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  /root:\n    get:\n      operationId: get_root\n      tags: [Root]\n      \
             responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Root'}}}}}}}}}}\n\
             components:\n  schemas:\n{}\n",
            indented.join("\n")
        ),
        "",
    )
}

/// Lowers `paths`, given as lines of YAML, and `components`.
fn paths(paths: &str, components: &str) -> Lowered {
    let indent = |text: &str| {
        text.lines()
            .map(|line| format!("  {line}\n"))
            .collect::<String>()
    };
    let components = if components.is_empty() {
        "  schemas: {}\n".to_owned()
    } else {
        indent(components)
    };
    with_settings(
        &format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{}components:\n{components}",
            indent(paths)
        ),
        "",
    )
}

impl Lowered {
    /// The definition called `name`, in short.
    pub(crate) fn show(&self, name: &str) -> String {
        show::definition(&self.api, name)
    }

    /// The operation with this id.
    pub(crate) fn operation(&self, id: &str) -> &Operation {
        self.api
            .operations()
            .find(|operation| operation.id == id)
            .expect("an operation")
    }

    /// The names of all definitions.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.api
            .types
            .iter()
            .map(|definition| definition.name.as_str())
            .collect()
    }

    /// The codes of all diagnostics, in the order they were found.
    pub(crate) fn codes(&self) -> Vec<Code> {
        self.diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    }

    /// Where the diagnostics with a code point to.
    pub(crate) fn places(&self, code: Code) -> Vec<String> {
        let of_code = self
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == code);
        of_code
            .map(|diagnostic| {
                diagnostic
                    .pointer
                    .as_ref()
                    .map_or_else(String::new, ToString::to_string)
            })
            .collect()
    }
}
