//! List prices that stand on a published sample of a bill, each under the number of its SKU.
//!
//! `focus.csv` beside this file says which meter a SKU of a region is. Left out is what changed since (requests of
//! DynamoDB) and what has further tiers that the sample does not show.

use std::path::Path;

use super::super::table::{Line, Table};
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

const SKUS: &str = include_str!("focus.csv");

/// Reads the unit prices of the sample below the folder of lists of several providers.
pub(super) fn shelve(offers: &mut Offers, multi: &Path) -> Result<(), SheetError> {
    let source = Source::new(
        "focus-2024-09",
        "2024-09",
        "list unit prices on a bill of AWS of that month, in the sample of FinOps-Open-Cost-and-Usage-Spec/FOCUS-Sample-Data \
         @adbdd17, CC BY 4.0",
    );
    let sample = Table::open(&multi.join("focus-sample-list-unit-prices-2024.csv"))?;
    let skus = Table::read("focus.csv".to_owned(), SKUS.as_bytes())?;
    for sku in skus.lines() {
        let is_sku = |line: &Line<'_>| ["region", "sku_id"].iter().all(|name| line.text(name) == sku.text(name));
        let Some(line) = sample.lines().find(is_sku) else {
            return Err(sku.fail(format!("the sample has no SKU {}", sku.text("sku_id"))));
        };
        let price = line.decimal(line.text("list_unit_price"), "price")?;
        let meter = Meter::new(sku.text("usage_type"), sku.text("operation"));
        offers.put(sku.text("service"), &meter, sku.text("unit"), price, sku.text("region"), &source);
    }
    Ok(())
}
