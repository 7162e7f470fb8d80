//! `README.md` of the generated crate, which is also the front page of its documentation.
//!
//! Comes in: the model and the facts of the package. Goes out: the text, from `templates/README.md.jinja`. Must not know: Rust code beyond
//! the example it shows.

use minijinja::context;

use super::{PackageFacts, PackageFault, Retries, header, manifest};
use crate::emit;
use crate::model::{Api, CredentialKind};

/// The README.
pub(super) fn readme(api: &Api, facts: &PackageFacts) -> Result<String, PackageFault> {
    let crate_facts = facts.crate_facts();
    let variables: Vec<String> = api
        .security_schemes
        .values()
        .flat_map(|scheme| {
            let variable = emit::credential_variable(scheme, &crate_facts);
            match scheme.credential {
                CredentialKind::Basic => {
                    vec![
                        format!("{variable}_USERNAME"),
                        format!("{variable}_PASSWORD"),
                    ]
                }
                CredentialKind::ApiKey { .. } | CredentialKind::Bearer => vec![variable],
            }
        })
        .collect();
    let operations = api.operations().count();
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
            variables => variables,
            base_url_variable => format!("{}_BASE_URL", facts.environment_prefix),
            retries => retries(&facts.retries),
            groups => api.groups.iter().filter_map(|group| {
                let feature = api.features.groups.get(&group.accessor)?;
                let accessor = group.accessor.trim_start_matches("r#");
                Some(context! { feature, accessor, operations => group.operations.len() })
            }).collect::<Vec<_>>(),
            first_feature => api.groups.iter().find_map(|group| api.features.groups.get(&group.accessor)).cloned(),
            has_paging => api.operations().any(|operation| operation.paging.is_some()),
            has_streams => api.operations().any(|operation| operation.stream.is_some()),
            has_webhooks => !api.webhooks.is_empty(),
            has_polling => api.operations().any(|operation| operation.polling.is_some()),
        },
    )
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
