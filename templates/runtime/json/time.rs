//! Points in time (`format: date-time`) and dates (`format: date`), as RFC 3339 writes them.
//!
//! Many servers leave out the offset or put a space for the `T`. Both are read: without an offset it is UTC.

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime};

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

impl Decode for OffsetDateTime {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        json.string(|text| {
            date_time(text).ok_or_else(|| format!("expected an RFC 3339 date-time, found {text:?}"))
        })
    }
}

impl Encode for OffsetDateTime {
    fn encode(&self, json: &mut Encoder) {
        match self.format(&Rfc3339) {
            Ok(text) => json.string(&text),
            // A year or an offset that RFC 3339 cannot write.
            Err(_) => json.raw("null"),
        }
    }
}

fn date_time(text: &str) -> Option<OffsetDateTime> {
    if let Ok(value) = OffsetDateTime::parse(text, &Rfc3339) {
        return Some(value);
    }
    let mut repaired = text.replacen(' ', "T", 1);
    let time = repaired.split_once('T')?.1;
    if !time.contains(['Z', 'z', '+', '-']) {
        repaired.push('Z');
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
        json.string(&date_text(*self));
    }
}

/// A date as RFC 3339 writes it: `2026-11-23`.
pub(crate) fn date_text(date: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}
