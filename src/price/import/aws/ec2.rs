//! EC2 Linux instances of all regions, on demand and spot.
//!
//! The table gives one price per region and type, with what speaks for it: each degree of certainty is a
//! source of its own in the sheet. Types of dedicated tenancy come out of the same table: where a source has
//! the dedicated price instead of the shared one, the ratio of the two says so.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::super::table::{Line, Table};
use super::offers::{Meter, Offers, Source};
use super::sources;
use crate::price::SheetError;

/// The service of instances, volumes and NAT gateways.
pub(super) const SERVICE: &str = "AmazonEC2";
/// The operation of an instance that runs Linux.
pub(super) const LINUX: &str = "RunInstances";

const TABLE: &str = "ec2-linux-ondemand-consensus-all-regions.csv.gz";

/// The list of a few regions that stands in the table, but for the one in China, which is priced in CNY.
const LIST: &str = "ec2-linux-ondemand-karpenter.csv";

/// How far a source's price may be from the one that the table chose and still be the same figure.
const SAME: Decimal = Decimal::from_parts(8, 0, 0, false, 3);
/// How far a ratio of two prices may be from that of dedicated to shared.
const NEAR: Decimal = Decimal::from_parts(6, 0, 0, false, 3);

/// The raw columns of the table: where a price was read, and when.
const RAW: &[(&str, &str, &str, &str)] = &[
    ("libcloud_2025_03_raw", "2025-03", "2025-03-02", "apache-libcloud 3.9.1 libcloud/data/pricing.json, Apache-2.0"),
    (
        "coroot_2024_08_raw",
        "2024-08",
        "2024-08-09",
        "coroot/cloud-pricing data/cloud-pricing.json.gz @af03ead, Apache-2.0",
    ),
];

/// Shared Linux prices by region and type.
pub(super) type Linux = BTreeMap<(SmolStr, SmolStr), Decimal>;

/// Reads the table; gives its prices back, since those of other systems build on them.
pub(super) fn shelve(offers: &mut Offers, from: &Path) -> Result<Linux, SheetError> {
    let mut linux = Linux::new();
    let dedicated = dedicated_ratios(from)?;
    let list = Table::open(&from.join(TABLE))?;
    for line in list.lines() {
        let (region, kind) = (line.text("region"), line.text("instance_type"));
        let price = line.decimal(line.text("linux_on_demand_usd_per_hour"), "price")?;
        let meter = Meter::new(format_smolstr!("BoxUsage:{kind}"), LINUX);
        offers.put(SERVICE, &meter, "Hrs", price, region, &source(&line, price)?);
        linux.insert((region.into(), kind.into()), price);
        if let Some(ratio) = dedicated.get(kind) {
            shelve_dedicated(offers, &line, price, *ratio)?;
        }
        let spot = line.text("spot_2024_08_coroot");
        if !spot.is_empty() {
            let spot = line.decimal(spot, "spot")?;
            let meter = Meter::new(format_smolstr!("SpotUsage:{kind}"), LINUX);
            // A spot price above the one on demand is another product's: AWS caps it there.
            if !spot.is_zero() && spot <= price {
                offers.put(SERVICE, &meter, "Hrs", spot, region, &spot_source());
            }
        }
    }
    Ok(linux)
}

/// Reads the region in China.
pub(super) fn shelve_china(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let list = Table::open(&from.join(LIST))?;
    for line in list.lines().filter(|line| line.text("currency") == "CNY") {
        let as_of = line.text("as_of");
        let title = "AWS price list of China, as collected by aws/karpenter-provider-aws pkg/providers/pricing @1d92708, \
                     Apache-2.0";
        let source = Source::new("karpenter-china-2024-11", as_of, title).in_currency("CNY");
        let price = line.decimal(line.text("price_per_hour"), "price")?;
        let meter = Meter::new(format_smolstr!("BoxUsage:{}", line.text("instance_type")), LINUX);
        offers.put(SERVICE, &meter, "Hrs", price, line.text("region"), &source);
    }
    Ok(())
}

/// The source of a line's price, by what speaks for it.
fn source(line: &Line<'_>, price: Decimal) -> Result<Source, SheetError> {
    let confidence = line.text("confidence");
    if confidence == "karpenter-2026-07" {
        let title =
            "AWS price list, as collected by aws/karpenter-provider-aws pkg/providers/pricing @1d92708, Apache-2.0";
        return Ok(Source::new(confidence, "2026-07-20", title));
    }
    let Some(words) = words_of(confidence) else {
        return Err(line.fail(format!("confidence `{confidence}` is not known")));
    };
    if confidence.starts_with("reconstructed") {
        let title = format!("{words}, computed from AWS price lists of 2024-08, 2025-03 and 2026-07");
        return Ok(Source::new(&format!("linux-{confidence}"), "2024-08", &title));
    }
    for (column, id, as_of, origin) in RAW {
        if raw(line, column)?.is_some_and(|raw| (raw - price).abs() <= price * SAME) {
            let title = format!("AWS price list, as collected by {origin}: {words}");
            return Ok(Source::new(&format!("linux-{confidence}-{id}"), as_of, &title));
        }
    }
    Err(line.fail(format!("`{confidence}`, but no source has the price")))
}

fn words_of(confidence: &str) -> Option<&'static str> {
    Some(match confidence {
        "observed" => "agrees with the regional index of its family",
        "observed-weak" => "agrees with a regional index of its family that few sizes share",
        "reconstructed" => "the price in us-east-1 times the regional index of the family",
        "reconstructed-weak" => "the price in us-east-1 times a regional index that few sizes share",
        "unverified" => "nothing to compare it with",
        _ => return None,
    })
}

/// A source's own figure, unless it has none or the zero of a type that is not offered.
fn raw(line: &Line<'_>, column: &str) -> Result<Option<Decimal>, SheetError> {
    let text = line.text(column);
    if text.is_empty() {
        return Ok(None);
    }
    let price = line.decimal(text, column)?;
    Ok((!price.is_zero()).then_some(price))
}

/// A source that has the dedicated price where the shared one was asked for still tells the dedicated price.
fn shelve_dedicated(offers: &mut Offers, line: &Line<'_>, shared: Decimal, ratio: Decimal) -> Result<(), SheetError> {
    let meter = Meter::new(format_smolstr!("DedicatedUsage:{}", line.text("instance_type")), LINUX);
    for (column, id, as_of, origin) in RAW {
        let Some(price) = raw(line, column)? else { continue };
        let is_dedicated = (price - shared).abs() > shared * SAME && (price / shared - ratio).abs() <= NEAR;
        if is_dedicated {
            let title = format!(
                "AWS price list, as collected by {origin}: given as shared, but as much dearer than it as dedicated \
                 tenancy is in eu-west-1 in 2023"
            );
            let source = Source::new(&format!("dedicated-{id}"), as_of, &title);
            offers.put(SERVICE, &meter, "Hrs", price, line.text("region"), &source);
        }
    }
    Ok(())
}

/// How much dearer dedicated tenancy is by type, where it is dearer at all.
fn dedicated_ratios(from: &Path) -> Result<BTreeMap<SmolStr, Decimal>, SheetError> {
    let list = Table::open(&from.join(sources::TERRACOST_FILE))?;
    let mut prices: BTreeMap<(&str, &str), Decimal> = BTreeMap::new();
    for line in list.lines() {
        let is_plain = line.text("CapacityStatus") == "Used"
            && line.text("OperatingSystem") == "Linux"
            && line.text("PreInstalledSW") == "NA";
        if is_plain {
            let price = line.decimal(line.text("price"), "price")?;
            prices.insert((line.text("Tenancy"), line.text("InstanceType")), price);
        }
    }
    let mut ratios = BTreeMap::new();
    for ((tenancy, kind), dedicated) in &prices {
        let Some(shared) = prices.get(&("Shared", *kind)).filter(|_| *tenancy == "Dedicated") else { continue };
        let ratio = dedicated / shared;
        if ratio > Decimal::ONE + SAME * Decimal::TWO {
            ratios.insert((*kind).into(), ratio);
        }
    }
    Ok(ratios)
}

fn spot_source() -> Source {
    Source::new(
        "spot-2024-08",
        "2024-08-09",
        "AWS spot prices of that day, as collected by coroot/cloud-pricing @af03ead, Apache-2.0; they move by the hour",
    )
}
