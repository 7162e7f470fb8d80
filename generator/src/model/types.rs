//! Types: how a value is typed where it is used, and the definitions that have names of their own.

use serde::Serialize;

use super::{Documentation, EnumerationShape, ObjectShape, UnionShape};

/// Index of a definition in [`super::Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct TypeId(pub usize);

/// The type of a value at the place where it is used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Type {
    /// A scalar with a Rust type of its own.
    Scalar(Scalar),
    /// A JSON array.
    Array(Box<Type>),
    /// A JSON array of so many items, each with a type of its own: from 1 to 12.
    Tuple(Vec<Type>),
    /// A JSON object whose keys are data.
    Map(Box<Type>),
    /// A definition of [`super::Api::types`].
    Named(TypeId),
    /// A value or null.
    Nullable(Box<Type>),
    /// A file, or a value of another type that stands for one: only ever a part of a multipart body.
    FileOr(Box<Type>),
    /// The value sits behind a `Box`, since its definition contains itself. Set by `analyze`.
    Boxed(Box<Type>),
    /// Any JSON value.
    Any,
}

impl Type {
    /// The type without null and boxes around it.
    pub fn bare(&self) -> &Type {
        match self {
            Type::Nullable(inner) | Type::Boxed(inner) => inner.bare(),
            other => other,
        }
    }

    /// Whether null is one of the values.
    pub fn is_nullable(&self) -> bool {
        match self {
            Type::Nullable(_) => true,
            Type::Boxed(inner) => inner.is_nullable(),
            _ => false,
        }
    }

    /// Whether it is a file, something that may stand for one, or a list of files.
    pub fn is_file(&self) -> bool {
        match self.bare() {
            Type::Scalar(Scalar::File) | Type::FileOr(_) => true,
            Type::Array(item) => item.is_file(),
            _ => false,
        }
    }

    /// Calls `visit` with every definition named in this type.
    pub fn for_each_named(&self, visit: &mut dyn FnMut(TypeId)) {
        match self {
            Type::Named(id) => visit(*id),
            Type::Array(inner)
            | Type::Map(inner)
            | Type::Nullable(inner)
            | Type::FileOr(inner)
            | Type::Boxed(inner) => {
                inner.for_each_named(visit);
            }
            Type::Tuple(items) => items.iter().for_each(|item| item.for_each_named(visit)),
            Type::Scalar(_) | Type::Any => {}
        }
    }
}

/// Scalars that have a Rust type of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Scalar {
    /// `bool`.
    Boolean,
    /// An integer.
    Integer(IntegerWidth),
    /// A floating-point number.
    Number(FloatWidth),
    /// `String`.
    String,
    /// `format: uuid`.
    Uuid,
    /// `format: date-time`, RFC 3339.
    DateTime,
    /// `format: date`, RFC 3339 full-date.
    Date,
    /// `format: byte`: bytes as base64 text.
    Base64,
    /// `format: ipv4`, in dotted decimal.
    Ipv4,
    /// `format: ipv6`, as RFC 4291 writes it.
    Ipv6,
    /// A file: only ever a part of a multipart body.
    File,
}

/// Widths of integers, from `format`. Without one it is `I64`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[allow(missing_docs, reason = "the names are the Rust types")]
pub enum IntegerWidth {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

impl IntegerWidth {
    /// Whether a number is in the range of the type.
    pub fn holds(self, number: i128) -> bool {
        match self {
            IntegerWidth::I8 => i8::try_from(number).is_ok(),
            IntegerWidth::I16 => i16::try_from(number).is_ok(),
            IntegerWidth::I32 => i32::try_from(number).is_ok(),
            IntegerWidth::I64 => i64::try_from(number).is_ok(),
            IntegerWidth::U8 => u8::try_from(number).is_ok(),
            IntegerWidth::U16 => u16::try_from(number).is_ok(),
            IntegerWidth::U32 => u32::try_from(number).is_ok(),
            IntegerWidth::U64 => u64::try_from(number).is_ok(),
        }
    }
}

/// Widths of floating-point numbers, from `format`. Without one it is `F64`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[allow(missing_docs, reason = "the names are the Rust types")]
pub enum FloatWidth {
    F32,
    F64,
}

/// A type with a name of its own in the client.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeDefinition {
    /// The Rust name, in PascalCase, unique among all definitions.
    pub name: String,
    /// JSON pointer of the schema it comes from.
    pub pointer: String,
    /// The group whose file holds it: the module name of a [`super::Group`], or `shared`. Set by `analyze`.
    pub module: String,
    /// Words for its rustdoc.
    pub documentation: Documentation,
    /// What it is made of.
    pub shape: Shape,
    /// Which way its values travel. Set by `analyze`.
    pub direction: Direction,
    /// What is sent of it, where that is a definition of its own. Set by `analyze`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_as: Option<TypeId>,
    /// What is received of the same schema, where this is what is sent. Set by `analyze`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_as: Option<TypeId>,
    /// Whether it is read from JSON: what responses hold, and all that is within it. Set by `analyze`.
    pub is_read: bool,
    /// Whether it is written as JSON: what requests carry, and all that is within it. Set by `analyze`.
    pub is_written: bool,
    /// Whether every part of it has a default, so that `Default` can be derived. Set by `analyze`.
    pub has_default: bool,
}

/// What a named type is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Shape {
    /// Named properties.
    Object(ObjectShape),
    /// A fixed list of values.
    Enumeration(EnumerationShape),
    /// One of several types.
    Union(UnionShape),
    /// Another name for a type.
    Alias(Type),
}

/// Which way the values of a definition travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Direction {
    /// No operation reaches it.
    #[default]
    Unused,
    /// Only in requests.
    Request,
    /// Only in responses.
    Response,
    /// In both.
    Both,
}

impl Direction {
    /// Whether values are sent.
    pub fn in_requests(self) -> bool {
        matches!(self, Direction::Request | Direction::Both)
    }

    /// Whether values are received.
    pub fn in_responses(self) -> bool {
        matches!(self, Direction::Response | Direction::Both)
    }

    /// Both this way and the other.
    #[must_use]
    pub fn join(self, other: Direction) -> Direction {
        match (
            self.in_requests() || other.in_requests(),
            self.in_responses() || other.in_responses(),
        ) {
            (true, true) => Direction::Both,
            (true, false) => Direction::Request,
            (false, true) => Direction::Response,
            (false, false) => Direction::Unused,
        }
    }
}

/// A `default` that fits the type of its field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum DefaultValue {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    /// A number.
    Number(f64),
    /// A text; for an enumeration, the value on the wire.
    String(String),
    /// `[]`.
    EmptyArray,
}
