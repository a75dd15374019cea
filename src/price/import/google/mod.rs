//! Google Cloud: SKUs by their catalog description, without its region.
//!
//! Google bills a machine by its cores and its memory. The lists at hand price machine types, so the rates of both are
//! solved from two shapes of a family and checked on all others; what does not solve keeps a row per machine type.

mod cloud_sql;
mod golden;
mod machines;
mod published;
mod tiered;

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::super::{Sheet, SheetError, SourceNote};

/// Sheets by service. The first source that prices a SKU in a region keeps it.
#[derive(Default)]
struct Shelf {
    sheets: BTreeMap<SmolStr, Sheet>,
    owners: BTreeMap<(SmolStr, SmolStr, SmolStr), SmolStr>,
}

/// A price to shelve.
struct Offer<'o> {
    service: &'o str,
    sku: &'o str,
    unit: &'o str,
    from: Decimal,
    region: &'o str,
    price: Decimal,
}

impl Shelf {
    fn put(&mut self, offer: &Offer<'_>, source: &SourceNote) {
        let owner = self.owners.entry((offer.service.into(), offer.sku.into(), offer.region.into()));
        if owner.or_insert_with(|| source.id.clone()) != &source.id {
            return;
        }
        let sheet = self.sheets.entry(offer.service.into());
        let sheet = sheet.or_insert_with(|| Sheet::new("google", offer.service, &["sku"]));
        if !sheet.sources().any(|note| note.id == source.id) {
            sheet.add_source(source.clone());
        }
        sheet.set(&[offer.sku], offer.unit, offer.from, &source.id, offer.region, offer.price);
    }
}

fn source(id: &str, as_of: &str, title: &str) -> SourceNote {
    SourceNote { id: id.into(), as_of: as_of.into(), currency: "USD".into(), title: title.into() }
}

/// Reads the Google tables below `from/gcp` and the unit prices below `from/multi`.
pub(super) fn import(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let mut shelf = Shelf::default();
    machines::shelve(&mut shelf, &from.join("gcp"))?;
    published::shelve(&mut shelf, &from.join("gcp"))?;
    golden::shelve(&mut shelf, &from.join("multi"))?;
    tiered::shelve(&mut shelf)?;
    cloud_sql::shelve(&mut shelf, &from.join("gcp"))?;
    Ok(shelf.sheets.into_values().collect())
}
