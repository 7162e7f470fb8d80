//! Calls of macros as text. The printer leaves the tokens of a macro as they come; these are spaced and broken like code.
//!
//! Comes in: the tokens of one macro call. Goes out: its lines. Must not know: what the macro does.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// Lines are broken beyond this.
const WIDTH: usize = 100;

/// `name!(…);` with its arguments on one line, or one per line.
pub(super) fn macro_call(path: &str, arguments: TokenStream) -> String {
    let flat = format!("{path}!({});\n", flat(arguments.clone()));
    if flat.len() <= WIDTH + 1 {
        return flat;
    }
    let mut text = format!("{path}!(\n");
    broken(arguments, 4, false, &mut text);
    text.push_str(");\n");
    text
}

/// The parts between commas, each on a line of its own.
fn broken(tokens: TokenStream, indent: usize, ends_with_comma: bool, text: &mut String) {
    let parts = parts(tokens);
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.into_iter().enumerate() {
        let pad = " ".repeat(indent);
        let one_line = flat(part.iter().cloned().collect());
        if indent + one_line.len() < WIDTH {
            text.push_str(&format!("{pad}{one_line}"));
        } else if let Some((TokenTree::Group(group), before)) = part.split_last() {
            let (open, close) = delimiters(group.delimiter());
            let before = flat(before.iter().cloned().collect());
            let space = if group.delimiter() == Delimiter::Brace && !before.is_empty() {
                " "
            } else {
                ""
            };
            text.push_str(&format!("{pad}{before}{space}{}\n", open.trim_end()));
            broken(group.stream(), indent + 4, true, text);
            text.push_str(&format!("{pad}{}", close.trim_start()));
        } else {
            text.push_str(&format!("{pad}{one_line}"));
        }
        if index < last || ends_with_comma {
            text.push(',');
        }
        text.push('\n');
    }
}

fn parts(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(token);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn delimiters(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{ ", " }"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

fn flat(tokens: TokenStream) -> String {
    let mut line = Line::default();
    for token in tokens {
        line.token(token);
    }
    line.text
}

#[derive(Default)]
struct Line {
    text: String,
    /// Whether what comes next stands right behind what came last.
    glued: bool,
    /// An operator of several characters that is not complete.
    operator: String,
    in_closure_head: bool,
}

impl Line {
    fn token(&mut self, token: TokenTree) {
        match token {
            TokenTree::Ident(ident) => self.word(&ident.to_string()),
            TokenTree::Literal(literal) => self.word(&literal.to_string()),
            TokenTree::Group(group) => self.group(&group),
            TokenTree::Punct(punct) => {
                self.operator.push(punct.as_char());
                if punct.spacing() == Spacing::Alone {
                    let operator = std::mem::take(&mut self.operator);
                    self.punctuation(&operator);
                }
            }
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.glued {
            self.text.push(' ');
        }
        self.glued = false;
    }

    fn word(&mut self, word: &str) {
        self.space();
        self.text.push_str(word);
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = delimiters(group.delimiter());
        let follows_name = self
            .text
            .ends_with(|character: char| character.is_alphanumeric() || "_>!".contains(character))
            && !self.text.ends_with("=>");
        if group.delimiter() == Delimiter::Brace || !follows_name {
            self.space();
        }
        let inner = flat(group.stream());
        if inner.is_empty() {
            self.text.push_str(open.trim_end());
            self.text.push_str(close.trim_start());
        } else {
            self.text.push_str(open);
            self.text.push_str(&inner);
            self.text.push_str(close);
        }
        self.glued = false;
    }

    fn punctuation(&mut self, operator: &str) {
        match operator {
            "," | ";" | ":" => {
                self.text.push_str(operator);
                self.glued = false;
            }
            "::" | "." | "?" | "!" | "<" | ">" | ">>" => {
                self.text.push_str(operator);
                self.glued = !matches!(operator, ">" | ">>" | "?");
            }
            "&" | "-" | "*" | "'" => {
                self.space();
                self.text.push_str(operator);
                self.glued = true;
            }
            "|" => {
                if !self.in_closure_head {
                    self.space();
                }
                self.text.push('|');
                self.in_closure_head = !self.in_closure_head;
                self.glued = self.in_closure_head;
            }
            other => {
                self.space();
                self.text.push_str(other);
                self.glued = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn short_calls_stand_on_one_line() {
        let call = macro_call("operation", quote!(ListImages => types::ImageList));
        assert_eq!(call, "operation!(ListImages => types::ImageList);\n");
        let call = macro_call("operation", quote!(Delete => ()));
        assert_eq!(call, "operation!(Delete => ());\n");
        let call = macro_call("operation", quote!(List => Vec<BTreeMap<String, types::A>>));
        assert_eq!(
            call,
            "operation!(List => Vec<BTreeMap<String, types::A>>);\n"
        );
    }

    #[test]
    fn long_calls_are_broken_at_commas() {
        let call = macro_call(
            "wait",
            quote!(
                GetExport => types::ExportJob,
                Polling { done: &["DONE", "OK"], failed: &[], interval: Duration::from_secs(3), max_interval: Duration::from_secs(30) },
                |job| job.meta.as_ref()?.status.as_deref()
            ),
        );
        insta::assert_snapshot!(call, @r#"
        wait!(
            GetExport => types::ExportJob,
            Polling {
                done: &["DONE", "OK"],
                failed: &[],
                interval: Duration::from_secs(3),
                max_interval: Duration::from_secs(30),
            },
            |job| job.meta.as_ref()?.status.as_deref()
        );
        "#);
    }
}
