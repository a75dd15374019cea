//! The solver of placement: plain numbers in, an assignment out that is proved to be the best, or how far the best
//! could be from it.
//!
//! [`Program`] is made into a [`model::Model`] of nodes, links and rows, which falls into parts that nothing couples.
//! For each part, in this order:
//!
//! 1. [`bound`] finds a cost that no assignment can beat, for each set of providers that the limit allows, and
//!    [`search`] descends to good assignments from what the bound suggests; where they meet, this is the proof;
//! 2. [`exact`] tries states depth first, as far as a fixed number of steps goes;
//! 3. [`search`] looks further for a better assignment;
//! 4. [`milp`] gives the states that could still be better to a mixed-integer solver for the time that is left.
//!
//! # Ties
//!
//! Of placements less than half a cent from the best, that with the fewest moves is taken, then the lowest worst
//! loss, the fewest providers, the least cost of edges, and the first sites in order. A second run of [`exact`]
//! decides so for each part; a program of few nodes is one part. Where the number of its steps does not suffice, what
//! decides is a millionth of a dollar for each move, less for each step of loss, that all searches see, and then the
//! order in which they try states.
//!
//! All steps are the same in every run. The clock only ends them: a program solved within its limit has one answer.

mod bound;
mod conflict;
mod exact;
mod milp;
mod model;
mod part;
mod program;
mod search;
mod settle;
mod tally;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

pub(crate) use conflict::conflict;
use model::Model;
pub(crate) use program::{Choice, EdgeRow, Program, SiteRow, WorkloadRow};
use settle::{Effort, Settled};

/// So many nodes are solved as one part, so that ties are decided over all of them.
const SMALL: usize = 12;

/// What solving may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) time: Duration,
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    Solved(Solution),
    /// It is proved that no assignment keeps all rules.
    Infeasible,
    /// No assignment that keeps all rules was found in time, though there may be one.
    NotFound,
}

/// An assignment that keeps all rules.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Solution {
    /// For each workload, the position of its option.
    pub(crate) choice: Vec<usize>,
    pub(crate) cost: f64,
    pub(crate) proof: Proof,
}

/// How good it is known to be, to [`program::TIE`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Proof {
    /// No assignment costs less: all others were ruled out.
    Optimal,
    /// No assignment costs less: not even the relaxation without whole numbers does.
    IntegralRelaxation,
    /// No assignment costs less than `bound`.
    Gap { bound: f64 },
}

/// Finds the assignment of least cost.
pub(crate) fn solve(program: &Program, limits: &Limits) -> Outcome {
    solve_with(program, limits, Effort::default())
}

fn solve_with(program: &Program, limits: &Limits, effort: Effort) -> Outcome {
    let Some(model) = Model::new(program) else { return Outcome::Infeasible };
    let start = Instant::now();
    let deadline = start.checked_add(limits.time);
    let is_over = || deadline.is_some_and(|deadline| Instant::now() >= deadline);
    let left = || limits.time.saturating_sub(start.elapsed());
    let settle = settle::Settle { is_over: &is_over, left: &left, effort };

    let touch = model.touch();
    let mut choice = vec![0; program.workloads.len()];
    let mut proof = Proof::IntegralRelaxation;
    let mut bound = 0.0;
    let mut parts = if model.nodes.len() <= SMALL { vec![model] } else { model.split() };
    // What takes long goes last, so that it cannot leave others without their time.
    parts.sort_by_key(|part| part.nodes.len());
    for part in parts {
        match settle.settle(&part) {
            Settled::Found { assignment, proof: of_part, lower } => {
                part.spread(&assignment, &mut choice);
                bound += lower;
                proof = weaker(proof, of_part);
            }
            Settled::Infeasible => return Outcome::Infeasible,
            Settled::NotFound => return Outcome::NotFound,
        }
    }
    let Some(cost) = program.cost(&choice) else { return Outcome::NotFound };
    if let Proof::Gap { .. } = proof {
        let bound = (bound - touch).min(cost);
        proof = if cost - bound < program::TIE { Proof::Optimal } else { Proof::Gap { bound } };
    }
    Outcome::Solved(Solution { choice, cost, proof })
}

/// The proof of two parts together.
fn weaker(one: Proof, other: Proof) -> Proof {
    let strength = |proof: &Proof| match proof {
        Proof::IntegralRelaxation => 2,
        Proof::Optimal => 1,
        Proof::Gap { .. } => 0,
    };
    if strength(&other) < strength(&one) { other } else { one }
}
