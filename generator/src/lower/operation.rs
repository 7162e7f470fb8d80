//! Operations, in groups by tag, or by resource where there are no tags.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{Operation as OperationPiece, PathItem, ReferenceOr, Tag};

use serde_json::Value;

use super::alternatives;
use super::body::{Bodies, Owner};
use super::naming::{
    Candidates, hash, in_ascii, is_plain, keyword_free, method_names, operation_id, snake,
    tell_apart, without_route,
};
use super::parameter::Place;
use super::resources::resources;
use super::response::Answers;
use super::security::is_authorized;
use super::{Lowering, documentation, keywords};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{
    Api, Documentation, ErrorBody, Group, Method, Operation, Success, WEBHOOK_TYPES,
};

/// The accessor of operations without a tag.
const UNTAGGED: &str = "api";

/// Methods that a client has anyway.
const RESERVED: &[&str] = &[
    "new", "builder", "from_env", "clone", "core", "upload", "download",
];

/// An operation of the document with its id settled.
struct Entry {
    id: String,
    /// What the names of its types are made of.
    words: String,
    /// What the name of its method is made of.
    method_words: String,
    method: Method,
    template: String,
    item: Pointer,
    pointer: Pointer,
    tag: Option<String>,
    item_piece: Rc<PathItem>,
    piece: OperationPiece,
}

impl Lowering<'_> {
    /// The groups of operations, by the first tag of each.
    pub(super) fn groups(&mut self, api: &Api) -> Vec<Group> {
        let mut by_tag: IndexMap<Option<String>, Vec<Entry>> = IndexMap::new();
        for entry in self.entries() {
            by_tag.entry(entry.tag.clone()).or_default().push(entry);
        }
        let accessors = self.accessors(by_tag.keys());
        let tags = self.document.tags();
        let mut groups = Vec::with_capacity(by_tag.len());
        for ((tag, entries), accessor) in by_tag.into_iter().zip(accessors) {
            let ids = entries.iter().map(|entry| entry.method_words.as_str());
            let ids: Vec<&str> = ids.collect();
            let tag = tag.unwrap_or_default();
            let chosen: Vec<Option<String>> = entries
                .iter()
                .map(|entry| self.chosen_method(entry))
                .collect();
            let methods = method_names(&tag, &ids, &chosen);
            let mut operations = Vec::with_capacity(entries.len());
            for (entry, method_name) in entries.iter().zip(methods) {
                operations.extend(self.operation(entry, method_name, api));
            }
            alternatives::name_methods(&mut operations);
            groups.push(Group {
                documentation: tags
                    .iter()
                    .find(|piece| piece.name == tag)
                    .map(words_of_tag)
                    .or_else(|| words_of_resource(&tag, &entries))
                    .unwrap_or_default(),
                tag,
                type_name: String::new(),
                accessor: keyword_free(accessor),
                operations,
            });
        }
        name_types(&mut groups);
        self.check_settings(&groups);
        groups
    }

    /// The operations that can be read, each with an id of its own.
    fn entries(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for path in self.document.paths() {
            let operations = self.document.selected(&path).unwrap_or_default();
            if operations.is_empty() && self.document.excluded().next().is_some() {
                continue;
            }
            let item = self.resolve(&path.pointer);
            let Some(item_piece) = self.kept(self.document.path_item(&item)) else {
                continue;
            };
            let item_piece = Rc::new(item_piece);
            for operation in operations {
                let Some(piece) = self.kept(self.document.operation(&operation.pointer)) else {
                    continue;
                };
                let method = Method::of(&operation.method);
                entries.push(Entry {
                    id: given_id(&piece).map_or_else(
                        || operation_id(method.as_str(), &path.template),
                        str::to_owned,
                    ),
                    words: String::new(),
                    method_words: String::new(),
                    method,
                    template: path.template.clone(),
                    item: item.clone(),
                    pointer: operation.pointer,
                    tag: piece
                        .tags
                        .iter()
                        .map(|tag| tag.trim())
                        .find(|tag| !tag.is_empty())
                        .map(str::to_owned),
                    item_piece: Rc::clone(&item_piece),
                    piece,
                });
            }
        }
        tell_ids_apart(&mut entries);
        group_by_resource(&mut entries);
        shorten(&mut entries);
        entries
    }

    /// The name of a method that the settings choose, by id or by method and path.
    fn chosen_method(&self, entry: &Entry) -> Option<String> {
        let names = &self.settings.names.operations;
        let request = format!("{} {}", entry.method.as_str(), entry.template);
        names
            .get(&entry.id)
            .or_else(|| names.get(&request))
            .cloned()
    }

    /// A setting for a tag or an operation that does not exist is reported.
    fn check_settings(&mut self, groups: &[Group]) {
        let has_tag = |name: &str| groups.iter().any(|group| group.tag == name);
        let has_operation = |name: &str| {
            operations(groups).any(|operation| {
                operation.id == name
                    || format!("{} {}", operation.method.as_str(), operation.path) == name
            })
        };
        let excluded = self.excluded_names();
        let names = &self.settings.names;
        let tags = names
            .tags
            .keys()
            .filter(|name| !has_tag(name) && !excluded.contains(*name))
            .map(|name| ("tags", "tag", name));
        let ids = names
            .operations
            .keys()
            .filter(|name| !has_operation(name) && !excluded.contains(*name))
            .map(|name| ("operations", "operation", name));
        for (table, what, name) in tags.chain(ids) {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::SettingWithoutEffect,
                    format!(
                        "`names.{table}` names the {what} {}, which the document does not have",
                        quoted(name)
                    ),
                )
                .help("correct the name, or remove the setting"),
            );
        }
    }

    /// What settings may call the operations that were not selected, and their tags: they are no mistakes.
    pub(super) fn excluded_names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (method, template, pointer) in self.document.excluded() {
            names.insert(format!("{method} {template}"));
            let member = |key: &str| self.document.value(pointer)?.get(key);
            let id = member("operationId").and_then(Value::as_str);
            names.insert(
                id.map_or_else(|| operation_id(method, template), |id| id.trim().to_owned()),
            );
            let tags = member("tags")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            names.extend(
                tags.filter_map(Value::as_str)
                    .map(|tag| tag.trim().to_owned()),
            );
        }
        names
    }

    fn accessors<'t>(&self, tags: impl Iterator<Item = &'t Option<String>>) -> Vec<String> {
        let candidates: Vec<Candidates> = tags
            .map(|tag| match tag {
                None => Candidates::snake(UNTAGGED).yielding_to("untagged"),
                Some(tag) => {
                    let words = in_ascii(tag);
                    let candidates = Candidates::snake(&words).hashing(tag);
                    match self.settings.names.tags.get(tag) {
                        Some(name) => candidates.preferring(snake(&in_ascii(name))),
                        None => candidates.or(format!("{}_api", snake(&words))),
                    }
                }
            })
            .collect();
        tell_apart(&candidates, &|name| {
            RESERVED.contains(&name) || name == WEBHOOK_TYPES
        })
    }

    /// The template without its fragment, which never leaves the client: what follows it, such as the query, would be lost with it.
    fn sent_path(&mut self, template: &str, pointer: &Pointer) -> String {
        let Some((path, fragment)) = template.split_once('#') else {
            return template.to_owned();
        };
        self.report(
            Diagnostic::note(
                Code::PathFragment,
                format!(
                    "the fragment {} of the path is not sent",
                    quoted(&format!("#{fragment}"))
                ),
            )
            .at(pointer),
        );
        path.to_owned()
    }

    /// The operation, with each of the bodies that it can send.
    fn operation(&mut self, entry: &Entry, method_name: String, api: &Api) -> Vec<Operation> {
        let Entry {
            id,
            words,
            method_words: _,
            method,
            template,
            item,
            pointer,
            tag: _,
            item_piece,
            piece,
        } = entry;
        let server =
            self.operation_server((item_piece, item), (piece, pointer), api.servers.first());
        let place = Place {
            template,
            item,
            operation: pointer,
            words,
        };
        let mut parameters = self.parameters(&place, item_piece, piece);
        let bodies = piece.request_body.as_ref().and_then(|body| {
            let own = pointer.push("requestBody");
            let listed = match body {
                ReferenceOr::Reference { reference } => {
                    Pointer::from_reference(reference).unwrap_or(own)
                }
                ReferenceOr::Item(_) => own,
            };
            self.bodies(&listed, Owner { words, pointer })
        });
        let Bodies { first, others } = bodies.unwrap_or_default();
        let Answers {
            success,
            accept,
            stream,
            error,
            headers,
            links,
            sample,
        } = self.responses(&piece.responses, words, method, pointer);
        // What stands in this operation comes before what stands in the next.
        self.drain();
        if stream.as_ref().is_some_and(|stream| !stream.is_only) {
            super::stream::make_way(&mut parameters);
        }
        let security = piece
            .security
            .as_ref()
            .map(|requirements| self.requirements(requirements, &pointer.push("security")));
        if is_authorized(security.as_deref().unwrap_or(&api.security), api) {
            self.leave_authorization_out(&mut parameters, pointer);
        }
        let operation = Operation {
            id: id.clone(),
            words: words.clone(),
            pointer: pointer.to_string(),
            type_name: String::new(),
            method_name,
            alternative_to: None,
            method: method.clone(),
            path: self.sent_path(template, pointer),
            server,
            documentation: words_of_operation(item_piece, piece),
            parameters,
            body: first,
            success,
            accept,
            stream,
            sample,
            error,
            headers,
            links,
            security: security.filter(|security| *security != api.security),
            paging: None,
            polling: None,
        };
        alternatives::with_alternatives(operation, others)
    }
}

/// The id that the author of the document gave.
fn given_id(piece: &OperationPiece) -> Option<&str> {
    let id = piece.operation_id.as_deref().map(str::trim);
    id.filter(|id| !id.is_empty())
}

/// Operations that are given one id get method and path put behind it, all of them. Where ids are equal even so, since the words of paths
/// leave out their signs, a hash of method and path tells them apart: the order of the document must not.
fn tell_ids_apart(entries: &mut [Entry]) {
    let is_given = |entry: &Entry| given_id(&entry.piece).is_some();
    let given = uses(entries.iter().filter(|entry| is_given(entry)));
    for entry in entries.iter_mut() {
        if is_given(entry) && given.get(&entry.id).is_some_and(|&uses| uses > 1) {
            let route = operation_id(entry.method.as_str(), &entry.template);
            entry.id = format!("{}_{route}", entry.id);
        }
    }
    // The only one that an author named keeps the name, else the only one whose path reads as its words do.
    let all = uses(entries.iter());
    let given = uses(entries.iter().filter(|entry| is_given(entry)));
    let plain = uses(entries.iter().filter(|entry| is_plain(&entry.template)));
    let is_only = |uses: &HashMap<String, usize>, id: &str| uses.get(id) == Some(&1);
    for entry in entries {
        let id = entry.id.as_str();
        let keeps = if is_only(&given, id) {
            is_given(entry)
        } else {
            is_only(&plain, id) && is_plain(&entry.template)
        };
        if !is_only(&all, id) && !keeps {
            let request = format!("{} {}", entry.method.as_str(), entry.template);
            let hash = hash(&request);
            entry.id = format!("{id}_{}", hash.get(..8).unwrap_or_default());
        }
    }
}

/// How many operations have each id.
fn uses<'e>(entries: impl Iterator<Item = &'e Entry>) -> HashMap<String, usize> {
    let mut uses = HashMap::new();
    for entry in entries {
        *uses.entry(entry.id.clone()).or_default() += 1;
    }
    uses
}

/// Where no operation has a tag, the resources of their paths stand for tags.
fn group_by_resource(entries: &mut [Entry]) {
    if entries.iter().any(|entry| entry.tag.is_some()) {
        return;
    }
    let templates: Vec<&str> = entries
        .iter()
        .map(|entry| entry.template.as_str())
        .collect();
    let resources = resources(&templates).unwrap_or_default();
    for (entry, resource) in entries.iter_mut().zip(resources) {
        entry.tag = resource;
    }
}

/// Names need not hold the request that some frameworks write into the ids, unless they would then be equal: the types of two operations of
/// the API, or the methods of two of one tag.
fn shorten(entries: &mut [Entry]) {
    // Each with whether it is shorter than the id.
    let words: Vec<(String, bool)> = entries
        .iter()
        .map(|entry| {
            let short = without_route(&entry.id, entry.method.as_str(), &entry.template);
            short.map_or_else(|| (snake(&entry.id), false), |short| (short, true))
        })
        .collect();
    let mut uses: HashMap<(Option<&Option<String>>, &str), usize> = HashMap::new();
    for (entry, (words, _)) in entries.iter().zip(&words) {
        for within in [None, Some(&entry.tag)] {
            *uses.entry((within, words)).or_default() += 1;
        }
    }
    let settled: Vec<(String, String)> = entries
        .iter()
        .zip(&words)
        .map(|(entry, (words, is_short))| {
            let choose = |within| match uses.get(&(within, words.as_str())) {
                Some(1) if *is_short => words.clone(),
                _ => entry.id.clone(),
            };
            (choose(None), choose(Some(&entry.tag)))
        })
        .collect();
    for (entry, (words, method_words)) in entries.iter_mut().zip(settled) {
        entry.words = words;
        entry.method_words = method_words;
    }
}

fn words_of_tag(piece: &Tag) -> Documentation {
    let Tag {
        name: _,
        description,
        external_docs,
        extensions: _,
    } = piece;
    Documentation {
        description: documentation::said(description.as_deref()),
        link: external_docs.as_ref().map(keywords::link),
        ..Documentation::default()
    }
}

/// None where the name of the group is a tag of its operations.
fn words_of_resource(name: &str, entries: &[Entry]) -> Option<Documentation> {
    let is_tag = entries.iter().any(|entry| !entry.piece.tags.is_empty());
    (!is_tag && !name.is_empty()).then(|| Documentation {
        summary: Some(format!("The operations on `{name}`.")),
        ..Documentation::default()
    })
}

/// The words of an operation; those of its path item where it has none.
fn words_of_operation(item: &PathItem, piece: &OperationPiece) -> Documentation {
    // Operations of a path item are read one by one; its servers and parameters have been dealt with.
    let PathItem {
        summary: item_summary,
        description: item_description,
        get: _,
        put: _,
        post: _,
        delete: _,
        options: _,
        head: _,
        patch: _,
        trace: _,
        servers: _,
        parameters: _,
        extensions: _,
    } = item;
    // Tags, id, parameters, body, responses, security, servers and callbacks have been dealt with; only words are left.
    let OperationPiece {
        tags: _,
        summary,
        description,
        external_docs,
        operation_id: _,
        parameters: _,
        request_body: _,
        responses: _,
        callbacks: _,
        deprecated,
        security: _,
        servers: _,
        extensions: _,
    } = piece;
    Documentation {
        summary: documentation::said(summary.as_deref())
            .or_else(|| documentation::said(item_summary.as_deref())),
        description: documentation::said(description.as_deref())
            .or_else(|| documentation::said(item_description.as_deref())),
        deprecated: *deprecated,
        link: external_docs.as_ref().map(keywords::link),
        ..Documentation::default()
    }
}

/// Names the types of groups, then of operations, then of outcomes; the later ones make way for the earlier.
fn name_types(groups: &mut [Group]) {
    let plain = |accessor: &str| accessor.trim_start_matches("r#").to_owned();
    let names: Vec<Candidates> = groups
        .iter()
        .map(|group| Candidates::pascal(&plain(&group.accessor)))
        .collect();
    let group_names = tell_apart(&names, &|_| false);
    for (group, name) in groups.iter_mut().zip(&group_names) {
        group.type_name.clone_from(name);
    }
    let names: Vec<Candidates> = operations(groups)
        .map(|operation| {
            let candidates = Candidates::pascal(&operation.words);
            let other = format!("{}Operation", candidates.first());
            if operation.is_alternative() {
                candidates.yielding_to(&other)
            } else if group_names.iter().any(|name| name == candidates.first()) {
                candidates.or(other)
            } else {
                candidates
            }
        })
        .collect();
    let operation_names = tell_apart(&names, &|name| {
        group_names.iter().any(|taken| taken == name)
    });
    for (operation, name) in operations_mut(groups).zip(&operation_names) {
        operation.type_name.clone_from(name);
    }
    let is_taken = |name: &str| {
        group_names
            .iter()
            .chain(&operation_names)
            .any(|taken| taken == name)
    };
    let mut base = String::new();
    for operation in operations_mut(groups) {
        // What it answers does not depend on what is sent.
        if !operation.is_alternative() {
            base.clone_from(&operation.type_name);
        }
        let outcome = |ending: &str| {
            let name = format!("{base}{ending}");
            if is_taken(&name) {
                format!("{name}Outcome")
            } else {
                name
            }
        };
        if let Success::Several { type_name, .. } = &mut operation.success {
            *type_name = outcome("Response");
        }
        if let ErrorBody::Several { type_name, .. } = &mut operation.error {
            *type_name = outcome("Error");
        }
    }
}

fn operations(groups: &[Group]) -> impl Iterator<Item = &Operation> {
    groups.iter().flat_map(|group| &group.operations)
}

fn operations_mut(groups: &mut [Group]) -> impl Iterator<Item = &mut Operation> {
    groups.iter_mut().flat_map(|group| &mut group.operations)
}
