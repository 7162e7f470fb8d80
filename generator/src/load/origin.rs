//! Origins: where the parts of the tree come from, when it is no longer what one text holds.
//!
//! A document of several files, or in another dialect, is brought into one tree of one form. Comes in: which part of the tree stands
//! where in which text. Goes out: lines, columns and spellings for any place of the tree. Must not know why a part was moved.

use std::collections::{BTreeMap, HashMap};

use super::Source;
use crate::diagnostics::{Location, Place, Pointer};

/// The texts of a document, and where in them the parts of its tree stand.
#[derive(Debug)]
pub struct Origins {
    sources: Vec<Source>,
    /// The roots of parts that stand elsewhere than in the same place of the first text.
    moved: BTreeMap<Pointer, Origin>,
}

/// Where a part of a tree stands in the texts, by itself: it can be put anywhere, and in many places.
#[derive(Debug, Clone)]
pub struct Part {
    /// By places within the part; the part itself is among them.
    moved: BTreeMap<Pointer, Origin>,
}

impl Part {
    /// A part that stands in one text.
    pub fn new(origin: Origin) -> Self {
        Self {
            moved: BTreeMap::from([(Pointer::root(), origin)]),
        }
    }

    /// From how many places it is put together.
    pub fn places(&self) -> usize {
        self.moved.len()
    }
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
            moved: BTreeMap::new(),
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
        let inner: Vec<(Pointer, Origin)> = moves
            .iter()
            .flat_map(|(now, before)| {
                within(&self.moved, before)
                    .map(move |(place, origin)| (place.moved(before, now), origin.clone()))
            })
            .collect();
        self.moved.extend(inner);
        // A part that is named itself counts before what came along with a part around it.
        self.moved.extend(rearranged);
    }

    /// Where the part at `place` stands.
    pub fn part(&self, place: &Pointer) -> Part {
        let mut part = Part::new(self.origin(place));
        let inner = within(&self.moved, place);
        part.moved.extend(
            inner.map(|(inner, origin)| (inner.moved(place, &Pointer::root()), origin.clone())),
        );
        part
    }

    /// Says that what stands at `place` is what stands at `inner` in a part; what was known of that place no longer counts.
    pub fn put(&mut self, place: &Pointer, part: &Part, inner: &Pointer) {
        self.forget(place);
        self.moved
            .extend(nearest(&part.moved, inner).map(|origin| (place.clone(), origin)));
        let below = within(&part.moved, inner);
        self.moved
            .extend(below.map(|(below, origin)| (below.moved(inner, place), origin.clone())));
    }

    /// Says that nothing stands at `place` any more.
    pub fn forget(&mut self, place: &Pointer) {
        let gone: Vec<Pointer> = within(&self.moved, place)
            .map(|(gone, _)| gone.clone())
            .collect();
        for gone in gone {
            self.moved.remove(&gone);
        }
        self.moved.remove(place);
    }

    /// Says that the list at `place` holds only these of its elements any more, by their indices, in ascending order.
    pub fn keep_elements(&mut self, place: &Pointer, kept: &[usize]) {
        let parts: Vec<(Pointer, Part)> = kept
            .iter()
            .enumerate()
            .filter(|(now, before)| {
                let element = place.index(**before);
                // What stays where it was, and comes from where its list comes from, needs no entry of its own.
                now != *before
                    || self.moved.contains_key(&element)
                    || within(&self.moved, &element).next().is_some()
            })
            .map(|(now, before)| (place.index(now), self.part(&place.index(*before))))
            .collect();
        let list = self.moved.get(place).cloned();
        self.forget(place);
        self.moved
            .extend(list.map(|origin| (place.clone(), origin)));
        for (now, part) in parts {
            self.put(&now, &part, &Pointer::root());
        }
    }

    /// Where a place of the tree stands in a text.
    pub fn origin(&self, pointer: &Pointer) -> Origin {
        nearest(&self.moved, pointer).unwrap_or_else(|| Origin {
            source: 0,
            pointer: pointer.clone(),
        })
    }

    /// How a number or boolean was written, where that is not how JSON writes it.
    pub fn spelling(&self, pointer: &Pointer) -> Option<&str> {
        let origin = self.origin(pointer);
        self.sources.get(origin.source)?.spelling(&origin.pointer)
    }

    /// The places of pointers of one text.
    pub fn locate_in(&self, source: usize, pointers: &[&Pointer]) -> HashMap<Pointer, Location> {
        let source = self.sources.get(source);
        source
            .map(|source| source.locate(pointers))
            .unwrap_or_default()
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

/// The origin of a place by that of the nearest thing around it that has one.
fn nearest(moved: &BTreeMap<Pointer, Origin>, pointer: &Pointer) -> Option<Origin> {
    if moved.is_empty() {
        return None;
    }
    let mut ancestor = Some(pointer.clone());
    while let Some(place) = ancestor {
        if let Some(origin) = moved.get(&place) {
            return Some(Origin {
                source: origin.source,
                pointer: pointer.moved(&place, &origin.pointer),
            });
        }
        ancestor = place.parent();
    }
    None
}

/// What lies below a place; not the place itself.
fn within<'m>(
    moved: &'m BTreeMap<Pointer, Origin>,
    place: &Pointer,
) -> impl Iterator<Item = (&'m Pointer, &'m Origin)> {
    // An empty token comes before every other, so what lies below is in one row that begins with it.
    let first = place.push("");
    let start = first.clone();
    moved
        .range(start..)
        .take_while(move |(pointer, _)| pointer.as_str().starts_with(first.as_str()))
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
    fn parts_are_put_in_many_places_and_elements_of_lists_move_up() {
        let mut origins = Origins::new(source("a.yaml", "list: [a, b, {c: 1}, d]\nx: {y: 1}\n"));
        let other = origins.add(source("b.yaml", "p:\n  q: 2\n"));
        let part = Part::new(Origin {
            source: other,
            pointer: pointer("/p"),
        });
        origins.put(&pointer("/list/2/c"), &part, &pointer("/q"));
        origins.put(&pointer("/list/4"), &part, &Pointer::root());
        origins.keep_elements(&pointer("/list"), &[0, 2, 4]);
        assert_eq!(shown(&origins, "/list/0"), "a.yaml:1:8 #/list/0");
        assert_eq!(shown(&origins, "/list/1"), "a.yaml:1:14 #/list/2");
        assert_eq!(shown(&origins, "/list/1/c"), "b.yaml:2:6 #/p/q");
        assert_eq!(shown(&origins, "/list/2/q"), "b.yaml:2:6 #/p/q");
        let list = origins.part(&pointer("/list"));
        origins.put(&pointer("/x/copy"), &list, &Pointer::root());
        assert_eq!(shown(&origins, "/x/copy/1/c"), "b.yaml:2:6 #/p/q");
        assert_eq!(shown(&origins, "/x/y"), "a.yaml:2:8 #/x/y");
        origins.forget(&pointer("/x/copy"));
        assert_eq!(shown(&origins, "/x/copy"), "a.yaml:2:1 #/x/copy");
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
