//! Prices: exact money, the embedded book, tiers, declared fallbacks, and the importers that fill the book.

mod compare;
mod compile;
mod currencies;
pub mod folder;
pub mod import;
mod layer;
mod lookup;
mod money;
pub mod normalise;
pub mod own;
pub mod rates;
mod retail;
mod sheet;
pub mod tiers;

pub use compare::{Comparison, Moved, Recounted, Vanished, compare};
pub use lookup::{Book, Key, Lookup, Meter, MeterPrice, Price, Provenance, Tier};
pub use money::{Currency, Money};
pub use sheet::{Sheet, SheetError, SourceNote, is_same_unit};
