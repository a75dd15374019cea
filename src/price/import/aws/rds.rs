//! RDS and Aurora: instances by engine and licence, storage, backups, and what else a database is billed for.
//!
//! Operations are AWS's engine codes: `rds-engines.csv` beside this file says which engine, edition and
//! licence a code is, in the words of each source. The price list shortens sizes in some usage types
//! (`db.m5.2xl`) and not in others (`db.m4.2xlarge`); the book has the instance class in full.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use flate2::read::GzDecoder;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::{SmolStr, format_smolstr};

use super::super::table::{Line, Table};
use super::offers::{Meter, Offers, Source};
use super::sources;
use crate::price::SheetError;

const SERVICE: &str = "AmazonRDS";
const ENGINES: &str = include_str!("rds-engines.csv");

/// The operation of a meter that all engines share.
const ANY_ENGINE: &str = "CreateDBInstance";

/// A price of 2021 that is more than this many times what its class usually costs in its region is not taken.
const DOUBT: Decimal = Decimal::from_parts(16, 0, 0, false, 1);

/// Reads the three sources, newest first.
pub(super) fn shelve(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let engines = Table::read("rds-engines.csv".to_owned(), ENGINES.as_bytes())?;
    shelve_2024(offers, from, &engines)?;
    shelve_2023(offers, from, &engines)?;
    shelve_2021(offers, from, &engines)
}

/// MySQL, PostgreSQL and Aurora instances of 31 regions.
fn shelve_2024(offers: &mut Offers, from: &Path, engines: &Table) -> Result<(), SheetError> {
    let list = Table::open(&from.join("rds-aurora-ondemand-31-regions-coroot.csv.gz"))?;
    let mut source = sources::coroot();
    source.title = format_smolstr!("{} (Aurora prices found to be I/O-Optimized divided by 1.3)", source.title);
    for line in list.lines() {
        let Some(operation) = operation(engines, "coroot", line.text("engine")) else {
            return Err(line.fail(format!("engine `{}` has no operation", line.text("engine"))));
        };
        let deployment = match line.text("deployment") {
            "single_az" => "InstanceUsage",
            "multi_az" => "Multi-AZUsage",
            other => return Err(line.fail(format!("deployment `{other}` is not known"))),
        };
        let price = line.decimal(line.text("on_demand_usd_per_hour"), "price")?;
        let meter = Meter::new(format_smolstr!("{deployment}:{}", line.text("instance_class")), operation);
        offers.put(SERVICE, &meter, "Hrs", price, line.text("region"), &source);
    }
    Ok(())
}

/// Every meter of eu-west-1. The list holds no operations: they follow from engine, edition and licence.
fn shelve_2023(offers: &mut Offers, from: &Path, engines: &Table) -> Result<(), SheetError> {
    let list = Table::open(&from.join(sources::TERRACOST_FILE))?;
    let mut prices: BTreeMap<(Meter, SmolStr), Decimal> = BTreeMap::new();
    for line in list.lines().filter(|line| line.text("service") == SERVICE) {
        let Some(usage_type) = sources::without_eu_prefix(line.text("UsageType")) else { continue };
        let price = line.decimal(line.text("price"), "price")?;
        for operation in operations_2023(engines, &line) {
            let meter = Meter::new(full_class(usage_type), operation);
            // RDS Custom is listed with the same words at 1.2 times the price: the lower one is plain RDS.
            let least = prices.entry((meter, line.text("unit").into())).or_insert(price);
            *least = (*least).min(price);
        }
    }
    for ((meter, unit), price) in prices {
        offers.put(SERVICE, &meter, &unit, price, "eu-west-1", &sources::terracost());
    }
    Ok(())
}

/// The operations that a line of 2023 prices; none for Outposts and RDS Custom.
fn operations_2023<'e>(engines: &'e Table, line: &Line<'_>) -> Vec<&'e str> {
    let usage_type = line.text("UsageType");
    let engine = line.text("DatabaseEngine");
    if engine.is_empty() || engine == "Any" {
        let shared = ["Storage", "PIOPS", "Throughput", "StorageUsage", "Aurora:StorageIOUsage"];
        let is_provisioned = shared.iter().any(|end| usage_type.ends_with(end));
        return if usage_type.contains("RDSCustom") {
            Vec::new()
        } else if is_provisioned {
            vec![ANY_ENGINE]
        } else {
            vec![""]
        };
    }
    let is_instance = line.text("product_family") == "Database Instance";
    // Storage of an engine repeats the price of `Any`, save that of Aurora PostgreSQL, which has its own meter.
    let is_own = is_instance
        || usage_type.contains("Aurora:")
        || usage_type.contains("CPUCredits")
        || usage_type.contains("SnapshotExport");
    if !is_own {
        return Vec::new();
    }
    let codes = engines.lines().filter(|known| {
        known.text("engine") == engine
            && (!is_instance
                || known.text("edition") == line.text("DatabaseEdition")
                    && known.text("license") == line.text("LicenseModel"))
    });
    codes.map(|known| known.text("operation")).collect()
}

#[derive(Deserialize)]
struct Class<'j> {
    instance_type: String,
    #[serde(borrow)]
    pricing: BTreeMap<String, BTreeMap<String, Terms<'j>>>,
}

#[derive(Deserialize)]
struct Terms<'j> {
    #[serde(borrow)]
    ondemand: Option<&'j RawValue>,
}

/// The Single-AZ prices of 23 regions by engine code, for the engines and classes that no newer list has.
fn shelve_2021(offers: &mut Offers, from: &Path, engines: &Table) -> Result<(), SheetError> {
    let path = from.join("rds-all-engines-reserved-2021-ec2instances.json.gz");
    let file = File::open(&path).map_err(|error| SheetError::io(&path, error))?;
    let text = std::io::read_to_string(GzDecoder::new(file)).map_err(|error| SheetError::io(&path, error))?;
    let fail = |message: String| SheetError::format(path.display().to_string(), 0, message);
    let classes: Vec<Class<'_>> = serde_json::from_str(&text).map_err(|error| fail(error.to_string()))?;

    let mut prices: BTreeMap<(&str, &str, &str), Decimal> = BTreeMap::new();
    for class in &classes {
        for (region, by_engine) in &class.pricing {
            for (code, terms) in by_engine {
                let (Some(operation), Some(price)) = (operation(engines, "code", code), terms.ondemand) else {
                    continue;
                };
                let parsed = price.get().parse().or_else(|_| Decimal::from_scientific(price.get()));
                let price = parsed.map_err(|_| fail(format!("price `{}` is not a decimal number", price.get())))?;
                prices.insert((operation, class.instance_type.as_str(), region.as_str()), price);
            }
        }
    }
    let corrected = take_off_outposts(&mut prices);
    let usual = Usual::of(&prices);
    let credible: Vec<_> = prices.into_iter().filter(|(key, price)| usual.is_credible(key, *price)).collect();
    let kept_out = usual.count - credible.len();
    let source = Source::new(
        "ec2instances-2021",
        "2021-03-30",
        &format!(
            "AWS price list, as collected by priom/ec2instances.info www/rds/instances.json @783f0ec, MIT; \
             {corrected} prices of us-west-2 found to be those of Outposts divided by 1.2; \
             kept out: {kept_out} prices far above those of their class and region"
        ),
    );
    for ((operation, class, region), price) in credible {
        let meter = Meter::new(format_smolstr!("InstanceUsage:{class}"), operation);
        offers.put(SERVICE, &meter, "Hrs", price, region, &source);
    }
    Ok(())
}

/// Some prices of us-west-2 are those of Outposts, 1.2 times the region's, which has the prices of us-east-1.
/// Gives how many were corrected.
fn take_off_outposts(prices: &mut BTreeMap<(&str, &str, &str), Decimal>) -> usize {
    let mark_up = Decimal::new(12, 1);
    let mut corrections = Vec::new();
    for (&(operation, class, region), &price) in prices.iter() {
        let east = prices.get(&(operation, class, "us-east-1"));
        if region == "us-west-2" && east.is_some_and(|east| east * mark_up == price) {
            corrections.push(((operation, class, region), price / mark_up));
        }
    }
    let count = corrections.len();
    prices.extend(corrections);
    count
}

/// What an engine's classes usually cost, and how much dearer each region is.
struct Usual<'k> {
    count: usize,
    of_class: BTreeMap<(&'k str, &'k str), Decimal>,
    of_region: BTreeMap<(&'k str, &'k str), Decimal>,
}

impl<'k> Usual<'k> {
    fn of(prices: &BTreeMap<(&'k str, &'k str, &'k str), Decimal>) -> Self {
        let mut classes: BTreeMap<(&str, &str), Vec<Decimal>> = BTreeMap::new();
        for (&(operation, class, _), &price) in prices {
            classes.entry((operation, class)).or_default().push(price);
        }
        let of_class: BTreeMap<_, _> = classes.into_iter().map(|(key, list)| (key, median(list))).collect();
        let mut regions: BTreeMap<(&str, &str), Vec<Decimal>> = BTreeMap::new();
        for (&(operation, class, region), &price) in prices {
            regions.entry((operation, region)).or_default().push(price / of_class[&(operation, class)]);
        }
        let of_region = regions.into_iter().map(|(key, list)| (key, median(list))).collect();
        Self { count: prices.len(), of_class, of_region }
    }

    fn is_credible(&self, &(operation, class, region): &(&'k str, &'k str, &'k str), price: Decimal) -> bool {
        let usual = self.of_class[&(operation, class)] * self.of_region[&(operation, region)];
        price <= usual * DOUBT
    }
}

fn median(mut list: Vec<Decimal>) -> Decimal {
    list.sort_unstable();
    list[list.len() / 2]
}

/// The operation of an engine as a source calls it.
fn operation<'e>(engines: &'e Table, column: &str, name: &str) -> Option<&'e str> {
    let mut known = engines.lines().filter(|known| !name.is_empty() && known.text(column) == name);
    known.next().map(|known| known.text("operation"))
}

/// A usage type with the size of its class in full: `InstanceUsage:db.m5.2xl` is of `db.m5.2xlarge`.
fn full_class(usage_type: &str) -> SmolStr {
    let is_short = usage_type.rsplit_once('.').is_some_and(|(_, size)| {
        size.strip_suffix("xl").is_some_and(|count| count.chars().all(|letter| letter.is_ascii_digit()))
    });
    if is_short { format_smolstr!("{usage_type}arge") } else { usage_type.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_size_is_written_in_full() {
        assert_eq!(full_class("InstanceUsage:db.m5.xl"), "InstanceUsage:db.m5.xlarge");
        assert_eq!(full_class("InstanceUsage:db.r5.24xl"), "InstanceUsage:db.r5.24xlarge");
        for whole in
            ["InstanceUsage:db.m4.2xlarge", "RDS:GP3-PIOPS", "InstanceUsage:db.m8i.metal-48xl", "CPUCredits:db.t3"]
        {
            assert_eq!(full_class(whole), whole);
        }
    }

    #[test]
    fn a_price_far_above_its_class_and_region_is_not_credible() {
        let mut prices = BTreeMap::new();
        for (class, base) in [("db.m5.large", 1), ("db.m5.xlarge", 2), ("db.r5.large", 3)] {
            for (region, factor) in [("us-east-1", 10), ("eu-west-1", 11), ("sa-east-1", 15)] {
                prices.insert(("0012", class, region), Decimal::new(base * factor, 1));
            }
        }
        let odd = ("0012", "db.r5.large", "eu-west-1");
        prices.insert(odd, Decimal::TEN);
        let usual = Usual::of(&prices);
        let kept_out: Vec<_> = prices.iter().filter(|(key, price)| !usual.is_credible(key, **price)).collect();
        assert_eq!(kept_out, [(&odd, &Decimal::TEN)]);
    }

    #[test]
    fn a_price_of_outposts_becomes_the_regions() {
        let mut prices = BTreeMap::new();
        prices.insert(("0019", "db.m5.xlarge", "us-east-1"), Decimal::new(342, 3));
        prices.insert(("0019", "db.m5.xlarge", "us-west-2"), Decimal::new(4104, 4));
        prices.insert(("0019", "db.m5.xlarge", "sa-east-1"), Decimal::new(4104, 4));
        assert_eq!(take_off_outposts(&mut prices), 1);
        assert_eq!(prices[&("0019", "db.m5.xlarge", "us-west-2")], Decimal::new(342, 3));
        assert_eq!(prices[&("0019", "db.m5.xlarge", "sa-east-1")], Decimal::new(4104, 4));
    }
}
