//! Lambda by region: compute time where the region has its own price, and the usual prices elsewhere.

use std::path::Path;

use rust_decimal::Decimal;

use super::super::table::Table;
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

const SERVICE: &str = "AWSLambda";

/// The source prices a millisecond of 128 MB; the list prices a second of a gigabyte.
const MS_OF_128_MB_IN_GB_SECOND: Decimal = Decimal::from_parts(8000, 0, 0, false, 0);

/// The regions of the source's `default` that were open when it first named the others.
const DEFAULT_REGIONS: &[&str] = &[
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// The meters whose us-east-1 price holds wherever the compute price is the usual one.
const USUAL: &[&str] = &["Lambda-GB-Second", "Lambda-GB-Second-ARM", "Request", "Request-ARM"];

/// Spreads the list of us-east-1, which must stand in the offers, and adds the regions with a price of their own.
pub(super) fn shelve(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let list = Table::open(&from.join("lambda-stepfunctions-by-region-power-tuning.csv"))?;
    for given in offers.given(SERVICE) {
        if given.region != "us-east-1" || !USUAL.contains(&given.meter.usage_type.as_str()) {
            continue;
        }
        let source = Source::new(
            &format!("{}.usual", given.source.id),
            &given.source.as_of,
            &format!(
                "{}; the price of us-east-1 in the regions that alexcasalboni/aws-lambda-power-tuning template.yml \
                 @262ecc2 (Apache-2.0) gives no price of their own",
                given.source.title
            ),
        );
        for &region in DEFAULT_REGIONS {
            offers.put_tier(SERVICE, &given.meter, &given.unit, (given.from, given.price), region, &source);
        }
    }
    let source = Source::new(
        "power-tuning-2026-04",
        "2026-04",
        "alexcasalboni/aws-lambda-power-tuning template.yml @262ecc2, Apache-2.0: per millisecond of 128 MB with two \
         digits, so within 2.5 %; the first tier only",
    );
    for line in list.lines() {
        let is_priced = line.text("currency") == "USD" && line.text("region") != "default";
        if line.text("service") != "lambda-duration-x86_64" || !is_priced {
            continue;
        }
        let price = line.decimal(line.text("price"), "price")? * MS_OF_128_MB_IN_GB_SECOND;
        let meter = Meter::new("Lambda-GB-Second", "");
        offers.put(SERVICE, &meter, "Lambda-GB-Second", price, line.text("region"), &source);
    }
    Ok(())
}
