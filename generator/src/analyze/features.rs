//! Features: in a large API each group of operations becomes a part that callers can leave out, with the types that it alone needs.
//!
//! Comes in: the model with its groups and the modules of its types, and the settings. Goes out: a feature per group; the types that
//! few groups reach in modules that are compiled with any of these. What a type mentions is reached by every group that reaches the type,
//! so a module that is compiled finds all that it mentions. Must not know: what a feature looks like in Rust.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;

use super::modules::{SHARED, reached};
use crate::model::{Api, Features};
use crate::settings::Settings;

/// Above how many operations there are features, unless the settings say otherwise.
const MANY_OPERATIONS: usize = 100;

/// Types that more groups than this reach are always compiled: a module for each set of groups would be a module for each type.
const FEW_GROUPS: usize = 3;

/// Names of features that a client has anyway, and of the crates that it depends on.
const TAKEN: &[&str] = &[
    "default",
    "full",
    "rustls",
    "native-tls",
    "serde",
    "mock",
    "blocking",
    "tracing",
    "bytes",
    "futures-core",
    "futures-util",
    "http",
    "http-body",
    "itoa",
    "jiter",
    "reqwest",
    "rustls-platform-verifier",
    "serde-json",
    "time",
    "tokio",
    "url",
    "uuid",
    "zmij",
];

/// Sets the features, and moves the types that few groups reach to modules of their own.
pub(super) fn find_features(api: &mut Api, settings: &Settings) {
    let threshold = settings.features.threshold.unwrap_or(MANY_OPERATIONS);
    let per_tag = settings
        .features
        .per_tag
        .unwrap_or_else(|| api.operations().count() > threshold);
    if !per_tag || api.groups.len() < 2 {
        return;
    }
    let names = feature_names(api);
    let mut groups: IndexMap<String, String> = api
        .groups
        .iter()
        .map(|group| group.accessor.clone())
        .zip(names.iter().cloned())
        .collect();
    groups.sort_by(|_, left, _, right| left.cmp(right));

    let mut owners: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); api.types.len()];
    for (group, members) in api.groups.iter().enumerate() {
        for index in reached(api, members) {
            if let Some(owners) = owners.get_mut(index) {
                owners.insert(group);
            }
        }
    }
    let mut modules: IndexMap<String, Vec<String>> = IndexMap::new();
    let accessors: Vec<String> = api
        .groups
        .iter()
        .map(|group| group.accessor.clone())
        .collect();
    // Types of a group that is called as the module of what all share stand among those: always compiled, with all they mention.
    let is_shared = |group: &usize| accessors.get(*group).is_some_and(|name| name == SHARED);
    let taken: HashSet<&str> = accessors.iter().map(String::as_str).collect();
    for (definition, owners) in api.types.iter_mut().zip(owners) {
        if owners.is_empty() || owners.len() > FEW_GROUPS || owners.iter().any(is_shared) {
            continue;
        }
        if owners.len() > 1 {
            let mut parts: Vec<&str> = owners
                .iter()
                .filter_map(|group| accessors.get(*group))
                .map(|accessor| accessor.trim_start_matches("r#"))
                .collect();
            parts.sort_unstable();
            let module = parts.join("_and_");
            if taken.contains(module.as_str()) || module == SHARED {
                continue;
            }
            definition.module = module;
        }
        let mut needed_by: Vec<String> = owners
            .iter()
            .filter_map(|group| names.get(*group).cloned())
            .collect();
        needed_by.sort_unstable();
        modules
            .entry(definition.module.clone())
            .or_insert(needed_by);
    }
    modules.sort_keys();
    api.features = Features { groups, modules };
}

/// A name for the feature of each group, none twice.
fn feature_names(api: &Api) -> Vec<String> {
    let mut used: HashSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
    api.groups
        .iter()
        .map(|group| {
            let plain = group.accessor.trim_start_matches("r#");
            // A feature may begin with `_`, not with `-`.
            let mut name = plain.replace('_', "-");
            if name.starts_with('-') {
                plain.clone_into(&mut name);
            }
            while !used.insert(name.clone()) {
                name.push_str("-api");
            }
            name
        })
        .collect()
}
