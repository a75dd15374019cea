//! Prices: exact money, the embedded book, tiers, declared fallbacks, and the importers that fill the book.

pub mod import;
mod lookup;
mod money;
mod sheet;

pub use lookup::{Book, Key, Lookup, Price, Provenance, Tier};
pub use money::{Currency, Money};
pub use sheet::{Sheet, SheetError, SourceNote};
