//! Rust source as tokens, without its tests: what the rules on names look at.
//!
//! Comes in: the text of a Rust file. Goes out: its tokens in order, delimiters opened up, each with its line. Comments and
//! documentation are no tokens, so that prose may name what code must not.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};

/// A token and the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The token's text: an identifier, a sign, a literal or a bracket.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// The tokens of a file outside `#[cfg(test)]`, documentation left out.
pub(super) fn of_product_code(text: &str) -> Result<Vec<Token>, syn::Error> {
    let mut file = syn::parse_file(text)?;
    WithoutTests.visit_file_mut(&mut file);
    let mut tokens = Vec::new();
    flatten(file.into_token_stream(), &mut tokens);
    Ok(tokens)
}

/// The tokens of a file inside `#[cfg(test)]`, at the top level.
pub(super) fn of_test_code(text: &str) -> Result<Vec<Token>, syn::Error> {
    let file = syn::parse_file(text)?;
    let mut tokens = Vec::new();
    for item in &file.items {
        if is_for_tests(item_attributes(item)) {
            flatten(item.to_token_stream(), &mut tokens);
        }
    }
    Ok(tokens)
}

/// Removes items of test builds, and every attribute (documentation is one).
struct WithoutTests;

impl VisitMut for WithoutTests {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        file.items
            .retain(|item| !is_for_tests(item_attributes(item)));
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(|item| !is_for_tests(item_attributes(item)));
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.clear();
    }
}

fn item_attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether one of the attributes is `#[cfg(test)]`.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|argument| argument == "test")
    })
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(token(open, line));
                flatten(group.stream(), tokens);
                tokens.push(token(close, group.span_close().start().line));
            }
            other => tokens.push(token(&other.to_string(), line)),
        }
    }
}

fn token(text: &str, line: usize) -> Token {
    Token {
        text: text.to_owned(),
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_prose_are_left_out() {
        let text = "//! About openapiv3.\n\nuse a::b;\n\n#[cfg(test)]\nmod tests { use openapiv3::Schema; }\n";
        let tokens = of_product_code(text).unwrap();
        let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(words, ["use", "a", ":", ":", "b", ";"]);
        assert_eq!(tokens[0].line, 3);
    }
}
