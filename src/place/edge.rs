//! Data between workloads, and what it costs to carry it from one place to another.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::site::Site;
use super::workload::{Workload, neighbourhood};
use super::{egress, regions};
use crate::config::{Config, Path, PathKind, TrafficEnd};
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
    /// Whether nobody measured or said it.
    pub is_assumed: bool,
}

/// All data of a plan: what the user says, else what is assumed where one workload refers to another.
pub(super) fn edges(plan: &Plan, workloads: &[Workload], config: &Config) -> Vec<Edge> {
    let mut edges: BTreeMap<(usize, Option<usize>), Edge> = BTreeMap::new();
    for (a, b) in linked(plan, workloads) {
        let assumed = [a, b].into_iter().filter_map(|at| workloads[at].need.assumed_gb).max();
        if let Some(gb) = assumed.filter(|gb| !gb.is_zero()) {
            let edge = Edge { from: a, to: Some(b), gb, back_gb: gb, is_assumed: true };
            edges.insert((a, Some(b)), edge);
        }
    }
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
                edges.insert((from, to), Edge { from, to, gb, back_gb, is_assumed: false });
            }
        }
    }
    edges.into_values().collect()
}

/// Pairs of workloads that refer to each other, directly or through something in between that is not shared by many.
fn linked(plan: &Plan, workloads: &[Workload]) -> BTreeSet<(usize, usize)> {
    const MOST_NEIGHBOURS: usize = 8;
    const MOST_STEPS: usize = 3;
    if workloads.len() < 2 {
        return BTreeSet::new();
    }
    let near = neighbourhood(plan);
    let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, workload) in workloads.iter().enumerate() {
        owner.extend(workload.at.iter().map(|member| (*member, at)));
    }
    let mut pairs = BTreeSet::new();
    for (at, workload) in workloads.iter().enumerate() {
        let mut seen: BTreeSet<usize> = workload.at.iter().copied().collect();
        let mut edge: Vec<usize> = workload.at.clone();
        for step in 0..MOST_STEPS {
            let mut next = Vec::new();
            for from in edge {
                let Some(around) = near.get(&from) else { continue };
                if step > 0 && around.len() > MOST_NEIGHBOURS {
                    continue;
                }
                for &to in around {
                    match owner.get(&to) {
                        Some(&other) if other != at => _ = pairs.insert((at.min(other), at.max(other))),
                        Some(_) => {}
                        None if seen.insert(to) => next.push(to),
                        None => {}
                    }
                }
            }
            edge = next;
        }
    }
    pairs
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
