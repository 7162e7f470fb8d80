//! Enumerations: the values of `enum`, each with a Rust name.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use super::keywords::{Keywords, Kind};
use super::naming::{Candidates, tell_apart};
use super::schema::Plan;
use super::value_words::spelt;
use super::{Content, Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{
    Documentation, EnumerationShape, EnumerationValues, EnumerationVariant, FloatWidth,
    IntegerWidth, Scalar, Type,
};

/// A value of `enum` with its place in the list.
struct Member<V> {
    index: usize,
    value: V,
}

/// What a schema with `enum` turns into; `None` where the enumeration has no meaning for the type of the schema.
pub(super) fn plan(lowering: &mut Lowering<'_>, keywords: &Rc<Keywords>) -> Option<Plan> {
    let values = keywords.enumeration.as_deref()?;
    let members: Vec<(usize, &Value)> = values
        .iter()
        .enumerate()
        .filter(|(_, value)| !value.is_null())
        .collect();
    let all = |test: fn(&Value) -> bool| members.iter().all(|(_, value)| test(value));
    if members.is_empty() {
        // Only null is left: nothing to choose from.
        return Some(Plan::Type(Type::Any));
    }
    if matches!(keywords.declared, Some(Kind::Array | Kind::Object))
        && all(|value| !value.is_array() && !value.is_object())
    {
        lowering.report(
            Diagnostic::warning(
                Code::KeywordWithoutEffect,
                "`enum` lists values that are not of the type beside it",
            )
            .at(&keywords.pointer.push("enum"))
            .help("move `enum` to the schema under `items`"),
        );
        return None;
    }
    if all(Value::is_string) {
        check_type(lowering, keywords, &[Kind::String]);
        return Some(strings(
            keywords,
            members
                .into_iter()
                .filter_map(|(index, value)| text(index, value.as_str()?)),
        ));
    }
    if keywords.declared == Some(Kind::String)
        && all(|value| value.is_string() || value.is_number() || value.is_boolean())
    {
        // `enum: [1.0, yes]` in YAML, meant as text.
        check_type(lowering, keywords, &[]);
        let texts = members.into_iter().map(|(index, value)| Member {
            index,
            value: spelt(value),
        });
        return Some(strings(keywords, texts));
    }
    if all(|value| value.as_i64().is_some()) && keywords.declared != Some(Kind::Boolean) {
        check_type(lowering, keywords, &[Kind::Integer, Kind::Number]);
        return Some(integers(
            keywords,
            members.into_iter().filter_map(|(index, value)| {
                Some(Member {
                    index,
                    value: value.as_i64()?,
                })
            }),
        ));
    }
    if all(Value::is_u64) && keywords.declared != Some(Kind::Boolean) {
        return Some(Plan::Type(Type::Scalar(Scalar::Integer(IntegerWidth::U64))));
    }
    if all(Value::is_number) {
        return Some(Plan::Type(Type::Scalar(Scalar::Number(FloatWidth::F64))));
    }
    if all(Value::is_boolean) {
        return Some(Plan::Type(Type::Scalar(Scalar::Boolean)));
    }
    if let Some(plan) = super::union::plan_by_kind(lowering, keywords) {
        return Some(plan);
    }
    lowering.untyped(
        Diagnostic::warning(
            Code::MixedEnumeration,
            "the values of an enumeration have several types; read as any JSON",
        )
        .at(&keywords.pointer.push("enum"))
        .help("give all values one type"),
    );
    Some(Plan::Type(Type::Any))
}

fn text(index: usize, value: &str) -> Option<Member<String>> {
    Some(Member {
        index,
        value: value.to_owned(),
    })
}

fn check_type(lowering: &mut Lowering<'_>, keywords: &Keywords, kinds: &[Kind]) {
    if keywords
        .declared
        .is_some_and(|declared| !kinds.contains(&declared))
    {
        lowering.report(
            Diagnostic::note(
                Code::EnumerationMisfit,
                "the values of an enumeration are not of the type beside them",
            )
            .at(&keywords.pointer.push("enum"))
            .help("correct the type or quote the values; the values count"),
        );
    }
}

fn strings(keywords: &Keywords, members: impl Iterator<Item = Member<String>>) -> Plan {
    let variants = variants(keywords, members, String::as_str);
    Plan::Definition(Content::Enumeration(EnumerationShape {
        values: EnumerationValues::Strings(variants),
    }))
}

fn integers(keywords: &Keywords, members: impl Iterator<Item = Member<i64>>) -> Plan {
    let members: Vec<Member<(String, i64)>> = members
        .map(|Member { index, value }| Member {
            index,
            value: (value.to_string(), value),
        })
        .collect();
    let variants = variants(keywords, members.into_iter(), |(text, _)| text.as_str())
        .into_iter()
        .map(
            |EnumerationVariant {
                 name,
                 value: (_, value),
                 documentation,
             }| EnumerationVariant {
                name,
                value,
                documentation,
            },
        )
        .collect();
    Plan::Definition(Content::Enumeration(EnumerationShape {
        values: EnumerationValues::Integers(variants),
    }))
}

fn variants<V>(
    keywords: &Keywords,
    members: impl Iterator<Item = Member<V>>,
    text: impl Fn(&V) -> &str,
) -> Vec<EnumerationVariant<V>> {
    let mut seen = HashSet::new();
    let members: Vec<Member<V>> = members
        .filter(|member| seen.insert(text(&member.value).to_owned()))
        .collect();
    let names: Vec<Candidates> = members
        .iter()
        .map(|member| {
            let given = keywords
                .enumeration_names
                .get(member.index)
                .filter(|name| !name.is_empty());
            let by_value = Candidates::pascal(text(&member.value));
            match given {
                Some(name) => by_value.preferring(super::naming::pascal(name)),
                None => by_value,
            }
        })
        .collect();
    let names = tell_apart(&names, &|name| name == "Unknown");
    members
        .into_iter()
        .zip(names)
        .map(|(Member { index, value }, name)| EnumerationVariant {
            name,
            value,
            documentation: Documentation {
                description: documentation::said(
                    keywords
                        .enumeration_descriptions
                        .get(index)
                        .map(String::as_str),
                ),
                ..Documentation::default()
            },
        })
        .collect()
}
