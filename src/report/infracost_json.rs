//! The widely used JSON layout, `version` 0.2, for policies, dashboards and comment templates that read it.
//!
//! Amounts are decimal strings in printed units. An unknown is null, never a silent 0: a missing price has a null cost
//! and `priceNotFound`. A line whose quantity spans several tiers is one component per tier, so that
//! `price × monthlyQuantity = monthlyCost` holds for each, less the discount of the few lines that have one.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;
use smol_str::SmolStr;

use super::view::{ProjectInput, Report};
use super::{RenderOptions, amount};
use crate::diff::{ChangeDiff, Delta, Fate, LineDiff};
use crate::estimate::{Estimate, Line, Monthly, MonthlyTotal, PricedChange, Quantity, Status, UnitPrice};
use crate::model::InputKind;

/// Renders the report in the layout.
pub(super) fn render(report: &Report, options: &RenderOptions) -> String {
    let projects: Vec<Project> = report.projects.iter().map(project).collect();
    let sum = |pick: fn(&Project) -> Option<&Breakdown>| {
        let totals = projects.iter().filter_map(pick).filter_map(|breakdown| breakdown.totals.monthly);
        totals.reduce(|a, b| a + b)
    };
    let current = sum(|project| Some(&project.breakdown));
    let past = sum(|project| project.past_breakdown.as_ref());
    let diff = sum(|project| project.diff.as_ref());
    let usage = projects.iter().filter_map(|project| project.breakdown.totals.usage).reduce(|a, b| a + b);
    let of_diff = |project: &Project| project.diff.as_ref()?.totals.usage;
    let diff_usage = projects.iter().filter_map(of_diff).reduce(|a, b| a + b);
    let past_usage =
        projects.iter().filter_map(|project| project.past_breakdown.as_ref()?.totals.usage).reduce(|a, b| a + b);
    let root = Root {
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
    };
    let mut text = serde_json::to_string_pretty(&root).expect("the layout has text keys only");
    text.push('\n');
    text
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Root<'r> {
    version: &'static str,
    metadata: Metadata<'r>,
    currency: &'r str,
    projects: Vec<Project>,
    total_hourly_cost: Option<String>,
    total_monthly_cost: Option<String>,
    total_monthly_usage_cost: Option<String>,
    past_total_hourly_cost: Option<String>,
    past_total_monthly_cost: Option<String>,
    past_total_monthly_usage_cost: Option<String>,
    diff_total_hourly_cost: Option<String>,
    diff_total_monthly_cost: Option<String>,
    diff_total_monthly_usage_cost: Option<String>,
    time_generated: &'r str,
    summary: Summary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata<'r> {
    infracost_command: &'static str,
    vcs_branch: &'static str,
    vcs_commit_sha: &'static str,
    vcs_commit_author_name: &'static str,
    vcs_commit_author_email: &'static str,
    vcs_commit_timestamp: &'r str,
    vcs_commit_message: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_file_path: Option<&'r str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Project {
    name: String,
    display_name: String,
    metadata: ProjectMetadata,
    past_breakdown: Option<Breakdown>,
    breakdown: Breakdown,
    diff: Option<Breakdown>,
    summary: Summary,
}

#[derive(Serialize)]
struct ProjectMetadata {
    path: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Breakdown {
    resources: Vec<Resource>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    free_resources: Vec<Resource>,
    #[serde(flatten)]
    totals: Totals,
}

#[derive(Clone, Default)]
struct Totals {
    monthly: Option<Decimal>,
    usage: Option<Decimal>,
}

impl Serialize for Totals {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("totalHourlyCost", &text(hourly(self.monthly)))?;
        map.serialize_entry("totalMonthlyCost", &text(self.monthly))?;
        map.serialize_entry("totalMonthlyUsageCost", &text(self.usage))?;
        map.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_type: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, String>,
    metadata: BTreeMap<String, String>,
    hourly_cost: Option<String>,
    monthly_cost: Option<String>,
    monthly_usage_cost: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cost_components: Vec<Component>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subresources: Vec<Resource>,
    #[serde(skip)]
    monthly: Option<Decimal>,
    #[serde(skip)]
    usage: Option<Decimal>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Component {
    name: String,
    unit: String,
    hourly_quantity: Option<String>,
    monthly_quantity: Option<String>,
    price: Option<String>,
    hourly_cost: Option<String>,
    monthly_cost: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    usage_based: bool,
    price_not_found: bool,
    #[serde(skip)]
    figures: Figures,
}

#[derive(Clone, Copy, Default, PartialEq)]
struct Figures {
    quantity: Option<Decimal>,
    price: Option<Decimal>,
    cost: Option<Decimal>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    total_detected_resources: usize,
    total_supported_resources: usize,
    total_unsupported_resources: usize,
    total_usage_based_resources: usize,
    total_no_price_resources: usize,
    unsupported_resource_counts: BTreeMap<SmolStr, usize>,
    no_price_resource_counts: BTreeMap<SmolStr, usize>,
}

fn project(project: &ProjectInput) -> Project {
    let side = |pick: fn(&PricedChange) -> Option<&Estimate>| breakdown(project.priced.changes.iter().filter_map(pick));
    let has_past = project.priced.has_before;
    Project {
        name: project.name.clone(),
        display_name: project.name.clone(),
        metadata: ProjectMetadata {
            path: project.path.clone(),
            kind: match project.priced.kind {
                InputKind::PlanJson => "terraform_plan_json",
                InputKind::State => "terraform_state_json",
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

fn breakdown<'e>(estimates: impl Iterator<Item = &'e Estimate>) -> Breakdown {
    let mut resources = Vec::new();
    let mut free_resources = Vec::new();
    for estimate in estimates {
        match estimate.status {
            Status::Unsupported => {}
            Status::Free => free_resources.push(resource(estimate)),
            _ => resources.push(resource(estimate)),
        }
    }
    sort(&mut resources);
    free_resources.sort_by(|a, b| a.name.cmp(&b.name));
    Breakdown { totals: totals(&resources), resources, free_resources }
}

fn totals(resources: &[Resource]) -> Totals {
    let sum = |pick: fn(&Resource) -> Option<Decimal>| resources.iter().filter_map(pick).reduce(|a, b| a + b);
    Totals { monthly: sum(|resource| resource.monthly), usage: sum(|resource| resource.usage) }
}

/// Monthly cost descending, unknown last, then by name.
fn sort(resources: &mut [Resource]) {
    resources.sort_by(|a, b| {
        let by_cost = b.monthly.is_some().cmp(&a.monthly.is_some()).then_with(|| b.monthly.cmp(&a.monthly));
        by_cost.then_with(|| a.name.cmp(&b.name))
    });
}

fn resource(estimate: &Estimate) -> Resource {
    let components: Vec<(&[SmolStr], Vec<Component>)> =
        estimate.lines.iter().map(|line| (line.part.as_slice(), components(line))).collect();
    let mut resource = nest(estimate.address.to_string(), &components, 0);
    resource.resource_type = Some(estimate.kind.to_string());
    resource.tags = estimate.tags.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    resource
}

/// Components of one level, and a sub-resource for each part below.
fn nest(name: String, components: &[(&[SmolStr], Vec<Component>)], depth: usize) -> Resource {
    let mut own = Vec::new();
    let mut subresources = Vec::new();
    let mut at = 0;
    while at < components.len() {
        let (part, here) = &components[at];
        match part.get(depth) {
            None => {
                own.extend(here.iter().cloned());
                at += 1;
            }
            Some(name) => {
                let run = components[at..].iter().take_while(|(part, _)| part.get(depth) == Some(name)).count();
                subresources.push(nest(name.to_string(), &components[at..at + run], depth + 1));
                at += run;
            }
        }
    }
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
    let tiers = &line.why.tiers;
    if tiers.len() < 2 {
        return vec![component(line, line.name(), figures(line))];
    }
    let share = Decimal::ONE - line.discount;
    let of_tier = |tier: &crate::estimate::TierShare| {
        let range = match tier.to {
            Some(to) if tier.from.is_zero() => format!("first {}", amount::quantity(to)),
            Some(to) => format!("next {}", amount::quantity(to - tier.from)),
            None => format!("over {}", amount::quantity(tier.from)),
        };
        let detail = line.detail.as_deref().map(|detail| format!("{detail}, ")).unwrap_or_default();
        let name = format!("{} ({detail}{range} {})", line.component, line.unit);
        let cost = tier.quantity * tier.price * share;
        component(line, name, Figures { quantity: Some(tier.quantity), price: Some(tier.price), cost: Some(cost) })
    };
    tiers.iter().map(of_tier).collect()
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
fn differences(project: &ProjectInput) -> Breakdown {
    let mut resources: Vec<Resource> = project
        .pairs()
        .filter(|(_, diff)| diff.fate != Fate::Same && !diff.lines.is_empty())
        .map(|(change, diff)| difference(change, diff))
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
    let line_of =
        |estimate: Option<&Estimate>, at: Option<usize>| estimate.and_then(|e| at.map(|at| e.lines[at].clone()));
    let mut components: Vec<(Vec<SmolStr>, Vec<Component>)> = Vec::new();
    for pair in &diff.lines {
        let before = line_of(change.before.as_deref(), pair.before);
        let after = line_of(change.after.as_deref(), pair.after);
        if let Some(component) = changed(before.as_ref(), after.as_ref(), pair) {
            let part = after.or(before).map(|line| line.part).unwrap_or_default();
            components.push((part, vec![component]));
        }
    }
    let borrowed: Vec<(&[SmolStr], Vec<Component>)> =
        components.iter().map(|(part, components)| (part.as_slice(), components.clone())).collect();
    let mut resource = nest(change.address.to_string(), &borrowed, 0);
    resource.resource_type = super::view::shown(change).map(|estimate| estimate.kind.to_string());
    resource
}

fn changed(before: Option<&Line>, after: Option<&Line>, pair: &LineDiff) -> Option<Component> {
    let line = after.or(before)?;
    let name = match (before, after) {
        (Some(before), Some(after)) if before.detail != after.detail => {
            let detail = |line: &Line| line.detail.as_deref().unwrap_or("").to_owned();
            format!("{} ({} → {})", line.component, detail(before), detail(after))
        }
        _ => line.name(),
    };
    let (past, current) = (before.map(figures), after.map(figures));
    // What usage decides on both sides alike is no change, though nobody knows its cost.
    if past == current && matches!(&pair.delta, crate::diff::LineDelta::Exact(_)) {
        return None;
    }
    // A side that does not exist is zero; one that is not known leaves the difference not known.
    let less = |pick: fn(&Figures) -> Option<Decimal>| -> Option<Decimal> {
        let side = |figures: &Option<Figures>| figures.as_ref().map_or(Some(Decimal::ZERO), pick);
        Some(side(&current)? - side(&past)?)
    };
    let delta = Figures {
        quantity: less(|figures| figures.quantity),
        price: less(|figures| figures.price),
        cost: match &pair.delta {
            crate::diff::LineDelta::Exact(money) => Some(money.amount),
            _ => None,
        },
    };
    let is_same = [delta.quantity, delta.price, delta.cost].iter().all(|figure| figure.is_some_and(|f| f.is_zero()));
    (!is_same).then(|| component(line, name, delta))
}

fn hourly(monthly: Option<Decimal>) -> Option<Decimal> {
    Some((monthly? / Decimal::from(730)).round_dp(16))
}

fn text(number: Option<Decimal>) -> Option<String> {
    number.map(|number| number.normalize().to_string())
}
