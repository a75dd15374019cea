//! Azure: the rows of the Retail Prices API, and what fills the holes of the lists at hand.
//!
//! Keys are the API's own words: `productName`, `skuName`, `meterName`, and per service one sheet. Virtual
//! machines have thousands of meters whose names differ from list to list, so they are keyed by what a
//! plan knows: `arm_sku` in lower case, `os` (`Linux`, `Windows`) and `priority` (`Regular`, `Spot`,
//! `Low Priority`), all of which a retail row says.

mod alike;
mod golden;
mod guard;
mod machines;
mod retail;
mod twins;

use std::path::Path;

use super::super::{Sheet, SheetError};
use super::table;
use crate::price::retail::{RetailRow, machine, shelve};
use retail::{own_service, read_rows, shelve_untiered};

/// What an importer names is known beforehand.
type Source = crate::price::retail::Source<'static>;
type Shelf = crate::price::retail::Shelf<'static>;

const RETAIL: Source = Source {
    id: "retail-2026-08",
    as_of: "2026-08-15",
    title: "Azure Retail Prices API, as collected by Arturo-Quiroga-MSFT/azure-architecture-diagram-builder \
            src/data/pricing @31f894a, MIT",
};
const RADAR: Source = Source {
    id: "radar-2026-08",
    as_of: "2026-08-22",
    title: "Azure Retail Prices API, as collected by andy-diericks/azure-pricing-radar data/latest @cf741f2, MIT",
};
const DASHBOARD: Source = Source {
    id: "dashboard-2026-06",
    as_of: "2026-06-21",
    title: "Azure Retail Prices API, as collected by ibranibeny/azure-pricing-dashboard data/pricing @4810feb \
            (figures only)",
};
const SAMPLE: Source = Source {
    id: "sample-2024-08",
    as_of: "2024-08",
    title: "Azure Retail Prices API, a sample of 1,000 items in DanielHabenicht/cloud-prices \
            frontend/public/test.sqlite @f39c696 (figures only)",
};

/// Reads the Azure tables below `from/azure` and the unit prices below `from/multi`.
pub(super) fn import(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let azure = from.join("azure");
    let mut shelf = Shelf::default();
    let retail = read_rows(&azure.join("retail-prices-48-services-14-regions-2026-08.csv.gz"), &own_service)?;
    let radar = read_rows(&azure.join("vm-and-storage-5-eu-regions-2026-08-radar.csv.gz"), &|line| {
        if line.text("kind") == "vm" { machine::SERVICE.into() } else { "Storage".into() }
    })?;
    let dashboard = read_rows(&azure.join("indonesiacentral-southeastasia-2026-06-dashboard.csv.gz"), &own_service)?;
    let sample = read_rows(&azure.join("retail-prices-random-1k-all-services-2024-08.csv.gz"), &own_service)?;

    let is_machine = |row: &RetailRow| row.service == machine::SERVICE;
    let (retail_machines, retail) = retail.into_iter().partition(is_machine);
    let (radar_machines, radar) = radar.into_iter().partition(is_machine);
    let (dashboard_machines, dashboard) = dashboard.into_iter().partition(is_machine);
    let sample = sample.into_iter().filter(|row| !is_machine(row)).collect();

    shelve(&mut shelf, &RETAIL, retail);
    twins::shelve(&mut shelf);
    shelve_untiered(&mut shelf, &RADAR, radar);
    shelve_untiered(&mut shelf, &DASHBOARD, dashboard);
    golden::shelve(&mut shelf, &from.join("multi"))?;
    alike::shelve(&mut shelf)?;
    shelve_untiered(&mut shelf, &SAMPLE, sample);
    let lists = [(RETAIL, retail_machines), (RADAR, radar_machines), (DASHBOARD, dashboard_machines)];
    machines::shelve(&mut shelf, &azure, lists, golden::windows_machines(&from.join("multi"))?)?;
    Ok(shelf.into_sheets())
}
