//! Everything that a decision is made of: workloads, sites, offers, data and rules, with what any placement costs.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::edge::{Edge, Volumes, Way, Ways};
use super::gateway::{Gate, Links};
use super::offer::{Lack, Offer};
use super::site::Site;
use super::workload::Workload;
use super::{egress, storage};
use crate::config::{Commitment, Path, Placement as Rules, WorkloadFacts};

/// What a move is made of, and what a placement costs.
pub(super) struct Board {
    pub(super) workloads: Vec<Workload>,
    pub(super) facts: Vec<WorkloadFacts>,
    pub(super) sites: Vec<Site>,
    /// The present site of each workload.
    pub(super) now: Vec<usize>,
    /// What each workload costs where it is, with what was already made smaller there.
    pub(super) base: Vec<Decimal>,
    /// For each workload the cheapest offer of each other site.
    pub(super) offers: Vec<BTreeMap<usize, Offer>>,
    /// Why a site has none.
    pub(super) lacks: Vec<BTreeMap<usize, Lack>>,
    pub(super) edges: Vec<Edge>,
    /// What the data of each workload passes on its way out of its present place.
    pub(super) gates: Vec<Option<Gate>>,
    /// The private links that edges pass.
    pub(super) links: Links,
    /// What has a cost and no workload.
    pub(super) fixed: Decimal,
    pub(super) rules: Rules,
    pub(super) paths: Vec<Path>,
    pub(super) commitments: Vec<Commitment>,
    /// What a dollar is in the report's currency.
    pub(super) usd: Decimal,
    /// Today, as `YYYY-MM-DD`.
    pub(super) today: SmolStr,
}

/// For each workload its site.
pub(super) type Assignment = Vec<usize>;

/// What a placement costs a month, by what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// What the workloads and what stays cost.
    pub running: Decimal,
    /// What carrying data costs, as far as its price is known.
    pub traffic: Decimal,
    /// Fixed fees of paths and of further providers.
    pub fees: Decimal,
    /// Commitments that are paid and no longer used.
    pub stranded: Decimal,
    /// What the moves cost once.
    pub migration: Decimal,
}

impl Bill {
    /// What is paid every month.
    pub fn monthly(&self) -> Decimal {
        self.running + self.traffic + self.fees + self.stranded
    }
}

impl Board {
    /// What a workload costs at a site; nothing if it cannot run there.
    pub(super) fn running(&self, workload: usize, site: usize) -> Option<Decimal> {
        if site == self.now[workload] {
            return Some(self.base[workload]);
        }
        self.offers[workload].get(&site).map(|offer| offer.monthly)
    }

    /// What a placement costs.
    pub(super) fn bill(&self, assignment: &Assignment) -> Bill {
        let running = (0..assignment.len()).filter_map(|at| self.running(at, assignment[at])).sum::<Decimal>();
        let traffic = self.traffic(assignment);
        let migration = (0..assignment.len()).map(|at| self.migration(at, assignment[at])).sum();
        Bill {
            running: running + self.fixed,
            traffic,
            fees: self.fees(assignment),
            stranded: self.stranded(assignment),
            migration,
        }
    }

    /// What a placement costs that differs from another in some workloads only.
    pub(super) fn bill_beside(
        &self,
        assignment: &Assignment,
        other: &Assignment,
        of_other: &Bill,
        changed: &[usize],
    ) -> Bill {
        let running = |assignment: &Assignment, at: usize| self.running(at, assignment[at]).unwrap_or_default();
        let of = |sum: &dyn Fn(&Assignment, usize) -> Decimal, assignment| -> Decimal {
            changed.iter().map(|&at| sum(assignment, at)).sum()
        };
        let migration = |assignment: &Assignment, at: usize| self.migration(at, assignment[at]);
        let has_fees = !self.paths.is_empty() || !self.rules.fees.is_empty();
        Bill {
            running: of_other.running + of(&running, assignment) - of(&running, other),
            traffic: if self.edges.is_empty() { Decimal::ZERO } else { self.traffic(assignment) },
            fees: if has_fees { self.fees(assignment) } else { Decimal::ZERO },
            stranded: if self.commitments.is_empty() { Decimal::ZERO } else { self.stranded(assignment) },
            migration: of_other.migration + of(&migration, assignment) - of(&migration, other),
        }
    }

    /// What carrying data costs, as far as its price is known.
    fn traffic(&self, assignment: &Assignment) -> Decimal {
        let ways = self.ways();
        let legs = self.edges.iter().flat_map(|edge| self.legs(&ways, edge, assignment));
        let priced = legs.filter_map(|(way, gb)| if let Way::Priced(price) = way { Some(price * gb) } else { None });
        let processed = self.edges.iter().filter_map(|edge| self.processing_of(&ways, edge, assignment));
        priced.sum::<Decimal>() + processed.sum::<Decimal>() + ways.internet(&self.volumes(assignment))
    }

    /// How many data flows have a price that nobody knows: they are in no sum.
    pub(super) fn unknown_flows(&self, assignment: &Assignment) -> usize {
        let ways = self.ways();
        let is_unknown = |(way, gb): &(Way, Decimal)| matches!(way, Way::Unknown) && !gb.is_zero();
        let is_open = |edge: &&Edge| {
            self.legs(&ways, edge, assignment).iter().any(is_unknown)
                || self.processing_of(&ways, edge, assignment).is_none()
        };
        self.edges.iter().filter(is_open).count()
    }

    /// What leaves for the internet.
    pub(super) fn volumes(&self, assignment: &Assignment) -> Volumes {
        let ways = self.ways();
        let mut volumes = Volumes::new();
        for edge in &self.edges {
            for (way, gb) in self.legs(&ways, edge, assignment) {
                if let Way::Internet(provider, region) = way {
                    *volumes.entry((provider, region)).or_default() += gb;
                }
            }
        }
        volumes
    }

    /// The same without what one edge adds.
    pub(super) fn volumes_but(&self, all: &Volumes, assignment: &Assignment, edge: &Edge) -> Volumes {
        let mut volumes = all.clone();
        for (way, gb) in self.legs(&self.ways(), edge, assignment) {
            if let Way::Internet(provider, region) = way {
                *volumes.entry((provider, region)).or_default() -= gb;
            }
        }
        volumes
    }

    /// Both directions of an edge with the way each takes.
    pub(super) fn legs(&self, ways: &Ways<'_>, edge: &Edge, assignment: &Assignment) -> Vec<(Way, Decimal)> {
        let from = assignment[edge.from];
        let to = edge.to.map(|to| assignment[to]);
        let mut legs = vec![(ways.way(from, to), edge.gb)];
        // What comes in from outside is free everywhere.
        legs.extend(to.map(|to| (ways.way(to, Some(from)), edge.back_gb)));
        legs
    }

    fn fees(&self, assignment: &Assignment) -> Decimal {
        let further = self.further(assignment);
        self.path_fees(assignment) + further.iter().map(|provider| self.provider_fee(provider)).sum::<Decimal>()
    }

    /// Providers that are used and were not before.
    pub(super) fn further(&self, assignment: &Assignment) -> BTreeSet<&str> {
        let used = |assignment: &Assignment| -> BTreeSet<&str> {
            assignment.iter().map(|site| self.sites[*site].provider()).collect()
        };
        used(assignment).difference(&used(&self.now)).copied().collect()
    }

    /// The fixed fees of the ways that data takes.
    pub(super) fn path_fees(&self, assignment: &Assignment) -> Decimal {
        let ways = self.ways();
        let pairs: BTreeSet<(usize, usize)> = self
            .edges
            .iter()
            .filter_map(|edge| Some((assignment[edge.from], assignment[edge.to?])))
            .map(|(one, other)| (one.min(other), one.max(other)))
            .filter(|(one, other)| one != other)
            .collect();
        pairs.into_iter().map(|(one, other)| ways.pair_fee(one, other)).sum()
    }

    /// What operating a further provider costs a month.
    pub(super) fn provider_fee(&self, provider: &str) -> Decimal {
        let fees = self.rules.fees.iter();
        fees.filter(|(known, _)| known.as_str() == provider).map(|(_, fee)| *fee * self.usd).sum()
    }

    /// What is paid for commitments beyond what is used of them.
    fn stranded(&self, assignment: &Assignment) -> Decimal {
        self.commitments.iter().map(|commitment| self.stranded_of(commitment, assignment)).sum()
    }

    /// What is paid for one of them beyond what is used of it, spread as a move's own cost is.
    pub(super) fn stranded_of(&self, commitment: &Commitment, assignment: &Assignment) -> Decimal {
        let spent = |assignment: &Assignment, provider: &str| -> Decimal {
            let at = (0..assignment.len()).filter(|at| self.sites[assignment[*at]].provider() == provider);
            at.filter_map(|at| self.running(at, assignment[at])).sum()
        };
        let months = Decimal::from(self.rules.amortisation_months.max(1));
        let provider = commitment.provider.as_str();
        let paid = commitment.monthly * self.usd;
        let unused = |assignment| (paid - spent(assignment, provider)).max(Decimal::ZERO);
        let lost = unused(assignment) - unused(&self.now);
        let left = months_until(&self.today, &commitment.until).min(months);
        lost.max(Decimal::ZERO) * left / months
    }

    /// What moving a workload costs once: its data, the requests that carry it, running twice, and work.
    pub(super) fn migration(&self, workload: usize, site: usize) -> Decimal {
        let here = self.now[workload];
        if site == here {
            return Decimal::ZERO;
        }
        const DAYS: Decimal = Decimal::from_parts(30, 0, 0, false, 0);
        let facts = &self.facts[workload];
        let need = &self.workloads[workload].need;
        let gb = facts.state_gb.or(need.state_gb).unwrap_or_default();
        let carried = match (self.rules.exit_waiver, &self.sites[here]) {
            (false, Site::Region { provider, name, .. }) if self.sites[site].provider() != provider => {
                egress::internet(provider, name).map(|tiers| tiers.total(gb)).unwrap_or_default()
            }
            (_, Site::Region { provider, name, .. }) if self.sites[site].provider() == provider => match &self.sites
                [site]
            {
                Site::Region { name: to, .. } => egress::between_regions(provider, name, to).unwrap_or_default() * gb,
                Site::Own(_) => Decimal::ZERO,
            },
            _ => Decimal::ZERO,
        };
        let requests = if need.wants == "object" { self.requests(workload, site) } else { Decimal::ZERO };
        let twice = self.running(workload, site).unwrap_or_default() * self.rules.overlap_days / DAYS;
        let work = facts.effort_hours.unwrap_or_default() * self.rules.hour_rate;
        (carried + requests + work) * self.usd + twice
    }

    /// What reading every object here and writing it there costs, in USD, as far as both prices are known.
    fn requests(&self, workload: usize, site: usize) -> Decimal {
        const PER: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
        let objects = self.facts[workload].objects.or(self.workloads[workload].need.objects).unwrap_or_default();
        let prices = |site: usize| match &self.sites[site] {
            Site::Region { provider, name, .. } => {
                storage::requests_per_10k(provider, name, &storage::standard(provider, name)?.name)
            }
            Site::Own(_) => None,
        };
        let read = prices(self.now[workload]).map(|(_, read)| read).unwrap_or_default();
        let write = prices(site).map(|(write, _)| write).unwrap_or_default();
        objects / PER * (read + write)
    }

    /// The worth of what the workloads do in a month: what the user says, else what it costs today.
    ///
    /// Work that is bound by capacity counts by how much of it is done.
    pub(super) fn benefit(&self, assignment: &Assignment) -> Decimal {
        let at_work: Decimal = (0..assignment.len()).map(|at| self.worth(at, assignment[at])).sum();
        // What stays, and the data of today, are worth what they cost.
        at_work + self.fixed + self.bill(&self.now).traffic
    }

    /// The worth of one workload at a site.
    pub(super) fn worth(&self, workload: usize, site: usize) -> Decimal {
        let facts = &self.facts[workload];
        let need = &self.workloads[workload].need;
        let base = match &facts.value {
            None => self.workloads[workload].now,
            Some(worth) => {
                let units = match worth.per {
                    crate::config::Metric::VcpuHour => {
                        need.vcpu.unwrap_or_default() * need.units() * facts.hours.unwrap_or(need.hours)
                    }
                    crate::config::Metric::GbMonth => need.gb.unwrap_or_else(|| need.disk_gb()),
                    crate::config::Metric::Request => need.reads.unwrap_or_default() + need.writes.unwrap_or_default(),
                };
                units * worth.usd * self.usd
            }
        };
        if facts.batch != Some(true) || site == self.now[workload] {
            return base;
        }
        let Some(offer) = self.offers[workload].get(&site) else { return base };
        let work_now = need.vcpu.map(|vcpu| vcpu * need.units());
        let work = offer.shape.map(|(vcpu, _)| vcpu * offer.units * offer.speed.unwrap_or(Decimal::ONE));
        let more = work.zip(work_now).and_then(|(work, now)| work.checked_div(now)).unwrap_or(Decimal::ONE);
        base * more
    }

    pub(super) fn ways(&self) -> Ways<'_> {
        Ways { sites: &self.sites, paths: &self.paths, usd: self.usd }
    }
}

/// Whole months from one day to another, never negative.
fn months_until(today: &str, until: &str) -> Decimal {
    let months = |date: &str| -> Option<i64> {
        Some(date.get(..4)?.parse::<i64>().ok()? * 12 + date.get(5..7)?.parse::<i64>().ok()?)
    };
    let left = months(until).zip(months(today)).map_or(0, |(until, today)| until - today);
    Decimal::from(left.max(0))
}
