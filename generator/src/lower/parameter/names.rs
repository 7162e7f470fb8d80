//! The order of an operation's parameters, and their Rust names.
//!
//! Comes in: the parameters, and the path template. Goes out: the same, in the order of the arguments and named apart. Must not know: how
//! a value is written.

use std::collections::HashSet;

use crate::lower::naming::{Candidates, keyword_free, snake, tell_apart};
use crate::model::{Documentation, Parameter, ParameterPlace, ParameterStyle, Scalar, Type};

/// Methods that every request has, besides those that begin with `with`.
const RESERVED: &[&str] = &[
    "body",
    "clone",
    "into_future",
    "items",
    "new",
    "pages",
    "send",
    "wait",
];

/// Path parameters in the order of the template, without those that it does not have and with those that nobody declared; then the other
/// required ones, then the rest.
pub(super) fn in_order(template: &str, parameters: Vec<Parameter>) -> Vec<Parameter> {
    let (mut path, mut others): (Vec<Parameter>, Vec<Parameter>) = parameters
        .into_iter()
        .partition(|parameter| parameter.place == ParameterPlace::Path);
    let mut ordered = Vec::with_capacity(path.len() + others.len());
    let mut seen = HashSet::new();
    for name in placeholders(template).filter(|name| seen.insert(*name)) {
        // What is missing here, or left over, was reported where the document was read.
        match path
            .iter()
            .position(|parameter| parameter.wire_name == name)
        {
            Some(position) => ordered.push(path.swap_remove(position)),
            None => ordered.push(undeclared(name)),
        }
    }
    others.sort_by_key(|parameter| !parameter.required);
    ordered.extend(others);
    ordered
}

fn undeclared(name: &str) -> Parameter {
    Parameter {
        name: String::new(),
        wire_name: name.to_owned(),
        place: ParameterPlace::Path,
        required: true,
        value: Type::Scalar(Scalar::String),
        style: ParameterStyle::Single,
        takes_one: false,
        limits: None,
        documentation: Documentation::default(),
    }
}

/// The names between braces in a path template.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
}

/// Gives every parameter its Rust name. A path parameter keeps its name where others share it.
pub(super) fn named(mut parameters: Vec<Parameter>) -> Vec<Parameter> {
    let in_path: HashSet<String> = parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterPlace::Path)
        .map(|parameter| snake(&parameter.wire_name))
        .collect();
    let candidates: Vec<Candidates> = parameters
        .iter()
        .map(|parameter| {
            let base = snake(&parameter.wire_name);
            let (is_path, suffix) = match parameter.place {
                ParameterPlace::Path => (true, "path"),
                ParameterPlace::Query => (false, "query"),
                ParameterPlace::Header => (false, "header"),
                ParameterPlace::Cookie => (false, "cookie"),
            };
            let other = if starts_like_an_option(&base) {
                format!("{suffix}_{base}")
            } else {
                format!("{base}_{suffix}")
            };
            let candidates = Candidates::snake(&parameter.wire_name);
            if !is_path && in_path.contains(&base) {
                candidates.yielding_to(&other)
            } else if is_reserved(&base) {
                candidates.or(other)
            } else {
                candidates
            }
        })
        .collect();
    let names = tell_apart(&candidates, &is_reserved);
    for (parameter, name) in parameters.iter_mut().zip(names) {
        parameter.name = keyword_free(name);
    }
    parameters
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name) || starts_like_an_option(name)
}

/// Options of a call, such as `with_timeout`, and setters can never collide.
fn starts_like_an_option(name: &str) -> bool {
    name.starts_with("with_") || name.starts_with("without_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_a_template() {
        assert_eq!(
            placeholders("/a/{b}/{c}.{d}/{e").collect::<Vec<_>>(),
            ["b", "c", "d"]
        );
    }
}
