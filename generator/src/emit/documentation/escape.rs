//! Plain text as CommonMark that says the same, and nothing else.
//!
//! Comes in: text without markup, or HTML found between it. Goes out: CommonMark. Must not know: blocks, lines, containers.

use super::wrap::HARD_BREAK;

/// Escapes what CommonMark or rustdoc would read as markup, and writes bare URLs as links unless a link is around them already.
pub(super) fn escape(text: &str, inside_link: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while !rest.is_empty() {
        match next_url(rest) {
            Some((before, url, after)) if !inside_link => {
                escape_markup(before, &mut escaped);
                escaped.push('<');
                escaped.push_str(url);
                escaped.push('>');
                rest = after;
            }
            _ => {
                escape_markup(rest, &mut escaped);
                break;
            }
        }
    }
    escaped
}

/// The first bare URL in `text`, and what stands before and after it.
fn next_url(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let tail = text.get(from..)?;
        let at = match (tail.find("https://"), tail.find("http://")) {
            (Some(one), Some(other)) => one.min(other),
            (one, other) => one.or(other)?,
        };
        let start = from + at;
        let candidate = text.get(start..)?;
        let scheme_length = candidate.find("://")? + 3;
        let length = candidate
            .find(|character: char| {
                !(character.is_ascii_alphanumeric() || "-@:%_+.~#?&/=!$;,'()*".contains(character))
            })
            .unwrap_or(candidate.len());
        let url = candidate
            .get(..length)?
            .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', '*']);
        if url.len() > scheme_length {
            let end = start + url.len();
            return Some((text.get(..start)?, url, text.get(end..)?));
        }
        from = start + scheme_length;
    }
}

fn escape_markup(text: &str, escaped: &mut String) {
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        let is_markup = match character {
            '\\' | '`' | '[' | ']' | '<' => true,
            '*' => !(before.is_whitespace() && after.is_whitespace()),
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after == '#' || after.is_ascii_alphabetic(),
            '~' => before == '~' || after == '~',
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(character);
        before = character;
    }
}

/// HTML elements whose tags are dropped; anything else in angle brackets is a placeholder and kept as text.
const ELEMENTS: [&str; 60] = [
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
];

/// Elements that end a line.
const BREAKING: [&str; 15] = [
    "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "hr", "table",
];

/// The text of HTML, without its tags and comments.
pub(super) fn html_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tail) = rest.split_at(open);
        text.push_str(before);
        if let Some(comment) = tail.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some(close) = tail.find('>') else {
            text.push_str(tail);
            rest = "";
            break;
        };
        let (tag, after) = tail.split_at(close + 1);
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if BREAKING.contains(&name.as_str()) {
            if !text.ends_with(HARD_BREAK) {
                text.push(HARD_BREAK);
            }
        } else if !ELEMENTS.contains(&name.as_str()) {
            text.push_str(tag);
        }
        rest = after;
    }
    text.push_str(rest);
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
