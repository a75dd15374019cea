//! The program made ready to search: workloads that run together are one node, what a rule forbids is a cost that
//! nothing can bear, and capacities and moves are rows of the same kind.

use super::program::{Choice, Preference, Program, ROUNDING, hundredths};

/// What a move adds to the cost, so that of two placements that cost the same the one with fewer moves is cheaper.
const MOVE: f64 = 1e-6;
/// The same for a step of loss; a thousand of them weigh less than a move.
const LOSS: f64 = 1e-9;

/// A state for each node.
pub(super) type Assignment = Vec<usize>;

/// The nodes that must be decided together.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) nodes: Vec<Node>,
    pub(super) links: Vec<Link>,
    /// Limits of sums over nodes.
    pub(super) rows: Vec<Row>,
    pub(super) pairs: Vec<Pair>,
    /// For each provider, what opening it costs.
    pub(super) fees: Vec<f64>,
    pub(super) max_providers: usize,
    /// More than any placement costs: what a forbidden one costs.
    pub(super) forbidden: f64,
}

/// Workloads that run at the same site.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) members: Vec<usize>,
    /// In order of site.
    pub(super) states: Vec<State>,
}

/// A site for a node.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) site: usize,
    pub(super) provider: usize,
    /// With the traffic among the members, and a touch for moves and losses.
    pub(super) cost: f64,
    pub(super) edge_cost: f64,
    pub(super) moves: usize,
    pub(super) loss: u8,
    /// The option of each member.
    pub(super) picks: Vec<usize>,
    /// What it takes of the rows that it takes anything of.
    pub(super) uses: Vec<(usize, f64)>,
}

/// What two nodes cost each other.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) ends: [usize; 2],
    /// A row for each state of the first end.
    pub(super) cost: Vec<f64>,
    /// Whether anything runs between them, or they must only be apart.
    pub(super) is_edge: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) limit: f64,
}

/// A fee that two sites cost once.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) sites: [usize; 2],
    pub(super) fee: f64,
}

impl Pair {
    pub(super) fn is_between(&self, one: usize, other: usize) -> bool {
        self.sites == [one, other] || self.sites == [other, one]
    }
}

impl Link {
    /// The other end, and the position of a state pair seen from `node`.
    pub(super) fn other(&self, node: usize) -> usize {
        if self.ends[0] == node { self.ends[1] } else { self.ends[0] }
    }
}

impl Row {
    pub(super) fn holds(&self, used: f64) -> bool {
        used <= self.limit + ROUNDING * self.limit.abs().max(1.0)
    }
}

impl Model {
    /// `None` if a node has no site at all.
    pub(super) fn new(program: &Program) -> Option<Self> {
        let group_of = groups(program);
        let cheapest: Vec<Vec<Option<usize>>> = (0..program.workloads.len()).map(|at| per_site(program, at)).collect();
        let mut model = Self {
            nodes: Vec::new(),
            links: Vec::new(),
            rows: Vec::new(),
            pairs: pairs(program),
            fees: program.opening_fees(),
            max_providers: program.max_providers.unwrap_or(usize::MAX),
            forbidden: 0.0,
        };
        let mut node_of = vec![0; group_of.len()];
        for first in (0..group_of.len()).filter(|&at| group_of[at] == at) {
            let members: Vec<usize> = (0..group_of.len()).filter(|&at| group_of[at] == first).collect();
            members.iter().for_each(|&member| node_of[member] = model.nodes.len());
            let node = node(program, &cheapest, members);
            if node.states.is_empty() {
                return None;
            }
            model.nodes.push(node);
        }
        model.forbidden = forbidden(program, &model);
        model.link(program, &node_of);
        model.limit(program);
        Some(model)
    }

    /// Edges and `apart` as links, one for each pair of nodes.
    fn link(&mut self, program: &Program, node_of: &[usize]) {
        for edge in &program.edges {
            let ends = [node_of[edge.from], node_of[edge.to]];
            if ends[0] != ends[1] {
                self.add(ends, true, |from, to| program.edge_cost(edge, from, to));
            }
        }
        for group in &program.apart {
            for (at, &one) in group.iter().enumerate() {
                for &other in &group[..at] {
                    let same = |from, to| if from == to { f64::INFINITY } else { 0.0 };
                    self.add([node_of[one], node_of[other]], false, same);
                }
            }
        }
    }

    fn add(&mut self, ends: [usize; 2], is_edge: bool, cost: impl Fn(usize, usize) -> f64) {
        let [from, to] = ends;
        if from == to {
            // Apart and together at once: nothing fits.
            self.nodes[from].states.iter_mut().for_each(|state| state.cost = self.forbidden);
            return;
        }
        let is_turned = from > to;
        let ends = if is_turned { [to, from] } else { ends };
        let found = self.links.iter().position(|link| link.ends == ends);
        let [rows, columns] = ends.map(|end| self.nodes[end].states.len());
        let at = found.unwrap_or_else(|| {
            self.links.push(Link { ends, cost: vec![0.0; rows * columns], is_edge: false });
            self.links.len() - 1
        });
        let link = &mut self.links[at];
        link.is_edge |= is_edge;
        for (row, one) in self.nodes[ends[0]].states.iter().enumerate() {
            for (column, other) in self.nodes[ends[1]].states.iter().enumerate() {
                let added = if is_turned { cost(other.site, one.site) } else { cost(one.site, other.site) };
                let sum = link.cost[row * columns + column] + added;
                link.cost[row * columns + column] = sum.min(self.forbidden);
            }
        }
    }

    /// Capacities and the budget of moves, those that can bind.
    fn limit(&mut self, program: &Program) {
        for (at, site) in program.sites.iter().enumerate() {
            for (dimension, limit) in site.capacity.iter().enumerate() {
                let use_of = |option: &Choice| option.uses.get(dimension).copied().unwrap_or(0.0);
                let used = |node: &Node, state: &State| -> f64 {
                    let taken = |(&member, &pick): (&usize, &usize)| use_of(&program.workloads[member].options[pick]);
                    if state.site == at { node.members.iter().zip(&state.picks).map(taken).sum() } else { 0.0 }
                };
                self.add_row(limit.unwrap_or(f64::INFINITY), used);
            }
        }
        let most = program.max_moves.map_or(f64::INFINITY, |most| most as f64);
        self.add_row(most, |_, state| state.moves as f64);
    }

    fn add_row(&mut self, limit: f64, used: impl Fn(&Node, &State) -> f64) {
        let row = Row { limit };
        let most = |node: &Node| node.states.iter().map(|state| used(node, state)).fold(0.0, f64::max);
        if row.holds(self.nodes.iter().map(most).sum()) {
            return;
        }
        let at = self.rows.len();
        self.rows.push(row);
        for node in &mut self.nodes {
            let taken: Vec<f64> = node.states.iter().map(|state| used(node, state)).collect();
            for (state, taken) in node.states.iter_mut().zip(taken) {
                if taken != 0.0 {
                    state.uses.push((at, taken));
                }
            }
        }
    }

    /// What decides between assignments of the same cost.
    pub(super) fn preference(&self, assignment: &[usize]) -> Preference {
        let states = || self.nodes.iter().zip(assignment).map(|(node, &state)| &node.states[state]);
        let mut open = vec![false; self.fees.len()];
        states().for_each(|state| open[state.provider] = true);
        let traffic = self.links.iter().filter(|link| link.is_edge).map(|link| self.link_cost(link, assignment));
        Preference {
            moves: states().map(|state| state.moves).sum(),
            worst_loss: states().map(|state| state.loss).max().unwrap_or(0),
            providers: open.iter().map(|&is_open| u32::from(is_open)).sum(),
            edge_cost: states().map(|state| state.edge_cost).chain(traffic).map(hundredths).sum(),
        }
    }

    pub(super) fn link_cost(&self, link: &Link, assignment: &[usize]) -> f64 {
        let columns = self.nodes[link.ends[1]].states.len();
        link.cost[assignment[link.ends[0]] * columns + assignment[link.ends[1]]]
    }

    /// The option of each workload of the program, written into `choice`.
    pub(super) fn spread(&self, assignment: &[usize], choice: &mut [usize]) {
        for (node, &state) in self.nodes.iter().zip(assignment) {
            for (&member, &pick) in node.members.iter().zip(&node.states[state].picks) {
                choice[member] = pick;
            }
        }
    }

    /// By how much the touches of moves and losses can raise a cost.
    pub(super) fn touch(&self) -> f64 {
        let touch = |state: &State| MOVE * state.moves as f64 + LOSS * f64::from(state.loss);
        self.nodes.iter().map(|node| node.states.iter().map(touch).fold(0.0, f64::max)).sum()
    }

    /// The links of each node.
    pub(super) fn links_of(&self) -> Vec<Vec<usize>> {
        let mut links = vec![Vec::new(); self.nodes.len()];
        for (at, link) in self.links.iter().enumerate() {
            link.ends.iter().for_each(|&end| links[end].push(at));
        }
        links
    }
}

/// For each workload, the first of those that must run where it runs.
pub(super) fn groups(program: &Program) -> Vec<usize> {
    let mut group: Vec<usize> = (0..program.workloads.len()).collect();
    for &(one, other) in &program.together {
        let (kept, gone) = (group[one].min(group[other]), group[one].max(group[other]));
        group.iter_mut().filter(|of| **of == gone).for_each(|of| *of = kept);
    }
    group
}

/// The cheapest option at each site; of the same cost that with the lower loss, then the lower rank.
fn per_site(program: &Program, workload: usize) -> Vec<Option<usize>> {
    let options = &program.workloads[workload].options;
    let mut best: Vec<Option<usize>> = vec![None; program.sites.len()];
    for (at, option) in options.iter().enumerate().filter(|(_, option)| option.cost.is_finite()) {
        let is_before = |held: usize| {
            let held = &options[held];
            option.cost.total_cmp(&held.cost).then((option.loss, option.rank).cmp(&(held.loss, held.rank))).is_lt()
        };
        if best[option.site].is_none_or(is_before) {
            best[option.site] = Some(at);
        }
    }
    best
}

/// The sites that every member can run at.
fn node(program: &Program, cheapest: &[Vec<Option<usize>>], members: Vec<usize>) -> Node {
    let mut states = Vec::new();
    for (site, _) in program.sites.iter().enumerate() {
        let picks: Option<Vec<usize>> = members.iter().map(|&member| cheapest[member][site]).collect();
        let Some(picks) = picks else { continue };
        let is_inside = |end: usize| members.contains(&end);
        let inside = program.edges.iter().filter(|edge| is_inside(edge.from) && is_inside(edge.to));
        let edge_cost: f64 = inside.map(|edge| program.edge_cost(edge, site, site)).sum();
        if !edge_cost.is_finite() {
            continue;
        }
        let options = || members.iter().zip(&picks).map(|(&member, &pick)| &program.workloads[member].options[pick]);
        let is_moved = |member: &&usize| program.workloads[**member].now.is_some_and(|now| now != site);
        let moves = members.iter().filter(is_moved).count();
        let loss = options().map(|option| option.loss).max().unwrap_or(0);
        let paid: f64 = options().map(|option| option.cost).sum();
        let cost = paid + edge_cost + MOVE * moves as f64 + LOSS * f64::from(loss);
        let provider = program.sites[site].provider;
        states.push(State { site, provider, cost, edge_cost, moves, loss, picks, uses: Vec::new() });
    }
    Node { members, states }
}

fn pairs(program: &Program) -> Vec<Pair> {
    let fees = program.pair_fees.iter().filter(|(one, other, fee)| one != other && *fee > 0.0);
    fees.map(|&(one, other, fee)| Pair { sites: [one, other], fee }).collect()
}

/// More than the difference of any two placements.
fn forbidden(program: &Program, model: &Model) -> f64 {
    let largest = |costs: &mut dyn Iterator<Item = f64>| {
        costs.filter(|cost| cost.is_finite()).fold(0.0, |most: f64, cost| most.max(cost.abs()))
    };
    let nodes = model.nodes.iter().map(|node| largest(&mut node.states.iter().map(|state| state.cost)));
    let edges = program.edges.iter().map(|edge| largest(&mut edge.cost.iter().copied()));
    let fees = model.fees.iter().copied().chain(model.pairs.iter().map(|pair| pair.fee));
    2.0 * nodes.chain(edges).chain(fees).sum::<f64>() + 1.0
}
