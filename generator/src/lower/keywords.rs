//! A schema as its keywords: one flat form for all the shapes that `openapiv3` distinguishes.
//!
//! Comes in: an `openapiv3::Schema`. Goes out: [`Keywords`], in which children are pointers and limits are words. Every field
//! of every struct is destructured here, so that a keyword that is forgotten is a compile error. Must not know: the model.

use indexmap::{IndexMap, IndexSet};
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, ExternalDocumentation,
    IntegerFormat, IntegerType, NumberFormat, NumberType, ObjectType, ReferenceOr, Schema,
    SchemaData, SchemaKind, StringFormat, StringType, Type as SchemaType, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::limits::{self, Bound};
use crate::diagnostics::Pointer;
use crate::load::keys;

/// The JSON types of OpenAPI 3.0, and null, which later versions and `enum: [null]` bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Kind::Null,
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "string" => Kind::String,
            "array" => Kind::Array,
            "object" => Kind::Object,
            _ => return None,
        })
    }
}

/// What a schema says about keys that it does not name.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum AdditionalRule {
    /// Nothing.
    #[default]
    Unsaid,
    /// `additionalProperties: false`.
    Closed,
    /// `additionalProperties: true`, or `{}`.
    Open,
    /// Their values have these schemas, all at once.
    Typed(Vec<Pointer>),
}

/// The alternatives of a `oneOf` or an `anyOf`. Both are read alike: the first that fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alternatives {
    /// The schemas, in the order of the document.
    pub variants: Vec<Pointer>,
    /// The property whose text names the variant.
    pub discriminator: Option<Discriminator>,
}

/// Words for people.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    pub title: Option<String>,
    pub description: Option<String>,
    pub deprecated: bool,
    pub link: Option<String>,
    pub example: Option<Value>,
    pub default: Option<Value>,
}

/// All that a schema says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Keywords {
    /// Where the schema stands.
    pub pointer: Pointer,
    pub words: Words,
    pub nullable: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// The declared type; [`Keywords::kind`] also infers it.
    pub declared: Option<Kind>,
    /// The types of a list of several; then none is declared.
    pub kinds: Vec<Kind>,
    /// A type that OpenAPI does not know.
    pub unknown_type: Option<String>,
    pub format: Option<String>,
    pub pattern: Option<String>,
    /// Limits in words.
    pub limits: Vec<String>,
    /// Whether values above the range of `i64` are allowed.
    pub beyond_i64: bool,
    /// Whether negative values are allowed aloud.
    pub below_zero: bool,
    /// The values that are not allowed, in words.
    pub excluded: Vec<String>,
    /// Values in the order of the document, null among them.
    pub enumeration: Option<Vec<Value>>,
    /// `x-enum-varnames`, or `x-enumNames`.
    pub enumeration_names: Vec<String>,
    /// `x-enum-descriptions`.
    pub enumeration_descriptions: Vec<String>,
    /// Schemas by property; several where members of an `allOf` name the same property.
    pub properties: IndexMap<String, Vec<Pointer>>,
    pub required: IndexSet<String>,
    pub additional: AdditionalRule,
    /// Schemas of an array's items, all at once.
    pub items: Vec<Pointer>,
    /// Schemas of the items of a tuple, one by one.
    pub prefix: Vec<Pointer>,
    pub all_of: Vec<Pointer>,
    /// Schemas that hold for some of the values.
    pub optional: Vec<Pointer>,
    /// `oneOf` and `anyOf`, one after the other.
    pub unions: Vec<Alternatives>,
    /// A discriminator without `oneOf` or `anyOf` beside it: a base of other schemas.
    pub base_of: Option<Discriminator>,
    /// Whether there is a `not`.
    pub not: bool,
    /// Whether no value satisfies the schema.
    pub never: bool,
    /// Two members of an `allOf` contradict each other; in words.
    pub contradiction: Option<String>,
}

impl Keywords {
    /// Reads a schema.
    pub(super) fn of(pointer: &Pointer, schema: &Schema) -> Self {
        let Schema {
            schema_data,
            schema_kind,
        } = schema;
        let SchemaData {
            nullable,
            read_only,
            write_only,
            deprecated,
            external_docs,
            example,
            title,
            description,
            discriminator,
            default,
            extensions,
        } = schema_data;
        let mut keywords = Keywords {
            pointer: pointer.clone(),
            words: Words {
                title: title.clone(),
                description: description.clone(),
                deprecated: *deprecated,
                link: external_docs.as_ref().map(link),
                example: example.clone(),
                default: default.clone(),
            },
            nullable: *nullable,
            read_only: *read_only,
            write_only: *write_only,
            kinds: texts(extensions.get(keys::TYPES))
                .iter()
                .filter_map(|name| Kind::parse(name))
                .collect(),
            prefix: places(extensions.get(keys::PREFIX)),
            optional: places(extensions.get(keys::OPTIONAL)),
            never: extensions.get(keys::NEVER) == Some(&Value::Bool(true)),
            ..Keywords::default()
        };
        match schema_kind {
            SchemaKind::Type(schema_type) => keywords.read_type(schema_type),
            SchemaKind::OneOf { one_of } => keywords.read_union("oneOf", one_of),
            SchemaKind::AnyOf { any_of } => keywords.read_union("anyOf", any_of),
            SchemaKind::AllOf { all_of } => keywords.all_of = keywords.children("allOf", all_of),
            // What a value must not be has no type in Rust; the server checks it.
            SchemaKind::Not { not: _ } => keywords.not = true,
            SchemaKind::Any(any) => keywords.read_any(any),
        }
        keywords.read_words_of_values(extensions);
        let additional = places(extensions.get(keys::ADDITIONAL));
        if !additional.is_empty() {
            keywords.additional = AdditionalRule::Typed(additional);
            if keywords.kinds.is_empty() && keywords.declared.is_none() {
                keywords.declared = Some(Kind::Object);
            }
        }
        keywords.limits.extend(texts(extensions.get(keys::LIMITS)));
        keywords.excluded = texts(extensions.get(keys::EXCLUDED));
        keywords.beyond_i64 |= extensions.contains_key(keys::BEYOND_I64);
        match keywords.unions.first_mut() {
            Some(union) => union.discriminator = discriminator.clone(),
            None => keywords.base_of = discriminator.clone(),
        }
        keywords
    }

    fn read_type(&mut self, schema_type: &SchemaType) {
        match schema_type {
            SchemaType::String(string) => self.read_string(string),
            SchemaType::Number(NumberType {
                format,
                multiple_of,
                exclusive_minimum,
                exclusive_maximum,
                minimum,
                maximum,
                enumeration,
            }) => {
                self.declared = Some(Kind::Number);
                self.format = named(format, |format| match format {
                    NumberFormat::Float => "float",
                    NumberFormat::Double => "double",
                });
                self.limits = limits::of_range(
                    Bound::new(*minimum, *exclusive_minimum),
                    Bound::new(*maximum, *exclusive_maximum),
                    multiple_of.as_ref(),
                );
                self.read_enumeration(enumeration, |value| Value::from(*value));
            }
            SchemaType::Integer(IntegerType {
                format,
                multiple_of,
                exclusive_minimum,
                exclusive_maximum,
                minimum,
                maximum,
                enumeration,
            }) => {
                self.declared = Some(Kind::Integer);
                self.format = named(format, |format| match format {
                    IntegerFormat::Int32 => "int32",
                    IntegerFormat::Int64 => "int64",
                });
                let least = minimum.map(|minimum| minimum as f64);
                self.below_zero = limits::is_below_zero(least, *exclusive_minimum);
                self.limits = limits::of_range(
                    Bound::new(*minimum, *exclusive_minimum),
                    Bound::new(*maximum, *exclusive_maximum),
                    multiple_of.as_ref(),
                );
                self.read_enumeration(enumeration, |value| Value::from(*value));
            }
            SchemaType::Boolean(BooleanType { enumeration }) => {
                self.declared = Some(Kind::Boolean);
                self.read_enumeration(enumeration, |value| Value::from(*value));
            }
            SchemaType::Object(ObjectType {
                properties,
                required,
                additional_properties,
                min_properties,
                max_properties,
            }) => {
                self.declared = Some(Kind::Object);
                self.read_properties(properties, required, additional_properties.as_ref());
                self.limits =
                    limits::of_size(*min_properties, *max_properties, "property", "properties");
            }
            SchemaType::Array(ArrayType {
                items,
                min_items,
                max_items,
                unique_items,
            }) => {
                self.declared = Some(Kind::Array);
                self.read_items(items.as_ref());
                self.limits = limits::of_items(*min_items, *max_items, *unique_items);
            }
        }
    }

    fn read_string(&mut self, string: &StringType) {
        let StringType {
            format,
            pattern,
            enumeration,
            min_length,
            max_length,
        } = string;

        self.declared = Some(Kind::String);
        self.format = named(format, |format| match format {
            StringFormat::Date => "date",
            StringFormat::DateTime => "date-time",
            StringFormat::Password => "password",
            StringFormat::Byte => "byte",
            StringFormat::Binary => "binary",
        });
        self.pattern = pattern.clone();
        self.limits = limits::of_size(*min_length, *max_length, "character", "characters");
        self.read_enumeration(enumeration, |value| Value::from(value.clone()));
    }

    fn read_any(&mut self, any: &AnySchema) {
        let AnySchema {
            typ,
            pattern,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            properties,
            required,
            additional_properties,
            min_properties,
            max_properties,
            items,
            min_items,
            max_items,
            unique_items,
            enumeration,
            format,
            min_length,
            max_length,
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        if let Some(name) = typ {
            self.declared = Kind::parse(name);
            if self.declared.is_none() {
                self.unknown_type = Some(name.clone());
            }
        }
        self.pattern = pattern.clone();
        self.format = format.clone();
        self.limits = limits::of_range(
            Bound::new(*minimum, exclusive_minimum.unwrap_or_default()),
            Bound::new(*maximum, exclusive_maximum.unwrap_or_default()),
            multiple_of.as_ref(),
        );
        self.limits.extend(limits::of_size(
            *min_length,
            *max_length,
            "character",
            "characters",
        ));
        self.limits.extend(limits::of_items(
            *min_items,
            *max_items,
            unique_items.unwrap_or_default(),
        ));
        self.limits.extend(limits::of_size(
            *min_properties,
            *max_properties,
            "property",
            "properties",
        ));
        self.below_zero = limits::is_below_zero(*minimum, *exclusive_minimum == Some(true));
        self.beyond_i64 = limits::is_beyond_i64(*maximum);
        self.read_properties(properties, required, additional_properties.as_ref());
        self.read_items(items.as_ref());
        if !enumeration.is_empty() {
            self.enumeration = Some(enumeration.clone());
        }
        self.all_of = self.children("allOf", all_of);
        self.read_union("oneOf", one_of);
        self.read_union("anyOf", any_of);
        self.not = not.is_some();
        if self.declared.is_none() && self.kinds.is_empty() && self.unknown_type.is_none() {
            self.declared = self.inferred(InferenceHints {
                text: min_length.is_some() || max_length.is_some() || pattern.is_some(),
                number: minimum.is_some() || maximum.is_some() || multiple_of.is_some(),
                array: items.is_some() || min_items.is_some() || max_items.is_some(),
                object: !properties.is_empty()
                    || additional_properties.is_some()
                    || min_properties.is_some()
                    || max_properties.is_some(),
            });
        }
    }

    /// The type of a schema that declares none, from the one type that its keywords can be about.
    fn inferred(&self, hints: InferenceHints) -> Option<Kind> {
        if self.enumeration.is_some() || !self.all_of.is_empty() || !self.unions.is_empty() {
            // Properties beside `allOf` and unions still say that it is an object.
            return hints.object.then_some(Kind::Object);
        }
        let InferenceHints {
            text,
            number,
            array,
            object,
        } = hints;
        match (text, number, array, object) {
            (_, _, _, true) => Some(Kind::Object),
            (_, _, true, false) => Some(Kind::Array),
            (true, false, false, false) => Some(Kind::String),
            (false, true, false, false) => Some(Kind::Number),
            (true, true, false, false) => None,
            (false, false, false, false) => super::scalar::kind_of_format(self.format.as_deref()?),
        }
    }

    fn read_enumeration<T>(&mut self, enumeration: &[Option<T>], value: impl Fn(&T) -> Value) {
        if !enumeration.is_empty() {
            self.enumeration = Some(
                enumeration
                    .iter()
                    .map(|member| member.as_ref().map_or(Value::Null, &value))
                    .collect(),
            );
        }
    }

    fn read_properties(
        &mut self,
        properties: &IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &[String],
        additional: Option<&AdditionalProperties>,
    ) {
        let parent = self.pointer.push("properties");
        self.properties = properties
            .iter()
            .map(|(key, schema)| (key.clone(), vec![child(schema, || parent.push(key))]))
            .collect();
        self.required = required.iter().cloned().collect();
        self.additional = match additional {
            None => AdditionalRule::Unsaid,
            Some(AdditionalProperties::Any(true)) => AdditionalRule::Open,
            Some(AdditionalProperties::Any(false)) => AdditionalRule::Closed,
            Some(AdditionalProperties::Schema(schema)) => {
                AdditionalRule::Typed(vec![child(schema, || {
                    self.pointer.push("additionalProperties")
                })])
            }
        };
    }

    fn read_items(&mut self, items: Option<&ReferenceOr<Box<Schema>>>) {
        self.items = items
            .iter()
            .map(|schema| child(schema, || self.pointer.push("items")))
            .collect();
    }

    fn read_union(&mut self, keyword: &str, schemas: &[ReferenceOr<Schema>]) {
        if !schemas.is_empty() {
            let variants = self.children(keyword, schemas);
            self.unions.push(Alternatives {
                variants,
                discriminator: None,
            });
        }
    }

    fn children(&self, keyword: &str, schemas: &[ReferenceOr<Schema>]) -> Vec<Pointer> {
        let parent = self.pointer.push(keyword);
        schemas
            .iter()
            .enumerate()
            .map(|(index, schema)| child(schema, || parent.index(index)))
            .collect()
    }

    /// Whether the schema says anything about the shape of its values, words, null and `readOnly` apart.
    pub(super) fn is_structural(&self) -> bool {
        self.declared.is_some()
            || !self.kinds.is_empty()
            || self.unknown_type.is_some()
            || !self.all_of.is_empty()
            || self.is_structural_without_type()
    }

    fn is_structural_without_type(&self) -> bool {
        self.enumeration.is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.items.is_empty()
            || !self.prefix.is_empty()
            || !self.optional.is_empty()
            || !self.unions.is_empty()
            || !self.limits.is_empty()
            || self.format.is_some()
            || self.pattern.is_some()
            || self.contradiction.is_some()
            || matches!(
                self.additional,
                AdditionalRule::Open | AdditionalRule::Typed(_)
            )
    }

    /// Whether the schema only restricts values whose shape another schema describes: it has `required`, `not` or limits, and
    /// perhaps a type that says no more than `object`.
    pub(super) fn is_mere_restriction(&self) -> bool {
        self.declared.is_none_or(|kind| kind == Kind::Object)
            && self.kinds.is_empty()
            && self.unknown_type.is_none()
            && (!self.required.is_empty() || self.not)
            && self.properties.is_empty()
            && self.enumeration.is_none()
            && self.items.is_empty()
            && self.unions.is_empty()
            && self.all_of.is_empty()
            && self.format.is_none()
            && !matches!(self.additional, AdditionalRule::Typed(_))
    }
}

#[derive(Clone, Copy)]
struct InferenceHints {
    text: bool,
    number: bool,
    array: bool,
    object: bool,
}

/// The pointer of a child: what it refers to, or where it stands.
fn child<T>(schema: &ReferenceOr<T>, own: impl FnOnce() -> Pointer) -> Pointer {
    match schema {
        ReferenceOr::Reference { reference } => {
            Pointer::from_reference(reference).unwrap_or_else(own)
        }
        ReferenceOr::Item(_) => own(),
    }
}

fn named<T>(
    format: &VariantOrUnknownOrEmpty<T>,
    name: impl Fn(&T) -> &'static str,
) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(format) => Some(name(format).to_owned()),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// The address of further documentation.
pub(super) fn link(documentation: &ExternalDocumentation) -> String {
    // The description of a link adds nothing to it in rustdoc.
    let ExternalDocumentation {
        description: _,
        url,
        extensions: _,
    } = documentation;
    url.clone()
}

/// The places that a list of references leads to.
fn places(value: Option<&Value>) -> Vec<Pointer> {
    let list = value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter()
        .filter_map(|reference| Pointer::from_reference(reference.get("$ref")?.as_str()?))
        .collect()
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter()
        .map(|text| text.as_str().unwrap_or_default().to_owned())
        .collect()
}
