//! Wrapping of a paragraph.
//!
//! Comes in: inline CommonMark with marks for spaces that must hold and lines that must end. Goes out: lines that start no
//! block by accident. Must not know: what the text says.

/// Stands for a space inside a word that must stay on one line.
pub(super) const GLUE: char = '\u{1}';

/// Ends a line for good.
pub(super) const HARD_BREAK: char = '\u{2}';

/// The lines of a paragraph, each at most `width` columns where words allow.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut parts = text
        .split(HARD_BREAK)
        .filter(|part| !part.trim().is_empty())
        .peekable();
    while let Some(part) = parts.next() {
        wrap_part(part, width, &mut lines);
        if parts.peek().is_some()
            && let Some(last) = lines.last_mut()
        {
            // CommonMark's hard break: a backslash at the end of the line.
            last.push('\\');
        }
    }
    lines
}

fn wrap_part(part: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut columns = 0;
    let is_ascii = part.is_ascii();
    for word in part.split_whitespace() {
        let length = match is_ascii {
            true => word.len(),
            false => word.chars().count(),
        };
        if columns > 0 && columns + 1 + length > width {
            finish(&mut line, lines);
            columns = 0;
        }
        if columns > 0 {
            line.push(' ');
            columns += 1;
        }
        line.push_str(word);
        columns += length;
    }
    if !line.is_empty() {
        finish(&mut line, lines);
    }
}

fn finish(line: &mut String, lines: &mut Vec<String>) {
    let mut text = std::mem::take(line);
    if text.contains(GLUE) {
        text = text.replace(GLUE, " ");
    }
    lines.push(guard(text));
}

/// Escapes what would make the line a list item, a heading, a quote, a rule or a row of a table.
fn guard(line: String) -> String {
    let bytes = line.as_bytes();
    let second = bytes.get(1).copied();
    let is_block = match bytes.first() {
        Some(b'#' | b'>') => true,
        Some(b'-' | b'+') => matches!(second, None | Some(b' ' | b'-' | b'+')),
        Some(b'*') => matches!(second, Some(b' ') | None),
        Some(_) => line.bytes().all(|byte| b"-:|= ".contains(&byte)),
        None => false,
    };
    if is_block {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits)
        && matches!(bytes.get(digits), Some(b'.' | b')'))
        && matches!(bytes.get(digits + 1), None | Some(b' '))
    {
        let (number, rest) = line.split_at(digits);
        return format!("{number}\\{rest}");
    }
    line
}
