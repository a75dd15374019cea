//! What a price book holds: tables, Markdown, JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rust_decimal::Decimal;
use serde::Serialize;
use smol_str::SmolStr;

use crate::estimate::NeededKey;
use crate::price::{Book, Lookup};

/// The region of a price that holds in all of them.
pub(super) const GLOBAL: &str = "global";

/// What a book holds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BookStatus {
    /// The folder of the refreshed book, if there is one over the embedded one.
    pub folder: Option<String>,
    /// When that was written.
    pub written: Option<String>,
    /// The oldest date of a source.
    pub oldest: SmolStr,
    /// The newest.
    pub newest: SmolStr,
    /// By provider, in order of name.
    pub providers: Vec<ProviderStatus>,
}

/// What a book holds of a provider.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderStatus {
    /// The provider.
    pub provider: String,
    /// Its services, in order of name.
    pub services: Vec<ServiceStatus>,
    /// How many price keys the examples of its stanzas ask for.
    pub keys: usize,
    /// Of them, how many have a price of the region itself, by region.
    pub priced: BTreeMap<SmolStr, usize>,
}

/// What a book holds of a service.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceStatus {
    /// The service.
    pub service: String,
    /// How many meters it has.
    pub meters: usize,
    /// How many prices, a meter in a region being one.
    pub prices: usize,
    /// The regions with a price; `global` is all of them.
    pub regions: BTreeSet<SmolStr>,
    /// Where the prices come from: id, date and title.
    pub sources: BTreeSet<(SmolStr, SmolStr, SmolStr)>,
    /// The price keys that the examples of stanzas ask for.
    pub needs: Vec<KeyStatus>,
}

/// Where a price key of a stanza has a price.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyStatus {
    /// The resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The key's columns, joined by ` / `.
    pub key: String,
    /// The provider's regions with a price of their own, or with one that holds everywhere.
    pub regions: BTreeSet<SmolStr>,
}

impl BookStatus {
    /// Looks through a book, and at what the stanzas ask of it.
    pub fn of(book: &Book, needed: &[NeededKey]) -> Self {
        let (oldest, newest) = book.as_of();
        let providers =
            book.providers().into_iter().map(|provider| ProviderStatus::of(book, provider, needed)).collect();
        Self { folder: None, written: None, oldest, newest, providers }
    }
}

impl ProviderStatus {
    fn of(book: &Book, provider: &str, needed: &[NeededKey]) -> Self {
        let mut services: Vec<ServiceStatus> =
            book.services(provider).into_iter().map(|service| ServiceStatus::of(book, provider, service)).collect();
        let regions: BTreeSet<SmolStr> =
            services.iter().flat_map(|service| &service.regions).filter(|region| *region != GLOBAL).cloned().collect();
        let keys: Vec<&NeededKey> = needed.iter().filter(|key| key.provider == provider).collect();
        let mut priced: BTreeMap<SmolStr, usize> = regions.iter().map(|region| (region.clone(), 0)).collect();
        for key in &keys {
            let Some(service) = services.iter_mut().find(|service| service.service == key.service) else { continue };
            let need = KeyStatus::of(book, key, &regions);
            need.regions.iter().for_each(|region| *priced.entry(region.clone()).or_default() += 1);
            service.needs.push(need);
        }
        Self { provider: provider.into(), priced, keys: keys.len(), services }
    }

    /// The oldest and the newest date of its sources.
    pub(super) fn dates(&self) -> (&str, &str) {
        first_and_last(self.services.iter().flat_map(|service| &service.sources))
    }

    /// Regions with the number of keys that have a price there, the best first.
    pub(super) fn shares(&self) -> Vec<(&str, usize)> {
        let mut shares: Vec<(&str, usize)> =
            self.priced.iter().map(|(region, count)| (region.as_str(), *count)).collect();
        shares.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        shares
    }
}

impl ServiceStatus {
    fn of(book: &Book, provider: &str, service: &str) -> Self {
        let mut status = Self {
            service: service.into(),
            meters: 0,
            prices: 0,
            regions: BTreeSet::new(),
            sources: BTreeSet::new(),
            needs: Vec::new(),
        };
        for meter in book.meters(provider, service) {
            status.meters += 1;
            status.prices += meter.prices.len();
            for price in meter.prices {
                let source = &price.source;
                status.sources.insert((source.id.clone(), source.as_of.clone(), source.title.clone()));
                status.regions.insert(price.region);
            }
        }
        status
    }

    /// The oldest and the newest date of its sources.
    pub(super) fn dates(&self) -> (&str, &str) {
        first_and_last(self.sources.iter())
    }
}

impl KeyStatus {
    fn of(book: &Book, key: &NeededKey, regions: &BTreeSet<SmolStr>) -> Self {
        let is_priced = |region: &&SmolStr| matches!(book.find(&key.in_region(region)), Lookup::Found(price) if price.is_exact_region);
        Self {
            kind: key.kind.clone(),
            key: joined(key.columns.iter().map(|(_, value)| value.as_str())),
            regions: regions.iter().filter(is_priced).cloned().collect(),
        }
    }
}

fn first_and_last<'s>(sources: impl Iterator<Item = &'s (SmolStr, SmolStr, SmolStr)> + Clone) -> (&'s str, &'s str) {
    let dates = || sources.clone().map(|(_, as_of, _)| as_of.as_str());
    (dates().min().unwrap_or("–"), dates().max().unwrap_or("–"))
}

/// The parts of a key that say something.
pub(super) fn joined<'p>(parts: impl Iterator<Item = &'p str>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ")
}

/// The status as text for a terminal. `by_service`: a row for each service, too.
pub fn status_table(status: &BookStatus, by_service: bool, width: usize) -> String {
    let mut out = String::new();
    let say = |out: &mut String, text: &str| writeln!(out, "{text}").expect("a String takes every write");
    let from = match (&status.folder, &status.written) {
        (Some(folder), Some(written)) => format!("{folder}, written {written}, over the embedded one"),
        _ => "the embedded one".into(),
    };
    say(&mut out, &format!("Price book: {from}"));
    say(&mut out, &format!("Prices of {} to {}", status.oldest, status.newest));
    let head = ["Provider", "Services", "Meters", "Prices", "Regions", "Oldest", "Newest"];
    let mut rows: Vec<[String; 7]> = vec![head.map(String::from)];
    for provider in &status.providers {
        let sum = |of: fn(&ServiceStatus) -> usize| provider.services.iter().map(of).sum::<usize>();
        let (oldest, newest) = provider.dates();
        let figures = [provider.services.len(), sum(|service| service.meters), sum(|service| service.prices)];
        let [services, meters, prices] = figures.map(grouped);
        let regions = grouped(provider.priced.len());
        rows.push([provider.provider.clone(), services, meters, prices, regions, oldest.into(), newest.into()]);
    }
    say(&mut out, "");
    columns(&mut out, &rows, 1);
    say(&mut out, "\nPrice keys of stanzas with a price of the region itself, best regions first");
    for provider in status.providers.iter().filter(|provider| provider.keys > 0) {
        say(&mut out, &format!("\n  {} ({} keys)", provider.provider, grouped(provider.keys)));
        let shares: Vec<String> = provider
            .shares()
            .into_iter()
            .map(|(region, count)| format!("{region} {}%", count * 100 / provider.keys))
            .collect();
        for row in wrapped(&shares, width.saturating_sub(4)) {
            say(&mut out, &format!("    {row}"));
        }
    }
    if by_service {
        let mut rows: Vec<[String; 6]> =
            vec![["Service", "Meters", "Prices", "Regions", "Oldest", "Newest"].map(String::from)];
        for provider in &status.providers {
            for service in &provider.services {
                let name = format!("{} {}", provider.provider, service.service);
                let [meters, prices, regions] = [service.meters, service.prices, service.regions.len()].map(grouped);
                let (oldest, newest) = service.dates();
                rows.push([name, meters, prices, regions, oldest.into(), newest.into()]);
            }
        }
        say(&mut out, "");
        columns(&mut out, &rows, 1);
    }
    out
}

/// Items in rows of a width, parted by commas.
fn wrapped(items: &[String], width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let text = if at + 1 == items.len() { item.clone() } else { format!("{item},") };
        match rows.last_mut().filter(|row| row.len() + 1 + text.len() <= width) {
            Some(row) => {
                row.push(' ');
                row.push_str(&text);
            }
            None => rows.push(text),
        }
    }
    rows
}

/// Rows in columns: the first `left` to the left, numbers to the right.
fn columns<const N: usize>(out: &mut String, rows: &[[String; N]], left: usize) {
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
    let widths: [usize; N] = std::array::from_fn(width);
    for row in rows {
        let cell = |at: usize| {
            let pad = " ".repeat(widths[at] - row[at].chars().count());
            if at < left { format!("{}{pad}", row[at]) } else { format!("{pad}{}", row[at]) }
        };
        let cells: Vec<String> = (0..N).map(cell).collect();
        writeln!(out, "  {}", cells.join("  ").trim_end()).expect("a String takes every write");
    }
}

pub(super) fn grouped(number: usize) -> String {
    crate::model::amount::quantity(Decimal::from(number))
}
