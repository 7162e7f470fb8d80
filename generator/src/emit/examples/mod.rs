//! Examples: a call of each operation that compiles, for rustdoc and the README.
//!
//! Comes in: an operation. Goes out: lines of Rust, with arguments from the document's examples or made from their types. Must not
//! know: where the lines are shown.

mod outside;
mod value;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use self::value::Values;
use super::CrateFacts;
use super::layout::hugged;
use super::operations::{Passing, body_name};
use super::scope::ident;
use super::type_tokens::resolved;
use crate::model::{
    Api, Body, BodyContent, Group, Method, Operation, Parameter, ResponseContent, Scalar, Success,
    Type,
};
pub use outside::{CallArgument, ClientCall, client_call, is_readable, type_path};

/// More setters than this would hide the call.
const MOST_SETTERS: usize = 2;

/// The lines of an operation's doctest, fences included.
pub(crate) fn operation(
    api: &Api,
    facts: &CrateFacts,
    group: &Group,
    operation: &Operation,
) -> Option<Vec<String>> {
    let function = Example::new(api, facts, group, operation).function()?;
    let mut lines = vec!["```no_run".to_owned()];
    if let Some(import) = import(&facts.library, &[], &function) {
        lines.push(import);
        lines.push(String::new());
    }
    let body = function.get(1..function.len().checked_sub(2)?)?;
    lines.push(format!("# {}", function.first()?));
    lines.extend(body.iter().map(|line| dedented(line)));
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    lines.push("```".to_owned());
    Some(lines)
}

/// The import of what `lines` name of the crate, beside `named`.
fn import(library: &str, named: &[&str], lines: &[String]) -> Option<String> {
    let says = |path: &str| lines.iter().any(|line| line.contains(path));
    let mut names = named.to_vec();
    names.extend(says("File::").then_some("File"));
    names.extend(says("types::").then_some("types"));
    match names.as_slice() {
        [] => None,
        [name] => Some(format!("use {library}::{name};")),
        names => Some(format!("use {library}::{{{}}};", names.join(", "))),
    }
}

fn dedented(line: &str) -> String {
    line.strip_prefix("    ").unwrap_or(line).to_owned()
}

/// The operation of the quick start, with its group: the first that reads something and needs little.
pub(crate) fn first_shown<'a>(
    api: &'a Api,
    facts: &CrateFacts,
) -> Option<(&'a Group, &'a Operation)> {
    api.groups
        .iter()
        .flat_map(|group| {
            group
                .operations
                .iter()
                .map(move |operation| (group, operation))
        })
        .filter(|(_, operation)| !operation.documentation.deprecated)
        .min_by_key(|(_, operation)| effort(operation))
        .filter(|(group, operation)| {
            // An argument that no value can be made for leaves the example open.
            Example::new(api, facts, group, operation)
                .unknown
                .is_empty()
        })
}

/// A program that shows the client at work: [`first_shown`], and what it gives.
pub(crate) fn quick_start(api: &Api, facts: &CrateFacts) -> Vec<String> {
    let library = &facts.library;
    let example = first_shown(api, facts)
        .map(|(group, operation)| Example::new(api, facts, group, operation));
    let statements = example.as_ref().and_then(Example::function);
    let mut lines = vec!["```rust,no_run".to_owned()];
    let mut body = statements
        .as_ref()
        .and_then(|lines| lines.get(1..lines.len().checked_sub(2)?))
        .unwrap_or_default()
        .to_vec();
    body.extend(example.as_ref().and_then(Example::shown_result));
    lines.extend(import(library, &["Client"], &body));
    lines.push(String::new());
    lines.push("#[tokio::main]".to_owned());
    lines.push(format!("async fn main() -> {library}::Result<()> {{"));
    lines.push("    let client = Client::from_env()?;".to_owned());
    lines.extend(body);
    lines.push("    Ok(())".to_owned());
    lines.push("}".to_owned());
    lines.push("```".to_owned());
    lines
}

/// How much an operation asks of a reader: lists first, then reads, with few arguments.
fn effort(operation: &Operation) -> (u8, usize) {
    let kind = match (&operation.method, &operation.paging, &operation.success) {
        (_, Some(_), _) => 0,
        // What the document says nothing about shows nothing.
        (Method::Get, None, Success::One(ResponseContent::Json(Type::Any))) => 2,
        (Method::Get, None, Success::One(ResponseContent::Json(_))) => 1,
        (Method::Get, ..) => 3,
        _ => 4,
    };
    let arguments = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .count();
    (kind, arguments + usize::from(operation.body.is_some()))
}

/// One call being written down.
struct Example<'a> {
    api: &'a Api,
    library: Ident,
    group: &'a Group,
    operation: &'a Operation,
    /// Values before the call.
    bindings: Vec<TokenStream>,
    arguments: Vec<TokenStream>,
    setters: Vec<TokenStream>,
    /// Arguments that could not be made: parameters of the example itself.
    unknown: Vec<TokenStream>,
}

impl<'a> Example<'a> {
    fn new(api: &'a Api, facts: &CrateFacts, group: &'a Group, operation: &'a Operation) -> Self {
        let mut example = Example {
            api,
            library: ident(&facts.library),
            group,
            operation,
            bindings: Vec::new(),
            arguments: Vec::new(),
            setters: Vec::new(),
            unknown: Vec::new(),
        };
        for parameter in &operation.parameters {
            if parameter.is_argument() {
                example.argument(parameter);
            } else if parameter.documentation.example.is_some()
                && !parameter.documentation.deprecated
                && example.setters.len() < MOST_SETTERS
                && let Some(value) = example.parameter_value(parameter)
            {
                let name = ident(&parameter.name);
                example.setters.push(quote!(.#name(#value)));
            }
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            example.body(body);
        }
        example
    }

    fn values(&self) -> Values<'a> {
        Values { api: self.api }
    }

    fn argument(&mut self, parameter: &Parameter) {
        let name = ident(&parameter.name);
        match self.parameter_value(parameter) {
            Some(value) => {
                if matches!(
                    resolved(self.api, parameter.value.bare()),
                    Type::Scalar(Scalar::Uuid)
                ) {
                    self.bindings.push(quote!(let #name = #value;));
                    self.arguments.push(quote!(#name));
                } else {
                    self.arguments.push(value);
                }
            }
            None => self.leave_open(
                &name,
                &parameter.value,
                is_by_reference(self.api, parameter),
            ),
        }
    }

    /// Makes an argument of the call a parameter of the example.
    fn leave_open(&mut self, name: &Ident, value: &Type, is_by_reference: bool) {
        let library = &self.library;
        let tokens = self.values().type_in_example(value, library);
        self.unknown.push(quote!(#name: #tokens));
        self.arguments.push(if is_by_reference {
            quote!(&#name)
        } else {
            quote!(#name)
        });
    }

    /// What is passed for a parameter.
    fn parameter_value(&self, parameter: &Parameter) -> Option<TokenStream> {
        let sample = sample(parameter.documentation.example.as_deref());
        let value = resolved(self.api, parameter.value.bare());
        let values = self.values();
        match Passing::of(self.api, parameter) {
            Passing::Value => values.exact(value, sample.as_ref(), 0),
            Passing::Text => Some(values.text(sample.as_ref(), &parameter.wire_name)),
            Passing::Reference | Passing::Json => {
                let value = values.exact(value, sample.as_ref(), 0)?;
                Some(quote!(&#value))
            }
            Passing::Items => {
                let item = self.item(value, sample.as_ref())?;
                Some(quote!([#item]))
            }
            Passing::OneOrMany => {
                let Type::Array(item) = value else {
                    return None;
                };
                match resolved(self.api, item) {
                    Type::Scalar(Scalar::String) => {
                        let text = values.text(sample.as_ref().map(first_of), &parameter.wire_name);
                        Some(quote!(#text))
                    }
                    _ => self.item(value, sample.as_ref()),
                }
            }
            Passing::Slice | Passing::JsonSlice => {
                let item = self.item(value, sample.as_ref())?;
                Some(quote!(&[#item]))
            }
            Passing::Texts | Passing::TextSlice => {
                let first = sample.as_ref().map(first_of);
                let text = values.text(first, &parameter.wire_name);
                let is_slice = Passing::of(self.api, parameter) == Passing::TextSlice;
                Some(if is_slice {
                    quote!(&[#text])
                } else {
                    quote!([#text])
                })
            }
        }
    }

    fn item(&self, array: &Type, sample: Option<&Value>) -> Option<TokenStream> {
        let Type::Array(item) = array else {
            return None;
        };
        self.values().exact(item, sample.map(first_of), 0)
    }

    fn body(&mut self, body: &Body) {
        let name = body_name(self.operation);
        let values = self.values();
        let sample = sample(body.documentation.example.as_deref());
        let content = match &body.content {
            BodyContent::Json(content)
            | BodyContent::Form { value: content, .. }
            | BodyContent::Multipart { value: content, .. } => content,
            BodyContent::Text => {
                self.arguments.push(quote!("text"));
                return;
            }
            BodyContent::Bytes => {
                self.arguments.push(quote!(b"bytes".as_slice()));
                return;
            }
        };
        let content = content.bare();
        match resolved(self.api, content) {
            Type::Scalar(Scalar::String) => {
                self.arguments.push(values.text(sample.as_ref(), "text"));
            }
            Type::Array(item) => match values.exact(item, sample.as_ref().map(first_of), 0) {
                Some(item) => {
                    self.bindings.push(quote!(let #name = [#item];));
                    self.arguments.push(quote!(&#name));
                }
                None => self.leave_open(&name, content, true),
            },
            Type::Scalar(scalar) if *scalar != Scalar::Base64 => {
                match values.exact(content, sample.as_ref(), 0) {
                    Some(value) => self.arguments.push(value),
                    None => self.leave_open(&name, content, false),
                }
            }
            _ => match values.exact(content, sample.as_ref(), 0) {
                Some(value) => {
                    self.bindings.push(quote!(let #name = #value;));
                    self.arguments.push(quote!(&#name));
                }
                None => self.leave_open(&name, content, true),
            },
        }
    }

    /// The lines of a function around the call: its head, its statements, `Ok(())` and the closing brace.
    fn function(&self) -> Option<Vec<String>> {
        let (library, unknown) = (&self.library, &self.unknown);
        let (bindings, arguments, setters) = (&self.bindings, &self.arguments, &self.setters);
        let accessor = ident(&self.group.accessor);
        let method = ident(&self.operation.method_name);
        let call = quote!(client.#accessor().#method(#(#arguments),*)#(#setters)*);
        let statement = if self.operation.paging.is_some() {
            quote! {
                let mut items = #call.items();
                while let Some(item) = items.try_next().await? {
                    println!("{item:?}");
                }
            }
        } else if self
            .operation
            .stream
            .as_ref()
            .is_some_and(|stream| stream.is_only)
        {
            quote! {
                let mut stream = #call.await?;
                while let Some(item) = stream.try_next().await? {
                    println!("{item:?}");
                }
            }
        } else if self.operation.polling.is_some() {
            quote!(let done = #call.wait().await?;)
        } else {
            match &self.operation.success {
                Success::One(ResponseContent::Empty) => quote!(#call.await?;),
                Success::One(ResponseContent::Text | ResponseContent::Bytes) => {
                    quote!(let body = #call.await?;)
                }
                _ => {
                    let result = self.result_name();
                    quote!(let #result = #call.await?;)
                }
            }
        };
        let file = syn::parse2(quote! {
            async fn example(client: #library::Client #(, #unknown)*) -> #library::Result<()> {
                #(#bindings)*
                #statement
                Ok(())
            }
        });
        let printed = hugged(prettyplease::unparse(&file.ok()?));
        let mut lines = vec![String::new()];
        let mut is_head = true;
        for line in printed.lines() {
            // The head stands on one line, so that one mark hides it.
            if is_head {
                if let Some(head) = lines.first_mut() {
                    if line.starts_with(')') && head.ends_with(',') {
                        head.pop();
                    }
                    let is_tight = head.is_empty() || head.ends_with('(') || line.starts_with(')');
                    let separator = if is_tight { "" } else { " " };
                    head.push_str(separator);
                    head.push_str(line.trim());
                }
                is_head = !line.ends_with('{');
            } else {
                lines.push(line.to_owned());
            }
        }
        Some(lines)
    }

    /// The line that shows what the call gave, where a reader would miss it.
    fn shown_result(&self) -> Option<String> {
        let operation = self.operation;
        let streams = operation
            .stream
            .as_ref()
            .is_some_and(|stream| stream.is_only);
        if operation.paging.is_some() || operation.polling.is_some() || streams {
            return None;
        }
        Some(match &operation.success {
            Success::One(ResponseContent::Empty) => return None,
            Success::One(ResponseContent::Text) => "    println!(\"{body}\");".to_owned(),
            Success::One(ResponseContent::Bytes) => {
                "    println!(\"{} bytes\", body.len());".to_owned()
            }
            _ => match self.result_name().to_string() {
                // A raw identifier cannot stand in the text.
                name if name.starts_with("r#") => format!("    println!(\"{{:#?}}\", {name});"),
                name => format!("    println!(\"{{{name}:#?}}\");"),
            },
        })
    }

    /// What to call the value that a call gives: after its type.
    fn result_name(&self) -> Ident {
        let Success::One(ResponseContent::Json(Type::Named(id))) = &self.operation.success else {
            return format_ident!("response");
        };
        let name = heck::ToSnakeCase::to_snake_case(self.api.definition(*id).name.as_str());
        match syn::parse_str::<Ident>(&name) {
            Ok(name) if name != "client" => name,
            _ => format_ident!("response"),
        }
    }
}

fn is_by_reference(api: &Api, parameter: &Parameter) -> bool {
    !matches!(
        Passing::of(api, parameter),
        Passing::Value | Passing::Items | Passing::Texts | Passing::OneOrMany
    )
}

/// The document's example as JSON.
fn sample(example: Option<&str>) -> Option<Value> {
    serde_json::from_str(example?).ok()
}

/// The first item of an example of an array, or the example itself where the document gives only an item.
fn first_of(sample: &Value) -> &Value {
    sample.get(0).unwrap_or(sample)
}
