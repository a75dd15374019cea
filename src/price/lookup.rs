//! The price book in memory: what a unit of a meter costs in a region.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::Currency;

/// What to look up: a service's meter, in the provider's own words, in one region.
#[derive(Clone, Debug)]
pub struct Key<'k> {
    /// The book's provider, such as `aws`, `azure`, `google`.
    pub provider: &'k str,
    /// The provider's service, such as `AmazonEC2`.
    pub service: &'k str,
    /// Key columns by name, such as `usage_type` and `operation`; a column left out is empty.
    pub columns: &'k [(SmolStr, SmolStr)],
    /// The provider's region.
    pub region: &'k str,
}

/// What the book says.
#[derive(Clone, Debug)]
pub enum Lookup {
    /// A price, exact or by a declared fallback.
    Found(Price),
    /// The meter exists, but neither in this region nor in a declared fallback of it.
    NotInRegion {
        /// Where the meter has a price.
        regions: Vec<SmolStr>,
    },
    /// No such meter.
    NoMeter {
        /// The nearest key that exists, if any is near.
        nearest: Option<String>,
    },
    /// The service, or one of the key's columns, is not in the book.
    NoService {
        /// What is wrong with the key.
        reason: String,
    },
}

/// A unit price with its tiers and where it comes from.
#[derive(Clone, Debug)]
pub struct Price {
    /// The provider's unit, such as `Hrs` or `GB-Mo`.
    pub unit: SmolStr,
    /// At least one tier; the first begins at zero, each next one higher.
    pub tiers: Vec<Tier>,
    /// The currency of all tiers.
    pub currency: Currency,
    /// The region whose price this is.
    pub region: SmolStr,
    /// Whether that is the region asked for (a price that holds in every region counts as exact).
    pub is_exact_region: bool,
    /// Where the figure comes from.
    pub provenance: Provenance,
}

/// One tier of a price: what a unit costs from a quantity on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The first unit of the tier.
    pub from: Decimal,
    /// What a unit costs.
    pub price: Decimal,
}

/// Where a price comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The source's id within its book file.
    pub id: SmolStr,
    /// The source in words: publisher, document, licence.
    pub title: SmolStr,
    /// The day the source states, `YYYY-MM-DD` or a prefix of it.
    pub as_of: SmolStr,
    /// The book file and the key within it.
    pub row: SmolStr,
}

/// The price book.
pub struct Book {
    _private: (),
}

impl Book {
    /// The book inside this binary.
    pub fn embedded() -> &'static Self {
        todo!("price")
    }

    /// A book compiled from CSV sheets in memory, for tests and overlays.
    pub fn from_sheets(sheets: &[super::Sheet]) -> Result<Self, super::SheetError> {
        let _ = sheets;
        todo!("price")
    }

    /// Looks a price up. The region `global` of a sheet holds in every region.
    pub fn find(&self, key: &Key<'_>) -> Lookup {
        let _ = key;
        todo!("price")
    }

    /// The key columns of a service, in order; `None` if the book has no such service.
    pub fn columns(&self, provider: &str, service: &str) -> Option<Vec<SmolStr>> {
        let _ = (provider, service);
        todo!("price")
    }

    /// The oldest and newest as-of date in the book.
    pub fn as_of(&self) -> (SmolStr, SmolStr) {
        todo!("price")
    }
}
