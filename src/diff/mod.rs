//! Pairs before with after, line by line: what a change costs more or less.
//!
//! An unknown side makes an unknown delta, never a saving. A replaced resource is one pair; a no-op has the same lines
//! on both sides and a delta of exactly zero.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::estimate::{Estimate, Line, Monthly, MonthlyTotal, PricedChange, PricedPlan, Quantity, Reason, UnitPrice};
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
    pub lines: Vec<LineDiff>,
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

/// Compares the sides of every change of a plan.
pub fn compare(priced: &PricedPlan, currency: &Currency) -> CostDiff {
    let changes: Vec<ChangeDiff> = priced.changes.iter().map(|change| compare_change(change, currency)).collect();
    let sides = |pick: fn(&PricedChange) -> Option<&Estimate>| {
        MonthlyTotal::of(priced.changes.iter().filter_map(pick).flat_map(|estimate| estimate.lines.iter()))
    };
    let mut delta = Delta::zero(currency.clone());
    changes.iter().for_each(|change| delta.add(&change.delta));
    CostDiff {
        past: priced.has_before.then(|| sides(|change| change.before.as_deref())),
        current: sides(|change| change.after.as_deref()),
        delta: priced.has_before.then_some(delta),
        changes,
    }
}

fn compare_change(change: &PricedChange, currency: &Currency) -> ChangeDiff {
    let before = change.before.as_deref();
    let after = change.after.as_deref();
    let (lines, delta) = compare_estimates(before, after, currency);
    let fate = match (before, after) {
        (None, Some(_)) => Fate::Added,
        (Some(_), None) if change.action == Action::Forget => Fate::Forgotten,
        (Some(_), None) => Fate::Removed,
        _ if lines.iter().all(|line| line.delta == LineDelta::Exact(Money::zero(currency.clone()))) => Fate::Same,
        _ => Fate::Changed,
    };
    ChangeDiff { fate, delta, lines }
}

/// Compares two estimates of one resource.
pub fn compare_estimates(
    before: Option<&Estimate>,
    after: Option<&Estimate>,
    currency: &Currency,
) -> (Vec<LineDiff>, Delta) {
    let before = before.map_or(&[][..], |estimate| &*estimate.lines);
    let after = after.map_or(&[][..], |estimate| &*estimate.lines);
    let mut waiting: BTreeMap<(&[SmolStr], &str), Vec<usize>> = BTreeMap::new();
    for (at, line) in before.iter().enumerate().rev() {
        waiting.entry((&line.part, &line.component)).or_default().push(at);
    }
    let mut lines = Vec::with_capacity(after.len());
    for (at, line) in after.iter().enumerate() {
        let earlier = waiting.get_mut(&(line.part.as_slice(), line.component.as_str())).and_then(Vec::pop);
        let delta = line_delta(earlier.map(|earlier| &before[earlier]), Some(line), currency);
        lines.push(LineDiff { before: earlier, after: Some(at), delta });
    }
    let mut ended: Vec<usize> = waiting.into_values().flatten().collect();
    ended.sort_unstable();
    for at in ended {
        lines.push(LineDiff { before: Some(at), after: None, delta: line_delta(Some(&before[at]), None, currency) });
    }
    let mut delta = Delta::zero(currency.clone());
    for line in &lines {
        match &line.delta {
            LineDelta::Exact(money) => delta.known += money.amount,
            LineDelta::Usage => delta.usage_lines += 1,
            LineDelta::Unknown => delta.unknown_lines += 1,
        }
    }
    (lines, delta)
}

fn line_delta(before: Option<&Line>, after: Option<&Line>, currency: &Currency) -> LineDelta {
    if let (Some(before), Some(after)) = (before, after)
        && is_same(before, after)
    {
        return LineDelta::Exact(Money::zero(currency.clone()));
    }
    let amount = |line: Option<&Line>| match line.map(|line| &line.monthly) {
        None => Ok(Decimal::ZERO),
        Some(Monthly::Exact(money)) => Ok(money.amount),
        Some(Monthly::Unknown(Reason::Usage(_))) => Err(LineDelta::Usage),
        Some(Monthly::Unknown(_)) => Err(LineDelta::Unknown),
    };
    match (amount(before), amount(after)) {
        (Ok(before), Ok(after)) => LineDelta::Exact(Money::new(after - before, currency.clone())),
        (Err(LineDelta::Unknown), _) | (_, Err(LineDelta::Unknown)) => LineDelta::Unknown,
        _ => LineDelta::Usage,
    }
}

/// Whether two lines cost the same whatever the usage: equal amounts, or equal prices of equal quantities.
fn is_same(before: &Line, after: &Line) -> bool {
    match (&before.monthly, &after.monthly) {
        (Monthly::Exact(before), Monthly::Exact(after)) => before == after,
        (Monthly::Unknown(_), Monthly::Unknown(_)) => {
            before.quantity == after.quantity
                && before.discount == after.discount
                && !matches!(before.quantity, Quantity::Unknown(_))
                && match (&before.price, &after.price) {
                    (UnitPrice::Known(before), UnitPrice::Known(after)) => before == after,
                    (UnitPrice::Missing(a), UnitPrice::Missing(b)) => a == b && before.detail == after.detail,
                    _ => false,
                }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
