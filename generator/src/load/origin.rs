//! Origins: where the parts of the tree come from, when it is no longer what one text holds.
//!
//! A document of several files, or in another dialect, is brought into one tree of one form. Comes in: which part of the tree stands
//! where in which text. Goes out: lines, columns and spellings for any place of the tree. Must not know why a part was moved.

use std::collections::HashMap;

use super::Source;
use crate::diagnostics::{Location, Place, Pointer};

/// The texts of a document, and where in them the parts of its tree stand.
#[derive(Debug)]
pub struct Origins {
    sources: Vec<Source>,
    /// The roots of parts that stand elsewhere than in the same place of the first text.
    moved: HashMap<Pointer, Origin>,
}

/// A place in one of the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The index of the text.
    pub source: usize,
    /// The place in it.
    pub pointer: Pointer,
}

impl Origins {
    /// A tree that is what one text holds.
    pub fn new(main: Source) -> Self {
        Self {
            sources: vec![main],
            moved: HashMap::new(),
        }
    }

    /// The text that the document begins in.
    pub fn main(&self) -> &Source {
        &self.sources[0]
    }

    /// The name of a text.
    pub fn name(&self, source: usize) -> Option<&str> {
        self.sources.get(source).map(Source::name)
    }

    /// Adds a text, and gives its index.
    pub fn add(&mut self, source: Source) -> usize {
        self.sources.push(source);
        self.sources.len() - 1
    }

    /// Says that what stands at `place` in the tree, with all that is within it, stands at `origin` in a text.
    pub fn graft(&mut self, place: Pointer, origin: Origin) {
        self.moved.insert(place, origin);
    }

    /// Says that parts of the tree have moved within it: each pair is where a part stands now, and where it stood before. All pairs
    /// speak of the same two trees, so parts may change places.
    pub fn rearrange(&mut self, moves: &[(Pointer, Pointer)]) {
        let mut rearranged: Vec<(Pointer, Origin)> = Vec::with_capacity(moves.len());
        for (now, before) in moves {
            rearranged.push((now.clone(), self.origin(before)));
        }
        let inner: Vec<(Pointer, Origin)> = self
            .moved
            .iter()
            .flat_map(|(place, origin)| {
                moves
                    .iter()
                    .filter(move |(_, before)| place != before && place.is_within(before))
                    .map(move |(now, before)| (place.moved(before, now), origin.clone()))
            })
            .collect();
        self.moved.extend(inner);
        // A part that is named itself counts before what came along with a part around it.
        self.moved.extend(rearranged);
    }

    /// Where a place of the tree stands in a text.
    pub fn origin(&self, pointer: &Pointer) -> Origin {
        if !self.moved.is_empty() {
            let mut ancestor = Some(pointer.clone());
            while let Some(place) = ancestor {
                if let Some(origin) = self.moved.get(&place) {
                    return Origin {
                        source: origin.source,
                        pointer: pointer.moved(&place, &origin.pointer),
                    };
                }
                ancestor = place.parent();
            }
        }
        Origin {
            source: 0,
            pointer: pointer.clone(),
        }
    }

    /// How a number or boolean was written, where that is not how JSON writes it.
    pub fn spelling(&self, pointer: &Pointer) -> Option<&str> {
        let origin = self.origin(pointer);
        self.sources.get(origin.source)?.spelling(&origin.pointer)
    }

    /// The places of many pointers, in one pass over each text.
    pub fn locate(&self, pointers: &[&Pointer]) -> HashMap<Pointer, Place> {
        let mut wanted: Vec<Vec<(&Pointer, Pointer)>> = vec![Vec::new(); self.sources.len()];
        for &pointer in pointers {
            let origin = self.origin(pointer);
            if let Some(list) = wanted.get_mut(origin.source) {
                list.push((pointer, origin.pointer));
            }
        }
        let mut found = HashMap::with_capacity(pointers.len());
        for (source, wanted) in self.sources.iter().zip(wanted) {
            if wanted.is_empty() {
                continue;
            }
            let originals: Vec<&Pointer> = wanted.iter().map(|(_, original)| original).collect();
            let locations: HashMap<Pointer, Location> = source.locate(&originals);
            for (pointer, original) in wanted {
                if let Some(location) = locations.get(&original) {
                    let place = Place {
                        location: location.clone(),
                        pointer: original,
                    };
                    found.insert(pointer.clone(), place);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer(text: &str) -> Pointer {
        Pointer::parse(text).expect("a pointer")
    }

    fn source(name: &str, text: &str) -> Source {
        Source::parse(name.to_owned(), text.to_owned())
            .expect("readable")
            .0
    }

    fn shown(origins: &Origins, at: &str) -> String {
        let pointer = pointer(at);
        let place = &origins.locate(&[&pointer])[&pointer];
        format!("{} #{}", place.location, place.pointer)
    }

    #[test]
    fn what_was_grafted_is_found_in_its_own_text() {
        let mut origins = Origins::new(source("a.yaml", "x: 1\ny: {z: 2}\n"));
        let other = origins.add(source("b.yaml", "p:\n  q:\n    r: 1.10\n"));
        let origin = Origin {
            source: other,
            pointer: pointer("/p"),
        };
        origins.graft(pointer("/y/other"), origin);
        assert_eq!(shown(&origins, "/y/z"), "a.yaml:2:8 #/y/z");
        assert_eq!(shown(&origins, "/y/other/q/r"), "b.yaml:3:8 #/p/q/r");
        assert_eq!(origins.spelling(&pointer("/y/other/q/r")), Some("1.10"));
    }

    #[test]
    fn parts_may_change_places_with_what_was_grafted_into_them() {
        let mut origins = Origins::new(source("a.yaml", "x: {m: 1}\ny: {n: 2}\n"));
        let other = origins.add(source("b.yaml", "p: 1\n"));
        let origin = Origin {
            source: other,
            pointer: Pointer::root(),
        };
        origins.graft(pointer("/x/in"), origin);
        origins.rearrange(&[
            (pointer("/y"), pointer("/x")),
            (pointer("/x"), pointer("/y")),
        ]);
        assert_eq!(shown(&origins, "/y/m"), "a.yaml:1:8 #/x/m");
        assert_eq!(shown(&origins, "/x/n"), "a.yaml:2:8 #/y/n");
        assert_eq!(shown(&origins, "/y/in/p"), "b.yaml:1:4 #/p");
    }
}
