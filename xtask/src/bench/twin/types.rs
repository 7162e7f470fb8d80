//! Types of the twin: structs and enumerations with serde derives.
//!
//! Comes in: the definitions of the model. Goes out: one Rust file.

use std::fmt::Write as _;

use clientsmith::model::{
    Additional, Api, EnumerationShape, EnumerationValues, Field, FieldPresence, FloatWidth,
    IntegerWidth, ObjectShape, Scalar, Shape, Type, TypeDefinition, UnionShape,
};

use super::write_documentation;

const DERIVES: &str = "#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]";

/// The file of all types.
pub(super) fn file(api: &Api) -> String {
    let mut text = String::from("//! Types of the API.\n\nuse serde::{Deserialize, Serialize};\n");
    for definition in &api.types {
        text.push('\n');
        write_documentation(&mut text, "", &definition.documentation);
        match &definition.shape {
            Shape::Object(shape) => object(&mut text, api, definition, shape),
            Shape::Enumeration(shape) => enumeration(&mut text, &definition.name, shape),
            Shape::Union(shape) => union(&mut text, api, &definition.name, shape),
            Shape::Alias(aliased) => {
                let _ = writeln!(
                    text,
                    "pub type {} = {};",
                    definition.name,
                    rust_type(api, aliased, "")
                );
            }
        }
    }
    text
}

/// The Rust type of a value; `module` stands before the names of definitions.
pub(super) fn rust_type(api: &Api, value: &Type, module: &str) -> String {
    match value {
        Type::Scalar(scalar) => scalar_type(*scalar).to_owned(),
        Type::Array(item) => format!("Vec<{}>", rust_type(api, item, module)),
        Type::Tuple(items) => {
            let items = items.iter().map(|item| rust_type(api, item, module) + ",");
            format!("({})", items.collect::<String>())
        }
        Type::Map(item) => {
            format!(
                "std::collections::BTreeMap<String, {}>",
                rust_type(api, item, module)
            )
        }
        Type::Named(id) => format!("{module}{}", api.definition(*id).name),
        Type::Nullable(inner) => format!("Option<{}>", rust_type(api, inner, module)),
        Type::Boxed(inner) => format!("Box<{}>", rust_type(api, inner, module)),
        // The twin has no files.
        Type::FileOr(inner) => rust_type(api, inner, module),
        Type::Any => "serde_json::Value".to_owned(),
    }
}

fn scalar_type(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Boolean => "bool",
        Scalar::Integer(IntegerWidth::I8) => "i8",
        Scalar::Integer(IntegerWidth::I16) => "i16",
        Scalar::Integer(IntegerWidth::I32) => "i32",
        Scalar::Integer(IntegerWidth::I64) => "i64",
        Scalar::Integer(IntegerWidth::U8) => "u8",
        Scalar::Integer(IntegerWidth::U16) => "u16",
        Scalar::Integer(IntegerWidth::U32) => "u32",
        Scalar::Integer(IntegerWidth::U64) => "u64",
        Scalar::Number(FloatWidth::F32) => "f32",
        Scalar::Number(FloatWidth::F64) => "f64",
        Scalar::String | Scalar::Base64 | Scalar::File => "String",
        Scalar::Uuid => "uuid::Uuid",
        Scalar::DateTime => "time::OffsetDateTime",
        Scalar::Date => "time::Date",
        Scalar::Ipv4 => "std::net::Ipv4Addr",
        Scalar::Ipv6 => "std::net::Ipv6Addr",
    }
}

fn object(text: &mut String, api: &Api, definition: &TypeDefinition, shape: &ObjectShape) {
    let name = &definition.name;
    let _ = writeln!(text, "{DERIVES}\npub struct {name} {{");
    for field in &shape.fields {
        write_documentation(text, "    ", &field.documentation);
        let optional = if field.presence.is_required() {
            ""
        } else {
            ", default, skip_serializing_if = \"Option::is_none\""
        };
        let _ = writeln!(
            text,
            "    #[serde(rename = {:?}{optional})]\n    pub {}: {},",
            field.key,
            field.name,
            field_type(api, field)
        );
    }
    if let Additional::Kept { field, value } = &shape.additional {
        let _ = writeln!(
            text,
            "    /// What stands beside the properties.\n    #[serde(flatten)]\n    pub {field}: std::collections::BTreeMap<String, {}>,",
            rust_type(api, value, "")
        );
    }
    text.push_str("}\n");
    if definition.direction.in_requests() {
        constructors(text, api, name, shape);
    }
}

fn field_type(api: &Api, field: &Field) -> String {
    let value = rust_type(api, &field.value, "");
    match field.presence {
        FieldPresence::Required => value,
        _ => format!("Option<{value}>"),
    }
}

fn constructors(text: &mut String, api: &Api, name: &str, shape: &ObjectShape) {
    let required = |field: &&Field| field.presence == FieldPresence::Required;
    let arguments: Vec<String> = shape
        .fields
        .iter()
        .filter(required)
        .map(|field| {
            format!(
                "{}: impl Into<{}>",
                field.name,
                rust_type(api, &field.value, "")
            )
        })
        .collect();
    let _ = writeln!(
        text,
        "\nimpl {name} {{\n    /// With what is required.\n    pub fn new({}) -> Self {{\n        Self {{",
        arguments.join(", ")
    );
    for field in &shape.fields {
        let value = if required(&field) {
            format!("{}.into()", field.name)
        } else {
            "None".to_owned()
        };
        let _ = writeln!(text, "            {}: {value},", field.name);
    }
    if let Additional::Kept { field, .. } = &shape.additional {
        let _ = writeln!(text, "            {field}: Default::default(),");
    }
    text.push_str("        }\n    }\n");
    for field in shape.fields.iter().filter(|field| !required(field)) {
        write_documentation(text, "    ", &field.documentation);
        let _ = writeln!(
            text,
            "    #[must_use]\n    pub fn {name}(mut self, {name}: impl Into<{value}>) -> Self {{\n        self.{name} = Some({name}.into());\n        self\n    }}",
            name = if field.name == "new" {
                "with_new"
            } else {
                &field.name
            },
            value = rust_type(api, &field.value, "")
        );
    }
    text.push_str("}\n");
}

fn enumeration(text: &mut String, name: &str, shape: &EnumerationShape) {
    let variants = match &shape.values {
        EnumerationValues::Strings(variants) => variants,
        EnumerationValues::Integers(_) => {
            let _ = writeln!(
                text,
                "{DERIVES}\n#[serde(transparent)]\npub struct {name}(pub i64);"
            );
            return;
        }
    };
    let _ = writeln!(text, "{DERIVES}\npub enum {name} {{");
    for variant in variants {
        write_documentation(text, "    ", &variant.documentation);
        let _ = writeln!(
            text,
            "    #[serde(rename = {:?})]\n    {},",
            variant.value, variant.name
        );
    }
    text.push_str(
        "    /// A value of a later version.\n    #[serde(untagged)]\n    Unknown(String),\n}\n",
    );
    let _ = writeln!(
        text,
        "\nimpl std::fmt::Display for {name} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        f.write_str(match self {{"
    );
    for variant in variants {
        let _ = writeln!(
            text,
            "            Self::{} => {:?},",
            variant.name, variant.value
        );
    }
    text.push_str("            Self::Unknown(value) => value,\n        })\n    }\n}\n");
}

fn union(text: &mut String, api: &Api, name: &str, shape: &UnionShape) {
    let _ = writeln!(text, "{DERIVES}\n#[serde(untagged)]\npub enum {name} {{");
    for variant in &shape.variants {
        write_documentation(text, "    ", &variant.documentation);
        let _ = writeln!(
            text,
            "    {}({}),",
            variant.name,
            rust_type(api, &variant.value, "")
        );
    }
    text.push_str("    /// A value of no variant.\n    Unknown(serde_json::Value),\n}\n");
}
