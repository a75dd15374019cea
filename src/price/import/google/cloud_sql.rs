//! Cloud SQL by region, out of a list that has some SKUs of each region.
//!
//! An instance of two zones costs twice as much as one of a single zone, part by part, wherever the list has both: where
//! it has one of the two, the other follows.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::super::table::{Line, Table};
use super::{Offer, Shelf, source};
use crate::price::{SheetError, SourceNote};

const SERVICE: &str = "Cloud SQL";

/// The parts that a stanza asks for, and their units.
const PARTS: [(&str, &str); 6] = [
    ("vCPU", "hour"),
    ("RAM", "GiBy.h"),
    ("Micro instance", "hour"),
    ("Small instance", "hour"),
    ("Standard storage", "GiBy.mo"),
    ("Low cost storage", "GiBy.mo"),
];

/// Regions of Google's own that the catalog names too.
const NOT_SOLD: [&str; 3] = ["us-central2", "us-east7", "us-west8"];

/// Prices have four digits, so that twice one is off by as much.
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

/// Part, region and whether it stands in two zones.
type Prices = BTreeMap<(usize, SmolStr, bool), Decimal>;

pub(super) fn shelve(shelf: &mut Shelf, from: &Path) -> Result<(), SheetError> {
    let list = source(
        "cloud-sql-2024-03",
        "2024-03-29",
        "Google Cloud Billing Catalog, some SKUs of each region, as collected by M-Naveed-Ashraf/cloud_pricing_with_infracost GCP/cloudSQL @b16be05 (figures only)",
    );
    let twin = source(
        "cloud-sql-zones-2024-03",
        "2024-03-29",
        "reconstructed: two zones cost twice as much as one, as they do wherever cloud-sql-2024-03 has both (src/price/import/google/cloud_sql.rs)",
    );
    let prices = read(from)?;
    let is_double = doubles(&prices);
    for ((part, region, is_regional), &price) in &prices {
        put(shelf, *part, region, *is_regional, price, &list);
        if is_double[*part] && !prices.contains_key(&(*part, region.clone(), !is_regional)) {
            let other = if *is_regional { price / Decimal::TWO } else { price * Decimal::TWO };
            put(shelf, *part, region, !is_regional, other, &twin);
        }
    }
    Ok(())
}

/// MySQL and PostgreSQL, which cost the same. SQL Server's prices are its own.
fn read(from: &Path) -> Result<Prices, SheetError> {
    let table = Table::open(&from.join("cloud-sql-by-region-2024-03-infracost-api.csv"))?;
    let mut prices = Prices::new();
    let is_sold = |line: &Line<'_>| !NOT_SOLD.contains(&line.text("region"));
    for line in table.lines().filter(|line| matches!(line.text("engine"), "MySQL" | "PostgreSQL") && is_sold(line)) {
        let Some((name, _)) = line.text("sku_description").rsplit_once(" in ") else { continue };
        let (is_regional, name) = match (name.strip_prefix("Regional - "), name.strip_prefix("Zonal - ")) {
            (Some(name), _) => (true, name),
            (_, Some(name)) => (false, name),
            _ => continue,
        };
        let Some(part) = PARTS.iter().position(|(part, _)| *part == name) else { continue };
        let price = line.decimal(line.text("usd_per_unit_hour_or_gb_month"), "price")?;
        let region = line.text("region");
        if prices.insert((part, region.into(), is_regional), price).is_some_and(|other| other != price) {
            return Err(line.fail(format!("the engines' prices of {name} differ in {region}")));
        }
    }
    Ok(prices)
}

/// For each part whether two zones cost twice as much as one wherever both are known, and both are known somewhere.
fn doubles(prices: &Prices) -> [bool; PARTS.len()] {
    std::array::from_fn(|part| {
        let zonal = prices.iter().filter(|((of, _, is_regional), _)| *of == part && !is_regional);
        let both: Vec<bool> = zonal
            .filter_map(|((_, region, _), zonal)| {
                let regional = prices.get(&(part, region.clone(), true))?;
                Some((regional - zonal * Decimal::TWO).abs() <= ROUNDING)
            })
            .collect();
        !both.is_empty() && both.iter().all(|is_double| *is_double)
    })
}

fn put(shelf: &mut Shelf, part: usize, region: &str, is_regional: bool, price: Decimal, source: &SourceNote) {
    let (name, unit) = PARTS[part];
    let sku = format_smolstr!("Cloud SQL: {} - {name}", if is_regional { "Regional" } else { "Zonal" });
    shelf.put(&Offer { service: SERVICE, sku: &sku, unit, from: Decimal::ZERO, region, price }, source);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_zones_follow_only_where_they_are_known_to_double() {
        let price = |text: &str| text.parse().expect("a decimal");
        let prices = Prices::from([
            ((0, "a".into(), false), price("0.04")),
            ((0, "a".into(), true), price("0.0801")),
            ((0, "b".into(), false), price("0.05")),
            ((1, "a".into(), false), price("0.007")),
            ((1, "a".into(), true), price("0.0142")),
            ((2, "a".into(), false), price("0.01")),
        ]);
        assert_eq!(doubles(&prices), [true, false, false, false, false, false]);
    }
}
