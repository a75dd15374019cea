//! Gateways and load balancers that are paid for each GB that passes them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::board::{Assignment, Board};
use super::edge::{Edge, Ways};
use super::egress;
use super::flow::Flows;
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

/// The gate of each workload that has one.
pub(super) fn gates(plan: &Plan, priced: &PricedPlan, workloads: &[Workload], flows: &Flows) -> Vec<Option<Gate>> {
    let members = workloads.iter().flat_map(|workload| &workload.at).copied().collect();
    let gate = |workload: &Workload| {
        let gateways = flows.gateways(plan, workload, &members);
        let first = *gateways.first()?;
        let gb_price = after(priced, first).and_then(|estimate| flows.of.get(&first)?.gb_price(estimate));
        let is_for_outside = !flows.members(workload).any(|(_, flow)| flow.fronts);
        Some(Gate { gb_price, is_for_outside, gateways })
    };
    workloads.iter().map(gate).collect()
}

/// What the stanzas of gateways charge already, out of usage.
pub(super) fn charged(priced: &PricedPlan, gates: &[Option<Gate>], flows: &Flows) -> BTreeMap<usize, Decimal> {
    let gateways = gates.iter().flatten().flat_map(|gate| &gate.gateways);
    let charged = |at: usize| Some((at, flows.of.get(&at)?.charged(after(priced, at)?)?));
    gateways.filter_map(|at| charged(*at)).collect()
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

/// Adds what load balancers take for data to and from the outside, where their usage does not say it already.
///
/// A load balancer goes where its workload goes, and is counted alike there: so is what it takes for data.
pub(super) fn add_fronts(priced: &PricedPlan, workloads: &mut [Workload], flows: &Flows, edges: &[Edge]) {
    for (at, workload) in workloads.iter_mut().enumerate() {
        let outside = edges.iter().filter(|edge| edge.from == at && edge.to.is_none());
        let gb: Decimal = outside.map(|edge| edge.gb + edge.back_gb).sum();
        let mut fronts = flows.members(workload).filter(|(_, flow)| flow.fronts && flow.processes.is_some());
        let is_told = |(at, flow): (usize, &super::flow::Flow)| {
            flow.traffic_gb.is_some() || after(priced, at).and_then(|estimate| flow.charged(estimate)).is_some()
        };
        let first = fronts.next();
        if first.into_iter().chain(fronts).any(is_told) {
            continue;
        }
        let price = first.and_then(|(at, flow)| flow.gb_price(after(priced, at)?));
        let taken = price.unwrap_or_default() * gb;
        workload.now += taken;
        workload.carried += taken;
    }
}

fn after(priced: &PricedPlan, at: usize) -> Option<&Estimate> {
    priced.changes.get(at)?.after.as_deref()
}

impl Board {
    /// What gateways take for the data of an edge between two places; nothing where a price is not known.
    pub(super) fn processing(&self, ways: &Ways<'_>, edge: &Edge, from: usize, to: Option<usize>) -> Option<Decimal> {
        let gb = edge.gb + edge.back_gb;
        if gb.is_zero() || !ways.is_public(from, to) {
            return Some(Decimal::ZERO);
        }
        let ends = [Some((edge.from, from)), edge.to.zip(to)];
        let gates = ends.into_iter().flatten().filter_map(|(workload, site)| self.gate(edge, workload, site));
        gates.map(|gate| gate.gb_price.map(|price| price * gb)).sum()
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

    /// The part of what gateways are charged by usage that today's edges pay for: it must not be counted twice.
    pub(super) fn counted_twice(&self, charged: &BTreeMap<usize, Decimal>) -> Decimal {
        let ways = self.ways();
        let mut left = charged.clone();
        let mut sum = Decimal::ZERO;
        for edge in &self.edges {
            let (from, to) = (self.now[edge.from], edge.to.map(|to| self.now[to]));
            if !ways.is_public(from, to) {
                continue;
            }
            for (workload, site) in [Some((edge.from, from)), edge.to.zip(to)].into_iter().flatten() {
                let Some(gate) = self.gate(edge, workload, site) else { continue };
                let mut owed = gate.gb_price.unwrap_or_default() * (edge.gb + edge.back_gb);
                for gateway in &gate.gateways {
                    let Some(left) = left.get_mut(gateway) else { continue };
                    let taken = owed.min(*left);
                    *left -= taken;
                    owed -= taken;
                    sum += taken;
                }
            }
        }
        sum
    }
}
