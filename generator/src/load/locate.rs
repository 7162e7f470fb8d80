//! Where in the text a thing stands: JSON pointers to lines and columns, for all pointers in one pass over the text.
//!
//! The place of a member is its key where its value is an object or a list, and its value otherwise: what a reader looks for.

use std::collections::HashMap;

use super::{
    events::Step,
    json, toml,
    yaml::{self, Position},
};
use crate::diagnostics::Pointer;

/// The form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
    /// TOML 1.1: the settings.
    Toml,
}

/// Finds the places of all pointers. One that the text does not hold (a part that an alias or a merge key brought in, or a key that
/// is missing) has the place of the nearest thing around it that the text does hold.
pub fn locate(text: &str, format: Format, wanted: &[&Pointer]) -> HashMap<Pointer, Position> {
    let tree = Tree::new(wanted);
    match format {
        Format::Yaml => {
            let mut walker = Walker::new(&tree);
            yaml::walk(text, |step| {
                walker.step(&step);
            });
            let found = walker.found;
            tree.answer(wanted, &found)
        }
        Format::Json | Format::Toml => {
            let mut walker = Walker::new(&tree);
            if format == Format::Json {
                json::walk_into(text, |step| walker.step(&step));
            } else {
                toml::walk(text, |step| {
                    walker.step(&step);
                });
            }
            let offsets = walker.found;
            let mut sorted: Vec<usize> = offsets.values().copied().collect();
            sorted.sort_unstable();
            sorted.dedup();
            let positions = lines_and_columns(text, &sorted);
            let found = offsets
                .into_iter()
                .filter_map(|(node, at)| Some((node, *positions.get(&at)?)))
                .collect();
            tree.answer(wanted, &found)
        }
    }
}

/// The line and column of one byte offset.
pub fn line_and_column(text: &str, offset: usize) -> Position {
    lines_and_columns(text, &[offset])
        .remove(&offset)
        .unwrap_or(Position { line: 1, column: 1 })
}

/// The lines and columns of byte offsets, which must be in ascending order, in one pass.
pub fn lines_and_columns(text: &str, offsets: &[usize]) -> HashMap<usize, Position> {
    let mut positions = HashMap::with_capacity(offsets.len());
    let (mut line, mut column, mut counted) = (1, 1, 0);
    let mut line_ends = memchr::memchr_iter(b'\n', text.as_bytes()).peekable();
    for &offset in offsets {
        while let Some(end) = line_ends.next_if(|&end| end < offset) {
            line += 1;
            (column, counted) = (1, end + 1);
        }
        // An offset may lie within a character, or behind the text.
        let end = offset.min(text.len());
        let passed = text.as_bytes().get(counted..end).unwrap_or_default();
        let starts = passed.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        column += u32::try_from(starts).unwrap_or(0);
        counted = end.max(counted);
        positions.insert(offset, Position { line, column });
    }
    positions
}

/// The wanted pointers as a tree of tokens, so that the walk needs one look per key.
struct Tree {
    nodes: Vec<HashMap<String, usize>>,
}

impl Tree {
    fn new(wanted: &[&Pointer]) -> Self {
        let mut tree = Self {
            nodes: vec![HashMap::new()],
        };
        for pointer in wanted {
            let mut node = 0;
            for token in pointer.tokens() {
                let next = tree.nodes.len();
                node = *tree.nodes[node].entry(token).or_insert(next);
                if node == next {
                    tree.nodes.push(HashMap::new());
                }
            }
        }
        tree
    }

    fn child(&self, node: Option<usize>, token: &str) -> Option<usize> {
        self.nodes.get(node?)?.get(token).copied()
    }

    fn answer(
        &self,
        wanted: &[&Pointer],
        found: &HashMap<usize, Position>,
    ) -> HashMap<Pointer, Position> {
        let mut answer = HashMap::with_capacity(wanted.len());
        for &pointer in wanted {
            let mut node = Some(0);
            let mut best = found.get(&0).copied();
            for token in pointer.tokens() {
                node = self.child(node, &token);
                best = node.and_then(|node| found.get(&node).copied()).or(best);
            }
            answer.extend(best.map(|position| (pointer.clone(), position)));
        }
        answer
    }
}

/// Follows the steps of a reader along the tree.
struct Walker<'t, P> {
    tree: &'t Tree,
    /// For each open container: its node, and the index of the next element where it is a list.
    open: Vec<(Option<usize>, Option<usize>)>,
    /// The node of the key that was read last, and the place of the key.
    key: Option<(Option<usize>, P)>,
    found: HashMap<usize, P>,
}

impl<'t, P: Copy> Walker<'t, P> {
    fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            open: Vec::new(),
            key: None,
            found: HashMap::new(),
        }
    }

    /// Whether what the step leads into may hold something that is wanted.
    fn step(&mut self, step: &Step<'_, P>) -> bool {
        match *step {
            Step::Key(key, at) => {
                let object = self.open.last().and_then(|(node, _)| *node);
                self.key = Some((self.tree.child(object, key), at));
                true
            }
            Step::Scalar(at) => {
                let (node, _) = self.enter(at);
                self.find(node, at);
                true
            }
            Step::OpenObject(at) => {
                let (node, place) = self.enter(at);
                self.find(node, place);
                self.open.push((node, None));
                node.is_some()
            }
            Step::OpenList(at) => {
                let (node, place) = self.enter(at);
                self.find(node, place);
                self.open.push((node, Some(0)));
                node.is_some()
            }
            Step::Close => {
                self.open.pop();
                true
            }
        }
    }

    /// The node of the value that begins at `at`, and its place if it is a container.
    fn enter(&mut self, at: P) -> (Option<usize>, P) {
        if let Some(key) = self.key.take() {
            return key;
        }
        match self.open.last_mut() {
            None => (Some(0), at),
            Some((list, index)) => {
                let list = *list;
                let token = index.map_or_else(String::new, |index| {
                    if list.is_some() {
                        index.to_string()
                    } else {
                        String::new()
                    }
                });
                *index = index.map(|index| index + 1);
                (
                    list.and_then(|list| self.tree.child(Some(list), &token)),
                    at,
                )
            }
        }
    }

    fn find(&mut self, node: Option<usize>, at: P) {
        if let Some(node) = node {
            self.found.insert(node, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, format: Format, pointers: &[&str]) -> Vec<(u32, u32)> {
        let pointers: Vec<Pointer> = pointers
            .iter()
            .map(|text| Pointer::parse(text).expect("a pointer"))
            .collect();
        let wanted: Vec<&Pointer> = pointers.iter().collect();
        let found = locate(text, format, &wanted);
        pointers
            .iter()
            .map(|pointer| found[pointer])
            .map(|place| (place.line, place.column))
            .collect()
    }

    #[test]
    fn yaml_places() {
        let text = "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      tags: [x, 'é', y]\n      list:\n        - a: 1\n        - b:\n            c: 2\n";
        let pointers = [
            "",
            "/openapi",
            "/paths/~1a/get",
            "/paths/~1a/get/tags/2",
            "/paths/~1a/get/list/0/a",
            "/paths/~1a/get/list/1/b/c",
            "/paths/~1b/x",
        ];
        assert_eq!(
            places(text, Format::Yaml, &pointers),
            [(1, 1), (1, 10), (4, 5), (5, 22), (7, 14), (9, 16), (2, 1)]
        );
    }

    #[test]
    fn json_places() {
        let text =
            "{\"openapi\": \"3.0.3\",\n \"a/b\": {\"é\": [1, {\"x\": null}], \"q\\\"\": true}}";
        let pointers = [
            "",
            "/openapi",
            "/a~1b",
            "/a~1b/é/1/x",
            "/a~1b/é/0",
            "/a~1b/q\"",
            "/a~1b/missing/deeper",
        ];
        assert_eq!(
            places(text, Format::Json, &pointers),
            [(1, 1), (1, 13), (2, 2), (2, 25), (2, 16), (2, 40), (2, 2)]
        );
    }

    #[test]
    fn what_an_alias_brought_in_has_the_place_of_the_alias() {
        let text = "a: &a\n  b: 1\nc: *a\n";
        assert_eq!(
            places(text, Format::Yaml, &["/a/b", "/c/b", "/c"]),
            [(2, 6), (3, 4), (3, 4)]
        );
    }

    #[test]
    fn one_pass_is_enough_for_many_pointers() {
        let count = 20_000;
        let text = format!("[{}]", vec!["{\"a\": 1}"; count].join(","));
        let pointers: Vec<Pointer> = (0..count)
            .map(|index| Pointer::root().index(index).push("a"))
            .collect();
        let wanted: Vec<&Pointer> = pointers.iter().collect();
        let started = std::time::Instant::now();
        let found = locate(&text, Format::Json, &wanted);
        assert_eq!(found.len(), count);
        assert_eq!(
            found[&pointers[count - 1]],
            Position {
                line: 1,
                column: u32::try_from(text.len() - 2).expect("small")
            }
        );
        assert!(started.elapsed().as_secs() < 5, "linear, not quadratic");
    }
}
