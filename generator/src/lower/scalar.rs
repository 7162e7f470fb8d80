//! Scalars: type and format in, the Rust type out.

use super::keywords::{Keywords, Kind};
use crate::model::{FloatWidth, IntegerWidth, Scalar};

/// The scalar of a schema whose type is boolean, integer, number or string; `None` for the other types.
pub(super) fn scalar(keywords: &Keywords, kind: Kind) -> Option<Scalar> {
    let format = keywords.format.as_deref();
    Some(match kind {
        Kind::Boolean => Scalar::Boolean,
        Kind::Integer => Scalar::Integer(integer_width(format).unwrap_or(
            if keywords.beyond_i64 && !keywords.below_zero {
                IntegerWidth::U64
            } else {
                IntegerWidth::I64
            },
        )),
        Kind::Number => match integer_width(format) {
            Some(width) => Scalar::Integer(width),
            None if format == Some("float") => Scalar::Number(FloatWidth::F32),
            None => Scalar::Number(FloatWidth::F64),
        },
        Kind::String => match format {
            Some("uuid") => Scalar::Uuid,
            Some("date-time") => Scalar::DateTime,
            Some("date") => Scalar::Date,
            Some("byte") => Scalar::Base64,
            Some("ipv4") => Scalar::Ipv4,
            Some("ipv6") => Scalar::Ipv6,
            _ => Scalar::String,
        },
        Kind::Null | Kind::Array | Kind::Object => return None,
    })
}

/// The type that a format belongs to, for schemas that state only the format.
pub(super) fn kind_of_format(format: &str) -> Option<Kind> {
    Some(match format {
        _ if integer_width(Some(format)).is_some() => Kind::Integer,
        "float" | "double" => Kind::Number,
        "uuid" | "date-time" | "date" | "time" | "byte" | "binary" | "password" | "email"
        | "uri" | "url" | "hostname" | "ipv4" | "ipv6" => Kind::String,
        _ => return None,
    })
}

/// The format where it has no type of its own and so is only documented.
pub(super) fn documented_format(keywords: &Keywords) -> Option<String> {
    let format = keywords.format.as_deref()?;
    let typed = match keywords.declared {
        Some(Kind::String) => matches!(
            format,
            "uuid" | "date-time" | "date" | "byte" | "ipv4" | "ipv6"
        ),
        Some(Kind::Integer) => integer_width(Some(format)).is_some(),
        Some(Kind::Number) => {
            integer_width(Some(format)).is_some() || matches!(format, "float" | "double")
        }
        _ => false,
    };
    (!typed).then(|| format.to_owned())
}

fn integer_width(format: Option<&str>) -> Option<IntegerWidth> {
    Some(match format? {
        "int8" => IntegerWidth::I8,
        "int16" => IntegerWidth::I16,
        "int32" => IntegerWidth::I32,
        "int64" | "long" => IntegerWidth::I64,
        "uint8" => IntegerWidth::U8,
        "uint16" => IntegerWidth::U16,
        "uint32" => IntegerWidth::U32,
        "uint64" => IntegerWidth::U64,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: Kind, format: Option<&str>) -> Option<Scalar> {
        let keywords = Keywords {
            declared: Some(kind),
            format: format.map(str::to_owned),
            ..Keywords::default()
        };
        scalar(&keywords, kind)
    }

    #[test]
    fn formats_choose_the_type() {
        assert_eq!(of(Kind::String, Some("uuid")), Some(Scalar::Uuid));
        assert_eq!(of(Kind::String, Some("ipv4")), Some(Scalar::Ipv4));
        assert_eq!(of(Kind::String, Some("ipv6")), Some(Scalar::Ipv6));
        assert_eq!(of(Kind::String, Some("email")), Some(Scalar::String));
        assert_eq!(
            of(Kind::Integer, None),
            Some(Scalar::Integer(IntegerWidth::I64))
        );
        assert_eq!(
            of(Kind::Integer, Some("uint8")),
            Some(Scalar::Integer(IntegerWidth::U8))
        );
        assert_eq!(
            of(Kind::Number, Some("float")),
            Some(Scalar::Number(FloatWidth::F32))
        );
        assert_eq!(
            of(Kind::Number, Some("int32")),
            Some(Scalar::Integer(IntegerWidth::I32))
        );
        assert_eq!(of(Kind::Object, None), None);
    }

    #[test]
    fn a_format_without_a_type_is_documented() {
        let keywords = |format: &str| Keywords {
            declared: Some(Kind::String),
            format: Some(format.to_owned()),
            ..Keywords::default()
        };
        assert_eq!(
            documented_format(&keywords("email")).as_deref(),
            Some("email")
        );
        for typed in ["uuid", "ipv4", "ipv6"] {
            assert_eq!(documented_format(&keywords(typed)), None, "{typed}");
        }
    }
}
