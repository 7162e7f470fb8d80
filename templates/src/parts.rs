//! The parts of the runtime that not every client needs: what is compiled into a client is what its API uses.
//!
//! In: names of parts. Out: [`runtime_files_with`]: the runtime with these parts and without the others. Must not know: what of an API
//! needs a part.

use std::borrow::Cow;

use crate::runtime_files;

/// A part of the runtime that not every client needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// The files that it is.
    pub files: &'static [&'static str],
    /// Lines of other files that declare it and give out its names, each with its file.
    pub lines: &'static [(&'static str, &'static str)],
    /// The names of the parts that it is built on.
    pub needs: &'static [&'static str],
}

/// Every part, those before that are built on others.
pub const PARTS: &[Part] = &[
    Part {
        name: "constraints",
        files: &["constraints.rs"],
        lines: &[("mod.rs", "pub mod constraints;\n")],
        needs: &["tree"],
    },
    Part {
        name: "extension_method",
        files: &["extension_method.rs"],
        lines: &[("mod.rs", "pub mod extension_method;\n")],
        needs: &[],
    },
    Part {
        name: "form",
        files: &["form.rs"],
        lines: &[
            ("mod.rs", "pub mod form;\n"),
            ("mod.rs", "pub use form::FormStyle;\n"),
        ],
        needs: &["tree"],
    },
    Part {
        name: "multipart",
        files: &[
            "file.rs",
            "file_or.rs",
            "json/attachments.rs",
            "multipart.rs",
        ],
        lines: &[
            ("json/mod.rs", "mod attachments;\n"),
            (
                "json/mod.rs",
                "pub(crate) use attachments::{Attachment, with_attachments};\n",
            ),
            ("mod.rs", "pub mod file;\n"),
            ("mod.rs", "pub mod file_or;\n"),
            ("mod.rs", "mod multipart;\n"),
            ("mod.rs", "pub use file::File;\n"),
            ("mod.rs", "pub use file_or::FileOr;\n"),
            ("mod.rs", "pub use multipart::PartStyle;\n"),
        ],
        needs: &["tree"],
    },
    Part {
        name: "one_or_many",
        files: &["one_or_many.rs"],
        lines: &[
            ("mod.rs", "pub mod one_or_many;\n"),
            ("mod.rs", "pub use one_or_many::OneOrMany;\n"),
        ],
        needs: &[],
    },
    Part {
        name: "paging",
        files: &["paging.rs"],
        lines: &[
            ("mod.rs", "pub mod paging;\n"),
            (
                "mod.rs",
                "pub use paging::{CursorPaging, Items, NumberPaging, OffsetPaging, Page, Pages, Paging};\n",
            ),
        ],
        needs: &[],
    },
    Part {
        name: "polling",
        files: &["polling.rs"],
        lines: &[
            ("mod.rs", "pub mod polling;\n"),
            ("mod.rs", "pub use polling::{Polling, Wait};\n"),
        ],
        needs: &[],
    },
    Part {
        name: "response_header",
        files: &["response_header.rs"],
        lines: &[("mod.rs", "pub mod response_header;\n")],
        needs: &[],
    },
    Part {
        name: "stream",
        files: &[
            "stream/events.rs",
            "stream/mod.rs",
            "stream/records.rs",
            "stream/request.rs",
        ],
        lines: &[("mod.rs", "pub mod stream;\n")],
        needs: &[],
    },
    Part {
        name: "style",
        files: &["style.rs"],
        lines: &[
            ("mod.rs", "pub mod style;\n"),
            ("mod.rs", "pub use style::{Style, Styled};\n"),
        ],
        needs: &["tree"],
    },
    type_of_json("ip", &["json/ip.rs"], &[("json/mod.rs", "mod ip;\n")]),
    type_of_json("time", &["json/time.rs"], &[("json/mod.rs", "mod time;\n")]),
    type_of_json(
        "tuple",
        &["json/tuple.rs"],
        &[("json/mod.rs", "mod tuple;\n")],
    ),
    type_of_json("uuid", &["json/uuid.rs"], &[("json/mod.rs", "mod uuid;\n")]),
    Part {
        name: "tree",
        files: &["json/tree.rs"],
        lines: &[
            ("json/mod.rs", "mod tree;\n"),
            (
                "json/mod.rs",
                "pub(crate) use tree::{Node, Piece, pieces};\n",
            ),
        ],
        needs: &[],
    },
];

/// The codec's half of a type that not every API has.
const fn type_of_json(
    name: &'static str,
    files: &'static [&'static str],
    lines: &'static [(&'static str, &'static str)],
) -> Part {
    Part {
        name,
        files,
        lines,
        needs: &[],
    }
}

/// The runtime of a client that needs these parts: its files by their paths, and their texts.
#[must_use]
pub fn runtime_files_with(parts: &[&str]) -> Vec<(&'static str, Cow<'static, str>)> {
    let mut needed: Vec<&str> = parts.to_vec();
    for part in PARTS {
        if needed.contains(&part.name) {
            needed.extend(part.needs);
        }
    }
    let left_out = || PARTS.iter().filter(|part| !needed.contains(&part.name));
    runtime_files()
        .iter()
        .filter(|(path, _)| left_out().all(|part| !part.files.contains(path)))
        .map(|(path, text)| {
            let lines = left_out().flat_map(|part| part.lines);
            let lines = lines.filter(|(file, _)| file == path);
            let text = lines.fold(Cow::Borrowed(*text), |text, (_, line)| {
                Cow::Owned(text.replace(line, ""))
            });
            (*path, text)
        })
        .collect()
}
