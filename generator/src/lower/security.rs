//! Security: the schemes a client can prove itself with, and which of them an operation asks for.

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme as SchemePiece};

use indexmap::IndexMap;

use super::naming::{Candidates, keyword_free, tell_apart};
use super::{Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{
    Api, CredentialKind, Documentation, Parameter, ParameterPlace, Requirement, SecurityScheme,
};

/// Methods that the builder of a client has anyway.
const RESERVED: &[&str] = &[
    "new",
    "build",
    "clone",
    "base_url",
    "server_variable",
    "timeout",
    "user_agent",
    "retry",
    "transport",
    "http_client",
    "header",
];

/// Whether one of the schemes that are asked for is sent in the header `Authorization`.
pub(super) fn is_authorized(security: &[Requirement], api: &Api) -> bool {
    let schemes = security.iter().flatten();
    let mut schemes = schemes.filter_map(|name| api.security_schemes.get(name));
    schemes.any(|scheme| match &scheme.credential {
        CredentialKind::Bearer | CredentialKind::Basic => true,
        CredentialKind::ApiKey { place, wire_name } => {
            *place == ParameterPlace::Header && is_authorization(wire_name)
        }
    })
}

fn is_authorization(header: &str) -> bool {
    header.eq_ignore_ascii_case("authorization")
}

impl Lowering<'_> {
    /// OpenAPI ignores a parameter `Authorization` (3.0.3, section 4.7.12), since security schemes say the same. Where none does, it is
    /// all that an author has said of the credential.
    pub(super) fn leave_authorization_out(
        &mut self,
        parameters: &mut Vec<Parameter>,
        operation: &Pointer,
    ) {
        let before = parameters.len();
        parameters.retain(|parameter| {
            parameter.place != ParameterPlace::Header || !is_authorization(&parameter.wire_name)
        });
        if parameters.len() < before {
            self.report(
                Diagnostic::note(
                    Code::HeaderOfTheClient,
                    "the client sets the header `Authorization` itself, from the credential of the operation",
                )
                .at(operation),
            );
        }
    }

    /// The schemes that the client can serve. The name of a setter is that of its kind, unless there are several of the kind.
    pub(super) fn security_schemes(&mut self) -> IndexMap<String, SecurityScheme> {
        let mut schemes: Vec<(String, CredentialKind, Option<String>)> = Vec::new();
        for (name, pointer) in self.document.security_schemes() {
            if self.document.is_certificate(&pointer) {
                let message = "a certificate proves who the client is; it is part of the connection, so the caller provides it";
                self.report(
                    Diagnostic::note(Code::CertificateOfTheCaller, message)
                        .at(&pointer)
                        .help("give a `reqwest::Client` with that identity to `reqwest_client` of the client's builder"),
                );
                continue;
            }
            match self.document.security_scheme(&pointer) {
                Ok(piece) => schemes.extend(
                    self.credential(&piece, &pointer)
                        .map(|(kind, description)| (name, kind, description)),
                ),
                Err(diagnostic) => self.report(diagnostic),
            }
        }
        let names: Vec<Candidates> = schemes
            .iter()
            .map(|(name, kind, _)| {
                let alike = schemes
                    .iter()
                    .filter(|(_, other, _)| name_of_kind(other) == name_of_kind(kind))
                    .count();
                let candidates = Candidates::snake(name);
                if alike == 1 {
                    candidates.preferring(name_of_kind(kind).to_owned())
                } else {
                    candidates
                }
            })
            .collect();
        let names = tell_apart(&names, &|name| RESERVED.contains(&name));
        schemes
            .into_iter()
            .zip(names)
            .map(|((scheme, credential, description), name)| {
                let documentation = Documentation {
                    description,
                    ..Documentation::default()
                };
                let name = keyword_free(name);
                (
                    scheme.clone(),
                    SecurityScheme {
                        scheme,
                        name,
                        credential,
                        documentation,
                    },
                )
            })
            .collect()
    }

    fn credential(
        &mut self,
        piece: &SchemePiece,
        pointer: &Pointer,
    ) -> Option<(CredentialKind, Option<String>)> {
        let (kind, description) = match piece {
            SchemePiece::APIKey {
                location,
                name,
                description,
                extensions: _,
            } => {
                let place = match location {
                    APIKeyLocation::Query => ParameterPlace::Query,
                    APIKeyLocation::Header => ParameterPlace::Header,
                    APIKeyLocation::Cookie => ParameterPlace::Cookie,
                };
                (
                    CredentialKind::ApiKey {
                        place,
                        wire_name: name.clone(),
                    },
                    description,
                )
            }
            // The format of a bearer token is for people to read.
            SchemePiece::HTTP {
                scheme,
                bearer_format: _,
                description,
                extensions: _,
            } => {
                match scheme.to_ascii_lowercase().as_str() {
                    "bearer" => (CredentialKind::Bearer, description),
                    "basic" => (CredentialKind::Basic, description),
                    other => {
                        self.report(
                        Diagnostic::warning(Code::UnknownScheme, format!("the HTTP scheme {} is not supported", quoted(other)))
                            .at(pointer)
                            .help("set the header yourself: every client and every request takes headers"),
                    );
                        return None;
                    }
                }
            }
            // The caller gets the token by whatever flow; the client only carries it.
            SchemePiece::OAuth2 {
                flows: _,
                description,
                extensions: _,
            }
            | SchemePiece::OpenIDConnect {
                open_id_connect_url: _,
                description,
                extensions: _,
            } => (CredentialKind::Bearer, description),
        };
        Some((kind, documentation::said(description.as_deref())))
    }

    /// What operations ask for unless they say otherwise.
    pub(super) fn default_security(&mut self) -> Vec<Requirement> {
        let requirements = self.document.security();
        self.requirements(&requirements, &Pointer::root().push("security"))
    }

    /// Requirements by name of scheme. A scheme that is not declared is reported and left out.
    pub(super) fn requirements(
        &mut self,
        requirements: &[SecurityRequirement],
        pointer: &Pointer,
    ) -> Vec<Requirement> {
        let declared: Vec<(String, Pointer)> = self.document.security_schemes();
        let mut result = Vec::with_capacity(requirements.len());
        for (index, requirement) in requirements.iter().enumerate() {
            let mut names = Requirement::new();
            // Scopes are a matter of how the token was obtained.
            for name in requirement.keys() {
                if declared.iter().any(|(known, _)| known == name) {
                    names.push(name.clone());
                } else {
                    self.report(
                        Diagnostic::warning(
                            Code::UnknownScheme,
                            format!("the security scheme {} is not declared", quoted(name)),
                        )
                        .at(&pointer.index(index).push(name))
                        .help("declare it under `components/securitySchemes`"),
                    );
                }
            }
            if !names.is_empty() || requirement.is_empty() {
                result.push(names);
            }
        }
        result
    }
}

fn name_of_kind(kind: &CredentialKind) -> &'static str {
    match kind {
        CredentialKind::ApiKey { .. } => "api_key",
        CredentialKind::Bearer => "token",
        CredentialKind::Basic => "basic_auth",
    }
}
