//! Names of methods in a group: the operation's id, shortened to its verb where the rest only repeats the tag.

use std::collections::{HashMap, HashSet};

use super::identifier::{keyword_free, snake};
use super::{Candidates, tell_apart};

/// Methods that the type of a group has anyway.
const RESERVED: &[&str] = &["new", "clone", "core"];

/// The names of the methods of one group, one for each operation id. `chosen` holds the
/// names that the settings give to some of them.
///
/// `list_images` of the tag `Image` is `list`: the id is a verb and the words of the tag, singular or plural. So is `images_list`, where
/// all ids of the group begin with the tag, and `images/list`. Where two operations would then share a name, both keep their full name.
pub(crate) fn method_names(tag: &str, ids: &[&str], chosen: &[Option<String>]) -> Vec<String> {
    let full: Vec<String> = ids.iter().map(|id| snake(id)).collect();
    let space = namespace(tag, &full);
    let short: Vec<String> = full
        .iter()
        .zip(ids)
        .map(|(name, id)| {
            without_space(name, id, space.as_deref(), ids.len() == 1)
                .or_else(|| shortened(name, tag))
                .unwrap_or_else(|| name.clone())
        })
        .collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (name, settled) in short.iter().zip(chosen) {
        *uses.entry(settled.as_deref().unwrap_or(name)).or_default() += 1;
    }
    let full_names: HashSet<&str> = full.iter().map(String::as_str).collect();
    let mut items = Vec::with_capacity(ids.len());
    for (((id, full), short), settled) in ids.iter().zip(&full).zip(&short).zip(chosen) {
        let item = Candidates::snake(id);
        items.push(match settled {
            Some(name) => item.preferring(snake(name)),
            None if short != full
                && uses.get(short.as_str()) == Some(&1)
                && !full_names.contains(short.as_str()) =>
            {
                item.preferring(short.clone())
            }
            None => item,
        });
    }
    tell_apart(&items, &|name| RESERVED.contains(&name))
        .into_iter()
        .map(keyword_free)
        .collect()
}

/// What ids of the group begin with, up to the words of the tag: `images_`, or `drive_images_` where all begin with that.
fn namespace(tag: &str, names: &[String]) -> Option<String> {
    let (first, tag) = (names.first()?, snake(tag));
    let words: Vec<&str> = first.split('_').collect();
    let count = tag.split('_').count();
    (count..words.len()).find_map(|end| {
        let noun = words.get(end - count..end)?.join("_");
        let space = format!("{}_", words.get(..end)?.join("_"));
        let is_shared = names.iter().all(|name| name.starts_with(&space));
        (same_noun(&noun, &tag) && is_shared).then_some(space)
    })
}

/// `list` for `images_list`, where the ids of the group share the namespace `images_`. An id that stands alone shows by a sign that its
/// beginning is one: `images/list`.
fn without_space(name: &str, id: &str, space: Option<&str>, is_alone: bool) -> Option<String> {
    let space = space?;
    let rest = name.strip_prefix(space)?;
    let is_marked = || {
        let (before, _) = id.split_once(['/', '.', ':'])?;
        (snake(before) + "_" == space).then_some(())
    };
    if is_alone && is_marked().is_none() {
        return None;
    }
    rest.starts_with(char::is_alphabetic)
        .then(|| rest.to_owned())
}

/// `list` for `list_images` and the tag `Image`.
fn shortened(name: &str, tag: &str) -> Option<String> {
    let (verb, noun) = name.split_once('_')?;
    let tag = snake(tag);
    (same_noun(noun, &tag) && verb.starts_with(char::is_alphabetic)).then(|| verb.to_owned())
}

/// Whether two nouns are the same, apart from being singular or plural.
fn same_noun(left: &str, right: &str) -> bool {
    left == right
        || plurals(left).iter().any(|plural| plural == right)
        || plurals(right).iter().any(|plural| plural == left)
}

/// The plurals that English may have for a word.
fn plurals(word: &str) -> Vec<String> {
    let mut plurals = vec![format!("{word}s"), format!("{word}es")];
    if let Some(stem) = word.strip_suffix('y') {
        plurals.push(format!("{stem}ies"));
    }
    plurals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tag: &str, ids: &[&str]) -> Vec<String> {
        method_names(tag, ids, &vec![None; ids.len()])
    }

    #[test]
    fn the_tag_is_not_repeated() {
        assert_eq!(
            names(
                "Image",
                &[
                    "list_images",
                    "get_image",
                    "deleteImage",
                    "set_image_status",
                    "get_image_offset"
                ]
            ),
            [
                "list",
                "get",
                "delete",
                "set_image_status",
                "get_image_offset"
            ]
        );
        assert_eq!(
            names("Label Class", &["list_label_classes", "get_label_class"]),
            ["list", "get"]
        );
        assert_eq!(names("Activities", &["get_activity"]), ["get"]);
        assert_eq!(
            names("pet", &["findPetsByStatus", "addPet"]),
            ["find_pets_by_status", "add"]
        );
    }

    #[test]
    fn a_namespace_of_all_operations_is_not_repeated() {
        assert_eq!(
            names(
                "repos",
                &["repos/list-for-org", "repos/get", "repos/create"]
            ),
            ["list_for_org", "get", "create"]
        );
        assert_eq!(
            names("Accounts", &["accounts_list", "account_get"]),
            ["accounts_list", "account_get"]
        );
        assert_eq!(
            names("files", &["drive.files.list", "drive.files.get"]),
            ["list", "get"]
        );
        assert_eq!(names("rate-limit", &["rate-limit/get"]), ["get"]);
        assert_eq!(names("search", &["search_images"]), ["search_images"]);
        assert_eq!(names("move", &["move_2", "move_to"]), ["move_2", "to"]);
    }

    #[test]
    fn operations_that_would_share_a_name_keep_the_full_one() {
        assert_eq!(
            names("Image", &["get_image", "get_images"]),
            ["get_image", "get_images"]
        );
        assert_eq!(
            names("Image", &["list_images", "list"]),
            ["list_images", "list"]
        );
    }

    #[test]
    fn keywords_and_reserved_names_are_escaped() {
        assert_eq!(
            names("Image", &["move_image", "new_image", "match"]),
            ["r#move", "new_image", "r#match"]
        );
    }

    #[test]
    fn settings_win() {
        let chosen = [None, Some("list".to_owned())];
        assert_eq!(
            method_names("Label", &["list_labels", "list_image_labels"], &chosen),
            ["list_labels", "list"]
        );
    }

    #[test]
    fn ids_that_differ_in_symbols_are_told_apart() {
        assert_eq!(names("x", &["get-d", "get_d"]), ["get_dash_d", "get_d"]);
    }
}
