//! Limits for clients that check them: of each value that is sent, what its schema and the members of its `allOf` limit.
//!
//! Comes in: places of schemas. Goes out: tables of limits that refer to each other. The limits of alternatives of a union are left to the
//! server, since they hold for some values only; so are those of tuples, and patterns. Must not know: the types of the values.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::Lowering;
use super::keywords::AdditionalRule;
use super::naming::{Candidates, tell_apart};
use super::schema::is_component;
use crate::diagnostics::Pointer;
use crate::model::{Limit, LimitTable, Limits, PlainLimit};

/// So many lists and maps without a table may lie in each other.
const DEEPEST: usize = 8;

/// Tables that are being made: the schemas of each, whose limits hold together.
#[derive(Default)]
pub(super) struct LimitTables {
    keys: IndexMap<Vec<Pointer>, Vec<Limit>>,
}

/// What the schemas of a value say of limits and parts, the members of `allOf` among them.
#[derive(Default)]
struct Said {
    plain: Vec<PlainLimit>,
    properties: IndexMap<String, Vec<Pointer>>,
    others: Vec<Pointer>,
    items: Vec<Pointer>,
    has_prefix: bool,
}

impl Lowering<'_> {
    /// The table of the limits of a value with the schema at `pointer`, if the client checks limits.
    pub(super) fn checked_limits(&mut self, pointer: &Pointer) -> Option<usize> {
        if !self.settings.client.check_constraints {
            return None;
        }
        let key = vec![self.resolve(pointer)];
        Some(self.limit_tables.keys.insert_full(key, Vec::new()).0)
    }

    /// Every table, with those that it refers to; the first are those that were asked for.
    pub(super) fn finish_limit_tables(&mut self) -> Vec<LimitTable> {
        let mut next = 0;
        while let Some((key, _)) = self.limit_tables.keys.get_index(next) {
            let key = key.clone();
            let limits = self.limits_of(&key, 0);
            if let Some((_, slot)) = self.limit_tables.keys.get_index_mut(next) {
                *slot = limits;
            }
            next += 1;
        }
        let tables = std::mem::take(&mut self.limit_tables.keys);
        let candidates: Vec<Candidates> = tables
            .keys()
            .map(|key| match key.last() {
                Some(pointer) => Candidates::snake(self.candidates(pointer).first()),
                None => Candidates::snake("limits"),
            })
            .collect();
        let names = tell_apart(&candidates, &|_| false);
        tables
            .into_iter()
            .zip(names)
            .map(|((key, limits), name)| LimitTable {
                name,
                pointer: key.last().cloned().unwrap_or_default().to_string(),
                limits,
            })
            .collect()
    }

    fn limits_of(&mut self, schemas: &[Pointer], depth: usize) -> Vec<Limit> {
        let said = self.said(schemas);
        let mut limits: Vec<Limit> = said.plain.into_iter().map(Limit::Plain).collect();
        // What is said of items is said of those behind a tuple.
        if !said.items.is_empty() && !said.has_prefix {
            limits.push(Limit::Items(self.part(&said.items, depth)));
        }
        let named: Vec<String> = said.properties.keys().cloned().collect();
        let properties: Vec<(String, Limits)> = said
            .properties
            .into_iter()
            .map(|(key, schemas)| (key, self.part(&schemas, depth)))
            .collect();
        if !properties.is_empty() {
            limits.push(Limit::Properties(properties));
        }
        if !said.others.is_empty() {
            let others = self.part(&said.others, depth);
            limits.push(Limit::Others(named, others));
        }
        limits
    }

    /// The limits of a part of a value: in a table of its own where it has a name or properties.
    fn part(&mut self, schemas: &[Pointer], depth: usize) -> Limits {
        let key: Vec<Pointer> = schemas.iter().map(|schema| self.resolve(schema)).collect();
        if key.iter().any(is_component) || !self.said(&key).properties.is_empty() {
            let known = self.limit_tables.keys.get_index_of(&key);
            let index =
                known.unwrap_or_else(|| self.limit_tables.keys.insert_full(key, Vec::new()).0);
            return Limits::Table(index);
        }
        if depth >= DEEPEST {
            return Limits::Own(Vec::new());
        }
        Limits::Own(self.limits_of(&key, depth + 1))
    }

    /// What these schemas say together.
    fn said(&mut self, schemas: &[Pointer]) -> Said {
        let mut said = Said::default();
        let mut seen = HashSet::new();
        let mut open: Vec<Pointer> = schemas.iter().rev().cloned().collect();
        while let Some(schema) = open.pop() {
            let target = self.resolve(&schema);
            if !seen.insert(target.clone()) {
                continue;
            }
            let own = self.own(&target);
            for limit in self.document.value(&target).map(plain).unwrap_or_default() {
                if !said.plain.contains(&limit) {
                    said.plain.push(limit);
                }
            }
            for (key, sources) in &own.properties {
                let known = said.properties.entry(key.clone()).or_default();
                known.extend(sources.iter().cloned());
            }
            if let AdditionalRule::Typed(values) = &own.additional {
                said.others.extend(values.iter().cloned());
            }
            said.items.extend(own.items.iter().cloned());
            said.has_prefix |= !own.prefix.is_empty();
            open.extend(own.all_of.iter().rev().cloned());
        }
        said
    }
}

/// The limits that stand in a schema itself, in the forms of 3.0 and of JSON Schema. Two that contradict each other are none, as elsewhere.
fn plain(schema: &Value) -> Vec<PlainLimit> {
    let count = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
    let number = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let flag = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
    let mut limits = Vec::new();
    let mut sizes = |least: &str, most: &str, kinds: [fn(u64) -> PlainLimit; 2]| {
        let (least, most) = (count(least).filter(|least| *least > 0), count(most));
        if least.zip(most).is_none_or(|(least, most)| least <= most) {
            let [at_least, at_most] = kinds;
            limits.extend(least.map(at_least).into_iter().chain(most.map(at_most)));
        }
    };
    sizes(
        "minLength",
        "maxLength",
        [PlainLimit::MinLength, PlainLimit::MaxLength],
    );
    sizes(
        "minItems",
        "maxItems",
        [PlainLimit::MinItems, PlainLimit::MaxItems],
    );
    sizes(
        "minProperties",
        "maxProperties",
        [PlainLimit::MinProperties, PlainLimit::MaxProperties],
    );
    let (minimum, maximum) = (number("minimum"), number("maximum"));
    if minimum
        .zip(maximum)
        .is_none_or(|(least, most)| least <= most)
    {
        limits.extend(minimum.map(match flag("exclusiveMinimum") {
            true => PlainLimit::Above,
            false => PlainLimit::Minimum,
        }));
        limits.extend(maximum.map(match flag("exclusiveMaximum") {
            true => PlainLimit::Below,
            false => PlainLimit::Maximum,
        }));
    }
    let (above, below) = (number("exclusiveMinimum"), number("exclusiveMaximum"));
    if above.zip(below).is_none_or(|(above, below)| above < below) {
        limits.extend(above.map(PlainLimit::Above));
        limits.extend(below.map(PlainLimit::Below));
    }
    let step = number("multipleOf").filter(|step| *step > 0.0);
    limits.extend(step.map(PlainLimit::MultipleOf));
    limits.extend(flag("uniqueItems").then_some(PlainLimit::UniqueItems));
    limits
}
