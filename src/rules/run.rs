//! Judges projects: which rules are active, what they find, and what following them together would save.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::active::Active;
use super::budget::{self, Share};
use super::finding::{Finding, Origin, Patch};
use super::judge::{Alike, Bench, Placed};
use super::overlay::overlay;
use super::said::Memories;
use super::suppress::{is_suppressed, suppress};
use crate::config::{Config, Rule, fits};
use crate::diff::CostDiff;
use crate::estimate::{Estimator, PricedPlan};
use crate::model::{Address, Plan, Problem, Severity};
use crate::price::Currency;

/// A project to judge.
pub struct Project<'p> {
    /// Its position in the report.
    pub index: usize,
    /// Its name.
    pub name: &'p str,
    /// What was read.
    pub plan: &'p Plan,
    /// Its prices, perhaps against a baseline.
    pub priced: &'p PricedPlan,
    /// The position in `priced` of each change of the plan, if they differ: against a baseline.
    pub positions: Option<&'p [Option<usize>]>,
    /// Its sides compared.
    pub diff: &'p CostDiff,
}

impl Project<'_> {
    /// The position in `priced` of a change of the plan.
    pub(super) fn position(&self, at: usize) -> Option<usize> {
        match self.positions {
            None => Some(at),
            Some(positions) => positions.get(at).copied().flatten(),
        }
    }

    /// The change of the plan behind each priced change, by position.
    pub(super) fn plan_positions(&self) -> Vec<Option<usize>> {
        let mut found = vec![None; self.priced.changes.len()];
        for at in 0..self.plan.changes.len() {
            if let Some(position) = self.position(at) {
                found[position] = Some(at);
            }
        }
        found
    }
}

/// What was found in a project.
#[derive(Debug, Default)]
pub struct Judgement {
    /// The findings, in the order of the plan.
    pub findings: Vec<Finding>,
    /// What following the warnings and errors of each resource together would save a month.
    pub savings: Vec<(Address, Decimal)>,
    /// What each budget's part of it costs, in the order of the configuration.
    pub shares: Vec<Share>,
    /// Rules that failed, each once.
    pub problems: Vec<Problem>,
}

/// The rules of a run, ready to judge its projects. What they say of a resource they need say once of all alike.
pub struct Judge<'j> {
    config: &'j Config,
    today: SmolStr,
    /// Worst first.
    active: Vec<Active<'j>>,
    memories: Memories,
}

impl<'j> Judge<'j> {
    /// Takes the user's rules and budgets, and built-in rules. `today` is a day as `YYYY-MM-DD`.
    pub fn new(config: &'j Config, builtins: &'j [Rule], today: &str) -> Self {
        let mut active = active_builtins(config, builtins);
        active.extend(config.rules.iter().map(|rule| Active::new(rule, Origin::User, rule.severity)));
        active.sort_by(|a, b| (b.severity, &a.rule.code).cmp(&(a.severity, &b.rule.code)));
        Self { config, today: today.into(), active, memories: Memories::default() }
    }

    /// Judges one project. All are priced with the same settings.
    pub fn judge(&self, project: &Project<'_>, estimator: &Estimator<'_>) -> Judgement {
        let repricer = estimator.repricer(project.plan);
        let (config, currency) = (self.config, &estimator.currency);
        let bench = Bench::new(project, &repricer, &self.active, config, &self.today, currency, &self.memories);
        let found = bench.judge();
        let counts = |finding: &Finding| !is_suppressed(self.config, finding, &self.today);
        let savings = savings(&bench, &found, &counts);
        let shares = budget::shares(&bench, self.config, &estimator.currency);
        let problems = bench.failures();
        let findings = found.into_iter().map(|placed| *placed.finding).collect();
        Judgement { findings, savings, shares, problems }
    }
}

/// The built-in rules that are not switched off.
fn active_builtins<'j>(config: &Config, builtins: &'j [Rule]) -> Vec<Active<'j>> {
    let mut active: Vec<Active<'_>> = Vec::new();
    for rule in builtins {
        let changes: Vec<_> = config.builtins.iter().filter(|change| fits(&change.code, &rule.code)).collect();
        let is_enabled = changes.iter().filter_map(|change| change.enabled).next_back().unwrap_or(true);
        let severity = changes.iter().filter_map(|change| change.severity).next_back();
        // A rule of the user's with the same code stands in its place.
        let is_replaced = config.rules.iter().any(|own| own.code == rule.code);
        if is_enabled && !is_replaced {
            active.push(Active::new(rule, Origin::Builtin, severity.unwrap_or(rule.severity)));
        }
    }
    active
}

/// What built-in rules alone find in a project.
pub(super) fn by_builtins(
    config: &Config,
    builtins: &[Rule],
    today: &str,
    project: &Project<'_>,
    estimator: &Estimator<'_>,
) -> Vec<Finding> {
    let active = active_builtins(config, builtins);
    let repricer = estimator.repricer(project.plan);
    let memories = Memories::default();
    let bench = Bench::new(project, &repricer, &active, config, today, &estimator.currency, &memories);
    bench.judge().into_iter().map(|placed| *placed.finding).collect()
}

/// The findings of a run's projects and of budgets over all of them, with suppressions applied.
pub fn conclude(config: &Config, judged: &mut [Judgement], currency: &Currency, today: &str) -> Vec<Finding> {
    let shares: Vec<Vec<Share>> = judged.iter_mut().map(|judged| std::mem::take(&mut judged.shares)).collect();
    let mut lists = judged.iter_mut().map(|judged| std::mem::take(&mut judged.findings));
    let mut findings = lists.next().unwrap_or_default();
    findings.extend(lists.flatten());
    findings.extend(budget::findings(config, &shares, currency));
    suppress(config, &mut findings, today);
    findings
}

/// What following all warnings and errors of a resource would save: its changes are priced together, never added.
///
/// Of two changes of one attribute the one that saves more counts.
fn savings(bench: &Bench<'_>, found: &[Placed], counts: &dyn Fn(&Finding) -> bool) -> Vec<(Address, Decimal)> {
    let mut by_resource: BTreeMap<usize, (Option<&Alike>, Vec<&Finding>)> = BTreeMap::new();
    for Placed { at, alike, finding } in found {
        let counts = finding.severity >= Severity::Warning && counts(finding);
        if let (Some(at), true, Some(_)) = (at, counts, &finding.saving) {
            by_resource.entry(*at).or_insert((alike.as_ref(), Vec::new())).1.push(finding);
        }
    }
    let mut savings = Vec::new();
    let mut known: HashMap<(usize, Vec<SmolStr>), Decimal> = HashMap::new();
    for (at, (alike, mut findings)) in by_resource {
        let key =
            alike.map(|alike| (alike.said, findings.iter().map(|finding| finding.code.clone()).collect::<Vec<_>>()));
        if let Some(saving) = key.as_ref().and_then(|key| known.get(key)) {
            let address = findings[0].address.clone().expect("findings of a resource have its address");
            savings.push((address, *saving));
            continue;
        }
        findings.sort_by_key(|finding| finding.saving.as_ref().map(|saving| saving.monthly));
        let address = findings[0].address.clone().expect("findings of a resource have its address");
        if let [only] = findings.as_slice() {
            savings.extend(only.saving.as_ref().map(|saving| (address, saving.monthly)));
            continue;
        }
        let mut together: Option<Patch> = None;
        for finding in findings {
            together = match (together, finding.patch.as_ref()) {
                (Some(Patch::Remove), _) | (_, Some(Patch::Remove)) => Some(Patch::Remove),
                (Some(Patch::Set(base)), Some(Patch::Set(over))) => Some(Patch::Set(overlay(&base, over))),
                (first, second) => first.or(second.cloned()),
            };
        }
        let Some((saving, extent)) = together.map(|patch| bench.saving_of(at, &patch)) else { continue };
        // Together they may make a difference of what none looks at alone.
        if let (Some(key), true) = (key, alike.is_some_and(|alike| alike.looked.extent.covers(&extent))) {
            known.insert(key, saving.monthly);
        }
        savings.push((address, saving.monthly));
    }
    savings.retain(|(_, saving)| !saving.is_zero());
    savings
}
