//! What a stanza says about one resource: a fact a component, not yet priced.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::stanza::Component;
use crate::model::Source;

/// One component of a resource, before prices.
#[derive(Clone, Debug)]
pub struct Fact<'c> {
    /// The parts it stands in, outermost first, with the index or key of a `for_each`.
    pub part: Vec<SmolStr>,
    /// The component it comes from.
    pub component: &'c Component,
    /// The file of the component.
    pub source: &'c Source,
    /// The index or key, if the component itself has a `for_each`.
    pub each: Option<SmolStr>,
    /// Variable text.
    pub detail: Option<SmolStr>,
    /// The printed unit.
    pub unit: SmolStr,
    /// How many book units one printed unit has.
    pub per: Decimal,
    /// Book units a month.
    pub quantity: Amount,
    /// Where to find the price.
    pub price: Asked,
    /// The share taken off.
    pub discount: Decimal,
    /// Whether usage decides the quantity.
    pub is_usage_based: bool,
    /// A sentence for the reader.
    pub note: Option<SmolStr>,
    /// Expressions with their values, if asked for.
    pub trace: Vec<(String, String)>,
}

/// How much, or why nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// This much.
    Known(Decimal),
    /// These usage keys would say.
    Usage(Vec<SmolStr>),
    /// This attribute decides, and is known only after apply.
    Unknown(SmolStr),
    /// The stanza does not say, or failed: the reason.
    Failed(String),
}

/// Where to find a price.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Keys into the book; the prices add up.
    Keys(Vec<AskedKey>),
    /// A literal price.
    Rate {
        /// For a book unit.
        price: Decimal,
        /// Of what.
        currency: SmolStr,
        /// Where it is published.
        source: SmolStr,
        /// When it was read.
        as_of: SmolStr,
    },
    /// A price that the book is known to lack, in words.
    Gap(SmolStr),
    /// An attribute that is known only after apply decides the key.
    Unknown(SmolStr),
    /// The key could not be made: the reason.
    Failed(String),
}

/// A key into the book.
#[derive(Clone, Debug)]
pub struct AskedKey {
    /// Another book provider than the resource's own.
    pub provider: Option<SmolStr>,
    /// Another region than the resource's own.
    pub region: Option<SmolStr>,
    /// The provider's service.
    pub service: SmolStr,
    /// The key columns.
    pub columns: Vec<(SmolStr, SmolStr)>,
    /// How many times the price counts.
    pub times: Decimal,
    /// Whether a sensitive value is among the columns: then nothing says what was looked up.
    pub is_sensitive: bool,
}
