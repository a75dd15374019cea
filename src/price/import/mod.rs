//! Importers: they turn published price tables into the sheets of the book, one per source format.
//!
//! `lepton catalog import --from DIR --to src/price/book` runs them all, so that the book is reproducible
//! and never edited by hand. Each importer reads below `from/<provider>/…` and returns whole sheets.

mod alibaba;
mod aws;
mod azure;
mod documents;
mod fallback;
mod google;
mod others;
mod table;
mod tencent;

use std::fmt;
use std::path::Path;

use super::{Sheet, SheetError};

/// An importer: reads source tables below a folder and returns the sheets of one provider.
pub type Importer = fn(&Path) -> Result<Vec<Sheet>, SheetError>;

/// The importers by provider.
pub const IMPORTERS: &[(&str, Importer)] = &[
    ("alibaba", alibaba::import),
    ("aws", aws::import),
    ("azure", azure::import),
    ("exoscale", others::exoscale),
    ("google", google::import),
    ("hetzner", others::hetzner),
    ("ovh", others::ovh),
    ("scaleway", others::scaleway),
    ("tencent", tencent::import),
    ("upcloud", others::upcloud),
];

/// What an import wrote.
#[derive(Debug, Default)]
pub struct ImportReport {
    /// Provider, service, rows and prices of each sheet.
    pub sheets: Vec<(String, String, usize, usize)>,
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (provider, service, rows, prices) in &self.sheets {
            writeln!(f, "{provider:<8} {service:<48} {rows:>7} rows {prices:>8} prices")?;
        }
        let rows: usize = self.sheets.iter().map(|sheet| sheet.2).sum();
        let prices: usize = self.sheets.iter().map(|sheet| sheet.3).sum();
        writeln!(f, "{} sheets, {rows} rows, {prices} prices", self.sheets.len())
    }
}

/// Runs every importer, or those of one provider, and writes the book: a folder a provider, and the fallbacks.
pub fn import_all(from: &Path, to: &Path, only: Option<&str>) -> Result<ImportReport, SheetError> {
    let mut report = ImportReport::default();
    for (provider, import) in IMPORTERS.iter().filter(|(provider, _)| only.is_none_or(|only| only == *provider)) {
        let sheets = import(from)?;
        let folder = to.join(provider);
        clear(&folder)?;
        for sheet in sheets {
            let path = folder.join(sheet.file_name());
            std::fs::write(&path, sheet.to_csv()).map_err(|error| SheetError::io(&path, error))?;
            let prices = sheet.rows().map(|row| row.prices.len()).sum();
            report.sheets.push(((*provider).into(), sheet.service().into(), sheet.rows().count(), prices));
        }
    }
    let regions = from.join("../placement/regions.csv");
    let path = to.join("fallback.csv");
    let text = fallback::generate(&regions)?;
    std::fs::write(&path, text).map_err(|error| SheetError::io(&path, error))?;
    Ok(report)
}

/// Makes the folder, without the sheets of an earlier import.
fn clear(folder: &Path) -> Result<(), SheetError> {
    let fail = |error| SheetError::io(folder, error);
    std::fs::create_dir_all(folder).map_err(fail)?;
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            std::fs::remove_file(&path).map_err(fail)?;
        }
    }
    Ok(())
}
