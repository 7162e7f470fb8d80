//! Literals of texts.
//!
//! Comes in: a text. Goes out: the literal that reads best, and costs least: a raw one is read as it stands, where an escaped one is read
//! character by character. Must not know: what the text is for.

use proc_macro2::Literal;

/// The text as a raw literal where a reader sees what it says, as an escaped one otherwise.
pub(crate) fn readable(text: &str) -> Literal {
    let gains = text.contains(['"', '\\']) && text.chars().all(is_visible);
    gains
        .then(|| raw(text))
        .flatten()
        .unwrap_or_else(|| Literal::string(text))
}

/// The text as a literal that no reader sees, because it is printed as what it says.
pub(crate) fn unseen(text: &str) -> Literal {
    raw(text).unwrap_or_else(|| Literal::string(text))
}

/// The text as a raw literal; `None` where it cannot be one.
fn raw(text: &str) -> Option<Literal> {
    let mut end = "\"".to_owned();
    while text.contains(&end) {
        end.push('#');
    }
    let marks = end.get(1..).unwrap_or_default();
    ["r", marks, "\"", text, &end].concat().parse().ok()
}

/// Whether the character stands for itself on the screen: no control, and none that is invisible or turns the text around.
fn is_visible(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    !character.is_control()
        && !matches!(character,
            '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reads_as_it_stands_where_it_can() {
        let texts = [
            ("plain", "\"plain\""),
            ("\"a\"", "r#\"\"a\"\"#"),
            ("’\"# \\", "r##\"’\"# \\\"##"),
            ("\"\u{202e}\"", "\"\\\"\\u{202e}\\\"\""),
            ("a\n\"", "\"a\\n\\\"\""),
            ("a\r\"", "\"a\\r\\\"\""),
        ];
        for (text, literal) in texts {
            assert_eq!(readable(text).to_string(), literal);
        }
    }

    #[test]
    fn every_text_has_a_literal() {
        for text in ["", "a", "\r", "\"#", "\n\u{0}"] {
            let literal: syn::LitStr =
                syn::parse_str(&unseen(text).to_string()).expect("a literal");
            assert_eq!(literal.value(), text);
        }
    }
}
