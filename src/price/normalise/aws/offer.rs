//! What an offer file gives, whichever way it is written: prices on demand, and those of reservations.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::meter::{Meter, Product, meter};
use super::{OfferFile, PROVIDER, Terms, Wanted, day};
use crate::model::Problem;
use crate::price::SourceNote;
use crate::price::normalise::{Document, Gathered, Row};

/// A term of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term<'t> {
    OnDemand,
    Reserved { length: &'t str, payment: &'t str, class: &'t str },
}

/// A price of a term, in the words of the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charge<'c> {
    pub(super) from: &'c str,
    pub(super) unit: &'c str,
    pub(super) price: &'c str,
    pub(super) currency: &'c str,
}

/// The unit of a fee that is paid at once.
const UPFRONT: &str = "Quantity";

/// A meter whose operations the book does not tell apart: by operation, the price of each tier with its unit.
type Operations = BTreeMap<SmolStr, BTreeMap<Decimal, (Decimal, SmolStr)>>;

/// Takes prices in as a file gives them.
pub(super) struct Collector<'c> {
    file: &'c OfferFile<'c>,
    wanted: &'c Wanted,
    document: &'c Document,
    as_of: SmolStr,
    /// By usage type, region and source.
    folded: BTreeMap<(SmolStr, SmolStr, SmolStr), (SourceNote, Operations)>,
    /// How many prices were taken.
    taken: u64,
}

impl<'c> Collector<'c> {
    pub(super) fn new(file: &'c OfferFile<'c>, wanted: &'c Wanted, document: &'c Document) -> Self {
        Self { file, wanted, document, as_of: document.as_of.clone(), folded: BTreeMap::new(), taken: 0 }
    }

    /// The file says when it was published.
    pub(super) fn published(&mut self, time: &str) {
        if let Some(day) = day(time) {
            self.as_of = day;
        }
    }

    pub(super) fn terms(&self) -> Terms {
        self.file.terms
    }

    pub(super) fn meter(&self, product: &Product<'_>) -> Option<Meter> {
        meter(self.file.service, self.file.region, product, self.wanted)
    }

    /// Takes a price; what is wrong with it otherwise, in words.
    pub(super) fn take(
        &mut self,
        meter: &Meter,
        term: Term<'_>,
        charge: &Charge<'_>,
        gathered: &mut Gathered,
    ) -> Result<(), String> {
        let source = source(&self.as_of, charge.currency, self.file.service)?;
        // A fee for years begins nowhere: it is asked once.
        let from = if charge.from.is_empty() && charge.unit == UPFRONT { "0" } else { charge.from };
        let (from, price) = (number(from, "the start of a tier")?, number(charge.price, "a price")?);
        self.taken += 1;
        match term {
            Term::OnDemand if meter.is_folded => {
                if price.is_sign_negative() && !price.is_zero() {
                    return Err(format!("the price of {} in {} is below zero", meter.usage_type, meter.region));
                }
                let place = (meter.usage_type.clone(), meter.region.clone(), source.id.clone());
                let (_, operations) = self.folded.entry(place).or_insert_with(|| (source, Operations::new()));
                let tiers = operations.entry(meter.operation.clone()).or_default();
                if tiers.insert(from, (price, charge.unit.into())).is_some_and(|(known, _)| known != price) {
                    return Err(format!("two prices for {} from {from} on in {}", meter.usage_type, meter.region));
                }
                Ok(())
            }
            Term::OnDemand => {
                let key = [("usage_type", meter.usage_type.as_str()), ("operation", meter.operation.as_str())];
                gathered.put(&self.row(&key, charge.unit, from, &meter.region, price), &source)
            }
            Term::Reserved { length, payment, class } => {
                let operation = if meter.is_folded { "" } else { meter.operation.as_str() };
                let key = [
                    ("usage_type", meter.usage_type.as_str()),
                    ("operation", operation),
                    ("term", length),
                    ("payment", payment),
                    ("class", class),
                    ("charge", if charge.unit == UPFRONT { "upfront" } else { "hourly" }),
                ];
                let service = format!("{} reserved", self.file.service);
                let row = Row { service: &service, ..self.row(&key, charge.unit, from, &meter.region, price) };
                gathered.put(&row, &source)
            }
        }
    }

    fn row<'r>(
        &'r self,
        key: &'r [(&'r str, &'r str)],
        unit: &'r str,
        from: Decimal,
        region: &'r str,
        price: Decimal,
    ) -> Row<'r> {
        Row { provider: PROVIDER, service: self.file.service, key, unit, from, region, price }
    }

    /// Puts in what the book does not tell apart by operation, where all operations cost the same.
    pub(super) fn finish(self, gathered: &mut Gathered) -> Result<(), Problem> {
        if self.taken == 0 && self.file.region.is_some() {
            let message = format!("{}: it has no price that the book asks for", self.document.label);
            gathered.note(Problem::note("lepton::prices::nothing", message));
        }
        for ((usage_type, region, _), (source, operations)) in &self.folded {
            if gathered.has(PROVIDER, self.file.service, &[usage_type, ""], region) {
                continue;
            }
            let mut kinds = operations.values();
            let Some(tiers) = kinds.next() else { continue };
            let is_same = |other: &BTreeMap<Decimal, (Decimal, SmolStr)>| {
                other.len() == tiers.len() && other.iter().zip(tiers).all(|(a, b)| a.0 == b.0 && a.1.0 == b.1.0)
            };
            if !kinds.all(is_same) {
                let message = format!(
                    "{}: {usage_type} in {region} costs more for some operations than for others: it is left out",
                    self.document.label
                );
                gathered.note(Problem::warning("lepton::prices::operations", message));
                continue;
            }
            let key = [("usage_type", usage_type.as_str()), ("operation", "")];
            for (from, (price, unit)) in tiers {
                gathered.add(&self.row(&key, unit, *from, region, *price), self.document, source, 0)?;
            }
        }
        Ok(())
    }
}

/// Where prices of a currency come from. The price list is in one of two.
pub(super) fn source(as_of: &SmolStr, currency: &str, service: &str) -> Result<SourceNote, String> {
    let id = match currency {
        "USD" => format_smolstr!("list-{as_of}"),
        "CNY" => format_smolstr!("list-cny-{as_of}"),
        _ => return Err("its currency is neither USD nor CNY".into()),
    };
    let title = format_smolstr!("AWS price list, {service}");
    Ok(SourceNote { id, as_of: as_of.clone(), currency: currency.into(), title })
}

/// A figure of the list.
pub(super) fn number(text: &str, what: &str) -> Result<Decimal, String> {
    let text = text.trim();
    let read = text.parse().or_else(|_| Decimal::from_scientific(text));
    read.map_err(|_| format!("{what} is not a number"))
}
