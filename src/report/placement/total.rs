//! The placements of several projects as one: what they cost and are worth together.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Serialize;
use smol_str::SmolStr;

use super::super::view::Report;
use super::compose::{fine, judged, percent, verdict};
use super::unplaced;
use super::view::{CapacityView, CloudView, PlacementView, SummaryRow};

/// What several projects cost and are worth together, each placed by itself. Amounts are a month's.
///
/// All projects of a report share its currency, and every month has 730 hours: the sums add up.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TotalView {
    /// How many projects were placed.
    pub projects: usize,
    /// How many were not: they are in no sum.
    pub unplaced: usize,
    /// How many workloads they have.
    pub workloads: usize,
    /// How many suggestions there are.
    pub suggestions: usize,
    /// What following all of them saves.
    pub saving: Decimal,
    /// The share of the cost now that it is, in percent.
    pub saving_percent: Option<Decimal>,
    /// What moving costs once.
    pub migration: Decimal,
    /// A row per placement. A project of which nothing can be at a provider counts as it is.
    pub summary: Vec<SummaryRow>,
    /// What each cloud has of them as they are, and of the hybrids.
    pub clouds: Vec<CloudView>,
    /// Machines outside production that could run on a schedule.
    pub schedules: usize,
    /// What these schedules would save: in no other figure.
    pub schedule_saving: Decimal,
    /// Own sites for which the hybrids of the projects together take more than there is.
    pub overbooked: Vec<OverbookedView>,
}

/// An own site that several projects use as if each had it to itself.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OverbookedView {
    /// Its name.
    pub site: SmolStr,
    /// vCPUs that the hybrids take together.
    pub vcpu: Decimal,
    /// GiB of memory that they take.
    pub memory_gb: Decimal,
    /// What there is.
    pub capacity: CapacityView,
}

impl TotalView {
    /// The sum of a report's placements; nothing where there are not several.
    pub(in crate::report) fn of_report(report: &Report) -> Option<Self> {
        let views: Vec<&PlacementView> = report.placements.iter().flatten().collect();
        Self::of(&views, unplaced(report))
    }

    /// The sum of some projects' placements; nothing where there are not several.
    pub fn of(views: &[&PlacementView], unplaced: usize) -> Option<Self> {
        if views.len() < 2 {
            return None;
        }
        let suggestions = views.iter().map(|view| view.suggestions.len()).sum();
        let summary = summary(views, suggestions > 0);
        let now = summary.first().map(|row| row.monthly).unwrap_or_default();
        let saving: Decimal = views.iter().map(|view| view.saving).sum();
        let clouds = clouds(views, &summary);
        let schedules = || views.iter().flat_map(|view| &view.schedules);
        Some(Self {
            projects: views.len(),
            unplaced,
            workloads: views.iter().map(|view| view.workloads).sum(),
            suggestions,
            saving: saving.normalize(),
            saving_percent: percent(saving, now),
            migration: views.iter().map(|view| view.migration).sum::<Decimal>().normalize(),
            summary,
            overbooked: overbooked(&clouds),
            clouds,
            schedules: schedules().count(),
            schedule_saving: schedules().map(|schedule| schedule.saving).sum::<Decimal>().normalize(),
        })
    }
}

fn summary(views: &[&PlacementView], has_suggestions: bool) -> Vec<SummaryRow> {
    let providers = views.iter().flat_map(|view| view.summary.iter().filter_map(|row| row.provider.clone()));
    let providers: BTreeSet<SmolStr> = providers.collect();
    let has_resized = views.iter().any(|view| row(view, "resized", None).is_some());
    let mut rows = vec![sum(views, "now", None)];
    rows.extend(has_resized.then(|| sum(views, "resized", None)));
    rows.extend(providers.iter().map(|provider| sum(views, "single", Some(provider))));
    rows.push(sum(views, "hybrid", None));
    let best = rows.last().map(|row| row.monthly).unwrap_or_default();
    for row in &mut rows {
        row.recommendation = verdict(&row.kind, row.monthly, best, has_suggestions).into();
    }
    rows
}

fn row<'v>(view: &'v PlacementView, kind: &str, provider: Option<&SmolStr>) -> Option<&'v SummaryRow> {
    view.summary.iter().find(|row| row.kind == kind && row.provider.as_ref() == provider)
}

/// The rows of one placement as one. What a project has no row for it stays as it is, with smaller machines if it has.
fn sum(views: &[&PlacementView], kind: &str, provider: Option<&SmolStr>) -> SummaryRow {
    let mut sum = SummaryRow { kind: kind.into(), provider: provider.cloned(), ..SummaryRow::default() };
    for view in views {
        let own = row(view, kind, provider);
        let stays = || row(view, "resized", None).or_else(|| row(view, "now", None));
        let Some(found) = own.or_else(stays) else { continue };
        let is_there = own.is_some();
        sum.moved += if is_there { found.moved } else { 0 };
        sum.cannot += match (is_there, kind) {
            (true, _) => found.cannot,
            (false, "single") => view.workloads,
            (false, _) => 0,
        };
        sum.held += found.held;
        sum.monthly += found.monthly;
        sum.running += found.running;
        sum.traffic += found.traffic;
        sum.fees += found.fees;
        sum.stranded += found.stranded;
        sum.migration += found.migration;
        sum.benefit += found.benefit;
    }
    sum.ratio = sum.benefit.checked_div(sum.monthly).map(fine);
    sum
}

/// What each cloud has of all of them, first as they are.
fn clouds(views: &[&PlacementView], summary: &[SummaryRow]) -> Vec<CloudView> {
    let mut found: BTreeMap<(&str, &str, Option<&SmolStr>), CloudView> = BTreeMap::new();
    for cloud in views.iter().flat_map(|view| &view.clouds).filter(|cloud| cloud.kind != "all") {
        let key = (cloud.placement.as_str(), cloud.kind.as_str(), cloud.provider.as_ref());
        let new = || CloudView {
            placement: cloud.placement.clone(),
            kind: cloud.kind.clone(),
            provider: cloud.provider.clone(),
            capacity: cloud.capacity.clone(),
            ..CloudView::default()
        };
        found.entry(key).or_insert_with(new).add(cloud);
    }
    judged(found.into_values().collect(), summary)
}

fn overbooked(clouds: &[CloudView]) -> Vec<OverbookedView> {
    let of = |cloud: &CloudView| {
        let capacity = cloud.capacity.clone()?;
        let is_over = cloud.vcpu > capacity.vcpu || cloud.memory_gb > capacity.memory_gb;
        (is_over && cloud.placement == "hybrid").then(|| OverbookedView {
            site: cloud.provider.clone().unwrap_or_default(),
            vcpu: cloud.vcpu,
            memory_gb: cloud.memory_gb,
            capacity,
        })
    };
    clouds.iter().filter_map(of).collect()
}
