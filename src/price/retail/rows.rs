//! Rows of the Retail Prices API, onto sheets.
//!
//! A meter's own region wins over a region that merely uses the meter (`isPrimaryMeterRegion`), then the later start
//! date; what is still ambiguous is kept out and counted.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::shelf::{Meter, Shelf, Source, Tiers, WORLDWIDE};

/// A meter whose one id and one price stand in at least so many regions is sold at that price worldwide.
const WORLDWIDE_REGIONS: usize = 10;

/// One row of a retail price list.
#[derive(Clone, Debug)]
pub(in crate::price) struct RetailRow {
    pub(in crate::price) region: SmolStr,
    pub(in crate::price) service: SmolStr,
    pub(in crate::price) product: SmolStr,
    pub(in crate::price) sku: SmolStr,
    pub(in crate::price) meter: SmolStr,
    pub(in crate::price) arm_sku: SmolStr,
    pub(in crate::price) unit: SmolStr,
    pub(in crate::price) per: Decimal,
    pub(in crate::price) price: Decimal,
    pub(in crate::price) tier: Decimal,
    pub(in crate::price) effective: SmolStr,
    pub(in crate::price) is_primary: bool,
    pub(in crate::price) meter_id: SmolStr,
}

/// The rows of a meter by region.
pub(in crate::price) type ByRegion = BTreeMap<SmolStr, Vec<RetailRow>>;

/// Puts a whole price list, with all its tiers, on the shelf.
pub(in crate::price) fn shelve<'s>(shelf: &mut Shelf<'s>, source: &Source<'s>, rows: Vec<RetailRow>) {
    for ((service, meter), mut regions) in by_meter(rows) {
        let unit = keep_one_unit(shelf, source, &service, &mut regions);
        let ids: BTreeSet<&SmolStr> = regions.values().flatten().map(|row| &row.meter_id).collect();
        let is_one_meter = ids.len() == 1 && regions.len() >= WORLDWIDE_REGIONS;
        let mut settled = BTreeMap::new();
        for (region, rows) in &regions {
            match settle(rows) {
                Ok(tiers) => drop(settled.insert(region.clone(), tiers)),
                Err(reason) => shelf.quarantine(&service, source, reason),
            }
        }
        let mut prices = settled.values();
        let first = prices.next();
        if let Some(tiers) = first.filter(|tiers| is_one_meter && prices.all(|other| other == *tiers)) {
            shelf.put(&service, &meter, &unit, tiers, WORLDWIDE, source);
            continue;
        }
        for (region, tiers) in &settled {
            shelf.put(&service, &meter, &unit, tiers, region, source);
        }
    }
}

/// The rows of each meter of each service, by region.
pub(in crate::price) fn by_meter(rows: Vec<RetailRow>) -> BTreeMap<(SmolStr, Meter), ByRegion> {
    let mut meters: BTreeMap<(SmolStr, Meter), ByRegion> = BTreeMap::new();
    for row in rows {
        let meter = [row.product.clone(), row.sku.clone(), row.meter.clone()];
        let regions = meters.entry((row.service.clone(), meter)).or_default();
        regions.entry(row.region.clone()).or_default().push(row);
    }
    meters
}

/// A sheet's row has one unit. Where a meter is listed in two, the hourly one stays, else the more frequent.
fn keep_one_unit<'s>(shelf: &mut Shelf<'s>, source: &Source<'s>, service: &str, regions: &mut ByRegion) -> SmolStr {
    let mut counts: BTreeMap<SmolStr, usize> = BTreeMap::new();
    for row in regions.values().flatten() {
        *counts.entry(row.unit.clone()).or_default() += 1;
    }
    let best = counts.iter().max_by_key(|(unit, count)| (unit.ends_with("Hour"), **count));
    let unit = best.map(|(unit, _)| unit.clone()).expect("a meter has a row");
    if counts.len() > 1 {
        for rows in regions.values_mut() {
            let before = rows.len();
            rows.retain(|row| row.unit == unit);
            (rows.len()..before).for_each(|_| shelf.quarantine(service, source, "in another unit"));
        }
        regions.retain(|_, rows| !rows.is_empty());
    }
    unit
}

/// The tiers of one meter in one region, for one unit.
pub(in crate::price) fn settle(rows: &[RetailRow]) -> Result<Tiers, &'static str> {
    let mut best: BTreeMap<Decimal, &RetailRow> = BTreeMap::new();
    for row in rows {
        let rank = |row: &RetailRow| (row.is_primary, row.effective.clone());
        let kept = best.entry(row.tier * row.per).or_insert(row);
        if rank(row) > rank(kept) {
            *kept = row;
        } else if rank(row) == rank(kept) && row.price != kept.price {
            return Err("with two prices at a time");
        }
    }
    if !best.contains_key(&Decimal::ZERO) {
        return Err("whose first tier is missing");
    }
    if best.values().any(|row| row.price.is_sign_negative()) {
        return Err("below zero");
    }
    Ok(best.into_iter().map(|(from, row)| (from, row.price / row.per)).collect())
}

#[cfg(test)]
pub(in crate::price) fn test_row(product: &str, sku: &str, region: &str, price: &str) -> RetailRow {
    RetailRow {
        region: region.into(),
        service: "Storage".into(),
        product: product.into(),
        sku: sku.into(),
        meter: format!("{sku} Meter").into(),
        arm_sku: SmolStr::default(),
        unit: "Hour".into(),
        per: Decimal::ONE,
        price: price.parse().expect("a decimal"),
        tier: Decimal::ZERO,
        effective: "2026-01-01".into(),
        is_primary: true,
        meter_id: "m".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Source<'_> = Source { id: "list", as_of: "2026-08-15", title: "a list" };

    fn sheet(rows: Vec<RetailRow>) -> String {
        let mut shelf = Shelf::default();
        shelve(&mut shelf, &LIST, rows);
        shelf.into_sheets().iter().map(crate::price::Sheet::to_csv).collect()
    }

    #[test]
    fn the_row_of_the_meters_own_region_wins() {
        let own = test_row("P", "S", "westeurope", "2");
        let user =
            RetailRow { is_primary: false, effective: "2026-02-01".into(), ..test_row("P", "S", "westeurope", "3") };
        assert!(sheet(vec![user, own]).ends_with("P,S,S Meter,Hour,0,list,2\n"));
    }

    #[test]
    fn tiers_are_scaled_with_their_price() {
        let first = RetailRow { per: Decimal::TEN, ..test_row("P", "S", "westeurope", "0") };
        let next =
            RetailRow { per: Decimal::TEN, tier: 100_000.into(), ..test_row("P", "S", "westeurope", "0.000002") };
        let text = sheet(vec![first, next]);
        assert!(text.contains("P,S,S Meter,Hour,0,list,0\nP,S,S Meter,Hour,1000000,list,0.0000002\n"), "{text}");
    }

    #[test]
    fn an_ambiguous_price_is_kept_out_and_counted() {
        let rows = ["1", "2"].map(|price| test_row("P", "S", "westeurope", price));
        let text = sheet(rows.into_iter().chain([test_row("P", "S", "uksouth", "1")]).collect());
        assert!(text.contains("| a list; kept out: 1 with two prices at a time\n"), "{text}");
        assert!(text.ends_with("uksouth\nP,S,S Meter,Hour,0,list,1\n"), "{text}");
    }

    #[test]
    fn one_meter_at_one_price_in_many_regions_is_worldwide() {
        let rows = (0..WORLDWIDE_REGIONS).map(|at| test_row("P", "S", &format!("region{at}"), "0.005"));
        assert!(sheet(rows.collect()).ends_with("source,global\nP,S,S Meter,Hour,0,list,0.005\n"));
    }
}
