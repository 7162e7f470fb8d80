//! `allOf`: the members and what stands beside them, merged into one set of keywords.
//!
//! Comes in: the keywords of a schema and of its members. Goes out: keywords without `allOf`. Must not know: the model.

use std::rc::Rc;

use serde_json::Value;

use super::Lowering;
use super::keywords::{AdditionalRule, Alternatives, Keywords, Kind, Words};
use super::schema::is_component;
use crate::diagnostics::{Code, Diagnostic, Pointer};

impl Lowering<'_> {
    /// What the schema at `target` says, with `allOf` merged into it. `target` has been resolved.
    pub(super) fn merged(&mut self, target: &Pointer) -> Rc<Keywords> {
        if let Some(known) = self.merged.get(target) {
            return Rc::clone(known);
        }
        let own = self.own(target);
        if own.all_of.is_empty() && own.optional.is_empty() {
            self.merged.insert(target.clone(), Rc::clone(&own));
            return own;
        }
        if self.merging.contains(target) {
            self.report(
                Diagnostic::warning(
                    Code::ReferenceCycle,
                    "a schema is a member of its own `allOf`; the member is left out",
                )
                .at(target)
                .help("remove the member that leads back to the schema"),
            );
            return Rc::new(Keywords {
                pointer: target.clone(),
                ..Keywords::default()
            });
        }
        if self.is_too_deep(target) {
            return Rc::new(Keywords {
                pointer: target.clone(),
                ..Keywords::default()
            });
        }
        self.merging.insert(target.clone());
        self.depth += 1;
        let merged = Rc::new(self.merge_members(target, &own));
        self.depth -= 1;
        self.merging.remove(target);
        if let Some(contradiction) = &merged.contradiction {
            self.report(
                Diagnostic::warning(
                    Code::Contradiction,
                    format!("members of an `allOf` contradict each other: {contradiction}"),
                )
                .at(target)
                .help("no value satisfies all members; correct one of them"),
            );
        }
        self.merged.insert(target.clone(), Rc::clone(&merged));
        merged
    }

    fn merge_members(&mut self, target: &Pointer, own: &Rc<Keywords>) -> Keywords {
        let mut result = Keywords {
            pointer: target.clone(),
            ..Keywords::default()
        };
        let mut all_nullable = true;
        for member in &own.all_of {
            let member = self.resolve(member);
            let view = self.merged(&member);
            all_nullable &= view.nullable;
            let leads_back = view.unions.iter().any(|union| self.names(union, target));
            if leads_back {
                // A base that lists what derives from it: the derived schema is one of its variants, not a union of them.
                let mut base = (*view).clone();
                base.unions.retain(|union| !self.names(union, target));
                result.merge(&base);
            } else {
                result.merge(&view);
            }
        }
        let siblings = Keywords {
            all_of: Vec::new(),
            ..(**own).clone()
        };
        result.merge(&siblings);
        self.add_optional(&mut result, &own.optional);
        result.nullable = own.nullable || (all_nullable && !own.all_of.is_empty());
        result.base_of = own.base_of.clone();
        result.words = match own.all_of.as_slice() {
            [only] => {
                let only = self.resolve(only);
                words_or(&own.words, &self.own(&only).words)
            }
            _ => own.words.clone(),
        };
        result
    }

    /// Properties that are there for some of the values only.
    fn add_optional(&mut self, result: &mut Keywords, schemas: &[Pointer]) {
        for schema in schemas {
            let schema = self.resolve(schema);
            let view = self.merged(&schema);
            for (key, sources) in &view.properties {
                if !result.properties.contains_key(key) {
                    result.properties.insert(key.clone(), sources.clone());
                }
            }
        }
        result.optional.clear();
        if !result.properties.is_empty() && result.declared.is_none() && result.kinds.is_empty() {
            result.declared = Some(Kind::Object);
        }
    }

    fn names(&mut self, union: &Alternatives, target: &Pointer) -> bool {
        union
            .variants
            .iter()
            .any(|variant| self.resolve(variant) == *target)
    }

    /// The member of an `allOf` that the schema is but another name for: the only one with a shape, nothing but words beside it.
    pub(super) fn sole_member(&mut self, own: &Keywords) -> Option<Pointer> {
        let mut siblings = Keywords {
            all_of: Vec::new(),
            ..own.clone()
        };
        // `type: object` beside a reference says nothing new.
        siblings.declared = None;
        if own.all_of.is_empty() || siblings.is_structural() {
            return None;
        }
        let mut sole = None;
        for member in &own.all_of {
            let member = self.resolve(member);
            if self.own(&member).is_structural() && sole.replace(member).is_some() {
                return None;
            }
        }
        let sole = sole?;
        if is_component(&own.pointer) && self.is_base(&sole) {
            // It derives from the base, adding nothing: one of the variants, not all of them.
            return None;
        }
        let declared = own.declared;
        let fits = declared.is_none() || declared == self.merged(&sole).declared;
        fits.then_some(sole)
    }
}

impl Keywords {
    /// Adds what another schema says of the same values. Where the two disagree, the later one wins if it is narrower.
    pub(super) fn merge(&mut self, later: &Keywords) {
        self.merge_type(later);
        self.merge_enumeration(later);
        for (key, sources) in &later.properties {
            extend_unique(self.properties.entry(key.clone()).or_default(), sources);
        }
        self.required.extend(later.required.iter().cloned());
        self.additional = merge_additional(std::mem::take(&mut self.additional), &later.additional);
        extend_unique(&mut self.items, &later.items);
        if self.prefix.is_empty() {
            self.prefix.clone_from(&later.prefix);
        }
        extend_unique(&mut self.unions, &later.unions);
        extend_unique(&mut self.limits, &later.limits);
        extend_unique(&mut self.excluded, &later.excluded);
        if later.format.is_some() {
            self.format.clone_from(&later.format);
        }
        if later.pattern.is_some() {
            self.pattern.clone_from(&later.pattern);
        }
        self.read_only |= later.read_only;
        self.write_only |= later.write_only;
        self.not |= later.not;
        self.beyond_i64 |= later.beyond_i64;
        self.below_zero |= later.below_zero;
        self.never |= later.never;
        if self.contradiction.is_none() {
            self.contradiction.clone_from(&later.contradiction);
        }
    }

    fn merge_type(&mut self, later: &Keywords) {
        if !self.kinds.is_empty() || !later.kinds.is_empty() {
            self.merge_kinds(later);
            return;
        }
        self.declared = match (self.declared, later.declared) {
            (None, kind) | (kind, None) => kind,
            (Some(earlier), Some(later)) if earlier == later => Some(later),
            (Some(Kind::Integer | Kind::Number), Some(Kind::Integer | Kind::Number)) => {
                Some(Kind::Integer)
            }
            (Some(earlier), Some(later)) => {
                self.contradiction = Some(format!(
                    "one is {}, another {}",
                    in_words(earlier),
                    in_words(later)
                ));
                Some(later)
            }
        };
        if self.unknown_type.is_none() {
            self.unknown_type.clone_from(&later.unknown_type);
        }
    }

    /// The types that both allow, where one of the two allows several.
    fn merge_kinds(&mut self, later: &Keywords) {
        let list = |keywords: &Keywords| match keywords.declared {
            Some(only) => vec![only],
            None => keywords.kinds.clone(),
        };
        let (earlier, later) = (list(self), list(later));
        let mut common: Vec<Kind> = match (earlier.as_slice(), later.as_slice()) {
            ([], kinds) | (kinds, []) => kinds.to_vec(),
            (earlier, later) => {
                let allows = |kinds: &[Kind], kind: Kind| {
                    kinds.contains(&kind)
                        || (kind == Kind::Integer && kinds.contains(&Kind::Number))
                };
                let both = later.iter().filter(|kind| allows(earlier, **kind));
                let narrower = earlier
                    .iter()
                    .filter(|kind| !later.contains(*kind) && allows(later, **kind));
                both.chain(narrower).copied().collect()
            }
        };
        if common.is_empty() {
            self.contradiction = Some("they have no type in common".to_owned());
            common.extend(later.first());
        }
        match common.as_slice() {
            [only] => {
                self.declared = Some(*only);
                self.kinds.clear();
            }
            _ => {
                self.declared = None;
                self.kinds = common;
            }
        }
    }

    fn merge_enumeration(&mut self, later: &Keywords) {
        match (&mut self.enumeration, &later.enumeration) {
            (Some(earlier), Some(later)) => {
                let common: Vec<Value> = earlier
                    .iter()
                    .filter(|value| later.contains(value))
                    .cloned()
                    .collect();
                if common.is_empty() {
                    self.contradiction =
                        Some("their enumerations have no value in common".to_owned());
                } else if common.len() < earlier.len() {
                    *earlier = common;
                    self.enumeration_names.clear();
                    self.enumeration_descriptions.clear();
                }
            }
            (None, Some(later_values)) => {
                self.enumeration = Some(later_values.clone());
                self.enumeration_names.clone_from(&later.enumeration_names);
                self.enumeration_descriptions
                    .clone_from(&later.enumeration_descriptions);
            }
            (_, None) => {}
        }
    }
}

/// A closed member closes nothing: the properties of the other members are meant to be there.
fn merge_additional(earlier: AdditionalRule, later: &AdditionalRule) -> AdditionalRule {
    use AdditionalRule::{Closed, Open, Typed, Unsaid};
    match (earlier, later) {
        (Typed(mut earlier), Typed(later)) => {
            extend_unique(&mut earlier, later);
            Typed(earlier)
        }
        (Typed(schemas), _) => Typed(schemas),
        (_, Typed(schemas)) => Typed(schemas.clone()),
        (Open, _) | (_, Open) => Open,
        (Closed, _) | (_, Closed) => Closed,
        (Unsaid, Unsaid) => Unsaid,
    }
}

fn extend_unique<T: Clone + PartialEq>(list: &mut Vec<T>, more: &[T]) {
    for item in more {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}

/// The words of a schema, filled up from the only member of its `allOf`.
fn words_or(own: &Words, member: &Words) -> Words {
    Words {
        title: own.title.clone().or_else(|| member.title.clone()),
        description: own
            .description
            .clone()
            .or_else(|| member.description.clone()),
        deprecated: own.deprecated || member.deprecated,
        link: own.link.clone().or_else(|| member.link.clone()),
        example: own.example.clone().or_else(|| member.example.clone()),
        default: own.default.clone().or_else(|| member.default.clone()),
    }
}

fn in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "a boolean",
        Kind::Integer => "an integer",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "an array",
        Kind::Object => "an object",
    }
}
