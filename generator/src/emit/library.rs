//! `lib.rs`: the modules of the crate and what stands at its root.
//!
//! Comes in: the model and the modules written by hand. Goes out: attributes, modules, re-exports. Must not know: what is in the
//! modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use super::{CrateFacts, Emitted};
use crate::model::{
    Api, BodyContent, Documentation, EnumerationValues, ErrorBody, Framing, Method, ParameterStyle,
    Scalar, Shape, Success, Type,
};

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
    let mut items = vec![quote! {
        #![doc = include_str!("../README.md")]
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
    if used.files {
        runtime.push("File");
    }
    if used.paging {
        runtime.extend(["Items", "Pages"]);
    }
    if used.polling {
        runtime.push("Wait");
    }
    runtime.sort_unstable();
    let runtime = runtime.into_iter().map(ident);
    quote! {
        pub use self::runtime::json::{#(#json),*};
        #headers
        #streams
        pub use self::runtime::{#(#runtime),*};
    }
}

/// What the model uses of the parts that not every API needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) uuid: bool,
    pub(crate) time: bool,
    tuple: bool,
    ip: bool,
    forms: bool,
    multipart: bool,
    styles: bool,
    paging: bool,
    polling: bool,
    constraints: bool,
    extension_methods: bool,
    response_headers: bool,
    events: bool,
    records: bool,
    /// Streams that are an operation's only answer.
    only_streams: bool,
    base64: bool,
    files: bool,
    three_states: bool,
    unknown_texts: bool,
    unknown_integers: bool,
}

impl Used {
    /// What `api` uses.
    pub(crate) fn of(api: &Api) -> Self {
        let mut used = Used {
            constraints: !api.limits.is_empty(),
            ..Used::default()
        };
        for definition in &api.types {
            match &definition.shape {
                Shape::Object(shape) => {
                    for field in &shape.fields {
                        used.note(&field.value);
                        used.three_states |= super::types::Form::of(definition, field)
                            == super::types::Form::ThreeState;
                    }
                    if let crate::model::Additional::Kept { value, .. } = &shape.additional {
                        used.note(value);
                    }
                }
                Shape::Enumeration(shape) => match shape.values {
                    EnumerationValues::Strings(_) => used.unknown_texts = true,
                    EnumerationValues::Integers(_) => used.unknown_integers = true,
                },
                Shape::Union(shape) => {
                    for variant in &shape.variants {
                        used.note(&variant.value);
                    }
                }
                Shape::Alias(target) => used.note(target),
            }
        }
        for webhook in &api.webhooks {
            used.note(&webhook.payload);
        }
        for operation in api.operations() {
            used.extension_methods |= matches!(operation.method, Method::Other(_));
            used.paging |= operation.paging.is_some();
            used.polling |= operation.polling.is_some();
            for parameter in &operation.parameters {
                used.note(&parameter.value);
                used.styles |= matches!(parameter.style, ParameterStyle::Styled { .. });
            }
            if let Some(body) = &operation.body {
                used.note_body(&body.content);
            }
            for header in &operation.headers {
                used.response_headers = true;
                used.note(&header.value);
            }
            let mut contents = Vec::new();
            if let Some(stream) = &operation.stream {
                contents.push(&stream.item);
                used.only_streams |= stream.is_only;
                match stream.framing {
                    Framing::Events => used.events = true,
                    Framing::Records => used.records = true,
                }
            }
            match &operation.success {
                Success::One(content) => contents.push(content),
                Success::Several { responses, .. } => {
                    contents.extend(responses.iter().map(|response| &response.content));
                }
            }
            match &operation.error {
                ErrorBody::None => {}
                ErrorBody::One(content) => contents.push(content),
                ErrorBody::Several { responses, .. } => {
                    contents.extend(responses.iter().map(|response| &response.content));
                }
            }
            for content in contents {
                if let crate::model::ResponseContent::Json(value) = content {
                    used.note(value);
                }
            }
        }
        used
    }

    fn note_body(&mut self, content: &BodyContent) {
        match content {
            BodyContent::Form { .. } => self.forms = true,
            BodyContent::Multipart { .. } => self.multipart = true,
            BodyContent::Json(_) | BodyContent::Text | BodyContent::Bytes => {}
        }
        if let Some(value) = content.value() {
            self.note(value);
        }
    }

    fn note(&mut self, value: &Type) {
        match value {
            Type::Scalar(Scalar::Uuid) => self.uuid = true,
            Type::Scalar(Scalar::DateTime | Scalar::Date) => self.time = true,
            Type::Scalar(Scalar::Base64) => self.base64 = true,
            Type::Scalar(Scalar::Ipv4 | Scalar::Ipv6) => self.ip = true,
            Type::Scalar(Scalar::File) => self.files = true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                self.note(inner);
            }
            Type::Tuple(items) => {
                self.tuple = true;
                items.iter().for_each(|item| self.note(item));
            }
            Type::Scalar(_) | Type::Named(_) | Type::Any => {}
        }
    }

    /// The parts of the runtime that not every API needs and this one does.
    pub(crate) fn parts(self) -> Vec<&'static str> {
        [
            ("constraints", self.constraints),
            ("extension_method", self.extension_methods),
            ("form", self.forms),
            ("ip", self.ip),
            ("multipart", self.multipart || self.files),
            ("paging", self.paging),
            ("polling", self.polling),
            ("response_header", self.response_headers),
            ("stream", self.has_streams()),
            ("style", self.styles),
            ("time", self.time),
            ("tuple", self.tuple),
            ("uuid", self.uuid),
        ]
        .into_iter()
        .filter_map(|(part, is_used)| is_used.then_some(part))
        .collect()
    }

    fn has_streams(self) -> bool {
        self.events || self.records
    }

    /// The crates behind types that not every API has.
    fn optional_crates(self) -> impl Iterator<Item = &'static str> {
        let time = self.time.then_some("time");
        let uuid = self.uuid.then_some("uuid");
        time.into_iter().chain(uuid)
    }

    /// The crates behind types of signatures.
    fn crates(self) -> impl Iterator<Item = &'static str> {
        ["serde_json"].into_iter().chain(self.optional_crates())
    }
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
