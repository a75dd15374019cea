//! What leaves a region for the internet, by tier.

use std::path::Path;

use super::super::table::Table;
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

/// Data transfer has a list of its own.
const SERVICE: &str = "AWSDataTransfer";

/// Reads the tiers of 32 regions.
pub(super) fn shelve(offers: &mut Offers, multi: &Path) -> Result<(), SheetError> {
    let source = Source::new(
        "coroot-2024-08",
        "2024-08-09",
        "AWS price list, as collected by coroot/cloud-pricing data/cloud-pricing.json.gz @af03ead, Apache-2.0; \
         without the first 100 GB a month, which are free per account",
    );
    let list = Table::open(&multi.join("internet-egress-tiers-coroot.csv"))?;
    for line in list.lines().filter(|line| line.text("provider") == "aws") {
        let tier = (line.decimal(line.text("tier_start_gb"), "tier")?, line.decimal(line.text("usd_per_gb"), "price")?);
        let meter = Meter::new("DataTransfer-Out-Bytes", "");
        offers.put_tier(SERVICE, &meter, "GB", tier, line.text("region"), &source);
    }
    Ok(())
}
