//! Virtual machines: full retail rows first, then lists that know only a size, guarded.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::golden;
use super::guard::{self, Prices};
use super::table::Table;
use super::{Shelf, Source};
use crate::price::SheetError;
use crate::price::retail::RetailRow;
use crate::price::retail::machine::{self, COLUMNS, LINUX, Machine, REGULAR, SERVICE, WINDOWS, is_size, squeezed};

const KARPENTER: Source = Source {
    id: "karpenter-2026-06",
    as_of: "2026-06-18",
    title: "Azure/karpenter-provider-azure pkg/providers/pricing/zz_generated.pricing.go @352646f, Apache-2.0",
};
const FAMILY: Source = Source {
    id: "family-2026-06",
    as_of: "2026-06-18",
    title: "reconstructed where the karpenter-2026-06 list holds a Windows price: the price per vCPU that other \
            sizes of the family share in the region, times the vCPUs",
};
const LIBCLOUD: Source = Source {
    id: "libcloud-2025-03",
    as_of: "2025-03-02",
    title: "Apache Libcloud 3.9.1 libcloud/data/pricing.json, Apache-2.0",
};
const LICENCE: Source = Source {
    id: "licence-2026-08",
    as_of: "2026-08",
    title: "reconstructed: the region's Linux price plus the size's Windows licence, the same difference in every \
            region of the full lists",
};

/// The first source that prices a machine in a region wins.
#[derive(Default)]
struct Offers {
    prices: BTreeMap<(Machine, SmolStr), (Decimal, Source)>,
}

impl Offers {
    fn add(&mut self, machine: Machine, region: &SmolStr, price: Decimal, source: &Source) {
        self.prices.entry((machine, region.clone())).or_insert((price, *source));
    }

    fn price(&self, size: &SmolStr, os: &'static str, region: &SmolStr) -> Option<Decimal> {
        self.prices.get(&((size.clone(), os, REGULAR), region.clone())).map(|(price, _)| *price)
    }
}

/// Puts the sheet of virtual machines on the shelf. `lists` are full retail lists, the best first; `windows` are sizes
/// with region and price, of which those that are still sold count.
pub(super) fn shelve(
    shelf: &mut Shelf,
    azure: &Path,
    lists: [(Source, Vec<RetailRow>); 3],
    windows: Vec<(SmolStr, SmolStr, Decimal)>,
) -> Result<(), SheetError> {
    let karpenter = read_sizes(&azure.join("vm-linux-ondemand-57-regions-karpenter.csv.gz"))?;
    let vcpus = read_vcpus(&azure.join("vm-specs.csv"))?;
    let known = vcpus.keys().chain(karpenter.keys().map(|(size, _)| size)).cloned();
    let listed = lists.iter().flat_map(|(_, rows)| rows).map(|row| row.arm_sku.to_ascii_lowercase().into());
    let names: BTreeMap<String, SmolStr> = known.chain(listed).map(|size| (squeezed(&size), size)).collect();

    let mut offers = Offers::default();
    for (source, rows) in lists {
        add_full_list(shelf, &mut offers, &source, &names, rows);
    }
    let licences = licences(&offers);

    let verdict = guard::judge(&karpenter, &vcpus);
    for (at, &price) in &karpenter {
        let machine = (at.0.clone(), LINUX, REGULAR);
        if !verdict.suspects.contains(at) {
            offers.add(machine, &at.1, price, &KARPENTER);
            continue;
        }
        shelf.quarantine(SERVICE, &KARPENTER, "above what the family lets expect");
        if let Some(&expected) = verdict.expected.get(at) {
            offers.add(machine, &at.1, expected, &FAMILY);
        }
    }
    for (size, region, price) in windows {
        if offers.price(&size, LINUX, &region).is_some() {
            offers.add((size, WINDOWS, REGULAR), &region, price, &golden::MACHINES);
        }
    }
    add_libcloud(shelf, &mut offers, azure, &names, &karpenter, &licences)?;
    add_licensed(&mut offers, &licences);

    for (((size, os, priority), region), (price, source)) in &offers.prices {
        let sheet = shelf.sheet(SERVICE, &COLUMNS, source);
        sheet.set(&[size, os, priority], "Hour", Decimal::ZERO, source.id, region, *price);
    }
    Ok(())
}

fn add_full_list(
    shelf: &mut Shelf,
    offers: &mut Offers,
    source: &Source,
    names: &BTreeMap<String, SmolStr>,
    rows: Vec<RetailRow>,
) {
    let (found, ambiguous) = machine::prices(rows, names);
    (0..ambiguous).for_each(|_| shelf.quarantine(SERVICE, source, "with two prices at a time"));
    for ((machine, region), price) in found {
        offers.add(machine, &region, price, source);
    }
}

fn read_sizes(path: &Path) -> Result<Prices, SheetError> {
    let mut prices = Prices::new();
    for line in Table::open(path)?.lines() {
        let size: SmolStr = line.text("arm_sku_name").to_ascii_lowercase().into();
        let price = line.decimal(line.text("price_usd_per_hour"), "price")?;
        // A price of zero means that the size is not sold.
        if is_size(&size) && !price.is_zero() {
            prices.insert((size, line.text("arm_region").into()), price);
        }
    }
    Ok(prices)
}

fn read_vcpus(path: &Path) -> Result<BTreeMap<SmolStr, Decimal>, SheetError> {
    let table = Table::open(path)?;
    let vcpu = |line: super::table::Line<'_>| {
        let size: SmolStr = line.text("instance_type").to_ascii_lowercase().into();
        Ok((size, line.decimal(line.text("vcpu"), "vcpu")?))
    };
    table.lines().map(vcpu).collect()
}

/// What Windows costs on top of Linux, for sizes where that is the same in every region of the full lists.
fn licences(offers: &Offers) -> BTreeMap<SmolStr, Decimal> {
    let mut differences: BTreeMap<SmolStr, Vec<Decimal>> = BTreeMap::new();
    for (((size, os, priority), region), (price, _)) in &offers.prices {
        if (*os, *priority) != (WINDOWS, REGULAR) {
            continue;
        }
        if let Some(linux) = offers.price(size, LINUX, region) {
            differences.entry(size.clone()).or_default().push(price - linux);
        }
    }
    let constant = |mut of: Vec<Decimal>| {
        of.sort_unstable();
        let middle = of[(of.len() - 1) / 2];
        let slack = (middle * Decimal::new(2, 2)).max(Decimal::new(2, 3));
        (of.len() > 1 && of.iter().all(|each| (each - middle).abs() <= slack)).then_some(middle)
    };
    differences.into_iter().filter_map(|(size, of)| Some((size, constant(of)?))).collect()
}

/// Libcloud's older list: Linux in regions that no other list has, Windows where it is near the expected.
fn add_libcloud(
    shelf: &mut Shelf,
    offers: &mut Offers,
    azure: &Path,
    names: &BTreeMap<String, SmolStr>,
    karpenter: &Prices,
    licences: &BTreeMap<SmolStr, Decimal>,
) -> Result<(), SheetError> {
    let table = Table::open(&azure.join("vm-by-os-libcloud.csv.gz"))?;
    let karpenter_regions: BTreeSet<&SmolStr> = karpenter.keys().map(|(_, region)| region).collect();
    // The German sovereign regions were sold in euro and are closed.
    let is_open = |region: &str| !matches!(region, "germanycentral" | "germanynortheast");
    for wanted in ["linux", "windows"] {
        for line in table.lines().filter(|line| line.text("os") == wanted && is_open(line.text("arm_region"))) {
            let Some(size) = names.get(line.text("sku_key")).filter(|size| is_size(size)) else { continue };
            let region: SmolStr = line.text("arm_region").into();
            let price = line.decimal(line.text("usd_per_hour"), "price")?;
            if price.is_zero() {
                continue;
            }
            if wanted == "linux" {
                if !karpenter_regions.contains(&region) {
                    offers.add((size.clone(), LINUX, REGULAR), &region, price, &LIBCLOUD);
                }
                continue;
            }
            let linux = offers.price(size, LINUX, &region);
            let expected = linux.and_then(|linux| Some(linux + licences.get(size)?));
            let is_off = expected.is_some_and(|expected| (price - expected).abs() > expected * Decimal::new(10, 2));
            if is_off || linux.is_some_and(|linux| price < linux) {
                shelf.quarantine(SERVICE, &LIBCLOUD, "far from the Linux price plus the licence");
                continue;
            }
            offers.add((size.clone(), WINDOWS, REGULAR), &region, price, &LIBCLOUD);
        }
    }
    Ok(())
}

/// Windows prices that no list has: the region's Linux price plus the licence.
fn add_licensed(offers: &mut Offers, licences: &BTreeMap<SmolStr, Decimal>) {
    let linux: Vec<(SmolStr, SmolStr, Decimal)> = offers
        .prices
        .iter()
        .filter(|(((_, os, priority), _), _)| (*os, *priority) == (LINUX, REGULAR))
        .map(|(((size, ..), region), (price, _))| (size.clone(), region.clone(), *price))
        .collect();
    for (size, region, price) in linux {
        if let Some(licence) = licences.get(&size) {
            offers.add((size.clone(), WINDOWS, REGULAR), &region, price + licence, &LICENCE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_known_where_two_regions_agree() {
        let mut offers = Offers::default();
        let source = KARPENTER;
        for (os, region, price) in
            [(LINUX, "a", 100), (WINDOWS, "a", 192), (LINUX, "b", 110), (WINDOWS, "b", 202), (LINUX, "c", 120)]
        {
            offers.add(("standard_x2".into(), os, REGULAR), &region.into(), Decimal::new(price, 3), &source);
        }
        let licences = licences(&offers);
        add_licensed(&mut offers, &licences);
        assert_eq!(offers.price(&"standard_x2".into(), WINDOWS, &"c".into()), Some(Decimal::new(212, 3)));
    }
}
