//! Puts a baseline in the place of what a plan says is there now: another plan, a state, an earlier report.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::pair::compare_estimates;
use crate::estimate::{Estimate, PricedChange, PricedPlan};
use crate::model::{Action, Address};
use crate::price::Currency;

/// An object that the baseline has.
#[derive(Clone, Debug)]
pub struct Existing {
    /// The key of a deposed one; `None` for the current object of an address.
    pub deposed: Option<SmolStr>,
    /// What it costs.
    pub estimate: Arc<Estimate>,
}

/// What a plan leads to, against a baseline: each change's side before is the baseline's resource of that address, or of
/// the address that it was moved from. Resources of the baseline alone end.
///
/// Gives for each change of the plan its position in the result, too: changes without a side after are left out.
pub fn against(
    current: PricedPlan,
    baseline: impl IntoIterator<Item = Existing>,
    currency: &Currency,
) -> (PricedPlan, Vec<Option<usize>>) {
    let mut waiting: BTreeMap<(SmolStr, Option<SmolStr>), Arc<Estimate>> = BTreeMap::new();
    for Existing { deposed, estimate } in baseline {
        waiting.insert((estimate.address.as_str().into(), deposed), estimate);
    }
    let key = |address: &Address, deposed: &Option<SmolStr>| (SmolStr::from(address.as_str()), deposed.clone());
    // Addresses that stayed come first, so that a move cannot take the place of one.
    let stayed: Vec<Option<Arc<Estimate>>> = current
        .changes
        .iter()
        .map(|change| change.after.as_ref().and_then(|_| waiting.remove(&key(&change.address, &change.deposed))))
        .collect();
    let mut changes: Vec<(Option<usize>, PricedChange)> = Vec::new();
    for ((at, change), stayed) in current.changes.into_iter().enumerate().zip(stayed) {
        if change.after.is_none() {
            continue;
        }
        let moved = |address: &Address| waiting.remove(&key(address, &None));
        let before = stayed.or_else(|| change.previous_address.as_ref().and_then(moved));
        let action = action(before.as_deref(), change.after.as_deref(), currency);
        changes.push((Some(at), PricedChange { before, action, ..change }));
    }
    for ((_, deposed), before) in waiting {
        let ended = PricedChange {
            address: before.address.clone(),
            previous_address: None,
            action: Action::Delete,
            deposed,
            is_import: false,
            declared: None,
            before: Some(before),
            after: None,
        };
        changes.push((None, ended));
    }
    changes.sort_by(|(_, left), (_, right)| left.address.cmp(&right.address));
    let last = changes.iter().filter_map(|(at, _)| *at).max().map_or(0, |last| last + 1);
    let mut positions = vec![None; last];
    for (position, (at, _)) in changes.iter().enumerate() {
        if let Some(at) = at {
            positions[*at] = Some(position);
        }
    }
    let changes = changes.into_iter().map(|(_, change)| change).collect();
    (PricedPlan { changes, has_before: true, ..current }, positions)
}

/// Gives resources that the baseline lacks the address that they had there, if it was one of their earlier ones.
pub fn find_moved(current: &mut PricedPlan, baseline: &[Existing], earlier: &dyn Fn(&Address) -> Vec<Address>) {
    let there = baseline.iter().filter(|existing| existing.deposed.is_none());
    let mut left: HashSet<Address> = there.map(|existing| existing.estimate.address.clone()).collect();
    for change in current.changes.iter().filter(|change| change.deposed.is_none()) {
        left.remove(&change.address);
    }
    let known: HashSet<Address> = baseline.iter().map(|existing| existing.estimate.address.clone()).collect();
    let is_new = |change: &&mut PricedChange| change.after.is_some() && !known.contains(&change.address);
    for change in current.changes.iter_mut().filter(is_new).filter(|change| change.previous_address.is_none()) {
        change.previous_address = earlier(&change.address).into_iter().find(|address| left.remove(address));
    }
}

/// What became of a resource, as far as its price tells.
fn action(before: Option<&Estimate>, after: Option<&Estimate>, currency: &Currency) -> Action {
    if before.is_none() {
        return Action::Create;
    }
    let (_, delta) = compare_estimates(before, after, currency);
    if delta.is_zero() { Action::NoOp } else { Action::Update }
}
