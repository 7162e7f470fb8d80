//! Resources: what groups the operations of a document that has no tags.
//!
//! Comes in: the path templates of all operations. Goes out: for each the resource that it is about, by the word that the paths have for it;
//! nothing where the paths tell no resources apart. Must not know: what becomes of a group.

use std::collections::HashMap;

use super::naming::{in_ascii, is_version, snake};

/// Up to how many operations stand in one group.
const FEW_OPERATIONS: usize = 20;

/// Words at the beginning of paths that name no resource, as versions do.
const SAYS_NOTHING: &[&str] = &["api", "rest"];

/// The resource of each operation. None for one whose path names nothing.
///
/// It is the first word of the path that tells apart: parameters do not, nor versions, nor what more than four fifths of
/// the operations share. Paths that each name an action of their own (`/sendMessage`) have no resources.
pub(super) fn resources(templates: &[&str]) -> Option<Vec<Option<String>>> {
    if templates.len() <= FEW_OPERATIONS {
        return None;
    }
    let paths: Vec<Vec<&str>> = templates.iter().map(|template| words(template)).collect();
    let shared = shared_words(&paths);
    let named: Vec<Option<&str>> = paths.iter().map(|path| resource(path, &shared)).collect();
    // One resource may be spelled in several ways.
    let mut spellings: HashMap<String, &str> = HashMap::new();
    let resources = named
        .into_iter()
        .map(|name| {
            let name = name?;
            let spelling = spellings.entry(snake(&in_ascii(name))).or_insert(name);
            Some((*spelling).to_owned())
        })
        .collect();
    let are_resources = spellings.len() > 1 && spellings.len() * 2 <= templates.len();
    are_resources.then_some(resources)
}

/// The words of a path that may name a resource.
fn words(template: &str) -> Vec<&str> {
    template
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .split('/')
        .filter(|segment| !is_version(segment))
        // What follows is an action, a format or a key: `projects:list`, `users.json`, `Users({id})`.
        .map(|segment| segment.split(['.', ':', '(', '{', ';', ',']).next())
        .map(Option::unwrap_or_default)
        .filter(|word| !word.is_empty() && !SAYS_NOTHING.contains(word))
        .collect()
}

/// The words that nearly all paths begin with.
fn shared_words<'t>(paths: &[Vec<&'t str>]) -> Vec<&'t str> {
    let mut shared: Vec<&str> = Vec::new();
    loop {
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for path in paths.iter().filter(|path| path.starts_with(&shared)) {
            if let Some(word) = path.get(shared.len()) {
                *uses.entry(word).or_default() += 1;
            }
        }
        let next = uses
            .into_iter()
            .find(|(_, uses)| uses * 5 > paths.len() * 4);
        match next {
            Some((word, _)) => shared.push(word),
            None => return shared,
        }
    }
}

/// The first word that is not the shared one in its place, or the last one of a path that goes no further.
fn resource<'t>(path: &[&'t str], shared: &[&str]) -> Option<&'t str> {
    let known = path
        .iter()
        .zip(shared)
        .take_while(|(word, shared)| word == shared);
    path.get(known.count()).or(path.last()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The resources of some paths, each with as many more operations as make them many.
    fn of(templates: &[&str]) -> Vec<String> {
        let many: Vec<&str> = templates.iter().copied().cycle().take(24).collect();
        let resources = resources(&many).unwrap_or_default();
        let named = resources.into_iter().take(templates.len());
        named.map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn the_first_word_that_tells_apart_is_the_resource() {
        let payments = [
            "/v1/customers",
            "/v1/customers/{id}/cards",
            "/v1/charges",
            "/v1/charges/{id}",
        ];
        assert_eq!(
            of(&payments),
            ["customers", "customers", "charges", "charges"]
        );
        assert_eq!(
            of(&[
                "/rest/api/2/issue/{id}",
                "/rest/agile/1.0/board",
                "/rest/api/2/user"
            ]),
            ["issue", "agile", "user"]
        );
        assert_eq!(
            of(&[
                "/users.json",
                "/projects:list",
                "/Projects/{id}",
                "/Files('{id}')"
            ]),
            ["users", "projects", "projects", "Files"]
        );
    }

    #[test]
    fn what_most_paths_share_is_passed_over() {
        assert_eq!(
            of(&[
                "/spaces",
                "/spaces/{id}/files",
                "/spaces/{id}/files/{id}",
                "/spaces/{id}/members",
                "/spaces/{id}/members/{id}",
                "/me"
            ]),
            ["spaces", "files", "files", "members", "members", "me"]
        );
    }

    #[test]
    fn a_path_that_names_nothing_has_no_resource() {
        assert_eq!(of(&["/{id}", "/users", "/files"]), ["", "users", "files"]);
    }

    #[test]
    fn few_operations_and_actions_are_not_grouped() {
        assert_eq!(resources(&["/users", "/files"]), None);
        let actions: Vec<String> = (0..40).map(|number| format!("/action{number}")).collect();
        let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
        assert_eq!(resources(&actions), None);
        assert_eq!(resources(&["/users/{id}"; 30]), None);
    }
}
