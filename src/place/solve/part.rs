//! Parts of a model that are settled by themselves: nodes that nothing couples to the rest, and the choices of
//! providers that a limit or a fee makes worth telling apart.

use super::model::{Link, Model, Node, State};

/// More choices of providers than this are not told apart.
const MOST_CHOICES: usize = 200;

/// A model with fewer states, and for each node the states of the whole model that it kept.
pub(super) struct Part {
    pub(super) model: Model,
    pub(super) kept: Vec<Vec<usize>>,
}

impl Part {
    /// Only the states of `kept`; `None` if a node has none.
    pub(super) fn new(model: &Model, kept: Vec<Vec<usize>>) -> Option<Self> {
        if kept.iter().any(Vec::is_empty) {
            return None;
        }
        let few = |(node, kept): (&Node, &Vec<usize>)| Node {
            members: node.members.clone(),
            states: kept.iter().map(|&state| node.states[state].clone()).collect(),
        };
        let link = |link: &Link| {
            let [rows, columns] = link.ends.map(|end| &kept[end]);
            let width = model.nodes[link.ends[1]].states.len();
            let cost = rows.iter().flat_map(|row| columns.iter().map(move |column| link.cost[row * width + column]));
            Link { ends: link.ends, cost: cost.collect(), is_edge: link.is_edge }
        };
        let few = Model {
            nodes: model.nodes.iter().zip(&kept).map(few).collect(),
            links: model.links.iter().map(link).collect(),
            ..model.empty()
        };
        Some(Self { model: few, kept })
    }

    /// An assignment of the part as one of the whole.
    pub(super) fn widen(&self, assignment: &[usize]) -> Vec<usize> {
        self.kept.iter().zip(assignment).map(|(kept, &state)| kept[state]).collect()
    }

    /// An assignment of the whole as one of the part; `None` if the part lacks one of its states.
    pub(super) fn narrow(&self, assignment: &[usize]) -> Option<Vec<usize>> {
        self.kept.iter().zip(assignment).map(|(kept, state)| kept.iter().position(|kept| kept == state)).collect()
    }
}

impl Model {
    /// All but nodes and links.
    fn empty(&self) -> Self {
        let (rows, pairs, fees) = (self.rows.clone(), self.pairs.clone(), self.fees.clone());
        let (max_providers, forbidden) = (self.max_providers, self.forbidden);
        Self { nodes: Vec::new(), links: Vec::new(), rows, pairs, fees, max_providers, forbidden }
    }

    /// The positions of nodes that must be decided together, in order.
    fn components(&self) -> Vec<Vec<usize>> {
        let mut group: Vec<usize> = (0..self.nodes.len()).collect();
        let mut join = |members: Vec<usize>| {
            let groups: Vec<usize> = members.iter().map(|&member| group[member]).collect();
            let first = groups.iter().copied().min().unwrap_or(0);
            group.iter_mut().filter(|of| groups.contains(of)).for_each(|of| *of = first);
        };
        let nodes_with = |is_meant: &dyn Fn(&State) -> bool| -> Vec<usize> {
            (0..self.nodes.len()).filter(|&node| self.nodes[node].states.iter().any(is_meant)).collect()
        };
        self.links.iter().for_each(|link| join(link.ends.to_vec()));
        for row in 0..self.rows.len() {
            join(nodes_with(&|state| state.uses.iter().any(|(of, _)| *of == row)));
        }
        for pair in &self.pairs {
            join(nodes_with(&|state| pair.sites.contains(&state.site)));
        }
        for (provider, _) in self.fees.iter().enumerate().filter(|(_, fee)| **fee > 0.0) {
            join(nodes_with(&|state| state.provider == provider));
        }
        if self.providers().len() > self.max_providers {
            join((0..self.nodes.len()).collect());
        }
        let firsts = (0..group.len()).filter(|&node| group[node] == node);
        firsts.map(|first| (0..group.len()).filter(|&node| group[node] == first).collect()).collect()
    }

    /// A model for each group of nodes that nothing couples to the others.
    pub(super) fn split(&self) -> Vec<Model> {
        let components = self.components();
        if components.len() == 1 {
            return vec![self.clone()];
        }
        let model = |nodes: &Vec<usize>| {
            let place = |node: usize| nodes.binary_search(&node);
            let links = self.links.iter().filter(|link| place(link.ends[0]).is_ok());
            let link = |link: &Link| {
                let ends = link.ends.map(|end| place(end).expect("a link joins its ends"));
                Link { ends, ..link.clone() }
            };
            Model {
                nodes: nodes.iter().map(|&node| self.nodes[node].clone()).collect(),
                links: links.map(link).collect(),
                ..self.empty()
            }
        };
        components.iter().map(model).collect()
    }

    /// The providers that any state names.
    fn providers(&self) -> Vec<usize> {
        let mut providers: Vec<usize> =
            self.nodes.iter().flat_map(|node| node.states.iter().map(|state| state.provider)).collect();
        providers.sort_unstable();
        providers.dedup();
        providers
    }

    /// Sets of providers that together allow all that the limit allows, each with the fees of opening all its
    /// providers. An assignment that leaves one with a fee unused belongs to another set. One set of all, without
    /// fees, if telling them apart would be too much.
    pub(super) fn provider_choices(&self) -> Vec<(Vec<usize>, f64)> {
        let providers = self.providers();
        let is_free = |provider: &usize| self.fees[*provider] <= 0.0;
        let most = self.max_providers.min(providers.len());
        let all = vec![(providers.clone(), 0.0)];
        if providers.len() > 16 {
            return all;
        }
        let mut choices = Vec::new();
        for mask in 1_u32..1 << providers.len() {
            let size = mask.count_ones() as usize;
            let is_in = |at: usize| mask & (1 << at) != 0;
            let could_add = (0..providers.len()).any(|at| !is_in(at) && is_free(&providers[at]));
            if size > most || (size < most && could_add) {
                continue;
            }
            let chosen: Vec<usize> = (0..providers.len()).filter(|&at| is_in(at)).map(|at| providers[at]).collect();
            let fees = chosen.iter().map(|&provider| self.fees[provider]).sum();
            choices.push((chosen, fees));
            if choices.len() > MOST_CHOICES {
                return all;
            }
        }
        choices
    }

    /// The part that runs at these providers only.
    pub(super) fn at_providers(&self, providers: &[usize]) -> Option<Part> {
        let kept = |node: &Node| {
            let states = 0..node.states.len();
            states.filter(|&state| providers.contains(&node.states[state].provider)).collect()
        };
        Part::new(self, self.nodes.iter().map(kept).collect())
    }
}
