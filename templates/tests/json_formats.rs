//! Strings with a format: UUIDs, date-times, dates, IP addresses, base64.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]

use std::net::{Ipv4Addr, Ipv6Addr};

use clientsmith_templates::runtime::json::{Base64, Decode, Encode, from_slice, to_vec};
use time::{Date, Month, OffsetDateTime, UtcOffset};
use uuid::Uuid;

fn read<T: Decode>(text: &str) -> Result<T, String> {
    from_slice(format!("{text:?}").as_bytes()).map_err(|error| error.to_string())
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(to_vec(value)).unwrap()
}

#[test]
fn uuids() {
    let id = Uuid::from_u128(0x17a4fab4_c59c_4031_9cb5_41fccb5b054c);
    for text in [
        "17a4fab4-c59c-4031-9cb5-41fccb5b054c",
        "17A4FAB4-C59C-4031-9CB5-41FCCB5B054C",
        "17a4fab4c59c40319cb541fccb5b054c",
    ] {
        assert_eq!(read::<Uuid>(text).unwrap(), id);
    }
    assert_eq!(written(&id), r#""17a4fab4-c59c-4031-9cb5-41fccb5b054c""#);
    let error = read::<Uuid>("17a4").unwrap_err();
    assert!(
        error.starts_with("expected a UUID, found \"17a4\": ") && error.ends_with(" at byte 0"),
        "{error}"
    );
}

#[test]
fn date_times_read_as_servers_write_them() {
    let instant = OffsetDateTime::from_unix_timestamp(1_795_443_322).unwrap();
    for text in [
        "2026-11-23T14:15:22Z",
        "2026-11-23t14:15:22z",
        "2026-11-23T14:15:22+00:00",
        "2026-11-23T16:15:22+02:00",
        "2026-11-23T16:15:22+02",
        "2026-11-23T16:15:22+0200",
        "2026-11-23T14:15:22.000+0000",
        "2026-11-23T09:15:22-05:00",
        "2026-11-23 14:15:22Z",
        "2026-11-23 16:15:22+02:00",
        "2026-11-23T14:15:22",
        "2026-11-23 14:15:22",
        "2026-11-23T14:15:22.000000",
    ] {
        assert_eq!(read::<OffsetDateTime>(text).unwrap(), instant, "{text}");
    }
    let finer: OffsetDateTime = read("2026-11-23T14:15:22.123456").unwrap();
    assert_eq!(finer.microsecond(), 123_456);
    for text in [
        "",
        "2026-11-23",
        "14:15:22",
        "2026-13-23T14:15:22Z",
        "2026-11-23T25:15:22Z",
        "yesterday",
        " T ",
        "1795443322",
        "2026-11-23T14:15:22+€1",
    ] {
        assert_eq!(
            read::<OffsetDateTime>(text).unwrap_err(),
            format!("expected an RFC 3339 date-time, found {text:?} at byte 0")
        );
    }
}

#[test]
fn date_times_are_written_as_rfc_3339() {
    let instant = OffsetDateTime::from_unix_timestamp(1_795_443_322).unwrap();
    assert_eq!(written(&instant), r#""2026-11-23T14:15:22Z""#);
    let there = instant.to_offset(UtcOffset::from_hms(2, 0, 0).unwrap());
    assert_eq!(written(&there), r#""2026-11-23T16:15:22+02:00""#);
    assert_eq!(
        from_slice::<OffsetDateTime>(&to_vec(&there)).unwrap(),
        instant
    );
    // RFC 3339 has no offsets with seconds.
    let odd = instant.to_offset(UtcOffset::from_hms(0, 0, 1).unwrap());
    assert_eq!(written(&vec![odd]), "[null]");
}

#[test]
fn dates() {
    let date = Date::from_calendar_date(2026, Month::November, 3).unwrap();
    assert_eq!(read::<Date>("2026-11-03").unwrap(), date);
    assert_eq!(written(&date), r#""2026-11-03""#);
    for text in [
        "2026-11-31",
        "2026-1-03",
        "26-11-03",
        "2026-11-03T00:00:00Z",
        "+026-11-03",
        "2026-11",
        "",
    ] {
        assert_eq!(
            read::<Date>(text).unwrap_err(),
            format!("expected an RFC 3339 full-date, found {text:?} at byte 0")
        );
    }
}

#[test]
fn ip_addresses() {
    let address = Ipv4Addr::new(192, 0, 2, 1);
    assert_eq!(read::<Ipv4Addr>("192.0.2.1").unwrap(), address);
    assert_eq!(written(&address), r#""192.0.2.1""#);
    for text in [
        "",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.01",
        "192.0.2.1/24",
        "::1",
    ] {
        assert_eq!(
            read::<Ipv4Addr>(text).unwrap_err(),
            format!("expected an IPv4 address, found {text:?} at byte 0")
        );
    }
    let address = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
    for text in ["2001:db8::1", "2001:DB8:0:0:0:0:0:1", "2001:db8::0.0.0.1"] {
        assert_eq!(read::<Ipv6Addr>(text).unwrap(), address, "{text}");
    }
    assert_eq!(written(&address), r#""2001:db8::1""#);
    for text in ["", "2001:db8", "192.0.2.1", "[::1]", "fe80::1%eth0", "::/0"] {
        assert_eq!(
            read::<Ipv6Addr>(text).unwrap_err(),
            format!("expected an IPv6 address, found {text:?} at byte 0")
        );
    }
    let error = from_slice::<Ipv4Addr>(b"1").unwrap_err().to_string();
    assert!(error.starts_with("expected string"), "{error}");
}

#[test]
fn base64_of_rfc_4648() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        let value = Base64::from(bytes.as_bytes());
        assert_eq!(value.to_text(), text);
        assert_eq!(written(&value), format!("{text:?}"));
        assert_eq!(read::<Base64>(text).unwrap(), value);
        assert_eq!(read::<Base64>(text.trim_end_matches('=')).unwrap(), value);
    }
    let all: Vec<u8> = (0..=255).collect();
    let value = Base64::from(all);
    let url_safe = value.to_text().replace('+', "-").replace('/', "_");
    assert_eq!(Base64::from_text(&value.to_text()), Some(value.clone()));
    assert_eq!(Base64::from_text(&url_safe), Some(value));
    assert_eq!(
        Base64::from_text("Zm9v\r\nYmFy"),
        Some(Base64::from(&b"foobar"[..]))
    );
    // As `base64` on the command line and MIME libraries end it.
    assert_eq!(
        Base64::from_text("Zm9vYg==\n"),
        Some(Base64::from(&b"foob"[..]))
    );
    for text in ["Z", "Zm9vY", "Zm=v", "Zm 9", "Zmé="] {
        assert_eq!(
            read::<Base64>(text).unwrap_err(),
            "expected base64 text at byte 0",
            "{text}"
        );
    }
}
