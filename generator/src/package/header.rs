//! The first lines of generated files: who wrote them, and how to write them again.
//!
//! Comes in: the facts of the package. Goes out: comments. Must not know: what follows them.

use super::{MARK, PackageFacts};

/// The sentence of the header, without comment marks.
pub(super) fn sentence(facts: &PackageFacts) -> String {
    format!(
        "{MARK} from {}. Do not edit: run `{}` instead.",
        one_line(&facts.spec),
        one_line(&facts.regenerate)
    )
}

/// The header of an emitted file.
pub(super) fn for_rust(facts: &PackageFacts) -> String {
    format!("// {}\n\n", sentence(facts))
}

/// The header of a file of the runtime, which is the same for every API.
pub(super) fn for_runtime() -> String {
    format!("// {MARK} from its own templates, the same for every API. Do not edit.\n")
}

/// `rustfmt.toml`: what is printed here stays as it is.
pub(super) fn for_rustfmt(facts: &PackageFacts) -> String {
    format!("# {}\ndisable_all_formatting = true\n", sentence(facts))
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '`'], " ")
}
