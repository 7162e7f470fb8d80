//! Layout of printed code where the printer's differs from what people are used to.
//!
//! Comes in: printed Rust. Goes out: the same with calls around their only argument. Must not know: what the code says.

/// The lines of printed code. As [`str::lines`], for texts that have no carriage returns, and much faster on short lines.
pub(crate) fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    let unended = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain(unended);
    let mut start = 0;
    ends.map(move |end| {
        let line = text.get(start..end).unwrap_or_default();
        start = end + 1;
        line
    })
}

/// Writes a call whose only argument is a list or a call of its own around that argument, instead of setting it on lines of its own:
/// `f(&[` … `])` for `f(` `&[` … `],` `)`.
pub(crate) fn hugged(printed: String) -> String {
    if !printed.contains("(\n") {
        return printed;
    }
    let lines: Vec<&str> = code_lines(&printed).collect();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut merged: Vec<Option<usize>> = vec![None; lines.len()];
    // Calls that are open, by the line of their opening parenthesis and the line of their argument.
    for (index, line) in lines.iter().enumerate() {
        let indent = indentation(line);
        if let Some(next) = lines.get(index + 1)
            && line.ends_with('(')
            && indentation(next) == indent + 4
            && next.ends_with(['[', '(', '{'])
            && !line.trim_start().starts_with("//")
        {
            open.push((index, indent));
        }
        if let Some(&(start, outer)) = open.last()
            && index > start + 1
            && indent <= outer + 4
        {
            open.pop();
            let closes = line.trim_start().starts_with([']', ')', '}']) && line.ends_with(',');
            let is_only = lines.get(index + 1).is_some_and(|next| {
                indentation(next) == outer && next.trim_start().starts_with(')')
            });
            if closes
                && is_only
                && indent == outer + 4
                && let Some(slot) = merged.get_mut(start)
            {
                *slot = Some(index);
            }
        }
    }
    if merged.iter().all(Option::is_none) {
        return joined(&lines, printed.len());
    }
    let text = join(&lines, &merged);
    let lines: Vec<&str> = code_lines(&text).collect();
    joined(&lines, text.len())
}

/// The printer breaks earlier than rustfmt: a call with one argument that fits after all stands on one line. All lines together have at
/// most `length` bytes.
fn joined(lines: &[&str], length: usize) -> String {
    const WIDTH: usize = 100;
    let mut joined = String::with_capacity(length);
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let call = lines.get(index + 1).zip(lines.get(index + 2));
        let is_code = line.ends_with('(') && !line.trim_start().starts_with("//");
        let one_line = call.filter(|_| is_code).and_then(|(argument, end)| {
            let indent = indentation(line);
            let argument = argument.strip_suffix(',')?;
            let closes = end.trim_start().starts_with(')') && indentation(end) == indent;
            let is_argument = indentation(argument) == indent + 4;
            let whole = format!("{line}{}{}", argument.trim_start(), end.trim_start());
            (closes && is_argument && whole.chars().count() <= WIDTH).then_some(whole)
        });
        match one_line {
            Some(whole) => {
                joined.push_str(&whole);
                index += 3;
            }
            None => {
                joined.push_str(line);
                index += 1;
            }
        }
        joined.push('\n');
    }
    joined
}

fn join(lines: &[&str], merged: &[Option<usize>]) -> String {
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    let mut ends: Vec<usize> = Vec::new();
    let mut glue = false;
    for (index, line) in lines.iter().enumerate() {
        let less = ends.len() * 4;
        if glue {
            text.push_str(line.trim_start());
        } else {
            text.push_str(line.get(less.min(indentation(line))..).unwrap_or(line));
        }
        glue = false;
        if let Some(Some(end)) = merged.get(index) {
            ends.push(*end);
            glue = true;
            continue;
        }
        if ends.last() == Some(&index) {
            ends.pop();
            // The comma after the argument goes, and the parenthesis follows at once.
            text.pop();
            glue = true;
            continue;
        }
        text.push('\n');
    }
    text
}

fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}
