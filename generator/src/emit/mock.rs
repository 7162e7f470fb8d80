//! `mock.rs`: what the document shows as answers, for the transport that needs no network.
//!
//! Comes in: the sample of each operation. Goes out: a table and the function that answers from it. Must not know: the transport.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::documentation::Rustdoc;
use super::{Emitted, features, literal};
use crate::model::{Api, Operation};

/// The file.
pub(crate) fn mock(api: &Api) -> Emitted {
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph(
        "Answers without a network: those that the description of the API shows, and those that a test sets.",
    );
    let docs = rustdoc.inner_attributes();
    let entries = api.groups.iter().flat_map(|group| {
        let condition = features::of_group(api, &group.accessor);
        let entries = group.operations.iter().filter_map(entry);
        entries.map(move |entry| quote!(#condition #entry))
    });
    Emitted {
        path: "src/mock.rs".to_owned(),
        items: vec![
            docs,
            quote!(
                pub use crate::runtime::mock::{Example, Mock, MockRequest};
            ),
            quote! {
                /// A transport that answers each operation with what the description of the API shows: give it to
                /// [`ClientBuilder::transport`](crate::ClientBuilder::transport).
                #[must_use]
                pub fn examples() -> Mock {
                    Mock::new(EXAMPLES)
                }
            },
            quote! {
                /// The answers that the description of the API shows.
                pub static EXAMPLES: &[Example] = &[#(#entries),*];
            },
        ],
    }
}

fn entry(operation: &Operation) -> Option<TokenStream> {
    let sample = operation.sample.as_ref()?;
    if operation.is_alternative() {
        return None;
    }
    let (method, path) = (operation.method.as_str(), &operation.path);
    let status = Literal::u16_unsuffixed(sample.status);
    let media_type = &sample.media_type;
    let body = literal::readable(&sample.body);
    Some(quote! {
        Example {
            method: #method,
            path: #path,
            status: #status,
            media_type: #media_type,
            body: #body,
        }
    })
}
