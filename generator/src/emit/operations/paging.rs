//! Paging: what makes `items()` and `pages()` of a request.
//!
//! Comes in: the paging of an operation. Goes out: the macro call that adds them. Must not know: what a page holds.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::emit::scope::{self, ident};
use crate::model::PagingStyle;

/// The macro call, where the operation has pages.
pub(super) fn item(context: &Context<'_>) -> Option<TokenStream> {
    let paging = context.operation.paging.as_ref()?;
    let name = ident(&context.operation.type_name);
    let page = context.scope.definition(paging.page);
    let pages = context.scope.path(scope::PAGES);
    let PagingStyle::Offset { offset, limit } = &paging.style;
    let style = context.scope.path(scope::OFFSET_PAGING);
    Some(quote! {
        #pages!(#name => #page, #style { offset: #offset, limit: #limit });
    })
}
