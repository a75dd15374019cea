//! Tables of the Retail Prices API's rows, whatever a source calls their columns.
//!
//! Only pay-as-you-go list prices (`Consumption`) are taken.

use std::path::Path;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::super::table::{Line, Table};
use super::{Shelf, Source};
use crate::price::SheetError;
use crate::price::retail::unit::split_unit;
use crate::price::retail::{RetailRow, WORLDWIDE, by_meter, settle};

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
