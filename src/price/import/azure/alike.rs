//! A product's prices in a region that no list has, from a region that is priced alike.
//!
//! `alike.csv` beside this file names them, and says which unit prices were seen in both and agree. It is
//! only worth a line where the region that stands in otherwise would be wrong.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::super::table::Table;
use super::{Shelf, Source};
use crate::price::SheetError;
use crate::price::retail::{Meter, Tiers};

const ALIKE: Source = Source {
    id: "alike-2026-08",
    as_of: "2026-08-15",
    title: "reconstructed: the retail-2026-08 prices of another region, where every unit price of the product that was \
            seen in both agrees (src/price/import/azure/alike.csv)",
};

const PAIRS: &str = include_str!("alike.csv");

/// Fills the regions that are priced alike. A meter that has a price there keeps it.
pub(super) fn shelve(shelf: &mut Shelf) -> Result<(), SheetError> {
    for line in Table::read("alike.csv".to_owned(), PAIRS.as_bytes())?.lines() {
        let (service, region) = (line.text("service"), line.text("region"));
        let meters: Vec<(Meter, SmolStr)> =
            shelf.meters(service).map(|(meter, unit)| (meter.clone(), unit.into())).collect();
        for (meter, unit) in meters.into_iter().filter(|(meter, _)| meter[0] == line.text("product")) {
            let tiers: Tiers = shelf.tiers(service, &meter, line.text("like"));
            if tiers.contains_key(&Decimal::ZERO) && !shelf.has(service, &meter, region) {
                shelf.put(service, &meter, &unit, &tiers, region, &ALIKE);
            }
        }
    }
    Ok(())
}
