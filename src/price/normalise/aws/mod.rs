//! AWS: the public price list, its savings plans and the feed of spot prices.
//!
//! Keys are those of the embedded book: the usage type without what names the region, and the operation. A list has
//! hundreds of thousands of products that no stanza asks for; [`Wanted`] says which are kept, so that memory holds no
//! more than the prices of the book.

mod index;
mod meter;
mod offer;
mod offer_csv;
mod offer_json;
mod plan;
mod regions;
mod spot;
#[cfg(test)]
mod tests;
mod text;
mod wanted;

use smol_str::SmolStr;

pub use index::{Offer, offers, region_links};
pub use plan::plan;
pub use regions::is_in_china;
pub use spot::spot;
pub use wanted::Wanted;

use super::{Document, Gathered};
use crate::model::Problem;

/// The book's provider.
const PROVIDER: &str = "aws";

/// Which terms are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// By the hour, gigabyte or request, for as long as it is used.
    pub on_demand: bool,
    /// Machines promised for one or three years.
    pub reserved: bool,
    /// Spending promised for one or three years.
    pub savings_plan: bool,
    /// What is left over, for as long as nobody else wants it.
    pub spot: bool,
}

impl Terms {
    /// All of them.
    pub const ALL: Self = Self { on_demand: true, reserved: true, savings_plan: true, spot: true };
}

/// What an offer file is known to hold before it is read.
#[derive(Clone, Debug)]
pub struct OfferFile<'f> {
    /// The code of the offer, which is the service of its prices.
    pub service: &'f str,
    /// The region that it is of; `None`: all.
    pub region: Option<&'f str>,
    /// Which terms are wanted of it.
    pub terms: Terms,
}

/// Reads an offer file, CSV or JSON by its first byte.
pub fn offer(
    reader: &mut dyn std::io::Read,
    file: &OfferFile<'_>,
    wanted: &Wanted,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<(), Problem> {
    let (is_json, reader) = text::peek(reader, document)?;
    let mut offer = offer::Collector::new(file, wanted, document);
    if is_json {
        offer_json::read(reader, &mut offer, document, gathered)?;
    } else {
        offer_csv::read(reader, &mut offer, document, gathered)?;
    }
    offer.finish(gathered)
}

/// The first ten characters of a time, if they are a day.
fn day(text: &str) -> Option<SmolStr> {
    let day = text.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then(|| day.into())
}
