//! A good assignment soon: descent from several starts, by steps that always come in the same order.

use super::model::{Assignment, Model, Node, State};
use super::tally::Tally;

/// A step must save this much, so that rounding cannot make the descent run in circles.
const LEAST: f64 = 1e-8;
/// How often the best assignment is shaken and descended from again.
const SHAKES: u32 = 24;

/// Descends by steps of one node, of two linked or of all at a place.
struct Descent<'a> {
    model: &'a Model,
    links_of: &'a [Vec<usize>],
    is_over: &'a dyn Fn() -> bool,
    here: Tally<'a>,
    cost: f64,
}

/// The best that descent from these starts finds.
pub(super) fn descend<'a>(
    model: &'a Model,
    links_of: &'a [Vec<usize>],
    starts: &[Assignment],
    is_over: &'a dyn Fn() -> bool,
) -> Tally<'a> {
    anew(best_of(model, links_of, starts, is_over))
}

/// The best that a thorough search finds: from the best known, from everything at one site, and shaken.
pub(super) fn search<'a>(
    model: &'a Model,
    links_of: &'a [Vec<usize>],
    known: Option<&Assignment>,
    is_over: &'a dyn Fn() -> bool,
) -> Tally<'a> {
    let starts: Vec<Assignment> = known.cloned().into_iter().chain(bold_starts(model)).collect();
    let mut best = best_of(model, links_of, &starts, is_over);
    best.shake();
    anew(best)
}

/// Sums that grew by small steps carry their rounding: counts them anew.
fn anew(descent: Descent<'_>) -> Tally<'_> {
    Tally::new(descent.model, descent.links_of, descent.here.states)
}

fn best_of<'a>(
    model: &'a Model,
    links_of: &'a [Vec<usize>],
    starts: &[Assignment],
    is_over: &'a dyn Fn() -> bool,
) -> Descent<'a> {
    let mut best: Option<Descent<'a>> = None;
    for start in starts {
        let mut descent = Descent::new(model, links_of, start.clone(), is_over);
        descent.run();
        if best.as_ref().is_none_or(|held| descent.cost < held.cost - LEAST) {
            best = Some(descent);
        }
        if is_over() {
            break;
        }
    }
    best.expect("there are starts")
}

/// What takes the least to find: from today, and from each node where it is cheapest, by the simple steps.
pub(super) fn glance<'a>(model: &'a Model, links_of: &'a [Vec<usize>], is_over: &'a dyn Fn() -> bool) -> Assignment {
    let today = pick(model, |state| (state.moves > 0, state.cost));
    let cheapest = pick(model, |state| (false, state.cost));
    let [one, other] = [today, cheapest].map(|start| {
        let mut descent = Descent::new(model, links_of, start, is_over);
        descent.run_quick();
        descent
    });
    if other.cost < one.cost - LEAST { other.here.states } else { one.here.states }
}

/// Everything at one site, for each.
fn bold_starts(model: &Model) -> Vec<Assignment> {
    let sites = places(model).into_iter().map(|(site, _)| site);
    sites.map(|site| pick(model, |state| (state.site != site, state.cost))).collect()
}

/// The first state of each node by this measure.
fn pick(model: &Model, by: impl Fn(&State) -> (bool, f64)) -> Assignment {
    let of_node = |node: &Node| {
        let order = |one: &usize, other: &usize| {
            let [one, other] = [one, other].map(|at| by(&node.states[*at]));
            one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
        };
        (0..node.states.len()).min_by(order).expect("a node has states")
    };
    model.nodes.iter().map(of_node).collect()
}

/// The sites with their providers, in order.
fn places(model: &Model) -> Vec<(usize, usize)> {
    let states = model.nodes.iter().flat_map(|node| &node.states);
    let mut places: Vec<(usize, usize)> = states.map(|state| (state.site, state.provider)).collect();
    places.sort_unstable();
    places.dedup();
    places
}

impl<'a> Descent<'a> {
    fn new(model: &'a Model, links_of: &'a [Vec<usize>], start: Vec<usize>, is_over: &'a dyn Fn() -> bool) -> Self {
        let here = Tally::new(model, links_of, start);
        let cost = here.cost();
        Self { model, links_of, is_over, here, cost }
    }

    fn run(&mut self) {
        while self.run_quick() && (self.step_links() || self.swap()) {}
    }

    /// Whether there is time for more.
    fn run_quick(&mut self) -> bool {
        while !(self.is_over)() && (self.step_nodes() || self.step_places()) {}
        !(self.is_over)()
    }

    /// Puts nodes into other states, and back if that does not save anything.
    fn attempt(&mut self, puts: &[(usize, usize)]) -> bool {
        let before: Vec<(usize, usize)> = puts.iter().map(|&(node, _)| (node, self.here.states[node])).collect();
        puts.iter().for_each(|&(node, state)| self.here.put(node, state));
        let cost = self.here.cost();
        if cost < self.cost - LEAST {
            self.cost = cost;
            return true;
        }
        before.iter().for_each(|&(node, state)| self.here.put(node, state));
        false
    }

    fn step_nodes(&mut self) -> bool {
        let mut saved = false;
        for node in 0..self.model.nodes.len() {
            for state in 0..self.model.nodes[node].states.len() {
                saved |= state != self.here.states[node] && self.attempt(&[(node, state)]);
            }
        }
        saved
    }

    /// All nodes of a site, of a provider, or all there are, to one site.
    fn step_places(&mut self) -> bool {
        let mut saved = false;
        let sites = places(self.model);
        for &(to, _) in &sites {
            saved |= self.gather(to, &|_| true);
            for &(from, provider) in &sites {
                saved |= from != to && self.gather(to, &|state| state.site == from);
                saved |= from != to && self.gather(to, &|state| state.provider == provider);
            }
            if (self.is_over)() {
                break;
            }
        }
        saved
    }

    fn gather(&mut self, to: usize, is_meant: &dyn Fn(&State) -> bool) -> bool {
        let mut puts = Vec::new();
        for (at, node) in self.model.nodes.iter().enumerate() {
            let here = self.here.states[at];
            if node.states[here].site != to && is_meant(&node.states[here]) {
                puts.extend(node.states.iter().position(|state| state.site == to).map(|state| (at, state)));
            }
        }
        !puts.is_empty() && self.attempt(&puts)
    }

    /// Both ends of a link, where that makes the link cheaper.
    fn step_links(&mut self) -> bool {
        let model = self.model;
        let mut saved = false;
        for link in &model.links {
            let [one, other] = link.ends;
            let columns = model.nodes[other].states.len();
            let now = model.link_cost(link, &self.here.states);
            for (at, &cost) in link.cost.iter().enumerate() {
                saved |= cost < now && self.attempt(&[(one, at / columns), (other, at % columns)]);
            }
            if (self.is_over)() {
                break;
            }
        }
        saved
    }

    /// Two nodes change places; only where something is scarce could a step of one not do the same.
    fn swap(&mut self) -> bool {
        let model = self.model;
        if model.rows.is_empty() && model.links.iter().all(|link| link.is_edge) {
            return false;
        }
        let mut saved = false;
        for one in 0..model.nodes.len() {
            for other in 0..one {
                let [here, there] = [one, other].map(|node| model.nodes[node].states[self.here.states[node]].site);
                let at =
                    |node: usize, site: usize| model.nodes[node].states.iter().position(|state| state.site == site);
                let (Some(goes), Some(comes)) = (at(one, there), at(other, here)) else { continue };
                saved |= here != there && self.attempt(&[(one, goes), (other, comes)]);
            }
            if (self.is_over)() {
                break;
            }
        }
        saved
    }

    /// Throws some nodes elsewhere and descends again; the same throws in every run.
    fn shake(&mut self) {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut draw = move |below: usize| {
            seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            (seed >> 33) as usize % below
        };
        let nodes = self.model.nodes.len();
        let shakes = if nodes > 3 { SHAKES } else { 0 };
        for _ in 0..shakes {
            if (self.is_over)() {
                return;
            }
            let (best, cost) = (self.here.clone(), self.cost);
            for _ in 0..3 + nodes / 10 {
                let node = draw(nodes);
                let state = draw(self.model.nodes[node].states.len());
                self.here.put(node, state);
            }
            self.cost = self.here.cost();
            self.run();
            if self.cost > cost - LEAST {
                (self.here, self.cost) = (best, cost);
            }
        }
    }
}
