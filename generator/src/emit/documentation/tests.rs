//! What the rewriting of CommonMark must do, one hazard per test.

use super::{Rustdoc, commonmark::render};
use crate::model::{Constraints, Documentation};

fn lines(markdown: &str) -> Vec<String> {
    render(markdown, 92)
}

#[test]
fn plain_text_is_only_wrapped() {
    let text = "word ".repeat(40);
    let rendered = lines(&text);
    assert_eq!(rendered.len(), 3);
    assert!(rendered.iter().all(|line| line.len() <= 92));
}

#[test]
fn brackets_are_no_links() {
    assert_eq!(
        lines("the [Image] of a list[0]"),
        ["the \\[Image\\] of a list\\[0\\]"]
    );
}

#[test]
fn relative_links_keep_their_text() {
    assert_eq!(
        lines("see [errors](#errors) or [`x`](Foo)"),
        ["see errors or `x`"]
    );
}

#[test]
fn addresses_in_links_that_go_are_links() {
    assert_eq!(
        lines("see [https://example.com/a](/a) and [![http://x.org](/b.png)](c)"),
        ["see <https://example.com/a> and <http://x.org>"]
    );
    assert_eq!(
        lines("see [https://example.com/a](https://example.com/b)"),
        ["see [https://example.com/a](https://example.com/b)"]
    );
}

#[test]
fn absolute_links_stay() {
    assert_eq!(
        lines("see [the guide](https://example.com/a_b)"),
        ["see [the guide](https://example.com/a_b)"]
    );
}

#[test]
fn bare_urls_become_links() {
    assert_eq!(
        lines("at https://example.com/a_b?c=*d. Then (http://x.org)"),
        ["at <https://example.com/a_b?c=*d>. Then (<http://x.org>)"]
    );
}

#[test]
fn html_goes_and_placeholders_stay() {
    assert_eq!(lines("a <b>bold</b> <id> <T>"), ["a bold \\<id> \\<T>"]);
    assert_eq!(lines("one<br/>two"), ["one\\", "two"]);
    assert_eq!(lines("<div>\n<p>text</p>\n</div>"), ["text"]);
}

#[test]
fn code_is_never_rust() {
    assert_eq!(lines("```\nlet x;\n```"), ["```text", "let x;", "```"]);
    assert_eq!(
        lines("```rust,should-panic\nx\n```"),
        ["```text", "x", "```"]
    );
    assert_eq!(lines("```JSON\n{}\n```"), ["```json", "{}", "```"]);
    assert_eq!(
        lines("before\n\n    indented\n"),
        ["before", "", "```text", "indented", "```"]
    );
    assert_eq!(
        lines("```\nnever closed"),
        ["```text", "never closed", "```"]
    );
}

#[test]
fn lists_keep_their_shape() {
    assert_eq!(
        lines("intro\n- one\nlazy\n- two\n  - deep\n\nafter"),
        ["intro", "", "* one lazy", "* two", "  * deep", "", "after"]
    );
    assert_eq!(lines("3. c\n4. d"), ["3. c", "4. d"]);
}

#[test]
fn wrapped_lines_start_no_block() {
    let text = format!("{} - 7 # x", "a".repeat(91));
    assert_eq!(lines(&text)[1], "\\- 7 # x");
    let text = format!("{} 7. x_y", "a".repeat(91));
    assert_eq!(lines(&text)[1], "7\\. x_y");
}

#[test]
fn tables_stay_tables() {
    assert_eq!(
        lines("|a|b|\n|:-|-|\n|1|2|"),
        ["| a | b |", "| :-- | --- |", "| 1 | 2 |"]
    );
}

#[test]
fn characters_that_reorder_text_are_dropped() {
    assert_eq!(lines("a\u{202e}b\u{0}c"), ["abc"]);
    assert_eq!(lines("a&#x202e;b&#13;c"), ["a b c"]);
    assert_eq!(lines("[a](https://x.org/&#x202e;)"), ["a"]);
}

#[test]
fn closing_lines_hide_no_characters() {
    let documentation = Documentation {
        default: Some("\"\u{202b}\"".to_owned()),
        link: Some("https://x.org/\u{202e}".to_owned()),
        constraints: Constraints {
            limits: vec!["always `[\"\u{202e}\"]`".to_owned()],
            ..Constraints::default()
        },
        ..Documentation::default()
    };
    assert_eq!(
        Rustdoc::new(&documentation, "").lines,
        ["Default: `\" \"`. Always `[\" \"]`."]
    );
}

#[test]
fn a_silent_document_gets_the_fallback() {
    let rustdoc = Rustdoc::new(&Documentation::default(), "An image.");
    assert_eq!(rustdoc.lines, ["An image."]);
}

#[test]
fn constraints_default_and_example_close() {
    let documentation = Documentation {
        summary: Some("Width".to_owned()),
        description: Some("Width of the image".to_owned()),
        default: Some("5".to_owned()),
        example: Some("\"a`b\"".to_owned()),
        constraints: Constraints {
            limits: vec!["at least 0".to_owned()],
            pattern: Some("^a|b$".to_owned()),
            format: None,
        },
        ..Documentation::default()
    };
    let rustdoc = Rustdoc::new(&documentation, "");
    assert_eq!(
        rustdoc.lines,
        [
            "Width of the image.",
            "",
            "Default: `5`. At least 0, pattern `^a|b$`. Example: ``\"a`b\"``."
        ]
    );
}
