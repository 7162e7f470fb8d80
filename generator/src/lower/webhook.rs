//! Webhooks and callbacks: requests that the API sends, of which a client needs the types of their bodies.
//!
//! Comes in: `webhooks` of the document, and `callbacks` of its operations. Goes out: one function's worth of each. Must not know: how a
//! server takes requests.

use std::collections::HashSet;

use openapiv3::ReferenceOr;

use super::media_type::Family;
use super::naming::{Candidates, keyword_free, tell_apart};
use super::{Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::load::OperationEntry;
use crate::model::{Documentation, Group, Method, Type, Webhook, WebhookCause, WebhookHeader};

/// A request of the API, before it is lowered.
struct Request {
    /// Words that its names are made of.
    words: String,
    cause: WebhookCause,
    entry: OperationEntry,
}

impl Lowering<'_> {
    /// The webhooks of the document; those under the extension only where the settings ask for them.
    fn described_webhooks(&mut self) -> Vec<(String, Pointer)> {
        let mut webhooks = self.document.members(&Pointer::root().push("webhooks"));
        let extension = Pointer::root().push("x-webhooks");
        let others = self.document.members(&extension);
        if self.settings.client.x_webhooks {
            let known: HashSet<String> = webhooks.iter().map(|(name, _)| name.clone()).collect();
            webhooks.extend(others.into_iter().filter(|(name, _)| !known.contains(name)));
        } else if !others.is_empty() {
            self.report(
                Diagnostic::note(
                    Code::WebhooksNotRead,
                    format!("{} webhooks under `x-webhooks` are not read", others.len()),
                )
                .at(&extension)
                .help("to have them, set `x_webhooks = true` under `[client]` in the settings"),
            );
        }
        webhooks
    }

    /// The requests that the API sends.
    pub(super) fn webhooks(&mut self, groups: &[Group]) -> Vec<Webhook> {
        let mut requests = Vec::new();
        for (name, pointer) in self.described_webhooks() {
            let cause = WebhookCause::Webhook(name.clone());
            self.requests_at(&[(pointer, cause)], &name, &mut requests);
        }
        for group in groups {
            let operations = group.operations.iter();
            for operation in operations.filter(|operation| !operation.is_alternative()) {
                let Some(pointer) = Pointer::parse(&operation.pointer) else {
                    continue;
                };
                for (callback, pointer) in self.document.members(&pointer.push("callbacks")) {
                    let target = self.resolve(&pointer);
                    let addresses: Vec<(Pointer, WebhookCause)> = self
                        .document
                        .members(&target)
                        .into_iter()
                        .map(|(address, pointer)| {
                            let cause = WebhookCause::Callback {
                                callback: callback.clone(),
                                group: group.type_name.clone(),
                                method: operation.method_name.clone(),
                                address,
                            };
                            (pointer, cause)
                        })
                        .collect();
                    let words = format!("{} {callback}", operation.words);
                    self.requests_at(&addresses, &words, &mut requests);
                }
            }
        }
        let mut webhooks: Vec<(String, Webhook)> = Vec::with_capacity(requests.len());
        for request in requests {
            let words = request.words.clone();
            if let Some(webhook) = self.webhook(request) {
                webhooks.push((words, webhook));
            }
        }
        let candidates: Vec<Candidates> = webhooks
            .iter()
            .map(|(words, webhook)| Candidates::snake(words).hashing(&webhook.pointer))
            .collect();
        let names = tell_apart(&candidates, &|name| name == "from_slice");
        for ((_, webhook), name) in webhooks.iter_mut().zip(names) {
            webhook.name = keyword_free(name);
        }
        webhooks.into_iter().map(|(_, webhook)| webhook).collect()
    }

    /// Adds the operations of path items that share their words; where there are several, the method tells them apart.
    fn requests_at(
        &mut self,
        items: &[(Pointer, WebhookCause)],
        words: &str,
        requests: &mut Vec<Request>,
    ) {
        let mut found = Vec::new();
        for (pointer, cause) in items {
            let item = self.resolve(pointer);
            for entry in self.document.operations(&item).unwrap_or_default() {
                found.push((cause.clone(), entry));
            }
        }
        let is_only = found.len() == 1;
        requests.extend(found.into_iter().map(|(cause, entry)| Request {
            words: if is_only {
                words.to_owned()
            } else {
                format!("{words} {}", entry.method.to_ascii_lowercase())
            },
            cause,
            entry,
        }));
    }

    fn webhook(&mut self, request: Request) -> Option<Webhook> {
        let Request {
            words,
            cause,
            entry,
        } = request;
        let pointer = entry.pointer;
        let piece = self.kept(self.document.operation(&pointer))?;
        let payload = self.payload(piece.request_body.as_ref(), &words, &pointer)?;
        let mut headers = Vec::new();
        for (index, parameter) in piece.parameters.iter().enumerate() {
            let own = pointer.push("parameters").index(index);
            headers.extend(self.header_of_webhook(&referred(parameter, own)));
        }
        Some(Webhook {
            name: String::new(),
            pointer: pointer.to_string(),
            cause,
            method: Method::of(&entry.method),
            documentation: Documentation {
                summary: documentation::said(piece.summary.as_deref()),
                description: documentation::said(piece.description.as_deref()),
                deprecated: piece.deprecated,
                link: piece.external_docs.as_ref().map(super::keywords::link),
                ..Documentation::default()
            },
            headers,
            payload,
        })
    }

    /// The type of the body, where that is JSON.
    fn payload<T>(
        &mut self,
        body: Option<&ReferenceOr<T>>,
        words: &str,
        pointer: &Pointer,
    ) -> Option<Type> {
        let Some(body) = body else {
            self.leave_out("it has no body", pointer);
            return None;
        };
        let target = self.resolve(&referred(body, pointer.push("requestBody")));
        let piece = self.kept(self.document.request_body(&target))?;
        let contents = target.push("content");
        let Some(chosen) = self.choose(&piece.content, &contents) else {
            self.leave_out("its body has no content", pointer);
            return None;
        };
        if chosen.family != Family::Json {
            let why = format!("its body is {}", quoted(&chosen.media_type));
            self.leave_out(&why, pointer);
            return None;
        }
        let Some(schema) = chosen.schema else {
            return Some(Type::Any);
        };
        if schema.is_within(pointer) {
            self.give_name(&schema, format!("{words} payload"));
        }
        Some(self.type_of(&[schema]))
    }

    fn leave_out(&mut self, why: &str, pointer: &Pointer) {
        let message = format!("a request that the API sends has no function that reads it: {why}");
        self.report(Diagnostic::note(Code::CallbackLeftOut, message).at(pointer));
    }

    fn header_of_webhook(&mut self, listed: &Pointer) -> Option<WebhookHeader> {
        let target = self.resolve(listed);
        let piece = self.kept(self.document.parameter(&target))?;
        let openapiv3::Parameter::Header { parameter_data, .. } = piece else {
            return None;
        };
        let description = documentation::said(parameter_data.description.as_deref());
        Some(WebhookHeader {
            name: parameter_data.name,
            documentation: Documentation {
                description,
                ..Documentation::default()
            },
        })
    }
}

/// Where a piece stands that may be a reference.
fn referred<T>(piece: &ReferenceOr<T>, own: Pointer) -> Pointer {
    match piece {
        ReferenceOr::Reference { reference } => Pointer::from_reference(reference).unwrap_or(own),
        ReferenceOr::Item(_) => own,
    }
}
