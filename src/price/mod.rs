//! Prices: exact money, the embedded book, tiers, declared fallbacks, and the importers that fill the book.

mod compile;
pub mod import;
mod layer;
mod lookup;
mod money;
mod sheet;
pub mod tiers;

pub use lookup::{Book, Key, Lookup, Meter, MeterPrice, Price, Provenance, Tier};
pub use money::{Currency, Money};
pub use sheet::{Sheet, SheetError, SourceNote};
