//! Features: in a large API each group of operations becomes a part that callers can leave out, with the types that it alone needs.
//!
//! Comes in: the model with its groups and the modules of its types, and the settings. Goes out: a feature per group; the types that
//! few groups reach in modules that are compiled with any of these. Webhooks are a feature in every API, and count as a group here. What a type mentions is reached by every group that reaches the type,
//! so a module that is compiled finds all that it mentions. Must not know: what a feature looks like in Rust.

use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;

use super::modules::{SHARED, reached, reached_by_webhooks};
use crate::model::{Api, Features, WEBHOOK_TYPES};
use crate::settings::Settings;

/// Above how many operations there are features, unless the settings say otherwise.
const MANY_OPERATIONS: usize = 100;

/// Types that more groups than this reach are always compiled: a module for each set of groups would be a module for each type.
const FEW_GROUPS: usize = 3;

/// The feature of webhooks and callbacks.
const WEBHOOKS: &str = "webhooks";

/// Names of features that a client has anyway, and of the crates that it depends on.
const TAKEN: &[&str] = &[
    "default",
    "full",
    "rustls",
    "native-tls",
    "serde",
    "mock",
    WEBHOOKS,
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
        .unwrap_or_else(|| api.operation_count() > threshold);
    if per_tag && api.groups.len() > 1 {
        api.features = features_per_group(api);
    } else if !api.webhooks.is_empty() {
        let only = (WEBHOOK_TYPES.to_owned(), vec![WEBHOOKS.to_owned()]);
        api.features.modules.extend([only]);
    }
}

/// Something that types are compiled for.
struct Part {
    /// What its types' modules are called after.
    module: String,
    /// Its feature.
    feature: String,
    /// The types that it reaches.
    reached: BTreeSet<usize>,
}

fn features_per_group(api: &mut Api) -> Features {
    let mut parts: Vec<Part> = api
        .groups
        .iter()
        .zip(feature_names(api))
        .map(|(group, feature)| Part {
            module: group.accessor.clone(),
            feature,
            reached: reached(api, group),
        })
        .collect();
    let mut groups: IndexMap<String, String> = parts
        .iter()
        .map(|part| (part.module.clone(), part.feature.clone()))
        .collect();
    groups.sort_by(|_, left, _, right| left.cmp(right));
    if !api.webhooks.is_empty() {
        parts.push(Part {
            module: WEBHOOK_TYPES.to_owned(),
            feature: WEBHOOKS.to_owned(),
            reached: reached_by_webhooks(api),
        });
    }
    let modules = modules_of_types(api, &parts);
    Features { groups, modules }
}

/// Moves the types that few parts reach to modules of their own; the features that compile each module.
fn modules_of_types(api: &mut Api, parts: &[Part]) -> IndexMap<String, Vec<String>> {
    let mut owners: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    for (number, part) in parts.iter().enumerate() {
        for index in &part.reached {
            if let Some(owners) = owners.get_mut(*index) {
                owners.push(number);
            }
        }
    }
    let mut taken: HashSet<String> = parts.iter().map(|part| part.module.clone()).collect();
    taken.insert(SHARED.to_owned());
    // Types of a part that is called as the module of what all share stand among those: always compiled, with all they mention.
    let is_shared = |part: &usize| parts.get(*part).is_some_and(|part| part.module == SHARED);
    let mut names: HashMap<Vec<usize>, String> = HashMap::new();
    let mut modules: IndexMap<String, Vec<String>> = IndexMap::new();
    for (definition, owners) in api.types.iter_mut().zip(owners) {
        if owners.is_empty() || owners.len() > FEW_GROUPS || owners.iter().any(is_shared) {
            continue;
        }
        let needed_by = || owners.iter().filter_map(|owner| parts.get(*owner));
        let module = names
            .entry(owners.clone())
            .or_insert_with(|| module_name(needed_by(), &mut taken));
        definition.module.clone_from(module);
        if !modules.contains_key(module) {
            let mut features: Vec<String> = needed_by().map(|part| part.feature.clone()).collect();
            features.sort_unstable();
            modules.insert(module.clone(), features);
        }
    }
    modules.sort_keys();
    modules
}

/// The module of the types of these parts: that of the only one, or a new one that is called after all.
fn module_name<'p>(parts: impl Iterator<Item = &'p Part>, taken: &mut HashSet<String>) -> String {
    let mut names: Vec<&str> = parts.map(|part| part.module.as_str()).collect();
    if let [only] = names.as_slice() {
        return (*only).to_owned();
    }
    names.sort_unstable_by_key(|name| name.trim_start_matches("r#"));
    let plain: Vec<&str> = names
        .iter()
        .map(|name| name.trim_start_matches("r#"))
        .collect();
    let mut name = plain.join("_and_");
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
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
