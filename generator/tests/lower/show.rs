//! A short form of the model, so that an expectation fits into a line.

use clientsmith::model::{
    Additional, Api, BodyContent, EnumerationValues, ErrorBody, FieldPresence, Operation,
    PartStyle, ResponseContent, Shape, Success, Type,
};

/// `{id: Uuid, name?: String, colour?|null: Colour}`, `enum A="a"`, `union A(String)[String]`, `= Array<String>`.
pub(crate) fn definition(api: &Api, name: &str) -> String {
    let Some(definition) = api.types.iter().find(|definition| definition.name == name) else {
        return format!("no {name}");
    };
    match &definition.shape {
        Shape::Alias(target) => format!("= {}", of(api, target)),
        Shape::Object(object) => {
            let mut parts: Vec<String> = object
                .fields
                .iter()
                .map(|field| {
                    let marks = match field.presence {
                        FieldPresence::Required => "",
                        FieldPresence::RequiredNullable => "|null",
                        FieldPresence::Optional => "?",
                        FieldPresence::OptionalNullable => "?|null",
                    };
                    format!("{}{marks}: {}", field.name, of(api, &field.value))
                })
                .collect();
            if let Additional::Kept { field, value } = &object.additional {
                parts.push(format!("..{field}: {}", of(api, value)));
            }
            format!("{{{}}}", parts.join(", "))
        }
        Shape::Enumeration(shape) => {
            let parts: Vec<String> = match &shape.values {
                EnumerationValues::Strings(variants) => variants
                    .iter()
                    .map(|variant| format!("{}={:?}", variant.name, variant.value))
                    .collect(),
                EnumerationValues::Integers(variants) => variants
                    .iter()
                    .map(|variant| format!("{}={}", variant.name, variant.value))
                    .collect(),
            };
            format!("enum {}", parts.join(" "))
        }
        Shape::Union(union) => {
            let discriminator = union
                .discriminator
                .as_ref()
                .map(|key| format!(" by {key}"))
                .unwrap_or_default();
            let parts: Vec<String> = union
                .variants
                .iter()
                .map(|variant| {
                    format!(
                        "{}({}){:?}",
                        variant.name,
                        of(api, &variant.value),
                        variant.selectors
                    )
                })
                .collect();
            format!("union{discriminator} {}", parts.join(" "))
        }
    }
}

/// `Array<Pet>`.
pub(crate) fn of(api: &Api, value: &Type) -> String {
    match value {
        Type::Scalar(scalar) => format!("{scalar:?}")
            .replace("Integer(", "")
            .replace("Number(", "")
            .replace(')', ""),
        Type::Array(inner) => format!("Array<{}>", of(api, inner)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| of(api, item)).collect();
            format!("({})", items.join(", "))
        }
        Type::Map(inner) => format!("Map<{}>", of(api, inner)),
        Type::Named(id) => api.types.get(id.0).map_or_else(
            || "dangling".to_owned(),
            |definition| definition.name.clone(),
        ),
        Type::Nullable(inner) => format!("Nullable<{}>", of(api, inner)),
        Type::FileOr(inner) => format!("FileOr<{}>", of(api, inner)),
        Type::Boxed(inner) => format!("Boxed<{}>", of(api, inner)),
        Type::Any => "Any".to_owned(),
    }
}

/// `id: Uuid path Single, limit?: I64 query Single`.
pub(crate) fn parameters(api: &Api, operation: &Operation) -> Vec<String> {
    let one = |parameter: &clientsmith::model::Parameter| {
        let mark = if parameter.required { "" } else { "?" };
        format!(
            "{}{mark}: {} {:?} {:?}",
            parameter.name,
            of(api, &parameter.value),
            parameter.place,
            parameter.style
        )
    };
    operation.parameters.iter().map(one).collect()
}

/// `application/json Pet`, with `?` where it may be left out.
pub(crate) fn body(api: &Api, operation: &Operation) -> String {
    operation.body.as_ref().map_or_else(String::new, |body| {
        let content = match &body.content {
            BodyContent::Json(value) => of(api, value),
            BodyContent::Form { value, styles } => {
                let styles = styles
                    .iter()
                    .map(|(key, style)| format!(" {key}={style:?}"));
                format!("{}{}", of(api, value), styles.collect::<String>())
            }
            BodyContent::Multipart { value, styles } => {
                let styles = styles.iter().map(|(key, style)| match style {
                    PartStyle::MediaType(media_type) => format!(" {key}={media_type}"),
                    PartStyle::Joined(separator) => format!(" {key}={separator:?}"),
                });
                format!("{}{}", of(api, value), styles.collect::<String>())
            }
            BodyContent::Text => "text".to_owned(),
            BodyContent::Bytes => "bytes".to_owned(),
        };
        format!(
            "{}{} {content}",
            body.media_type,
            if body.required { "" } else { "?" }
        )
    })
}

/// `Pet ! Error`, with the outcomes in braces where there are several.
pub(crate) fn responses(api: &Api, operation: &Operation) -> String {
    let content = |content: &ResponseContent| match content {
        ResponseContent::Empty => "empty".to_owned(),
        ResponseContent::Json(value) => of(api, value),
        ResponseContent::Text => "text".to_owned(),
        ResponseContent::Bytes => "bytes".to_owned(),
    };
    let several = |type_name: &str, responses: &[clientsmith::model::Response]| {
        let parts: Vec<String> = responses
            .iter()
            .map(|response| format!("{}({})", response.name, content(&response.content)))
            .collect();
        format!("{type_name}{{{}}}", parts.join(" "))
    };
    let success = match &operation.success {
        Success::One(only) => content(only),
        Success::Several {
            type_name,
            responses,
        } => several(type_name, responses),
    };
    let error = match &operation.error {
        ErrorBody::None => "none".to_owned(),
        ErrorBody::One(only) => content(only),
        ErrorBody::Several {
            type_name,
            responses,
        } => several(type_name, responses),
    };
    format!("{success} ! {error}")
}

/// `Events text/event-stream Chunk`, with `only` behind it where there is no other answer.
pub(crate) fn stream(api: &Api, operation: &Operation) -> String {
    operation
        .stream
        .as_ref()
        .map_or_else(String::new, |stream| {
            let item = match &stream.item {
                ResponseContent::Json(value) => of(api, value),
                other => format!("{other:?}"),
            };
            let only = if stream.is_only { " only" } else { "" };
            format!("{:?} {} {item}{only}", stream.framing, stream.media_type)
        })
}
