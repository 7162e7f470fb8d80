//! Servers, and the words about the whole API.

use openapiv3::{Info, Server as ServerPiece, ServerVariable as VariablePiece};

use super::{Lowering, documentation};
use crate::diagnostics::Pointer;
use crate::model::{Api, Documentation, Server, ServerVariable};

impl Lowering<'_> {
    /// The servers of the document, in order.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        self.document.servers().into_iter().map(server).collect()
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
