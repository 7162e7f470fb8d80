//! `README.md` of the generated crate, which is also the front page of its documentation.
//!
//! Comes in: the model and the facts of the package. Goes out: the text, from `templates/README.md.jinja`. Must not know: Rust code beyond
//! the example it shows.

use minijinja::context;

use super::{PackageFacts, PackageFault, header, manifest};
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
            library => facts.library(),
            description => emit::plain_text(&facts.description),
            license => &facts.license,
            operations => operations,
            words => emit::words(&api.documentation),
            quick_start => emit::quick_start(api, &crate_facts),
            variables => variables,
            base_url_variable => format!("{}_BASE_URL", facts.environment_prefix),
            has_paging => api.operations().any(|operation| operation.paging.is_some()),
            has_polling => api.operations().any(|operation| operation.polling.is_some()),
        },
    )
}
