//! `lib.rs`: the modules of the crate and what stands at its root.
//!
//! Comes in: the model and the modules written by hand. Goes out: attributes, modules, re-exports. Must not know: what is in the
//! modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use super::used::Used;
use super::{CrateFacts, Emitted, examples};
use crate::model::{Api, Documentation, EnumerationValues, ErrorBody, Shape, Success};

/// From how many types on they may lie in each other deeper than the 128 levels that the compiler follows unless it is told otherwise:
/// rustdoc does, to tell which types are `Send`.
const MANY_TYPES: usize = 500;

/// The file.
pub(crate) fn library(api: &Api, facts: &CrateFacts) -> Emitted {
    let allow_deprecated = is_anything_deprecated(api)
        .then(|| quote!(#![allow(deprecated, reason = "what the API deprecates is still built")]));
    let allow_large = has_data_enumerations(api).then(
        || quote!(#![allow(clippy::large_enum_variant, reason = "variants are what the API says")]),
    );
    let recursion_limit =
        (api.types.len() > MANY_TYPES).then(|| quote!(#![recursion_limit = "1024"]));
    let readme = readme(api, facts);
    let mut items = vec![quote! {
        #readme
        #recursion_limit
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![allow(
            rustdoc::redundant_explicit_links,
            reason = "links say where they lead, whether or not the file imports the name"
        )]
        #allow_deprecated
        #allow_large
    }];
    let webhooks = (!api.webhooks.is_empty()).then(|| {
        quote! {
            #[cfg(feature = "webhooks")]
            #[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
            pub mod webhooks;
        }
    });
    let constraints = (!api.limits.is_empty()).then(|| {
        quote!(
            mod constraints;
        )
    });
    let mut modules: Vec<&str> = facts.modules.iter().map(String::as_str).collect();
    modules.sort_unstable();
    let modules = modules.into_iter().map(ident);
    items.push(quote! {
        pub mod api;
        mod client;
        #constraints
        #[cfg(feature = "mock")]
        pub mod mock;
        #[doc(hidden)]
        pub mod runtime;
        pub mod types;
        #webhooks
        #(pub mod #modules;)*
    });
    items.push(quote! {
        pub use self::client::{Client, ClientBuilder};
    });
    items.push(runtime_items(api));
    let used = Used::of(api);
    let crates = used.crates().map(ident);
    items.push(quote! {
        #[doc(no_inline)]
        pub use bytes;
        #(#[doc(no_inline)] pub use #crates;)*
    });
    Emitted {
        path: "src/lib.rs".to_owned(),
        items,
    }
}

/// The README as the front page. Its example is no test of a build without the operations that it shows.
fn readme(api: &Api, facts: &CrateFacts) -> TokenStream {
    let feature = examples::first_shown(api, facts)
        .and_then(|(group, _)| api.features.groups.get(&group.accessor));
    match feature {
        None => quote!(#![doc = include_str!("../README.md")]),
        Some(feature) => quote! {
            #![cfg_attr(any(not(doctest), feature = #feature), doc = include_str!("../README.md"))]
        },
    }
}

/// What users of the crate name from its runtime.
fn runtime_items(api: &Api) -> TokenStream {
    let used = Used::of(api);
    let mut json = vec!["DecodeError"];
    if used.base64 {
        json.push("Base64");
    }
    if used.three_states {
        json.push("Field");
    }
    if used.unknown_texts {
        json.push("UnknownValue");
    }
    if used.unknown_integers {
        json.push("UnknownInteger");
    }
    json.sort_unstable();
    let json = json.into_iter().map(ident);
    let events = used.events.then_some(["Event", "EventStream"]);
    let items = used.records.then_some("ItemStream");
    let future = used.has_streams().then_some("StreamFuture");
    let request = used.only_streams.then_some("StreamRequest");
    let streams: Vec<_> = events
        .into_iter()
        .flatten()
        .chain(items)
        .chain(future)
        .chain(request)
        .map(ident)
        .collect();
    let streams =
        (!streams.is_empty()).then(|| quote!(pub use self::runtime::stream::{#(#streams),*};));
    let headers = used.response_headers.then(|| {
        quote!(
            pub use self::runtime::response_header::ResponseHeader;
        )
    });
    let mut runtime = vec![
        "Answer",
        "Call",
        "CallFuture",
        "Download",
        "DownloadStream",
        "Error",
        "ErrorBody",
        "Failure",
        "HeaderMap",
        "Method",
        "Progress",
        "Request",
        "Response",
        "Result",
        "RetryPolicy",
        "Secret",
        "SendFuture",
        "StatusCode",
        "Transport",
        "Upload",
        "UploadBody",
    ];
    runtime.extend(names_of_parts(used));
    runtime.sort_unstable();
    let runtime = runtime.into_iter().map(ident);
    quote! {
        pub use self::runtime::json::{#(#json),*};
        #headers
        #streams
        pub use self::runtime::{#(#runtime),*};
    }
}

/// What parts of the runtime give out beside what every client has.
fn names_of_parts(used: Used) -> impl Iterator<Item = &'static str> {
    [
        ("File", used.files),
        ("FileOr", used.file_or),
        ("Items", used.paging),
        ("OneOrMany", used.one_or_many),
        ("Pages", used.paging),
        ("Wait", used.polling),
    ]
    .into_iter()
    .filter_map(|(name, is_used)| is_used.then_some(name))
}

/// Whether the API has a union or an enumeration of outcomes.
fn has_data_enumerations(api: &Api) -> bool {
    api.types
        .iter()
        .any(|definition| matches!(definition.shape, Shape::Union(_)))
        || api.operations().any(|operation| {
            matches!(operation.success, Success::Several { .. })
                || matches!(operation.error, ErrorBody::Several { .. })
        })
}

/// Whether anything that is emitted as deprecated is also used by emitted code.
fn is_anything_deprecated(api: &Api) -> bool {
    let types = api.types.iter().any(|definition| {
        is_deprecated(&definition.documentation)
            || match &definition.shape {
                Shape::Object(shape) => shape
                    .fields
                    .iter()
                    .any(|field| is_deprecated(&field.documentation)),
                Shape::Enumeration(shape) => match &shape.values {
                    EnumerationValues::Strings(variants) => variants
                        .iter()
                        .any(|variant| is_deprecated(&variant.documentation)),
                    EnumerationValues::Integers(variants) => variants
                        .iter()
                        .any(|variant| is_deprecated(&variant.documentation)),
                },
                Shape::Union(shape) => shape
                    .variants
                    .iter()
                    .any(|variant| is_deprecated(&variant.documentation)),
                Shape::Alias(_) => false,
            }
    });
    types
        || api.operations().any(|operation| {
            is_deprecated(&operation.documentation)
                || operation
                    .parameters
                    .iter()
                    .any(|parameter| is_deprecated(&parameter.documentation))
        })
}

fn is_deprecated(documentation: &Documentation) -> bool {
    documentation.deprecated
}
