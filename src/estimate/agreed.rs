//! What a user's terms make of a list price: a contracted price in its place, or a discount on it, and an exchange rate.

use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::line::Reason;
use super::price_line::{Market, times, too_large};
use crate::config::{Contract, Exchange, Sought};
use crate::price::{Price, Provenance, Tier};

/// A row of the book, and what its prices become.
pub(super) struct Agreed {
    /// The row; where the book lacks it, what a contract says.
    pub(super) row: Price,
    /// The prices that are paid, in the row's units.
    pub(super) tiers: Vec<Tier>,
    /// What makes them prices of the report's currency.
    pub(super) factor: Decimal,
    /// What makes the row's own prices those of the report's currency; `None` if no list has them.
    pub(super) list: Option<Decimal>,
}

/// Words for what was done to prices, each once.
#[derive(Default)]
pub(super) struct Terms(pub(super) Vec<SmolStr>);

impl Terms {
    fn say(&mut self, text: SmolStr) {
        if !self.0.contains(&text) {
            self.0.push(text);
        }
    }

    /// What a unit of a currency is in the report's.
    fn exchange(&mut self, currency: &SmolStr, market: Market<'_>) -> Result<Decimal, Reason> {
        if currency == market.currency {
            return Ok(Decimal::ONE);
        }
        let exchange = market.terms.exchange(currency).ok_or_else(|| Reason::Currency(currency.clone()))?;
        let Exchange { from, rate, as_of, source } = exchange;
        self.say(format_smolstr!("1 {from} is {} {} as of {as_of} ({source})", rate.normalize(), market.currency));
        Ok(*rate)
    }
}

/// Applies the terms to what the book has, or lacks.
pub(super) fn agree(
    found: Result<Price, Reason>,
    sought: &Sought<'_>,
    market: Market<'_>,
    terms: &mut Terms,
) -> Result<Agreed, Reason> {
    let unit = found.as_ref().ok().map(|row| row.unit.as_str());
    if let Some(contract) = market.terms.contract(sought, unit) {
        return contracted(found, contract, market, terms);
    }
    let row = found?;
    let mut share = Decimal::ONE;
    if let Some(discount) = market.terms.discount(sought) {
        share -= discount.share;
        let percent = (discount.share * Decimal::ONE_HUNDRED).normalize();
        terms.say(format_smolstr!("{percent}% off list ({})", discount.place));
    }
    let rate = terms.exchange(&row.currency, market)?;
    Ok(Agreed { tiers: row.tiers.clone(), factor: times(share, rate)?, list: Some(rate), row })
}

fn contracted(
    found: Result<Price, Reason>,
    contract: &Contract,
    market: Market<'_>,
    terms: &mut Terms,
) -> Result<Agreed, Reason> {
    let tiers: Vec<Tier> = contract.tiers.iter().map(|&(from, price)| Tier { from, price }).collect();
    let first = tiers.first().ok_or_else(too_large)?;
    let Contract { currency, as_of, source, place, .. } = contract;
    let tiered = if tiers.len() > 1 { " (first of its tiers)" } else { "" };
    let unit = match (&contract.unit, &found) {
        (Some(unit), _) => unit.clone(),
        (None, Ok(row)) => row.unit.clone(),
        (None, Err(_)) => "unit".into(),
    };
    terms.say(format_smolstr!(
        "contract price of {} {currency} per {unit}{tiered} as of {as_of} ({source}, {place})",
        first.price.normalize()
    ));
    let factor = terms.exchange(currency, market)?;
    let row = match found {
        Ok(row) => {
            // A list in a currency without a rate cannot stand beside the contract, and need not.
            let list =
                if row.currency == *currency { Some(factor) } else { terms.exchange(&row.currency, market).ok() };
            return Ok(Agreed { row, tiers, factor, list });
        }
        Err(_) => Price {
            unit,
            tiers: tiers.clone(),
            currency: currency.clone(),
            region: market.region.map_or_else(SmolStr::default, |region| region.name.clone()),
            is_exact_region: true,
            source: Arc::new(Provenance {
                id: "contract".into(),
                title: source.clone(),
                as_of: as_of.clone(),
                currency: currency.clone(),
                file: place.clone(),
            }),
            row: "contract price, which no list has".into(),
        },
    };
    Ok(Agreed { row, tiers, factor, list: None })
}
