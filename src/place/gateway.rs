//! Gateways, load balancers and private links that are paid for each GB that passes them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::board::{Assignment, Board};
use super::edge::{Edge, Ways};
use super::egress;
use super::flow::{self, Flow, Flows};
use super::workload::Workload;
use crate::estimate::{Estimate, PricedPlan};
use crate::model::Plan;

/// What the data of a workload passes on its way out of its present place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gate {
    /// What a GB costs that passes it, either way; nothing where that is not known.
    pub(super) gb_price: Option<Decimal>,
    /// Whether data to the outside passes it too: not where a load balancer faces the outside.
    pub(super) is_for_outside: bool,
    /// The gateways that share the data, by their positions in the plan.
    pub(super) gateways: Vec<usize>,
}

/// The end of a private link that data between two workloads passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passed {
    /// What a GB costs that passes it, either way; nothing where that is not known.
    pub(super) gb_price: Option<Decimal>,
    /// Its position in the plan.
    pub(super) at: usize,
    /// The workload that it serves, at whose place it is billed.
    pub(super) serves: usize,
}

/// Private links by the ends of the edges that pass them.
pub(super) type Links = BTreeMap<(usize, usize), Passed>;

/// The gate of each workload that has one.
pub(super) fn gates(plan: &Plan, priced: &PricedPlan, workloads: &[Workload], flows: &Flows) -> Vec<Option<Gate>> {
    let members = members(workloads);
    let gate = |workload: &Workload| {
        let gateways = flows.gateways(plan, workload, &members);
        let first = *gateways.first()?;
        let gb_price = after(priced, first).and_then(|estimate| flows.of.get(&first)?.gb_price(estimate));
        let is_for_outside = !flows.members(workload).any(|(_, flow)| flow.fronts);
        Some(Gate { gb_price, is_for_outside, gateways })
    };
    workloads.iter().map(gate).collect()
}

/// The positions of the resources of all workloads.
fn members(workloads: &[Workload]) -> BTreeSet<usize> {
    workloads.iter().flat_map(|workload| &workload.at).copied().collect()
}

/// The private link that each edge passes, if any: the first whose network the one end is in, and that serves the other.
pub(super) fn links(plan: &Plan, priced: &PricedPlan, workloads: &[Workload], flows: &Flows, edges: &[Edge]) -> Links {
    if flows.links.is_empty() {
        return Links::new();
    }
    let members = members(workloads);
    let networks = |workload: &Workload| flow::reach(plan, workload.at.clone(), &members).shared;
    let networks: Vec<BTreeSet<usize>> = workloads.iter().map(networks).collect();
    let serves = |link: &flow::Link| {
        let (own, through): (Vec<usize>, Vec<usize>) = link.serves.iter().partition(|at| members.contains(at));
        own.into_iter().chain(flow::reach(plan, through, &members).members).collect::<BTreeSet<usize>>()
    };
    let served: BTreeMap<usize, BTreeSet<usize>> = flows.links.iter().map(|(at, link)| (*at, serves(link))).collect();
    let kind = |workload: &Workload| Some(&plan.changes[*workload.at.first()?].after.as_ref()?.kind);
    let passes = |at: usize, link: &flow::Link, user: usize, server: usize| {
        let (one, other) = (&workloads[user], &workloads[server]);
        let is_near = (&one.provider, &one.region) == (&other.provider, &other.region);
        let is_served = other.at.iter().any(|member| served[&at].contains(member))
            || is_near && kind(other).is_some_and(|kind| link.kinds.contains(kind));
        is_served && (link.within.is_empty() || link.within.iter().any(|network| networks[user].contains(network)))
    };
    let mut found = Links::new();
    for edge in edges {
        let Some(to) = edge.to else { continue };
        let passed = flows.links.iter().find_map(|(&at, link)| {
            let ends = [(edge.from, to), (to, edge.from)];
            let (_, serves) = ends.into_iter().find(|(user, server)| passes(at, link, *user, *server))?;
            let gb_price = after(priced, at).and_then(|estimate| flows.of.get(&at)?.gb_price(estimate));
            Some(Passed { gb_price, at, serves })
        });
        found.extend(passed.map(|passed| ((edge.from, to), passed)));
    }
    found
}

/// What the stanzas of gateways and private links charge already, out of usage.
pub(super) fn charged(
    priced: &PricedPlan,
    gates: &[Option<Gate>],
    links: &Links,
    flows: &Flows,
) -> BTreeMap<usize, Decimal> {
    let gateways = gates.iter().flatten().flat_map(|gate| &gate.gateways);
    let charged = |at: usize| Some((at, flows.of.get(&at)?.charged(after(priced, at)?)?));
    gateways.chain(links.values().map(|link| &link.at)).filter_map(|at| charged(*at)).collect()
}

/// Takes what stanzas charge for data to the internet out of workloads whose edge now pays for it.
pub(super) fn leave_internet_to_edges(priced: &PricedPlan, workloads: &mut [Workload], flows: &Flows) {
    for workload in workloads {
        // Where no list has the price of an edge, the stanza's stands.
        if egress::internet(&workload.provider, &workload.region).is_none() {
            continue;
        }
        let of = |(at, flow): (usize, &super::flow::Flow)| Some(flow.charged_for_internet(after(priced, at)?));
        let charged: Decimal = flows.members(workload).filter_map(of).sum();
        workload.now -= charged;
    }
}

/// Adds what load balancers take for data, where their usage does not say it already: of what faces the outside, for
/// data to and from there; of any, for data of the workloads that reach it by name.
///
/// A load balancer goes where its workload goes, and is counted alike there: so is what it takes for data.
pub(super) fn add_balancers(
    plan: &Plan,
    priced: &PricedPlan,
    workloads: &mut [Workload],
    flows: &Flows,
    edges: &[Edge],
) {
    let is_balancer = |workload: &Workload| flows.members(workload).any(|(_, flow)| !flow.processes.is_empty());
    if !workloads.iter().any(is_balancer) {
        return;
    }
    let members = members(workloads);
    let met: Vec<BTreeSet<usize>> =
        workloads.iter().map(|workload| flow::reach(plan, workload.at.clone(), &members).members).collect();
    for (at, workload) in workloads.iter_mut().enumerate() {
        let balancers = || flows.members(workload).filter(|(_, flow)| !flow.processes.is_empty());
        let is_told = |(at, flow): &(usize, &Flow)| {
            flow.traffic_gb.is_some() || after(priced, *at).and_then(|estimate| flow.charged(estimate)).is_some()
        };
        let taken = |(at, flow): (usize, &Flow), gb: Decimal| {
            after(priced, at).and_then(|estimate| flow.gb_price(estimate)).unwrap_or_default() * gb
        };
        let data = |edge: &Edge| edge.gb + edge.back_gb;
        let mut sum = Decimal::ZERO;
        let fronts = || balancers().filter(|(_, flow)| flow.fronts);
        if let Some(front) = fronts().next().filter(|_| !fronts().any(|front| is_told(&front))) {
            let outside = edges.iter().filter(|edge| edge.from == at && edge.to.is_none());
            sum += taken(front, outside.map(data).sum());
        }
        let peer = |edge: &Edge| match edge.to {
            Some(to) if edge.from == at => Some(to),
            Some(to) if to == at => Some(edge.from),
            _ => None,
        };
        for edge in edges {
            let Some(peer) = peer(edge) else { continue };
            let named = balancers().find(|(balancer, _)| met[peer].contains(balancer));
            sum += named.filter(|balancer| !is_told(balancer)).map_or(Decimal::ZERO, |named| taken(named, data(edge)));
        }
        workload.now += sum;
        workload.carried += sum;
    }
}

fn after(priced: &PricedPlan, at: usize) -> Option<&Estimate> {
    priced.changes.get(at)?.after.as_deref()
}

impl Board {
    /// What gateways, or the private link, take for the data of an edge between two places; nothing where a price is not
    /// known.
    pub(super) fn processing(&self, ways: &Ways<'_>, edge: &Edge, from: usize, to: Option<usize>) -> Option<Decimal> {
        self.tolls(ways, edge, from, to).into_iter().map(|(_, toll)| toll).sum()
    }

    /// The same one by one, each with the workload at whose place it is billed.
    ///
    /// What has moved with its data is taken to have the like of its private link there, as it has its load balancer.
    pub(super) fn tolls(
        &self,
        ways: &Ways<'_>,
        edge: &Edge,
        from: usize,
        to: Option<usize>,
    ) -> Vec<(usize, Option<Decimal>)> {
        let gb = edge.gb + edge.back_gb;
        if gb.is_zero() {
            return Vec::new();
        }
        let toll = |price: Option<Decimal>| price.map(|price| price * gb);
        if !ways.is_public(from, to) {
            return self.link(edge).map(|link| (link.serves, toll(link.gb_price))).into_iter().collect();
        }
        let ends = [Some((edge.from, from)), edge.to.zip(to)].into_iter().flatten();
        ends.filter_map(|(workload, site)| Some((workload, toll(self.gate(edge, workload, site)?.gb_price)))).collect()
    }

    /// The same for an edge under a placement.
    pub(super) fn processing_of(&self, ways: &Ways<'_>, edge: &Edge, assignment: &Assignment) -> Option<Decimal> {
        self.processing(ways, edge, assignment[edge.from], edge.to.map(|to| assignment[to]))
    }

    /// The gate that a workload's end of an edge passes: only the one of its present place is known.
    fn gate(&self, edge: &Edge, workload: usize, site: usize) -> Option<&Gate> {
        let gate = self.gates.get(workload)?.as_ref()?;
        (site == self.now[workload] && (edge.to.is_some() || gate.is_for_outside)).then_some(gate)
    }

    /// The private link that an edge passes where its ends have a private way to each other.
    fn link(&self, edge: &Edge) -> Option<&Passed> {
        self.links.get(&(edge.from, edge.to?))
    }

    /// The part of what gateways and private links are charged by usage that today's edges pay for, each by its
    /// position: it must not be counted twice.
    pub(super) fn counted_twice(&self, charged: &BTreeMap<usize, Decimal>) -> BTreeMap<usize, Decimal> {
        let ways = self.ways();
        let mut left = charged.clone();
        let mut taken: BTreeMap<usize, Decimal> = BTreeMap::new();
        let mut take = |at: usize, owed: Decimal| {
            let Some(left) = left.get_mut(&at) else { return Decimal::ZERO };
            let part = owed.min(*left);
            *left -= part;
            *taken.entry(at).or_default() += part;
            part
        };
        for edge in &self.edges {
            let (from, to) = (self.now[edge.from], edge.to.map(|to| self.now[to]));
            let gb = edge.gb + edge.back_gb;
            if !ways.is_public(from, to) {
                if let Some(link) = self.link(edge) {
                    take(link.at, link.gb_price.unwrap_or_default() * gb);
                }
                continue;
            }
            for (workload, site) in [Some((edge.from, from)), edge.to.zip(to)].into_iter().flatten() {
                let Some(gate) = self.gate(edge, workload, site) else { continue };
                let mut owed = gate.gb_price.unwrap_or_default() * gb;
                for gateway in &gate.gateways {
                    owed -= take(*gateway, owed);
                }
            }
        }
        taken
    }
}
