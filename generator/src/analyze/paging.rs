//! Paging: which operations are lists with pages, by the rules of the settings. What only looks like one is suggested.

use super::route::{definition_of, route, without_aliases};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer, quoted};
use crate::model::{
    Api, Method, Operation, Paging, PagingStyle, ParameterPlace, ResponseContent, Scalar, Success,
    Type,
};
use crate::settings::{PaginationSettings, PaginationStyle, Settings};

/// Sets `paging` of every operation that a rule fits.
pub(super) fn apply_rules(api: &mut Api, settings: &Settings, diagnostics: &mut Diagnostics) {
    for rule in &settings.pagination {
        report_unknown_operations(api, rule, diagnostics);
    }
    let mut found: Vec<Option<Paging>> = Vec::new();
    for operation in api.operations() {
        let paging = settings
            .pagination
            .iter()
            .find_map(|rule| by_rule(api, operation, rule));
        if paging.is_none() {
            suggest(api, operation, diagnostics);
        }
        found.push(paging);
    }
    let operations = api
        .groups
        .iter_mut()
        .flat_map(|group| &mut group.operations);
    for (operation, paging) in operations.zip(found) {
        operation.paging = paging;
    }
}

fn report_unknown_operations(api: &Api, rule: &PaginationSettings, diagnostics: &mut Diagnostics) {
    let names = rule.operations.iter().flatten();
    for name in names.filter(|name| !api.excluded.contains(*name)) {
        match api.operations().find(|operation| operation.id == *name) {
            None => diagnostics.push(
                Diagnostic::warning(
                    Code::SettingWithoutEffect,
                    format!(
                        "`pagination` names the operation {}, which the document does not have",
                        quoted(name)
                    ),
                )
                .help("correct the name, or remove it"),
            ),
            Some(operation) if by_rule(api, operation, rule).is_none() => {
                let mut diagnostic = Diagnostic::warning(
                    Code::SettingWithoutEffect,
                    format!(
                        "`pagination` names the operation {}, which is no GET with the parameters {} and {} and an array in {}",
                        quoted(name),
                        quoted(&rule.offset),
                        quoted(&rule.limit),
                        quoted(&rule.items)
                    ),
                );
                diagnostic.pointer = Pointer::parse(&operation.pointer);
                diagnostics.push(diagnostic.help("correct the rule, or remove the name"));
            }
            Some(_) => {}
        }
    }
}

/// The paging of an operation by one rule, if the rule fits it.
fn by_rule(api: &Api, operation: &Operation, rule: &PaginationSettings) -> Option<Paging> {
    if operation.method != Method::Get
        || rule
            .operations
            .as_ref()
            .is_some_and(|names| !names.contains(&operation.id))
    {
        return None;
    }
    let PaginationStyle::Offset = rule.style;
    if !has_integer(api, operation, &rule.offset) || !has_integer(api, operation, &rule.limit) {
        return None;
    }
    let response = response(operation)?;
    let page = definition_of(api, response)?;
    let items = route(api, response, &rule.items)?;
    // The items stand in the page itself; an array deeper inside has no field to be named by.
    let [name] = items.names.as_slice() else {
        return None;
    };
    if !matches!(without_aliases(api, &items.field.value), Type::Array(_)) {
        return None;
    }
    let total = rule
        .total
        .as_ref()
        .and_then(|total| route(api, response, total));
    let total = total.filter(|total| {
        matches!(
            without_aliases(api, &total.field.value),
            Type::Scalar(Scalar::Integer(_) | Scalar::Number(_))
        )
    });
    Some(Paging {
        style: PagingStyle::Offset {
            offset: rule.offset.clone(),
            limit: rule.limit.clone(),
        },
        page,
        items: name.clone(),
        total: total.map(|total| total.names).unwrap_or_default(),
    })
}

fn response(operation: &Operation) -> Option<&Type> {
    match &operation.success {
        Success::One(ResponseContent::Json(value)) => Some(value),
        _ => None,
    }
}

fn has_integer(api: &Api, operation: &Operation, wire_name: &str) -> bool {
    operation.parameters.iter().any(|parameter| {
        parameter.place == ParameterPlace::Query
            && parameter.wire_name == wire_name
            && matches!(
                without_aliases(api, &parameter.value),
                Type::Scalar(Scalar::Integer(_) | Scalar::Number(_))
            )
    })
}

/// Notes an operation that takes the usual parameters and answers with one array, but has no rule.
fn suggest(api: &Api, operation: &Operation, diagnostics: &mut Diagnostics) {
    const OFFSETS: [&str; 3] = ["offset", "skip", "start"];
    const LIMITS: [&str; 4] = ["limit", "count", "per_page", "page_size"];
    if operation.method != Method::Get {
        return;
    }
    let offset = OFFSETS
        .into_iter()
        .find(|name| has_integer(api, operation, name));
    let limit = LIMITS
        .into_iter()
        .find(|name| has_integer(api, operation, name));
    let (Some(offset), Some(limit), Some(response)) = (offset, limit, response(operation)) else {
        return;
    };
    let Some(items) = only_array(api, response) else {
        return;
    };
    let rule = format!(
        "[[pagination]]\nstyle = \"offset\"\noffset = \"{offset}\"\nlimit = \"{limit}\"\nitems = \"{items}\""
    );
    let mut diagnostic = Diagnostic::note(
        Code::PagingSuggested,
        format!(
            "{} looks like a list with pages, but no rule of the settings fits it",
            quoted(&operation.id)
        ),
    )
    .help(format!("add to the settings:\n{rule}"));
    diagnostic.pointer = Pointer::parse(&operation.pointer);
    diagnostics.push(diagnostic);
}

/// The key of the only array of an object.
fn only_array(api: &Api, response: &Type) -> Option<String> {
    let id = definition_of(api, response)?;
    let crate::model::Shape::Object(object) = &api.types.get(id.0)?.shape else {
        return None;
    };
    let mut arrays = object
        .fields
        .iter()
        .filter(|field| matches!(without_aliases(api, &field.value), Type::Array(_)));
    let only = arrays.next()?;
    arrays.next().is_none().then(|| only.key.clone())
}
