//! ECS machines: pay-as-you-go, Linux. A newer list, and an older one for the types that it lacks.

use std::collections::BTreeSet;
use std::path::Path;

use rust_decimal::Decimal;

use super::super::documents::note;
use super::super::table::Table;
use crate::price::{Sheet, SheetError};

pub(super) fn sheet(from: &Path) -> Result<Sheet, SheetError> {
    let lists = [
        (
            "ecs-ondemand-2024-12-karpenter.csv.gz",
            "cny_per_hour",
            note(
                "karpenter-2024-12",
                "2024-12-31",
                "CNY",
                "pay-as-you-go Linux prices of cloudpilot-ai/karpenter-provider-alibabacloud initial-on-demand-prices.json @cb536af, Apache-2.0",
            ),
        ),
        (
            "ecs-specs-ondemand-2024-10-priceserver.csv.gz",
            "on_demand_cny_per_hour",
            note(
                "priceserver-2024-10",
                "2024-10-09",
                "CNY",
                "types that the newer list lacks: cloudpilot-ai/priceserver builtin-data/alibabacloud_price.json @de6fe92, Apache-2.0",
            ),
        ),
    ];
    let mut sheet = Sheet::new("alibaba", "ecs", &["instance_type"]);
    let mut priced = BTreeSet::new();
    for (file, column, source) in lists {
        let id = source.id.clone();
        sheet.add_source(source);
        let table = Table::open(&from.join(file))?;
        for line in table.lines() {
            let (kind, region) = (line.text("instance_type"), line.text("region"));
            let price: Decimal = line.decimal(line.text(column), column)?;
            // A zero means that the type is not sold by the hour there.
            if price.is_zero() || !priced.insert((kind.to_owned(), region.to_owned())) {
                continue;
            }
            sheet.set(&[kind], "hour", Decimal::ZERO, &id, region, price);
        }
    }
    Ok(sheet)
}
