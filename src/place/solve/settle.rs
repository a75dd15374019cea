//! The order of methods for one part of a program, from the cheap to the thorough.

use std::time::Duration;

use super::Proof;
use super::bound::Bound;
use super::exact::{Exact, Goal};
use super::milp::{self, Answer};
use super::model::{Assignment, Model};
use super::part::Part;
use super::program::TIE;
use super::search::{descend, glance, search};
use super::tally::Tally;

/// A bound this close to a cost proves it.
const PROVED: f64 = 1e-6;
/// Sweeps of the bound before the sets of providers are put in order.
const FIRST_SWEEPS: u32 = 4;
/// A round must leave no more than this share of the gap for another to be worth it.
const ENOUGH: f64 = 0.9;

/// How thorough each method is, in steps that do not depend on the clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    pub(super) sweeps: u32,
    /// Steps of the depth-first search times nodes and links.
    pub(super) steps: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { sweeps: 300, steps: 4_000_000 }
    }
}

/// How to settle parts, and until when.
pub(super) struct Settle<'a> {
    pub(super) is_over: &'a dyn Fn() -> bool,
    pub(super) left: &'a dyn Fn() -> Duration,
    pub(super) effort: Effort,
}

/// What is known of a part.
pub(super) enum Settled {
    Found { assignment: Assignment, proof: Proof, lower: f64 },
    Infeasible,
    NotFound,
}

/// A set of providers, what runs there, and a bound of it.
struct Case {
    part: Part,
    bound: Bound,
    lower: f64,
    /// No assignment of it is cheaper than the best known.
    is_closed: bool,
}

/// The best so far.
struct Best {
    assignment: Option<Assignment>,
    /// Its cost; before there is one, less than any that breaks a rule.
    cost: f64,
}

impl Best {
    fn offer(&mut self, model: &Model, links_of: &[Vec<usize>], assignment: Assignment) {
        let tally = Tally::new(model, links_of, assignment);
        let cost = tally.cost();
        if tally.is_allowed() && (self.assignment.is_none() || cost < self.cost - 1e-9) {
            (self.assignment, self.cost) = (Some(tally.states), cost);
        }
    }
}

impl Settle<'_> {
    /// The best assignment of a part.
    pub(super) fn settle(&self, model: &Model) -> Settled {
        let links_of = model.links_of();
        let mut best = Best { assignment: None, cost: model.forbidden / 2.0 };
        best.offer(model, &links_of, glance(model, &links_of, self.is_over));
        let choices = model.provider_choices();
        let is_one = choices.len() == 1;
        let mut cases = self.cases(model, &links_of, choices, best.cost);
        for case in &mut cases {
            self.tighten(model, &links_of, case, &mut best);
        }
        let lower = lowest(&cases, best.cost);
        let mut proof = if lower < best.cost - PROVED { Proof::Gap { bound: lower } } else { Proof::Optimal };
        if is_one && proof == Proof::Optimal {
            proof = Proof::IntegralRelaxation;
        }
        if let Proof::Gap { .. } = proof {
            proof = self.search_all(model, &links_of, &mut cases, &mut best);
        }
        let Some(assignment) = best.assignment else {
            return if let Proof::Gap { .. } = proof { Settled::NotFound } else { Settled::Infeasible };
        };
        match proof {
            Proof::Gap { bound } => Settled::Found { assignment, proof, lower: bound },
            _ => {
                let assignment = self.prefer(model, &links_of, &cases, assignment, best.cost);
                Settled::Found { assignment, proof, lower: best.cost }
            }
        }
    }

    /// The sets of providers that could have the best, with a first bound each, the most promising first.
    fn cases(&self, model: &Model, links_of: &[Vec<usize>], choices: Vec<(Vec<usize>, f64)>, upper: f64) -> Vec<Case> {
        let mut cases = Vec::new();
        for (providers, fees) in choices {
            let Some(part) = model.at_providers(&providers) else { continue };
            let mut bound = Bound::new(&part.model, fees);
            let lower = bound.ascend(&part.model, links_of, upper, FIRST_SWEEPS, self.is_over);
            if lower <= upper + TIE {
                cases.push(Case { part, bound, lower, is_closed: false });
            }
        }
        cases.sort_by(|one, other| one.lower.total_cmp(&other.lower));
        cases
    }

    /// Raises the bound of a case and lowers the best cost, in turn, until they meet or get no closer.
    fn tighten(&self, model: &Model, links_of: &[Vec<usize>], case: &mut Case, best: &mut Best) {
        let part = &case.part.model;
        let mut gap = f64::INFINITY;
        while case.lower < best.cost - PROVED && best.cost - case.lower < ENOUGH * gap && !(self.is_over)() {
            gap = best.cost - case.lower;
            let lower = case.bound.ascend(part, links_of, best.cost, self.effort.sweeps, self.is_over);
            case.lower = case.lower.max(lower);
            if case.lower < best.cost - PROVED {
                let found = descend(part, links_of, &case.bound.starts(part, links_of), self.is_over);
                best.offer(model, links_of, case.part.widen(&found.states));
            }
        }
    }

    /// Depth first as far as the steps go, then by the mixed-integer program.
    fn search_all(&self, model: &Model, links_of: &[Vec<usize>], cases: &mut [Case], best: &mut Best) -> Proof {
        self.search_depth(model, links_of, cases, best, self.steps(model));
        if lowest(cases, best.cost) >= best.cost - PROVED {
            return Proof::Optimal;
        }
        best.offer(model, links_of, search(model, links_of, best.assignment.as_ref(), self.is_over).states);
        self.solve_rest(model, links_of, cases, best)
    }

    /// Each case depth first, as far as so many steps go.
    fn search_depth(&self, model: &Model, links_of: &[Vec<usize>], cases: &mut [Case], best: &mut Best, steps: u64) {
        for case in cases.iter_mut() {
            if case.is_closed || case.lower >= best.cost - PROVED {
                continue;
            }
            let mut exact = Exact::new(&case.part.model, links_of, &case.bound, self.is_over);
            let (found, is_complete) = exact.run(Goal::Cheapest, best.cost - PROVED, steps);
            if let Some(found) = found {
                best.offer(model, links_of, case.part.widen(&found));
            }
            case.is_closed = is_complete;
        }
    }

    fn steps(&self, model: &Model) -> u64 {
        self.effort.steps / (model.nodes.len() + model.links.len()) as u64
    }

    /// The mixed-integer program of the states that could still be better.
    fn solve_rest(&self, model: &Model, links_of: &[Vec<usize>], cases: &mut [Case], best: &mut Best) -> Proof {
        let lower = lowest(cases, best.cost);
        let gap = Proof::Gap { bound: lower };
        let mut kept = vec![vec![]; model.nodes.len()];
        for case in cases.iter().filter(|case| !case.is_closed && case.lower < best.cost - PROVED) {
            let worthy = case.bound.worthy(&case.part.model, links_of, best.cost + PROVED);
            for ((kept, worthy), whole) in kept.iter_mut().zip(worthy).zip(&case.part.kept) {
                kept.extend(worthy.into_iter().map(|state| whole[state]));
            }
        }
        for kept in &mut kept {
            kept.sort_unstable();
            kept.dedup();
        }
        let Some(part) = Part::new(model, kept) else { return Proof::Optimal };
        if !milp::is_small(&part.model) {
            self.search_depth(model, links_of, cases, best, u64::MAX);
            let lower = lowest(cases, best.cost);
            return if lower >= best.cost - PROVED { Proof::Optimal } else { Proof::Gap { bound: lower } };
        }
        if (self.is_over)() {
            return gap;
        }
        let known = best.assignment.as_ref().and_then(|assignment| part.narrow(assignment));
        match milp::solve(&part.model, known.as_ref(), (self.left)()) {
            Answer::Infeasible => Proof::Optimal,
            Answer::Best { assignment, is_relaxation } => {
                // If it costs more than the best known, that is proved: all that is cheaper is in this part.
                let assignment = part.widen(&assignment);
                if !Tally::new(model, links_of, assignment.clone()).is_allowed() {
                    return gap;
                }
                best.offer(model, links_of, assignment);
                if is_relaxation { Proof::IntegralRelaxation } else { Proof::Optimal }
            }
            Answer::Partial { assignment, bound } => {
                if let Some(assignment) = assignment {
                    best.offer(model, links_of, part.widen(&assignment));
                }
                Proof::Gap { bound: bound.unwrap_or(lower).max(lower).min(best.cost) }
            }
        }
    }

    /// Among the assignments that cost the same, the one preferred.
    fn prefer(
        &self,
        model: &Model,
        links_of: &[Vec<usize>],
        cases: &[Case],
        assignment: Assignment,
        cost: f64,
    ) -> Assignment {
        let mut preference = model.preference(&assignment);
        let mut best = assignment;
        for case in cases.iter().filter(|case| case.lower <= cost + TIE) {
            let mut exact = Exact::new(&case.part.model, links_of, &case.bound, self.is_over);
            let (found, _) = exact.run(Goal::Preferred(preference), cost + TIE, self.steps(model));
            let Some(found) = found.map(|found| case.part.widen(&found)) else { continue };
            let of_found = model.preference(&found);
            if (of_found, &found) < (preference, &best) {
                (preference, best) = (of_found, found);
            }
        }
        best
    }
}

/// What no assignment can beat, as far as the cases say.
fn lowest(cases: &[Case], best: f64) -> f64 {
    cases.iter().filter(|case| !case.is_closed).map(|case| case.lower).fold(best, f64::min)
}
