//! The widely used JSON layout, `version` 0.2, for policies, dashboards and comment templates that read it.
//!
//! Amounts are decimal strings in printed units. An unknown is null, never a silent 0: a missing price has a null cost
//! and `priceNotFound`. A line whose quantity spans several tiers is one component per tier, so that
//! `price × monthlyQuantity = monthlyCost` holds for each, less the discount of the few lines that have one.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use smol_str::SmolStr;

use super::infracost_layout::{
    Breakdown, Component, Entry, Figures, Metadata, Of, Project, ProjectMetadata, Resource, Root, Summary, Totals,
    hourly, text,
};
use super::view::{ProjectInput, Report};
use super::{RenderOptions, json};
use crate::diff::{ChangeDiff, Delta, Fate, LineDelta, LineDiff};
use crate::estimate::{Estimate, Line, Monthly, MonthlyTotal, PricedChange, Quantity, Status, TierShare, UnitPrice};
use crate::model::InputKind;
use crate::model::amount;

/// Renders the report in the layout.
pub(super) fn render(report: &Report, options: &RenderOptions) -> String {
    let mut text = serde_json::to_string_pretty(&root(report, options)).expect("the layout has text keys only");
    text.push('\n');
    text
}

/// Writes the report in the layout, resource by resource.
pub(super) fn write(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    json::write_pretty(&root(report, options), out)
}

fn root<'r>(report: &'r Report, options: &'r RenderOptions) -> Root<'r> {
    let projects: Vec<Project<'_>> = report.projects.iter().map(project).collect();
    let sum = |pick: for<'p> fn(&'p Project<'r>) -> Option<&'p Breakdown<'r>>| {
        let totals = projects.iter().filter_map(pick).filter_map(|breakdown| breakdown.totals.monthly);
        totals.reduce(|a, b| a + b)
    };
    let current = sum(|project| Some(&project.breakdown));
    let past = sum(|project| project.past_breakdown.as_ref());
    let diff = sum(|project| project.diff.as_ref());
    let usage = projects.iter().filter_map(|project| project.breakdown.totals.usage).reduce(|a, b| a + b);
    let of_diff = |project: &Project<'_>| project.diff.as_ref()?.totals.usage;
    let diff_usage = projects.iter().filter_map(of_diff).reduce(|a, b| a + b);
    let past_usage =
        projects.iter().filter_map(|project| project.past_breakdown.as_ref()?.totals.usage).reduce(|a, b| a + b);
    Root {
        version: "0.2",
        metadata: Metadata {
            infracost_command: "breakdown",
            vcs_branch: "",
            vcs_commit_sha: "",
            vcs_commit_author_name: "",
            vcs_commit_author_email: "",
            vcs_commit_timestamp: &options.timestamp,
            vcs_commit_message: "",
            usage_file_path: report.options.usage_file.as_deref(),
        },
        currency: report.currency(),
        total_hourly_cost: text(hourly(current)),
        total_monthly_cost: text(current),
        total_monthly_usage_cost: text(usage),
        past_total_hourly_cost: text(hourly(past)),
        past_total_monthly_cost: text(past),
        past_total_monthly_usage_cost: text(past_usage),
        diff_total_hourly_cost: text(hourly(diff)),
        diff_total_monthly_cost: text(diff),
        diff_total_monthly_usage_cost: text(diff_usage),
        time_generated: &options.timestamp,
        summary: summary(report.projects.iter()),
        projects,
    }
}

fn project(project: &ProjectInput) -> Project<'_> {
    let side = |pick: fn(&PricedChange) -> Option<&Estimate>| breakdown(project.priced.changes.iter().filter_map(pick));
    let has_past = project.priced.has_before;
    Project {
        name: project.name.clone(),
        display_name: project.name.clone(),
        metadata: ProjectMetadata {
            path: project.path.clone(),
            kind: match project.priced.kind {
                InputKind::PlanJson => "terraform_plan_json",
                InputKind::PlanFile => "terraform_plan_binary",
                InputKind::State => "terraform_state_json",
                InputKind::Configuration => "terraform_dir",
            },
        },
        past_breakdown: has_past.then(|| side(|change| change.before.as_deref())),
        breakdown: side(|change| change.after.as_deref()),
        diff: has_past.then(|| differences(project)),
        summary: summary(std::iter::once(project)),
    }
}

fn summary<'p>(projects: impl Iterator<Item = &'p ProjectInput>) -> Summary {
    let mut summary = Summary::default();
    for estimate in projects.flat_map(|project| &project.priced.changes).filter_map(super::view::shown) {
        summary.total_detected_resources += 1;
        match estimate.status {
            Status::Unsupported => {
                summary.total_unsupported_resources += 1;
                *summary.unsupported_resource_counts.entry(estimate.kind.clone()).or_default() += 1;
            }
            Status::Free => {
                summary.total_no_price_resources += 1;
                *summary.no_price_resource_counts.entry(estimate.kind.clone()).or_default() += 1;
            }
            _ => summary.total_supported_resources += 1,
        }
        summary.total_usage_based_resources += usize::from(estimate.lines.iter().any(|line| line.is_usage_based));
    }
    summary
}

fn breakdown<'e>(estimates: impl Iterator<Item = &'e Estimate>) -> Breakdown<'e> {
    let mut resources = Vec::new();
    let mut free_resources = Vec::new();
    for estimate in estimates {
        match estimate.status {
            Status::Unsupported => {}
            Status::Free => free_resources.push(Entry::of(Of::Side(estimate))),
            _ => resources.push(Entry::of(Of::Side(estimate))),
        }
    }
    sort(&mut resources);
    free_resources.sort_by(|a, b| a.name.cmp(b.name));
    Breakdown { totals: totals(&resources), resources, free_resources }
}

impl<'r> Entry<'r> {
    fn of(of: Of<'r>) -> Self {
        let name = match of {
            Of::Side(estimate) => estimate.address.as_str(),
            Of::Change(change, _) => change.address.as_str(),
        };
        let Resource { monthly, usage, .. } = made(of);
        Self { of, name, monthly, usage }
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        made(self.of).serialize(serializer)
    }
}

fn made(of: Of<'_>) -> Resource {
    match of {
        Of::Side(estimate) => resource(estimate),
        Of::Change(change, diff) => difference(change, diff),
    }
}

fn totals(resources: &[Entry<'_>]) -> Totals {
    let sum = |pick: fn(&Entry<'_>) -> Option<Decimal>| resources.iter().filter_map(pick).reduce(|a, b| a + b);
    Totals { monthly: sum(|resource| resource.monthly), usage: sum(|resource| resource.usage) }
}

/// Monthly cost descending, unknown last, then by name.
fn sort(resources: &mut [Entry<'_>]) {
    resources.sort_by(|a, b| {
        let by_cost = b.monthly.is_some().cmp(&a.monthly.is_some()).then_with(|| b.monthly.cmp(&a.monthly));
        by_cost.then_with(|| a.name.cmp(b.name))
    });
}

fn resource(estimate: &Estimate) -> Resource {
    let components: Vec<InPart<'_>> =
        estimate.lines.iter().map(|line| (line.part.as_slice(), components(line))).collect();
    let mut resource = nest(estimate.address.to_string(), &components, 0);
    resource.resource_type = Some(estimate.kind.to_string());
    resource.tags = estimate.tags.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    resource
}

/// The components of a line, and the part it belongs to.
type InPart<'l> = (&'l [SmolStr], Vec<Component>);

/// Components of one level, and a sub-resource for each part below.
fn nest(name: String, components: &[InPart<'_>], depth: usize) -> Resource {
    let mut own = Vec::new();
    let mut parts: IndexMap<&str, Vec<InPart<'_>>> = IndexMap::new();
    for (part, here) in components {
        match part.get(depth) {
            None => own.extend(here.iter().cloned()),
            Some(name) => parts.entry(name).or_default().push((part, here.clone())),
        }
    }
    let subresources: Vec<Resource> =
        parts.into_iter().map(|(name, inside)| nest(name.to_owned(), &inside, depth + 1)).collect();
    let inner = subresources.iter().filter_map(|inner| inner.monthly);
    let monthly = own.iter().filter_map(|component| component.figures.cost).chain(inner).reduce(|a, b| a + b);
    let inner = subresources.iter().filter_map(|inner| inner.usage);
    let of_usage = own.iter().filter(|component| component.usage_based).filter_map(|component| component.figures.cost);
    let usage = of_usage.chain(inner).reduce(|a, b| a + b);
    Resource {
        name,
        resource_type: None,
        tags: BTreeMap::new(),
        metadata: BTreeMap::new(),
        hourly_cost: text(hourly(monthly)),
        monthly_cost: text(monthly),
        monthly_usage_cost: text(usage),
        cost_components: own,
        subresources,
        monthly,
        usage,
    }
}

/// One component, or one per tier that the quantity reaches.
fn components(line: &Line) -> Vec<Component> {
    match line.tiers().len() {
        0 | 1 => vec![component(line, line.name(), figures(line))],
        _ => of_tiers(line).into_values().collect(),
    }
}

/// A component per tier that the quantity reaches, by where the tier begins.
fn of_tiers(line: &Line) -> BTreeMap<Decimal, Component> {
    let share = Decimal::ONE - line.discount;
    let of_tier = |tier: &TierShare| {
        let range = match tier.to {
            Some(to) if tier.from.is_zero() => format!("first {}", amount::quantity(to)),
            Some(to) => format!("next {}", amount::quantity(to - tier.from)),
            None => format!("over {}", amount::quantity(tier.from)),
        };
        let detail = line.detail.as_deref().map(|detail| format!("{detail}, ")).unwrap_or_default();
        let name = format!("{} ({detail}{range} {})", line.component, line.unit);
        let cost = tier.quantity * tier.price * share;
        let figures = Figures { quantity: Some(tier.quantity), price: Some(tier.price), cost: Some(cost) };
        (tier.from, component(line, name, figures))
    };
    line.tiers().iter().map(of_tier).collect()
}

fn figures(line: &Line) -> Figures {
    Figures {
        quantity: match &line.quantity {
            Quantity::Known(quantity) => Some(*quantity),
            _ => None,
        },
        price: match &line.price {
            UnitPrice::Known(tiers) => tiers.first().map(|tier| tier.price),
            UnitPrice::Missing(_) => None,
        },
        cost: match &line.monthly {
            Monthly::Exact(money) => Some(money.amount),
            Monthly::Unknown(_) => None,
        },
    }
}

fn component(line: &Line, name: String, figures: Figures) -> Component {
    Component {
        name,
        unit: line.unit.to_string(),
        hourly_quantity: text(hourly(figures.quantity)),
        monthly_quantity: text(figures.quantity),
        price: text(figures.price),
        hourly_cost: text(hourly(figures.cost)),
        monthly_cost: text(figures.cost),
        usage_based: line.is_usage_based,
        price_not_found: matches!(line.price, UnitPrice::Missing(_)),
        figures,
    }
}

/// The resources that change, each component as current less past.
///
/// Where nothing changes, and nothing about that is unknown, the difference is 0: only the unknown is null.
fn differences(project: &ProjectInput) -> Breakdown<'_> {
    let mut resources: Vec<Entry<'_>> = project
        .pairs()
        .filter(|(_, diff)| diff.fate != Fate::Same && !diff.lines.is_empty())
        .map(|(change, diff)| Entry::of(Of::Change(change, diff)))
        .collect();
    sort(&mut resources);
    let mut totals = totals(&resources);
    if project.diff.delta.as_ref().is_some_and(Delta::is_exact) {
        let sides = [Some(&project.diff.current), project.diff.past.as_ref()];
        let has = |pick: fn(&MonthlyTotal) -> bool| sides.iter().flatten().any(|total| pick(total));
        let zero = |is_there: bool| is_there.then_some(Decimal::ZERO);
        totals.monthly = totals.monthly.or(zero(has(|total| total.known.is_some())));
        totals.usage = totals.usage.or(zero(has(|total| total.usage.is_some())));
    }
    Breakdown { totals, resources, free_resources: Vec::new() }
}

fn difference(change: &PricedChange, diff: &ChangeDiff) -> Resource {
    fn line_of(estimate: Option<&Estimate>, at: Option<usize>) -> Option<&Line> {
        estimate?.lines.get(at?)
    }
    let mut components: Vec<(&[SmolStr], Vec<Component>)> = Vec::new();
    for pair in diff.lines.iter() {
        let before = line_of(change.before.as_deref(), pair.before);
        let after = line_of(change.after.as_deref(), pair.after);
        let changed = changed(before, after, pair);
        if !changed.is_empty() {
            let part = after.or(before).map(|line| line.part.as_slice()).unwrap_or_default();
            components.push((part, changed));
        }
    }
    let mut resource = nest(change.address.to_string(), &components, 0);
    resource.resource_type = super::view::shown(change).map(|estimate| estimate.kind.to_string());
    resource
}

/// What changes of a line: nothing, one component, or one per tier where several are reached.
fn changed(before: Option<&Line>, after: Option<&Line>, pair: &LineDiff) -> Vec<Component> {
    let Some(line) = after.or(before) else { return Vec::new() };
    let tiers = |side: Option<&Line>| side.map_or(0, |line| line.tiers().len());
    let is_known = |side: Option<&Line>| side.is_none_or(|line| !line.tiers().is_empty());
    if tiers(before).max(tiers(after)) > 1 && is_known(before) && is_known(after) {
        return changed_tiers(before, after);
    }
    let name = match (before, after) {
        (Some(before), Some(after)) if before.detail != after.detail => {
            let detail = |line: &Line| line.detail.as_deref().unwrap_or("").to_owned();
            format!("{} ({} → {})", line.component, detail(before), detail(after))
        }
        _ => line.name(),
    };
    let (past, current) = (before.map(figures), after.map(figures));
    // What usage decides on both sides alike is no change, though nobody knows its cost.
    if past == current && matches!(&pair.delta, LineDelta::Exact(_)) {
        return Vec::new();
    }
    let mut delta = less(current, past);
    delta.cost = match &pair.delta {
        LineDelta::Exact(money) => Some(money.amount),
        _ => None,
    };
    if delta.is_zero() { Vec::new() } else { vec![component(line, name, delta)] }
}

fn changed_tiers(before: Option<&Line>, after: Option<&Line>) -> Vec<Component> {
    let (mut past, mut current) = (before.map(of_tiers).unwrap_or_default(), after.map(of_tiers).unwrap_or_default());
    let starts: BTreeSet<Decimal> = past.keys().chain(current.keys()).copied().collect();
    let mut changed = Vec::new();
    for start in starts {
        let (past, current) = (past.remove(&start), current.remove(&start));
        let delta = less(current.as_ref().map(|it| it.figures), past.as_ref().map(|it| it.figures));
        let (Some(line), Some(Component { name, .. })) = (after.or(before), current.or(past)) else { continue };
        if !delta.is_zero() {
            changed.push(component(line, name, delta));
        }
    }
    changed
}

/// The second taken from the first. A side that does not exist is zero; an unknown one leaves the difference unknown.
fn less(current: Option<Figures>, past: Option<Figures>) -> Figures {
    let less = |pick: fn(&Figures) -> Option<Decimal>| -> Option<Decimal> {
        let side = |figures: &Option<Figures>| figures.as_ref().map_or(Some(Decimal::ZERO), pick);
        Some(side(&current)? - side(&past)?)
    };
    Figures {
        quantity: less(|figures| figures.quantity),
        price: less(|figures| figures.price),
        cost: less(|figures| figures.cost),
    }
}
