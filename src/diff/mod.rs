//! Pairs before with after, line by line: what a change costs more or less.
//!
//! An unknown side makes an unknown delta, never a saving. A replaced resource is one pair; a no-op has the same lines
//! on both sides and a delta of exactly zero. A state has one side: nothing in it changes.

mod against;
mod pair;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

pub use against::{Existing, against, find_moved};
pub use pair::compare_estimates;

use crate::estimate::{Estimate, MonthlyTotal, PricedChange, PricedPlan, Status};
use crate::model::Action;
use crate::price::{Currency, Money};

/// How a plan changes what is paid.
#[derive(Clone, Debug)]
pub struct CostDiff {
    /// One for each change of the plan, in its order.
    pub changes: Vec<ChangeDiff>,
    /// What is paid now; `None` if the input has no side `before`.
    pub past: Option<MonthlyTotal>,
    /// What will be paid.
    pub current: MonthlyTotal,
    /// The difference; `None` if there is nothing to compare with.
    pub delta: Option<Delta>,
}

/// How one change alters what is paid.
#[derive(Clone, Debug)]
pub struct ChangeDiff {
    /// What becomes of the resource.
    pub fate: Fate,
    /// The difference.
    pub delta: Delta,
    /// The pairs of lines: first those that exist after, then those that end.
    pub lines: Arc<[LineDiff]>,
}

/// What becomes of a resource's cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It begins.
    Added,
    /// It ends.
    Removed,
    /// It leaves the state, but goes on costing.
    Forgotten,
    /// Some line changes.
    Changed,
    /// Nothing that costs changes.
    Same,
}

/// How the resources of one module alter what is paid.
#[derive(Clone, Debug)]
pub struct ModuleDiff {
    /// What is paid now; `None` if the input has no side `before`.
    pub past: Option<MonthlyTotal>,
    /// What will be paid.
    pub current: MonthlyTotal,
    /// The difference; `None` if there is nothing to compare with.
    pub delta: Option<Delta>,
}

/// A line before and after, by their positions in the two estimates.
#[derive(Clone, Debug, PartialEq)]
pub struct LineDiff {
    /// The line that exists now.
    pub before: Option<usize>,
    /// The line that will exist.
    pub after: Option<usize>,
    /// The difference.
    pub delta: LineDelta,
}

/// The difference of one line.
#[derive(Clone, Debug, PartialEq)]
pub enum LineDelta {
    /// Exactly this.
    Exact(Money),
    /// Usage decides.
    Usage,
    /// One side is not known for another reason.
    Unknown,
}

/// A sum of differences that says how much of it is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delta {
    /// The sum of the known differences.
    pub known: Decimal,
    /// Of what.
    pub currency: Currency,
    /// How many lines change by an amount that usage decides.
    pub usage_lines: usize,
    /// How many lines change by an amount that nobody knows.
    pub unknown_lines: usize,
}

impl Delta {
    /// No difference at all.
    pub fn zero(currency: Currency) -> Self {
        Self { known: Decimal::ZERO, currency, usage_lines: 0, unknown_lines: 0 }
    }

    /// Whether the sum holds every line.
    pub fn is_exact(&self) -> bool {
        self.usage_lines == 0 && self.unknown_lines == 0
    }

    /// Whether nothing changes.
    pub fn is_zero(&self) -> bool {
        self.known.is_zero() && self.is_exact()
    }

    /// Adds another difference of the same currency.
    pub fn add(&mut self, other: &Self) {
        self.known += other.known;
        self.usage_lines += other.usage_lines;
        self.unknown_lines += other.unknown_lines;
    }
}

impl CostDiff {
    /// The sums by module path; the root module's is empty. `priced` is the plan that was compared.
    pub fn by_module<'p>(&self, priced: &'p PricedPlan, currency: &Currency) -> BTreeMap<&'p str, ModuleDiff> {
        let mut modules: BTreeMap<&str, Vec<(&PricedChange, &Delta)>> = BTreeMap::new();
        for (change, diff) in priced.changes.iter().zip(&self.changes) {
            modules.entry(change.address.module()).or_default().push((change, &diff.delta));
        }
        let sum = |pairs: Vec<(&PricedChange, &Delta)>| {
            let mut delta = Delta::zero(currency.clone());
            pairs.iter().for_each(|(_, of_one)| delta.add(of_one));
            let changes = || pairs.iter().map(|(change, _)| *change);
            ModuleDiff {
                past: priced.has_before.then(|| side_total(changes(), |change| change.before.as_deref())),
                current: side_total(changes(), |change| change.after.as_deref()),
                delta: priced.has_before.then_some(delta),
            }
        };
        modules.into_iter().map(|(module, pairs)| (module, sum(pairs))).collect()
    }
}

/// Compares the sides of every change of a plan.
pub fn compare(priced: &PricedPlan, currency: &Currency) -> CostDiff {
    let mut same = Same::default();
    let compare = |change| compare_change(change, priced.has_before, currency, &mut same);
    let changes: Vec<ChangeDiff> = priced.changes.iter().map(compare).collect();
    let mut delta = Delta::zero(currency.clone());
    changes.iter().for_each(|change| delta.add(&change.delta));
    CostDiff {
        past: priced.has_before.then(|| side_total(&priced.changes, |change| change.before.as_deref())),
        current: side_total(&priced.changes, |change| change.after.as_deref()),
        delta: priced.has_before.then_some(delta),
        changes,
    }
}

/// What one side of some changes costs.
fn side_total<'c>(
    changes: impl IntoIterator<Item = &'c PricedChange>,
    pick: fn(&PricedChange) -> Option<&Estimate>,
) -> MonthlyTotal {
    MonthlyTotal::of(changes.into_iter().filter_map(pick).flat_map(|estimate| estimate.lines.iter()))
}

fn compare_change(change: &PricedChange, has_before: bool, currency: &Currency, same: &mut Same) -> ChangeDiff {
    let after = change.after.as_deref();
    let before = if has_before { change.before.as_deref() } else { after };
    let (lines, mut delta) = compare_estimates(before, after, currency);
    // A stanza that failed has no lines: what the change costs is not known, and not nothing.
    let is_broken = |estimate: &Estimate| estimate.status == Status::Unpriced && estimate.lines.is_empty();
    if change.action != Action::NoOp && has_before && before.into_iter().chain(after).any(is_broken) {
        delta.unknown_lines += 1;
    }
    let is_same = |line: &LineDiff| matches!(&line.delta, LineDelta::Exact(money) if money.is_zero());
    let fate = match (before, after) {
        (None, Some(_)) => Fate::Added,
        (Some(_), None) if change.action == Action::Forget => Fate::Forgotten,
        (Some(_), None) => Fate::Removed,
        _ if lines.iter().all(is_same) && delta.is_zero() => Fate::Same,
        _ => Fate::Changed,
    };
    let lines = if fate == Fate::Same { same.share(lines) } else { lines.into() };
    ChangeDiff { fate, delta, lines }
}

/// The pairs of resources that stay as they are: of as many lines they are the same.
#[derive(Default)]
struct Same(BTreeMap<usize, Arc<[LineDiff]>>);

impl Same {
    fn share(&mut self, lines: Vec<LineDiff>) -> Arc<[LineDiff]> {
        match self.0.get(&lines.len()) {
            Some(same) if **same == *lines => Arc::clone(same),
            Some(_) => lines.into(),
            None => Arc::clone(self.0.entry(lines.len()).or_insert(lines.into())),
        }
    }
}

#[cfg(test)]
mod tests;
