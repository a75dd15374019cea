//! Units of measure: a price "per 10K" becomes a price per one.

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

/// Splits a unit of measure into how many units it counts and what one of them is called.
///
/// `10K` is 10,000 times `1`; `100 GB Seconds` is 100 times `GB Second`; `1/Month` and `1K/Month` are
/// `1/Month`; `1 GB/Month` is `GB/Month`. `None` if the text does not begin with a number.
pub(in crate::price) fn split_unit(measure: &str) -> Option<(Decimal, SmolStr)> {
    let measure = measure.trim();
    let digits = measure.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(measure.len());
    let (number, rest) = measure.split_at(digits);
    let mut count: Decimal = number.parse().ok()?;
    let mut rest = rest;
    for (suffix, factor) in [("K", 1_000), ("M", 1_000_000)] {
        // `1 MB` is a megabyte, `1M` a million: only a suffix that touches the number counts.
        let Some(after) = rest.strip_prefix(suffix) else { continue };
        if after.is_empty() || after.starts_with(['/', ' ']) {
            count *= Decimal::from(factor);
            rest = after;
        }
    }
    if count.is_zero() {
        return None;
    }
    let rest = rest.trim();
    let singular = rest.strip_suffix("econds").map(|stem| format_smolstr!("{stem}econd"));
    let singular = singular.or_else(|| rest.strip_suffix("ours").map(|stem| format_smolstr!("{stem}our")));
    let name = singular.unwrap_or_else(|| rest.into());
    if name.is_empty() || name.starts_with('/') {
        return Some((count, format_smolstr!("1{name}")));
    }
    Some((count, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(measure: &str) -> (String, String) {
        let (count, name) = split_unit(measure).expect("a unit");
        (count.to_string(), name.to_string())
    }

    #[test]
    fn counts_are_divided_out_and_the_words_stay() {
        for (measure, count, name) in [
            ("1 Hour", "1", "Hour"),
            ("1/Hour", "1", "1/Hour"),
            ("10K", "10000", "1"),
            ("1M/Month", "1000000", "1/Month"),
            ("1 GB/Month", "1", "GB/Month"),
            ("100 GB/Month", "100", "GB/Month"),
            ("100 GB Seconds", "100", "GB Second"),
            ("100 Hours", "100", "Hour"),
            ("1 MB", "1", "MB"),
            ("10M", "10000000", "1"),
        ] {
            assert_eq!(split(measure), (count.to_owned(), name.to_owned()), "{measure}");
        }
    }

    #[test]
    fn a_unit_without_a_number_is_no_unit() {
        assert_eq!(split_unit("GB"), None);
        assert_eq!(split_unit("0 GB"), None);
    }
}
