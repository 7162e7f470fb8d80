//! Operations of the twin: a builder with fields for each, and an `async fn send` that handles its response in place.
//!
//! Comes in: one group of the model. Goes out: one Rust file.

use std::fmt::Write as _;

use clientsmith::model::{
    Api, BodyContent, Group, Operation, Parameter, ParameterPlace, ParameterStyle, ResponseContent,
    Shape, Success, Type,
};

use super::types::rust_type;
use super::write_documentation;

const TYPES: &str = "types::";

/// The file of a group.
pub(super) fn file(api: &Api, group: &Group) -> String {
    let mut text = format!(
        "//! Operations of one tag.\n\nuse crate::{{Client, Error, types}};\n\n/// Operations of one tag.\n#[derive(Debug, Clone, Copy)]\npub struct {}<'a> {{\n    pub(crate) client: &'a Client,\n}}\n\nimpl<'a> {}<'a> {{\n",
        group.type_name, group.type_name
    );
    for operation in &group.operations {
        accessor(&mut text, api, operation);
    }
    text.push_str("}\n");
    for operation in &group.operations {
        builder(&mut text, api, operation);
    }
    text
}

/// An argument or setter: name, type, whether it is required.
struct Member<'a> {
    name: &'a str,
    value: String,
    required: bool,
    parameter: Option<&'a Parameter>,
}

fn members<'a>(api: &Api, operation: &'a Operation) -> Vec<Member<'a>> {
    let mut members: Vec<Member<'a>> = operation
        .parameters
        .iter()
        .map(|parameter| Member {
            name: &parameter.name,
            value: rust_type(api, &parameter.value, TYPES),
            required: parameter.required,
            parameter: Some(parameter),
        })
        .collect();
    if let Some(body) = &operation.body {
        members.push(Member {
            name: "request_body",
            value: match &body.content {
                BodyContent::Json(value)
                | BodyContent::Form { value, .. }
                | BodyContent::Multipart { value, .. } => rust_type(api, value, TYPES),
                BodyContent::Text => "String".to_owned(),
                BodyContent::Bytes => "Vec<u8>".to_owned(),
            },
            required: body.required,
            parameter: None,
        });
    }
    members
}

fn accessor(text: &mut String, api: &Api, operation: &Operation) {
    let members = members(api, operation);
    write_documentation(text, "    ", &operation.documentation);
    let arguments: String = members
        .iter()
        .filter(|member| member.required)
        .map(|member| format!(", {}: {}", member.name, member.value))
        .collect();
    let _ = writeln!(
        text,
        "    pub fn {}(&self{arguments}) -> {name}<'a> {{\n        {name} {{\n            client: self.client,",
        operation.method_name,
        name = operation.type_name
    );
    for member in &members {
        let value = if member.required { "" } else { ": None" };
        let _ = writeln!(text, "            {}{value},", member.name);
    }
    text.push_str("        }\n    }\n");
}

fn builder(text: &mut String, api: &Api, operation: &Operation) {
    let members = members(api, operation);
    let name = &operation.type_name;
    text.push('\n');
    write_documentation(text, "", &operation.documentation);
    let _ = writeln!(
        text,
        "#[derive(Debug, Clone)]\npub struct {name}<'a> {{\n    client: &'a Client,"
    );
    for member in &members {
        match member.required {
            true => _ = writeln!(text, "    {}: {},", member.name, member.value),
            false => _ = writeln!(text, "    {}: Option<{}>,", member.name, member.value),
        }
    }
    let _ = writeln!(text, "}}\n\nimpl {name}<'_> {{");
    for member in members.iter().filter(|member| !member.required) {
        if let Some(parameter) = member.parameter {
            write_documentation(text, "    ", &parameter.documentation);
        } else {
            text.push_str("    /// The body.\n");
        }
        let _ = writeln!(
            text,
            "    #[must_use]\n    pub fn {name}(mut self, {name}: {value}) -> Self {{\n        self.{name} = Some({name});\n        self\n    }}",
            name = member.name,
            value = member.value
        );
    }
    send(text, api, operation);
    text.push_str("}\n");
}

fn send(text: &mut String, api: &Api, operation: &Operation) {
    let success = match &operation.success {
        Success::One(content) => content,
        // The first documented success stands for all: the twin has no enumeration of outcomes.
        Success::Several { responses, .. } => responses
            .first()
            .map_or(&ResponseContent::Empty, |response| &response.content),
    };
    let (output, read) = match success {
        ResponseContent::Empty => ("()".to_owned(), "Ok(())"),
        ResponseContent::Json(value) => {
            (rust_type(api, value, TYPES), "Ok(response.json().await?)")
        }
        ResponseContent::Text => ("String".to_owned(), "Ok(response.text().await?)"),
        ResponseContent::Bytes => ("Vec<u8>".to_owned(), "Ok(response.bytes().await?.to_vec())"),
    };
    let _ = writeln!(
        text,
        "    /// Sends the request.\n    ///\n    /// # Errors\n    ///\n    /// It cannot be sent, or the server answers with an error.\n    pub async fn send(self) -> Result<{output}, Error> {{"
    );
    url(text, api, operation);
    let _ = writeln!(
        text,
        "        let mut request = self.client.http.request(reqwest::Method::{}, url).header(\"X-Api-Key\", &self.client.key);",
        operation.method.as_str()
    );
    for parameter in &operation.parameters {
        parameter_lines(text, api, parameter);
    }
    if let Some(body) = &operation.body {
        let call = match body.content {
            // What is compiled for a form or for parts is much the same.
            BodyContent::Json(_) | BodyContent::Form { .. } | BodyContent::Multipart { .. } => {
                "json(&body)"
            }
            BodyContent::Text | BodyContent::Bytes => "body(body)",
        };
        if body.required {
            let _ = writeln!(
                text,
                "        let body = self.request_body;\n        request = request.{call};"
            );
        } else {
            let _ = writeln!(
                text,
                "        if let Some(body) = self.request_body {{\n            request = request.{call};\n        }}"
            );
        }
    }
    let _ = writeln!(
        text,
        "        request = request.header(\"accept\", \"application/json\");\n        let response = request.send().await?;\n        let status = response.status();\n        if status.is_success() {{\n            {read}\n        }} else {{\n            Err(Error::Api(status, response.text().await?))\n        }}\n    }}"
    );
}

fn url(text: &mut String, api: &Api, operation: &Operation) {
    let mut format = String::from("{}");
    let mut arguments = String::from("self.client.base");
    let mut rest = operation.path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (wire_name, after) = after.split_once('}').unwrap_or((after, ""));
        format.push_str(before);
        format.push_str("{}");
        let parameter = operation
            .parameters
            .iter()
            .find(|one| one.place == ParameterPlace::Path && one.wire_name == wire_name);
        match parameter {
            Some(parameter) => {
                let value = as_text(api, &parameter.value, &format!("self.{}", parameter.name));
                let _ = write!(arguments, ", crate::encode(&{value})");
            }
            None => arguments.push_str(", \"\""),
        }
        rest = after;
    }
    format.push_str(rest);
    let _ = writeln!(text, "        let url = format!({format:?}, {arguments});");
}

fn parameter_lines(text: &mut String, api: &Api, parameter: &Parameter) {
    let add = match parameter.place {
        ParameterPlace::Path => return,
        ParameterPlace::Query => format!(
            "request = request.query(&[({:?}, text)]);",
            parameter.wire_name
        ),
        ParameterPlace::Header => {
            format!("request = request.header({:?}, text);", parameter.wire_name)
        }
        ParameterPlace::Cookie => {
            format!(
                "request = request.header(\"cookie\", format!(\"{}={{text}}\"));",
                parameter.wire_name
            )
        }
    };
    let lines = match (parameter.value.bare(), parameter.style) {
        (Type::Array(item), ParameterStyle::Repeated) => {
            format!(
                "for value in value {{ let text = {}; {add} }}",
                as_text(api, item, "value")
            )
        }
        (Type::Array(item), _) => format!(
            "let text = value.iter().map(|value| {}).collect::<Vec<_>>().join(\",\"); {add}",
            as_text(api, item, "value")
        ),
        (other, _) => format!("let text = {}; {add}", as_text(api, other, "value")),
    };
    if parameter.required {
        let _ = writeln!(
            text,
            "        {{ let value = &self.{}; {lines} }}",
            parameter.name
        );
    } else {
        let _ = writeln!(
            text,
            "        if let Some(value) = &self.{} {{ {lines} }}",
            parameter.name
        );
    }
}

/// An expression for the text of a value.
fn as_text(api: &Api, value: &Type, expression: &str) -> String {
    match value.bare() {
        Type::Scalar(_) => format!("{expression}.to_string()"),
        Type::Named(id) => match &api.definition(*id).shape {
            Shape::Enumeration(_) => format!("{expression}.to_string()"),
            Shape::Alias(aliased) => as_text(api, aliased, expression),
            _ => format!("serde_json::to_string(&{expression}).unwrap_or_default()"),
        },
        _ => format!("serde_json::to_string(&{expression}).unwrap_or_default()"),
    }
}
