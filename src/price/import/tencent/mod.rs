//! Tencent Cloud: machines and read-only databases of one list, the rest out of the product documents' tables.
//!
//! All prices are those of the Chinese site, in CNY.

mod cdb;
mod cvm;

use std::path::Path;

use super::documents::{self, Documents, Places, Shelf, note};
use crate::price::{Sheet, SheetError};

/// The key columns by service.
const SERVICES: &[(&str, &[&str])] = &[
    ("cbs", &["disk_type", "charge_type"]),
    ("cos", &["item", "storage_class"]),
    ("clb", &["item"]),
    ("vpc", &["item", "size"]),
    ("bandwidth", &["charge_type"]),
];

/// Where the tiers of a pay-as-you-go price begin, in hours of use: the documents of TencentDB for MySQL and others
/// give 4 days and 15 days.
const TIERS: [(&str, i64); 3] = [("按量T1", 0), ("按量T2", 96), ("按量T3", 360)];

/// Reads the Tencent tables below `from/tencent`.
pub(super) fn import(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let from = from.join("tencent");
    let mut shelf = Shelf::new();
    let places = include_str!("places.csv");
    shelf.insert("cvm".into(), cvm::sheet(&from, &Places::read(places)?)?);
    shelf.insert("cdb".into(), cdb::sheet(&from)?);
    let documents = Documents {
        provider: "tencent",
        services: SERVICES,
        sources: &[note(
            "documents-2020-03",
            "2020-03",
            "CNY",
            "price tables in Tencent Cloud's product documents, xinxinyixx/qcloud-documents @d09d38c, read in versions of 2018 to 2020-03",
        )],
        tables: include_str!("tables.csv"),
        published: "",
        places,
    };
    documents::shelve(&mut shelf, &documents::open(&from, "docs-price-tables-2020-03.csv.gz")?, &documents)?;
    Ok(shelf.into_values().collect())
}
