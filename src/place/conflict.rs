//! When no placement keeps all rules: the smallest set of rules that cannot hold together, with their places.

use super::board::Board;
use super::constraints::Constraint;
use super::decide::Wish;
use super::solve;
use crate::model::{Problem, Source};

/// A minimal set of rules that contradict each other, as an error at their places.
pub(super) fn conflict(board: &Board, constraints: &[Constraint], source: Option<&Source>) -> Problem {
    let is_feasible = |kept: &[usize]| {
        let kept: Vec<Constraint> = kept.iter().map(|at| constraints[*at].clone()).collect();
        board.decide(&kept, Wish::default()).is_some()
    };
    let all: Vec<usize> = (0..constraints.len()).collect();
    let minimal = solve::conflict(&all, is_feasible);
    let named: Vec<&Constraint> = minimal.iter().map(|at| &constraints[*at]).collect();
    let says: Vec<&str> = named.iter().map(|constraint| constraint.says.as_str()).collect();
    let mut problem = Problem::error(
        "lepton::place::conflict",
        format!("no placement keeps these rules together: {}", says.join("; ")),
    );
    if let Some(source) = source {
        for constraint in &named {
            problem = problem.at(source, constraint.span, constraint.says.clone());
        }
    }
    problem.help(help(board, &named))
}

/// What stands in the way: for a workload that may run nowhere, the sites and what they lack.
fn help(board: &Board, named: &[&Constraint]) -> String {
    let stuck = (0..board.workloads.len()).find(|at| {
        let may_run = |site: usize| {
            board.running(*at, site).is_some() && named.iter().all(|constraint| constraint.allows(*at, site))
        };
        !(0..board.sites.len()).any(may_run)
    });
    let Some(at) = stuck else { return "dropping any one of them makes it feasible".into() };
    let near = board.lacks[at].iter().filter(|(site, _)| named.iter().any(|constraint| constraint.allows(at, **site)));
    let near = near.max_by_key(|(site, lack)| (**lack, std::cmp::Reverse(**site)));
    let address = &board.workloads[at].address;
    match near {
        Some((site, lack)) => {
            let name = board.sites[*site].name();
            format!("dropping any one of them makes it feasible; nearest for {address}: {name}, but {}", lack.as_str())
        }
        None => format!("dropping any one of them makes it feasible; {address} has no place under all of them"),
    }
}
