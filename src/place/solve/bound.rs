//! A cost that no assignment can beat, fast enough for programs that are too large for the simplex method.
//!
//! The relaxation lets each link choose its states apart from the nodes. Costs wander between nodes and links
//! (the cost of a whole assignment stays as it is) so that the sum of the separate minima grows: block-coordinate
//! ascent in the dual of the linear relaxation. Capacities take part by prices that a subgradient sets.

use super::model::{Assignment, Model};

/// Costs spread so that `constant` plus the minima is a bound.
#[derive(Clone)]
pub(super) struct Bound {
    pub(super) constant: f64,
    /// For each node, the cost of each state.
    pub(super) nodes: Vec<Vec<f64>>,
    /// For each link, as [`super::model::Link::cost`].
    pub(super) links: Vec<Vec<f64>>,
    /// The price of each row.
    prices: Vec<f64>,
}

impl Bound {
    /// `fees` are paid whatever the assignment.
    pub(super) fn new(model: &Model, fees: f64) -> Self {
        let nodes = model.nodes.iter().map(|node| node.states.iter().map(|state| state.cost).collect()).collect();
        let links = model.links.iter().map(|link| link.cost.clone()).collect();
        let mut bound = Self { constant: fees, nodes, links, prices: vec![0.0; model.rows.len()] };
        bound.share_pair_fees(model);
        bound
    }

    /// A fee paid once is at least what each link that could run over the pair pays of it in equal shares.
    fn share_pair_fees(&mut self, model: &Model) {
        for pair in &model.pairs {
            let mut over = Vec::new();
            for (at, link) in model.links.iter().enumerate().filter(|(_, link)| link.is_edge) {
                let [rows, columns] = link.ends.map(|end| &model.nodes[end].states);
                let sites = rows.iter().flat_map(|one| columns.iter().map(|other| (one.site, other.site)));
                let runs: Vec<usize> = sites
                    .enumerate()
                    .filter(|(_, (one, other))| pair.is_between(*one, *other))
                    .map(|(at, _)| at)
                    .collect();
                if !runs.is_empty() {
                    over.push((at, runs));
                }
            }
            let share = pair.fee / over.len().max(1) as f64;
            for (link, runs) in over {
                runs.into_iter().for_each(|at| self.links[link][at] += share);
            }
        }
    }

    /// The bound.
    pub(super) fn lower(&self) -> f64 {
        self.constant + self.nodes.iter().chain(&self.links).map(|costs| least(costs)).sum::<f64>()
    }

    /// Raises the bound towards `upper` until it grows no more; the bound reached.
    pub(super) fn ascend(
        &mut self,
        model: &Model,
        links_of: &[Vec<usize>],
        upper: f64,
        sweeps: u32,
        is_over: &dyn Fn() -> bool,
    ) -> f64 {
        let mut best = self.lower();
        let mut held = None;
        let mut stalls = 0;
        let mut pace = 1.0;
        for _ in 0..sweeps {
            if best >= upper || is_over() {
                break;
            }
            self.sweep(model, links_of);
            let lower = self.lower();
            stalls = if lower > best + 1e-3 * (upper - best) { 0 } else { stalls + 1 };
            if lower > best {
                best = lower;
                held = (!model.rows.is_empty()).then(|| self.clone());
            }
            let patience = if model.rows.is_empty() { 4 } else { 20 };
            if stalls >= patience {
                break;
            }
            pace *= if stalls > 0 { 0.9 } else { 1.0 };
            self.reprice(model, upper, lower, pace);
        }
        if let Some(held) = held {
            *self = held;
        }
        self.settle();
        best
    }

    /// Takes the minima out of nodes and links, which are then never negative.
    fn settle(&mut self) {
        for costs in self.nodes.iter_mut().chain(&mut self.links) {
            let least = least(costs);
            costs.iter_mut().for_each(|cost| *cost -= least);
            self.constant += least;
        }
    }

    /// Once forth and once back over the nodes.
    fn sweep(&mut self, model: &Model, links_of: &[Vec<usize>]) {
        let nodes = 0..model.nodes.len();
        for node in nodes.clone() {
            self.relax(model, &links_of[node], node, |other| other > node);
        }
        for node in nodes.rev() {
            self.relax(model, &links_of[node], node, |other| other < node);
        }
    }

    /// Draws all cost of the links into the node, and gives those ahead their share of it.
    fn relax(&mut self, model: &Model, links: &[usize], node: usize, is_ahead: impl Fn(usize) -> bool) {
        links.iter().for_each(|&link| self.pull(model, link, node));
        let ahead = links.iter().filter(|&&link| is_ahead(model.links[link].other(node))).count();
        let share = 1.0 / ahead.max(links.len() - ahead).max(1) as f64;
        let given: Vec<f64> = self.nodes[node].iter().map(|cost| cost * share).collect();
        for &link in links.iter().filter(|&&link| is_ahead(model.links[link].other(node))) {
            self.push(model, link, node, &given);
        }
    }

    fn pull(&mut self, model: &Model, link: usize, node: usize) {
        let columns = self.nodes[model.links[link].ends[1]].len();
        let (costs, nodes) = (&mut self.links[link], &mut self.nodes[node]);
        if model.links[link].ends[0] == node {
            for (row, cost) in costs.chunks_exact_mut(columns).zip(nodes) {
                let least = least(row);
                row.iter_mut().for_each(|cost| *cost -= least);
                *cost += least;
            }
            return;
        }
        let mut least = vec![f64::INFINITY; columns];
        for row in costs.chunks_exact(columns) {
            least.iter_mut().zip(row).for_each(|(least, &cost)| *least = if cost < *least { cost } else { *least });
        }
        for row in costs.chunks_exact_mut(columns) {
            row.iter_mut().zip(&least).for_each(|(cost, least)| *cost -= least);
        }
        nodes.iter_mut().zip(&least).for_each(|(cost, least)| *cost += least);
    }

    fn push(&mut self, model: &Model, link: usize, node: usize, given: &[f64]) {
        let columns = self.nodes[model.links[link].ends[1]].len();
        let is_first = model.links[link].ends[0] == node;
        for (at, row) in self.links[link].chunks_exact_mut(columns).enumerate() {
            for (column, cost) in row.iter_mut().enumerate() {
                *cost += given[if is_first { at } else { column }];
            }
        }
        self.nodes[node].iter_mut().zip(given).for_each(|(cost, given)| *cost -= given);
    }

    /// Moves the prices of rows against what the separate minima take of them.
    fn reprice(&mut self, model: &Model, upper: f64, lower: f64, pace: f64) {
        if model.rows.is_empty() {
            return;
        }
        let mut excess: Vec<f64> = model.rows.iter().map(|row| -row.limit).collect();
        for (node, state) in model.nodes.iter().zip(self.cheapest()) {
            node.states[state].uses.iter().for_each(|&(row, taken)| excess[row] += taken);
        }
        let free = |(excess, price): (&f64, &f64)| if *excess < 0.0 && *price == 0.0 { 0.0 } else { excess * excess };
        let length: f64 = excess.iter().zip(&self.prices).map(free).sum();
        if length <= 0.0 {
            return;
        }
        let step = pace * (upper - lower) / length;
        let risen = |(price, excess): (&f64, &f64)| (price + step * excess).max(0.0) - price;
        let risen: Vec<f64> = self.prices.iter().zip(&excess).map(risen).collect();
        for (at, row) in model.rows.iter().enumerate() {
            self.prices[at] += risen[at];
            self.constant -= risen[at] * row.limit;
        }
        for (node, costs) in model.nodes.iter().zip(&mut self.nodes) {
            for (state, cost) in node.states.iter().zip(costs) {
                *cost += state.uses.iter().map(|&(row, taken)| risen[row] * taken).sum::<f64>();
            }
        }
    }

    /// The cheapest state of each node by itself.
    fn cheapest(&self) -> Assignment {
        self.nodes.iter().map(|costs| cheapest(costs)).collect()
    }

    /// Assignments that cost little here: starts for a descent.
    pub(super) fn starts(&self, model: &Model, links_of: &[Vec<usize>]) -> Vec<Assignment> {
        let nodes = 0..self.nodes.len();
        vec![self.decode(model, links_of, nodes.clone()), self.decode(model, links_of, nodes.rev())]
    }

    /// The cheapest state of each node in turn, with what its links to those before cost.
    fn decode(&self, model: &Model, links_of: &[Vec<usize>], nodes: impl Iterator<Item = usize>) -> Assignment {
        let mut states = vec![None; self.nodes.len()];
        for node in nodes {
            let mut costs = self.nodes[node].clone();
            for &link in &links_of[node] {
                let [first, last] = model.links[link].ends;
                let Some(state) = states[model.links[link].other(node)] else { continue };
                let columns = self.nodes[last].len();
                let pair = |at: usize| if first == node { at * columns + state } else { state * columns + at };
                costs.iter_mut().enumerate().for_each(|(at, cost)| *cost += self.links[link][pair(at)]);
            }
            states[node] = Some(cheapest(&costs));
        }
        states.into_iter().map(|state| state.expect("each node had its turn")).collect()
    }

    /// The states that an assignment of at most `limit` could have; to be asked after an ascent.
    pub(super) fn worthy(&self, model: &Model, links_of: &[Vec<usize>], limit: f64) -> Vec<Vec<usize>> {
        let of_node = |node: usize| {
            let states = 0..self.nodes[node].len();
            states.filter(|&state| self.with(model, &links_of[node], node, state) <= limit).collect()
        };
        (0..self.nodes.len()).map(of_node).collect()
    }

    /// A bound of what assignments with this state cost.
    fn with(&self, model: &Model, links: &[usize], node: usize, state: usize) -> f64 {
        let mut lower = self.constant + self.nodes[node][state];
        for &link in links {
            let [first, last] = model.links[link].ends;
            let other = &self.nodes[model.links[link].other(node)];
            let columns = self.nodes[last].len();
            let pair = |at: usize| if first == node { state * columns + at } else { at * columns + state };
            let costs = other.iter().enumerate().map(|(at, cost)| cost + self.links[link][pair(at)]);
            lower += costs.fold(f64::INFINITY, f64::min);
        }
        lower
    }
}

/// The least of some costs. Comparing so compiles to fewer steps than `f64::min`, which has to mind what is no number.
fn least(costs: &[f64]) -> f64 {
    costs.iter().fold(f64::INFINITY, |least, &cost| if cost < least { cost } else { least })
}

/// The position of the least cost.
fn cheapest(costs: &[f64]) -> usize {
    let order = |one: &usize, other: &usize| costs[*one].total_cmp(&costs[*other]);
    (0..costs.len()).min_by(order).expect("a node has states")
}
