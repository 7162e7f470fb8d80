//! Requests: the name of what an operation's method returns, with a setter for everything optional.
//!
//! Comes in: an operation. Goes out: the name of its requests, their setters, and the statements that the method fills it with. Must not know: how the
//! request is sent.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Context, headers, parameters, streams};
use crate::emit::documentation::{self, Rustdoc};
use crate::emit::scope::{self, Scope, ident, plain};
use crate::emit::type_tokens::{resolved, rust_type};
use crate::model::{
    Api, Body, BodyContent, FieldStyle, Method, Operation, ParameterPlace, PartStyle, Scalar,
    Success, Type,
};

/// The name of the operation's requests, their setters, and what the runtime's macros add.
pub(super) fn items(context: &Context<'_>) -> Vec<TokenStream> {
    let (scope, operation) = (context.scope, context.operation);
    let name = ident(&operation.type_name);
    let mut rustdoc = Rustdoc::default();
    rustdoc.paragraph(&format!(
        "The request of {}: {}.",
        context.method_link(),
        documentation::code(&format!("{} {}", operation.method.as_str(), operation.path)),
    ));
    if let Some(server) = &operation.server {
        rustdoc.paragraph(&sent_to(server));
    }
    let docs = rustdoc.attributes();
    let deprecated = documentation::deprecated(&operation.documentation);
    let request_type = streams::request_type(context).unwrap_or_else(|| {
        let request = scope.path(scope::REQUEST);
        let (output, kind) = (
            context.output(),
            has_own_items(operation).then(|| quote!(, operations::#name)),
        );
        quote!(#request<#output #kind>)
    });
    let mut items = vec![quote! {
        #docs
        #deprecated
        pub type #name = #request_type;
    }];
    items.extend(headers::item(context));
    items.extend(own_items(context));
    items
}

/// What tells the requests of operations apart that can do more than be sent.
pub(super) fn kinds(operations: &[Operation]) -> Option<TokenStream> {
    let names: Vec<Ident> = operations
        .iter()
        .filter(|operation| has_own_items(operation))
        .map(|operation| ident(&operation.type_name))
        .collect();
    (!names.is_empty()).then(|| {
        quote! {
            /// What tells the requests of one operation from those of another.
            mod operations {
                #(pub enum #names {})*
            }
        }
    })
}

/// Whether its requests have anything that those of other operations have not.
fn has_own_items(operation: &Operation) -> bool {
    operation
        .parameters
        .iter()
        .any(|parameter| !parameter.is_argument())
        || operation.body.as_ref().is_some_and(|body| !body.required)
        || operation.paging.is_some()
        || operation.polling.is_some()
        || operation.stream.is_some()
        || !operation.headers.is_empty()
}

/// What the requests of this operation have, and those of others have not.
fn own_items(context: &Context<'_>) -> Vec<TokenStream> {
    let (scope, api, operation) = (context.scope, context.api, context.operation);
    let name = ident(&operation.type_name);
    let mut setters: Vec<TokenStream> = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.is_argument())
        .map(|parameter| parameters::setter(scope, api, parameter))
        .collect();
    if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
        setters.push(body_setter(scope, api, operation, body));
    }
    let mut items = Vec::new();
    if !setters.is_empty() {
        items.push(quote!(impl #name { #(#setters)* }));
    }
    items.extend(streams::item(context));
    items.extend(super::paging::item(context));
    items.extend(super::polling::item(context));
    items
}

/// Where an operation with a server of its own is sent.
fn sent_to(server: &str) -> String {
    let code = documentation::code(server);
    if server.contains("://") {
        format!("Sent to {code}, unless another base URL is set on the client's builder.")
    } else {
        format!("Sent to {code} on the host of the client's base URL.")
    }
}

/// The name of the argument or setter of an operation's body: `body`, unless a parameter is called so.
pub(crate) fn body_name(operation: &Operation) -> Ident {
    free_name(operation, "body", "request_body")
}

fn free_name(operation: &Operation, wanted: &str, otherwise: &str) -> Ident {
    let is_taken = |name: &str| {
        operation
            .parameters
            .iter()
            .any(|parameter| plain(&parameter.name) == name)
    };
    let mut name = wanted.to_owned();
    if is_taken(&name) {
        name = otherwise.to_owned();
    }
    while is_taken(&name) {
        name.push('_');
    }
    format_ident!("{}", name)
}

/// The body of the method: makes the call and writes into it what the caller passed.
pub(super) fn construction(context: &Context<'_>) -> TokenStream {
    let (scope, api, operation) = (context.scope, context.api, context.operation);
    let call_type = scope.path(scope::CALL);
    let method = match &operation.method {
        Method::Other(name) => {
            let extension = scope.path(scope::EXTENSION_METHOD);
            quote!(#extension(#name))
        }
        known => {
            let (methods, known) = (scope.path(scope::METHOD), ident(known.as_str()));
            quote!(#methods::#known)
        }
    };
    let path = &operation.path;
    let arguments = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterPlace::Path)
        .map(|parameter| {
            let value = parameters::as_parameter(scope, api, parameter, &ident(&parameter.name));
            let wire = &parameter.wire_name;
            quote!((#wire, #value))
        });
    let read = reader(context);
    let new = quote! {
        #call_type::new(&self.core, #method, #path, &[#(#arguments),*], #read)
    };
    let call = free_name(operation, "call", "request");
    let call_tokens = quote!(#call);
    let mut statements: Vec<TokenStream> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(|parameter| parameters::write(scope, api, parameter, &call_tokens))
        .filter(|statements| !statements.is_empty())
        .collect();
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        statements.push(write_body(scope, api, operation, body, &call_tokens));
    }
    if let Some(server) = &operation.server {
        statements.push(quote!(#call.server(#server);));
    }
    if let Some(requirements) = &operation.security {
        let requirements = requirements
            .iter()
            .map(|requirement| quote!(&[#(#requirement),*]));
        statements.push(quote!(#call.security(&[#(#requirements),*]);));
    }
    if let Some(accept) = &operation.accept {
        statements.push(quote!(#call.accept(#accept);));
    }
    let request = |call: &TokenStream| {
        streams::new_request(context, call).unwrap_or_else(|| {
            let request = scope.path(scope::REQUEST);
            quote!(#request::new(#call))
        })
    };
    if statements.is_empty() {
        return request(&new);
    }
    let request = request(&call_tokens);
    quote! {
        let mut #call = #new;
        #(#statements)*
        #request
    }
}

fn reader(context: &Context<'_>) -> TokenStream {
    match &context.operation.success {
        Success::One(content) => {
            let read = context.scope.path(scope::READ);
            let function = super::reader_name(content);
            quote!(#read::#function)
        }
        Success::Several { type_name, .. } => {
            let name = ident(type_name);
            quote!(#name::read)
        }
    }
}

/// The type of the argument for a body.
pub(super) fn body_type(scope: &Scope<'_>, api: &Api, body: &Body) -> TokenStream {
    match &body.content {
        BodyContent::Json(value)
        | BodyContent::Form { value, .. }
        | BodyContent::Multipart { value, .. } => match resolved(api, value.bare()) {
            Type::Scalar(Scalar::String) => quote!(&str),
            Type::Scalar(Scalar::Base64)
            | Type::Any
            | Type::Map(_)
            | Type::Tuple(_)
            | Type::Named(_) => {
                let value = rust_type(scope, value.bare());
                quote!(&#value)
            }
            Type::Array(item) => {
                let item = rust_type(scope, item);
                quote!(&[#item])
            }
            other => rust_type(scope, other),
        },
        BodyContent::Text => {
            let (into, string) = (scope.path(scope::INTO), scope.path(scope::STRING));
            quote!(impl #into<#string>)
        }
        BodyContent::Bytes => {
            let (into, body) = (scope.path(scope::INTO), scope.path(scope::UPLOAD_BODY));
            quote!(impl #into<#body>)
        }
    }
}

/// The argument of a body as a reference to what encodes.
fn encodable(api: &Api, value: &Type, name: &Ident) -> TokenStream {
    match resolved(api, value.bare()) {
        Type::Scalar(Scalar::Base64)
        | Type::Any
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Named(_) => quote!(#name),
        // Texts, slices and copies: a reference to what the caller passed is what encodes.
        _ => quote!(&#name),
    }
}

fn write_body(
    scope: &Scope<'_>,
    api: &Api,
    operation: &Operation,
    body: &Body,
    call: &TokenStream,
) -> TokenStream {
    let name = body_name(operation);
    let media_type = &body.media_type;
    let check = match (body.limits, body.content.value()) {
        (Some(index), Some(value)) => {
            let value = encodable(api, value, &name);
            parameters::check(scope, api, call, "body", index, &value)
        }
        _ => TokenStream::new(),
    };
    let write = match &body.content {
        BodyContent::Json(value) => {
            let value = encodable(api, value, &name);
            if media_type.eq_ignore_ascii_case("application/json") {
                quote!(#call.json(#value);)
            } else {
                let (bytes, to_vec) = (scope.path(scope::BYTES), scope.path(scope::TO_VEC));
                quote!(#call.body(#media_type, #bytes::from(#to_vec(#value)));)
            }
        }
        BodyContent::Form { value, styles } => {
            let value = encodable(api, value, &name);
            let styles = styles.iter().map(|(key, style)| {
                let form_style = scope.path(scope::FORM_STYLE);
                let style = match style {
                    FieldStyle::Exploded => quote!(Exploded),
                    FieldStyle::Joined(separator) => quote!(Joined(#separator)),
                    FieldStyle::Deep => quote!(Deep),
                    FieldStyle::Json => quote!(Json),
                };
                quote!((#key, #form_style::#style))
            });
            quote!(#call.form(#value, &[#(#styles),*]);)
        }
        BodyContent::Multipart { value, styles } => {
            let value = encodable(api, value, &name);
            let styles = styles.iter().map(|(key, style)| {
                let part_style = scope.path(scope::PART_STYLE);
                let style = match style {
                    PartStyle::MediaType(media_type) => quote!(MediaType(#media_type)),
                    PartStyle::Joined(separator) => quote!(Joined(#separator)),
                };
                quote!((#key, #part_style::#style))
            });
            quote!(#call.multipart(#value, &[#(#styles),*]);)
        }
        BodyContent::Text => {
            let (bytes, into, string) = (
                scope.path(scope::BYTES),
                scope.path(scope::INTO),
                scope.path(scope::STRING),
            );
            quote!(#call.body(#media_type, #bytes::from(#into::<#string>::into(#name)));)
        }
        BodyContent::Bytes => quote!(#call.upload(#media_type, &#name.into());),
    };
    quote!(#check #write)
}

fn body_setter(scope: &Scope<'_>, api: &Api, operation: &Operation, body: &Body) -> TokenStream {
    let name = body_name(operation);
    let argument = body_type(scope, api, body);
    let write = write_body(scope, api, operation, body, &quote!(self.0));
    let docs = Rustdoc::new(&body.documentation, "Sets the body.").attributes();
    quote! {
        #docs
        pub fn #name(mut self, #name: #argument) -> Self {
            #write
            self
        }
    }
}
