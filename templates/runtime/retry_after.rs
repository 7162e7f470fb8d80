//! `Retry-After`: how long a server asks to be left alone (RFC 9110 section 10.2.3).
//!
//! In: response headers. Out: a duration from now.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// The wait that the headers ask for: whole seconds, or an HTTP date, which is measured against the server's own `Date`
/// where there is one, so that a clock that is off does no harm.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let then = http_date(text)?;
    let now = headers
        .get(DATE)
        .and_then(|date| http_date(date.to_str().ok()?))
        .or_else(|| {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
            i64::try_from(now.as_secs()).ok()
        })?;
    Some(Duration::from_secs(
        u64::try_from(then.saturating_sub(now)).unwrap_or(0),
    ))
}

/// Seconds since 1970 of an HTTP date in any of its three forms (RFC 9110 section 5.6.7).
fn http_date(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text
        .split([' ', ',', '-', ':'])
        .filter(|part| !part.is_empty())
        .collect();
    let (day, month, year, hour, minute, second) = match *parts.as_slice() {
        [_, day, month, year, hour, minute, second, "GMT"] => {
            (day, month, year, hour, minute, second)
        }
        [_, month, day, hour, minute, second, year] => (day, month, year, hour, minute, second),
        _ => return None,
    };
    let month = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    .iter()
    .position(|name| *name == month)?;
    let number = |text: &str, most: i64| {
        text.parse::<i64>()
            .ok()
            .filter(|number| (0..=most).contains(number))
    };
    let year = match number(year, 9999)? {
        short @ 0..70 => short + 2000,
        short @ 70..100 => short + 1900,
        year => year,
    };
    let (day, hour, minute, second) = (
        number(day, 31)?,
        number(hour, 23)?,
        number(minute, 59)?,
        number(second, 60)?,
    );
    let days = days_since_1970(year, i64::try_from(month).ok()? + 1, day);
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// Counts in years that begin in March, so that the leap day is the last day of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    // 719468 days lie between 1 March of the year 0 and 1 January 1970.
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}
