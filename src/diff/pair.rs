//! Pairs the lines of two estimates, and says by how much each pair differs.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Delta, LineDelta, LineDiff};
use crate::estimate::{Estimate, Line, Monthly, Reason, UnitPrice};
use crate::price::{Currency, Money};

/// Compares two estimates of one resource.
///
/// Lines pair by part and component. Where a component stands several times, equal details pair first, then what is
/// left in its order. One estimate on both sides differs by exactly zero, whatever is not known in it.
pub fn compare_estimates(
    before: Option<&Estimate>,
    after: Option<&Estimate>,
    currency: &Currency,
) -> (Vec<LineDiff>, Delta) {
    let is_shared =
        matches!((before, after), (Some(before), Some(after)) if std::sync::Arc::ptr_eq(&before.lines, &after.lines));
    let before = before.map_or(&[][..], |estimate| &*estimate.lines);
    let after = after.map_or(&[][..], |estimate| &*estimate.lines);
    let earlier = if is_shared { (0..after.len()).map(Some).collect() } else { earlier_lines(before, after) };
    let mut ended = vec![true; before.len()];
    let mut lines = Vec::with_capacity(after.len());
    for (at, line) in after.iter().enumerate() {
        if let Some(earlier) = earlier[at] {
            ended[earlier] = false;
        }
        let delta = match earlier[at] {
            Some(_) if is_shared => LineDelta::Exact(Money::zero(currency.clone())),
            earlier => line_delta(earlier.map(|earlier| &before[earlier]), Some(line), currency),
        };
        lines.push(LineDiff { before: earlier[at], after: Some(at), delta });
    }
    for (at, line) in before.iter().enumerate().filter(|(at, _)| ended[*at]) {
        lines.push(LineDiff { before: Some(at), after: None, delta: line_delta(Some(line), None, currency) });
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

/// For each line after, the position of the line before that it continues.
fn earlier_lines(before: &[Line], after: &[Line]) -> Vec<Option<usize>> {
    type Key<'l> = (&'l [SmolStr], &'l str);
    fn key(line: &Line) -> Key<'_> {
        (&line.part, &line.component)
    }
    let mut waiting: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (at, line) in before.iter().enumerate() {
        waiting.entry(key(line)).or_default().push(at);
    }
    let mut earlier = vec![None; after.len()];
    let mut take = |at: usize, is_wanted: &dyn Fn(&Line) -> bool| {
        let candidates = waiting.get_mut(&key(&after[at]))?;
        let found = candidates.iter().position(|&candidate| is_wanted(&before[candidate]))?;
        Some(candidates.remove(found))
    };
    for (at, line) in after.iter().enumerate() {
        earlier[at] = take(at, &|candidate| candidate.detail == line.detail);
    }
    for (at, earlier) in earlier.iter_mut().enumerate().filter(|(_, earlier)| earlier.is_none()) {
        *earlier = take(at, &|_| true);
    }
    earlier
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
///
/// Quantities that the same attribute decides after apply are equal, too: in a plan only the side after has such ones,
/// so this holds between two plans that lead to the same.
fn is_same(before: &Line, after: &Line) -> bool {
    match (&before.monthly, &after.monthly) {
        (Monthly::Exact(before), Monthly::Exact(after)) => before == after,
        (Monthly::Unknown(_), Monthly::Unknown(_)) => {
            before.quantity == after.quantity
                && before.discount == after.discount
                && match (&before.price, &after.price) {
                    (UnitPrice::Known(before), UnitPrice::Known(after)) => before == after,
                    (UnitPrice::Missing(a), UnitPrice::Missing(b)) => a == b && before.detail == after.detail,
                    _ => false,
                }
        }
        _ => false,
    }
}
