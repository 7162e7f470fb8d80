//! What a request says that it accepts: the media types that its answer is read in, where that is not simply JSON.
//!
//! Comes in: the responses that are successes. Goes out: the value of the header `Accept`. Must not know: how an answer is read.
//!
//! Many servers choose what they answer by it: they refuse a request that asks for another kind of JSON than the one they speak
//! (`application/vnd.api+json`), or answer another version of it.

use super::Lowering;
use super::media_type::{Family, family};
use super::response::{Documented, has_no_body};
use crate::model::Method;

/// What every answer that is JSON can be read in.
const JSON: &str = "application/json";

impl Lowering<'_> {
    /// The value of `Accept` for these successes; none where JSON is asked for, as by every request that says nothing else.
    pub(super) fn accepted(&mut self, successes: &[Documented], method: &Method) -> Option<String> {
        let (mut wanted, mut reads_anything): (Vec<String>, bool) = (Vec::new(), false);
        for success in successes {
            let contents = success.pointer.push("content");
            let chosen = self
                .choose(&success.piece.content, &contents)
                .filter(|_| !has_no_body(success.status, method));
            let Some(chosen) = chosen else {
                continue;
            };
            let is_json = chosen.family == Family::Json;
            reads_anything |= !is_json;
            // Texts and bytes are taken as they are, so that each that the document offers will do; JSON is read by one schema.
            let names = success.piece.content.keys().filter(|name| {
                **name == chosen.media_type
                    || !is_json && family(name) == family(&chosen.media_type)
            });
            for name in names {
                let name = match asked_for(name) {
                    Some(name) => name,
                    None if is_json => JSON.to_owned(),
                    None => continue,
                };
                if !wanted.contains(&name) {
                    wanted.push(name);
                }
            }
        }
        if !reads_anything && wanted.iter().all(|name| name == JSON) {
            return None;
        }
        // Not every server calls what it sends by the name that its description gives it.
        let fallback = if reads_anything { "*/*" } else { JSON };
        if wanted.is_empty() {
            return Some(fallback.to_owned());
        }
        if !wanted.iter().any(|name| name == fallback) {
            wanted.push(format!("{fallback};q=0.1"));
        }
        Some(wanted.join(", "))
    }
}

/// The media type as a request can ask for it; none for one that is none, or that stands for all.
fn asked_for(media_type: &str) -> Option<String> {
    let mut parts = media_type.split(';').map(str::trim);
    let essence = parts.next()?.to_ascii_lowercase();
    let is_range = essence == "*/*" || !essence.contains('/');
    if is_range || !media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }
    // How a text is encoded is told apart by another header, and a server need not know it here.
    let kept = parts.filter(|part| !part.is_empty() && !is_of_text(part));
    Some(
        std::iter::once(essence.as_str())
            .chain(kept)
            .collect::<Vec<_>>()
            .join(";"),
    )
}

fn is_of_text(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().trim();
    name.eq_ignore_ascii_case("charset") || name.eq_ignore_ascii_case("q")
}

#[cfg(test)]
mod tests {
    use super::asked_for;

    #[test]
    fn parameters_that_choose_a_version_stay() {
        for (media_type, expected) in [
            ("application/json", Some("application/json")),
            ("Application/JSON; charset=utf-8", Some("application/json")),
            (
                "application/vnd.heroku+json; version=3",
                Some("application/vnd.heroku+json;version=3"),
            ),
            ("image/*", Some("image/*")),
            ("*/*", None),
            ("", None),
            ("json", None),
            ("text/naïve", None),
        ] {
            assert_eq!(asked_for(media_type).as_deref(), expected, "{media_type}");
        }
    }
}
