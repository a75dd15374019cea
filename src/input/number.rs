//! Exact decimals out of JSON number texts.

use rust_decimal::Decimal;

/// The most digits behind the point that a decimal holds.
const MOST_PLACES: i64 = 28;

/// The number that a JSON number text spells.
///
/// Digits behind the point that a decimal cannot hold are rounded to the nearest one that it can, so
/// `1e-400` is 0. A number too large to hold (about 7.9e28) is `None`: a near miss would be a wrong figure.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    if text.len() <= 18
        && let Ok(integer) = text.parse::<i64>()
    {
        return Some(Decimal::from(integer));
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, bounded_exponent(exponent)?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut places = i64::try_from(fraction.len()).ok()? - exponent;
    digits.drain(..digits.len() - digits.trim_start_matches('0').len());
    if digits.is_empty() {
        return Some(Decimal::ZERO);
    }
    while places > 0 && (places > MOST_PLACES || digits.len() > 28) && digits.ends_with('0') {
        digits.pop();
        places -= 1;
    }
    if places < 0 {
        let zeros = usize::try_from(-places).ok().filter(|zeros| digits.len() + zeros <= 29)?;
        digits.extend(std::iter::repeat_n('0', zeros));
        places = 0;
    }
    let value = rounded(&digits, places)?;
    Some(if negative { -value } else { value })
}

/// An exponent, cut to a size whose effect is the same; `None` if it is no number.
fn bounded_exponent(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(sign * digits.parse::<i64>().unwrap_or(i64::MAX).min(1_000_000_000))
}

/// The decimal of `digits` with `places` of them behind the point, rounded where it must be.
fn rounded(digits: &str, places: i64) -> Option<Decimal> {
    let length = i64::try_from(digits.len()).ok()?;
    let mut drop = (places - MOST_PLACES).max(length - 29).max(0);
    loop {
        if drop > places {
            return None;
        }
        let kept = usize::try_from((length - drop).max(0)).ok()?;
        let next = digits.as_bytes().get(kept).filter(|_| drop <= length);
        let round_up = i128::from(drop > 0 && next.is_some_and(|&digit| digit >= b'5'));
        let mantissa =
            digits[..kept].parse::<i128>().or_else(|error| if kept == 0 { Ok(0) } else { Err(error) }).ok()?;
        let scale = u32::try_from(places - drop).ok()?;
        if let Ok(value) = Decimal::try_from_i128_with_scale(mantissa + round_up, scale) {
            return Some(value);
        }
        drop += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_numbers_exact() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("8", "8"),
            ("-1.50", "-1.50"),
            ("12345678901234567890", "12345678901234567890"),
            ("9007199254740993", "9007199254740993"),
            ("0.1", "0.1"),
            ("1e3", "1000"),
            ("1.5E+2", "150"),
            ("25e-1", "2.5"),
            ("1.0000000000000000000000000000000000", "1"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
        ] {
            assert_eq!(decimal(text), Some(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn rounds_what_is_too_fine_and_refuses_what_is_too_large() {
        assert_eq!(decimal("0.1e-320"), Some(Decimal::ZERO));
        assert_eq!(decimal("1e-99999999999999999999"), Some(Decimal::ZERO));
        assert_eq!(decimal("0.66666666666666666666666666666666666"), "0.6666666666666666666666666667".parse().ok());
        assert_eq!(decimal("12345678901234567890.12345678905"), "12345678901234567890.123456789".parse().ok());
        for text in
            ["1e400", "-99999999999999999999999999999999999999", "79228162514264337593543950336", "1e29", "", "-"]
        {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(decimal("NaN"), None);
    }
}
