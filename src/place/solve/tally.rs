//! What an assignment costs while nodes change one at a time.

use super::model::{Assignment, Model};

/// A full assignment with its sums.
#[derive(Clone)]
pub(super) struct Tally<'a> {
    model: &'a Model,
    links_of: &'a [Vec<usize>],
    pub(super) states: Assignment,
    /// Nodes and links.
    sum: f64,
    used: Vec<f64>,
    /// Nodes at each provider.
    at_provider: Vec<u32>,
    /// Links that run over each pair.
    over_pair: Vec<u32>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(model: &'a Model, links_of: &'a [Vec<usize>], states: Assignment) -> Self {
        let mut tally = Self {
            model,
            links_of,
            states,
            sum: 0.0,
            used: vec![0.0; model.rows.len()],
            at_provider: vec![0; model.fees.len()],
            over_pair: vec![0; model.pairs.len()],
        };
        for node in 0..model.nodes.len() {
            tally.count(node, 1.0);
        }
        for (at, link) in model.links.iter().enumerate() {
            tally.sum += model.link_cost(link, &tally.states);
            tally.count_pairs(at, 1);
        }
        tally
    }

    /// The cost a month, with as much more as rules are broken.
    pub(super) fn cost(&self) -> f64 {
        let model = self.model;
        let fees = model.fees.iter().zip(&self.at_provider).filter(|(_, nodes)| **nodes > 0).map(|(fee, _)| fee);
        let pairs = model.pairs.iter().zip(&self.over_pair).filter(|(_, links)| **links > 0).map(|(pair, _)| pair.fee);
        self.sum + fees.sum::<f64>() + pairs.sum::<f64>() + model.forbidden * self.broken()
    }

    /// Whether no rule is broken.
    pub(super) fn is_allowed(&self) -> bool {
        let forbids = |link: &super::model::Link| self.model.link_cost(link, &self.states) >= self.model.forbidden;
        let is_barred = |(node, state): (&super::model::Node, &usize)| node.states[*state].cost >= self.model.forbidden;
        self.broken() == 0.0
            && !self.model.links.iter().any(forbids)
            && !self.model.nodes.iter().zip(&self.states).any(is_barred)
    }

    /// How far sums are past their limits, in shares of them.
    fn broken(&self) -> f64 {
        let excess = |(row, used): (&super::model::Row, &f64)| {
            if row.holds(*used) { 0.0 } else { (used - row.limit) / row.limit.abs().max(1.0) }
        };
        let opened = self.at_provider.iter().filter(|nodes| **nodes > 0).count();
        let too_many = opened.saturating_sub(self.model.max_providers);
        self.model.rows.iter().zip(&self.used).map(excess).sum::<f64>() + too_many as f64
    }

    /// Puts a node into another state.
    pub(super) fn put(&mut self, node: usize, state: usize) {
        if self.states[node] == state {
            return;
        }
        self.count(node, -1.0);
        self.count_links(node, -1);
        self.states[node] = state;
        self.count_links(node, 1);
        self.count(node, 1.0);
    }

    fn count_links(&mut self, node: usize, sign: i32) {
        let (model, links_of) = (self.model, self.links_of);
        for &link in &links_of[node] {
            self.sum += f64::from(sign) * model.link_cost(&model.links[link], &self.states);
            self.count_pairs(link, sign);
        }
    }

    fn count(&mut self, node: usize, sign: f64) {
        let state = &self.model.nodes[node].states[self.states[node]];
        self.sum += sign * state.cost;
        state.uses.iter().for_each(|&(row, taken)| self.used[row] += sign * taken);
        let nodes = &mut self.at_provider[state.provider];
        *nodes = nodes.wrapping_add_signed(if sign > 0.0 { 1 } else { -1 });
    }

    fn count_pairs(&mut self, link: usize, sign: i32) {
        let link = &self.model.links[link];
        if !link.is_edge {
            return;
        }
        let [one, other] = link.ends.map(|end| self.model.nodes[end].states[self.states[end]].site);
        for (pair, links) in self.model.pairs.iter().zip(&mut self.over_pair) {
            if pair.is_between(one, other) {
                *links = links.wrapping_add_signed(sign);
            }
        }
    }
}
