//! Analysis: small passes over the model, each of which settles one thing that only the whole API tells.
//!
//! Comes in: the model as it was lowered, and the [`Settings`]. Goes out: the same model with directions, halves of the codec, boxes, modules, features, defaults,
//! paging and polling set, and without definitions that nobody reaches. Must not know: the document, tokens.

mod codec;
mod defaults;
mod features;
mod limits;
mod modules;
mod paging;
mod polling;
mod reachability;
mod read_only;
mod recursion;
mod route;
mod split;

use crate::diagnostics::Diagnostics;
use crate::model::Api;
use crate::settings::Settings;

/// Runs every pass, in the order in which they build on each other.
pub fn analyze(api: &mut Api, settings: &Settings, diagnostics: &mut Diagnostics) {
    reachability::find_directions(api);
    split::split_directions(api);
    codec::find_halves(api);
    limits::drop_empty_tables(api);
    read_only::relax_read_only_fields(api);
    recursion::box_cycles(api);
    modules::assign_modules(api);
    features::find_features(api, settings);
    defaults::find_defaults(api);
    paging::apply_rules(api, settings, diagnostics);
    polling::apply_rules(api, settings, diagnostics);
}
