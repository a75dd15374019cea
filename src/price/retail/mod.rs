//! How rows of the Azure Retail Prices API become keys of the book, whether they stand in a table or in a fresh answer.

pub(super) mod machine;
mod rows;
mod shelf;
pub(super) mod unit;

pub(super) use rows::{RetailRow, by_meter, settle, shelve};
pub(super) use shelf::{Meter, Shelf, Source, Tiers, WORLDWIDE};
