//! Depth-first search under a [`Bound`]: first for the least cost, then among those that cost the same for the one
//! preferred.

use super::bound::Bound;
use super::model::{Assignment, Model, Node, State};
use super::program::{Preference, hundredths};
use super::tally::Tally;

const OPEN: usize = usize::MAX;

/// What an assignment must be to replace the best so far.
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal {
    /// Cheaper; the limit sinks with every find.
    Cheapest,
    /// Within the limit and preferred to this, or equal to it and first in the order of sites.
    Preferred(Preference),
}

/// A search with its state.
pub(super) struct Exact<'a> {
    model: &'a Model,
    links_of: &'a [Vec<usize>],
    is_over: &'a dyn Fn() -> bool,
    goal: Goal,
    limit: f64,
    /// How many nodes of the tree it may still see.
    budget: u64,
    costs: Vec<Vec<f64>>,
    link_costs: &'a [Vec<f64>],
    lower: f64,
    states: Assignment,
    /// For each row, what is taken and what open nodes take at least.
    needs: Vec<f64>,
    /// For each node, what it takes of rows wherever it runs.
    least_uses: Vec<Vec<(usize, f64)>>,
    at_provider: Vec<u32>,
    best: Option<Assignment>,
}

impl<'a> Exact<'a> {
    /// `bound` must have ascended.
    pub(super) fn new(
        model: &'a Model,
        links_of: &'a [Vec<usize>],
        bound: &'a Bound,
        is_over: &'a dyn Fn() -> bool,
    ) -> Self {
        let mut needs = vec![0.0; model.rows.len()];
        let least_uses: Vec<_> = model.nodes.iter().map(least_uses).collect();
        least_uses.iter().flatten().for_each(|&(row, taken)| needs[row] += taken);
        Self {
            model,
            links_of,
            is_over,
            goal: Goal::Cheapest,
            limit: f64::INFINITY,
            budget: 0,
            costs: bound.nodes.clone(),
            link_costs: &bound.links,
            lower: bound.constant,
            states: vec![OPEN; model.nodes.len()],
            needs,
            least_uses,
            at_provider: vec![0; model.fees.len()],
            best: None,
        }
    }

    /// The best assignment that costs at most `limit`, if any, and whether the search came to its end.
    pub(super) fn run(&mut self, goal: Goal, limit: f64, budget: u64) -> (Option<Assignment>, bool) {
        (self.goal, self.limit, self.budget, self.best) = (goal, limit, budget, None);
        let none = Preference { moves: 0, worst_loss: 0, providers: 0, edge_cost: 0 };
        let is_complete = self.descend(0, none);
        (self.best.take(), is_complete)
    }

    fn descend(&mut self, depth: usize, so_far: Preference) -> bool {
        if self.budget == 0 || (self.budget.is_multiple_of(64) && (self.is_over)()) {
            return false;
        }
        self.budget -= 1;
        if depth == self.states.len() {
            self.arrive();
            return true;
        }
        let node = self.next(depth);
        for state in self.order(node) {
            if self.lower + self.costs[node][state] - least(&self.costs[node]) > self.limit {
                continue;
            }
            let with = self.extend(so_far, node, state);
            if !self.is_hopeful(with, depth, node) || !self.fits(node, state) {
                continue;
            }
            let undo = self.set(node, state);
            let is_complete = self.lower > self.limit || self.descend(depth + 1, with);
            self.unset(node, state, undo);
            if !is_complete {
                return false;
            }
        }
        true
    }

    /// The open node with the fewest states left; in order of position where the order of sites decides.
    fn next(&self, depth: usize) -> usize {
        if matches!(self.goal, Goal::Preferred(_)) {
            return depth;
        }
        let left = |node: &usize| {
            let most = self.limit - self.lower + least(&self.costs[*node]);
            self.costs[*node].iter().filter(|cost| **cost <= most).count()
        };
        (0..self.states.len()).filter(|&node| self.states[node] == OPEN).min_by_key(left).expect("a node is open")
    }

    fn order(&self, node: usize) -> Vec<usize> {
        let mut states: Vec<usize> = (0..self.costs[node].len()).collect();
        if matches!(self.goal, Goal::Cheapest) {
            states.sort_by(|one, other| self.costs[node][*one].total_cmp(&self.costs[node][*other]));
        }
        states
    }

    /// What an assignment with this state prefers at best.
    fn extend(&self, so_far: Preference, node: usize, state: usize) -> Preference {
        if matches!(self.goal, Goal::Cheapest) {
            return so_far;
        }
        let picked = &self.model.nodes[node].states[state];
        let links = self.links_of[node].iter().map(|&link| &self.model.links[link]);
        let closed = links.filter(|link| link.is_edge && self.states[link.other(node)] != OPEN);
        let columns = |end: usize| self.model.nodes[end].states.len();
        let traffic = closed.map(|link| {
            let [row, column] = link.ends.map(|end| if end == node { state } else { self.states[end] });
            hundredths(link.cost[row * columns(link.ends[1]) + column])
        });
        Preference {
            moves: so_far.moves + picked.moves,
            worst_loss: so_far.worst_loss.max(picked.loss),
            providers: so_far.providers + u32::from(self.at_provider[picked.provider] == 0),
            edge_cost: so_far.edge_cost + hundredths(picked.edge_cost) + traffic.sum::<i64>(),
        }
    }

    fn is_hopeful(&self, so_far: Preference, depth: usize, node: usize) -> bool {
        let Goal::Preferred(best) = self.goal else { return true };
        debug_assert_eq!(depth, node, "nodes come in order of position");
        let least_moves = |node: &Node| node.states.iter().map(|state| state.moves).min().unwrap_or(0);
        let ahead: usize = self.model.nodes[node + 1..].iter().map(least_moves).sum();
        let hope = Preference { moves: so_far.moves + ahead, ..so_far };
        // What is found comes in order of sites, so that later ones must be better by something else.
        if self.best.is_some() { hope < best } else { hope <= best }
    }

    fn fits(&self, node: usize, state: usize) -> bool {
        let picked = &self.model.nodes[node].states[state];
        let opened = self.at_provider.iter().filter(|nodes| **nodes > 0).count();
        let opens = usize::from(self.at_provider[picked.provider] == 0);
        let holds = |&(row, taken): &(usize, f64)| {
            let counted = self.least_uses[node].iter().find(|(of, _)| *of == row).map_or(0.0, |(_, least)| *least);
            self.model.rows[row].holds(self.needs[row] + taken - counted)
        };
        opened + opens <= self.model.max_providers && picked.uses.iter().all(holds)
    }

    /// Puts a node into a state; what its neighbours cost before.
    fn set(&mut self, node: usize, state: usize) -> Vec<(usize, Vec<f64>)> {
        self.count(node, state, 1.0);
        self.states[node] = state;
        self.lower += self.costs[node][state] - least(&self.costs[node]);
        let mut undo = Vec::new();
        for &link in &self.links_of[node] {
            let [first, last] = self.model.links[link].ends;
            let other = self.model.links[link].other(node);
            if self.states[other] != OPEN {
                continue;
            }
            let columns = self.costs[last].len();
            undo.push((other, self.costs[other].clone()));
            self.lower -= least(&self.costs[other]);
            for (at, cost) in self.costs[other].iter_mut().enumerate() {
                let pair = if first == node { state * columns + at } else { at * columns + state };
                *cost += self.link_costs[link][pair];
            }
            self.lower += least(&self.costs[other]);
        }
        undo
    }

    fn unset(&mut self, node: usize, state: usize, undo: Vec<(usize, Vec<f64>)>) {
        for (other, costs) in undo {
            self.lower += least(&costs) - least(&self.costs[other]);
            self.costs[other] = costs;
        }
        self.lower -= self.costs[node][state] - least(&self.costs[node]);
        self.states[node] = OPEN;
        self.count(node, state, -1.0);
    }

    fn count(&mut self, node: usize, state: usize, sign: f64) {
        let picked = &self.model.nodes[node].states[state];
        picked.uses.iter().for_each(|&(row, taken)| self.needs[row] += sign * taken);
        self.least_uses[node].iter().for_each(|&(row, taken)| self.needs[row] -= sign * taken);
        let nodes = &mut self.at_provider[picked.provider];
        *nodes = nodes.wrapping_add_signed(if sign > 0.0 { 1 } else { -1 });
    }

    /// A full assignment: the bound no longer counts, only what it costs.
    fn arrive(&mut self) {
        let tally = Tally::new(self.model, self.links_of, self.states.clone());
        let cost = tally.cost();
        if cost > self.limit || !tally.is_allowed() {
            return;
        }
        match &mut self.goal {
            Goal::Cheapest => self.limit = cost - 1e-8,
            Goal::Preferred(best) => {
                let preference = self.model.preference(&tally.states);
                if preference > *best || (preference == *best && self.best.is_some()) {
                    return;
                }
                *best = preference;
            }
        }
        self.best = Some(tally.states);
    }
}

fn least(costs: &[f64]) -> f64 {
    costs.iter().copied().fold(f64::INFINITY, f64::min)
}

/// The rows that every state of a node takes something of, and how much at least.
fn least_uses(node: &Node) -> Vec<(usize, f64)> {
    let taken =
        |state: &State, row: usize| state.uses.iter().find(|(of, _)| *of == row).map_or(0.0, |(_, taken)| *taken);
    let least = |row: usize| node.states.iter().map(|state| taken(state, row)).fold(f64::INFINITY, f64::min);
    let rows = node.states[0].uses.iter().map(|(row, _)| *row);
    rows.map(|row| (row, least(row))).filter(|(_, taken)| *taken > 0.0).collect()
}
