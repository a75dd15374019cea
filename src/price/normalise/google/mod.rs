//! Google: the pages of the Cloud Billing Catalog (`https://cloudbilling.googleapis.com/v1/services/…/skus`).
//!
//! The key is the `sku`: the catalog's description without its place (`name.rs`), in the unit of the catalog, where an
//! hour is written out. Commitments are services of their own, such as `Compute Engine committed`, with `sku` and `term`.
//!
//! The embedded book also has machine types that no list splits into the SKUs of their cores and memory
//! (`Machine type a2-highgpu-1g`): the catalog has no such SKU, so a refreshed book leaves those to the embedded one.
//!
//! One name may stand for several SKUs of one region; where they do not cost the same, none is taken. That is known only
//! when all pages are there, so an [`Answer`] collects them and is gathered at the end.

mod name;
mod sku;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::{SmolStr, format_smolstr};

use super::hand_over::source_id;
use super::json::{Place, page as read_page, text};
use super::{Document, Gathered, Row, broken};
use crate::model::Problem;
use crate::price::SourceNote;
use crate::price::retail::{Source, Tiers};
use sku::Listed;

const TITLE: &str = "Google Cloud Billing Catalog (cloudbilling.googleapis.com)";

/// A service of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// What stands in the address of its SKUs, such as `6F81-5844-456A`.
    pub id: SmolStr,
    /// What the book calls it, such as `Compute Engine`.
    pub name: SmolStr,
}

/// The pages of one service's SKUs.
#[derive(Debug, Default)]
pub struct Answer {
    pages: Vec<Document>,
    /// The tokens that the pages gave.
    tokens: BTreeSet<String>,
    currency: Option<&'static str>,
    listed: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page<'p> {
    #[serde(borrow)]
    skus: Option<Vec<&'p RawValue>>,
    #[serde(borrow)]
    services: Option<Vec<&'p RawValue>>,
    #[serde(borrow)]
    next_page_token: Option<Cow<'p, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceItem {
    service_id: Option<SmolStr>,
    display_name: Option<SmolStr>,
}

/// Reads a page of the list of services, and returns the token of the next one.
pub fn services(reader: impl Read, document: &Document) -> Result<(Vec<Service>, Option<String>), Problem> {
    let text = text(reader, document)?;
    let page: Page<'_> = read_page(&text, "a page of services", document)?;
    let items = page.services.ok_or_else(|| broken(document, 0, "the field `services` is missing"))?;
    let service = |(at, item): (usize, &RawValue)| {
        let place = Place { document, item: at + 1 };
        let item: ServiceItem = place.read(item)?;
        let id = place.need(item.service_id, "serviceId")?;
        Ok(Service { id, name: place.need(item.display_name, "displayName")? })
    };
    let services = items.into_iter().enumerate().map(service).collect::<Result<_, Problem>>()?;
    Ok((services, token(page.next_page_token)))
}

/// Reads a list of SKUs of a single page. Returns the token of the next page: a list that has one is an [`Answer`].
pub fn page(reader: impl Read, document: &Document, gathered: &mut Gathered) -> Result<Option<String>, Problem> {
    let mut answer = Answer::default();
    let next = answer.page(reader, document)?;
    answer.gather(gathered)?;
    Ok(next)
}

impl Answer {
    /// Reads the next page and returns the token of the one after it. Nothing is kept of a page that is broken.
    pub fn page(&mut self, reader: impl Read, document: &Document) -> Result<Option<String>, Problem> {
        let text = text(reader, document)?;
        let page: Page<'_> = read_page(&text, "a page of SKUs", document)?;
        let skus = page.skus.ok_or_else(|| broken(document, 0, "the field `skus` is missing"))?;
        let next = token(page.next_page_token);
        if next.as_ref().is_some_and(|next| self.tokens.contains(next)) {
            return Err(broken(document, 0, "the page that it calls the next one was already read"));
        }
        let mut currency = self.currency;
        let mut listed = Vec::with_capacity(skus.len());
        for (at, sku) in skus.into_iter().enumerate() {
            listed.push(sku::read(sku, Place { document, item: at + 1 }, self.pages.len(), &mut currency)?);
        }
        self.currency = currency;
        self.listed.append(&mut listed);
        self.pages.push(document.clone());
        self.tokens.extend(next.clone());
        Ok(next)
    }

    /// Puts what the pages say on sheets.
    pub fn gather(self, gathered: &mut Gathered) -> Result<(), Problem> {
        let Some(first) = self.pages.first() else { return Ok(()) };
        let mut meters: BTreeMap<(SmolStr, SmolStr, &str), Meter> = BTreeMap::new();
        let mut kept_out: BTreeMap<SmolStr, BTreeMap<&'static str, usize>> = BTreeMap::new();
        let mut by_id: BTreeMap<SmolStr, Listed> = BTreeMap::new();
        for listed in self.listed {
            let Some(other) = by_id.insert(listed.id.clone(), listed.clone()) else { continue };
            if (&other.unit, &other.cost) != (&listed.unit, &listed.cost) {
                let place = Place { document: &self.pages[listed.page], item: listed.item };
                return Err(place.broken(&format!("two prices for one SKU, {}", listed.name)));
            }
        }
        for listed in by_id.into_values() {
            let service =
                if listed.term.is_empty() { listed.service } else { format_smolstr!("{} committed", listed.service) };
            match listed.cost {
                Err(reason) => *kept_out.entry(service).or_default().entry(reason).or_default() += 1,
                Ok(tiers) => {
                    let meter = meters.entry((service, listed.name, listed.term)).or_default();
                    for region in listed.regions {
                        meter.entry(region).or_default().insert((listed.unit.clone(), tiers.clone()));
                    }
                }
            }
        }
        settle(&mut meters, &mut kept_out);

        let currency = self.currency.unwrap_or("USD");
        let id = source_id("catalog", first, currency);
        let source = Source { id: &id, as_of: &first.as_of, title: TITLE };
        for ((service, name, term), regions) in &meters {
            let note = source.note(kept_out.get(service).unwrap_or(&BTreeMap::new()));
            let note = SourceNote { currency: currency.into(), ..note };
            let key = [("sku", name.as_str()), ("term", *term)];
            let key = if term.is_empty() { &key[..1] } else { &key[..] };
            for (region, prices) in regions {
                for (unit, tiers) in prices {
                    for (&from, &price) in tiers {
                        gathered.add(
                            &Row { provider: "google", service, key, unit, from, region, price },
                            first,
                            &note,
                            0,
                        )?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// What the SKUs of one name cost, by region: the unit and the tiers.
type Meter = BTreeMap<SmolStr, BTreeSet<(SmolStr, Tiers)>>;

/// A row has one unit, and a region one price: what is more is kept out.
fn settle(
    meters: &mut BTreeMap<(SmolStr, SmolStr, &str), Meter>,
    kept_out: &mut BTreeMap<SmolStr, BTreeMap<&'static str, usize>>,
) {
    for ((service, ..), regions) in meters {
        let mut count = |reason| *kept_out.entry(service.clone()).or_default().entry(reason).or_default() += 1;
        let mut units: BTreeMap<SmolStr, usize> = BTreeMap::new();
        for (unit, _) in regions.values().flatten() {
            *units.entry(unit.clone()).or_default() += 1;
        }
        let usual = units.into_iter().max_by_key(|(_, count)| *count).map(|(unit, _)| unit).unwrap_or_default();
        regions.retain(|_, prices| {
            let all = prices.len();
            prices.retain(|(unit, _)| *unit == usual);
            (prices.len()..all).for_each(|_| count("in another unit"));
            if prices.len() > 1 {
                count("with two prices at a time");
            }
            prices.len() == 1
        });
    }
}

/// The token of the next page; the last page has an empty one.
fn token(token: Option<Cow<'_, str>>) -> Option<String> {
    token.map(Cow::into_owned).filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests;
