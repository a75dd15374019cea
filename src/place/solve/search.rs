//! A good assignment soon: descent from several starts, by steps that always come in the same order.

use super::model::Model;
use super::tally::Tally;

/// A step must save this much, so that rounding cannot make the descent run in circles.
const LEAST: f64 = 1e-8;
/// How often the best assignment is shaken and descended from again.
const SHAKES: u32 = 24;

/// Descends by steps of one node, of two linked or of all at a place.
struct Descent<'a> {
    model: &'a Model,
    is_over: &'a dyn Fn() -> bool,
    here: Tally<'a>,
    cost: f64,
}

/// The best assignment found; `starts` are tried besides those that suggest themselves.
pub(super) fn search<'a>(
    model: &'a Model,
    links_of: &'a [Vec<usize>],
    starts: &[Vec<usize>],
    is_over: &'a dyn Fn() -> bool,
) -> Tally<'a> {
    let mut best: Option<Descent<'a>> = None;
    let usual = usual_starts(model);
    for start in starts.iter().chain(&usual) {
        let mut descent = Descent::new(model, links_of, start.clone(), is_over);
        descent.run();
        if best.as_ref().is_none_or(|held| descent.cost < held.cost - LEAST) {
            best = Some(descent);
        }
        if is_over() {
            break;
        }
    }
    let mut best = best.expect("there are usual starts");
    best.shake();
    // Sums that grew by small steps carry their rounding; count anew.
    Tally::new(model, links_of, best.here.states)
}

/// As today, each node where it is cheapest, and everything at one site.
fn usual_starts(model: &Model) -> Vec<Vec<usize>> {
    let pick = |by: &dyn Fn(&super::model::State) -> (bool, f64)| {
        let of_node = |node: &super::model::Node| {
            let states = 0..node.states.len();
            let order = |one: &usize, other: &usize| {
                let [one, other] = [one, other].map(|at| by(&node.states[*at]));
                one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
            };
            states.min_by(order).expect("a node has states")
        };
        model.nodes.iter().map(of_node).collect::<Vec<usize>>()
    };
    let mut starts = vec![pick(&|state| (state.moves > 0, state.cost)), pick(&|state| (false, state.cost))];
    let mut sites: Vec<usize> =
        model.nodes.iter().flat_map(|node| node.states.iter().map(|state| state.site)).collect();
    sites.sort_unstable();
    sites.dedup();
    starts.extend(sites.into_iter().map(|site| pick(&|state| (state.site != site, state.cost))));
    starts
}

impl<'a> Descent<'a> {
    fn new(model: &'a Model, links_of: &'a [Vec<usize>], start: Vec<usize>, is_over: &'a dyn Fn() -> bool) -> Self {
        let here = Tally::new(model, links_of, start);
        let cost = here.cost();
        Self { model, is_over, here, cost }
    }

    fn run(&mut self) {
        while !(self.is_over)() && (self.step_nodes() || self.step_places() || self.step_links() || self.swap()) {}
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
        let sites = self.model.nodes.iter().flat_map(|node| node.states.iter());
        let mut sites: Vec<(usize, usize)> = sites.map(|state| (state.site, state.provider)).collect();
        sites.sort_unstable();
        sites.dedup();
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

    fn gather(&mut self, to: usize, is_meant: &dyn Fn(&super::model::State) -> bool) -> bool {
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
        for link in &model.links {
            let [one, other] = link.ends;
            let columns = model.nodes[other].states.len();
            let now = model.link_cost(link, &self.here.states);
            for (at, &cost) in link.cost.iter().enumerate() {
                if cost < now && self.attempt(&[(one, at / columns), (other, at % columns)]) {
                    return true;
                }
            }
            if (self.is_over)() {
                return false;
            }
        }
        false
    }

    /// Two nodes change places; only where something is scarce could a step of one not do the same.
    fn swap(&mut self) -> bool {
        let model = self.model;
        if model.rows.is_empty() && model.links.iter().all(|link| link.is_edge) {
            return false;
        }
        for one in 0..model.nodes.len() {
            for other in 0..one {
                let [here, there] = [one, other].map(|node| model.nodes[node].states[self.here.states[node]].site);
                let at =
                    |node: usize, site: usize| model.nodes[node].states.iter().position(|state| state.site == site);
                let (Some(goes), Some(comes)) = (at(one, there), at(other, here)) else { continue };
                if here != there && self.attempt(&[(one, goes), (other, comes)]) {
                    return true;
                }
            }
            if (self.is_over)() {
                return false;
            }
        }
        false
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
