//! Figures for people: money, quantities, percentages. Rounded here, once.

use rust_decimal::{Decimal, RoundingStrategy};

/// The symbol before an amount, or the code and a space.
fn symbol(currency: &str) -> String {
    match currency {
        "USD" => "$".into(),
        "EUR" => "€".into(),
        "GBP" => "£".into(),
        "CNY" => "CN¥".into(),
        code => format!("{code} "),
    }
}

/// An amount a month: `$1,234.56`, `-$3.00`, `<$0.01`.
pub(crate) fn money(amount: Decimal, currency: &str) -> String {
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    let size = amount.abs();
    if !size.is_zero() && size < Decimal::new(5, 3) {
        return format!("{sign}<{}0.01", symbol(currency));
    }
    format!("{sign}{}{}", symbol(currency), grouped(size, 2, 2))
}

/// A difference, with its sign: `+$70.88`.
pub(crate) fn signed(amount: Decimal, currency: &str) -> String {
    if amount.is_sign_negative() || amount.is_zero() {
        return money(amount, currency);
    }
    format!("+{}", money(amount, currency))
}

/// The price of a unit, in as many digits as it has: `$0.096`, `$0.0000002`.
pub(crate) fn unit_price(price: Decimal, currency: &str) -> String {
    format!("{}{}", symbol(currency), grouped(price, 2, 12))
}

/// A quantity: `1,460`, `2.5`, `0.333`.
pub(crate) fn quantity(quantity: Decimal) -> String {
    let places = if quantity.abs() < Decimal::ONE { 6 } else { 3 };
    grouped(quantity, 0, places)
}

/// A share of a whole difference: ` (+71%)`; empty without a base.
pub(crate) fn percent(delta: Decimal, base: Decimal) -> String {
    if base.is_zero() {
        return String::new();
    }
    let Some(share) = delta.checked_div(base).and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED)) else {
        return String::new();
    };
    let sign = if share.is_sign_negative() { "-" } else { "+" };
    format!(" ({sign}{}%)", grouped(share.abs(), 0, if share.abs() < Decimal::TEN { 1 } else { 0 }))
}

const STRATEGY: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

/// Digits in groups of three, with at least and at most so many places.
fn grouped(number: Decimal, least: usize, most: u32) -> String {
    let rounded = number.round_dp_with_strategy(most, STRATEGY).normalize();
    let text = rounded.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !places.is_empty() || least > 0 {
        out.push('.');
        out.push_str(places);
        out.extend(std::iter::repeat_n('0', least.saturating_sub(places.len())));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn money_has_two_places_and_never_hides_a_cost_as_zero() {
        assert_eq!(money(decimal("1234567.891"), "USD"), "$1,234,567.89");
        assert_eq!(money(decimal("0.0001"), "USD"), "<$0.01");
        assert_eq!(money(decimal("-3"), "EUR"), "-€3.00");
        assert_eq!(money(Decimal::ZERO, "JPY"), "JPY 0.00");
        assert_eq!(signed(decimal("70.875"), "USD"), "+$70.88");
    }

    #[test]
    fn unit_prices_keep_their_digits() {
        assert_eq!(unit_price(decimal("0.0000002"), "USD"), "$0.0000002");
        assert_eq!(unit_price(decimal("0.2"), "USD"), "$0.20");
        assert_eq!(quantity(decimal("1460")), "1,460");
        assert_eq!(percent(decimal("50"), decimal("200")), " (+25%)");
        assert_eq!(percent(decimal("-5.4"), decimal("200")), " (-2.7%)");
        assert_eq!(percent(decimal("5000"), decimal("2")), " (+250,000%)");
    }
}
