//! What the user pays other than list prices in their own currency: the blocks `discount`, `contract` and `exchange`.

use hcl::edit::Span as _;
use hcl::edit::structure::{Block, Body};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use smol_str::SmolStr;

use super::blocks::{fits, label, span};
use super::committed::CommittedPrice;
use super::fields::{Spanned, value_span};
use super::reader::Reader;
use super::terms_shape as shape;
use crate::model::Span;

/// Which prices a block is about: texts, or patterns with `*`. What is left out fits every price.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The book's provider.
    pub provider: Option<SmolStr>,
    /// The provider's service.
    pub service: Option<SmolStr>,
    /// A value of the key.
    pub meter: Option<SmolStr>,
    /// The region.
    pub region: Option<SmolStr>,
    /// The account that pays.
    pub account: Option<SmolStr>,
}

/// A price as it is looked up for a resource.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'s> {
    /// The book's provider.
    pub provider: &'s str,
    /// The provider's service.
    pub service: &'s str,
    /// The values of the key.
    pub values: &'s [&'s str],
    /// The region asked for.
    pub region: &'s str,
    /// The account that pays, where that is known.
    pub account: Option<&'s str>,
}

/// A percentage off list prices.
#[derive(Debug)]
pub struct Discount {
    /// Off which.
    pub scope: Scope,
    /// The share taken off, 0 to 1.
    pub share: Decimal,
    /// Where it stands: `lepton.hcl:12`.
    pub place: SmolStr,
    /// Its block in the file.
    pub span: Span,
}

/// A contracted unit price in place of the list's.
#[derive(Debug)]
pub struct Contract {
    /// In place of which.
    pub scope: Scope,
    /// The provider's unit that it is for; `None` for any.
    pub unit: Option<SmolStr>,
    /// From what quantity on a unit costs how much; the first begins at 0.
    pub tiers: Vec<(Decimal, Decimal)>,
    /// The currency of the prices.
    pub currency: SmolStr,
    /// The day from which it is agreed.
    pub as_of: SmolStr,
    /// Where it is agreed.
    pub source: SmolStr,
    /// Where it stands: `lepton.hcl:12`.
    pub place: SmolStr,
    /// Its block in the file.
    pub span: Span,
}

/// A rate into the report's currency.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The currency of the prices.
    pub from: SmolStr,
    /// How much of the report's currency one unit is.
    pub rate: Decimal,
    /// The day of the rate.
    pub as_of: SmolStr,
    /// Where the rate comes from.
    pub source: SmolStr,
}

/// Price books of the user's own, and how old prices may grow.
#[derive(Debug, Default)]
pub struct Prices {
    /// Paths of the books, as seen from the folder of the file.
    pub books: Vec<Spanned<SmolStr>>,
    /// How many days; 0 for never.
    pub max_age_days: Option<u32>,
}

/// What the user pays other than list prices in their own currency.
#[derive(Debug, Default)]
pub struct Terms {
    /// Percentages off list prices.
    pub discounts: Vec<Discount>,
    /// Contracted prices.
    pub contracts: Vec<Contract>,
    /// Commitments that cover a part of what is used.
    pub commitments: Vec<CommittedPrice>,
    /// Rates into the report's currency.
    pub exchanges: Vec<Exchange>,
}

impl Terms {
    /// List prices as they are.
    pub const NONE: &'static Self =
        &Self { discounts: Vec::new(), contracts: Vec::new(), commitments: Vec::new(), exchanges: Vec::new() };

    /// The discount on a price: the most specific, of equals the last.
    pub fn discount(&self, sought: &Sought<'_>) -> Option<&Discount> {
        most_specific(self.discounts.iter(), |discount| discount.scope.fit(sought))
    }

    /// The contracted price in place of a list's of some unit; without a unit, for what the book lacks.
    pub fn contract(&self, sought: &Sought<'_>, unit: Option<&str>) -> Option<&Contract> {
        most_specific(self.contracts.iter(), |contract| {
            let is_for = match (unit, &contract.unit) {
                (Some(unit), wanted) => wanted.as_ref().is_none_or(|wanted| wanted == unit),
                (None, _) => contract.scope.meter.as_ref().is_some_and(|meter| !meter.contains('*')),
            };
            contract.scope.fit(sought).filter(|_| is_for)
        })
    }

    /// The rate from a currency.
    pub fn exchange(&self, from: &str) -> Option<&Exchange> {
        self.exchanges.iter().find(|exchange| exchange.from == from)
    }

    /// Whether some block tells accounts apart.
    pub fn has_accounts(&self) -> bool {
        let discounts = self.discounts.iter().map(|discount| &discount.scope);
        let contracts = self.contracts.iter().map(|contract| &contract.scope);
        let commitments = self.commitments.iter().map(|commitment| &commitment.scope);
        discounts.chain(contracts).chain(commitments).any(|scope| scope.account.is_some())
    }
}

/// What fits most closely, of equals the last.
fn most_specific<'b, B>(
    blocks: impl Iterator<Item = &'b B>,
    fit: impl Fn(&B) -> Option<(usize, usize)>,
) -> Option<&'b B> {
    blocks.filter_map(|block| Some((fit(block)?, block))).max_by_key(|(fit, _)| *fit).map(|(_, block)| block)
}

impl Scope {
    /// Whether it is about a price; and how specific it is: by what it names, then by what of it has no `*`.
    pub fn fit(&self, sought: &Sought<'_>) -> Option<(usize, usize)> {
        let is_wanted =
            |wanted: &Option<SmolStr>, found: &str| wanted.as_ref().is_none_or(|wanted| fits(wanted, found));
        let is_of = |meter: &SmolStr| sought.values.iter().any(|value| fits(meter, value));
        let is_fitting = is_wanted(&self.provider, sought.provider)
            && is_wanted(&self.service, sought.service)
            && is_wanted(&self.region, sought.region)
            && self.meter.as_ref().is_none_or(is_of)
            && self.account.as_ref().is_none_or(|wanted| sought.account.is_some_and(|account| fits(wanted, account)));
        is_fitting.then(|| {
            let given = [&self.provider, &self.region, &self.account, &self.service, &self.meter];
            let weigh = |counts: &dyn Fn(&SmolStr) -> bool| {
                let named =
                    |(at, given): (usize, &&Option<SmolStr>)| usize::from(given.as_ref().is_some_and(counts)) << at;
                given.iter().enumerate().map(named).sum()
            };
            (weigh(&|_| true), weigh(&|text| !text.contains('*')))
        })
    }
}

impl Reader<'_> {
    pub(super) fn scope(&mut self, body: &Body) -> Scope {
        Scope {
            // A commitment has its provider as its label.
            provider: self.text(body, "provider"),
            service: self.text(body, "service"),
            meter: self.text(body, "meter"),
            region: self.text(body, "region"),
            account: self.text(body, "account"),
        }
    }

    /// A percentage, as a share.
    pub(super) fn percent(&mut self, body: &Body, name: &str) -> Option<Decimal> {
        let percent = self.number(body, name)?;
        if percent > Decimal::ONE_HUNDRED {
            let message = format!("`{name}` is at most 100");
            self.problem("lepton::config::wrong-value", message, value_span(body, name), format!("this is {percent}"));
        }
        percent.checked_div(Decimal::ONE_HUNDRED)
    }

    /// Where a block stands: `lepton.hcl:12`.
    pub(super) fn place(&self, block: &Block) -> SmolStr {
        format!("{}:{}", self.source.name(), self.source.line(span(block))).into()
    }

    /// The code of a currency that there is.
    pub(super) fn currency(&mut self, body: &Body, name: &str) -> Option<SmolStr> {
        let code = self.text(body, name)?;
        let is_code = code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase());
        if !is_code {
            let message = format!("`{name}` is the ISO 4217 code of a currency");
            self.problem("lepton::config::wrong-value", message, value_span(body, name), format!("this is {code:?}"))
                .help("three capital letters, such as USD, EUR or CHF");
        }
        Some(code)
    }

    /// Two blocks for exactly the same prices contradict each other.
    fn scopes_differ<'b, B: 'b>(
        &mut self,
        kind: &str,
        blocks: impl Iterator<Item = &'b B>,
        of: impl Fn(&B) -> (&Scope, Option<&SmolStr>, Span),
    ) {
        let blocks: Vec<(&Scope, Option<&SmolStr>, Span)> = blocks.map(of).collect();
        for (at, (scope, unit, span)) in blocks.iter().enumerate() {
            if blocks[..at].iter().any(|(other, of, _)| other == scope && of == unit) {
                let message = format!("there are two `{kind}` blocks for exactly the same prices");
                self.problem("lepton::config::overlap", message, Some(span.start..span.end), "the second")
                    .help("keep one of them, or say by which service, meter, region or account they differ");
            }
        }
    }
}

/// Whether the blocks agree with each other.
pub(super) fn check(terms: &Terms, reader: &mut Reader<'_>) {
    reader.scopes_differ("discount", terms.discounts.iter(), |discount| (&discount.scope, None, discount.span));
    reader.scopes_differ("contract", terms.contracts.iter(), |contract| {
        (&contract.scope, contract.unit.as_ref(), contract.span)
    });
}

pub(super) fn discount(reader: &mut Reader<'_>, block: &Block) -> Discount {
    let body = &block.body;
    reader.check(body, &shape::DISCOUNT, block.ident.span());
    Discount {
        scope: reader.scope(body),
        share: reader.percent(body, "percent").unwrap_or_default(),
        place: reader.place(block),
        span: block.ident.span().unwrap_or_default().into(),
    }
}

pub(super) fn contract(reader: &mut Reader<'_>, block: &Block) -> Contract {
    let body = &block.body;
    reader.check(body, &shape::CONTRACT, block.ident.span());
    let mut tiers: Vec<(Decimal, Decimal)> =
        reader.number(body, "unit_price").map(|price| (Decimal::ZERO, price)).into_iter().collect();
    for tier in body.get_blocks("tier") {
        reader.check(&tier.body, &shape::TIER, tier.ident.span());
        let (from, price) = (reader.number(&tier.body, "from"), reader.number(&tier.body, "unit_price"));
        let (Some(from), Some(price)) = (from, price) else { continue };
        let wrong = match tiers.last() {
            _ if body.has_attribute("unit_price") => "a contract has `unit_price` or `tier` blocks, not both",
            None if !from.is_zero() => "the first tier begins at 0",
            Some((last, _)) if *last >= from => "each tier begins above the one before it",
            _ => "",
        };
        if !wrong.is_empty() {
            reader.problem("lepton::config::wrong-value", wrong, tier.ident.span(), "this one");
        }
        tiers.push((from, price));
    }
    if !body.has_attribute("unit_price") && !body.has_blocks("tier") {
        reader
            .problem("lepton::config::missing-attribute", "a contract without a price", block.ident.span(), "")
            .help("give `unit_price`, or `tier` blocks");
    }
    Contract {
        scope: reader.scope(body),
        unit: reader.text(body, "unit"),
        tiers,
        currency: reader.currency(body, "currency").unwrap_or_default(),
        as_of: reader.date(body, "as_of").unwrap_or_default(),
        source: reader.text(body, "source").unwrap_or_default(),
        place: reader.place(block),
        span: block.ident.span().unwrap_or_default().into(),
    }
}

pub(super) fn prices(reader: &mut Reader<'_>, block: &Block) -> Prices {
    let body = &block.body;
    reader.check(body, &shape::PRICES, block.ident.span());
    let days = reader.number(body, "max_age_days");
    let max_age_days = days.and_then(|days| days.to_u32().filter(|whole| Decimal::from(*whole) == days));
    if let (Some(days), None) = (days, max_age_days) {
        let message = "`max_age_days` is a whole number of days";
        let label = format!("this is {days}");
        reader.problem("lepton::config::wrong-value", message, value_span(body, "max_age_days"), label);
    }
    Prices { books: reader.spanned_texts(body, "books").unwrap_or_default(), max_age_days }
}

pub(super) fn exchange(reader: &mut Reader<'_>, block: &Block) -> Exchange {
    let body = &block.body;
    reader.check(body, &shape::EXCHANGE, block.ident.span());
    let rate = reader.number(body, "rate").unwrap_or_default();
    if rate.is_zero() && body.has_attribute("rate") {
        reader.problem("lepton::config::wrong-value", "`rate` is more than 0", value_span(body, "rate"), "");
    }
    Exchange {
        from: label(block),
        rate,
        as_of: reader.date(body, "as_of").unwrap_or_default(),
        source: reader.text(body, "source").unwrap_or_default(),
    }
}
