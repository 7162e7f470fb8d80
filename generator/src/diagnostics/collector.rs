//! All diagnostics of a run, in the order they were found, each once.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Code, Diagnostic, Location, Place, Pointer, Severity};

/// A collection of diagnostics. A second diagnostic with the code, place and words of one that is there already is dropped, so rooms
/// need not agree on who reports what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    seen: HashSet<(Code, Option<Pointer>, String)>,
}

impl Diagnostics {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let key = (
            diagnostic.code,
            diagnostic.pointer.clone(),
            diagnostic.message.clone(),
        );
        if self.seen.insert(key) {
            self.list.push(diagnostic);
        }
    }

    /// Keeps the value of a result, or adds its diagnostic.
    pub fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|diagnostic| self.push(diagnostic)).ok()
    }

    /// All of them, in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many are of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Whether nothing can be generated.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are of each code.
    #[must_use]
    pub fn by_code(&self) -> BTreeMap<Code, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in &self.list {
            *counts.entry(diagnostic.code).or_default() += 1;
        }
        counts
    }

    /// Fills in the missing locations, asking once for all pointers, puts the pointer that a reader of the file knows in place of that
    /// of the tree, and sorts by place: by file, line and column; what has no place comes first.
    pub fn locate(&mut self, find: impl FnOnce(&[&Pointer]) -> HashMap<Pointer, Place>) {
        let wanted: Vec<&Pointer> = self
            .list
            .iter()
            .filter(|diagnostic| diagnostic.location.is_none())
            .filter_map(|diagnostic| diagnostic.pointer.as_ref())
            .collect();
        if !wanted.is_empty() {
            let found = find(&wanted);
            for diagnostic in &mut self.list {
                if let (None, Some(pointer)) = (&diagnostic.location, &diagnostic.pointer)
                    && let Some(place) = found.get(pointer)
                {
                    diagnostic.location = Some(place.location.clone());
                    diagnostic.pointer = Some(place.pointer.clone());
                }
            }
        }
        // Parts of the tree may come from one place of a text: then what is found in each is one finding.
        let mut located = HashSet::new();
        self.list.retain(|diagnostic| {
            diagnostic.location.is_none()
                || located.insert((
                    diagnostic.code,
                    diagnostic.pointer.clone(),
                    diagnostic.location.clone(),
                    diagnostic.message.clone(),
                ))
        });
        self.list.sort_by(|left, right| {
            let key = |location: &Option<Location>| {
                location
                    .as_ref()
                    .map(|place| (place.file.clone(), place.line, place.column))
            };
            key(&left.location).cmp(&key(&right.location))
        });
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        let mut diagnostics = Self::new();
        diagnostics.push(diagnostic);
        diagnostics
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_is_said_once() {
        let mut diagnostics = Diagnostics::new();
        let here = Pointer::root().push("a");
        diagnostics.push(Diagnostic::note(Code::UnknownKey, "x").at(&here));
        diagnostics.push(Diagnostic::note(Code::UnknownKey, "x").at(&here));
        diagnostics.push(Diagnostic::note(Code::UnknownKey, "x").at(&here.push("b")));
        assert_eq!(diagnostics.len(), 2);
        assert_eq!(
            diagnostics.by_code(),
            BTreeMap::from([(Code::UnknownKey, 2)])
        );
        assert!(!diagnostics.has_errors());
    }

    #[test]
    fn locations_are_asked_for_once_and_sorted_by() {
        let mut diagnostics = Diagnostics::new();
        for name in ["b", "a"] {
            diagnostics
                .push(Diagnostic::note(Code::UnknownKey, name).at(&Pointer::root().push(name)));
        }
        diagnostics.locate(|wanted| {
            assert_eq!(wanted.len(), 2);
            let line = |pointer: &Pointer| if pointer.as_str() == "/a" { 1 } else { 2 };
            wanted
                .iter()
                .map(|&pointer| {
                    (
                        pointer.clone(),
                        Place {
                            location: Location {
                                file: "f".into(),
                                line: line(pointer),
                                column: 1,
                            },
                            pointer: pointer.clone(),
                        },
                    )
                })
                .collect()
        });
        let messages: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        assert_eq!(messages, ["a", "b"]);
    }
}
