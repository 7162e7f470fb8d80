//! JSON as text: samples are written over several lines and compared without the space between their tokens.
//!
//! Comes in: JSON text. Goes out: the same text as a client writes it. Must not know: any JSON library, so that it is no
//! accomplice of the one under test.

/// The text without the space between tokens. What stands inside strings stays as it is, and so do numbers and order.
pub fn compact(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut in_string = false;
    let mut escaped = false;
    for character in json.chars() {
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else if character.is_ascii_whitespace() {
            continue;
        } else {
            in_string = character == '"';
        }
        text.push(character);
    }
    text
}

/// A page of a list with one item, which is all there is.
pub fn page(item: &str) -> String {
    format!(
        r#"{{"meta": {{"object": "list", "limit": 100, "offset": 0, "total": 1, "search_parameters": {{}}}}, "items": [{item}]}}"#
    )
}

/// An answer to a batch with one item.
pub fn batch(item: &str) -> String {
    format!(r#"{{"meta": {{"object": "batch", "total": 1}}, "items": [{item}]}}"#)
}

/// An array with one item.
pub fn array(item: &str) -> String {
    format!("[{item}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_space_between_tokens_goes() {
        assert_eq!(
            compact("{ \"a b\" : [1.0, \"c \\\" d\"],\n\t\"e\\\\\": null }"),
            r#"{"a b":[1.0,"c \" d"],"e\\":null}"#
        );
    }
}
