//! Importers: they turn published price tables into the sheets of the book, one per source format.
//!
//! `lepton catalog import --from DIR --to src/price/book` runs them all, so that the book is reproducible
//! and never edited by hand. Each importer reads below `from/<provider>/…` and returns whole sheets.

mod aws;
mod azure;
mod table;

use std::path::Path;

use super::{Sheet, SheetError};

/// An importer: reads source tables below a folder and returns the sheets of one provider.
pub type Importer = fn(&Path) -> Result<Vec<Sheet>, SheetError>;

/// The importers by provider.
pub const IMPORTERS: &[(&str, Importer)] = &[("aws", aws::import), ("azure", azure::import)];
