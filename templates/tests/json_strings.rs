//! Strings: escapes, Unicode, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]

use clientsmith_templates::runtime::json::{from_slice, to_vec};

fn read(text: &str) -> String {
    from_slice(text.as_bytes()).unwrap()
}

fn error(text: &[u8]) -> String {
    from_slice::<String>(text).unwrap_err().to_string()
}

#[test]
fn escapes_read() {
    assert_eq!(read(r#""a\"\\\/\b\f\n\r\tz""#), "a\"\\/\u{8}\u{c}\n\r\tz");
    assert_eq!(read(r#""\u0041\u00e9\u4e2d\ud83d\ude00""#), "Aé中😀");
    assert_eq!(read(r#""\u0000""#), "\0");
    assert_eq!(read(r#""größe 中 😀""#), "größe 中 😀");
    assert_eq!(read(r#""""#), "");
}

#[test]
fn strings_that_are_not_unicode_are_refused() {
    let half = "invalid JSON: half of a surrogate pair in a string at byte";
    for text in [
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83dx""#,
        r#""\ud83d\n""#,
        r#""\ud83d\u0041""#,
    ] {
        let error = error(text.as_bytes());
        assert!(error.starts_with(half), "{text}: {error}");
    }
    assert_eq!(
        error(b"\"ab\xff\""),
        "invalid JSON: a string is not UTF-8 at byte 3"
    );
}

#[test]
fn broken_strings_are_refused() {
    assert_eq!(
        error(b"\"abc"),
        "invalid JSON: the text ends within a string at byte 4"
    );
    assert_eq!(error(br#""\x""#), "invalid JSON: invalid escape at byte 2");
    assert_eq!(
        error(b"\"a\nb\""),
        "invalid JSON: control character (\\u0000-\\u001F) found while parsing a string at byte 2"
    );
    assert_eq!(error(b"5"), "expected string, found number at byte 0");
}

#[test]
fn strings_are_written_as_serde_json_writes_them() {
    let mut samples: Vec<String> = (0..128u8)
        .map(|byte| char::from(byte).to_string())
        .collect();
    samples.extend(["größe", "中文", "😀", "\u{7f}\u{80}\u{2028}", ""].map(str::to_owned));
    // Every length around the blocks that are looked at together, with what needs an escape at every place.
    for length in 0..50 {
        let plain = "é".repeat(length / 2) + &"x".repeat(length % 2);
        for at in (0..=plain.len()).filter(|at| plain.is_char_boundary(*at)) {
            for escaped in ["\"", "\\", "\n", "\u{1f}", ""] {
                let mut sample = plain.clone();
                sample.insert_str(at, escaped);
                samples.push(sample);
            }
        }
    }
    for sample in samples {
        let text = to_vec(&sample);
        assert_eq!(text, serde_json::to_vec(&sample).unwrap(), "{sample:?}");
        assert_eq!(from_slice::<String>(&text).unwrap(), sample);
    }
}
