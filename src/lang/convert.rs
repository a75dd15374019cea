//! Terraform's conversions between primitive types: numbers and booleans are often written as strings.

use std::borrow::Cow;
use std::str::FromStr as _;

use rust_decimal::Decimal;
use smol_str::{SmolStr, ToSmolStr};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::Value;

/// As a number: numbers, and strings that hold one. Null, unknown and sensitivity pass.
///
/// ```
/// use lepton::lang::convert::to_number;
/// use lepton::model::Value;
/// assert_eq!(to_number(&Value::from("8")), Ok(Value::from(8)));
/// ```
pub fn to_number(value: &Value) -> Result<Value, String> {
    match value {
        Value::Null | Value::Unknown(_) | Value::Number(_) => Ok(value.clone()),
        Value::Sensitive(inner) => Ok(to_number(inner).map_err(|_| HIDDEN.to_owned())?.sensitive()),
        Value::String(text) => match parse_number(text) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(format!("{} is not a number", shortened(text))),
        },
        other => Err(format!("a {} is not a number", other.kind())),
    }
}

/// As text: strings, numbers, booleans. Null, unknown and sensitivity pass.
pub fn to_text(value: &Value) -> Result<Value, String> {
    match value {
        Value::Null | Value::Unknown(_) | Value::String(_) => Ok(value.clone()),
        Value::Sensitive(inner) => Ok(to_text(inner)?.sensitive()),
        Value::Number(number) => Ok(Value::String(number_text(*number))),
        Value::Bool(truth) => Ok(Value::from(if *truth { "true" } else { "false" })),
        other => Err(format!("a {} is not text", other.kind())),
    }
}

/// As a truth value: booleans, and the strings `true`, `false`, `1` and `0`. Null, unknown and sensitivity pass.
pub fn to_bool(value: &Value) -> Result<Value, String> {
    match value {
        Value::Null | Value::Unknown(_) | Value::Bool(_) => Ok(value.clone()),
        Value::Sensitive(inner) => Ok(to_bool(inner).map_err(|_| HIDDEN.to_owned())?.sensitive()),
        Value::String(text) if text == "true" || text == "1" => Ok(Value::Bool(true)),
        Value::String(text) if text == "false" || text == "0" => Ok(Value::Bool(false)),
        other => Err(format!("a {} is neither true nor false", other.kind())),
    }
}

const HIDDEN: &str = "the sensitive value cannot be converted";

/// A text as a message can quote it.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

/// Decimal notation, with a sign and an exponent if there is one. What does not fit 28 digits is
/// rounded behind the point, and refused before it.
pub(crate) fn parse_number(text: &str) -> Option<Decimal> {
    let (is_negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, text[1..].trim_start_matches(' ')),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, whole_number(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let number = if exponent == 0 && whole.len() + fraction.len() <= 28 {
        Decimal::from_str(mantissa).ok()?
    } else {
        shifted(whole, fraction, exponent)?
    };
    Some(if is_negative { -number.normalize() } else { number.normalize() })
}

fn whole_number(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // What is out of bounds is far out of a decimal's range, too.
    let number = text.parse::<i32>().unwrap_or(if text.starts_with('-') { i32::MIN } else { i32::MAX });
    Some(number.clamp(-1_000_000_000, 1_000_000_000))
}

/// The digits with the point moved.
fn shifted(whole: &str, fraction: &str, exponent: i32) -> Option<Decimal> {
    const MOST_WHOLE: i64 = 29;
    const MOST_FRACTION: usize = 32;
    let digits = [whole, fraction].concat();
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    let digits = &digits[zeros..];
    let point = whole.len() as i64 - zeros as i64 + i64::from(exponent);
    if digits.is_empty() || point < -(MOST_FRACTION as i64) {
        return Some(Decimal::ZERO);
    }
    if point > MOST_WHOLE {
        return None;
    }
    let mut text = String::with_capacity(64);
    match usize::try_from(point) {
        Ok(point) if point > 0 => {
            let known = &digits[..point.min(digits.len())];
            text.push_str(known);
            text.extend(std::iter::repeat_n('0', point - known.len()));
            text.push('.');
            text.extend(digits.chars().skip(point).take(MOST_FRACTION));
            text.push('0');
        }
        _ => {
            text.push_str("0.");
            text.extend(std::iter::repeat_n('0', point.unsigned_abs() as usize));
            text.extend(digits.chars().take(MOST_FRACTION));
        }
    }
    Decimal::from_str(&text).ok()
}

/// The shortest decimal notation.
pub(crate) fn number_text(number: Decimal) -> SmolStr {
    number.normalize().to_smolstr()
}

/// How much of the start of a text stays, whatever follows: what follows may combine with the last letter.
pub(super) fn lasting(start: &str) -> &str {
    let ends = |letter: char| letter.is_ascii_punctuation() || letter.is_ascii_whitespace();
    match start.grapheme_indices(true).next_back() {
        Some((at, last)) if !last.ends_with(ends) => &start[..at],
        _ => start,
    }
}

/// Text in the composed form that Terraform keeps all text in (NFC).
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        parse_number(text).map(|number| number.to_string())
    }

    #[test]
    fn numbers_are_read_as_terraform_reads_them() {
        for (text, number) in [
            ("5.", "5"),
            (".5", "0.5"),
            ("010", "10"),
            ("+5", "5"),
            ("1e3", "1000"),
            ("1.25E+2", "125"),
            ("1e-7", "0.0000001"),
            ("1.50", "1.5"),
            ("123456789012345678901234567890.123456789", "123456789012345678901234567890"),
            ("3.14159265358979323846264338327950288", "3.1415926535897932384626433833"),
            ("1e-400", "0"),
            ("0e999999999999", "0"),
        ] {
            let expected = if number.len() > 29 { None } else { Some(number.to_owned()) };
            let read = parsed(text);
            assert!(read == expected || read.as_deref() == Some(number), "{text} gives {read:?}");
        }
        for text in ["", " 1", "1 ", "1_000", "0x10", "e5", "1e", "1e+", ".", "Inf", "--1", "1.2.3", "1e400"] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }

    #[test]
    fn sensitive_text_is_not_quoted() {
        let secret = Value::from("hunter2").sensitive();
        assert!(!to_number(&secret).unwrap_err().contains("hunter2"));
        assert!(to_text(&secret).unwrap().is_sensitive());
    }
}
