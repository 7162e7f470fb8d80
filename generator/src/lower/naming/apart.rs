//! Names that collide are told apart by what they stand for, never by the order in which they come.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, HashSet},
};

use super::identifier::{casing, digits_meet, hash, pascal, snake, spelled_out};

/// The names that one item may have, best first. Most items get their first one; the others are made when that is taken.
#[derive(Debug, Clone)]
pub(crate) struct Candidates {
    wire_name: String,
    convert: fn(&str) -> String,
    /// What stands between the words of a name.
    separator: &'static str,
    /// Whether the item keeps its first name before others, where that is not seen from the name on the wire.
    firm: Option<bool>,
    /// The names that come first.
    wishes: Vec<String>,
    /// What the last resorts hash, and the name before the hash, where that is not the name on the wire.
    hashed: Option<(String, String)>,
    /// What is left when all wishes are taken; the last one holds a hash of the wire name or of the pointer.
    resorts: OnceCell<Vec<String>>,
}

impl Candidates {
    /// For a field, an argument, a method or a module.
    pub(crate) fn snake(wire_name: &str) -> Self {
        Self::new(wire_name, snake, "_")
    }

    /// For a type or a variant.
    pub(crate) fn pascal(wire_name: &str) -> Self {
        Self::new(wire_name, pascal, "")
    }

    fn new(wire_name: &str, convert: fn(&str) -> String, separator: &'static str) -> Self {
        Self {
            wire_name: wire_name.to_owned(),
            convert,
            separator,
            firm: None,
            wishes: vec![convert(wire_name)],
            hashed: None,
            resorts: OnceCell::new(),
        }
    }

    /// Has another name to turn to where the first is taken.
    #[must_use]
    pub(crate) fn or(mut self, name: String) -> Self {
        self.wishes.insert(1.min(self.wishes.len()), name);
        self
    }

    /// Lets others keep the name, and has another one to turn to.
    #[must_use]
    pub(crate) fn yielding_to(mut self, name: &str) -> Self {
        self.firm = Some(false);
        self.or(name.to_owned())
    }

    /// Replaces the first name, and makes it a firm wish.
    #[must_use]
    pub(crate) fn preferring(mut self, name: String) -> Self {
        self.wishes.insert(0, name);
        self.firm = Some(true);
        self
    }

    /// Takes the hash of the last resorts from something that tells more than the wire name, such as a pointer.
    #[must_use]
    pub(crate) fn hashing(mut self, identity: &str) -> Self {
        self.hashed = Some((self.first().to_owned(), identity.to_owned()));
        self
    }

    /// The name if nothing else claims it.
    pub(crate) fn first(&self) -> &str {
        self.at(0)
    }

    fn at(&self, level: usize) -> &str {
        self.wishes
            .get(level)
            .or_else(|| self.resorts().get(level - self.wishes.len()))
            .or_else(|| self.resorts().last())
            .map_or("", String::as_str)
    }

    fn last_level(&self) -> usize {
        self.wishes.len() + self.resorts().len() - 1
    }

    /// Whether the name on the wire is the identifier already; such an item keeps its name.
    fn is_exact(&self) -> bool {
        self.firm.unwrap_or_else(|| {
            let wire_name = &self.wire_name;
            self.first() == wire_name
                || !wire_name.contains(char::is_uppercase) && snake(wire_name) == *wire_name
        })
    }

    fn resorts(&self) -> &[String] {
        self.resorts.get_or_init(|| {
            let (wire_name, separator) = (self.wire_name.as_str(), self.separator);
            let base = (self.convert)(wire_name);
            let spelled = if wire_name.chars().all(char::is_alphanumeric) {
                base.clone()
            } else {
                (self.convert)(&spelled_out(wire_name))
            };
            // `Self_` has its underscore only where nothing follows.
            let stem = base
                .strip_suffix('_')
                .filter(|stem| !stem.is_empty())
                .unwrap_or(&base);
            let cased = format!("{stem}{separator}{}", (self.convert)(casing(wire_name)));
            let (stem, identity) = match &self.hashed {
                Some((stem, identity)) => (stem.as_str(), identity.as_str()),
                None => (stem, wire_name),
            };
            let hash = hash(identity);
            let short = hash.get(..4).unwrap_or_default();
            let mut resorts = vec![
                spelled,
                cased,
                format!("{stem}{separator}{short}"),
                format!("{stem}{separator}{hash}"),
            ];
            resorts.dedup();
            if resorts.first() == Some(&base) {
                resorts.remove(0);
            }
            resorts
        })
    }
}

/// One name for each item, all different and none of them reserved.
pub(crate) fn tell_apart(items: &[Candidates], is_reserved: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut levels = vec![0_usize; items.len()];
    // Every round raises at least one level, and levels are bounded by the number of candidates.
    loop {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, (item, &level)) in items.iter().zip(&levels).enumerate() {
            by_name.entry(item.at(level)).or_default().push(index);
        }
        let mut raised = false;
        for (name, group) in by_name {
            let keeper = if is_reserved(name) {
                None
            } else {
                keeper(items, &levels, &group)
            };
            if keeper.is_some() && group.len() == 1 {
                continue;
            }
            for index in group {
                let (Some(item), Some(level)) = (items.get(index), levels.get_mut(index)) else {
                    continue;
                };
                if keeper != Some(index) && *level < item.last_level() {
                    *level += 1;
                    raised = true;
                }
            }
        }
        if !raised {
            break;
        }
    }
    number_the_rest(
        items
            .iter()
            .zip(levels)
            .map(|(item, level)| (item.at(level), item.separator)),
    )
}

/// Who of a group keeps its name: the only one, else the one that is exact, else the one that did not have to yield yet.
fn keeper(items: &[Candidates], levels: &[usize], group: &[usize]) -> Option<usize> {
    let only = |test: &dyn Fn(usize) -> bool| {
        let mut matching = group.iter().copied().filter(|&index| test(index));
        matching.next().filter(|_| matching.next().is_none())
    };
    let level = |index: usize| levels.get(index).copied().unwrap_or_default();
    only(&|_| true)
        .or_else(|| {
            only(&|index| level(index) == 0 && items.get(index).is_some_and(Candidates::is_exact))
        })
        .or_else(|| only(&|index| level(index) == 0))
}

/// Only equal wire names, or equal 64-bit hashes, are left: these are numbered. Each name comes with what separates its words.
fn number_the_rest<'n>(names: impl Iterator<Item = (&'n str, &'n str)>) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::with_capacity(names.size_hint().0);
    let apart = |(base, separator): (&str, &str)| {
        let mut name = base.to_owned();
        let mut number = 2_usize;
        while !seen.insert(name.clone()) {
            let suffix = number.to_string();
            let separator = if digits_meet(base, &suffix) {
                "_"
            } else {
                separator
            };
            name = format!("{base}{separator}{suffix}");
            number += 1;
        }
        name
    };
    names.map(apart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(keys: &[&str]) -> Vec<String> {
        let items: Vec<_> = keys.iter().map(|key| Candidates::snake(key)).collect();
        tell_apart(&items, &|name| name == "send")
    }

    fn variants(values: &[&str]) -> Vec<String> {
        let items: Vec<_> = values
            .iter()
            .map(|value| Candidates::pascal(value))
            .collect();
        tell_apart(&items, &|name| name == "Unknown")
    }

    #[test]
    fn the_exact_name_stays_and_the_others_are_spelled_out() {
        assert_eq!(fields(&["type", "@type"]), ["type", "at_type"]);
        assert_eq!(fields(&["@type", "type"]), ["at_type", "type"]);
        assert_eq!(
            fields(&["a b", "a-b", "aB"]),
            ["a_space_b", "a_dash_b", "a_b_camel"]
        );
        assert_eq!(fields(&["client", "Client"]), ["client", "client_title"]);
    }

    #[test]
    fn numbers_stand_as_the_case_of_the_name_wants_them() {
        let names = [
            ("Ab", ""),
            ("Ab", ""),
            ("A1", ""),
            ("A1", ""),
            ("ab", "_"),
            ("ab", "_"),
        ];
        let numbered = number_the_rest(names.into_iter());
        assert_eq!(numbered, ["Ab", "Ab2", "A1", "A1_2", "ab", "ab_2"]);
    }

    #[test]
    fn values_that_differ_in_case_or_symbols() {
        assert_eq!(
            variants(&[
                "gemini-2.0-flash",
                "gemini-2.0-flash-lite",
                "Gemini 2.0 Flash"
            ]),
            [
                "GeminiDash2Dot0DashFlash",
                "Gemini2_0FlashLite",
                "GeminiSpace2Dot0SpaceFlash"
            ]
        );
        assert_eq!(variants(&["SELF", "self"]).len(), 2);
        assert_eq!(
            variants(&["<", "<=", ">", ">="]),
            ["Less", "LessEquals", "Greater", "GreaterEquals"]
        );
    }

    #[test]
    fn reserved_names_yield() {
        assert_eq!(fields(&["send"]), ["send_lower"]);
        assert_eq!(variants(&["Unknown"]), ["UnknownTitle"]);
    }

    #[test]
    fn the_order_does_not_matter() {
        let keys = ["a b", "a-b", "aB", "a_b", "A_B", "AB", "a.b"];
        let mut reversed = keys;
        reversed.reverse();
        let mut back = fields(&reversed);
        back.reverse();
        assert_eq!(fields(&keys), back);
        let distinct: HashSet<_> = back.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }

    #[test]
    fn equal_wire_names_still_get_different_names() {
        let names = fields(&["x", "x", "x"]);
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), 3);
    }
}
