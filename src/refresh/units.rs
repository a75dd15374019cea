//! Meters that lists give in another unit than the book that stanzas were written for: their costs would be other ones.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::model::Problem;
use crate::price::{Book, Sheet, is_same_unit};

/// A warning for each meter whose unit is none of those that the book has for it.
pub(super) fn other_units(sheets: &[Sheet], known: &Book) -> Vec<Problem> {
    sheets.iter().flat_map(|sheet| of_sheet(sheet, known)).collect()
}

fn of_sheet(sheet: &Sheet, known: &Book) -> Vec<Problem> {
    let (provider, service) = (sheet.provider(), sheet.service());
    if known.columns(provider, service) != Some(sheet.key_columns()) {
        return Vec::new();
    }
    let units: BTreeMap<&[SmolStr], &str> = sheet.rows().map(|row| (row.key, row.unit)).collect();
    let mut found = Vec::new();
    for meter in known.meters(provider, service) {
        let (Some(unit), Some(price)) = (units.get(meter.key.as_slice()), meter.prices.first()) else { continue };
        if meter.prices.iter().any(|price| is_same_unit(&price.unit, unit)) {
            continue;
        }
        let name =
            meter.key.iter().filter(|part| !part.is_empty()).map(SmolStr::as_str).collect::<Vec<_>>().join(" / ");
        let message = format!("{service}: {name} is in {unit} now, and in {} in the embedded book", price.unit);
        let help = "a stanza may count in the old unit: `lepton catalog verify` shows both prices";
        found.push(Problem::warning("lepton::prices::unit", message).help(help));
    }
    found
}
