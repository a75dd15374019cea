//! CloudWatch metrics, alarms and logs of eu-west-1.

use std::path::Path;

use super::super::table::Table;
use super::offers::{Meter, Offers};
use super::sources;
use crate::price::SheetError;

const SERVICE: &str = "AmazonCloudWatch";

/// The list of 2023 has no operations: those of the metered calls are AWS's documented ones.
const OPERATIONS: &[(&str, &str)] = &[
    ("DataProcessing-Bytes", "PutLogEvents"),
    ("DataScanned-Bytes", "StartQuery"),
    ("TimedStorage-ByteHrs", "HourlyStorageMetering"),
];

/// Reads every meter of the region that has a price.
pub(super) fn shelve(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let list = Table::open(&from.join(sources::TERRACOST_FILE))?;
    for line in list.lines().filter(|line| line.text("service") == SERVICE) {
        let Some(usage_type) = sources::without_eu_prefix(line.text("UsageType")) else { continue };
        // Two products share this usage type, and the list does not say which is which.
        if usage_type == "CW:ContributorRulesManaged" {
            continue;
        }
        let known = OPERATIONS.iter().find(|(name, _)| *name == usage_type);
        let meter = Meter::new(usage_type, known.map_or("", |(_, operation)| operation));
        let price = line.decimal(line.text("price"), "price")?;
        let from = line.decimal(line.text("term_StartingRange"), "range")?;
        offers.put_tier(SERVICE, &meter, line.text("unit"), (from, price), "eu-west-1", &sources::terracost());
    }
    Ok(())
}
