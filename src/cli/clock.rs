//! The time that reports state; `SOURCE_DATE_EPOCH` makes it reproducible.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat, Utc};

/// Now in UTC as RFC 3339, to the second.
pub(super) fn now() -> String {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse::<i64>().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed());
    let time: DateTime<Utc> = DateTime::from_timestamp(given.unwrap_or_else(now), 0).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Today in UTC, as `YYYY-MM-DD`.
pub(super) fn today() -> String {
    const DAY: usize = 10;
    now().chars().take(DAY).collect()
}
