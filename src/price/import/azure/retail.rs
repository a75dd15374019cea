//! The Retail Prices API's rows, whatever a source calls their columns, onto sheets.
//!
//! Only pay-as-you-go list prices (`Consumption`) are taken. A meter's own region wins over a region that
//! merely uses the meter (`isPrimaryMeterRegion`), then the later start date; what is still ambiguous is
//! kept out and counted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::shelf::{Meter, Shelf, Source, Tiers, WORLDWIDE};
use super::table::{Line, Table};
use super::unit::split_unit;
use crate::price::SheetError;

/// A meter whose one id and one price stand in at least so many regions is sold at that price worldwide.
const WORLDWIDE_REGIONS: usize = 10;

/// One row of a retail price list.
#[derive(Clone, Debug)]
pub(super) struct RetailRow {
    pub(super) region: SmolStr,
    pub(super) service: SmolStr,
    pub(super) product: SmolStr,
    pub(super) sku: SmolStr,
    pub(super) meter: SmolStr,
    pub(super) arm_sku: SmolStr,
    pub(super) unit: SmolStr,
    pub(super) per: Decimal,
    pub(super) price: Decimal,
    pub(super) tier: Decimal,
    effective: SmolStr,
    is_primary: bool,
    meter_id: SmolStr,
}

/// Reads the pay-as-you-go rows of a table. A table without a service column holds those of `service`.
pub(super) fn read_rows(path: &Path, service: &dyn Fn(&Line<'_>) -> SmolStr) -> Result<Vec<RetailRow>, SheetError> {
    let table = Table::open(path)?;
    table.lines().filter(is_pay_as_you_go).map(|line| row(&line, service(&line))).collect()
}

/// The service as the table's own column says.
pub(super) fn own_service(line: &Line<'_>) -> SmolStr {
    line.text_of(&["service_name", "serviceName"]).into()
}

fn is_pay_as_you_go(line: &Line<'_>) -> bool {
    let kind = line.text_of(&["type", "purchase_option"]);
    let currency = line.text_of(&["currency", "currencyCode"]);
    matches!(kind, "Consumption" | "PAYG") && matches!(currency, "USD" | "")
}

fn row(line: &Line<'_>, service: SmolStr) -> Result<RetailRow, SheetError> {
    let measure = line.text_of(&["unit_of_measure", "unitOfMeasure"]);
    let (per, unit) = split_unit(measure).ok_or_else(|| line.fail(format!("`{measure}` is not a unit of measure")))?;
    let price = line.text_of(&["retail_price_usd", "retailPrice", "retail_price", "price"]);
    let tier = line.text_of(&["tier_minimum_units", "tierMinimumUnits"]);
    let region = line.text_of(&["arm_region", "armRegionName"]);
    Ok(RetailRow {
        region: if region.is_empty() || region == "Global" { WORLDWIDE.into() } else { region.into() },
        service,
        product: line.text_of(&["product_name", "productName"]).into(),
        sku: line.text_of(&["sku_name", "skuName"]).into(),
        meter: line.text_of(&["meter_name", "meterName"]).into(),
        arm_sku: line.text_of(&["arm_sku_name", "armSkuName"]).into(),
        unit,
        per,
        price: line.decimal(price, "price")?,
        tier: if tier.is_empty() { Decimal::ZERO } else { line.decimal(tier, "tier")? },
        effective: line.text_of(&["effective_start", "effectiveStartDate"]).get(..10).unwrap_or_default().into(),
        is_primary: line.text_of(&["is_primary_meter_region", "isPrimaryMeterRegion"]) == "1",
        meter_id: line.text_of(&["meter_id", "meterId"]).into(),
    })
}

type ByRegion = BTreeMap<SmolStr, Vec<RetailRow>>;

/// Puts a whole price list, with all its tiers, on the shelf.
pub(super) fn shelve(shelf: &mut Shelf, source: &Source, rows: Vec<RetailRow>) {
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

/// Adds the prices of a list that may lack tiers: only meters known to have a single one are taken, and
/// only in regions that have no price yet.
pub(super) fn shelve_untiered(shelf: &mut Shelf, source: &Source, rows: Vec<RetailRow>) {
    let rows = rows.into_iter().map(|row| complete_meter(shelf, row)).collect();
    for ((service, meter), regions) in by_meter(rows) {
        let known = shelf.meter(&service, &meter).map(|(unit, most_tiers)| (SmolStr::from(unit), most_tiers));
        for (region, rows) in regions {
            let reason = match &known {
                None => "of a meter that no full list knows",
                Some((_, most_tiers)) if *most_tiers != 1 => "of a meter with tiers that the list lacks",
                Some((unit, _)) if rows.iter().any(|row| row.unit != *unit) => "in another unit",
                Some((unit, _)) => match settle(&rows) {
                    Err(reason) => reason,
                    Ok(tiers) => {
                        if !shelf.has(&service, &meter, &region) {
                            shelf.put(&service, &meter, unit, &tiers, &region, source);
                        }
                        continue;
                    }
                },
            };
            shelf.quarantine(&service, source, reason);
        }
    }
}

/// A list without meter names still names the meter where product, SKU and unit have only one.
fn complete_meter(shelf: &Shelf, mut row: RetailRow) -> RetailRow {
    if row.meter.is_empty() {
        let mut meters = shelf
            .meters(&row.service)
            .filter(|(meter, unit)| meter[0] == row.product && meter[1] == row.sku && *unit == row.unit);
        if let (Some((meter, _)), None) = (meters.next(), meters.next()) {
            row.meter = meter[2].clone();
        }
    }
    row
}

fn by_meter(rows: Vec<RetailRow>) -> BTreeMap<(SmolStr, Meter), ByRegion> {
    let mut meters: BTreeMap<(SmolStr, Meter), ByRegion> = BTreeMap::new();
    for row in rows {
        let meter = [row.product.clone(), row.sku.clone(), row.meter.clone()];
        let regions = meters.entry((row.service.clone(), meter)).or_default();
        regions.entry(row.region.clone()).or_default().push(row);
    }
    meters
}

/// A sheet's row has one unit. Where a meter is listed in two, the hourly one stays, else the more frequent.
fn keep_one_unit(shelf: &mut Shelf, source: &Source, service: &str, regions: &mut ByRegion) -> SmolStr {
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
fn settle(rows: &[RetailRow]) -> Result<Tiers, &'static str> {
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
pub(super) fn test_row(product: &str, sku: &str, region: &str, price: &str) -> RetailRow {
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

    const LIST: Source = Source { id: "list", as_of: "2026-08-15", title: "a list" };

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
