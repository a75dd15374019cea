//! One fact becomes one line: prices are looked up, scaled to printed units, and walked by tier.

use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::agreed::{Agreed, Terms, agree};
use super::items::Items;
use super::line::{Committed, Item, Line, Monthly, Quantity, Reason, UnitPrice, Why};
use crate::catalog::{Amount, Asked, AskedKey, Fact};
use crate::config::{self, CommittedUnit, Sought};
use crate::model::Region;
use crate::price::{Book, Key, Lookup, Money, Price, Provenance, Tier, is_same_unit, tiers};

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
    /// What is paid other than list prices in that currency.
    pub(crate) terms: &'m config::Terms,
    /// The account that pays, where that is known and terms ask for it.
    pub(crate) account: Option<&'m str>,
    /// Whether a price of another region counts as none.
    pub(crate) is_strict: bool,
}

/// A month of more than this is a mistake in the plan. The bound keeps every sum of lines within a decimal.
const LARGEST_COST: u64 = 1_000_000_000_000_000_000;

/// What stands for a key that holds a sensitive value.
const SENSITIVE: &str = "(sensitive)";

/// Prices one fact.
pub(crate) fn price_line(fact: Fact<'_>, docs: Option<&SmolStr>, market: Market<'_>, items: &Items) -> Line {
    let quantity = printed_quantity(&fact);
    let mut terms = Terms::default();
    let (price, list, prices, committed) = match unit_price(&fact, market, &mut terms) {
        Ok(Priced { tiers, list, rows, committed }) => (UnitPrice::Known(tiers), list, rows, committed),
        Err(reason) => (UnitPrice::Missing(reason), None, Vec::new(), Vec::new()),
    };
    let monthly = monthly(&quantity, &price, &fact, market.currency);
    let list = match (&quantity, list) {
        (Quantity::Known(quantity), Some(list)) => cost(*quantity, &list, fact.discount),
        _ => None,
    };
    let detail = match (fact.detail, fact.each) {
        (None, Some(each)) => Some(each.trim_matches(['[', ']', '"']).into()),
        (detail, _) => detail,
    };
    let item = Item {
        part: fact.part,
        component: fact.component.label.clone(),
        detail,
        unit: fact.unit,
        price,
        discount: fact.discount,
        committed,
        is_usage_based: fact.is_usage_based,
        note: fact.note,
        why: Why {
            file: fact.source.name().into(),
            line: fact.component.line,
            span: fact.component.span,
            prices,
            terms: terms.0,
            docs: docs.cloned(),
            trace: fact.trace,
        },
    };
    Line { item: items.share(item), quantity, monthly, list, effective: None }
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

/// What a printed unit costs.
struct Priced {
    tiers: Vec<Tier>,
    /// The same at list prices, where those are others and known.
    list: Option<Vec<Tier>>,
    /// The rows behind it, each with how often it counts.
    rows: Vec<(Price, Decimal)>,
    /// The commitments that may cover all of them.
    committed: Vec<Committed>,
}

fn unit_price(fact: &Fact<'_>, market: Market<'_>, terms: &mut Terms) -> Result<Priced, Reason> {
    let here = market.region.map_or("", |region| region.name.as_str());
    let keys = match &fact.price {
        Asked::Keys(keys) => keys,
        Asked::Gap(words) => return Err(Reason::NoPrice(words.to_string())),
        Asked::Unknown(path) => return Err(Reason::AfterApply(path.clone())),
        Asked::Failed(reason) => return Err(Reason::Failed(reason.clone())),
        Asked::Rate { price, currency, source, as_of } => {
            let row = Price {
                unit: fact.unit.clone(),
                tiers: vec![Tier { from: Decimal::ZERO, price: *price }],
                currency: currency.clone(),
                region: here.into(),
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
            let sought = Sought { provider: "", service: "", values: &[], region: here, account: market.account };
            return together(vec![(agree(Ok(row), &sought, market, terms)?, fact.per)], fact.per);
        }
    };
    let mut parts = Vec::with_capacity(keys.len());
    let mut committed_at: Vec<usize> = (0..market.terms.commitments.len()).collect();
    for key in keys {
        let values: Vec<&str> = key.columns.iter().map(|(_, value)| value.as_str()).collect();
        let sought = Sought {
            provider: key.provider.as_deref().unwrap_or(market.provider),
            service: &key.service,
            values: &values,
            region: key.region.as_deref().unwrap_or(here),
            account: market.account,
        };
        committed_at.retain(|at| market.terms.commitments[*at].scope.fit(&sought).is_some());
        parts.push((agree(find(key, market), &sought, market, terms)?, times(fact.per, key.times)?));
    }
    let by = if let [(_, by)] = parts.as_slice() { Some(*by) } else { None };
    let key = match (keys.as_slice(), parts.as_slice()) {
        ([key], [(agreed, _)]) => Some((key, agreed.row.unit.as_str())),
        _ => None,
    };
    let committed =
        |at: usize| Committed::new(at, committed_price(&market.terms.commitments[at].price, key, by, market));
    let committed = committed_at.into_iter().map(committed).collect();
    Ok(Priced { committed, ..together(parts, fact.per)? })
}

/// What a printed unit of so many of its row's units costs by a commitment; `None` where it says no price of a unit, and
/// for a line of several rows. The key comes with the unit of its row.
fn committed_price(
    price: &CommittedUnit,
    key: Option<(&AskedKey, &str)>,
    by: Option<Decimal>,
    market: Market<'_>,
) -> Option<Decimal> {
    let rate = |currency: &SmolStr| match currency == market.currency {
        true => Some(Decimal::ONE),
        false => market.terms.exchange(currency).map(|exchange| exchange.rate),
    };
    match price {
        CommittedUnit::Off(_) => None,
        CommittedUnit::Price(price, currency) => price.checked_mul(by?)?.checked_mul(rate(currency)?),
        CommittedUnit::Listed(service, others) => {
            let (key, unit) = key?;
            let provider = key.provider.as_deref().unwrap_or(market.provider);
            let column = |name: &SmolStr| {
                let of = |columns: &[(SmolStr, SmolStr)]| columns.iter().find(|(column, _)| column == name).cloned();
                let on_demand = || (name == "service").then(|| (name.clone(), key.service.clone()));
                of(others).or_else(|| of(&key.columns)).or_else(on_demand)
            };
            let columns: Vec<_> = market.book.columns(provider, service)?.iter().filter_map(column).collect();
            let region = key.region.as_deref().or(market.region.map(|region| region.name.as_str()))?;
            let Lookup::Found(found) = market.book.find(&Key { provider, service, columns: &columns, region }) else {
                return None;
            };
            let [tier] = found.tiers.as_slice() else { return None };
            let is_alike = is_same_unit(&found.unit, unit) && found.is_exact_region;
            tier.price.checked_mul(by?)?.checked_mul(rate(&found.currency)?).filter(|_| is_alike)
        }
    }
}

/// The price of a printed unit of some rows, each counted so often.
fn together(parts: Vec<(Agreed, Decimal)>, per: Decimal) -> Result<Priced, Reason> {
    let paid = |(agreed, by): &(Agreed, Decimal)| Ok((agreed.tiers.clone(), times(*by, agreed.factor)?));
    let tiers = added(&parts, parts.iter().map(paid).collect::<Result<_, Reason>>()?, per)?;
    // What a list asks is only told beside the price: where it cannot be told, the price stands alone.
    let listed = |(agreed, by): &(Agreed, Decimal)| Some((agreed.row.tiers.clone(), times(*by, agreed.list?).ok()?));
    let list = parts.iter().map(listed).collect::<Option<_>>().and_then(|list| added(&parts, list, per).ok());
    let list = list.filter(|list| *list != tiers);
    let rows = parts.into_iter().map(|(agreed, by)| (agreed.row, by)).collect();
    Ok(Priced { tiers, list, rows, committed: Vec::new() })
}

/// Adds the prices of rows, each multiplied by what stands beside it.
fn added(parts: &[(Agreed, Decimal)], prices: Vec<(Vec<Tier>, Decimal)>, per: Decimal) -> Result<Vec<Tier>, Reason> {
    if let [(tiers, by)] = prices.as_slice() {
        let from_per = if per.is_zero() { Decimal::ONE } else { per };
        return scale_between(tiers, from_per, *by);
    }
    let mut sum = Decimal::ZERO;
    for ((tiers, by), (agreed, _)) in prices.iter().zip(parts) {
        let [tier] = tiers.as_slice() else {
            let reason = format!("{} is tiered, and adds to other prices", agreed.row.row);
            return Err(Reason::Failed(reason));
        };
        sum = sum.checked_add(times(tier.price, *by)?).ok_or_else(too_large)?;
    }
    Ok(vec![Tier { from: Decimal::ZERO, price: sum.normalize() }])
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

pub(super) fn times(left: Decimal, right: Decimal) -> Result<Decimal, Reason> {
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

pub(super) fn too_large() -> Reason {
    Reason::Failed("the price is too large".into())
}

fn monthly(quantity: &Quantity, price: &UnitPrice, fact: &Fact<'_>, currency: &str) -> Monthly {
    // A missing price outweighs a missing figure: giving the usage would not help.
    let reason = match (quantity, price) {
        (Quantity::Failed(reason), _) => Reason::Failed(reason.clone()),
        (_, UnitPrice::Missing(reason)) => reason.clone(),
        (Quantity::Usage(keys), _) => Reason::Usage(keys.clone()),
        (Quantity::Unknown(path), _) => Reason::AfterApply(path.clone()),
        (Quantity::Known(quantity), UnitPrice::Known(tiers)) => match cost(*quantity, tiers, fact.discount) {
            Some(cost) => return Monthly::Exact(Money::new(cost, currency)),
            None => Reason::Failed("the cost is too large".into()),
        },
    };
    Monthly::Unknown(reason)
}

/// What a quantity costs, less a share; `None` if it is too much.
fn cost(quantity: Decimal, book_tiers: &[Tier], discount: Decimal) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for part in tiers::split(quantity, book_tiers) {
        sum = part.quantity.checked_mul(part.price).and_then(|cost| sum.checked_add(cost))?;
    }
    let cost = sum.checked_mul(Decimal::ONE - discount).filter(|cost| *cost <= Decimal::from(LARGEST_COST))?;
    Some(cost.normalize())
}
