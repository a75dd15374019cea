//! Data between workloads, and what it costs to carry it from one place to another.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::flow::Flows;
use super::site::Site;
use super::workload::{Workload, neighbourhood};
use super::{egress, regions};
use crate::config::{Config, Path, PathKind, TrafficEnd, WorkloadFacts};
use crate::model::Plan;

/// Data that two workloads, or a workload and the outside, exchange in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The position of the one workload.
    pub from: usize,
    /// That of the other; `None` is the outside.
    pub to: Option<usize>,
    /// GB from the one to the other.
    pub gb: Decimal,
    /// GB back.
    pub back_gb: Decimal,
    /// Who says so.
    pub origin: Origin,
}

/// Where the GB of an edge come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A `traffic` block says it.
    Said,
    /// Usage figures do.
    Usage,
    /// Nobody does: it is assumed.
    Assumed,
}

impl Origin {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Usage => "usage",
            Self::Assumed => "assumed",
        }
    }
}

/// Edges by their ends; between workloads the end that comes first in order of address is the first, unless told.
pub(super) type Edges = BTreeMap<(usize, Option<usize>), Edge>;

/// All data of a plan: what the user says, else what usage does, else what is assumed where one workload refers to
/// another.
pub(super) fn edges(
    plan: &Plan,
    workloads: &[Workload],
    facts: &[WorkloadFacts],
    flows: &Flows,
    config: &Config,
) -> Vec<Edge> {
    let mut edges = Edges::new();
    let web = Web::of(plan, workloads);
    let linked = web.linked(workloads);
    for &(a, b) in &linked {
        let assumed = [a, b].into_iter().filter_map(|at| workloads[at].need.assumed_gb).max();
        if let Some(gb) = assumed.filter(|gb| !gb.is_zero()) {
            let edge = Edge { from: a, to: Some(b), gb, back_gb: gb, origin: Origin::Assumed };
            edges.insert((a, Some(b)), edge);
        }
    }
    by_usage(&web, workloads, facts, flows, &linked, &mut edges);
    let matching = |pattern: &crate::config::AddressPattern| -> Vec<usize> {
        let is_meant = |workload: &&Workload| {
            workload.members.iter().chain([&workload.address]).any(|member| pattern.matches(member))
        };
        let meant = workloads.iter().enumerate().filter(|(_, workload)| is_meant(workload));
        meant.map(|(at, _)| at).collect()
    };
    for traffic in &config.traffic {
        let (gb, back_gb) = (traffic.gb.unwrap_or_default(), traffic.back_gb.unwrap_or_default());
        for from in matching(&traffic.from.value) {
            let ends: Vec<Option<usize>> = match &traffic.to.value {
                TrafficEnd::Internet => vec![None],
                TrafficEnd::Workloads(pattern) => matching(pattern).into_iter().map(Some).collect(),
            };
            for to in ends.into_iter().filter(|to| *to != Some(from)) {
                // What is said takes the place of what was assumed, whichever way round.
                if let Some(to) = to {
                    edges.remove(&(to, Some(from)));
                }
                edges.insert((from, to), Edge { from, to, gb, back_gb, origin: Origin::Said });
            }
        }
    }
    edges.into_values().collect()
}

/// What usage knows of data takes the place of what was assumed.
pub(super) fn by_usage(
    web: &Web,
    workloads: &[Workload],
    facts: &[WorkloadFacts],
    flows: &Flows,
    linked: &BTreeSet<(usize, usize)>,
    edges: &mut Edges,
) {
    let mut told: BTreeMap<(usize, usize), Decimal> = BTreeMap::new();
    for (at, workload) in workloads.iter().enumerate() {
        for (member, gb) in flows.members(workload).filter_map(|(member, flow)| Some((member, flow.traffic_gb?))) {
            let targets = web.reached(&[member], at);
            let share = gb / Decimal::from(targets.len() + 1);
            targets.into_iter().for_each(|to| *told.entry((at.min(to), at.max(to))).or_default() += share);
        }
        let gb: Decimal = flows.members(workload).filter_map(|(_, flow)| flow.internet_gb).sum();
        if !gb.is_zero() {
            let edge = Edge { from: at, to: None, gb, back_gb: Decimal::ZERO, origin: Origin::Usage };
            edges.insert((at, None), edge);
        }
    }
    let calls = |at: usize| flows.members(&workloads[at]).find_map(|(_, flow)| flow.calls);
    let object_gb = |at: usize| {
        let need = &workloads[at].need;
        need.gb?.checked_div(facts[at].objects.or(need.objects)?)
    };
    let carried = |a: usize, b: usize| calls(a)?.checked_mul(object_gb(b)?);
    for &(a, b) in linked {
        if let Some(gb) = carried(a, b).or_else(|| carried(b, a)) {
            *told.entry((a, b)).or_default() += gb;
        }
    }
    // Usage gives the sum of both directions.
    for ((a, b), gb) in told {
        let gb = gb / Decimal::TWO;
        edges.insert((a, Some(b)), Edge { from: a, to: Some(b), gb, back_gb: gb, origin: Origin::Usage });
    }
}

/// Who refers to whom, and which workload each resource belongs to.
pub(super) struct Web {
    pub(super) near: BTreeMap<usize, BTreeSet<usize>>,
    pub(super) owner: BTreeMap<usize, usize>,
}

impl Web {
    fn of(plan: &Plan, workloads: &[Workload]) -> Self {
        // A single workload has nobody to exchange anything with.
        let near = if workloads.len() < 2 { BTreeMap::new() } else { neighbourhood(plan) };
        let members =
            |(at, workload): (usize, &Workload)| workload.at.iter().map(move |member| (*member, at)).collect();
        let members = workloads.iter().enumerate().map(members);
        Self { near, owner: members.flat_map(|members: Vec<_>| members).collect() }
    }

    /// Pairs of workloads that refer to each other, the first in order of address first.
    pub(super) fn linked(&self, workloads: &[Workload]) -> BTreeSet<(usize, usize)> {
        let mut pairs = BTreeSet::new();
        for (at, workload) in workloads.iter().enumerate() {
            pairs.extend(self.reached(&workload.at, at).into_iter().map(|other| (at.min(other), at.max(other))));
        }
        pairs
    }

    /// The other workloads that resources of one are linked to, directly or through something in between that is not
    /// shared by many.
    fn reached(&self, start: &[usize], of: usize) -> BTreeSet<usize> {
        const MOST_NEIGHBOURS: usize = 8;
        const MOST_STEPS: usize = 3;
        let mut found = BTreeSet::new();
        let mut seen: BTreeSet<usize> = start.iter().copied().collect();
        let mut edge = start.to_vec();
        for step in 0..MOST_STEPS {
            let mut next = Vec::new();
            for from in edge {
                let Some(around) = self.near.get(&from) else { continue };
                if step > 0 && around.len() > MOST_NEIGHBOURS {
                    continue;
                }
                for &to in around {
                    match self.owner.get(&to) {
                        Some(&other) if other != of => _ = found.insert(other),
                        Some(_) => {}
                        None if seen.insert(to) => next.push(to),
                        None => {}
                    }
                }
            }
            edge = next;
        }
        found
    }
}

/// What leaves each region for the internet a month, in GB.
pub(super) type Volumes = BTreeMap<(SmolStr, SmolStr), Decimal>;

/// How data gets from one place to another, and what a GB of it costs.
pub(super) enum Way {
    /// It costs this much a GB.
    Priced(Decimal),
    /// It leaves a region for the internet: tiers over the sum decide.
    Internet(SmolStr, SmolStr),
    /// Nobody knows what it costs.
    Unknown,
}

/// The ways between places: the user's paths, else the providers' lists.
pub(super) struct Ways<'w> {
    pub(super) sites: &'w [Site],
    pub(super) paths: &'w [Path],
    /// What a dollar is in the report's currency.
    pub(super) usd: Decimal,
}

impl Ways<'_> {
    /// The way from one site to another, or to the outside.
    pub(super) fn way(&self, from: usize, to: Option<usize>) -> Way {
        if to == Some(from) {
            return Way::Priced(Decimal::ZERO);
        }
        let source = &self.sites[from];
        let target = to.map(|to| &self.sites[to]);
        if let Some(target) = target {
            if let Some(price) = self.by_path(source, target) {
                return Way::Priced(price * self.usd);
            }
            if let (Site::Region { provider: one, name: a, .. }, Site::Region { provider: other, name: b, .. }) =
                (source, target)
                && one == other
            {
                return egress::between_regions(one, a, b).map_or(Way::Unknown, |price| Way::Priced(price * self.usd));
            }
        }
        match source {
            Site::Own(site) => Way::Priced(site.rate.as_ref().and_then(|rate| rate.egress_gb).unwrap_or_default()),
            Site::Region { provider, name, .. } => match egress::internet(provider, name) {
                Some(_) => Way::Internet(provider.clone(), name.clone()),
                None => Way::Unknown,
            },
        }
    }

    /// Whether data takes the public network, and so passes the gateway of whoever is behind one.
    ///
    /// A tunnel or a line of one's own connects private addresses, and so does a provider's network between its regions.
    pub(super) fn is_public(&self, from: usize, to: Option<usize>) -> bool {
        let Some(to) = to else { return true };
        let (source, target) = (&self.sites[from], &self.sites[to]);
        if source.provider() == target.provider() {
            return false;
        }
        let path = self.path(source, target);
        path.is_none_or(|(path, _)| matches!(path.kind, PathKind::Internet | PathKind::DataAct))
    }

    fn by_path(&self, source: &Site, target: &Site) -> Option<Decimal> {
        let (path, is_forward) = self.path(source, target)?;
        let given = if is_forward { path.gb_price } else { path.back_gb_price };
        if given.is_some() {
            return given;
        }
        match path.kind {
            PathKind::Internet | PathKind::Vpn => None,
            PathKind::Interconnect => Some(Decimal::ZERO),
            PathKind::DataAct => match source {
                Site::Region { provider, name, .. } => egress::parallel_use(provider, name)?.usd_per_gb,
                Site::Own(_) => None,
            },
        }
    }

    /// The user's path between two places, and whether it is written in this direction.
    fn path(&self, source: &Site, target: &Site) -> Option<(&Path, bool)> {
        let is = |path: &Path, at: usize, site: &Site| path.between[at].value == site.provider();
        self.paths.iter().find_map(|path| match () {
            () if is(path, 0, source) && is(path, 1, target) => Some((path, true)),
            () if is(path, 1, source) && is(path, 0, target) => Some((path, false)),
            () => None,
        })
    }

    /// What a pair of sites costs a month once data runs between them.
    pub(super) fn pair_fee(&self, one: usize, other: usize) -> Decimal {
        let (source, target) = (&self.sites[one], &self.sites[other]);
        if source.provider() == target.provider() {
            return Decimal::ZERO;
        }
        let Some((path, _)) = self.path(source, target) else { return Decimal::ZERO };
        let by_list = || match (path.kind, source, target) {
            (
                PathKind::Vpn,
                Site::Region { provider: one, name: a, .. },
                Site::Region { provider: two, name: b, .. },
            ) => egress::vpn_monthly((one, a), (two, b)).unwrap_or_default(),
            _ => Decimal::ZERO,
        };
        path.monthly.unwrap_or_else(by_list) * self.usd
    }

    /// What volumes that leave for the internet cost: each provider's free allowance once, in order of region.
    pub(super) fn internet(&self, volumes: &Volumes) -> Decimal {
        let mut sum = Decimal::ZERO;
        let mut left: BTreeMap<&str, Decimal> = BTreeMap::new();
        for ((provider, region), gb) in volumes {
            let Some(tiers) = egress::internet(provider, region) else { continue };
            let free = left.entry(provider).or_insert(tiers.free_gb);
            let taken = (*free).min(*gb);
            *free -= taken;
            sum += tiers.paid(gb - taken);
        }
        sum * self.usd
    }

    /// What a GB more of an edge costs on average, beside what else leaves.
    pub(super) fn average(&self, way: &Way, gb: Decimal, others: &Volumes) -> Option<Decimal> {
        match way {
            Way::Priced(price) => Some(*price),
            Way::Unknown => None,
            Way::Internet(provider, region) => {
                if gb.is_zero() {
                    return Some(Decimal::ZERO);
                }
                let without = self.internet(others);
                let mut with = others.clone();
                *with.entry((provider.clone(), region.clone())).or_default() += gb;
                Some((self.internet(&with) - without) / gb)
            }
        }
    }

    /// An estimate of the round trip between two sites.
    pub(super) fn rtt_ms(&self, one: usize, other: usize) -> Option<f64> {
        if one == other {
            return Some(regions::rtt_of_km(0.0));
        }
        self.sites[one].rtt_ms(&self.sites[other])
    }
}
