//! Identifiers: any text in, a valid Rust identifier out, in snake_case or PascalCase.

use std::fmt::Write as _;

use heck::ToSnakeCase as _;

use super::spelling::{with_words_told_apart, without_apostrophes};

/// Longer names are cut: a name is read by people.
const LONGEST: usize = 100;

/// The text as `snake_case`; may be a keyword, see [`keyword_free`].
pub(crate) fn snake(text: &str) -> String {
    if is_snake(text) {
        return text.to_owned();
    }
    let joined = words(&with_words_told_apart(text)).join("_");
    valid(joined, "n")
}

/// The text as `PascalCase`. A separator between two digits stays as `_`, so that `2.0` is not `20`.
pub(crate) fn pascal(text: &str) -> String {
    let mut joined = String::new();
    for word in words(&without_apostrophes(text)) {
        if digits_meet(&joined, &word) {
            joined.push('_');
        }
        let mut characters = word.chars();
        if let Some(first) = characters.next() {
            joined.extend(first.to_uppercase());
            joined.push_str(characters.as_str());
        }
    }
    let name = valid(joined, "N");
    if name == "Self" {
        "Self_".to_owned()
    } else {
        name
    }
}

/// Whether a word put right behind another would make one number of two.
pub(super) fn digits_meet(before: &str, after: &str) -> bool {
    before.ends_with(|last: char| last.is_ascii_digit())
        && after.starts_with(|first: char| first.is_ascii_digit())
}

/// The identifier so that it is no keyword: raw, or with an underscore where a keyword cannot be raw.
pub(crate) fn keyword_free(identifier: String) -> String {
    match identifier.as_str() {
        "self" | "super" | "crate" | "Self" | "_" => identifier + "_",
        name if KEYWORDS.contains(&name) => format!("r#{identifier}"),
        _ => identifier,
    }
}

/// The text in the letters of ASCII, for names of files: rustc does not look for a module in a file of another name.
pub(crate) fn in_ascii(text: &str) -> String {
    deunicode::deunicode_with_tofu(text, "")
}

/// The text with every symbol written out, for names that differ in symbols only.
pub(crate) fn spelled_out(text: &str) -> String {
    let mut spelled = String::new();
    for character in text.chars() {
        if character.is_alphanumeric() {
            spelled.push(character);
        } else {
            spelled.push(' ');
            match symbol(character) {
                Some(word) => spelled.push_str(word),
                None => {
                    // Writing to a String cannot fail.
                    let _ = write!(spelled, "u{:x}", u32::from(character));
                }
            }
            spelled.push(' ');
        }
    }
    spelled
}

/// How the letters of the text are cased, in a word, for names that differ in case only.
pub(crate) fn casing(text: &str) -> &'static str {
    let has = |test: fn(char) -> bool| text.chars().any(test);
    match (has(char::is_uppercase), has(char::is_lowercase)) {
        (true, false) => "upper",
        (false, _) => "lower",
        (true, true) if text.starts_with(char::is_uppercase) => "title",
        (true, true) => "camel",
    }
}

/// A short hash of the text (FNV-1a), the same on every machine.
pub(crate) fn hash(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// The words of a text in lower case. Symbols separate words; where a text has nothing but symbols, or a sign before a
/// number, they are written out.
fn words(text: &str) -> Vec<String> {
    if is_lower(text) {
        let words = text.split(|character: char| !character.is_ascii_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        return words.map(str::to_owned).collect();
    }
    let mut characters = text.chars();
    let text = match (characters.next(), characters.next()) {
        (None, _) => "empty".to_owned(),
        (Some('+'), Some(digit)) if digit.is_ascii_digit() => {
            format!("plus {}", characters_after_sign(text))
        }
        (Some('-'), Some(digit)) if digit.is_ascii_digit() => {
            format!("minus {}", characters_after_sign(text))
        }
        _ if text.chars().any(char::is_alphanumeric) => text.to_owned(),
        _ => spelled_out(text),
    };
    let short: String = text.chars().take(LONGEST).collect();
    short
        .to_snake_case()
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a text is `snake_case` already, as most names of a document are.
fn is_snake(text: &str) -> bool {
    let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    is_lower(text) && text.bytes().all(is_plain) && !text.ends_with('_') && !text.contains("__")
}

/// Whether a text begins with a letter, and has no capitals to tell words apart: only signs do.
fn is_lower(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
}

fn characters_after_sign(text: &str) -> &str {
    text.get(1..).unwrap_or_default()
}

/// Drops what no identifier may hold, and puts a letter before what none may begin with.
fn valid(name: String, prefix: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|&character| character == '_' || unicode_ident::is_xid_continue(character))
        .collect();
    match kept.chars().next() {
        None => format!("{prefix}{}", hash(&name).get(..8).unwrap_or_default()),
        Some(first) if unicode_ident::is_xid_start(first) => kept,
        Some(_) => format!("{prefix}{kept}"),
    }
}

fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        ' ' => "space",
        '-' => "dash",
        '_' => "underscore",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '/' => "slash",
        '\\' => "backslash",
        '|' => "pipe",
        '+' => "plus",
        '*' => "star",
        '%' => "percent",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '~' => "tilde",
        '^' => "caret",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '&' => "and",
        '!' => "bang",
        '?' => "question",
        '\'' => "quote",
        '"' => "double_quote",
        '`' => "backquote",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        _ => return None,
    })
}

/// Keywords of Rust 2024, reserved ones included, that can be raw identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enumeration_values_become_pascal_case() {
        for (value, name) in [
            ("DONE", "Done"),
            ("IN PROGRESS", "InProgress"),
            ("AUTO-LABELLED", "AutoLabelled"),
            ("[CUSTOM STATUS]", "CustomStatus"),
            ("json_v1.1", "JsonV1_1"),
            ("gemini-2.0-flash", "Gemini2_0Flash"),
            ("gemini-2.0-flash-lite", "Gemini2_0FlashLite"),
            ("", "Empty"),
            ("4k", "N4k"),
            ("+1", "Plus1"),
            ("-1", "Minus1"),
            (">=", "GreaterEquals"),
            ("self", "Self_"),
            ("Größe", "Größe"),
            ("Don't know", "DontKnow"),
            ("名前", "名前"),
            ("🙂", "U1f642"),
        ] {
            assert_eq!(pascal(value), name, "{value:?}");
        }
    }

    #[test]
    fn properties_become_snake_case() {
        for (key, name) in [
            ("imageName", "image_name"),
            ("image-name", "image_name"),
            ("$ref", "ref"),
            ("@type", "type"),
            ("1st", "n1st"),
            ("+1", "plus_1"),
            ("_", "underscore"),
            ("page[size]", "page_size"),
            ("名前", "名前"),
            ("userIDs", "user_ids"),
            ("OAuth2", "oauth2"),
            ("lastETag", "last_etag"),
            ("driver's licence", "drivers_licence"),
        ] {
            assert_eq!(snake(key), name, "{key:?}");
        }
    }

    #[test]
    fn every_name_is_an_identifier() {
        for text in [
            "\u{301}x",
            "a\u{200b}b",
            "²",
            "½",
            "\0",
            "٣",
            "ⅷ",
            "ª",
            "x".repeat(10_000).as_str(),
        ] {
            for name in [snake(text), pascal(text)] {
                let mut characters = name.chars();
                assert!(
                    characters.next().is_some_and(unicode_ident::is_xid_start),
                    "{text:?} {name:?}"
                );
                assert!(
                    characters.all(unicode_ident::is_xid_continue),
                    "{text:?} {name:?}"
                );
                assert!(name.chars().count() < 2 * LONGEST);
            }
        }
    }

    #[test]
    fn keywords_are_escaped() {
        let escaped = |text: &str| keyword_free(text.to_owned());
        assert_eq!(escaped("type"), "r#type");
        assert_eq!(escaped("gen"), "r#gen");
        assert_eq!(escaped("self"), "self_");
        assert_eq!(escaped("crate"), "crate_");
        assert_eq!(escaped("image"), "image");
    }
}
