//! The crate from outside: how a program that depends on it names a type, and how it calls an operation with values of its own.
//!
//! Comes in: the model. Goes out: Rust as text, which compiles where the crate is a dependency. Must not know: where the program has
//! its values from.

use quote::quote;

use super::value::Values;
use crate::emit::operations::{Passing, body_name};
use crate::emit::scope::ident;
use crate::emit::type_tokens::resolved;
use crate::model::{Api, Body, BodyContent, Group, Operation, Parameter, Scalar, Shape, Type};

/// What a program calls the body that it holds.
const BODY: &str = "body";

/// How a program calls an operation: `client.<accessor>().<method>(…)`, then a setter for each optional argument that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCall {
    /// The method of the client that leads to the group.
    pub accessor: String,
    /// The method of the group.
    pub method: String,
    /// What the method takes, in this order, and what setters take.
    pub arguments: Vec<CallArgument>,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallArgument {
    /// The index among the operation's parameters; none for the body.
    pub parameter: Option<usize>,
    /// What the program calls the value that it holds: `argument_0`, `body`.
    pub name: String,
    /// The setter; none where the operation's method takes the argument.
    pub setter: Option<String>,
    /// The type of a value that the program holds, which `Decode` reads from JSON. None where no JSON is such a value: a file is not.
    pub held: Option<String>,
    /// What is passed for the held value; where there is none, an expression that stands for itself.
    pub passed: String,
}

/// A type as a program that depends on the crate `library` names it.
#[must_use]
pub fn type_path(api: &Api, library: &str, value: &Type) -> String {
    let values = Values { api };
    values.type_in_example(value, &ident(library)).to_string()
}

/// Whether values of a type can be read from JSON: all can that hold no file.
#[must_use]
pub fn is_readable(api: &Api, value: &Type) -> bool {
    match resolved(api, value.bare()) {
        Type::Scalar(Scalar::File) | Type::FileOr(_) => false,
        Type::Array(item) => is_readable(api, item),
        Type::Named(id) => match &api.definition(*id).shape {
            Shape::Object(shape) => !shape.has_files(),
            Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) => true,
        },
        _ => true,
    }
}

/// How a program that depends on the crate `library` calls an operation of a group. None where an argument cannot be made.
#[must_use]
pub fn client_call(
    api: &Api,
    library: &str,
    group: &Group,
    operation: &Operation,
) -> Option<ClientCall> {
    let parameters = operation.parameters.iter().enumerate();
    let mut arguments: Vec<CallArgument> = parameters
        .map(|(index, parameter)| argument(api, library, index, parameter))
        .collect();
    if let Some(body) = &operation.body {
        let setter = (!body.required).then(|| body_name(operation).to_string());
        arguments.push(body_argument(api, library, body, setter)?);
    }
    Some(ClientCall {
        accessor: group.accessor.clone(),
        method: operation.method_name.clone(),
        arguments,
    })
}

fn argument(api: &Api, library: &str, index: usize, parameter: &Parameter) -> CallArgument {
    let name = format!("argument_{index}");
    let passed = match Passing::of(api, parameter) {
        Passing::Value | Passing::Items | Passing::Texts | Passing::OneOrMany => name.clone(),
        Passing::Text
        | Passing::Reference
        | Passing::Json
        | Passing::JsonSlice
        | Passing::Slice => format!("&{name}"),
        Passing::TextSlice => format!("&{name}.iter().map(String::as_str).collect::<Vec<_>>()"),
    };
    let held = match resolved(api, parameter.value.bare()) {
        Type::Array(item) if parameter.takes_one => {
            format!("{library}::OneOrMany<{}>", type_path(api, library, item))
        }
        _ => type_path(api, library, parameter.value.bare()),
    };
    CallArgument {
        parameter: Some(index),
        name,
        setter: (!parameter.is_argument()).then(|| parameter.name.clone()),
        held: Some(held),
        passed,
    }
}

fn body_argument(
    api: &Api,
    library: &str,
    body: &Body,
    setter: Option<String>,
) -> Option<CallArgument> {
    let (held, passed) = match &body.content {
        BodyContent::Json(value)
        | BodyContent::Form { value, .. }
        | BodyContent::Multipart { value, .. } => {
            let value = value.bare();
            let resolved = resolved(api, value);
            if is_readable(api, value) {
                let is_by_value = matches!(resolved, Type::Scalar(scalar) if !matches!(scalar, Scalar::String | Scalar::Base64));
                let passed = if is_by_value { BODY } else { "&body" };
                (Some(type_path(api, library, value)), passed.to_owned())
            } else {
                let value = Values { api }.exact(value, None, 0)?;
                let library = ident(library);
                let made = quote!(&{ use #library::{types, File}; #value });
                (None, made.to_string())
            }
        }
        BodyContent::Text | BodyContent::Bytes => (Some("String".to_owned()), BODY.to_owned()),
    };
    Some(CallArgument {
        parameter: None,
        name: BODY.to_owned(),
        setter,
        held,
        passed,
    })
}
