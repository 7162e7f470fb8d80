//! Polling: which operations tell how a job is, by the rules of the settings. What only looks like one is suggested.

use std::collections::HashSet;

use super::route::{definition_of, route, without_aliases};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer, quoted};
use crate::model::{
    Api, Method, Operation, Polling, ResponseContent, Scalar, Shape, Success, Type, TypeId,
};
use crate::settings::{PollingSettings, Settings};

/// Words that tell a job from a thing that merely has a status.
const JOB_WORDS: [&str; 4] = ["job", "task", "export", "import"];

/// Sets `polling` of every operation that a rule names.
pub(super) fn apply_rules(api: &mut Api, settings: &Settings, diagnostics: &mut Diagnostics) {
    let mut found: Vec<(String, Polling)> = Vec::new();
    let is_excluded = |rule: &&PollingSettings| api.excluded.contains(&rule.operation);
    for rule in settings.polling.iter().filter(|rule| !is_excluded(rule)) {
        let operation = api
            .operations()
            .find(|operation| operation.id == rule.operation);
        match operation.map(|operation| (operation, by_rule(api, operation, rule))) {
            None => diagnostics.push(
                Diagnostic::warning(
                    Code::SettingWithoutEffect,
                    format!(
                        "`polling` names the operation {}, which the document does not have",
                        quoted(&rule.operation)
                    ),
                )
                .help("correct the name, or remove the rule"),
            ),
            Some((operation, None)) => {
                let mut diagnostic = Diagnostic::warning(
                    Code::SettingWithoutEffect,
                    format!(
                        "`polling`: the response of {} has no text in {}",
                        quoted(&rule.operation),
                        quoted(&rule.status)
                    ),
                );
                diagnostic.pointer = Pointer::parse(&operation.pointer);
                diagnostics
                    .push(diagnostic.help("correct `status`: a path of properties with dots"));
            }
            Some((operation, Some(polling))) => found.push((operation.id.clone(), polling)),
        }
    }
    suggest(api, &found, diagnostics);
    for operation in api
        .groups
        .iter_mut()
        .flat_map(|group| &mut group.operations)
    {
        operation.polling = found
            .iter()
            .find(|(id, _)| *id == operation.id)
            .map(|(_, polling)| polling.clone());
    }
}

fn by_rule(api: &Api, operation: &Operation, rule: &PollingSettings) -> Option<Polling> {
    let status = route(api, response(operation)?, &rule.status)?;
    is_text(api, &status.field.value).then(|| Polling {
        status: status.names,
        done: rule.done.clone(),
        failed: rule.failed.clone(),
        failed_containing: rule.failed_containing.clone(),
        interval: rule.interval,
        max_interval: rule.max_interval,
        deadline: rule.deadline,
    })
}

fn response(operation: &Operation) -> Option<&Type> {
    match &operation.success {
        Success::One(ResponseContent::Json(value)) => Some(value),
        _ => None,
    }
}

/// Whether a value is a text or an enumeration of texts.
fn is_text(api: &Api, value: &Type) -> bool {
    match without_aliases(api, value) {
        Type::Scalar(Scalar::String) => true,
        Type::Named(id) => matches!(
            api.types.get(id.0).map(|definition| &definition.shape),
            Some(Shape::Enumeration(_))
        ),
        _ => false,
    }
}

/// Notes GET operations that answer with a job that a POST operation starts, where no rule says how the job ends.
fn suggest(api: &Api, found: &[(String, Polling)], diagnostics: &mut Diagnostics) {
    let started: HashSet<TypeId> = api
        .operations()
        .filter(|operation| operation.method == Method::Post)
        .filter_map(|operation| definition_of(api, response(operation)?))
        .collect();
    for operation in api
        .operations()
        .filter(|operation| operation.method == Method::Get)
    {
        let Some(answer) = response(operation) else {
            continue;
        };
        let Some(id) = definition_of(api, answer).filter(|id| started.contains(id)) else {
            continue;
        };
        let name = api
            .types
            .get(id.0)
            .map(|definition| definition.name.to_lowercase())
            .unwrap_or_default();
        let is_job = JOB_WORDS.iter().any(|word| name.contains(word));
        let has_status =
            route(api, answer, "status").is_some_and(|status| is_text(api, &status.field.value));
        if is_job && has_status && !found.iter().any(|(id, _)| *id == operation.id) {
            let mut diagnostic = Diagnostic::note(
                Code::PollingSuggested,
                format!("{} looks like the status of a job, but no rule of the settings says how the job ends", quoted(&operation.id)),
            )
            .help(format!("add to the settings:\n[[polling]]\noperation = \"{}\"\nstatus = \"status\"\ndone = [\"…\"]", operation.id));
            diagnostic.pointer = Pointer::parse(&operation.pointer);
            diagnostics.push(diagnostic);
        }
    }
}
