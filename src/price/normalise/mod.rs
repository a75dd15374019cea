//! Normalisers: they turn the documents that providers publish into sheets with the keys of the embedded book, one for
//! each format, none for a resource type.
//!
//! They read streams, so that a document of gigabytes takes no more memory than the prices that it gives.
//!
//! Alibaba Cloud and Tencent Cloud have none. Their price APIs (`DescribePrice`, `InquiryPrice…`) want a signed request for
//! each thing, and their answers are a currency and an amount: what was priced, where and in which unit stands in the
//! request alone, so an answer gives no key of the book. Their prices stay those of published tables, dated as such.

pub mod azure;
pub mod google;
mod hand_over;
mod json;

pub mod aws;
pub mod merge;
pub mod reference_rates;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Sheet, SourceNote, is_same_unit};
use crate::model::Problem;

/// A document that is read.
#[derive(Clone, Debug)]
pub struct Document {
    /// What problems call it: its address without anything secret, or its path.
    pub label: String,
    /// The day that it states, or else that on which it was fetched.
    pub as_of: SmolStr,
}

/// A price as a document gives it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    /// The book's provider.
    pub provider: &'r str,
    /// The provider's service.
    pub service: &'r str,
    /// The columns of the service's keys, by name and value, in order.
    pub key: &'r [(&'r str, &'r str)],
    /// The provider's unit.
    pub unit: &'r str,
    /// The first unit of the tier.
    pub from: Decimal,
    /// The region.
    pub region: &'r str,
    /// What a unit costs.
    pub price: Decimal,
}

/// The sheets that documents give prices to.
#[derive(Debug, Default)]
pub struct Gathered {
    sheets: BTreeMap<(SmolStr, SmolStr), Sheet>,
    /// The sheets that got a price since [`Gathered::take_touched`] was last asked.
    touched: BTreeSet<(SmolStr, SmolStr)>,
    notes: Vec<Problem>,
}

impl Gathered {
    /// Takes a price in. It must not be negative, a second price for the same key, tier and region must be the same, and
    /// a key has one unit.
    ///
    /// The line is that of the document, 0 where it has none.
    pub fn add(&mut self, row: &Row<'_>, document: &Document, source: &SourceNote, line: u64) -> Result<(), Problem> {
        self.put(row, source).map_err(|message| broken(document, line, &message))
    }

    /// The same for a reader that learns of the line later: what is wrong, in words.
    pub fn put(&mut self, row: &Row<'_>, source: &SourceNote) -> Result<(), String> {
        let name = || row.key.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" / ");
        if row.price.is_sign_negative() && !row.price.is_zero() {
            return Err(format!("the price of {} in {} is below zero", name(), row.region));
        }
        let columns: Vec<&str> = row.key.iter().map(|(name, _)| *name).collect();
        let sheet = self
            .sheets
            .entry((row.provider.into(), row.service.into()))
            .or_insert_with(|| Sheet::new(row.provider, row.service, &columns));
        if sheet.key_columns() != columns {
            return Err(format!("the keys of {} have other columns here", row.service));
        }
        let key: Vec<&str> = row.key.iter().map(|(_, value)| *value).collect();
        if sheet.any_price(&key, row.from, row.region).is_some_and(|known| known != row.price) {
            return Err(format!("two prices for {} from {} on in {}", name(), row.from.normalize(), row.region));
        }
        if sheet.unit(&key).is_some_and(|known| !is_same_unit(known, row.unit)) {
            return Err(format!("{} in {} has another unit here than before", name(), row.region));
        }
        if !self.touched.contains(&(row.provider.into(), row.service.into())) {
            self.touched.insert((row.provider.into(), row.service.into()));
        }
        sheet.add_source(source.clone());
        sheet.set(&key, row.unit, row.from, &source.id, row.region, row.price);
        Ok(())
    }

    /// The providers and services that got prices since this was last asked.
    pub fn take_touched(&mut self) -> BTreeSet<(SmolStr, SmolStr)> {
        std::mem::take(&mut self.touched)
    }

    /// Whether a meter has a price in a region by now.
    pub fn has(&self, provider: &str, service: &str, key: &[&str], region: &str) -> bool {
        let sheet = self.sheets.get(&(provider.into(), service.into()));
        sheet.is_some_and(|sheet| sheet.has(key, region))
    }

    /// Keeps what a person should know of a document that is read nevertheless.
    pub fn note(&mut self, note: Problem) {
        self.notes.push(note);
    }

    /// What should be known, each told once.
    pub fn take_notes(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.notes)
    }

    /// The sheets, in order of provider and service.
    pub fn into_sheets(self) -> Vec<Sheet> {
        self.sheets.into_values().collect()
    }
}

/// What is wrong with a document, and where.
pub fn broken(document: &Document, line: u64, message: &str) -> Problem {
    let place = if line == 0 { document.label.clone() } else { format!("{}:{line}", document.label) };
    Problem::error("lepton::prices::document", format!("{place}: {message}"))
        .help("nothing was written: the book is as it was; the provider may have changed the format")
}
