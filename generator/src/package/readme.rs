//! `README.md` of the generated crate, which is also the front page of its documentation.
//!
//! Comes in: the model and the facts of the package. Goes out: the text, from `templates/README.md.jinja`. Must not know: Rust code beyond
//! the example it shows.

use minijinja::context;

use super::{PackageFacts, PackageFault, Retries, header, manifest};
use crate::emit::{self, CrateFacts};
use crate::model::{Api, CredentialKind, SecurityScheme};

/// The README.
pub(super) fn readme(api: &Api, facts: &PackageFacts) -> Result<String, PackageFault> {
    let crate_facts = facts.crate_facts();
    let variables: Vec<String> = api
        .security_schemes
        .values()
        .flat_map(|scheme| variables(scheme, &crate_facts))
        .collect();
    let operations = api.operation_count();
    manifest::render(
        "README.md",
        clientsmith_templates::README,
        context! {
            header => header::sentence(facts),
            name => &facts.name,
            version => &facts.version,
            library => facts.library(),
            description => emit::plain_text(&facts.description),
            license => &facts.license,
            operations => operations,
            words => emit::words(&api.documentation),
            quick_start => emit::quick_start(api, &crate_facts),
            variables => listed(&variables),
            needed => needed(api, &crate_facts),
            base_url_variable => format!("{}_BASE_URL", facts.environment_prefix),
            retries => retries(&facts.retries),
            groups => api.groups.iter().filter_map(|group| {
                let feature = api.features.groups.get(&group.accessor)?;
                let accessor = group.accessor.trim_start_matches("r#");
                Some(context! { feature, accessor, operations => group.operation_count() })
            }).collect::<Vec<_>>(),
            first_feature => api.groups.iter().find_map(|group| api.features.groups.get(&group.accessor)).cloned(),
            has_paging => api.operations().any(|operation| operation.paging.is_some()),
            has_streams => api.operations().any(|operation| operation.stream.is_some()),
            has_webhooks => !api.webhooks.is_empty(),
            has_polling => api.operations().any(|operation| operation.polling.is_some()),
        },
    )
}

/// The environment variables that a credential is taken from.
fn variables(scheme: &SecurityScheme, facts: &CrateFacts) -> Vec<String> {
    let variable = emit::credential_variable(scheme, facts);
    match scheme.credential {
        CredentialKind::Basic => vec![
            format!("`{variable}_USERNAME`"),
            format!("`{variable}_PASSWORD`"),
        ],
        CredentialKind::ApiKey { .. } | CredentialKind::Bearer => vec![format!("`{variable}`")],
    }
}

/// What the quick start needs in the environment: the variables of any one of the ways to prove who one is. Empty: nothing.
fn needed(api: &Api, facts: &CrateFacts) -> String {
    let shown =
        emit::first_shown(api, facts).and_then(|(_, operation)| operation.security.as_ref());
    let mut ways: Vec<String> = Vec::new();
    for requirement in shown.unwrap_or(&api.security) {
        let schemes = requirement
            .iter()
            .map(|name| api.security_schemes.get(name));
        // A way that needs nothing, or what the client cannot do.
        let Some(schemes) = schemes.collect::<Option<Vec<_>>>() else {
            continue;
        };
        let names: Vec<String> = schemes
            .into_iter()
            .flat_map(|scheme| variables(scheme, facts))
            .collect();
        if names.is_empty() {
            return String::new();
        }
        let way = listed(&names);
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways.join(", or ")
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[String]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        names => names.concat(),
    }
}

/// What the README says of retries: the settings, and the runtime's own where they are silent.
fn retries(retries: &Retries) -> minijinja::Value {
    let statuses = |set: &Option<Vec<u16>>, own: &[u16]| set.clone().unwrap_or(own.to_vec());
    context! {
        max => retries.max.unwrap_or(2),
        statuses => statuses(&retries.statuses, &[429, 502, 503, 504]),
        unsafe_statuses => statuses(&retries.unsafe_statuses, &[429, 503]),
    }
}
