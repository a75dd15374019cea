//! Budgets: what part of a plan may cost, and by how much a change may raise it.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::finding::{Finding, FoundBy, Origin, Place};
use super::judge::Bench;
use crate::config::{Budget, Config, fits};
use crate::diff::{Delta, Fate};
use crate::estimate::{Estimate, MonthlyTotal};
use crate::lang::Lowered;
use crate::model::{Severity, amount};
use crate::price::Currency;

/// What a budget's part of a project costs.
#[derive(Clone, Debug)]
pub struct Share {
    /// How many resources it covers.
    resources: usize,
    current: Decimal,
    /// Whether the project has a side before.
    has_before: bool,
    past: Decimal,
    delta: Delta,
    /// Lines after the change whose cost is not known.
    unknown: usize,
}

impl Share {
    fn empty(currency: &Currency) -> Self {
        Self {
            resources: 0,
            current: Decimal::ZERO,
            has_before: true,
            past: Decimal::ZERO,
            delta: Delta::zero(currency.clone()),
            unknown: 0,
        }
    }
}

/// What each budget's part of a project costs, in the order of the configuration.
pub(super) fn shares(bench: &Bench<'_>, config: &Config, currency: &Currency) -> Vec<Share> {
    config.budgets.iter().map(|budget| share(bench, budget, currency)).collect()
}

fn share(bench: &Bench<'_>, budget: &Budget, currency: &Currency) -> Share {
    let project = bench.project;
    let mut share = Share::empty(currency);
    share.has_before = project.priced.has_before;
    if !budget.projects.is_empty() && !budget.projects.iter().any(|pattern| fits(pattern, project.name)) {
        return share;
    }
    let pairs = project.priced.changes.iter().zip(&project.diff.changes);
    for ((priced, diff), at) in pairs.zip(project.plan_positions()) {
        let Some(shown) = priced.after.as_deref().or(priced.before.as_deref()) else { continue };
        // What is forgotten goes on costing, for somebody else: it makes no room for an increase.
        if diff.fate == Fate::Forgotten || !is_covered(bench, budget, at, shown) {
            continue;
        }
        share.resources += 1;
        let sum = |estimate: Option<&Estimate>| estimate.map_or_else(|| MonthlyTotal::of([]), Estimate::monthly);
        let known = |total: &MonthlyTotal| total.known.as_ref().map_or(Decimal::ZERO, |money| money.amount);
        let after = sum(priced.after.as_deref());
        share.current += known(&after);
        share.past += known(&sum(priced.before.as_deref()));
        share.unknown += after.usage_lines + after.unknown_lines;
        share.delta.add(&diff.delta);
    }
    share
}

/// Whether a budget covers a resource. Of one that only a baseline has, no attributes are known: it has no tags, and
/// meets no condition.
fn is_covered(bench: &Bench<'_>, budget: &Budget, at: Option<usize>, shown: &Estimate) -> bool {
    let is_in = |condition: Option<&Lowered>| condition.is_none_or(|when| at.is_some_and(|at| bench.holds(at, when)));
    (budget.scope.is_empty() || budget.scope.iter().any(|pattern| pattern.matches(&shown.address)))
        && (budget.providers.is_empty() || budget.providers.iter().any(|provider| fits(provider, &shown.provider)))
        && (budget.tags.is_empty() || {
            let tags = at.map(|at| bench.repricer.tags(at)).unwrap_or_default();
            let has =
                |wanted: &str, pattern: &str| tags.iter().any(|(name, value)| name == wanted && fits(pattern, value));
            budget.tags.iter().all(|(name, pattern)| has(name, pattern))
        })
        && is_in(budget.when.as_ref())
}

/// The findings of all budgets over all projects: each project gives its shares.
pub(super) fn findings(config: &Config, projects: &[Vec<Share>], currency: &Currency) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, budget) in config.budgets.iter().enumerate() {
        let mut sum = Share::empty(currency);
        for share in projects.iter().filter_map(|shares| shares.get(at)).filter(|share| share.resources > 0) {
            sum.resources += share.resources;
            sum.current += share.current;
            sum.past += share.past;
            sum.unknown += share.unknown;
            sum.has_before &= share.has_before;
            sum.delta.add(&share.delta);
        }
        findings.extend(judge(budget, &sum, currency).into_iter().map(|(code, severity, message)| Finding {
            by: Arc::new(FoundBy {
                code: code.into(),
                severity,
                origin: Origin::Budget,
                title: budget.name.clone(),
                docs: None,
            }),
            project: None,
            address: None,
            message: match &budget.message {
                Some(own) => format!("{message}; {own}").into(),
                None => message.into(),
            },
            place: config.source.clone().map(|source| Box::new(Place { source, span: budget.span })),
            saving: None,
            patch: None,
            suppressed: None,
            is_known: false,
        }));
    }
    findings
}

/// What a budget has to say: code, severity, message.
fn judge(budget: &Budget, share: &Share, currency: &Currency) -> Vec<(&'static str, Severity, String)> {
    let name = &budget.name;
    let money = |number: Decimal| amount::money(number, currency);
    if share.resources == 0 {
        let message = format!("the budget {name} covers no resource of this run");
        return vec![("budget-without-resources", Severity::Note, message)];
    }
    let mut said = Vec::new();
    let unknown = match share.unknown {
        0 => String::new(),
        1 => ", without 1 line whose cost is not known".into(),
        lines => format!(", without {lines} lines whose cost is not known"),
    };
    let rise = share.delta.known;
    if let Some(ceiling) = budget.monthly.filter(|ceiling| share.current > *ceiling) {
        let over = format!(
            "{name} costs {} a month{unknown}: {} over its {}",
            money(share.current),
            money(share.current - ceiling),
            money(ceiling)
        );
        // A change that does not raise the cost did not break the budget, and may be the way back into it.
        let is_innocent = share.has_before && share.delta.is_exact() && rise <= Decimal::ZERO;
        let severity = if is_innocent { budget.severity.min(Severity::Warning) } else { budget.severity };
        let message = if is_innocent { format!("{over}, as before this change") } else { over };
        said.push(("budget-exceeded", severity, message));
    }
    if let Some(most) = budget.max_increase.filter(|most| share.has_before && rise > *most) {
        let message = format!("{name} rises by {} a month{unknown}: at most {} is allowed", money(rise), money(most));
        said.push(("budget-increase", budget.severity, message));
    }
    if let Some(most) = budget.max_percent.filter(|_| share.has_before && !share.past.is_zero())
        && let Some(percent) = rise.checked_mul(Decimal::ONE_HUNDRED).and_then(|rise| rise.checked_div(share.past))
        && percent > most
    {
        let message = format!(
            "{name} rises by {}%, from {} to {} a month{unknown}: at most {}% is allowed",
            amount::quantity(percent.round_dp(1)),
            money(share.past),
            money(share.current),
            amount::quantity(most)
        );
        said.push(("budget-increase-percent", budget.severity, message));
    }
    if budget.fail_if_unknown && share.unknown > 0 {
        let lines = if share.unknown == 1 { "1 line".into() } else { format!("{} lines", share.unknown) };
        let message = format!("{name} has {lines} whose cost is not known, and allows none");
        said.push(("budget-unknown", budget.severity, message));
    }
    said
}
