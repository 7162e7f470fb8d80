//! Names of methods in a group: the operation's id, shortened to its verb where the rest only repeats the tag.

use std::collections::{HashMap, HashSet};

use super::identifier::{keyword_free, snake};
use super::place::is_version;
use super::{Candidates, tell_apart};

/// Methods that the type of a group has anyway.
const RESERVED: &[&str] = &["new", "clone", "core"];

/// What ids begin with that are routes.
const HTTP_METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch"];

/// The names of the methods of one group, one for each operation id. `chosen` holds the
/// names that the settings give to some of them.
///
/// `list_images` of the tag `Image` is `list`: the id is a verb and the words of the tag, singular or plural. So is `images_list`, where
/// all ids of the group begin with the tag, and `images/list`. Where all ids are routes, `get_v1_images_by_id` is `get_by_id`. Where two operations would then share a name, both keep their full name.
pub(crate) fn method_names(tag: &str, ids: &[&str], chosen: &[Option<String>]) -> Vec<String> {
    let full: Vec<String> = ids.iter().map(|id| snake(id)).collect();
    let rests = without_namespace(tag, &full, ids).or_else(|| without_path(tag, &full));
    let short: Vec<String> = full
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let rest = rests.as_ref().and_then(|rests| rests.get(index)).cloned();
            rest.or_else(|| shortened(name, tag))
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

/// What follows the namespace in each of the names, where all of them begin with one: `[list, get]` for `images_list` and `image_get`, the
/// words of the tag, singular or plural. Before them may stand what the ids set apart by a sign: `drive.images.list`.
fn without_namespace(tag: &str, names: &[String], ids: &[&str]) -> Option<Vec<String>> {
    let (tag, first) = (snake(tag), names.first()?);
    let count = tag.split('_').count();
    let words = first.split('_').count();
    (0..words.saturating_sub(count)).find_map(|before| {
        let lead: Vec<&str> = first.split('_').take(before).collect();
        let rest = |name: &String| {
            let words: Vec<&str> = name.split('_').collect();
            let noun = words.get(before..before + count)?.join("_");
            let is_it = words.starts_with(&lead) && same_noun(&noun, &tag);
            let rest = words.get(before + count..)?.join("_");
            (is_it && rest.starts_with(char::is_alphabetic)).then_some(rest)
        };
        let rests = names.iter().map(rest).collect::<Option<Vec<_>>>()?;
        let is_marked = |(id, rest): (&&str, &String)| ends_a_segment(id, rest);
        let is_marked = || ids.iter().zip(&rests).all(is_marked);
        // An id that stands alone may begin with the word by chance: `search_images` of the tag `search`.
        let is_plain = before == 0 && (ids.len() > 1 || count > 1);
        (is_plain || is_marked()).then_some(rests)
    })
}

/// What the names say beyond the route to the tag, where all of them are a method of HTTP and a path below it: `[get, get_by_id]` for
/// `get_v1_images` and `get_v1_images_by_id`.
fn without_path(tag: &str, names: &[String]) -> Option<Vec<String>> {
    let tag = snake(tag);
    let rest = |name: &String| {
        let (method, path) = name.split_once('_')?;
        let path = match path.split_once('_') {
            Some((version, path)) if version.starts_with('v') && is_version(version) => path,
            _ => path,
        };
        let rest = path.strip_prefix(tag.as_str())?;
        let is_it = HTTP_METHODS.contains(&method) && (rest.is_empty() || rest.starts_with('_'));
        is_it.then(|| format!("{method}{rest}"))
    };
    names.iter().map(rest).collect()
}

/// Whether a sign stands before the `rest` of an id: `images/list` and `list`.
fn ends_a_segment(id: &str, rest: &str) -> bool {
    id.match_indices(['/', '.', ':']).any(|(index, sign)| {
        id.get(index + sign.len()..)
            .is_some_and(|after| snake(after) == rest)
    })
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
            names("Addresses", &["addresses_list", "address_get"]),
            ["list", "get"]
        );
        assert_eq!(
            names("files.comments", &["files_comments_delete"]),
            ["delete"]
        );
        assert_eq!(
            names("files", &["drive.files.list", "drive.files.get"]),
            ["list", "get"]
        );
        assert_eq!(names("rate-limit", &["rate-limit/get"]), ["get"]);
        assert_eq!(names("search", &["search_images"]), ["search_images"]);
        assert_eq!(names("move", &["move_2", "move_to"]), ["move_2", "move_to"]);
        assert_eq!(
            names(
                "affinity",
                &["anti_affinity_group_list", "anti_affinity_group_view"]
            ),
            ["anti_affinity_group_list", "anti_affinity_group_view"]
        );
    }

    #[test]
    fn the_route_to_the_tag_is_not_repeated() {
        assert_eq!(
            names(
                "customers",
                &[
                    "GetCustomers",
                    "PostCustomersCustomer",
                    "GetCustomersCustomerCards"
                ]
            ),
            ["get", "post_customer", "get_customer_cards"]
        );
        assert_eq!(
            names(
                "payment-methods",
                &["get_v1_payment_methods", "put_v1_payment_methods_by_id"]
            ),
            ["get", "put_by_id"]
        );
        assert_eq!(
            names("charges", &["get_charges", "get_charges_by_id", "refund"]),
            ["get", "get_charges_by_id", "refund"]
        );
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
