//! Alibaba Cloud: machines by instance type, and what the product documents' tables say of the network and of OSS.
//!
//! Prices are those of the Chinese site, in CNY; only the enhanced NAT gateway is from the international documents, in
//! USD, since no other list has it.

mod ecs;

use std::path::Path;

use super::documents::{self, Documents, Shelf, note};
use crate::price::{Sheet, SheetError};

/// The key columns by service.
const SERVICES: &[(&str, &[&str])] = &[
    ("slb", &["item", "specification"]),
    ("eip", &["item"]),
    ("nat", &["item", "specification"]),
    ("oss", &["item", "storage_class", "redundancy_type"]),
];

/// Reads the Alibaba tables below `from/alibaba`.
pub(super) fn import(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let from = from.join("alibaba");
    let mut shelf = Shelf::new();
    shelf.insert("ecs".into(), ecs::sheet(&from)?);
    let title = |document: &str| {
        format!("price tables in Alibaba Cloud's product documents, {document}, read in versions of 2019-09 to 2021-07")
    };
    let documents = Documents {
        provider: "alibaba",
        services: SERVICES,
        sources: &[
            note("documents-2021-07", "2021-07", "CNY", &title("AlibabaCloudDocs/{slb,eip,nat} cn.zh-CN")),
            note("documents-international-2021-07", "2021-07", "USD", &title("AlibabaCloudDocs/nat intl.en-US")),
            note(
                "example-2021-07",
                "2021-07",
                "CNY",
                &title("worked example of cn-hangzhou in AlibabaCloudDocs/oss cn.zh-CN"),
            ),
        ],
        tables: include_str!("tables.csv"),
        published: include_str!("published.csv"),
        places: include_str!("places.csv"),
    };
    documents::shelve(&mut shelf, &documents::open(&from, "docs-price-tables-2021-07.csv.gz")?, &documents)?;
    Ok(shelf.into_values().collect())
}
