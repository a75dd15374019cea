//! From the board to a decision: the program, its solution, and the moves that are worth making.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::board::{Assignment, Board};
use super::constraints::{Constraint, Kind};
use super::loss;
use super::site::Site;
use super::solve::{self, Choice, EdgeRow, Limits, Outcome, Program, Proof, SiteRow, WorkloadRow};

/// How many times the marginal prices of data are taken anew.
const MOST_ROUNDS: usize = 5;

/// A placement, and how good it is known to be.
pub(super) struct Decision {
    pub(super) assignment: Assignment,
    pub(super) proof: Proof,
}

/// What is to be at one provider, of the workloads that can run there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gather {
    /// All of them.
    All,
    /// As many as can be at once; the others stay where they are.
    OrStay,
    /// As many as can be at once; the others are wherever they may be.
    OrElsewhere,
}

/// What limits a search for a placement.
#[derive(Clone, Copy, Default)]
pub(super) struct Wish<'w> {
    /// The provider at which everything should be that can.
    pub(super) provider: Option<(&'w str, Gather)>,
    /// Workloads that stay.
    pub(super) stay: Option<&'w BTreeSet<usize>>,
    /// Whether the number of moves is limited.
    pub(super) has_budget: bool,
}

impl Board {
    /// The cheapest placement under some constraints; nothing if there is none.
    pub(super) fn decide(&self, constraints: &[Constraint], wish: Wish<'_>) -> Option<Decision> {
        let mut around = self.now.clone();
        let mut decision: Option<Decision> = None;
        for _ in 0..MOST_ROUNDS {
            let (program, sites_of) = self.program(constraints, wish, &around);
            let seconds = self.rules.time_limit_s.to_f64().unwrap_or(2.0);
            let limits = Limits { time: Duration::from_secs_f64(seconds.clamp(0.01, 600.0)) };
            let solution = match solve::solve(&program, &limits) {
                Outcome::Solved(solution) => solution,
                Outcome::Infeasible => return decision,
                // Time ran out before anything was found: today's placement stands, if it is what was asked for.
                Outcome::NotFound if wish.provider.is_some_and(|(_, gather)| gather == Gather::All) => return decision,
                Outcome::NotFound => return decision.or_else(|| self.today(constraints)),
            };
            let pick = |(at, choice): (usize, &usize)| sites_of[at][*choice];
            let assignment: Assignment = solution.choice.iter().enumerate().map(pick).collect();
            let is_settled = decision.as_ref().is_some_and(|last| last.assignment == assignment);
            // Prices of tiers can swing between two placements: the cheaper one stands.
            let rank = |assignment: &Assignment| (self.elsewhere(wish, assignment), self.total(assignment));
            let is_better = decision.as_ref().is_none_or(|last| rank(&assignment) <= rank(&last.assignment));
            around.clone_from(&assignment);
            if is_better {
                decision = Some(Decision { assignment, proof: solution.proof });
            }
            if is_settled {
                break;
            }
        }
        decision
    }

    /// Today's placement, if rules on single workloads allow it.
    fn today(&self, constraints: &[Constraint]) -> Option<Decision> {
        let is_allowed = |at: usize| constraints.iter().all(|constraint| constraint.allows(at, self.now[at]));
        let proof = Proof::Gap { bound: 0.0 };
        (0..self.now.len()).all(is_allowed).then(|| Decision { assignment: self.now.clone(), proof })
    }

    /// How many workloads a placement has elsewhere than at the provider at which they should be.
    fn elsewhere(&self, wish: Wish<'_>, assignment: &Assignment) -> usize {
        let Some((provider, _)) = wish.provider else { return 0 };
        assignment.iter().filter(|site| self.sites[**site].provider() != provider).count()
    }

    /// What a placement costs a month with its moves spread over the months of amortisation.
    pub(super) fn total(&self, assignment: &Assignment) -> Decimal {
        let bill = self.bill(assignment);
        bill.monthly() + bill.migration / Decimal::from(self.rules.amortisation_months.max(1))
    }

    /// The program, and the site of each option of each workload.
    fn program(&self, constraints: &[Constraint], wish: Wish<'_>, around: &Assignment) -> (Program, Vec<Vec<usize>>) {
        let providers: Vec<&str> = self.sites.iter().map(Site::provider).collect::<BTreeSet<_>>().into_iter().collect();
        let position = |site: &Site| providers.iter().position(|known| *known == site.provider()).unwrap_or_default();
        let has_capacity = |at: usize| constraints.iter().any(|c| matches!(c.kind, Kind::Capacity(site) if site == at));
        let sites = self.sites.iter().enumerate().map(|(at, site)| SiteRow {
            provider: position(site),
            capacity: if has_capacity(at) { capacity(site) } else { Vec::new() },
        });
        let outside = self.to_outside(around);
        let mut sites_of = Vec::with_capacity(self.workloads.len());
        let workloads = (0..self.workloads.len()).map(|at| {
            let options = self.options(at, constraints, wish, outside.get(&at).map(Vec::as_slice));
            sites_of.push(options.iter().map(|option| option.site).collect());
            WorkloadRow { options, now: Some(self.now[at]) }
        });
        let mut workloads: Vec<WorkloadRow> = workloads.collect();
        let edges = self.edge_rows(constraints, around);
        let pair_fees = self.pair_fees();
        let site_fees: Vec<f64> = providers.iter().map(|provider| number(self.provider_fee(provider))).collect();
        if let Some((provider, Gather::OrStay | Gather::OrElsewhere)) = wish.provider {
            let fees: f64 = pair_fees.iter().map(|(.., fee)| fee).chain(&site_fees).sum();
            // Being there is worth more than anything that it could cost.
            let worth = 1.0 + fees + widest(&workloads, &edges);
            for option in workloads.iter_mut().flat_map(|row| &mut row.options) {
                let is_there = self.sites[option.site].provider() == provider;
                option.cost -= if is_there { worth } else { 0.0 };
            }
        }
        let find = |kind: &dyn Fn(&Kind) -> bool| constraints.iter().filter(|c| kind(&c.kind)).collect::<Vec<_>>();
        let max_providers = find(&|kind| matches!(kind, Kind::MaxProviders(_))).first().and_then(|c| match c.kind {
            Kind::MaxProviders(most) => Some(most as usize),
            _ => None,
        });
        let mut apart = Vec::new();
        let mut together = Vec::new();
        for constraint in constraints {
            match &constraint.kind {
                Kind::Apart(group) => apart.push(group.clone()),
                Kind::With(one, other) => together.push((*one, *other)),
                _ => {}
            }
        }
        let program = Program {
            sites: sites.collect(),
            workloads,
            edges,
            pair_fees,
            site_fees,
            max_providers,
            apart,
            together,
            max_moves: if wish.has_budget { self.rules.max_moves.map(|most| most as usize) } else { None },
        };
        (program, sites_of)
    }

    /// Where a workload may run, the present site first.
    fn options(&self, at: usize, constraints: &[Constraint], wish: Wish<'_>, outside: Option<&[f64]>) -> Vec<Choice> {
        let months = Decimal::from(self.rules.amortisation_months.max(1));
        let stays = wish.stay.is_some_and(|stay| stay.contains(&at));
        let allowed = |site: &usize| constraints.iter().all(|constraint| constraint.allows(at, *site));
        let mut found: Vec<usize> = [self.now[at]].into_iter().filter(|site| allowed(site)).collect();
        if !stays || found.is_empty() {
            found.extend(self.offers[at].keys().copied().filter(|site| *site != self.now[at]).filter(allowed));
        }
        if let Some((provider, gather)) = wish.provider.filter(|(_, gather)| *gather != Gather::OrElsewhere) {
            let can_go = |site: &usize| self.sites[*site].provider() == provider;
            let is_now = |site: &usize| *site == self.now[at];
            let goes = found.iter().any(can_go);
            let may_stay = found.iter().any(is_now);
            match gather {
                Gather::All if goes => found.retain(can_go),
                // What cannot go stays where it is, if it may.
                _ if may_stay => found.retain(|site| is_now(site) || can_go(site)),
                _ => {}
            }
        }
        let need = &self.workloads[at].need;
        let choice = |(rank, site): (usize, usize)| {
            let cost = self.running(at, site).unwrap_or_default() + self.migration(at, site) / months;
            let cost = number(cost) + outside.map_or(0.0, |costs| costs[site]);
            let offer = self.offers[at].get(&site);
            let uses = match offer.filter(|_| matches!(self.sites[site], Site::Own(_))) {
                None => Vec::new(),
                Some(offer) => {
                    let (vcpu, memory) = offer.shape.unwrap_or_default();
                    let disk = need.disk_gb() * need.units() + need.gb.unwrap_or_default();
                    [vcpu * offer.units, memory * offer.units, disk].map(number).into()
                }
            };
            let loss = offer.filter(|_| site != self.now[at]).map_or(0, |offer| loss::rank(&offer.losses));
            Choice { site, cost, uses, loss, rank: rank as u32 }
        };
        found.into_iter().enumerate().map(choice).collect()
    }

    /// What each edge costs between any two sites, at what the volumes of a placement make a GB more cost.
    fn edge_rows(&self, constraints: &[Constraint], around: &Assignment) -> Vec<EdgeRow> {
        let ways = self.ways();
        let count = self.sites.len();
        let max_rtt = constraints.iter().find_map(|constraint| match constraint.kind {
            Kind::MaxRtt(most) => Some(number(most)),
            _ => None,
        });
        let mut rows = Vec::new();
        let all = self.volumes(around);
        for edge in &self.edges {
            let Some(target) = edge.to else { continue };
            let others = self.volumes_but(&all, around, edge);
            let price = |from: usize, to: usize, gb: Decimal| -> f64 {
                if gb.is_zero() {
                    return 0.0;
                }
                let average = ways.average(&ways.way(from, Some(to)), gb, &others);
                average.map_or(f64::INFINITY, |price| number(price * gb))
            };
            let mut cost = vec![0.0; count * count];
            for from in 0..count {
                for to in 0..count {
                    let is_far = to != from && max_rtt.zip(ways.rtt_ms(from, to)).is_some_and(|(most, rtt)| rtt > most);
                    // A private link without a price is there before and after.
                    let unknown = if ways.is_public(from, Some(to)) { f64::INFINITY } else { 0.0 };
                    let processed = self.processing(&ways, edge, from, Some(to)).map_or(unknown, number);
                    let both = price(from, to, edge.gb) + price(to, from, edge.back_gb) + processed;
                    // What is carried today is paid today, whatever it costs.
                    let is_today = (from, to) == (self.now[edge.from], self.now[target]);
                    let both = if is_today && both.is_infinite() { 0.0 } else { both };
                    cost[from * count + to] = if is_far { f64::INFINITY } else { both };
                }
            }
            rows.push(EdgeRow { from: edge.from, to: target, cost });
        }
        rows
    }

    /// What each workload's data to the outside costs at each site: the site alone decides.
    fn to_outside(&self, around: &Assignment) -> BTreeMap<usize, Vec<f64>> {
        let ways = self.ways();
        let all = self.volumes(around);
        let mut costs: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for edge in self.edges.iter().filter(|edge| edge.to.is_none()) {
            let others = self.volumes_but(&all, around, edge);
            let sums = costs.entry(edge.from).or_insert_with(|| vec![0.0; self.sites.len()]);
            for (site, sum) in sums.iter_mut().enumerate() {
                let average = ways.average(&ways.way(site, None), edge.gb, &others);
                let unknown = if site == self.now[edge.from] { 0.0 } else { f64::INFINITY };
                *sum += average.map_or(unknown, |price| number(price * edge.gb));
                *sum += self.processing(&ways, edge, site, None).map_or(unknown, number);
            }
        }
        costs
    }

    fn pair_fees(&self) -> Vec<(usize, usize, f64)> {
        let ways = self.ways();
        let mut fees = Vec::new();
        for one in 0..self.sites.len() {
            for other in one + 1..self.sites.len() {
                let fee = ways.pair_fee(one, other);
                if !fee.is_zero() {
                    fees.push((one, other, number(fee)));
                }
            }
        }
        fees
    }

    /// Moved workloads that exchange data, run beside each other or share a fixed fee, as groups.
    pub(super) fn clusters(&self, assignment: &Assignment, constraints: &[Constraint]) -> Vec<Vec<usize>> {
        let moved: BTreeSet<usize> = (0..assignment.len()).filter(|at| assignment[*at] != self.now[*at]).collect();
        let mut links: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut link = |one: usize, other: usize| {
            if one != other && moved.contains(&one) && moved.contains(&other) {
                links.entry(one).or_default().insert(other);
                links.entry(other).or_default().insert(one);
            }
        };
        self.edges.iter().filter_map(|edge| Some((edge.from, edge.to?))).for_each(|(one, other)| link(one, other));
        for constraint in constraints {
            if let Kind::With(one, other) = constraint.kind {
                link(one, other);
            }
        }
        // A fee, or a commitment, is paid by all that cause it: none of them pays it alone.
        let by_fee = |at: &usize| (self.sites[assignment[*at]].provider(), true);
        let by_commitment = |at: &usize| (self.sites[self.now[*at]].provider(), false);
        let mut sharing: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        for at in &moved {
            for key in
                [by_fee(at), by_commitment(at)].into_iter().filter(|(provider, is_fee)| self.shares(provider, *is_fee))
            {
                link(*at, *sharing.entry(key).or_insert(*at));
            }
        }
        let mut left = moved.clone();
        let mut clusters = Vec::new();
        while let Some(first) = left.pop_first() {
            let mut cluster = vec![first];
            let mut pending = vec![first];
            while let Some(at) = pending.pop() {
                for other in links.get(&at).into_iter().flatten() {
                    if left.remove(other) {
                        cluster.push(*other);
                        pending.push(*other);
                    }
                }
            }
            cluster.sort_unstable();
            clusters.push(cluster);
        }
        clusters
    }
}

impl Board {
    /// Whether those that go to a provider share a fee, or those that leave it a commitment.
    fn shares(&self, provider: &str, is_fee: bool) -> bool {
        if !is_fee {
            return self.commitments.iter().any(|commitment| commitment.provider.as_str() == provider);
        }
        let is_monthly = |path: &crate::config::Path| {
            path.kind == crate::config::PathKind::Vpn || path.monthly.is_some_and(|monthly| !monthly.is_zero())
        };
        let mut paths = self.paths.iter().filter(|path| path.between.iter().any(|end| end.value == provider));
        !self.provider_fee(provider).is_zero() || paths.any(is_monthly)
    }
}

/// More than any two placements can differ in, by what runs and what is carried.
fn widest(workloads: &[WorkloadRow], edges: &[EdgeRow]) -> f64 {
    let spread = |costs: &mut dyn Iterator<Item = f64>| {
        let (mut least, mut most) = (0.0_f64, 0.0_f64);
        for cost in costs.filter(|cost| cost.is_finite()) {
            (least, most) = (least.min(cost), most.max(cost));
        }
        most - least
    };
    let runs = workloads.iter().map(|row| spread(&mut row.options.iter().map(|option| option.cost)));
    let carries = edges.iter().map(|edge| spread(&mut edge.cost.iter().copied()));
    runs.chain(carries).sum()
}

/// What an own place holds: vCPUs, GiB of memory, GB of disk. Regions have no end that anybody knows.
fn capacity(site: &Site) -> Vec<Option<f64>> {
    match site {
        Site::Region { .. } => Vec::new(),
        Site::Own(site) => {
            let capacity = &site.capacity.value;
            vec![Some(number(capacity.vcpu)), Some(number(capacity.memory_gb)), capacity.disk_gb.map(number)]
        }
    }
}

/// For the solver, which counts in floating point; what it finds is summed exactly again.
fn number(decimal: Decimal) -> f64 {
    decimal.to_f64().unwrap_or(f64::INFINITY)
}
