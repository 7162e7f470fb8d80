//! Limits that a document states of values, checked before a request is sent.
//!
//! In: tables of limits, and values. Out: a fault of the call that names the place in the value and the limit. The tables are constants;
//! what is checked is the JSON that the codec makes, so that one function serves all types. What the limits are for is not known here.

use std::collections::HashSet;

use super::call::Call;
use super::json::{Encode, Node, Piece, pieces, to_vec};

/// A limit of a value. One for values of another JSON type says nothing, as in JSON Schema.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// `minLength`, in characters.
    MinLength(usize),
    /// `maxLength`, in characters.
    MaxLength(usize),
    /// `minimum`.
    Minimum(f64),
    /// `minimum` with `exclusiveMinimum`.
    Above(f64),
    /// `maximum`.
    Maximum(f64),
    /// `maximum` with `exclusiveMaximum`.
    Below(f64),
    /// `multipleOf`.
    MultipleOf(f64),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// Limits of each item.
    Items(&'static [Limit]),
    /// Limits of the values of these keys.
    Properties(&'static [(&'static str, &'static [Limit])]),
    /// Limits of the values of all keys that are not among these.
    Others(&'static [&'static str], &'static [Limit]),
}

/// Up to here, each whole number has a float of its own.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

impl<T> Call<T> {
    /// Checks a value that is sent under this name; what is wrong with it is the error of the call when it is sent.
    pub fn check(&mut self, name: &str, limits: &[Limit], value: &dyn Encode) {
        let json = to_vec(value);
        let fault = pieces(&json).and_then(|value| violation(&value, limits, name));
        if let Some(fault) = fault {
            self.request.fail(fault);
        }
    }
}

/// The first limit that a value violates, in words: `body.items[3].name: longer than 64 characters`.
fn violation(value: &Piece<'_>, limits: &[Limit], path: &str) -> Option<String> {
    limits.iter().find_map(|limit| match &value.node {
        Node::Null => None,
        Node::Scalar(text) if value.json.starts_with('"') => {
            of_text(text, limit).map(|fault| format!("{path}: {fault}"))
        }
        Node::Scalar(text) => of_number(text, limit).map(|fault| format!("{path}: {fault}")),
        Node::Array(items) => of_list(items, limit, path),
        Node::Object(members) => of_object(members, limit, path),
    })
}

fn of_text(text: &str, limit: &Limit) -> Option<String> {
    let length = || text.chars().count();
    match *limit {
        Limit::MinLength(least) => too_few(length(), least, "shorter than", "character"),
        Limit::MaxLength(most) => too_many(length(), most, "longer than", "character"),
        _ => None,
    }
}

fn of_number(text: &str, limit: &Limit) -> Option<String> {
    // Neither are the texts of booleans.
    let number: f64 = text.parse().ok()?;
    match *limit {
        Limit::Minimum(least) if number < least => Some(format!("less than {least}")),
        Limit::Maximum(most) if number > most => Some(format!("more than {most}")),
        // Beyond, different numbers may have the same float.
        Limit::Above(bound) if number <= bound && bound.abs() <= MAX_EXACT => {
            Some(format!("not more than {bound}"))
        }
        Limit::Below(bound) if number >= bound && bound.abs() <= MAX_EXACT => {
            Some(format!("not less than {bound}"))
        }
        Limit::MultipleOf(step) if !is_multiple(number, step) => {
            Some(format!("not a multiple of {step}"))
        }
        _ => None,
    }
}

/// Whether a number is a multiple of another, as far as floats can tell: 0.3 is one of 0.1.
fn is_multiple(number: f64, step: f64) -> bool {
    if step == 0.0 || number.abs() > MAX_EXACT {
        return true;
    }
    let quotient = number / step;
    (quotient - quotient.round()).abs() <= quotient.abs().max(1.0) * 1e-9
}

fn of_list(items: &[Piece<'_>], limit: &Limit, path: &str) -> Option<String> {
    let fault = match *limit {
        Limit::MinItems(least) => too_few(items.len(), least, "fewer than", "item"),
        Limit::MaxItems(most) => too_many(items.len(), most, "more than", "item"),
        Limit::UniqueItems => {
            let mut seen = HashSet::new();
            let twice = items.iter().position(|item| !seen.insert(item.json));
            twice.map(|position| format!("the item {position} is there twice"))
        }
        Limit::Items(limits) => {
            return items
                .iter()
                .enumerate()
                .find_map(|(index, item)| violation(item, limits, &format!("{path}[{index}]")));
        }
        _ => None,
    };
    fault.map(|fault| format!("{path}: {fault}"))
}

fn of_object(members: &[(String, Piece<'_>)], limit: &Limit, path: &str) -> Option<String> {
    let fault = match *limit {
        Limit::MinProperties(least) => too_few(members.len(), least, "fewer than", "key"),
        Limit::MaxProperties(most) => too_many(members.len(), most, "more than", "key"),
        Limit::Properties(properties) => {
            return members.iter().find_map(|(key, value)| {
                let (_, limits) = properties.iter().find(|(name, _)| name == key)?;
                violation(value, limits, &format!("{path}.{key}"))
            });
        }
        Limit::Others(named, limits) => {
            return members.iter().find_map(|(key, value)| {
                let is_named = named.contains(&key.as_str());
                (!is_named).then(|| violation(value, limits, &format!("{path}.{key}")))?
            });
        }
        _ => None,
    };
    fault.map(|fault| format!("{path}: {fault}"))
}

fn too_few(count: usize, least: usize, than: &str, one: &str) -> Option<String> {
    (count < least).then(|| format!("{than} {}", counted(least, one)))
}

fn too_many(count: usize, most: usize, than: &str, one: &str) -> Option<String> {
    (count > most).then(|| format!("{than} {}", counted(most, one)))
}

fn counted(count: usize, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {one}{plural}")
}
