//! CommonMark of a document, rewritten so that rustdoc reads it as it was meant.
//!
//! Comes in: a `description`, written for other renderers. Goes out: lines of CommonMark without HTML, intra-doc links,
//! bare URLs, indented code blocks or Rust code blocks, wrapped. Must not know: where the lines are printed.

use std::borrow::Cow;

use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use super::escape::{escape, html_text};
use super::visible;
use super::wrap::{GLUE, HARD_BREAK, wrap};

/// The lines of `markdown` for rustdoc, each at most `width` columns where words allow.
pub(super) fn render(markdown: &str, width: usize) -> Vec<String> {
    let markdown = clean(markdown);
    if is_plain(&markdown) {
        return wrap(&markdown, width);
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut renderer = Renderer::new(width);
    for event in Parser::new_ext(&markdown, options) {
        renderer.event(event);
    }
    renderer.finish()
}

/// Line ends as `\n`, no tabs, no control characters, and none of the characters that reorder text, which rustc refuses in comments.
fn clean(markdown: &str) -> Cow<'_, str> {
    let markdown = markdown.trim();
    if markdown
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~' | b'\n'))
    {
        return markdown.into();
    }
    let mut cleaned = String::with_capacity(markdown.len());
    for character in markdown.replace("\r\n", "\n").chars() {
        match character {
            '\r' => cleaned.push('\n'),
            '\t' => cleaned.push_str("    "),
            '\n' => cleaned.push('\n'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}' => {}
            character if character.is_control() => {}
            character => cleaned.push(character),
        }
    }
    cleaned.into()
}

/// Whether the text is one paragraph without any markup, as most are.
fn is_plain(markdown: &str) -> bool {
    !markdown.contains("://")
        && !markdown.bytes().any(|byte| {
            matches!(
                byte,
                b'\\'
                    | b'`'
                    | b'*'
                    | b'_'
                    | b'['
                    | b']'
                    | b'<'
                    | b'>'
                    | b'&'
                    | b'#'
                    | b'|'
                    | b'~'
                    | b'\n'
            )
        })
        && markdown
            .bytes()
            .next()
            .is_some_and(|byte| !b"-+=".contains(&byte) && !byte.is_ascii_digit())
}

/// A container around blocks: the text before its first line, and before all others.
struct Container {
    first: Option<String>,
    rest: String,
}

/// A list being rendered: the number of its next item, where it is ordered.
type List = Option<u64>;

struct Table {
    alignments: Vec<Alignment>,
    row: Vec<String>,
    is_head: bool,
}

struct OpenLink {
    target: String,
    kind: LinkType,
    /// Where its text starts in `inline`.
    start: usize,
    /// Whether it is written as a link. Inside another link, and for places that only the document's own pages know, the text is what
    /// remains.
    stays: bool,
}

struct Renderer {
    width: usize,
    lines: Vec<String>,
    containers: Vec<Container>,
    lists: Vec<List>,
    needs_blank: bool,
    /// Text that is not escaped yet: neighbouring text events belong together.
    pending: String,
    /// Inline content of the block at hand, escaped.
    inline: String,
    /// The links that are open, from the outside in.
    links: Vec<OpenLink>,
    code: Option<(String, String)>,
    html: Option<String>,
    table: Option<Table>,
}

impl Renderer {
    fn new(width: usize) -> Self {
        Renderer {
            width,
            lines: Vec::new(),
            containers: Vec::new(),
            lists: Vec::new(),
            needs_blank: false,
            pending: String::new(),
            inline: String::new(),
            links: Vec::new(),
            code: None,
            html: None,
            table: None,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        if let Event::Text(text) = &event {
            match &mut self.code {
                Some((_, code)) => code.push_str(text),
                // What stands there by its number (`&#x202e;`) is a character only now.
                None => self.pending.push_str(&visible(text)),
            }
            return;
        }
        self.flush_text();
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Code(code) => self.inline.push_str(&code_span(&code)),
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.inline_html(&html),
            },
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::SoftBreak => self.inline.push(' '),
            Event::HardBreak => self.inline.push(HARD_BREAK),
            Event::Rule => self.block(&["---".to_owned()]),
            Event::Text(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => self.flush_inline(),
            Tag::BlockQuote(_) => {
                self.flush_inline();
                self.separate();
                self.containers.push(Container {
                    first: None,
                    rest: "> ".to_owned(),
                });
            }
            Tag::CodeBlock(kind) => {
                self.flush_inline();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => "text",
                };
                self.code = Some((language.to_owned(), String::new()));
            }
            Tag::HtmlBlock => {
                self.flush_inline();
                self.html = Some(String::new());
            }
            Tag::List(first) => {
                self.flush_inline();
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::Table(alignments) => {
                self.flush_inline();
                self.separate();
                self.table = Some(Table {
                    alignments,
                    row: Vec::new(),
                    is_head: false,
                });
            }
            Tag::TableHead => {
                if let Some(table) = &mut self.table {
                    table.is_head = true;
                }
            }
            Tag::Emphasis => self.inline.push('*'),
            Tag::Strong => self.inline.push_str("**"),
            Tag::Strikethrough => self.inline.push_str("~~"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                self.begin_link(&dest_url, link_type);
            }
            Tag::Image { dest_url, .. } => self.begin_link(&dest_url, LinkType::Inline),
            _ => {}
        }
    }

    fn start_item(&mut self) {
        self.flush_inline();
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            _ => "* ".to_owned(),
        };
        self.separate();
        self.containers.push(Container {
            rest: " ".repeat(marker.len()),
            first: Some(marker),
        });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.flush_inline();
                self.needs_blank = true;
            }
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => {
                self.flush_inline();
                self.containers.pop();
                self.needs_blank = true;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.inline.push_str(&escape(&html_text(&html), false));
                    self.flush_inline();
                    self.needs_blank = true;
                }
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.needs_blank |= self.lists.is_empty();
            }
            TagEnd::Item => {
                self.flush_inline();
                // An item without any text still has its marker.
                if self
                    .containers
                    .last()
                    .is_some_and(|item| item.first.is_some())
                {
                    self.line("");
                }
                self.containers.pop();
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline).replace(HARD_BREAK, " ");
                if let Some(table) = &mut self.table {
                    table.row.push(cell.replace(GLUE, " "));
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                self.table = None;
                self.needs_blank = true;
            }
            TagEnd::Emphasis => self.inline.push('*'),
            TagEnd::Strong => self.inline.push_str("**"),
            TagEnd::Strikethrough => self.inline.push_str("~~"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let text = std::mem::take(&mut self.inline).replace([HARD_BREAK, GLUE], " ");
        if !text.trim().is_empty() {
            let marks = "#".repeat(level as usize);
            self.block(&[format!("{marks} {}", text.trim())]);
        }
    }

    fn end_code(&mut self) {
        let Some((language, code)) = self.code.take() else {
            return;
        };
        let fence = "`".repeat(longest_run(&code, '`').max(2) + 1);
        let mut lines = vec![format!("{fence}{language}")];
        lines.extend(
            code.trim_end()
                .lines()
                .map(|line| line.trim_end().to_owned()),
        );
        lines.push(fence);
        self.block(&lines);
    }

    fn end_row(&mut self) {
        let Some(table) = &mut self.table else { return };
        let mut rows = vec![format!("| {} |", table.row.join(" | "))];
        if std::mem::take(&mut table.is_head) {
            let rules: Vec<&str> = table
                .alignments
                .iter()
                .map(|alignment| match alignment {
                    Alignment::None => "---",
                    Alignment::Left => ":--",
                    Alignment::Center => ":-:",
                    Alignment::Right => "--:",
                })
                .collect();
            rows.push(format!("| {} |", rules.join(" | ")));
        }
        table.row.clear();
        for row in rows {
            self.line(&row);
        }
    }

    fn begin_link(&mut self, target: &str, kind: LinkType) {
        let target = target.trim();
        let is_absolute = target.starts_with("https://") || target.starts_with("http://");
        let is_url = is_absolute && !target.contains(['<', '>', ' ']) && visible(target) == target;
        self.links.push(OpenLink {
            target: target.to_owned(),
            kind,
            start: self.inline.len(),
            stays: is_url && !self.is_in_link(),
        });
    }

    fn is_in_link(&self) -> bool {
        self.links.iter().any(|link| link.stays)
    }

    fn end_link(&mut self) {
        let Some(link) = self.links.pop() else {
            return;
        };
        let text = self.inline.split_off(link.start.min(self.inline.len()));
        let target = link.target.as_str();
        if !link.stays {
            self.inline.push_str(&text);
        } else if link.kind == LinkType::Autolink
            || text.trim().is_empty()
            || text == escape(target, true)
        {
            self.inline.push_str(&format!("<{target}>"));
        } else if target.contains(['(', ')']) {
            self.inline.push_str(&format!("[{text}](<{target}>)"));
        } else {
            self.inline.push_str(&format!("[{text}]({target})"));
        }
    }

    fn inline_html(&mut self, html: &str) {
        let text = html_text(html);
        self.inline.push_str(&escape(&text, self.is_in_link()));
    }

    fn flush_text(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.pending);
        let mut text = escape(&text, self.is_in_link());
        if self.table.is_some() {
            text = text.replace('|', "\\|");
        }
        self.inline.push_str(&text);
    }

    /// Writes the inline content gathered so far as a paragraph.
    fn flush_inline(&mut self) {
        let text = std::mem::take(&mut self.inline);
        if text.trim().is_empty() {
            return;
        }
        let taken: usize = self.containers.iter().map(|item| item.rest.len()).sum();
        let width = self.width.saturating_sub(taken).max(40);
        self.block_without_end(&wrap(&text, width));
    }

    fn block(&mut self, lines: &[String]) {
        self.block_without_end(lines);
        self.needs_blank = true;
    }

    fn block_without_end(&mut self, lines: &[String]) {
        self.separate();
        for line in lines {
            self.line(line);
        }
    }

    /// A blank line, where the block before asked for one.
    fn separate(&mut self) {
        let inside_marker = self
            .containers
            .last()
            .is_some_and(|item| item.first.is_some());
        if std::mem::take(&mut self.needs_blank) && !self.lines.is_empty() && !inside_marker {
            self.line("");
        }
    }

    fn line(&mut self, text: &str) {
        let mut line = String::new();
        for container in &mut self.containers {
            match container.first.take() {
                Some(first) => line.push_str(&first),
                None => line.push_str(&container.rest),
            }
        }
        line.push_str(text);
        self.lines.push(line.trim_end().to_owned());
    }

    fn finish(mut self) -> Vec<String> {
        self.flush_text();
        self.flush_inline();
        self.lines
    }
}

/// The language of a fenced block, as long as rustdoc takes it for anything but Rust.
fn language(info: &str) -> &'static str {
    const KNOWN: [&str; 20] = [
        "json",
        "yaml",
        "xml",
        "html",
        "http",
        "bash",
        "sh",
        "shell",
        "console",
        "python",
        "javascript",
        "typescript",
        "java",
        "go",
        "ruby",
        "php",
        "sql",
        "graphql",
        "toml",
        "csv",
    ];
    let word = info.split([' ', ',']).next().unwrap_or_default();
    KNOWN
        .into_iter()
        .find(|known| word.eq_ignore_ascii_case(known))
        .unwrap_or("text")
}

/// `code` between as many backticks as it needs, kept on one line.
pub(super) fn code_span(code: &str) -> String {
    if !code.bytes().any(|byte| matches!(byte, b'`' | b' ' | b'\n')) {
        return ["`", code, "`"].concat();
    }
    let code = code.replace('\n', " ").replace(' ', &GLUE.to_string());
    let fence = "`".repeat(longest_run(&code, '`') + 1);
    let needs_space = code.starts_with('`') || code.ends_with('`');
    let space = if needs_space { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
