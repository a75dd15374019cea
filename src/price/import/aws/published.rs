//! Single figures of the price list that AWS or others have quoted, each with its document.
//!
//! `published.csv` beside this file has a line per meter, tier and region list.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::super::table::Table;
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

const FIGURES: &str = include_str!("published.csv");
const DOCUMENTS: &str = include_str!("published-sources.csv");

/// Puts every quoted figure on its sheet.
pub(super) fn shelve(offers: &mut Offers) -> Result<(), SheetError> {
    let documents = Table::read("published-sources.csv".to_owned(), DOCUMENTS.as_bytes())?;
    let mut sources: BTreeMap<SmolStr, Source> = BTreeMap::new();
    for line in documents.lines() {
        sources.insert(line.text("id").into(), Source::new(line.text("id"), line.text("as_of"), line.text("title")));
    }
    let figures = Table::read("published.csv".to_owned(), FIGURES.as_bytes())?;
    for line in figures.lines() {
        let Some(source) = sources.get(line.text("source")) else {
            return Err(line.fail(format!("source `{}` is not in published-sources.csv", line.text("source"))));
        };
        let meter = Meter::new(line.text("usage_type"), line.text("operation"));
        let from: Decimal = line.decimal(line.text("from"), "from")?;
        let price = line.decimal(line.text("price"), "price")?;
        for region in line.text("regions").split(' ') {
            offers.put_tier(line.text("service"), &meter, line.text("unit"), (from, price), region, source);
        }
    }
    Ok(())
}
