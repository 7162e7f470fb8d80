//! Tokens as text: parsed, so that a fault of ours is found here, printed, and spaced as people space code.
//!
//! Comes in: the items of a file. Goes out: its text. Must not know: what the items say.

use proc_macro2::TokenStream;

use super::tokens;
use crate::emit::{Emitted, code_lines, hugged};

/// An item that is not Rust. Its tokens are gone: a copy of all tokens, for a message that nobody should ever see, would cost a tenth of
/// the time.
#[derive(Debug)]
pub(super) struct Unprintable {
    /// The path of the file.
    pub(super) path: String,
    /// Which of the file's items it is.
    pub(super) item: usize,
    /// What is wrong with it.
    pub(super) error: syn::Error,
}

/// The path of an emitted file, and its text.
pub(super) fn print(emitted: Emitted) -> Result<(String, String), Unprintable> {
    let mut text = String::new();
    for (index, item) in emitted.items.into_iter().enumerate() {
        let printed = print_item(item).map_err(|error| Unprintable {
            path: emitted.path.clone(),
            item: index,
            error,
        })?;
        if printed.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&printed);
    }
    Ok((emitted.path, text))
}

fn print_item(item: TokenStream) -> syn::Result<String> {
    let file: syn::File = syn::parse2(item)?;
    if let [syn::Item::Macro(call)] = file.items.as_slice()
        && let Some(name) = call.mac.path.get_ident()
    {
        return Ok(tokens::macro_call(
            &name.to_string(),
            call.mac.tokens.clone(),
        ));
    }
    let is_implementation = matches!(file.items.as_slice(), [syn::Item::Impl(_)]);
    let printed = hugged(with_line_comments(prettyplease::unparse(&file)));
    Ok(if is_implementation {
        spaced(&printed)
    } else {
        printed
    })
}

/// Writes documentation of several lines as people do, each line behind `///`: the printer writes one comment, `/**` … `*/`, around them.
fn with_line_comments(printed: String) -> String {
    if !printed.contains("/**") {
        return printed;
    }
    let mut text = String::with_capacity(printed.len() + printed.len() / 8);
    let mut indent = None;
    for line in code_lines(&printed) {
        let (before, words) = match indent {
            Some(indent) => (indent, Some(line)),
            None => {
                let code = line.trim_start();
                let (spaces, _) = line.split_at(line.len() - code.len());
                (spaces, code.strip_prefix("/**"))
            }
        };
        match words {
            Some(words) => {
                let ended = words.strip_suffix("*/");
                indent = ended.is_none().then_some(before);
                text.push_str(before);
                text.push_str("///");
                text.push_str(ended.unwrap_or(words));
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

/// Puts a blank line between the members of an `impl`: after each line that ends one.
fn spaced(printed: &str) -> String {
    let mut text = String::with_capacity(printed.len() + 64);
    let mut lines = code_lines(printed).peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let is_member = line.starts_with("    ") && !line.starts_with("     ");
        let ends = line.ends_with('}') || line.ends_with(';');
        let is_last = lines.peek().is_none_or(|next| !next.starts_with(' '));
        let is_words = || line.trim_start().starts_with("//");
        if is_member && ends && !is_last && !is_words() {
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn file(items: Vec<TokenStream>) -> Emitted {
        Emitted {
            path: "src/x.rs".to_owned(),
            items,
        }
    }

    #[test]
    fn items_and_members_are_spaced() {
        let emitted = file(vec![
            quote!(
                pub struct A {}
            ),
            quote! {
                impl A {
                    /// Says };
                    pub fn one(&self) { if true { two() } }
                    pub const TWO: u8 = 2;
                }
            },
        ]);
        let (_, text) = print(emitted).expect("Rust");
        insta::assert_snapshot!(text, @r"
        pub struct A {}

        impl A {
            /// Says };
            pub fn one(&self) {
                if true {
                    two()
                }
            }

            pub const TWO: u8 = 2;
        }
        ");
    }

    #[test]
    fn documentation_stands_behind_slashes() {
        let emitted = file(vec![quote! {
            #[doc = " One.\n\n     two\n Three."]
            pub struct A {
                #[doc = " Four.\n Five."]
                pub b: u8,
                #[doc = " */ six"]
                pub c: u8,
            }
        }]);
        let (_, text) = print(emitted).expect("Rust");
        insta::assert_snapshot!(text, @r"
        /// One.
        ///
        ///     two
        /// Three.
        pub struct A {
            /// Four.
            /// Five.
            pub b: u8,
            /// */ six
            pub c: u8,
        }
        ");
    }

    #[test]
    fn an_only_argument_is_hugged() {
        let emitted = file(vec![quote! {
            fn f() {
                ListImages(Call::new(&self.core, Method::GET, "/v1/projects/{project_id}/images", &[("project_id", &project_id)], read::json));
                json.object(&mut [required("identifier", &mut identifier), required("another", &mut another), optional("third", &mut third)])?;
                json.object_with(&mut [required("identifier", &mut identifier), required("another", &mut another)], &mut rest)?;
            }
        }]);
        let (_, text) = print(emitted).expect("Rust");
        insta::assert_snapshot!(text, @r#"
        fn f() {
            ListImages(Call::new(
                &self.core,
                Method::GET,
                "/v1/projects/{project_id}/images",
                &[("project_id", &project_id)],
                read::json,
            ));
            json.object(&mut [
                required("identifier", &mut identifier),
                required("another", &mut another),
                optional("third", &mut third),
            ])?;
            json.object_with(
                &mut [
                    required("identifier", &mut identifier),
                    required("another", &mut another),
                ],
                &mut rest,
            )?;
        }
        "#);
    }

    #[test]
    fn a_fault_of_ours_is_reported() {
        let fault = print(file(vec![quote!(pub struct fn)])).expect_err("no Rust");
        assert_eq!((fault.path.as_str(), fault.item), ("src/x.rs", 0));
    }
}
