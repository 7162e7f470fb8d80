//! Dynamic references (JSON Schema 2020-12): each becomes a plain reference, since types are known before values are.
//!
//! Comes in: the tree, in which plain references are places. Goes out: the same without `$dynamicRef` and `$recursiveRef`. A schema
//! that gives names anew (`$dynamicAnchor` in its `$defs`, or on itself) and refers to schemas that use them gets copies of those, in
//! which they stand for what it names: a page of users is a page whose items are users. Must not know what else a schema says.

mod anchors;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    rc::Rc,
};

use serde_json::{Map, Value};

use super::{
    external::Spot,
    origin::{Origins, Part},
};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer, quoted};
use anchors::{OWN, anchor, is_naming, names, naming, resource, target, text, walk};

/// How many parts of the tree are looked at most, on the way to what uses a name.
const MOST_WORK: usize = 100_000;

/// How many parts are copied at most: copies of copies would otherwise have no end, and all later work is done for each.
const MOST_COPIED: usize = 30_000;

/// How often a copy may hold a schema that makes copies itself.
const MOST_GENERATIONS: usize = 4;

/// Keywords of a schema beside which what it refers to can stand in its place.
const WORDS: [&str; 8] = [
    "$defs",
    "$ref",
    "definitions",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
];

/// Replaces the dynamic references of a tree.
pub fn settle(root: &mut Value, origins: &mut Origins, found: &mut Diagnostics) {
    if !is_dynamic(root) {
        return;
    }
    let mut settling = Settling {
        original: root.clone(),
        parts: origins.part(&Pointer::root()),
        root,
        origins,
        found,
        work: MOST_WORK,
        copies: MOST_COPIED,
        is_exhausted: false,
        reach: HashMap::new(),
        uses: HashMap::new(),
    };
    let mut open: Vec<(Pointer, usize)> = Vec::new();
    for place in naming(settling.root, &Pointer::root()) {
        open.push((place, 0));
    }
    // What lies within another is settled first, so that it is settled for itself.
    while let Some((place, generation)) = open.pop() {
        for copy in settling.instantiate(&place) {
            let made = copy.find(settling.root);
            let inner = made.map(|value| naming(value, &copy)).unwrap_or_default();
            let inner: Vec<Pointer> = inner.into_iter().filter(|inner| *inner != copy).collect();
            if generation < MOST_GENERATIONS {
                open.extend(inner.into_iter().map(|inner| (inner, generation + 1)));
            } else if !inner.is_empty() {
                settling.exhausted(&copy);
            }
        }
    }
    settling.rest();
}

/// Whether there is anything to be settled.
fn is_dynamic(tree: &Value) -> bool {
    match tree {
        Value::Object(members) => members.iter().any(|(key, value)| {
            (value.is_string() && (key == "$dynamicRef" || key == "$recursiveRef"))
                || is_dynamic(value)
        }),
        Value::Array(elements) => elements.iter().any(is_dynamic),
        _ => false,
    }
}

struct Settling<'t> {
    /// The tree as it was: what is copied.
    original: Value,
    /// Where its parts stand: what copies are put together from. Copies lie within what may be copied again, and do not count there.
    parts: Part,
    root: &'t mut Value,
    origins: &'t mut Origins,
    found: &'t mut Diagnostics,
    /// How many parts may still be looked at, and how many copied.
    work: usize,
    copies: usize,
    is_exhausted: bool,
    reach: HashMap<Pointer, Rc<Reach>>,
    /// Whether a schema uses a name.
    uses: HashMap<(Pointer, String), bool>,
}

/// What a schema refers to, itself and within.
#[derive(Default)]
struct Reach {
    /// The names that it uses.
    used: BTreeSet<String>,
    /// Those that it gives and does not use: it is what they are in all that it refers to.
    kept: BTreeSet<String>,
    targets: Vec<Pointer>,
    size: usize,
}

/// The schemas that bear a name.
#[derive(Default)]
struct Bearers {
    all: Vec<Pointer>,
    /// What the name stands for within a schema: that bears it, or defines the one that does.
    near: HashMap<Pointer, Pointer>,
}

impl Bearers {
    fn add(&mut self, place: &Pointer) {
        self.all.push(place.clone());
        let is_defined =
            |parent: &Pointer| matches!(parent.last().as_deref(), Some("$defs" | "definitions"));
        let holder = place.parent().filter(is_defined);
        let holder = holder.and_then(|definitions| definitions.parent());
        for within in [Some(place.clone()), holder].into_iter().flatten() {
            self.near.entry(within).or_insert_with(|| place.clone());
        }
    }
}

/// The copies that one schema needs: what names stand for, and where copies stand.
struct Copies {
    /// The schema that gives the names.
    holder: Pointer,
    named: BTreeMap<String, Pointer>,
    copied: BTreeMap<Pointer, Pointer>,
    /// Copies that are not made yet: from where, to where.
    open: Vec<(Pointer, Pointer)>,
}

impl Settling<'_> {
    /// Settles a schema that gives names; gives the places of the copies that it got.
    fn instantiate(&mut self, place: &Pointer) -> Vec<Pointer> {
        let Some(mut value) = place.find(self.root).cloned() else {
            return Vec::new();
        };
        let mut copies = Copies {
            holder: place.clone(),
            named: names(&value, place),
            copied: BTreeMap::new(),
            open: Vec::new(),
        };
        let base = self.base(&value, &copies);
        if let Some(base) = &base {
            copies.copied.insert(base.clone(), place.clone());
            if let Some(members) = value.as_object_mut() {
                members.shift_remove("$ref");
            }
        }
        self.rewrite(&mut value, place, None, &mut copies);
        self.set(place, value);
        let mut made = Vec::new();
        if let Some(base) = base {
            self.put_in_place(&base, &mut copies);
            made.push(place.clone());
        }
        while let Some((from, to)) = copies.open.pop() {
            let Some(mut value) = self.copy_of(&from, &mut copies, &to) else {
                // It stays what it is by itself.
                self.set(&to, referring(&from));
                continue;
            };
            self.origins.put(&to, &self.parts, &from);
            self.rewrite(&mut value, &to, Some(&from), &mut copies);
            self.set(&to, value);
            made.push(to);
        }
        if self.work == 0 || self.copies == 0 {
            self.exhausted(place);
        }
        made
    }

    /// Says once that copies hold schemas of which there would be copies again, or are too many.
    fn exhausted(&mut self, place: &Pointer) {
        if std::mem::replace(&mut self.is_exhausted, true) {
            return;
        }
        self.found.push(
            Diagnostic::warning(
                Code::DynamicReference,
                "dynamic references ask for too many copies of schemas; those that are not made have what the names stand for by themselves",
            )
            .at(place)
            .help("write the schemas out"),
        );
    }

    /// What the schema refers to, where a copy of that can stand in its place.
    fn base(&mut self, value: &Value, copies: &Copies) -> Option<Pointer> {
        let members = value.as_object()?;
        let says_more = members.keys().any(|key| {
            !(key.starts_with("x-") || WORDS.contains(&key.as_str()) || OWN.contains(&key.as_str()))
        });
        let target = target(members)?;
        (!says_more && self.needs(&target, copies)).then_some(target)
    }

    /// Puts a copy of what a schema refers to beside what the schema says itself.
    fn put_in_place(&mut self, base: &Pointer, copies: &mut Copies) {
        let holder = copies.holder.clone();
        let Some(mut copy) = self.copy_of(base, copies, &holder) else {
            self.set(&holder.push("$ref"), Value::String(base.to_reference()));
            return;
        };
        self.rewrite(&mut copy, &holder, Some(base), copies);
        let Some(Value::Object(own)) = self.root.pointer_mut(holder.as_str()) else {
            return;
        };
        let Value::Object(copy) = copy else {
            return;
        };
        for (key, value) in copy {
            match (own.get_mut(&key), value) {
                (Some(Value::Object(defined)), Value::Object(definitions))
                    if key == "$defs" || key == "definitions" =>
                {
                    for (name, definition) in definitions {
                        if !defined.contains_key(&name) {
                            self.origins.put(
                                &holder.push(&key).push(&name),
                                &self.parts,
                                &base.push(&key).push(&name),
                            );
                            defined.insert(name, definition);
                        }
                    }
                }
                (Some(_), _) => {}
                (None, value) => {
                    self.origins
                        .put(&holder.push(&key), &self.parts, &base.push(&key));
                    own.insert(key, value);
                }
            }
        }
    }

    /// A copy of a schema that is to stand at `to`, without what is its own; the names that it gives are taken where nothing outside
    /// has given them.
    fn copy_of(&mut self, from: &Pointer, copies: &mut Copies, to: &Pointer) -> Option<Value> {
        let size = self.reach(from).size;
        self.copies = self.copies.saturating_sub(size);
        if self.copies == 0 {
            return None;
        }
        let mut value = from.find(&self.original)?.clone();
        for (name, definition) in names(&value, from) {
            copies
                .named
                .entry(name)
                .or_insert_with(|| definition.moved(from, to));
        }
        if let Some(members) = value.as_object_mut() {
            members.retain(|key, _| !OWN.contains(&key.as_str()));
        }
        Some(value)
    }

    /// Lets the references of a schema lead to copies, and dynamic ones to what their names stand for. `from` is the place that it was
    /// copied from.
    fn rewrite(
        &mut self,
        value: &mut Value,
        place: &Pointer,
        from: Option<&Pointer>,
        copies: &mut Copies,
    ) {
        let mut rewriting = vec![(place.clone(), value, Spot::TOP)];
        while let Some((at, value, spot)) = rewriting.pop() {
            match value {
                Value::Object(members) if !spot.is_data() => {
                    // A schema within that gives names is settled for itself.
                    let gives = at != *place && is_naming(members);
                    if !spot.names_referables() && !gives {
                        self.rewrite_one(members, &at, place, from, copies);
                    }
                    if gives {
                        continue;
                    }
                    rewriting.extend(
                        members
                            .iter_mut()
                            .map(|(key, value)| (at.push(key), value, spot.member(key))),
                    );
                }
                Value::Array(elements) => rewriting.extend(
                    elements
                        .iter_mut()
                        .enumerate()
                        .map(|(index, value)| (at.index(index), value, spot.element())),
                ),
                _ => {}
            }
        }
    }

    fn rewrite_one(
        &mut self,
        members: &mut Map<String, Value>,
        at: &Pointer,
        place: &Pointer,
        from: Option<&Pointer>,
        copies: &mut Copies,
    ) {
        let named = text(members, "$dynamicRef")
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|name| copies.named.get(name).cloned());
        if let Some(named) = named {
            self.replace(members, "$dynamicRef", at, &named);
            return;
        }
        let Some(target) = target(members) else {
            return;
        };
        let now = match from {
            // What lies in a copy refers to itself there.
            Some(from) if target.is_within(from) => target.moved(from, place),
            _ => match copies.copied.get(&target) {
                Some(copy) => copy.clone(),
                None if self.needs(&target, copies) => copies.place(&target, self.root),
                None => return,
            },
        };
        members.insert("$ref".to_owned(), Value::String(now.to_reference()));
    }

    /// Makes a plain reference of a dynamic one.
    fn replace(
        &mut self,
        members: &mut Map<String, Value>,
        keyword: &str,
        at: &Pointer,
        target: &Pointer,
    ) {
        members.shift_remove(keyword);
        let origin = self.origins.origin(&at.push(keyword));
        if members.contains_key("$ref") {
            if let Value::Array(all) = members
                .entry("allOf")
                .or_insert_with(|| Value::Array(Vec::new()))
            {
                all.push(referring(target));
            }
        } else {
            members.insert("$ref".to_owned(), Value::String(target.to_reference()));
            self.origins.graft(at.push("$ref"), origin);
        }
    }

    /// Whether a schema uses one of the names, itself or in what it refers to.
    fn needs(&mut self, target: &Pointer, copies: &Copies) -> bool {
        copies.named.keys().any(|name| self.uses(target, name))
    }

    fn uses(&mut self, target: &Pointer, name: &str) -> bool {
        let key = (target.clone(), name.to_owned());
        if let Some(known) = self.uses.get(&key) {
            return *known;
        }
        let mut seen: HashSet<Pointer> = HashSet::from([target.clone()]);
        let mut open = vec![target.clone()];
        let mut uses = false;
        while let Some(pointer) = open.pop() {
            let reach = self.reach(&pointer);
            uses |= reach.used.contains(name);
            if uses || !self.spend(1) {
                break;
            }
            if reach.kept.contains(name) {
                continue;
            }
            for target in &reach.targets {
                if seen.insert(target.clone()) {
                    open.push(target.clone());
                }
            }
        }
        self.uses.insert(key, uses);
        uses
    }

    fn reach(&mut self, pointer: &Pointer) -> Rc<Reach> {
        if let Some(known) = self.reach.get(pointer) {
            return Rc::clone(known);
        }
        let mut reach = Reach::default();
        if let Some(value) = pointer.find(&self.original) {
            walk(value, pointer, &mut |members, _| {
                reach.size += 1 + members.len();
                reach.targets.extend(target(members));
                let name = text(members, "$dynamicRef").and_then(|name| name.strip_prefix('#'));
                reach.used.extend(name.map(str::to_owned));
            });
            let given = names(value, pointer).into_keys();
            let kept = given.filter(|name| !reach.used.contains(name)).collect();
            reach.kept = kept;
        }
        self.work = self.work.saturating_sub(reach.size);
        let reach = Rc::new(reach);
        self.reach.insert(pointer.clone(), Rc::clone(&reach));
        reach
    }

    fn spend(&mut self, work: usize) -> bool {
        self.work = self.work.saturating_sub(work);
        self.work > 0
    }

    fn set(&mut self, place: &Pointer, value: Value) {
        if let Some(slot) = self.root.pointer_mut(place.as_str()) {
            *slot = value;
            return;
        }
        let (Some(name), Some(parent)) = (place.last(), place.parent()) else {
            return;
        };
        if parent.find(self.root).is_none()
            && let (Some(key), Some(holder)) = (parent.last(), parent.parent())
            && let Some(Value::Object(members)) = self.root.pointer_mut(holder.as_str())
        {
            members.insert(key, Value::Object(Map::new()));
        }
        if let Some(Value::Object(members)) = self.root.pointer_mut(parent.as_str()) {
            members.insert(name, value);
        }
    }

    /// Lets the dynamic references for which nothing was given anew lead to what they name where they stand.
    fn rest(&mut self) {
        let mut left: Vec<(Pointer, &'static str, String)> = Vec::new();
        let mut anchors: HashMap<String, Bearers> = HashMap::new();
        walk(self.root, &Pointer::root(), &mut |members, place| {
            for keyword in ["$dynamicRef", "$recursiveRef"] {
                if let Some(reference) = text(members, keyword) {
                    left.push((place.clone(), keyword, reference.to_owned()));
                }
            }
            if let Some(name) = anchor(members) {
                anchors.entry(name.to_owned()).or_default().add(place);
            }
        });
        for (place, keyword, reference) in left {
            let target = match keyword {
                "$recursiveRef" => resource(self.root, &place, true),
                _ => self.lexical(&place, &reference, &anchors),
            };
            let Some(target) = target else {
                let message = format!(
                    "{} names no schema, or several; read as any JSON",
                    quoted(&reference)
                );
                self.found.push(
                    Diagnostic::warning(Code::DynamicReference, message)
                        .at(&place.push(keyword))
                        .help("give one schema this name with `$dynamicAnchor`, or write `$ref`"),
                );
                continue;
            };
            let Some(Value::Object(members)) = self.root.pointer_mut(place.as_str()) else {
                continue;
            };
            let mut members = std::mem::take(members);
            self.replace(&mut members, keyword, &place, &target);
            self.set(&place, Value::Object(members));
        }
    }

    /// What a name stands for by where it is used: the nearest schema around that bears it or defines it, else the only one.
    fn lexical(
        &self,
        place: &Pointer,
        reference: &str,
        anchors: &HashMap<String, Bearers>,
    ) -> Option<Pointer> {
        let name = reference.strip_prefix('#')?;
        if name.is_empty() {
            return resource(self.root, place, false);
        }
        if name.starts_with('/') {
            let pointer = Pointer::from_reference(reference)?;
            return pointer.find(self.root).map(|_| pointer);
        }
        let bearers = anchors.get(name)?;
        let mut around = Some(place.clone());
        while let Some(current) = around {
            if let Some(near) = bearers.near.get(&current) {
                return Some(near.clone());
            }
            around = current.parent();
        }
        match bearers.all.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }
}

impl Copies {
    /// A place for a copy of what stands at `from`, among the definitions of the holder.
    fn place(&mut self, from: &Pointer, root: &Value) -> Pointer {
        let definitions = self.holder.push("$defs");
        let name = from.last().unwrap_or_default();
        let mut place = definitions.push(&name);
        let mut number = 2;
        while place.find(root).is_some() || self.copied.values().any(|taken| *taken == place) {
            place = definitions.push(&format!("{name}{number}"));
            number += 1;
        }
        self.copied.insert(from.clone(), place.clone());
        self.open.push((from.clone(), place.clone()));
        place
    }
}

/// A reference object.
fn referring(target: &Pointer) -> Value {
    let mut reference = Map::with_capacity(1);
    reference.insert("$ref".to_owned(), Value::String(target.to_reference()));
    Value::Object(reference)
}

#[cfg(test)]
mod tests;
