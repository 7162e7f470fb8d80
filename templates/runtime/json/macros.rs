//! What the emitted types share with each other, as macros: implementations that differ in nothing but the type's name.

#![allow(
    unused_macros,
    unused_imports,
    reason = "an API without enumerations needs none of them"
)]

/// The traits of an open enumeration of strings, over its `as_str` and `From<&str>`.
macro_rules! string_enumeration {
    ($name:ident) => {
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(value))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl $crate::runtime::json::Decode for $name {
            fn decode(
                json: &mut $crate::runtime::json::Decoder<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::DecodeError> {
                json.enumeration(Self::ALL)
            }
        }

        impl $crate::runtime::json::Encode for $name {
            fn encode(&self, json: &mut $crate::runtime::json::Encoder) {
                self.as_str().encode(json);
            }
        }

        impl $crate::runtime::Parameter for $name {
            fn write(&self, text: &mut ::std::string::String) {
                text.push_str(self.as_str());
            }
        }

        $crate::runtime::macros::serde_bridge!($name);
    };
}

/// The traits of an open enumeration of integers, over its `as_i64` and `From<i64>`.
macro_rules! integer_enumeration {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), formatter)
            }
        }

        impl $crate::runtime::json::Decode for $name {
            fn decode(
                json: &mut $crate::runtime::json::Decoder<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::DecodeError> {
                json.integer_enumeration(Self::ALL)
            }
        }

        impl $crate::runtime::json::Encode for $name {
            fn encode(&self, json: &mut $crate::runtime::json::Encoder) {
                self.as_i64().encode(json);
            }
        }

        impl $crate::runtime::Parameter for $name {
            fn write(&self, text: &mut ::std::string::String) {
                $crate::runtime::Parameter::write(&self.as_i64(), text);
            }
        }

        $crate::runtime::macros::serde_bridge!($name);
    };
}

/// `Serialize` and `Deserialize` under the feature `serde`.
macro_rules! serde_bridge {
    ($name:ident) => {
        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::json::serialize(self, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::json::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use {integer_enumeration, serde_bridge, string_enumeration};
