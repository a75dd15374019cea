//! The worked examples of placement, rules one by one, and small random programs against all their assignments.

mod examples;
mod random;
mod rules;

use std::time::Duration;

use super::{Choice, EdgeRow, Limits, Outcome, Program, Proof, SiteRow, Solution, WorkloadRow};

/// Time enough that no test meets it.
const LONG: Limits = Limits { time: Duration::from_secs(600) };

/// Sites of these providers, without limits.
fn sites(providers: &[usize]) -> Vec<SiteRow> {
    providers.iter().map(|&provider| SiteRow { provider, capacity: Vec::new() }).collect()
}

/// A workload with a cost at each site; infinite where it cannot run.
fn workload(now: usize, costs: &[f64]) -> WorkloadRow {
    let option = |(site, &cost)| Choice { site, cost, uses: vec![1.0], loss: 0, rank: 0 };
    let options = costs.iter().enumerate().filter(|(_, cost)| cost.is_finite()).map(option).collect();
    WorkloadRow { options, now: Some(now) }
}

/// A workload that can only run at one site.
fn pinned(site: usize, cost: f64) -> WorkloadRow {
    let option = Choice { site, cost, uses: vec![1.0], loss: 0, rank: 0 };
    WorkloadRow { options: vec![option], now: Some(site) }
}

/// An edge that costs this whenever its ends run at different sites.
fn edge(from: usize, to: usize, sites: usize, apart: f64) -> EdgeRow {
    let cost = |at: usize| if at / sites == at % sites { 0.0 } else { apart };
    EdgeRow { from, to, cost: (0..sites * sites).map(cost).collect() }
}

fn solve(program: &Program) -> Option<Solution> {
    match super::solve(program, &LONG) {
        Outcome::Solved(solution) => Some(solution),
        Outcome::Infeasible => None,
        Outcome::NotFound => panic!("there was time"),
    }
}

/// The sites of the best assignment, and its cost in cents.
fn solved(program: &Program) -> (Vec<usize>, i64) {
    let solution = solve(program).expect("something fits");
    assert!(!matches!(solution.proof, Proof::Gap { .. }), "{:?}", solution.proof);
    let site = |(row, &pick): (&WorkloadRow, &usize)| row.options[pick].site;
    let placed = program.workloads.iter().zip(&solution.choice).map(site).collect();
    (placed, (solution.cost * 100.0).round() as i64)
}
