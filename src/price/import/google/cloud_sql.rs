//! Cloud SQL by region, out of a list that has some SKUs of each region.
//!
//! An instance of two zones costs twice as much as one of a single zone, part by part, wherever the list has both: where
//! it has one of the two, the other follows. The list also prices machines of a few shapes whole. Those with 3.75 GB a
//! vCPU cost what their vCPUs and their memory do, wherever the list has all three: where it has the price of a shape
//! and of one part, the other part follows. Shapes with more memory a vCPU have rates of their own, and are left.

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

/// The places of both in [`PARTS`].
const VCPU: usize = 0;
const RAM: usize = 1;

/// Memory of a shape whose price is the sum of its parts, in GB a vCPU.
const MEMORY_PER_VCPU: Decimal = Decimal::from_parts(375, 0, 0, false, 2);

/// Part, region and whether it stands in two zones.
type Prices = BTreeMap<(usize, SmolStr, bool), Decimal>;

/// The largest shape of a region in vCPUs, which has the most digits, and its price for each of them in one zone.
type Shapes = BTreeMap<SmolStr, (Decimal, Decimal)>;

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
    let shape = source(
        "cloud-sql-shapes-2024-03",
        "2024-03-29",
        "reconstructed: the price of a whole machine of cloud-sql-2024-03 less that of its vCPUs or its memory, which add up wherever the list has all three (src/price/import/google/cloud_sql.rs)",
    );
    let (prices, shapes) = read(from)?;
    let is_double = doubles(&prices);
    for ((part, region, is_regional), &price) in &prices {
        put(shelf, *part, region, *is_regional, price, &list);
        if is_double[*part] && !prices.contains_key(&(*part, region.clone(), !is_regional)) {
            let other = if *is_regional { price / Decimal::TWO } else { price * Decimal::TWO };
            put(shelf, *part, region, !is_regional, other, &twin);
        }
    }
    if is_double[VCPU] && is_double[RAM] {
        for ((part, region), price) in rest_of_shapes(&prices, &shapes) {
            put(shelf, part, &region, false, price, &shape);
            put(shelf, part, &region, true, price * Decimal::TWO, &shape);
        }
    }
    Ok(())
}

/// MySQL and PostgreSQL, which cost the same. SQL Server's prices are its own.
fn read(from: &Path) -> Result<(Prices, Shapes), SheetError> {
    let table = Table::open(&from.join("cloud-sql-by-region-2024-03-infracost-api.csv"))?;
    let (mut prices, mut shapes) = (Prices::new(), Shapes::new());
    let is_sold = |line: &Line<'_>| !NOT_SOLD.contains(&line.text("region"));
    for line in table.lines().filter(|line| matches!(line.text("engine"), "MySQL" | "PostgreSQL") && is_sold(line)) {
        let Some((name, _)) = line.text("sku_description").rsplit_once(" in ") else { continue };
        let (is_regional, name) = match (name.strip_prefix("Regional - "), name.strip_prefix("Zonal - ")) {
            (Some(name), _) => (true, name),
            (_, Some(name)) => (false, name),
            _ => continue,
        };
        let price = line.decimal(line.text("usd_per_unit_hour_or_gb_month"), "price")?;
        let region = line.text("region");
        if let Some(vcpus) = vcpus_of_shape(name) {
            let zones = if is_regional { Decimal::TWO } else { Decimal::ONE };
            let each = (vcpus, price / vcpus / zones);
            let largest = shapes.entry(region.into()).or_insert(each);
            *largest = each.max(*largest);
        }
        let Some(part) = PARTS.iter().position(|(part, _)| *part == name) else { continue };
        if prices.insert((part, region.into(), is_regional), price).is_some_and(|other| other != price) {
            return Err(line.fail(format!("the engines' prices of {name} differ in {region}")));
        }
    }
    Ok((prices, shapes))
}

/// The vCPUs of a shape such as `4 vCPU + 15GB RAM`, if it has the memory that adds up.
fn vcpus_of_shape(name: &str) -> Option<Decimal> {
    let (vcpus, memory_gb) = name.strip_suffix("GB RAM")?.split_once(" vCPU + ")?;
    let [vcpus, memory_gb]: [Decimal; 2] = [vcpus.parse().ok()?, memory_gb.parse().ok()?];
    (vcpus > Decimal::ZERO && memory_gb == vcpus * MEMORY_PER_VCPU).then_some(vcpus)
}

/// The rate of a part in one zone.
fn rate(prices: &Prices, part: usize, region: &SmolStr) -> Option<Decimal> {
    let in_zones = |is_regional| prices.get(&(part, region.clone(), is_regional)).copied();
    in_zones(false).or_else(|| Some(in_zones(true)? / Decimal::TWO))
}

/// The part that a region's list lacks, from the price of a shape and the other part; none if they do not add up
/// somewhere, or all three are known nowhere.
fn rest_of_shapes(prices: &Prices, shapes: &Shapes) -> BTreeMap<(usize, SmolStr), Decimal> {
    let tolerance = Decimal::new(1, 3);
    let (mut rests, mut sums) = (BTreeMap::new(), 0);
    for (region, &(_, each)) in shapes {
        match (rate(prices, VCPU, region), rate(prices, RAM, region)) {
            (Some(vcpu), Some(ram)) if (vcpu + MEMORY_PER_VCPU * ram - each).abs() <= each * tolerance => sums += 1,
            (Some(_), Some(_)) => return BTreeMap::new(),
            (Some(vcpu), None) => {
                rests.insert((RAM, region.clone()), ((each - vcpu) / MEMORY_PER_VCPU).round_dp(5));
            }
            (None, Some(ram)) => {
                rests.insert((VCPU, region.clone()), (each - MEMORY_PER_VCPU * ram).round_dp(5));
            }
            (None, None) => {}
        }
    }
    if sums == 0 { BTreeMap::new() } else { rests }
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

    #[test]
    fn a_part_follows_from_a_shape_only_where_shapes_are_known_to_add_up() {
        let price = |text: &str| -> Decimal { text.parse().expect("a decimal") };
        let mut prices = Prices::from([
            ((VCPU, "a".into(), false), price("0.0413")),
            ((RAM, "a".into(), true), price("0.014")),
            ((RAM, "b".into(), false), price("0.0084")),
            ((VCPU, "c".into(), true), price("0.1074")),
        ]);
        let shapes = [("a", "0.06755"), ("b", "0.081073"), ("c", "0.087829"), ("d", "0.1")];
        let shapes: Shapes =
            shapes.into_iter().map(|(region, each)| (region.into(), (Decimal::from(96), price(each)))).collect();
        let rests = rest_of_shapes(&prices, &shapes);
        let expected = [((VCPU, "b".into()), price("0.04957")), ((RAM, "c".into()), price("0.00910"))];
        assert_eq!(rests, expected.into());
        prices.insert((VCPU, "a".into(), false), price("0.05"));
        assert!(rest_of_shapes(&prices, &shapes).is_empty());
    }

    #[test]
    fn only_shapes_with_the_usual_memory_add_up() {
        assert_eq!(vcpus_of_shape("4 vCPU + 15GB RAM"), Some(Decimal::from(4)));
        assert_eq!(vcpus_of_shape("1 vCPU + 3.75GB RAM"), Some(Decimal::ONE));
        assert_eq!(vcpus_of_shape("4 vCPU + 26GB RAM"), None);
        assert_eq!(vcpus_of_shape("0 vCPU + 0GB RAM"), None);
        assert_eq!(vcpus_of_shape("vCPU"), None);
    }
}
