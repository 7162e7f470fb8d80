//! Numbers: integers in every spelling, their bounds, floating point, and what is never written.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]

use clientsmith_templates::runtime::json::{Decode, from_slice, to_vec};
use serde_json::{Value, json};

fn error<T: Decode>(text: &str) -> String {
    match from_slice::<T>(text.as_bytes()) {
        Ok(_) => panic!("{text} was read"),
        Err(error) => error.to_string(),
    }
}

fn read<T: Decode>(text: &str) -> T {
    from_slice(text.as_bytes()).unwrap()
}

#[test]
fn integers_read_at_their_bounds() {
    assert_eq!(read::<i8>("-128"), i8::MIN);
    assert_eq!(read::<i8>("127"), i8::MAX);
    assert_eq!(read::<u8>("255"), u8::MAX);
    assert_eq!(read::<i16>("-32768"), i16::MIN);
    assert_eq!(read::<u16>("65535"), u16::MAX);
    assert_eq!(read::<i32>("-2147483648"), i32::MIN);
    assert_eq!(read::<u32>("4294967295"), u32::MAX);
    assert_eq!(read::<i64>("-9223372036854775808"), i64::MIN);
    assert_eq!(read::<i64>("9223372036854775807"), i64::MAX);
    assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
    assert_eq!(read::<i64>("-0"), 0);
}

#[test]
fn integers_out_of_range_say_so() {
    assert_eq!(
        error::<i8>("128"),
        "expected an integer from -128 to 127, found 128, out of range at byte 0"
    );
    assert_eq!(
        error::<u8>("-1"),
        "expected an integer from 0 to 255, found -1, out of range at byte 0"
    );
    assert_eq!(
        error::<i64>(" 9223372036854775808"),
        "expected an integer from -9223372036854775808 to 9223372036854775807, found 9223372036854775808, out of range at byte 1"
    );
    assert_eq!(
        error::<u64>("18446744073709551616"),
        "expected an integer from 0 to 18446744073709551615, found 18446744073709551616, out of range at byte 0"
    );
    let long = "9".repeat(60);
    assert_eq!(
        error::<i64>(&long),
        format!(
            "expected integer, found {}…, out of range at byte 0",
            "9".repeat(40)
        )
    );
    assert_eq!(
        error::<i64>("1e400"),
        "expected integer, found 1e400, out of range at byte 0"
    );
}

#[test]
fn whole_numbers_read_in_every_spelling() {
    for (text, value) in [
        ("1.0", 1),
        ("-1.000", -1),
        ("1e2", 100),
        ("1E+2", 100),
        ("12.5e1", 125),
        ("1200e-2", 12),
        ("0.0", 0),
        ("0e99999999999999999999", 0),
        ("0.000e-5", 0),
        ("9223372036854775807.0", i64::MAX),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("-9223372036854775808.00", i64::MIN),
    ] {
        assert_eq!(read::<i64>(text), value, "{text}");
    }
    assert_eq!(read::<u8>("2.55e2"), 255);
    assert_eq!(read::<u64>("18446744073709551615.0"), u64::MAX);
    assert_eq!(read::<i64>(&format!("7.{}", "0".repeat(100))), 7);
}

#[test]
fn fractions_are_no_integers() {
    assert_eq!(error::<i64>("1.5"), "expected integer, found 1.5 at byte 0");
    assert_eq!(
        error::<i32>("1e-1"),
        "expected integer, found 1e-1 at byte 0"
    );
    assert_eq!(
        error::<i64>("9007199254740993.5"),
        "expected integer, found 9007199254740993.5 at byte 0"
    );
    assert_eq!(
        error::<u8>("1e-99999999999999999999"),
        "expected integer, found 1e-99999999999999999999 at byte 0"
    );
}

#[test]
fn broken_numbers_are_no_json() {
    for text in [
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "1.e5",
    ] {
        assert!(
            from_slice::<f64>(text.as_bytes()).is_err(),
            "{text} was read as a float"
        );
        assert!(
            from_slice::<i64>(text.as_bytes()).is_err(),
            "{text} was read as an integer"
        );
        assert!(
            from_slice::<Value>(text.as_bytes()).is_err(),
            "{text} was read as a value"
        );
    }
}

#[test]
fn floats_read_exactly() {
    assert_eq!(read::<f64>("0.1"), 0.1);
    assert_eq!(read::<f64>("5e-324"), 5e-324);
    assert_eq!(read::<f64>("1.7976931348623157e308"), f64::MAX);
    assert_eq!(read::<f64>("3"), 3.0);
    assert_eq!(read::<f32>("0.1"), 0.1f32);
    assert_eq!(
        error::<f64>("1e309"),
        "expected a 64-bit floating-point number, found one out of range at byte 0"
    );
    assert_eq!(
        error::<f32>("1e39"),
        "expected a 32-bit floating-point number, found one out of range at byte 0"
    );
    assert_eq!(
        error::<f64>("\"1\""),
        "expected number, found string at byte 0"
    );
}

#[test]
fn numbers_are_written_shortest() {
    let text = |value: &dyn clientsmith_templates::runtime::json::Encode| {
        String::from_utf8(to_vec(value)).unwrap()
    };
    assert_eq!(text(&i64::MIN), "-9223372036854775808");
    assert_eq!(text(&u64::MAX), "18446744073709551615");
    assert_eq!(text(&-7i8), "-7");
    assert_eq!(text(&1.0f64), "1");
    assert_eq!(text(&-0.5f64), "-0.5");
    assert_eq!(text(&0.1f32), "0.1");
    for lost in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(text(&lost), "null");
    }
    for value in [1e21, 1.5e300, 5e-324, f64::MAX, 123_456_789.125] {
        assert_eq!(read::<f64>(&text(&value)), value);
    }
}

#[test]
fn free_form_numbers_stay_as_they_were() {
    for (text, value) in [
        ("1", json!(1)),
        ("-5", json!(-5)),
        ("1.0", json!(1.0)),
        ("-0", json!(-0.0)),
        ("18446744073709551615", json!(u64::MAX)),
        ("2.5", json!(2.5)),
    ] {
        let ours: Value = read(text);
        assert_eq!(ours, value);
        assert_eq!(ours, serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(to_vec(&ours), serde_json::to_vec(&value).unwrap());
    }
    assert_eq!(
        error::<Value>("[1e999]"),
        "[0]: expected a 64-bit floating-point number, found one out of range at byte 1"
    );
}
