//! CVM machines by instance type, operating system and charge type; pay-as-you-go prices fall with the hours of use.

use std::collections::BTreeSet;
use std::path::Path;

use rust_decimal::Decimal;

use super::super::documents::{Places, note};
use super::super::table::Table;
use super::TIERS;
use crate::price::{Sheet, SheetError};

pub(super) fn sheet(from: &Path, places: &Places) -> Result<Sheet, SheetError> {
    let source = note(
        "qcloud-price-2022-05",
        "2022-05-20",
        "CNY",
        "CVM price list of 19 regions, chen56/qcloud-price data/cvm-price.csv @162b20e; it names one zone for each type and region",
    );
    let mut sheet = Sheet::new("tencent", "cvm", &["instance_type", "operating_system", "charge_type"]);
    let id = source.id.clone();
    sheet.add_source(source);
    let table = Table::open(&from.join("cvm-price-2022.csv.gz"))?;
    let mut seen = BTreeSet::new();
    for line in table.lines() {
        let (kind, system) = (line.text("规格"), line.text("系统"));
        let [region] = places.regions(line.text("地域"), line)? else {
            return Err(line.fail("a machine stands in one region".to_owned()));
        };
        // A second zone with another price would need a choice between them.
        if !seen.insert((region, kind, system)) {
            return Err(line.fail(format!("a second price of {kind} in {region}")));
        }
        let mut last = None;
        for (tier, from_hour) in TIERS {
            let text = line.text(&format!("{tier}(元/小时)"));
            // A dash means that the type is not sold by the hour.
            if text == "-" {
                break;
            }
            let price = line.decimal(text, tier)?;
            if last != Some(price) {
                let key = [kind, system, "POSTPAID_BY_HOUR"];
                sheet.set(&key, "hour", Decimal::from(from_hour), &id, region, price);
            }
            last = Some(price);
        }
        let month = line.text("包月(元)");
        if month != "-" {
            let price = line.decimal(month, "包月(元)")?;
            sheet.set(&[kind, system, "PREPAID"], "month", Decimal::ZERO, &id, region, price);
        }
    }
    Ok(sheet)
}
