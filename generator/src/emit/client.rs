//! `client.rs`: the client, its builder, and the constant facts of the API.
//!
//! Comes in: servers, security schemes and groups. Goes out: the two types, a setter per scheme, an accessor per group. Must not know:
//! operations.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::documentation::{self, Rustdoc};
use super::scope::{self, Place, Scope, ident, plain};
use super::type_tokens::duration;
use super::{CrateFacts, Emitted, Retries, features, names};
use crate::model::{Api, CredentialKind, Group, ParameterPlace, SecurityScheme, Server};

/// The file.
pub(crate) fn client(api: &Api, facts: &CrateFacts) -> Emitted {
    let scope = Scope::new(api, Place::Elsewhere, ["Client", "ClientBuilder", "API"]);
    let mut items = structures(&scope, api);
    items.extend(scheme_constants(&scope, api, facts));
    items.push(facts_of_the_api(&scope, api, facts));
    let client_macro = scope.path(scope::CLIENT_MACRO);
    items.push(quote!(#client_macro!(Client, ClientBuilder, API);));
    items.extend(constructor(&scope, api));
    if !api.groups.is_empty() {
        let accessors = api.groups.iter().map(|group| accessor(&scope, api, group));
        items.push(quote!(impl Client { #(#accessors)* }));
    }
    let setters: Vec<TokenStream> = server_variable(&scope, api)
        .into_iter()
        .chain(
            api.security_schemes
                .values()
                .map(|scheme| setter(&scope, scheme, facts)),
        )
        .collect();
    if !setters.is_empty() {
        items.push(quote!(impl ClientBuilder { #(#setters)* }));
    }
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph("The client and its builder.");
    let mut emitted = vec![rustdoc.inner_attributes()];
    emitted.extend(scope.uses());
    emitted.extend(items);
    Emitted {
        path: "src/client.rs".to_owned(),
        items: emitted,
    }
}

fn structures(scope: &Scope<'_>, api: &Api) -> Vec<TokenStream> {
    let (core, builder) = (scope.path(scope::CORE), scope.path(scope::CORE_BUILDER));
    let title = documentation::plain_text(&api.title);
    let mut client = Rustdoc::default();
    client.paragraph(&format!("A client of {title}."));
    client.paragraph(
        "It is cheap to clone: all clones share one pool of connections. Its methods lead to the operations, group by group.",
    );
    let client = client.attributes();
    let mut settings = Rustdoc::default();
    settings.paragraph("The settings of a [`Client`]; made by [`Client::builder`].");
    if let (None, Some(server)) = (default_server(api), api.servers.first()) {
        let url = server.default_url();
        let mut words = format!(
            "The description of the API names no server with a host, only {}: set a base URL",
            documentation::code(&url)
        );
        if url.starts_with('/') && url.len() > 1 && !url.starts_with("//") {
            let whole = format!("https://HOST{url}");
            words.push_str(&format!(
                " that ends so, such as {}",
                documentation::code(&whole)
            ));
        }
        settings.paragraph(&format!("{words}."));
    }
    if let Some(servers) = servers(&api.servers) {
        settings.paragraph("The servers of the API, the first of which is the default:");
        settings.verbatim(servers);
    }
    let settings = settings.attributes();
    vec![
        quote! {
            #client
            #[derive(Debug, Clone)]
            pub struct Client {
                core: #core,
            }
        },
        quote! {
            #settings
            #[derive(Debug)]
            #[must_use = "a builder does nothing until `build` is called"]
            pub struct ClientBuilder(#builder);
        },
    ]
}

/// A list of the servers, where there is more than one.
fn servers(servers: &[Server]) -> Option<Vec<String>> {
    if servers.len() < 2 {
        return None;
    }
    let lines = servers
        .iter()
        .flat_map(|server| {
            list_item(
                &documentation::code(&server.url),
                server.description.as_ref(),
            )
        })
        .collect();
    Some(lines)
}

/// The name of the constant that describes a scheme.
fn constant(scheme: &SecurityScheme) -> Ident {
    format_ident!("{}", plain(&scheme.name).to_ascii_uppercase())
}

/// The environment variable that holds the credential of a scheme.
pub(crate) fn variable(scheme: &SecurityScheme, facts: &CrateFacts) -> String {
    format!(
        "{}_{}",
        facts.environment_prefix,
        plain(&scheme.name).to_ascii_uppercase()
    )
}

fn scheme_constants(scope: &Scope<'_>, api: &Api, facts: &CrateFacts) -> Vec<TokenStream> {
    api.security_schemes
        .values()
        .map(|scheme| {
            let (structure, kind) = (
                scope.path(scope::SECURITY_SCHEME),
                scope.path(scope::SECURITY_KIND),
            );
            let name = constant(scheme);
            let (document_name, variable) = (&scheme.scheme, variable(scheme, facts));
            let kind = match &scheme.credential {
                CredentialKind::ApiKey { place, wire_name } => match place {
                    ParameterPlace::Query => quote!(#kind::ApiKeyQuery(#wire_name)),
                    ParameterPlace::Cookie => quote!(#kind::ApiKeyCookie(#wire_name)),
                    ParameterPlace::Header | ParameterPlace::Path => {
                        quote!(#kind::ApiKeyHeader(#wire_name))
                    }
                },
                CredentialKind::Bearer => quote!(#kind::Bearer),
                CredentialKind::Basic => quote!(#kind::Basic),
            };
            quote! {
                static #name: #structure = #structure {
                    name: #document_name,
                    variable: #variable,
                    kind: #kind,
                };
            }
        })
        .collect()
}

fn facts_of_the_api(scope: &Scope<'_>, api: &Api, facts: &CrateFacts) -> TokenStream {
    let server = default_server(api);
    let base_url = match server {
        Some(server) => {
            let (some, url) = (scope.path(scope::SOME), server.url.trim());
            quote!(#some(#url))
        }
        None => scope.path(scope::NONE),
    };
    let variables = server.into_iter().flat_map(|server| &server.variables);
    let server_variables = variables.map(|(name, variable)| {
        let default = &variable.default;
        quote!((#name, #default))
    });
    let variable = format!("{}_BASE_URL", facts.environment_prefix);
    let user_agent = match &facts.user_agent {
        Some(user_agent) => quote!(#user_agent),
        None => quote!(concat!(
            env!("CARGO_PKG_NAME"),
            "/",
            env!("CARGO_PKG_VERSION")
        )),
    };
    let schemes = api.security_schemes.values().map(constant);
    let requirements = api
        .security
        .iter()
        .map(|requirement| quote!(&[#(#requirement),*]));
    let api_type = scope.path(scope::API);
    let retry = retry(scope, &facts.retries);
    quote! {
        static API: #api_type = #api_type {
            base_url: #base_url,
            server_variables: &[#(#server_variables),*],
            user_agent: #user_agent,
            base_url_variable: #variable,
            security_schemes: &[#(&#schemes),*],
            security: &[#(#requirements),*],
            retry: #retry,
        };
    }
}

/// The policy, with what the settings change of the runtime's.
fn retry(scope: &Scope<'_>, retries: &Retries) -> TokenStream {
    let policy = scope.path(scope::RETRY_POLICY);
    let mut tokens = quote!(#policy::new());
    if let Some(max) = retries.max {
        let max = Literal::u32_unsuffixed(max);
        tokens.extend(quote!(.retries(#max)));
    }
    let list = |statuses: &[u16]| {
        let statuses = statuses
            .iter()
            .map(|status| Literal::u16_unsuffixed(*status));
        quote!(&[#(#statuses),*])
    };
    if let Some(statuses) = &retries.statuses {
        let statuses = list(statuses);
        tokens.extend(quote!(.statuses(#statuses)));
    }
    if let Some(statuses) = &retries.unsafe_statuses {
        let statuses = list(statuses);
        tokens.extend(quote!(.unsafe_statuses(#statuses)));
    }
    if let Some(delay) = retries.first_delay {
        let delay = duration(scope, delay);
        tokens.extend(quote!(.initial_delay(#delay)));
    }
    if let Some(delay) = retries.max_delay {
        let delay = duration(scope, delay);
        tokens.extend(quote!(.max_delay(#delay)));
    }
    tokens
}

/// The server of the API that a client begins with, if its URL is an absolute one.
fn default_server(api: &Api) -> Option<&Server> {
    api.servers.first().filter(|server| server.is_base_url())
}

/// The setter of the variables in the URL of the server, where it has any.
fn server_variable(scope: &Scope<'_>, api: &Api) -> Option<TokenStream> {
    let server = default_server(api).filter(|server| !server.variables.is_empty())?;
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph(&format!(
        "Sets a variable in the URL of the server, {}. Without effect where a base URL is set.",
        documentation::code(&server.url)
    ));
    rustdoc.paragraph("The variables:");
    let lines = server.variables.iter().flat_map(|(name, variable)| {
        let mut label = format!(
            "{} (default {}",
            documentation::code(name),
            documentation::code(&variable.default)
        );
        if !variable.values.is_empty() {
            let values = variable.values.iter();
            let values: Vec<String> = values.map(|value| documentation::code(value)).collect();
            label.push_str(&format!("; one of {}", values.join(", ")));
        }
        label.push(')');
        list_item(&label, variable.description.as_ref())
    });
    rustdoc.verbatim(lines.collect::<Vec<_>>());
    let docs = rustdoc.attributes();
    let (into, string) = (scope.path(scope::INTO), scope.path(scope::STRING));
    Some(quote! {
        #docs
        pub fn server_variable(self, name: &str, value: impl #into<#string>) -> Self {
            Self(self.0.server_variable(name, value))
        }
    })
}

/// The lines of an item of a list.
fn list_item(label: &str, description: Option<&String>) -> Vec<String> {
    let words = crate::model::Documentation {
        description: description.cloned(),
        ..Default::default()
    };
    let lines = Rustdoc::words(&words, "").as_list_item(label);
    if lines.is_empty() {
        vec![format!("* {label}")]
    } else {
        lines
    }
}

/// `Client::new`, where one secret is all that a client needs.
fn constructor(scope: &Scope<'_>, api: &Api) -> Option<TokenStream> {
    let [scheme] = api
        .security_schemes
        .values()
        .collect::<Vec<_>>()
        .try_into()
        .ok()?;
    let scheme: &SecurityScheme = scheme;
    if scheme.credential == CredentialKind::Basic {
        return None;
    }
    let name = ident(&scheme.name);
    let (into, secret, result) = (
        scope.path(scope::INTO),
        scope.path(scope::SECRET),
        scope.path(scope::CRATE_RESULT),
    );
    Some(quote! {
        impl Client {
            /// A client with this credential and the default settings.
            ///
            /// # Errors
            ///
            /// When the API names no server, or TLS cannot be set up.
            pub fn new(#name: impl #into<#secret>) -> #result<Self> {
                Self::builder().#name(#name).build()
            }
        }
    })
}

fn accessor(scope: &Scope<'_>, api: &Api, group: &Group) -> TokenStream {
    let name = ident(&group.accessor);
    let module = names::module_ident(&group.accessor);
    let type_name = ident(&group.type_name);
    let condition = features::of_group(api, &group.accessor);
    // An import would be one too many where no group is compiled.
    let api = if condition.is_some() {
        quote!(crate::api)
    } else {
        scope.path(scope::CRATE_API)
    };
    let fallback = match group.tag.as_str() {
        "" => "The operations without a tag.".to_owned(),
        tag => format!("The operations tagged {}.", documentation::code(tag)),
    };
    let docs = Rustdoc::words(&group.documentation, &fallback).attributes();
    quote! {
        #docs
        #condition
        #[must_use]
        pub fn #name(&self) -> #api::#module::#type_name {
            #api::#module::#type_name { core: self.core.clone() }
        }
    }
}

fn setter(scope: &Scope<'_>, scheme: &SecurityScheme, facts: &CrateFacts) -> TokenStream {
    let name = ident(&scheme.name);
    let constant = constant(scheme);
    let secret = scope.path(scope::SECRET);
    let variable = variable(scheme, facts);
    let (kind, source) = match &scheme.credential {
        CredentialKind::ApiKey { place, wire_name } => {
            let place = match place {
                ParameterPlace::Query => "query parameter",
                ParameterPlace::Cookie => "cookie",
                ParameterPlace::Header | ParameterPlace::Path => "header",
            };
            (
                format!("Sent as the {place} {}.", documentation::code(wire_name)),
                documentation::code(&variable),
            )
        }
        CredentialKind::Bearer => (
            "Sent as a bearer token.".to_owned(),
            documentation::code(&variable),
        ),
        CredentialKind::Basic => (
            "Sent as user name and password.".to_owned(),
            format!("`{variable}_USERNAME` and `{variable}_PASSWORD`"),
        ),
    };
    let fallback = format!("The credential of {}.", documentation::code(&scheme.scheme));
    let mut rustdoc = Rustdoc::words(&scheme.documentation, &fallback);
    rustdoc.paragraph(&format!(
        "{kind} [`Client::from_env`] takes it from {source}."
    ));
    let docs = rustdoc.attributes();
    if scheme.credential == CredentialKind::Basic {
        let text = scope.path(scope::AS_REF);
        return quote! {
            #docs
            pub fn #name(self, username: impl #text<str>, password: impl #text<str>) -> Self {
                Self(self.0.credential(&#constant, #secret::basic(username, password)))
            }
        };
    }
    let into = scope.path(scope::INTO);
    quote! {
        #docs
        pub fn #name(self, #name: impl #into<#secret>) -> Self {
            Self(self.0.credential(&#constant, #name))
        }
    }
}
