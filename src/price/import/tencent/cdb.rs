//! TencentDB for MySQL by memory: read-only instances of a list, high-availability ones of a document.

use std::path::Path;

use rust_decimal::Decimal;

use super::super::documents::note;
use super::super::table::Table;
use super::TIERS;
use crate::price::{Sheet, SheetError};

/// The read-only lists, and the region of each.
const LISTS: [(&str, &str); 3] = [
    ("cdb-price-readonly_beijing-2022.csv", "ap-beijing"),
    ("cdb-price-readonly_guangzhou-2022.csv", "ap-guangzhou"),
    ("cdb-price-readonly_shanghai-2022.csv", "ap-shanghai"),
];
/// Memory sizes that the list sells with two numbers of cores; the document's price is that of the fewer.
const TWICE: [(&str, &str); 2] = [("16000", "8"), ("32000", "16")];

pub(super) fn sheet(from: &Path) -> Result<Sheet, SheetError> {
    let mut sheet = Sheet::new("tencent", "cdb", &["item", "memory_mb", "cpu", "charge_type"]);
    let list = note(
        "qcloud-price-2022-05",
        "2022-05-20",
        "CNY",
        "prices of read-only instances, chen56/qcloud-price data/cdb-price-readonly @162b20e",
    );
    let document = note(
        "documents-2018",
        "2018",
        "CNY",
        "TencentDB for MySQL, overview of fees, in tencentyun/qcloud-documents @f9a6a89; in the three regions of the list of 2022 a high-availability instance still costs two read-only ones",
    );
    for note in [&list, &document] {
        sheet.add_source(note.clone());
    }
    for (file, region) in LISTS {
        let table = Table::open(&from.join(file))?;
        for line in table.lines() {
            let size = line.text("实例规格");
            let parts = size.split_once('核').and_then(|(cpu, rest)| Some((cpu, rest.strip_suffix("MB内存")?)));
            let (cpu, memory) = parts.ok_or_else(|| line.fail(format!("`{size}` is not cores and memory")))?;
            let cpu = if TWICE.contains(&(memory, cpu)) { cpu } else { "" };
            let mut last = None;
            for (tier, from_hour) in TIERS {
                let price = line.decimal(line.text(&format!("{tier}（元/小时）")), tier)?;
                if last != Some(price) {
                    let key = ["readonly", memory, cpu, "POSTPAID"];
                    sheet.set(&key, "hour", Decimal::from(from_hour), &list.id, region, price);
                }
                last = Some(price);
            }
            let month = line.decimal(line.text("包月（元/月）"), "包月")?;
            sheet.set(&["readonly", memory, cpu, "PREPAID"], "month", Decimal::ZERO, &list.id, region, month);
        }
    }
    let published = Table::read("published.csv".to_owned(), include_str!("published.csv").as_bytes())?;
    for line in published.lines() {
        let key = [line.text("item"), line.text("memory_mb"), "", line.text("charge_type")];
        let from_hour = line.decimal(line.text("from"), "from")?;
        let price = line.decimal(line.text("price"), "price")?;
        for region in line.text("regions").split(' ') {
            sheet.set(&key, line.text("unit"), from_hour, &document.id, region, price);
        }
    }
    Ok(sheet)
}
