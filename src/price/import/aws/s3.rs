//! S3 Standard storage by region.

use std::path::Path;

use super::super::table::Table;
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

/// Reads the first 50 TB of 19 regions. Where no other list has the next tiers, this price stands for all.
pub(super) fn shelve(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let source = Source::new(
        "s3-standard-2026-07",
        "2026-07-01",
        "AWS price list (AmazonS3), a published table of the first 50 TB in 19 regions; figures only",
    );
    let list = Table::open(&from.join("s3-standard-first-50tb-19-regions-2026-07.csv"))?;
    for line in list.lines() {
        let price = line.decimal(line.text("usd_per_gb_month"), "price")?;
        let meter = Meter::new("TimedStorage-ByteHrs", "");
        offers.put("AmazonS3", &meter, "GB-Mo", price, line.text("region"), &source);
    }
    Ok(())
}
