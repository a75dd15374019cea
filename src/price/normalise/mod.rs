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

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Sheet, SourceNote};
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
    /// Prices that were given, to tell a page that repeats.
    seen: BTreeSet<Vec<SmolStr>>,
}

impl Gathered {
    /// Takes a price in. It must not be negative, and a second price for the same key, tier and region must be the same.
    ///
    /// The line is that of the document, 0 where it has none.
    pub fn add(&mut self, row: &Row<'_>, document: &Document, source: &SourceNote, line: u64) -> Result<(), Problem> {
        let name = || row.key.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" / ");
        if row.price.is_sign_negative() && !row.price.is_zero() {
            return Err(broken(document, line, &format!("the price of {} in {} is below zero", name(), row.region)));
        }
        let columns: Vec<&str> = row.key.iter().map(|(name, _)| *name).collect();
        let sheet = self
            .sheets
            .entry((row.provider.into(), row.service.into()))
            .or_insert_with(|| Sheet::new(row.provider, row.service, &columns));
        if sheet.key_columns() != columns {
            return Err(broken(document, line, &format!("the keys of {} have other columns here", row.service)));
        }
        let key: Vec<&str> = row.key.iter().map(|(_, value)| *value).collect();
        let place = [row.provider, row.service].into_iter().chain(key.iter().copied());
        let from = row.from.normalize().to_string();
        let place: Vec<SmolStr> = place.chain([from.as_str(), row.region]).map(SmolStr::from).collect();
        if !self.seen.insert(place)
            && sheet.price(&key, row.from, &source.id, row.region) != Some(row.price.normalize())
        {
            let message = format!("two prices for {} from {} on in {}", name(), row.from.normalize(), row.region);
            return Err(broken(document, line, &message));
        }
        sheet.add_source(source.clone());
        sheet.set(&key, row.unit, row.from, &source.id, row.region, row.price);
        Ok(())
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
