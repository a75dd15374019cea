//! When a document is asked for again, and how long later.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime};
use ureq::http::{HeaderMap, StatusCode};

/// A server that wants a longer wait is not asked again.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// Whether an answer may be another one later.
pub(super) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// What `Retry-After` asks for: seconds, or until a time.
pub(super) fn after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let wanted = text("retry-after")?.trim();
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    // The server's own clock tells how long it is until then.
    let (then, now) = (time(wanted)?, time(text("date")?)?);
    Some(Duration::from_secs(u64::try_from(then - now).unwrap_or(0)))
}

/// A time of HTTP in seconds.
fn time(text: &str) -> Option<i64> {
    let plain = text.trim().strip_suffix(" GMT")?;
    let time = NaiveDateTime::parse_from_str(plain, "%a, %d %b %Y %H:%M:%S").ok()?;
    Some(DateTime::<chrono::Utc>::from_naive_utc_and_offset(time, chrono::Utc).timestamp())
}

/// How long to wait before the next of several tries: a tenth of a second, and twice as long each time.
pub(super) fn back_off(tries: u32) -> Duration {
    Duration::from_millis(100 << tries.min(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(retry: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", retry.parse().expect("a value"));
        headers.insert("date", "Fri, 27 Nov 2026 08:00:00 GMT".parse().expect("a value"));
        headers
    }

    #[test]
    fn a_wait_is_a_number_or_a_time() {
        assert_eq!(after(&headers("7")), Some(Duration::from_secs(7)));
        assert_eq!(after(&headers("Fri, 27 Nov 2026 08:01:30 GMT")), Some(Duration::from_secs(90)));
        assert_eq!(after(&headers("Fri, 27 Nov 2026 07:00:00 GMT")), Some(Duration::ZERO));
        assert_eq!(after(&headers("soon")), None);
        assert_eq!(after(&HeaderMap::new()), None);
        assert!(back_off(3) > back_off(2) && back_off(99) < LONGEST_WAIT);
    }
}
