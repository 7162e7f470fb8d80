//! JSONPath (RFC 9535): from the text of a query to the places that it selects.
//!
//! Comes in: the query and the tree. Goes out: places, each once. Must not know what is done to them.

use std::collections::HashSet;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostics::Pointer;

/// The longest query, in bytes.
const LONGEST: usize = 4096;
/// How deep parts of a query may lie in each other: its parser tries each level in several ways.
const DEEPEST: usize = 8;
/// How often a query may ask for everything below: what it selects on the way grows with each.
const MOST_DESCENTS: usize = 2;

/// A query that can be asked.
#[derive(Debug)]
pub struct Query(JsonPath);

impl Query {
    /// Reads a query; what is wrong with it, in words, where it is none or asks for too much.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("it is longer than {LONGEST} bytes"));
        }
        let (mut depth, mut deepest, mut descents) = (0_usize, 0, 0);
        let mut quote = None;
        let mut before = ' ';
        for character in text.chars() {
            match (quote, character) {
                (Some(_), _) if before == '\\' => {
                    // A backslash that is itself escaped escapes nothing.
                    before = ' ';
                    continue;
                }
                (Some(open), _) if open == character => quote = None,
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(character),
                (None, '[' | '(' | '!') => depth += 1,
                (None, ']' | ')') => depth = depth.saturating_sub(1),
                (None, '.') if before == '.' => descents += 1,
                (None, _) => {}
            }
            deepest = deepest.max(depth);
            before = character;
        }
        if deepest > DEEPEST {
            return Err(format!("it is nested more than {DEEPEST} deep"));
        }
        if descents > MOST_DESCENTS {
            return Err(format!("it has `..` more than {MOST_DESCENTS} times"));
        }
        JsonPath::parse(text)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// The places of what is selected, in the order of the tree, each once.
    pub fn select(&self, root: &Value) -> Vec<Pointer> {
        let mut seen = HashSet::new();
        let nodes = self.0.query_located(root);
        nodes
            .iter()
            .map(|node| node.location().to_json_pointer())
            .filter_map(|text| Pointer::parse(&text))
            .filter(|place| seen.insert(place.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_selected() {
        let root = json!({"paths": {"/a": {"get": {"tags": ["x", "y"]}}, "/b~c": {"put": 1}}});
        let select = |text: &str| {
            let query = Query::parse(text).expect(text);
            let places: Vec<String> = query
                .select(&root)
                .iter()
                .map(ToString::to_string)
                .collect();
            places.join(" ")
        };
        assert_eq!(select("$"), "");
        assert_eq!(select("$.paths.*"), "/paths/~1a /paths/~1b~0c");
        assert_eq!(select("$.paths['/b~c'].put"), "/paths/~1b~0c/put");
        assert_eq!(select("$.paths[?@.get]"), "/paths/~1a");
        assert_eq!(select("$..tags[?@ == 'y']"), "/paths/~1a/get/tags/1");
        assert_eq!(select("$.paths['/a', '/a']"), "/paths/~1a");
    }

    #[test]
    fn no_query_takes_for_ever() {
        let started = Instant::now();
        let deep = |open: &str, close: &str, times: usize| {
            format!("$[?{}@{}]", open.repeat(times), close.repeat(times))
        };
        for times in [7, 8, 100, 100_000] {
            let _ = Query::parse(&deep("(", ")", times));
            let _ = Query::parse(&deep("!(", ")", times));
            let _ = Query::parse(&deep("@[?", "]", times));
            let _ = Query::parse(&deep("length(", ")", times));
        }
        for text in [
            "$..*..*..*",
            "",
            "paths",
            "$.a.",
            "$.paths./a",
            "$[99999999999999999999]",
        ] {
            assert!(Query::parse(text).is_err(), "{text}");
        }
        assert!(Query::parse("$['\\'..', \"\\\\\", '((((((((((((']").is_ok());
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}
