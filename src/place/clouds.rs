//! What each cloud, and each own place, has of a placement: resources, what it bills, and what their work is worth.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::board::{Assignment, Board};
use super::edge::{Volumes, Way};
use super::workload::Standing;

/// What one cloud, or own place, has of a placement. Amounts are a month's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cloud {
    /// The provider, or the own place; nothing for what the ways between them cost.
    pub provider: Option<SmolStr>,
    /// How many workloads run there.
    pub workloads: usize,
    /// How many resources with a known cost there are.
    pub resources: usize,
    /// vCPUs of its machines, as far as they are known.
    pub vcpu: Decimal,
    /// GiB of their memory, as far as that is known.
    pub memory_gb: Decimal,
    /// What it bills.
    pub monthly: Decimal,
    /// What the work done there is worth.
    pub benefit: Decimal,
    /// How many workloads leave it: now for the hybrid; or came to it, in the hybrid.
    pub moving: usize,
    /// How many are on another machine in the hybrid than now, where they are.
    pub resized: usize,
}

/// A placement, and the one that it is compared with.
pub(super) struct Compared<'c> {
    pub(super) assignment: &'c Assignment,
    pub(super) other: &'c Assignment,
    /// What the hybrid has on other machines where it is.
    pub(super) resized: &'c BTreeSet<usize>,
    /// Whether these are on them already.
    pub(super) is_resized: bool,
    pub(super) standing: &'c [Standing],
}

impl Board {
    /// What each cloud has of a placement; together it is the bill.
    pub(super) fn clouds(&self, compared: &Compared<'_>) -> Vec<Cloud> {
        let assignment = compared.assignment;
        let mut found: BTreeMap<&str, Cloud> = BTreeMap::new();
        let data = self.data_worth();
        for at in 0..assignment.len() {
            let site = assignment[at];
            let provider = self.sites[site].provider();
            let cloud = found.entry(provider).or_default();
            let is_new = site != self.now[at] || (compared.is_resized && compared.resized.contains(&at));
            let (vcpu, memory_gb) = self.machine(at, site, is_new);
            cloud.workloads += 1;
            cloud.resources += self.workloads[at].members.len();
            cloud.vcpu += vcpu;
            cloud.memory_gb += memory_gb;
            cloud.monthly += self.running(at, site).unwrap_or_default();
            cloud.benefit += self.worth(at, site) + data[at];
            cloud.moving += usize::from(self.sites[compared.other[at]].provider() != provider);
            cloud.resized += usize::from(compared.resized.contains(&at));
        }
        for standing in compared.standing {
            let cloud = found.entry(&standing.provider).or_default();
            cloud.resources += 1;
            cloud.monthly += standing.monthly;
            cloud.benefit += standing.monthly;
        }
        for (provider, sum) in self.traffic_by_provider(assignment) {
            found.entry(provider).or_default().monthly += sum;
        }
        for provider in self.further(assignment) {
            found.entry(provider).or_default().monthly += self.provider_fee(provider);
        }
        for commitment in &self.commitments {
            let stranded = self.stranded_of(commitment, assignment);
            if !stranded.is_zero() {
                found.entry(commitment.provider.as_str()).or_default().monthly += stranded;
            }
        }
        let named = found.into_iter().map(|(provider, cloud)| Cloud { provider: Some(provider.into()), ..cloud });
        let paths = self.path_fees(assignment);
        named.chain((!paths.is_zero()).then(|| Cloud { monthly: paths, ..Cloud::default() })).collect()
    }

    /// vCPUs and GiB of a workload's machines: today's, or those of the offer.
    fn machine(&self, at: usize, site: usize, is_new: bool) -> (Decimal, Decimal) {
        let need = &self.workloads[at].need;
        let offer = self.offers[at].get(&site).filter(|_| is_new);
        match offer.and_then(|offer| Some((offer.shape?, offer.units))) {
            Some(((vcpu, memory_gb), units)) => (vcpu * units, memory_gb * units),
            None => {
                let of = |figure: Option<Decimal>| figure.unwrap_or_default() * need.units();
                (of(need.vcpu), of(need.memory_gb))
            }
        }
    }

    /// What carrying data costs, by the provider that bills it: the one that it leaves, or whose gateway it passes.
    fn traffic_by_provider(&self, assignment: &Assignment) -> BTreeMap<&str, Decimal> {
        let ways = self.ways();
        let mut found: BTreeMap<&str, Decimal> = BTreeMap::new();
        for edge in &self.edges {
            let sources = [Some(edge.from), edge.to].into_iter().flatten();
            for ((way, gb), source) in self.legs(&ways, edge, assignment).into_iter().zip(sources) {
                if let Way::Priced(price) = way {
                    *found.entry(self.sites[assignment[source]].provider()).or_default() += price * gb;
                }
            }
            for (workload, toll) in self.tolls(&ways, edge, assignment[edge.from], edge.to.map(|to| assignment[to])) {
                *found.entry(self.sites[assignment[workload]].provider()).or_default() += toll.unwrap_or_default();
            }
        }
        for (provider, volumes) in by_provider(&self.volumes(assignment)) {
            let name = self.sites.iter().map(super::site::Site::provider).find(|name| *name == provider);
            if let Some(name) = name {
                *found.entry(name).or_default() += ways.internet(&volumes);
            }
        }
        found
    }

    /// What today's data of each workload costs, and so is worth: its share of what its provider bills for it.
    fn data_worth(&self) -> Vec<Decimal> {
        let ways = self.ways();
        let mut worth = vec![Decimal::ZERO; self.workloads.len()];
        let internet: BTreeMap<SmolStr, Decimal> = by_provider(&self.volumes(&self.now))
            .into_iter()
            .filter_map(|(provider, volumes)| {
                let gb = volumes.values().sum::<Decimal>();
                Some((provider, ways.internet(&volumes).checked_div(gb)?))
            })
            .collect();
        for edge in &self.edges {
            let sources = [Some(edge.from), edge.to].into_iter().flatten();
            for ((way, gb), source) in self.legs(&ways, edge, &self.now).into_iter().zip(sources) {
                worth[source] += match way {
                    Way::Priced(price) => price * gb,
                    Way::Internet(provider, _) => internet.get(&provider).copied().unwrap_or_default() * gb,
                    Way::Unknown => Decimal::ZERO,
                };
            }
            for (workload, toll) in self.tolls(&ways, edge, self.now[edge.from], edge.to.map(|to| self.now[to])) {
                worth[workload] += toll.unwrap_or_default();
            }
        }
        worth
    }
}

/// What leaves for the internet, apart for each provider: free allowances are a provider's.
fn by_provider(volumes: &Volumes) -> BTreeMap<SmolStr, Volumes> {
    let mut found: BTreeMap<SmolStr, Volumes> = BTreeMap::new();
    for ((provider, region), gb) in volumes {
        found.entry(provider.clone()).or_default().insert((provider.clone(), region.clone()), *gb);
    }
    found
}
