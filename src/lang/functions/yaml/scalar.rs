//! What a plain word of YAML means: the words of YAML 1.1, the numbers of YAML 1.2.

use rust_decimal::Decimal;

use crate::lang::convert::{composed, parse_number};
use crate::lang::functions::time;
use crate::model::Value;

/// A word without quotes or tag.
pub(super) fn plain(word: &str) -> Result<Value, String> {
    if let Some(truth) = truth(word) {
        return Ok(Value::Bool(truth));
    }
    if is_null(word) {
        return Ok(Value::Null);
    }
    if is_beyond_numbers(word) {
        return Err(format!("`{word}` is no decimal number"));
    }
    match timestamp(word) {
        Some(time) => Ok(Value::from(time.as_str())),
        None => Ok(number(word)?.map_or_else(|| text(word), Value::Number)),
    }
}

/// A word with a tag of YAML: the name behind `!!`.
pub(super) fn tagged(tag: &str, word: &str) -> Result<Value, String> {
    let wrong = || format!("a value is not what its tag `!!{tag}` says");
    match tag {
        "str" | "binary" => Ok(text(word)),
        "bool" => truth(word).map(Value::Bool).ok_or_else(wrong),
        "int" | "float" => number(word)?.map(Value::Number).ok_or_else(wrong),
        "null" => Ok(Value::Null),
        "timestamp" => timestamp(word).map(|time| Value::from(time.as_str())).ok_or_else(wrong),
        _ => Err(format!("the tag `!!{tag}` is not known")),
    }
}

pub(super) fn text(word: &str) -> Value {
    Value::from(composed(word).as_ref())
}

fn truth(word: &str) -> Option<bool> {
    match word {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

fn is_null(word: &str) -> bool {
    matches!(word, "" | "~" | "null" | "Null" | "NULL")
}

/// `.inf`, `-.Inf`, `.NAN`: Terraform refuses those that are no number, and a decimal has no infinity.
fn is_beyond_numbers(word: &str) -> bool {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(word, ".nan" | ".NaN" | ".NAN")
}

/// Decimal, `0x1f` or `0o17`; `None` if the word is no number.
fn number(word: &str) -> Result<Option<Decimal>, String> {
    let in_base = |digits: &str, base: u32| {
        let is_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base));
        is_digits
            .then(|| u64::from_str_radix(digits, base).map(Decimal::from).map_err(|_| TOO_LARGE.to_owned()))
            .transpose()
    };
    if let Some(digits) = word.strip_prefix("0x") {
        return in_base(digits, 16);
    }
    if let Some(digits) = word.strip_prefix("0o") {
        return in_base(digits, 8);
    }
    if !is_decimal(word) {
        return Ok(None);
    }
    parse_number(word).map(Some).ok_or_else(|| TOO_LARGE.to_owned())
}

const TOO_LARGE: &str = "a number does not fit a decimal";

/// `-1.5e3`, `.5`, `5.`, `010`: a sign, digits with a point, an exponent.
fn is_decimal(word: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    is_digits(whole)
        && is_digits(fraction)
        && whole.len() + fraction.len() > 0
        && exponent.is_none_or(|exponent| !exponent.is_empty() && is_digits(exponent))
}

/// A date, or a date and a time, as RFC 3339 writes it.
///
/// `2019-2-1`, `2019-02-01T10:00:00Z`, `2019-02-01 10:00:00.5`
fn timestamp(word: &str) -> Option<String> {
    let is_date = word.len() >= 8 && word.as_bytes()[4] == b'-' && word.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    if !is_date {
        return None;
    }
    let (date, clock) = match word.split_once(['T', 't']) {
        Some((date, clock)) => (date, clock.to_owned()),
        None => match word.split_once(' ') {
            // A zone may stand behind a `T` only.
            Some((_, clock)) if clock.contains(['Z', '+', '-']) => return None,
            Some((date, clock)) => (date, format!("{clock}Z")),
            None => (word, "0:0:0Z".to_owned()),
        },
    };
    let zone_at = clock.find(['Z', '.', '+', '-'])?;
    let (clock, rest) = clock.split_at(zone_at);
    time::normal(&format!("{}T{}{rest}", padded(date, '-'), padded(clock, ':')))
}

/// Numbers of one digit with a zero before them.
fn padded(text: &str, separator: char) -> String {
    let parts = text.split(separator).map(|part| if part.len() == 1 { format!("0{part}") } else { part.to_owned() });
    parts.collect::<Vec<_>>().join(&separator.to_string())
}
