//! Azure: the pages of the Retail Prices API (`https://prices.azure.com/api/retail/prices`).
//!
//! Keys, units and what is left out are those of the embedded book, because the same code makes them
//! (`src/price/retail`): `product`, `sku`, `meter`; of virtual machines `arm_sku`, `os`, `priority`, without products of
//! "Cloud Services", promotions and dedicated hosts. Reservations and savings plans are services of their own:
//! `Virtual Machines reserved` (`arm_sku`, `os`, `term`; a unit is the whole term) and `Virtual Machines savings plan`
//! (by the unit of use); other services have `product`, `sku`, `meter`, `term`.
//!
//! Which of several rows of a meter holds is known only when all pages are there: a meter has rows in regions that merely
//! use it, in two units, and under two ids. So an [`Answer`] collects the pages and is gathered at the end.

mod item;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::{SmolStr, format_smolstr};

use super::hand_over::{hand_over, source_id};
use super::json::{Place, page as read_page, present, text};
use super::{Document, Gathered, broken};
use crate::model::Problem;
use crate::price::retail::machine::{self, COLUMNS, SERVICE, squeezed};
use crate::price::retail::{RetailRow, Shelf, Source, settle, shelve};
use item::{Priced, Purchase};

const TITLE: &str = "Azure Retail Prices API (prices.azure.com)";

/// The pages of one answer.
#[derive(Debug, Default)]
pub struct Answer {
    pages: Vec<Document>,
    /// The links that the pages gave.
    links: BTreeSet<String>,
    currency: Option<&'static str>,
    priced: Vec<Priced>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page<'p> {
    #[serde(borrow)]
    items: Option<Vec<&'p RawValue>>,
    #[serde(borrow, default, deserialize_with = "present")]
    next_page_link: Option<Option<Cow<'p, str>>>,
    count: Option<usize>,
}

/// Reads an answer of a single page. Returns the link of the next page: an answer that has one is an [`Answer`].
pub fn page(reader: impl Read, document: &Document, gathered: &mut Gathered) -> Result<Option<String>, Problem> {
    let mut answer = Answer::default();
    let next = answer.page(reader, document)?;
    answer.gather(gathered)?;
    Ok(next)
}

impl Answer {
    /// Reads the next page and returns the link of the one after it. Nothing is kept of a page that is broken.
    ///
    /// The link is the provider's word: follow it only to the server that the first page came from.
    pub fn page(&mut self, reader: impl Read, document: &Document) -> Result<Option<String>, Problem> {
        let text = text(reader, document)?;
        let page: Page<'_> = read_page(&text, "a page of retail prices", document)?;
        let missing = |name: &str| broken(document, 0, &format!("the field `{name}` is missing"));
        let items = page.items.ok_or_else(|| missing("Items"))?;
        let next = page.next_page_link.ok_or_else(|| missing("NextPageLink"))?.filter(|link| !link.is_empty());
        let count = page.count.ok_or_else(|| missing("Count"))?;
        if count != items.len() {
            return Err(broken(document, 0, &format!("`Count` is {count}, but there are {} items", items.len())));
        }
        if next.as_deref().is_some_and(|next| self.links.contains(next)) {
            return Err(broken(document, 0, "the page that it calls the next one was already read"));
        }
        let mut currency = self.currency;
        let mut priced = Vec::with_capacity(items.len());
        for (at, item) in items.into_iter().enumerate() {
            let place = Place { document, item: at + 1 };
            priced.extend(item::read(item, place, self.pages.len(), &mut currency)?);
        }
        self.currency = currency;
        self.priced.append(&mut priced);
        self.pages.push(document.clone());
        self.links.extend(next.as_deref().map(String::from));
        Ok(next.map(Cow::into_owned))
    }

    /// Puts what the pages say on sheets.
    pub fn gather(self, gathered: &mut Gathered) -> Result<(), Problem> {
        let Some(first) = self.pages.first() else { return Ok(()) };
        let currency = self.currency.unwrap_or("USD");
        let id = source_id("retail", first, currency);
        let source = Source { id: &id, as_of: &first.as_of, title: TITLE };
        let mut used: Vec<RetailRow> = Vec::new();
        let mut committed: Vec<Priced> = Vec::new();
        for priced in newest(self.priced, &self.pages)? {
            if priced.purchase == Purchase::AsYouGo { used.push(priced.row) } else { committed.push(priced) }
        }
        let machines =
            used.iter().chain(committed.iter().map(|priced| &priced.row)).filter(|row| row.service == SERVICE);
        let sizes = machines.map(|row| SmolStr::from(row.arm_sku.to_ascii_lowercase()));
        let names: BTreeMap<String, SmolStr> = sizes.map(|size| (squeezed(&size), size)).collect();

        let mut shelf = Shelf::default();
        let (machines, others) = used.into_iter().partition(|row| row.service == SERVICE);
        shelve(&mut shelf, &source, others);
        shelve_machines(&mut shelf, &source, machines, &names);
        shelve_committed(&mut shelf, &source, committed, &names);
        hand_over(shelf.into_sheets(), currency, first, gathered)
    }
}

/// Of each meter's own prices the one that began last. Two that began on the same day contradict each other.
fn newest(all: Vec<Priced>, pages: &[Document]) -> Result<Vec<Priced>, Problem> {
    let mut newest: BTreeMap<_, Priced> = BTreeMap::new();
    for priced in all {
        let row = &priced.row;
        let names = [&row.service, &row.product, &row.sku, &row.meter, &row.arm_sku, &row.region, &row.unit];
        let ids = [&row.meter_id, &priced.sku_id, &priced.term];
        let key =
            (names.map(SmolStr::clone), ids.map(SmolStr::clone), row.is_primary, priced.purchase, row.tier * row.per);
        let Some(kept) = newest.get_mut(&key) else {
            newest.insert(key, priced);
            continue;
        };
        if kept.row.effective == row.effective && kept.row.price / kept.row.per != row.price / row.per {
            let place = Place { document: &pages[priced.page], item: priced.item };
            let message = format!(
                "two prices for {} / {} / {} in {} from {} on",
                row.product, row.sku, row.meter, row.region, row.effective
            );
            return Err(place.broken(&message));
        }
        if kept.row.effective < row.effective {
            *kept = priced;
        }
    }
    Ok(newest.into_values().collect())
}

fn shelve_machines<'s>(
    shelf: &mut Shelf<'s>,
    source: &Source<'s>,
    rows: Vec<RetailRow>,
    names: &BTreeMap<String, SmolStr>,
) {
    let (prices, ambiguous) = machine::prices(rows, names);
    (0..ambiguous).for_each(|_| shelf.quarantine(SERVICE, source, "with two prices at a time"));
    for ((machine, region), price) in prices {
        let sheet = shelf.sheet(SERVICE, &COLUMNS, source);
        let (size, os, priority) = machine;
        sheet.set(&[&size, os, priority], "Hour", Decimal::ZERO, source.id, &region, price);
    }
}

/// Reservations and savings plans, by key and term.
fn shelve_committed<'s>(
    shelf: &mut Shelf<'s>,
    source: &Source<'s>,
    committed: Vec<Priced>,
    names: &BTreeMap<String, SmolStr>,
) {
    let mut meters: BTreeMap<(SmolStr, Vec<SmolStr>, SmolStr), Vec<RetailRow>> = BTreeMap::new();
    for Priced { purchase, term, row, .. } in committed {
        let suffix = if purchase == Purchase::Reserved { "reserved" } else { "savings plan" };
        let key = if row.service == SERVICE {
            let Some((size, os, machine::REGULAR)) = machine::machine_of(&row, names) else { continue };
            vec![size, os.into(), term]
        } else {
            vec![row.product.clone(), row.sku.clone(), row.meter.clone(), term]
        };
        meters.entry((format_smolstr!("{} {suffix}", row.service), key, row.region.clone())).or_default().push(row);
    }
    for ((service, key, region), rows) in meters {
        let columns: &[&str] =
            if key.len() == 3 { &["arm_sku", "os", "term"] } else { &["product", "sku", "meter", "term"] };
        let unit = rows[0].unit.clone();
        let settled = if rows.iter().all(|row| row.unit == unit) { settle(&rows) } else { Err("in another unit") };
        match settled {
            Err(reason) => shelf.quarantine(&service, source, reason),
            Ok(tiers) => {
                let key: Vec<&str> = key.iter().map(SmolStr::as_str).collect();
                let sheet = shelf.sheet(&service, columns, source);
                if sheet.unit(&key).is_some_and(|known| known != unit) {
                    shelf.quarantine(&service, source, "in another unit");
                    continue;
                }
                tiers.iter().for_each(|(from, price)| sheet.set(&key, &unit, *from, source.id, &region, *price));
            }
        }
    }
}

#[cfg(test)]
mod tests;
