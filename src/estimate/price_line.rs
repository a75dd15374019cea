//! One fact becomes one line: prices are looked up, scaled to printed units, and walked by tier.

use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::line::{Line, Monthly, Quantity, Reason, TierShare, UnitPrice, Why};
use crate::catalog::{Amount, Asked, AskedKey, Fact};
use crate::config::{Exchange, Terms};
use crate::model::Region;
use crate::price::{Book, Key, Lookup, Money, Price, Provenance, Tier, tiers};

/// Where a line's prices are looked up.
#[derive(Clone, Copy)]
pub(crate) struct Market<'m> {
    /// The book.
    pub(crate) book: &'m Book,
    /// The book's provider of the resource.
    pub(crate) provider: &'m str,
    /// Where the resource runs.
    pub(crate) region: Option<&'m Region>,
    /// The currency of the report.
    pub(crate) currency: &'m str,
    /// Discounts on list prices, and rates into that currency.
    pub(crate) terms: &'m Terms,
    /// Whether a price of another region counts as none.
    pub(crate) is_strict: bool,
}

/// A month of more than this is a mistake in the plan. The bound keeps every sum of lines within a decimal.
const LARGEST_COST: u64 = 1_000_000_000_000_000_000;

/// What stands for a key that holds a sensitive value.
const SENSITIVE: &str = "(sensitive)";

/// Prices one fact.
pub(crate) fn price_line(fact: Fact<'_>, docs: Option<&SmolStr>, market: Market<'_>) -> Line {
    let quantity = printed_quantity(&fact);
    let mut terms = Vec::new();
    let (price, prices) = match unit_price(&fact, market, &mut terms) {
        Ok((tiers, prices)) => (UnitPrice::Known(tiers), prices),
        Err(reason) => (UnitPrice::Missing(reason), Vec::new()),
    };
    let (monthly, tiers) = monthly(&quantity, &price, &fact, market.currency);
    let detail = match (fact.detail, fact.each) {
        (None, Some(each)) => Some(each.trim_matches(['[', ']', '"']).into()),
        (detail, _) => detail,
    };
    Line {
        part: fact.part,
        component: fact.component.label.clone(),
        detail,
        unit: fact.unit,
        quantity,
        price,
        discount: fact.discount,
        monthly,
        is_usage_based: fact.is_usage_based,
        note: fact.note,
        why: Why {
            file: fact.source.name().into(),
            line: fact.component.line,
            span: fact.component.span,
            prices,
            terms,
            tiers,
            docs: docs.cloned(),
            trace: fact.trace,
        },
    }
}

/// The quantity in printed units.
fn printed_quantity(fact: &Fact<'_>) -> Quantity {
    match &fact.quantity {
        Amount::Known(book_units) => match book_units.checked_div(fact.per) {
            Some(printed) => Quantity::Known(printed.normalize()),
            None => Quantity::Failed("the quantity is too large".into()),
        },
        Amount::Usage(keys) => Quantity::Usage(keys.clone()),
        Amount::Unknown(path) => Quantity::Unknown(path.clone()),
        Amount::Failed(reason) => Quantity::Failed(reason.clone()),
    }
}

/// The tiers of a printed unit's price, and the rows behind them, each with how often it counts.
type PriceWithRows = (Vec<Tier>, Vec<(Price, Decimal)>);

fn unit_price(fact: &Fact<'_>, market: Market<'_>, terms: &mut Vec<SmolStr>) -> Result<PriceWithRows, Reason> {
    let keys = match &fact.price {
        Asked::Keys(keys) => keys,
        Asked::Gap(words) => return Err(Reason::NoPrice(words.to_string())),
        Asked::Unknown(path) => return Err(Reason::AfterApply(path.clone())),
        Asked::Failed(reason) => return Err(Reason::Failed(reason.clone())),
        Asked::Rate { price, currency, source, as_of } => {
            let region = market.region.map_or_else(SmolStr::default, |region| region.name.clone());
            let row = Price {
                unit: fact.unit.clone(),
                tiers: vec![Tier { from: Decimal::ZERO, price: *price }],
                currency: currency.clone(),
                region,
                is_exact_region: true,
                source: Arc::new(Provenance {
                    id: "rate".into(),
                    title: source.clone(),
                    as_of: as_of.clone(),
                    currency: currency.clone(),
                    file: fact.source.name().into(),
                }),
                row: format!("literal rate, line {}", fact.component.line),
            };
            let factor = factor(&row, ("", "", &[]), market, terms)?;
            return Ok((scale_between(&row.tiers, fact.per, times(fact.per, factor)?)?, vec![(row, fact.per)]));
        }
    };
    let mut rows = Vec::with_capacity(keys.len());
    let mut factors = Vec::with_capacity(keys.len());
    for key in keys {
        let row = find(key, market)?;
        let values: Vec<&str> = key.columns.iter().map(|(_, value)| value.as_str()).collect();
        let provider = key.provider.as_deref().unwrap_or(market.provider);
        factors.push(factor(&row, (provider, &key.service, &values), market, terms)?);
        rows.push((row, times(fact.per, key.times)?));
    }
    if let ([(row, by)], [factor]) = (rows.as_slice(), factors.as_slice()) {
        let from_per = if fact.per.is_zero() { Decimal::ONE } else { fact.per };
        let tiers = scale_between(&row.tiers, from_per, times(*by, *factor)?)?;
        return Ok((tiers, rows));
    }
    let mut sum = Decimal::ZERO;
    for ((row, by), factor) in rows.iter().zip(factors) {
        let [tier] = row.tiers.as_slice() else {
            let reason = format!("{} is tiered, and adds to other prices", row.row);
            return Err(Reason::Failed(reason));
        };
        let price = times(tier.price, times(*by, factor)?)?;
        sum = sum.checked_add(price).ok_or_else(too_large)?;
    }
    Ok((vec![Tier { from: Decimal::ZERO, price: sum.normalize() }], rows))
}

fn find(key: &AskedKey, market: Market<'_>) -> Result<Price, Reason> {
    let region = match (&key.region, market.region) {
        (Some(region), _) => region.as_str(),
        (None, Some(region)) => region.name.as_str(),
        (None, None) => return Err(Reason::NoRegion),
    };
    let provider = key.provider.as_deref().unwrap_or(market.provider);
    let asked = Key { provider, service: &key.service, columns: &key.columns, region };
    match market.book.find(&asked) {
        Lookup::Found(price) if market.is_strict && !price.is_exact_region => Err(Reason::NotInRegion(region.into())),
        Lookup::Found(price) if key.is_sensitive => Ok(Price { row: SENSITIVE.to_owned(), ..price }),
        Lookup::Found(price) => Ok(price),
        Lookup::NotInRegion => Err(Reason::NotInRegion(region.into())),
        Lookup::NoMeter if key.is_sensitive => Err(Reason::NoPrice(format!("{provider} {SENSITIVE}"))),
        Lookup::NoMeter => {
            let columns: Vec<&str> = key.columns.iter().map(|(_, value)| value.as_str()).collect();
            Err(Reason::NoPrice(format!("{provider} {} {}", key.service, columns.join(" "))))
        }
        Lookup::NoService { reason } => Err(Reason::NoPrice(reason)),
    }
}

/// What a row's prices are multiplied by: discount and exchange, each put into words.
fn factor(
    row: &Price,
    (provider, service, values): (&str, &str, &[&str]),
    market: Market<'_>,
    terms: &mut Vec<SmolStr>,
) -> Result<Decimal, Reason> {
    let mut factor = Decimal::ONE;
    let mut say = |text: SmolStr| {
        if !terms.contains(&text) {
            terms.push(text);
        }
    };
    if let Some(discount) = market.terms.discount(provider, service, values) {
        factor -= discount.share;
        let percent = (discount.share * Decimal::ONE_HUNDRED).normalize();
        say(format_smolstr!("{percent}% off list ({})", discount.place));
    }
    if row.currency != market.currency {
        let exchange = market.terms.exchange(&row.currency).ok_or_else(|| Reason::Currency(row.currency.clone()))?;
        factor = times(factor, exchange.rate)?;
        let Exchange { from, rate, as_of, source } = exchange;
        say(format_smolstr!("1 {from} is {} {} as of {as_of} ({source})", rate.normalize(), market.currency));
    }
    Ok(factor)
}

fn times(left: Decimal, right: Decimal) -> Result<Decimal, Reason> {
    left.checked_mul(right).ok_or_else(too_large)
}

/// Tiers of book units become tiers of printed units: starts shrink by `per`, prices grow by `times`.
fn scale_between(tiers: &[Tier], per: Decimal, times: Decimal) -> Result<Vec<Tier>, Reason> {
    let scale = |tier: &Tier| {
        let price = tier.price.checked_mul(times).ok_or_else(too_large)?;
        let from = tier.from.checked_div(per).ok_or_else(too_large)?;
        Ok(Tier { from: from.normalize(), price: price.normalize() })
    };
    tiers.iter().map(scale).collect()
}

fn too_large() -> Reason {
    Reason::Failed("the price is too large".into())
}

fn monthly(quantity: &Quantity, price: &UnitPrice, fact: &Fact<'_>, currency: &str) -> (Monthly, Vec<TierShare>) {
    let unknown = |reason| (Monthly::Unknown(reason), Vec::new());
    // A missing price outweighs a missing figure: giving the usage would not help.
    let (quantity, book_tiers) = match (quantity, price) {
        (Quantity::Failed(reason), _) => return unknown(Reason::Failed(reason.clone())),
        (_, UnitPrice::Missing(reason)) => return unknown(reason.clone()),
        (Quantity::Usage(keys), _) => return unknown(Reason::Usage(keys.clone())),
        (Quantity::Unknown(path), _) => return unknown(Reason::AfterApply(path.clone())),
        (Quantity::Known(quantity), UnitPrice::Known(tiers)) => (*quantity, tiers),
    };
    let share =
        |part: tiers::TierPart| TierShare { from: part.from, to: part.to, quantity: part.quantity, price: part.price };
    let shares: Vec<TierShare> = tiers::split(quantity, book_tiers).into_iter().map(share).collect();
    let mut sum = Decimal::ZERO;
    for share in &shares {
        let Some(next) = share.quantity.checked_mul(share.price).and_then(|cost| sum.checked_add(cost)) else {
            return unknown(Reason::Failed("the cost is too large".into()));
        };
        sum = next;
    }
    let cost = sum.checked_mul(Decimal::ONE - fact.discount).filter(|cost| *cost <= Decimal::from(LARGEST_COST));
    let Some(cost) = cost else {
        return unknown(Reason::Failed("the cost is too large".into()));
    };
    (Monthly::Exact(Money::new(cost.normalize(), currency)), shares)
}
