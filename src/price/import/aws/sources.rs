//! The sources that several services read, in words.

use super::offers::Source;

/// The list of eu-west-1 of 2023, below the folder of the AWS tables.
pub(super) const TERRACOST_FILE: &str = "eu-west-1-ondemand-2023-02-terracost.csv.gz";

/// RDS and ElastiCache instances of 31 regions.
pub(super) fn coroot() -> Source {
    Source::new(
        "coroot-2024-08",
        "2024-08-09",
        "AWS price list, as collected by coroot/cloud-pricing data/cloud-pricing.json.gz @af03ead, Apache-2.0",
    )
}

/// Everything of eu-west-1 in February 2023.
pub(super) fn terracost() -> Source {
    Source::new(
        "terracost-2023-02",
        "2023-02-23",
        "AWS price list of eu-west-1, as collected by cycloidio/terracost mysql/testdata @23cf94d, MIT",
    )
}

/// A usage type of eu-west-1 without its region prefix; `None` for one that is not of the region.
pub(super) fn without_eu_prefix(usage_type: &str) -> Option<&str> {
    usage_type.strip_prefix("EU-").or_else(|| usage_type.strip_prefix("EU:"))
}
