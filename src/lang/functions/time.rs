//! Functions of times in RFC 3339: formatted, moved, compared. None sees the clock.

use super::{Call, Failed, Function, Gives, pure};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("formatdate", "pattern, time", 2, Some(2), formatdate).gives(Gives::Text),
    pure("timeadd", "time, duration", 2, Some(2), |call| {
        let time = time(call, 0)?;
        let moved = duration(&call.text(1)?).and_then(|by| time.moved(by));
        call.made(&moved.ok_or_else(|| call.fail(1, "not a duration such as `1h30m`, or too long"))?.text())
    })
    .gives(Gives::Text),
    pure("timecmp", "time, time", 2, Some(2), |call| {
        let (a, b) = (time(call, 0)?, time(call, 1)?);
        Ok(Value::from(a.nanoseconds.cmp(&b.nanoseconds) as i64))
    })
    .gives(Gives::Number),
];

const SECOND: i128 = 1_000_000_000;
const DAY: i64 = 86_400;

/// A point in time, and how far from UTC its clock stands.
#[derive(Clone, Copy)]
struct Time {
    /// Since 1970 in UTC.
    nanoseconds: i128,
    offset_minutes: i64,
}

/// A point in time as a calendar and a clock show it.
struct Shown {
    year: i64,
    month: usize,
    day: i64,
    /// 0 is Thursday: so was the first of January 1970.
    weekday: usize,
    hour: i64,
    minute: i64,
    second: i64,
}

fn time(call: &Call<'_>, at: usize) -> Result<Time, Failed> {
    parse(&call.text(at)?).ok_or_else(|| call.fail(at, "not a time such as `2026-07-01T12:00:00Z`"))
}

/// A time as functions write it, without parts of seconds; `None` if the text is none.
pub(super) fn normal(text: &str) -> Option<String> {
    parse(text).map(Time::text)
}

/// `2026-07-01T12:00:00.5+02:00`
fn parse(text: &str) -> Option<Time> {
    let (date, clock) = text.split_once('T')?;
    let [year, month, day] = numbers(date, '-', &[4, 2, 2])?;
    let is_date = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    let zone_at = clock.find(['Z', '+', '-'])?;
    let (clock, zone) = clock.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [hour, minute, second] = numbers(clock, ':', &[2, 2, 2])?;
    let offset_minutes = match zone.split_at(1) {
        ("Z", "") => 0,
        (sign, zone) => {
            let [hours, minutes] = numbers(zone, ':', &[2, 2])?;
            (if sign == "-" { -1 } else { 1 }) * (hours * 60 + minutes)
        }
    };
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !is_date || hour > 23 || minute > 59 || second > 59 || offset_minutes.abs() >= 24 * 60 || !is_fraction {
        return None;
    }
    let nanoseconds: i128 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let seconds = days_until(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset_minutes * 60;
    Some(Time { nanoseconds: i128::from(seconds) * SECOND + nanoseconds, offset_minutes })
}

/// Numbers of as many digits each, between separators.
fn numbers<const N: usize>(text: &str, separator: char, lengths: &[usize; N]) -> Option<[i64; N]> {
    let mut found = [0; N];
    let mut parts = text.split(separator);
    for (number, length) in found.iter_mut().zip(lengths) {
        let part = parts.next().filter(|part| part.len() == *length)?;
        *number = part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()?;
    }
    parts.next().is_none().then_some(found)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the start of 1970 to a date.
fn days_until(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    let until_year = before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    const UNTIL_1970: i64 = 719_162;
    until_year - UNTIL_1970 + (1..month).map(|month| days_in(year, month)).sum::<i64>() + day - 1
}

impl Time {
    fn moved(self, by: i128) -> Option<Self> {
        let moved = Self { nanoseconds: self.nanoseconds.checked_add(by)?, ..self };
        (0..=9999).contains(&moved.shown().year).then_some(moved)
    }

    fn shown(self) -> Shown {
        let seconds = self.nanoseconds.div_euclid(SECOND) as i64 + self.offset_minutes * 60;
        let (days, clock) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        // A year too early at most; 400 years have 146,097 days.
        let mut year = 1970 + days.div_euclid(146_097) * 400 + days.rem_euclid(146_097) / 366;
        while days_until(year + 1, 1, 1) <= days {
            year += 1;
        }
        let mut day = days - days_until(year, 1, 1);
        let mut month = 1;
        while day >= days_in(year, month) {
            day -= days_in(year, month);
            month += 1;
        }
        Shown {
            year,
            month: month as usize,
            day: day + 1,
            weekday: days.rem_euclid(7) as usize,
            hour: clock / 3600,
            minute: clock / 60 % 60,
            second: clock % 60,
        }
    }

    fn zone(self, separator: &str) -> String {
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let minutes = self.offset_minutes.abs();
        format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
    }

    fn zone_or_z(self) -> String {
        if self.offset_minutes == 0 { "Z".to_owned() } else { self.zone(":") }
    }

    fn text(self) -> String {
        let Shown { year, month, day, hour, minute, second, .. } = self.shown();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{}", self.zone_or_z())
    }
}

/// `-1h30m`, `1.5s`: nanoseconds.
fn duration(text: &str) -> Option<i128> {
    const UNITS: [(&str, i128); 8] = [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", SECOND),
        ("m", 60 * SECOND),
        ("h", 3600 * SECOND),
    ];
    let (is_negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let length = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let (whole, fraction) = rest[..length].split_once('.').unwrap_or((&rest[..length], ""));
        if whole.len() + fraction.len() == 0 || fraction.contains('.') || whole.len() > 19 {
            return None;
        }
        rest = &rest[length..];
        let unit_length = rest.find(|letter: char| letter.is_ascii_digit() || letter == '.').unwrap_or(rest.len());
        let unit = UNITS.iter().find(|(name, _)| *name == &rest[..unit_length])?.1;
        rest = &rest[unit_length..];
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let fraction = &fraction[..fraction.len().min(15)];
        let part: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
        total += whole * unit + part * unit / 10_i128.pow(fraction.len() as u32);
    }
    (total <= i128::from(i64::MAX)).then_some(if is_negative { -total } else { total })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

fn formatdate(call: &Call<'_>) -> Result<Value, Failed> {
    let (pattern, time) = (call.text(0)?, time(call, 1)?);
    let shown = time.shown();
    let mut text = String::new();
    let mut rest = pattern.as_str();
    while let Some(letter) = rest.chars().next() {
        if letter == '\'' {
            let (quoted, behind) = quoted(rest).ok_or_else(|| call.fail(0, "a quote does not end"))?;
            text.push_str(&quoted);
            rest = behind;
            continue;
        }
        let length = rest.chars().take_while(|next| *next == letter).count() * letter.len_utf8();
        let (verb, behind) = rest.split_at(length);
        rest = behind;
        if letter.is_ascii_alphabetic() {
            let piece = piece(verb, time, &shown);
            text.push_str(&piece.ok_or_else(|| call.fail(0, format!("`{verb}` is not a known part of a time")))?);
        } else {
            text.push_str(verb);
        }
    }
    call.made(&text)
}

/// The text within quotes, where two quotes stand for one, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut quoted = String::new();
    let mut rest = &text[1..];
    loop {
        let (part, behind) = rest.split_once('\'')?;
        quoted.push_str(part);
        match behind.strip_prefix('\'') {
            Some(behind) => {
                quoted.push('\'');
                rest = behind;
            }
            None => return Some((quoted, behind)),
        }
    }
}

fn piece(verb: &str, time: Time, shown: &Shown) -> Option<String> {
    let twelve = match shown.hour % 12 {
        0 => 12,
        hour => hour,
    };
    let half = if shown.hour < 12 { "AM" } else { "PM" };
    let (month, weekday) = (MONTHS[shown.month - 1], WEEKDAYS[shown.weekday]);
    Some(match verb {
        "YYYY" => format!("{:04}", shown.year),
        "YY" => format!("{:02}", shown.year % 100),
        "MMMM" => month.to_owned(),
        "MMM" => month[..3].to_owned(),
        "MM" => format!("{:02}", shown.month),
        "M" => shown.month.to_string(),
        "DD" => format!("{:02}", shown.day),
        "D" => shown.day.to_string(),
        "EEEE" => weekday.to_owned(),
        "EEE" => weekday[..3].to_owned(),
        "hh" => format!("{:02}", shown.hour),
        "h" => shown.hour.to_string(),
        "HH" => format!("{twelve:02}"),
        "H" => twelve.to_string(),
        "AA" => half.to_owned(),
        "aa" => half.to_ascii_lowercase(),
        "mm" => format!("{:02}", shown.minute),
        "m" => shown.minute.to_string(),
        "ss" => format!("{:02}", shown.second),
        "s" => shown.second.to_string(),
        "ZZZZZ" => time.zone(":"),
        "ZZZZ" => time.zone(""),
        "ZZZ" if time.offset_minutes == 0 => "UTC".to_owned(),
        "ZZZ" => time.zone(""),
        "Z" => time.zone_or_z(),
        _ => return None,
    })
}
