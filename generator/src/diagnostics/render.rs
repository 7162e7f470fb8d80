//! Diagnostics on a terminal: each with the line of the document that it is about.
//!
//! Comes in: diagnostics with their locations, and a way to get the text of a file. Goes out: text, bounded whatever the number of
//! diagnostics and the length of lines.

use std::{
    collections::HashMap,
    fmt::{self, Write as _},
};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::{Diagnostic, Diagnostics, Location, Severity};

/// How many errors and warnings are shown with their lines; of the rest only the numbers.
const MOST_SHOWN: usize = 40;

/// How many characters of a line are shown.
const LONGEST_LINE: usize = 160;

/// Shows errors, then warnings, each with its line, and then how many there are of which code. Notes are only counted.
///
/// `text_of` gives the text of a file by its name, if it can still be read.
pub fn render(
    diagnostics: &Diagnostics,
    colours: bool,
    text_of: impl Fn(&str) -> Option<String>,
) -> String {
    let theme = if colours {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_context_lines(1);
    let shown: Vec<&Diagnostic> = [Severity::Error, Severity::Warning]
        .into_iter()
        .flat_map(|severity| {
            diagnostics
                .iter()
                .filter(move |diagnostic| diagnostic.severity == severity)
        })
        .take(MOST_SHOWN)
        .collect();
    let mut texts: HashMap<&str, Option<String>> = HashMap::new();
    let mut rendered = String::new();
    for diagnostic in shown {
        let excerpt = diagnostic.location.as_ref().and_then(|location| {
            let text = texts
                .entry(&location.file)
                .or_insert_with(|| text_of(&location.file))
                .as_deref()?;
            Excerpt::of(text, location)
        });
        let shown = Shown {
            diagnostic,
            excerpt,
        };
        if handler.render_report(&mut rendered, &shown).is_err() {
            // A writer into memory does not fail; should the handler itself, the plain form says the same.
            rendered.push_str(&diagnostic.to_string());
        }
        rendered.push('\n');
    }
    summarise(diagnostics, &mut rendered);
    rendered
}

fn summarise(diagnostics: &Diagnostics, rendered: &mut String) {
    let count = |severity| diagnostics.count(severity);
    let (errors, warnings, notes) = (
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
    );
    let parts: Vec<String> = [(errors, "error"), (warnings, "warning"), (notes, "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if parts.is_empty() {
        return;
    }
    rendered.push_str(&parts.join(", "));
    if notes > 0 || errors + warnings > MOST_SHOWN {
        for (code, count) in diagnostics.by_code() {
            // Writing into a string does not fail.
            let _ = write!(rendered, "\n  {count:>6} × {code} {}", code.title());
        }
        rendered.push_str("\nAll of them are in the report that `--report FILE` writes.");
    }
    rendered.push_str("\n`clientsmith explain CODE` tells what a code means and what to do.\n");
}

/// A diagnostic in the form that miette renders.
#[derive(Debug)]
struct Shown<'d> {
    diagnostic: &'d Diagnostic,
    excerpt: Option<Excerpt>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.diagnostic.message)?;
        match (
            &self.excerpt,
            &self.diagnostic.location,
            &self.diagnostic.pointer,
        ) {
            (None, Some(location), _) => write!(formatter, " ({location})"),
            (None, None, Some(pointer)) if !pointer.is_root() => {
                write!(formatter, " (at #{pointer})")
            }
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!(
            "{}[{}]",
            self.diagnostic.severity, self.diagnostic.code
        )))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.diagnostic
            .help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt
            .as_ref()
            .map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        let place = self
            .diagnostic
            .pointer
            .as_ref()
            .filter(|pointer| !pointer.is_root())
            .map(|pointer| super::quoted(pointer.as_str()));
        let label = place.map(|place| place.trim_matches('`').to_owned());
        Some(Box::new(std::iter::once(
            LabeledSpan::new_primary_with_span(label, excerpt.marked),
        )))
    }
}

/// A few lines around a location, no longer than a terminal can take.
#[derive(Debug)]
struct Excerpt {
    name: String,
    text: String,
    /// The number of the excerpt's first line, from 0.
    first_line: usize,
    lines: usize,
    /// What is marked, as bytes of the excerpt.
    marked: SourceSpan,
    /// The line and column of what is marked, from 0.
    at: (usize, usize),
}

impl Excerpt {
    fn of(text: &str, location: &Location) -> Option<Self> {
        let line = usize::try_from(location.line).ok()?.checked_sub(1)?;
        let column = usize::try_from(location.column).ok()?.checked_sub(1)?;
        let first_line = line.saturating_sub(1);
        let mut excerpt = String::new();
        let mut marked = None;
        for (number, content) in text
            .lines()
            .enumerate()
            .skip(first_line)
            .take(line + 1 - first_line)
        {
            // A line that is too long is cut to what is around the place.
            let cut = if content.chars().nth(LONGEST_LINE).is_some() && number == line {
                column.saturating_sub(LONGEST_LINE / 2)
            } else {
                0
            };
            let window: String = content.chars().skip(cut).take(LONGEST_LINE).collect();
            if number == line {
                let start = window
                    .char_indices()
                    .nth(column - cut)
                    .map_or(window.len(), |(offset, _)| offset);
                marked = Some(SourceSpan::from((
                    excerpt.len() + start,
                    word(&window[start..]),
                )));
            }
            excerpt.push_str(&window);
            excerpt.push('\n');
        }
        let lines = line + 1 - first_line;
        Some(Self {
            name: location.file.clone(),
            text: excerpt,
            first_line,
            lines,
            marked: marked?,
            at: (line, column),
        })
    }
}

/// How many bytes of what begins here to mark: a text in quotation marks, or a word.
fn word(text: &str) -> usize {
    let opening = text
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    match opening {
        Some(mark) => text[1..].find(mark).map_or(text.len(), |end| end + 2),
        None => text
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']' | ':'))
            .unwrap_or(text.len()),
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without lines of context, the question is where the marked thing stands; else, for what to print.
        let (line, column) = if before + after == 0 {
            self.at
        } else {
            (self.first_line, 0)
        };
        let whole = SourceSpan::from((0, self.text.len()));
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            whole,
            line,
            column,
            self.lines,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, Pointer};

    fn location(line: u32, column: u32) -> Location {
        Location {
            file: "spec.yaml".into(),
            line,
            column,
        }
    }

    #[test]
    fn the_line_is_shown_with_its_place() {
        let text = "openapi: 3.0.3\npaths:\n  /a: {$ref: '#/b'}\nmore: 1\n";
        let pointer = Pointer::root().push("paths").push("/a").push("$ref");
        let diagnostic = Diagnostic::warning(Code::ReferenceToNothing, "`#/b` leads to nothing")
            .at(&pointer)
            .located(location(3, 14))
            .help("did you mean `#/c`?");
        let rendered = render(&diagnostic.into(), false, |_| Some(text.to_owned()));
        for part in [
            "warning[CS0301]",
            "`#/b` leads to nothing",
            "spec.yaml:3:14",
            "$ref: '#/b'",
            "/paths/~1a/$ref",
            "did you mean `#/c`?",
            "1 warning",
        ] {
            assert!(rendered.contains(part), "{part:?} in\n{rendered}");
        }
        assert!(!rendered.contains("more: 1"));
    }

    #[test]
    fn a_minified_document_does_not_flood_the_terminal() {
        let text = format!("{{{}\"é\": 1}}", "\"k\": 1, ".repeat(100_000));
        let column = u32::try_from(text.chars().count()).expect("small") - 5;
        let diagnostic = Diagnostic::note(Code::UnknownKey, "x").located(location(1, column));
        let warning = Diagnostic {
            severity: Severity::Warning,
            ..diagnostic
        };
        let rendered = render(&warning.into(), false, |_| Some(text.clone()));
        assert!(rendered.len() < 2000, "{}", rendered.len());
        assert!(rendered.contains("\"é\": 1"));
        assert!(
            rendered.contains(&format!("spec.yaml:1:{column}")),
            "{rendered}"
        );
    }

    #[test]
    fn many_are_summed_up() {
        let mut diagnostics = Diagnostics::new();
        for line in 1..=1000 {
            diagnostics.push(
                Diagnostic::warning(Code::UnknownType, format!("warning {line}"))
                    .located(location(line, 1)),
            );
            diagnostics.push(
                Diagnostic::note(Code::UnknownKey, format!("note {line}"))
                    .located(location(line, 1)),
            );
        }
        diagnostics.push(Diagnostic::error(Code::Syntax, "the error").located(location(99_999, 7)));
        let rendered = render(&diagnostics, false, |_| None);
        assert!(rendered.contains("the error (spec.yaml:99999:7)"));
        assert!(rendered.contains("warning 39 ") && !rendered.contains("warning 40 "));
        assert!(rendered.contains("1 error, 1000 warnings, 1000 notes"));
        assert!(rendered.contains("1000 × CS0204 a key means nothing where it stands"));
    }

    #[test]
    fn a_place_that_is_no_longer_there_is_named() {
        let diagnostic = Diagnostic::warning(Code::UnknownType, "x").located(location(9, 9));
        assert!(
            render(&diagnostic.into(), false, |_| Some("short".into()))
                .contains("x (spec.yaml:9:9)")
        );
        for (line, column) in [(1, 1), (1, 6), (1, 100), (0, 0)] {
            let diagnostic =
                Diagnostic::warning(Code::UnknownType, "x").located(location(line, column));
            assert!(!render(&diagnostic.into(), false, |_| Some("short".into())).is_empty());
        }
    }
}
