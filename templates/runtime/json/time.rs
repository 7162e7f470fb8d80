//! Points in time (`format: date-time`) and dates (`format: date`), as RFC 3339 writes them.
//!
//! Many servers leave out the offset, shorten it to hours, write it without its colon, or put a space for the `T`. All of that is read:
//! without an offset it is UTC.
//!
//! In a client whose API has none, this file and the crate are left out.

use std::io::Write as _;

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime};

use super::{Decode, DecodeError, Decoder, Encode, Encoder};
use crate::runtime::Parameter;

impl Decode for OffsetDateTime {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.string(|text| {
            date_time(text).ok_or_else(|| format!("expected an RFC 3339 date-time, found {text:?}"))
        })
    }
}

impl Encode for OffsetDateTime {
    /// As RFC 3339; null for a year or an offset that it cannot write.
    fn encode(&self, json: &mut Encoder) {
        let before = json.text.len();
        json.raw("\"");
        match self.format_into(&mut json.text, &Rfc3339) {
            Ok(_) => json.raw("\""),
            Err(_) => {
                json.text.truncate(before);
                json.raw("null");
            }
        }
    }
}

fn date_time(text: &str) -> Option<OffsetDateTime> {
    if let Ok(value) = OffsetDateTime::parse(text, &Rfc3339) {
        return Some(value);
    }
    let mut repaired = text.replacen(' ', "T", 1);
    let (_, time) = repaired.split_once(['T', 't'])?;
    let offset = time
        .find(['Z', 'z', '+', '-'])
        .map(|start| time.len() - start);
    match offset {
        None => repaired.push('Z'),
        // `+02`
        Some(3) => repaired.push_str(":00"),
        // `+0200`
        Some(5) if time.is_ascii() => repaired.insert(repaired.len() - 2, ':'),
        Some(_) => {}
    }
    OffsetDateTime::parse(&repaired, &Rfc3339).ok()
}

impl Decode for Date {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.string(|text| {
            date(text).ok_or_else(|| format!("expected an RFC 3339 full-date, found {text:?}"))
        })
    }
}

impl Encode for Date {
    fn encode(&self, json: &mut Encoder) {
        let (year, month, day) = self.to_calendar_date();
        // Writing to a Vec cannot fail.
        let _ = write!(json.text, "\"{year:04}-{:02}-{day:02}\"", u8::from(month));
    }
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len()) != (4, 2, 2)
        || !text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
    {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// As RFC 3339 writes it; empty for a year or an offset that it cannot write.
impl Parameter for OffsetDateTime {
    fn write(&self, text: &mut String) {
        text.push_str(&self.format(&Rfc3339).unwrap_or_default());
    }
}

/// As RFC 3339 writes it.
impl Parameter for Date {
    fn write(&self, text: &mut String) {
        text.push_str(&self.to_string());
    }
}
