//! What estimating gives: a line per component, honest about what is not known.

use std::ops::Deref;
use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::model::{Action, Address, Declaration, InputKind, Problem, Region, Span};
use crate::price::{Money, Price, Tier, tiers};

/// One side of every change of a plan, priced.
#[derive(Clone, Debug)]
pub struct PricedPlan {
    /// What kind of document it was.
    pub kind: InputKind,
    /// `terraform_version` as written.
    pub terraform_version: Option<SmolStr>,
    /// Whether the input has a side `before` at all.
    pub has_before: bool,
    /// False when Terraform says that the plan does not hold everything.
    pub complete: bool,
    /// A change per managed resource, sorted by address.
    pub changes: Vec<PricedChange>,
    /// What the reader should know about the input.
    pub problems: Vec<Problem>,
}

/// A change with both sides priced. A no-op shares one estimate.
#[derive(Clone, Debug)]
pub struct PricedChange {
    /// The address after the change.
    pub address: Address,
    /// Where it came from, if it was moved.
    pub previous_address: Option<Address>,
    /// What Terraform will do.
    pub action: Action,
    /// The key of a deposed object that this change is about.
    pub deposed: Option<SmolStr>,
    /// Whether the object is being imported.
    pub is_import: bool,
    /// Where it is written, if it was read from files of configuration.
    pub declared: Option<Declaration>,
    /// What it costs now.
    pub before: Option<Arc<Estimate>>,
    /// What it will cost.
    pub after: Option<Arc<Estimate>>,
}

/// What one side of a resource costs.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// The resource's address.
    pub address: Address,
    /// Its type.
    pub kind: SmolStr,
    /// The provider's short name.
    pub provider: SmolStr,
    /// Where it runs; `None` if neither the plan nor the catalog says.
    pub region: Option<Region>,
    /// How far it is priced.
    pub status: Status,
    /// The priced facts, in the order of the stanza. Resources that are alike share them.
    pub lines: Arc<[Line]>,
    /// The account, subscription or project that pays for it, where that is known and asked for.
    pub account: Option<SmolStr>,
    /// Tags or labels, where the resource has them. Sensitive ones are left out.
    pub tags: Vec<(SmolStr, SmolStr)>,
    /// What went wrong while pricing it; the lines that could be priced stand.
    pub problems: Vec<Problem>,
}

/// How far a resource is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Every line has a price; at least one has a known monthly cost.
    Priced,
    /// Some lines have a known monthly cost; others miss a price or a value known only after apply.
    Partly,
    /// It costs something, but every line waits for usage that nobody gave.
    UsageDependent,
    /// It costs something, but no line could be priced: prices are missing or values are unknown.
    Unpriced,
    /// It costs nothing.
    Free,
    /// The catalog has no stanza for the type.
    Unsupported,
}

/// One priced fact of a resource. All that is the same for many resources is held once for them.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is of, and at which price.
    pub item: Arc<Item>,
    /// Printed units a month.
    pub quantity: Quantity,
    /// What it costs a month, at contracted prices on demand.
    pub monthly: Monthly,
    /// What it costs a month at list prices, where that is another figure and known.
    pub list: Option<Decimal>,
    /// What it costs a month with its share of commitments, where some cover it.
    pub effective: Option<Decimal>,
}

/// What a line is of, and what a unit of it costs: the same for every resource of a kind, size and region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The parts it belongs to, outermost first: `["root_block_device"]`. Empty for the resource itself.
    pub part: Vec<SmolStr>,
    /// The component's stable label.
    pub component: SmolStr,
    /// Variable text that tells it from others: the size, the operating system.
    pub detail: Option<SmolStr>,
    /// The printed unit, such as `hours`, `GB`, `1M requests`.
    pub unit: SmolStr,
    /// The price of a printed unit.
    pub price: UnitPrice,
    /// The share taken off, 0 to 1: a sustained-use discount, for example.
    pub discount: Decimal,
    /// The commitments that may cover it, whatever its address is.
    pub committed: Vec<Committed>,
    /// Whether usage decides the quantity.
    pub is_usage_based: bool,
    /// A sentence for the reader.
    pub note: Option<SmolStr>,
    /// How the price came about.
    pub why: Why,
}

/// What a commitment offers a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Its position among the terms.
    pub commitment: usize,
    /// What a printed unit costs where it is covered, if that is said.
    pub unit_price: Option<Decimal>,
}

/// How many printed units a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// This many.
    Known(Decimal),
    /// It depends on usage that nobody gave: these keys of a usage file would say.
    Usage(Vec<SmolStr>),
    /// This attribute decides it, and is known only after apply.
    Unknown(SmolStr),
    /// The stanza failed on this resource.
    Failed(String),
}

/// What a printed unit costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitPrice {
    /// By tier, per printed unit. At least one tier.
    Known(Vec<Tier>),
    /// The book has no such price.
    Missing(Reason),
}

/// What a line, a resource or a plan costs a month.
#[derive(Clone, Debug, PartialEq)]
pub enum Monthly {
    /// This much.
    Exact(Money),
    /// Not known, for this reason.
    Unknown(Reason),
}

/// Why a cost is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// These usage keys would say.
    Usage(Vec<SmolStr>),
    /// This attribute is known only after apply.
    AfterApply(SmolStr),
    /// The book lacks the meter: what was asked for, in words.
    NoPrice(String),
    /// The book has the meter, but not in this region nor in a declared fallback.
    NotInRegion(SmolStr),
    /// Nothing says in which region the resource runs.
    NoRegion,
    /// The price is in a currency that cannot be added to the rest.
    Currency(SmolStr),
    /// The stanza failed on this resource.
    Failed(String),
}

/// How a figure came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The catalog file.
    pub file: SmolStr,
    /// The line of the component in that file, from 1.
    pub line: usize,
    /// The component's block in that file.
    pub span: Span,
    /// The price rows, each with how many of its units make one printed unit.
    pub prices: Vec<(Price, Decimal)>,
    /// What was done to the prices of those rows: discounts and exchange, in words.
    pub terms: Vec<SmolStr>,
    /// The stanza's `docs`: the provider's own pricing page.
    pub docs: Option<SmolStr>,
    /// Expressions with their values; only kept for `lepton explain`.
    pub trace: Vec<(String, String)>,
}

/// The part of a quantity that fell into one tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierShare {
    /// Where the tier begins, in printed units.
    pub from: Decimal,
    /// Where the next one begins.
    pub to: Option<Decimal>,
    /// Printed units in it.
    pub quantity: Decimal,
    /// What a printed unit costs in it.
    pub price: Decimal,
}

/// How a quantity falls into tiers.
pub(super) fn tier_shares(quantity: Decimal, prices: &[Tier]) -> Vec<TierShare> {
    let share =
        |part: tiers::TierPart| TierShare { from: part.from, to: part.to, quantity: part.quantity, price: part.price };
    tiers::split(quantity, prices).into_iter().map(share).collect()
}

/// A sum that says how much of it is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonthlyTotal {
    /// The sum of the known costs; `None` if no cost is known.
    pub known: Option<Money>,
    /// Of it, what rests on usage figures.
    pub usage: Option<Money>,
    /// The sum at list prices, if that is another.
    pub list: Option<Money>,
    /// The sum with commitments, if some cover lines.
    pub effective: Option<Money>,
    /// How many lines wait for usage.
    pub usage_lines: usize,
    /// How many lines have no cost for another reason.
    pub unknown_lines: usize,
}

impl Deref for Line {
    type Target = Item;

    fn deref(&self) -> &Item {
        &self.item
    }
}

impl Line {
    /// Its item, to be changed for this line alone.
    pub fn item_mut(&mut self) -> &mut Item {
        Arc::make_mut(&mut self.item)
    }

    /// How the quantity fell into the tiers of the price; empty if the cost is not known.
    pub fn tiers(&self) -> Vec<TierShare> {
        let (Quantity::Known(quantity), UnitPrice::Known(tiers), Monthly::Exact(_)) =
            (&self.quantity, &self.price, &self.monthly)
        else {
            return Vec::new();
        };
        tier_shares(*quantity, tiers)
    }

    /// The printed name: `label (detail)`.
    pub fn name(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{} ({detail})", self.component),
            None => self.component.to_string(),
        }
    }

    /// Whether a price of this line comes from another region than its own.
    pub fn is_region_fallback(&self) -> bool {
        self.why.prices.iter().any(|(price, _)| !price.is_exact_region)
    }
}

impl MonthlyTotal {
    /// Sums lines. All known costs are in one currency.
    pub fn of<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Self {
        let mut total = Self::default();
        for line in lines {
            match &line.monthly {
                Monthly::Exact(money) => {
                    total.add_beside(line.list, line.effective, money);
                    if line.is_usage_based {
                        total.usage = Some(add(total.usage, money));
                    }
                    total.known = Some(add(total.known, money));
                }
                Monthly::Unknown(Reason::Usage(_)) => total.usage_lines += 1,
                Monthly::Unknown(_) => total.unknown_lines += 1,
            }
        }
        total
    }
}

impl MonthlyTotal {
    /// Adds what stands beside a known cost, before that cost is added. Without a figure it is the cost itself.
    fn add_beside(&mut self, list: Option<Decimal>, effective: Option<Decimal>, money: &Money) {
        for (sum, amount) in [(&mut self.list, list), (&mut self.effective, effective)] {
            if sum.is_none() && amount.is_none() {
                continue;
            }
            let start = sum.take().or_else(|| self.known.clone());
            let amount = amount.map_or_else(|| money.clone(), |amount| Money::new(amount, money.currency.clone()));
            *sum = Some(add(start, &amount));
        }
    }

    /// Both together. All known costs are in one currency.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        let sum = |one: Option<Money>, other: &Option<Money>| match other {
            Some(other) => Some(add(one, other)),
            None => one,
        };
        let beside = |one: &Option<Money>, others: &Option<Money>| {
            let is_beside = one.is_some() || others.is_some();
            let (one, others) = (one.as_ref().or(self.known.as_ref()), others.as_ref().or(other.known.as_ref()));
            is_beside.then(|| sum(one.cloned(), &others.cloned())).flatten()
        };
        Self {
            list: beside(&self.list, &other.list),
            effective: beside(&self.effective, &other.effective),
            known: sum(self.known, &other.known),
            usage: sum(self.usage, &other.usage),
            usage_lines: self.usage_lines + other.usage_lines,
            unknown_lines: self.unknown_lines + other.unknown_lines,
        }
    }
}

fn add(sum: Option<Money>, money: &Money) -> Money {
    match sum {
        Some(sum) => sum + money.clone(),
        None => money.clone(),
    }
}

impl Estimate {
    /// What the resource costs a month.
    pub fn monthly(&self) -> MonthlyTotal {
        MonthlyTotal::of(self.lines.iter())
    }
}
