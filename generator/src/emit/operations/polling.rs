//! Polling: what makes `wait()` of a request.
//!
//! Comes in: the polling of an operation. Goes out: the macro call that adds it. Must not know: how waiting works.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::emit::field_path::steps;
use crate::emit::scope::{self, ident};
use crate::emit::type_tokens::{duration, resolved};
use crate::emit::types::Form;
use crate::model::{ResponseContent, Scalar, Success, Type};

/// The macro call, where the end of a job is told.
pub(super) fn item(context: &Context<'_>) -> Option<TokenStream> {
    let polling = context.operation.polling.as_ref()?;
    let status = status(context, &polling.status)?;
    let scope = context.scope;
    let name = ident(&context.operation.type_name);
    let output = context.output();
    let (wait, rule) = (scope.path(scope::WAIT), scope.path(scope::POLLING));
    let (done, failed, failed_containing) =
        (&polling.done, &polling.failed, &polling.failed_containing);
    let interval = duration(scope, polling.interval);
    let max_interval = duration(scope, polling.max_interval);
    let deadline = duration(scope, polling.deadline);
    Some(quote! {
        #wait!(
            #name => #output,
            #rule {
                done: &[#(#done),*],
                failed: &[#(#failed),*],
                failed_containing: &[#(#failed_containing),*],
                interval: #interval,
                max_interval: #max_interval,
                deadline: #deadline,
            },
            |job| #status
        );
    })
}

/// `Option<&str>` of the status that `job` is in.
fn status(context: &Context<'_>, path: &[String]) -> Option<TokenStream> {
    let Success::One(ResponseContent::Json(job)) = &context.operation.success else {
        return None;
    };
    let Type::Named(start) = resolved(context.api, job.bare()) else {
        return None;
    };
    let path = steps(context.api, *start, path)?;
    let (last, before) = path.split_last()?;
    let mut place = quote!(job);
    for step in before {
        let field = &step.name;
        place = match step.form {
            Form::Plain => quote!(#place.#field),
            Form::Optional | Form::Nullable => quote!(#place.#field.as_ref()?),
            Form::ThreeState => quote!(#place.#field.value()?),
        };
    }
    let field = &last.name;
    let some = context.scope.path(scope::SOME);
    let is_text = matches!(
        resolved(context.api, &last.field.value),
        Type::Scalar(Scalar::String)
    );
    Some(match (last.form, is_text) {
        (Form::Plain, _) => quote!(#some(#place.#field.as_str())),
        (Form::Optional | Form::Nullable, true) => quote!(#place.#field.as_deref()),
        (Form::Optional | Form::Nullable, false) => {
            quote!(#place.#field.as_ref().map(|status| status.as_str()))
        }
        (Form::ThreeState, _) => quote!(#place.#field.value().map(|status| status.as_str())),
    })
}
