//! Virtual machines: their meters' names differ from list to list, so they are keyed by what a plan knows.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::RetailRow;

/// The service of all virtual machine meters.
pub(in crate::price) const SERVICE: &str = "Virtual Machines";

/// The key columns of their sheet.
pub(in crate::price) const COLUMNS: [&str; 3] = ["arm_sku", "os", "priority"];

pub(in crate::price) const LINUX: &str = "Linux";
pub(in crate::price) const WINDOWS: &str = "Windows";
pub(in crate::price) const REGULAR: &str = "Regular";

/// A key of the sheet: size, operating system, priority.
pub(in crate::price) type Machine = (SmolStr, &'static str, &'static str);

/// The price of each machine in each region, and how many have several prices at a time.
///
/// `names` are the sizes that are known, by [`squeezed`] name.
pub(in crate::price) fn prices(
    rows: Vec<RetailRow>,
    names: &BTreeMap<String, SmolStr>,
) -> (BTreeMap<(Machine, SmolStr), Decimal>, usize) {
    let mut found: BTreeMap<(Machine, SmolStr), BTreeSet<Decimal>> = BTreeMap::new();
    for row in rows {
        let Some(machine) = machine_of(&row, names) else { continue };
        found.entry((machine, row.region)).or_default().insert(row.price / row.per);
    }
    let all = found.len();
    found.retain(|_, prices| prices.len() == 1);
    let ambiguous = all - found.len();
    let only = |(at, prices): (_, BTreeSet<Decimal>)| Some((at, prices.into_iter().next()?));
    (found.into_iter().filter_map(only).collect(), ambiguous)
}

/// The key of a retail row; `None` for what is no virtual machine: dedicated hosts and cloud services.
pub(in crate::price) fn machine_of(row: &RetailRow, names: &BTreeMap<String, SmolStr>) -> Option<Machine> {
    let product = row.product.as_str();
    let is_promotion = product.contains("Promo") && !row.arm_sku.ends_with("Promo");
    if is_promotion || ["Cloud Services", "CloudServices", "Dedicated"].iter().any(|word| product.contains(word)) {
        return None;
    }
    let os = if product.contains("Windows") || product.ends_with(" Win") { WINDOWS } else { LINUX };
    let (name, priority) = match (row.sku.strip_suffix(" Spot"), row.sku.strip_suffix(" Low Priority")) {
        (Some(name), _) => (name, "Spot"),
        (_, Some(name)) => (name, "Low Priority"),
        _ => (row.sku.as_str(), REGULAR),
    };
    let size = if !row.arm_sku.is_empty() {
        row.arm_sku.to_ascii_lowercase()
    } else {
        let tier = if product.contains("Basic") { "basic" } else { "standard" };
        let name = name.trim().to_ascii_lowercase().replace(' ', "_");
        let derived = if name.starts_with("standard_") { name } else { format!("{tier}_{name}") };
        names.get(&squeezed(&derived)).map_or(derived, ToString::to_string)
    };
    is_size(&size).then(|| (size.into(), os, priority))
}

pub(in crate::price) fn is_size(name: &str) -> bool {
    name.starts_with("standard_") || name.starts_with("basic_")
}

/// A size without the separators that the lists spell differently.
pub(in crate::price) fn squeezed(size: &str) -> String {
    size.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::test_row;
    use super::*;

    #[test]
    fn a_row_without_an_arm_name_is_named_by_its_sku() {
        let names = BTreeMap::from([("standardd4asv5".to_owned(), SmolStr::from("standard_d4as_v5"))]);
        let row = test_row("Virtual Machines Dasv5 Series Windows", "D4as v5 Spot", "westeurope", "0.1");
        assert_eq!(machine_of(&row, &names), Some(("standard_d4as_v5".into(), WINDOWS, "Spot")));
        let row = test_row("Virtual Machines A Series Basic", "A0", "westeurope", "0.02");
        assert_eq!(machine_of(&row, &names), Some(("basic_a0".into(), LINUX, REGULAR)));
    }

    #[test]
    fn cloud_services_and_hosts_are_no_machines() {
        let names = BTreeMap::new();
        for product in ["Dasv5 Series Cloud Services", "Eadsv5 Series CloudServices", "DSv3 Series Dedicated Host"] {
            assert_eq!(machine_of(&test_row(product, "D4as v5", "westeurope", "0.392"), &names), None, "{product}");
        }
    }
}
