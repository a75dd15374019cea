//! Services with one price in all regions of a tier: the figures, and the regions that Google's documents name.
//!
//! A line of `tiered.csv` beside this file is a SKU's price in every region that `tiers.csv` gives its service and tier.
//! asia-south1 is in no tier of Cloud Run: versions of the document differ on it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::table::Table;
use super::{Offer, Shelf, source};
use crate::price::{SheetError, SourceNote};

pub(super) fn shelve(shelf: &mut Shelf) -> Result<(), SheetError> {
    let table = |name: &str, text: &'static str| Table::read(name.to_owned(), text.as_bytes());
    let documents = table("tiered-sources.csv", include_str!("tiered-sources.csv"))?;
    let tiers = table("tiers.csv", include_str!("tiers.csv"))?;
    let sources: BTreeMap<&str, SourceNote> = documents
        .lines()
        .map(|line| (line.text("id"), source(line.text("id"), line.text("as_of"), line.text("title"))))
        .collect();
    let regions: BTreeMap<(&str, &str), &str> =
        tiers.lines().map(|line| ((line.text("service"), line.text("tier")), line.text("regions"))).collect();
    for line in table("tiered.csv", include_str!("tiered.csv"))?.lines() {
        let tier = (line.text("service"), line.text("tier"));
        let source = sources.get(line.text("source"));
        let (Some(source), Some(regions)) = (source, regions.get(&tier)) else {
            return Err(line.fail("its source, or its service's tier, is in no table".to_owned()));
        };
        let price = line.decimal(line.text("price"), "price")?;
        for region in regions.split(' ') {
            let (service, sku, unit) = (line.text("service"), line.text("sku"), line.text("unit"));
            shelf.put(&Offer { service, sku, unit, from: Decimal::ZERO, region, price }, source);
        }
    }
    Ok(())
}
