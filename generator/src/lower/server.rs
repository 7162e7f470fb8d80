//! Servers, and the words about the whole API.

use openapiv3::{
    Info, Operation as OperationPiece, PathItem, Server as ServerPiece,
    ServerVariable as VariablePiece,
};

use super::{Lowering, documentation, naming};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Api, Documentation, Server, ServerVariable};

impl Lowering<'_> {
    /// The servers of the document, in order, after the first that a client can begin with. Where it has none, the first that a path or an
    /// operation names is that of the API: a client has to begin somewhere.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let mut servers: Vec<Server> = self.document.servers().into_iter().map(server).collect();
        if servers.is_empty() {
            return self.first_of_paths().into_iter().collect();
        }
        for (index, server) in servers.iter_mut().enumerate() {
            self.without_query(server, index);
        }
        let usable = servers.iter().position(Server::is_base_url);
        if usable != Some(0) {
            self.report_first(&servers, usable);
        }
        if let Some(until) = usable.and_then(|index| servers.get_mut(..=index)) {
            until.rotate_right(1);
        }
        servers
    }

    /// A base URL has neither query nor fragment: paths are put behind it.
    fn without_query(&mut self, server: &mut Server, index: usize) {
        let Some((url, rest)) = server.url.split_once(['?', '#']) else {
            return;
        };
        self.report(
            Diagnostic::note(
                Code::ServerLeftOut,
                format!("the URL of a server has {} behind its path, which no request can keep; it is left out", quoted(rest)),
            )
            .at(&Pointer::root().push("servers").index(index).push("url"))
            .help("declare what every request carries as a parameter"),
        );
        server.url = url.to_owned();
    }

    /// Reports that no client can begin with the first server, and what one begins with instead.
    fn report_first(&mut self, servers: &[Server], usable: Option<usize>) {
        let Some(first) = servers.first() else {
            return;
        };
        let instead = match usable.and_then(|index| servers.get(index)) {
            Some(usable) => format!("the client begins with {}", quoted(&usable.default_url())),
            None => "users of the client set a base URL".to_owned(),
        };
        self.report(
            Diagnostic::note(
                Code::ServerLeftOut,
                format!(
                    "{} is no URL with a scheme of HTTP, a host and values for all of its variables; {instead}",
                    quoted(&first.default_url())
                ),
            )
            .at(&Pointer::root().push("servers").index(0).push("url"))
            .help("name the whole URL of a server, or do so with an overlay"),
        );
    }

    fn first_of_paths(&self) -> Option<Server> {
        let items = self.document.members(&Pointer::root().push("paths"));
        items.into_iter().find_map(|(_, item)| {
            let operations = self.document.members(&item).into_iter();
            let holders = std::iter::once(item.clone()).chain(operations.map(|(_, child)| child));
            holders.into_iter().find_map(|holder| {
                let listed = self.document.value(&holder.push("servers").index(0))?;
                serde_json::from_value(listed.clone()).ok().map(server)
            })
        })
    }

    /// The base URL of an operation, where the document names another for it than for the API. Variables that stand in both, with one
    /// default, stay in it: whoever sets them means this one too.
    pub(super) fn operation_server(
        &mut self,
        (item_piece, item): (&PathItem, &Pointer),
        (piece, operation): (&OperationPiece, &Pointer),
        default: Option<&Server>,
    ) -> Option<String> {
        let (servers, holder) = if piece.servers.is_empty() {
            (&item_piece.servers, item)
        } else {
            (&piece.servers, operation)
        };
        let first = server(servers.first()?.clone());
        let url = first.default_url();
        let pointer = holder.push("servers").index(0);
        if url.contains('{') {
            self.report(
                Diagnostic::warning(
                    Code::ServerLeftOut,
                    format!(
                        "the server {} has a variable without a default; the base URL of the client counts",
                        quoted(&first.url)
                    ),
                )
                .at(&pointer)
                .help("declare the variable under `variables`, with its `default`"),
            );
            return None;
        }
        let url = relative_to(&url, default.map(Server::default_url).as_deref())?;
        let url = match default {
            Some(default) if url.contains("://") => first.url_beside(default),
            _ => url,
        };
        if servers.len() > 1 || !first.variables.is_empty() {
            self.report(
                Diagnostic::note(
                    Code::ServerLeftOut,
                    format!(
                        "of the servers of a path or an operation, the first one counts, with the defaults of the variables that the API's server does \
                         not have alike: {}",
                        quoted(&url)
                    ),
                )
                .at(&pointer)
                .help("set a base URL on the client's builder to send it elsewhere"),
            );
        }
        Some(url)
    }

    /// Title, version and description.
    pub(super) fn describe(&mut self, api: &mut Api) {
        match self.document.info() {
            Ok(info) => {
                // Terms, contact and licence are about the service, not about the client.
                let Info {
                    title,
                    description,
                    terms_of_service: _,
                    contact: _,
                    license: _,
                    version,
                    extensions: _,
                } = info;
                api.short_title = naming::short_title(&title);
                api.title = title;
                api.version = version;
                api.documentation = Documentation {
                    description: documentation::said(description.as_deref()),
                    ..Documentation::default()
                };
            }
            Err(diagnostic) => self.report(diagnostic),
        }
        let link = Pointer::root().push("externalDocs").push("url");
        api.documentation.link = documentation::said(
            self.document
                .value(&link)
                .and_then(serde_json::Value::as_str),
        );
    }
}

/// A server as seen from that of the API: none if it is the same, its path if it is on the same host. Then it stays beside the API where a
/// user sets a base URL.
fn relative_to(url: &str, default: Option<&str>) -> Option<String> {
    let Some((default_origin, default_path)) = default.and_then(origin_and_path) else {
        return Some(url.to_owned());
    };
    let path = match origin_and_path(url) {
        Some((origin, _)) if !origin.eq_ignore_ascii_case(default_origin) => {
            return Some(url.to_owned());
        }
        Some((_, path)) => path,
        None => url,
    };
    if path.trim_end_matches('/') == default_path.trim_end_matches('/') {
        return None;
    }
    Some(if path.is_empty() { "/" } else { path }.to_owned())
}

/// `https://host` and `/path` of an absolute URL.
fn origin_and_path(url: &str) -> Option<(&str, &str)> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.find('/').unwrap_or(rest.len());
    url.split_at_checked(url.len() - rest.len() + authority)
}

fn server(piece: ServerPiece) -> Server {
    let ServerPiece {
        url,
        description,
        variables,
        extensions: _,
    } = piece;
    let variables = variables.unwrap_or_default();
    Server {
        url,
        description: documentation::said(description.as_deref()),
        variables: variables
            .into_iter()
            .map(|(name, variable)| {
                let VariablePiece {
                    default,
                    enumeration,
                    description,
                    extensions: _,
                } = variable;
                let description = documentation::said(description.as_deref());
                (
                    name,
                    ServerVariable {
                        default,
                        values: enumeration,
                        description,
                    },
                )
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_the_host_of_the_api_is_relative_to_it() {
        let api = Some("https://a.example/v1/");
        let relative = |url| relative_to(url, api);
        assert_eq!(relative("https://a.example/v1"), None);
        assert_eq!(relative("/v1"), None);
        assert_eq!(relative("https://A.example/v2"), Some("/v2".to_owned()));
        assert_eq!(relative("https://a.example"), Some("/".to_owned()));
        assert_eq!(relative("/v2"), Some("/v2".to_owned()));
        let elsewhere = "https://b.example/v1";
        assert_eq!(relative(elsewhere), Some(elsewhere.to_owned()));
        assert_eq!(relative_to(elsewhere, None), Some(elsewhere.to_owned()));
        assert_eq!(relative_to("/v1", Some("/v1")), Some("/v1".to_owned()));
    }
}
