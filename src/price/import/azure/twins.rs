//! Meters that several products share.
//!
//! The Retail Prices API lists a shared meter under each of its products, but the list at hand keeps it once
//! a region, sometimes under the one, sometimes under the other: `Hot LRS Write Operations` stands under
//! `General Block Blob v2` in 14 regions and under `Blob Storage` in two more. Two meters of one name are
//! twins if they cost the same in every region that has both, and those are at least five; then each fills
//! the other's missing regions.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{Shelf, Source};
use crate::price::retail::{Meter, Tiers, WORLDWIDE};

const TWIN: Source = Source {
    id: "twin-2026-08",
    as_of: "2026-08-15",
    title: "retail-2026-08, under another product or SKU of the same meter (src/price/import/azure/twins.rs)",
};

const LEAST_IN_COMMON: usize = 5;

/// Elsewhere meters have names too common to be told by (`vCore`, `100 RU/s`).
const SERVICE: &str = "Storage";

type Regions = BTreeMap<SmolStr, Tiers>;

/// Fills missing regions from twins.
pub(super) fn shelve(shelf: &mut Shelf) {
    let mut names: BTreeMap<SmolStr, Vec<(Meter, SmolStr, Regions)>> = BTreeMap::new();
    for (meter, unit, regions) in shelf.regions(SERVICE) {
        if !regions.contains_key(WORLDWIDE) {
            names.entry(meter[2].clone()).or_default().push((meter, unit, regions));
        }
    }
    for namesakes in names.values() {
        for (meter, unit, regions) in namesakes {
            let twins = namesakes.iter().filter(|(_, other_unit, other)| other_unit == unit && agree(regions, other));
            for (region, tiers) in twins.flat_map(|(_, _, other)| other) {
                if !shelf.has(SERVICE, meter, region) {
                    shelf.put(SERVICE, meter, unit, tiers, region, &TWIN);
                }
            }
        }
    }
}

fn agree(one: &Regions, other: &Regions) -> bool {
    let common: Vec<_> = one.iter().filter_map(|(region, tiers)| Some((tiers, other.get(region)?))).collect();
    common.len() >= LEAST_IN_COMMON && common.iter().all(|(tiers, others)| tiers == others)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Source = Source { id: "list", as_of: "2026-08-15", title: "a list" };

    fn shelf(one: &[(&str, i64)], other: &[(&str, i64)]) -> Shelf {
        let mut shelf = Shelf::default();
        for (product, prices) in [("One", one), ("Other", other)] {
            let meter = [product.into(), "Hot LRS".into(), "Hot LRS Write Operations".into()];
            for (region, price) in prices {
                shelf.put("Storage", &meter, "1", &Tiers::from([(0.into(), (*price).into())]), region, &LIST);
            }
        }
        super::shelve(&mut shelf);
        shelf
    }

    fn one() -> Meter {
        ["One".into(), "Hot LRS".into(), "Hot LRS Write Operations".into()]
    }

    #[test]
    fn a_twin_fills_the_missing_region() {
        let other = [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5), ("f", 6)];
        assert!(shelf(&other[..5], &other).has("Storage", &one(), "f"));
    }

    #[test]
    fn a_namesake_at_another_price_is_no_twin() {
        let one_prices = [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)];
        let other = [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 9), ("f", 6)];
        assert!(!shelf(&one_prices, &other).has("Storage", &one(), "f"));
    }
}
