//! IP addresses (`format: ipv4`, `format: ipv6`), as text.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Decode, DecodeError, Decoder, Encode, Encoder};
use crate::runtime::Parameter;

macro_rules! address {
    ($address:ty, $name:literal) => {
        impl Decode for $address {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                json.string(|text| {
                    text.parse().map_err(|_| {
                        format!(concat!("expected an ", $name, " address, found {:?}"), text)
                    })
                })
            }
        }

        impl Encode for $address {
            fn encode(&self, json: &mut Encoder) {
                json.plain_string(&self.to_string());
            }
        }

        impl Parameter for $address {
            fn write(&self, text: &mut String) {
                // Writing to a String cannot fail.
                let _ = write!(text, "{self}");
            }
        }
    };
}

address!(Ipv4Addr, "IPv4");
address!(Ipv6Addr, "IPv6");
