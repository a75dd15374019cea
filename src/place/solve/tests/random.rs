//! Random programs: small ones against every assignment, larger ones for what must hold of any.

use super::super::program::{Preference, TIE, hundredths};
use super::super::settle::Effort;
use super::super::{solve_with, weaker};
use super::*;

/// The same draws in every run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) as usize % below
    }

    fn is_one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// In quarters, so that sums are exact.
    fn money(&mut self, below: usize) -> f64 {
        self.below(below * 4) as f64 / 4.0
    }
}

/// A program with some of everything.
fn program(draws: &mut Draws, workloads: usize, sites: usize) -> Program {
    let mut rows = Vec::new();
    for _ in 0..sites {
        let limit = |draws: &mut Draws| draws.is_one_in(3).then(|| 1.0 + draws.below(2 * workloads) as f64);
        let capacity = vec![limit(draws), limit(draws)];
        rows.push(SiteRow { provider: draws.below(3), capacity });
    }
    let mut program = Program { sites: rows, ..Program::default() };
    // Few different costs make many ties.
    let most = if draws.is_one_in(3) { 2 } else { 40 };
    for _ in 0..workloads {
        let mut options = Vec::new();
        for site in 0..sites {
            for _ in 0..draws.below(5).div_ceil(2) {
                let (cost, loss, rank) = (draws.money(most), draws.below(3) as u8, draws.below(9) as u32);
                options.push(Choice { site, cost, uses: vec![draws.below(4) as f64, 1.0], loss, rank });
            }
        }
        let now = draws.below(sites + 1);
        program.workloads.push(WorkloadRow { options, now: (now < sites).then_some(now) });
    }
    for _ in 0..draws.below(2 * workloads) {
        let (from, to) = (draws.below(workloads), draws.below(workloads));
        let cost = |at: usize| match () {
            () if at / sites == at % sites => 0.0,
            () if draws.is_one_in(25) => f64::INFINITY,
            () => draws.money(most.div_ceil(2)),
        };
        program.edges.push(EdgeRow { from, to, cost: (0..sites * sites).map(cost).collect() });
    }
    rules(draws, &mut program);
    program
}

fn rules(draws: &mut Draws, program: &mut Program) {
    let (workloads, sites) = (program.workloads.len(), program.sites.len());
    let mut two = |below: usize| (draws.below(below), draws.below(below));
    let (pair, apart, together) = (two(sites), two(workloads), two(workloads));
    program.max_providers = draws.is_one_in(2).then(|| 1 + draws.below(2));
    program.max_moves = draws.is_one_in(4).then(|| draws.below(workloads + 1));
    if draws.is_one_in(3) {
        program.site_fees = (0..3).map(|_| draws.money(12)).collect();
    }
    if draws.is_one_in(3) {
        program.pair_fees = vec![(pair.0, pair.1, draws.money(20)), (0, sites - 1, draws.money(20))];
    }
    if draws.is_one_in(4) && apart.0 != apart.1 {
        program.apart = vec![vec![apart.0, apart.1]];
    }
    if draws.is_one_in(4) {
        program.together = vec![together];
    }
}

/// The positions of the options that count: the cheapest of each site, in order of site.
fn options(row: &WorkloadRow) -> Vec<usize> {
    let mut order: Vec<usize> = (0..row.options.len()).collect();
    order.sort_by(|&one, &other| {
        let [one, other] = [one, other].map(|at| &row.options[at]);
        one.site
            .cmp(&other.site)
            .then(one.cost.total_cmp(&other.cost))
            .then((one.loss, one.rank).cmp(&(other.loss, other.rank)))
    });
    order.dedup_by_key(|at| row.options[*at].site);
    order
}

fn preference(program: &Program, choice: &[usize]) -> (Preference, Vec<usize>) {
    let picked: Vec<&Choice> = program.workloads.iter().zip(choice).map(|(row, &pick)| &row.options[pick]).collect();
    let mut providers: Vec<usize> = picked.iter().map(|option| program.sites[option.site].provider).collect();
    providers.sort_unstable();
    providers.dedup();
    let moved =
        program.workloads.iter().zip(&picked).filter(|(row, option)| row.now.is_some_and(|now| now != option.site));
    let edges = program.edges.iter().map(|edge| program.edge_cost(edge, picked[edge.from].site, picked[edge.to].site));
    let preference = Preference {
        moves: moved.count(),
        worst_loss: picked.iter().map(|option| option.loss).max().unwrap_or(0),
        providers: providers.len() as u32,
        edge_cost: edges.map(hundredths).sum(),
    };
    (preference, picked.iter().map(|option| option.site).collect())
}

/// Every assignment that the rules allow, with its cost.
fn all(program: &Program) -> Vec<(f64, Vec<usize>)> {
    let options: Vec<Vec<usize>> = program.workloads.iter().map(options).collect();
    let count: usize = options.iter().map(Vec::len).product();
    let assignment = |mut at: usize| -> Vec<usize> {
        let pick = |options: &Vec<usize>| {
            let picked = options[at % options.len()];
            at /= options.len();
            picked
        };
        options.iter().map(pick).collect()
    };
    (0..count).map(assignment).filter_map(|choice| Some((program.cost(&choice)?, choice))).collect()
}

/// The best of all assignments, by cost and, among those that cost the same, by preference.
fn best(program: &Program) -> Option<(f64, Vec<usize>)> {
    let all = all(program);
    let least = all.iter().map(|(cost, _)| *cost).fold(f64::INFINITY, f64::min);
    let same = all.into_iter().filter(|(cost, _)| *cost <= least + TIE);
    same.min_by_key(|(_, choice)| preference(program, choice))
}

#[test]
fn small_programs_agree_with_all_assignments() {
    let mut feasible = 0;
    for seed in 0..500 {
        let mut draws = Draws(seed);
        let workloads = if seed % 25 == 0 { 7 } else { 1 + draws.below(5) };
        let sites = 1 + draws.below(4);
        let program = program(&mut draws, workloads, sites);
        let (found, expected) = (solve(&program), best(&program));
        let cost = found.as_ref().map(|found| found.cost);
        let same = |(found, expected): (f64, f64)| (found - expected).abs() < 1e-6;
        assert!(
            cost.zip(expected.as_ref().map(|best| best.0)).map_or(cost.is_none() && expected.is_none(), same),
            "seed {seed}: {cost:?} instead of {expected:?}"
        );
        let Some((found, (_, expected))) = found.zip(expected) else { continue };
        feasible += 1;
        let [got, wanted] = [&found.choice, &expected].map(|choice| preference(&program, choice));
        assert_eq!(got, wanted, "seed {seed}");
        assert!(!matches!(found.proof, Proof::Gap { .. }), "seed {seed}: {:?}", found.proof);
    }
    assert!(feasible > 250, "only {feasible} programs have an assignment");
}

#[test]
fn the_mixed_integer_program_agrees_too() {
    let short = Effort { sweeps: 0, steps: 0 };
    for seed in 0..500 {
        let mut draws = Draws(1000 + seed);
        let (workloads, sites) = (1 + draws.below(5), 1 + draws.below(4));
        let program = program(&mut draws, workloads, sites);
        let expected = best(&program);
        match solve_with(&program, &LONG, short) {
            Outcome::Solved(found) => {
                let least = expected.expect("the solver found one").0;
                assert!((found.cost - least).abs() < 1e-6, "seed {seed}: {} instead of {least}", found.cost);
                assert!(!matches!(found.proof, Proof::Gap { .. }), "seed {seed}: {:?}", found.proof);
            }
            Outcome::Infeasible => assert_eq!(expected, None, "seed {seed}"),
            Outcome::NotFound => panic!("seed {seed}: there was time"),
        }
    }
}

/// Programs too large for all assignments.
fn medium(seed: u64) -> Program {
    let mut draws = Draws(seed);
    let workloads = 10 + draws.below(8);
    program(&mut draws, workloads, 5)
}

fn cost(program: &Program) -> f64 {
    solve(program).map_or(f64::INFINITY, |found| found.cost)
}

#[test]
fn twice_the_costs_are_twice_the_answer() {
    for seed in 0..60 {
        let program = medium(seed);
        let mut double = program.clone();
        double.workloads.iter_mut().flat_map(|row| &mut row.options).for_each(|option| option.cost *= 2.0);
        double.edges.iter_mut().flat_map(|edge| &mut edge.cost).for_each(|cost| *cost *= 2.0);
        double.pair_fees.iter_mut().for_each(|(_, _, fee)| *fee *= 2.0);
        double.site_fees.iter_mut().for_each(|fee| *fee *= 2.0);
        let (once, twice) = (cost(&program), cost(&double));
        assert!(once.is_infinite() && twice.is_infinite() || (2.0 * once - twice).abs() < 1e-6, "seed {seed}");
    }
}

#[test]
fn a_further_site_never_costs() {
    for seed in 0..60 {
        let program = medium(seed);
        let mut fewer = program.clone();
        fewer.workloads.iter_mut().for_each(|row| row.options.retain(|option| option.site != 4));
        assert!(cost(&program) <= cost(&fewer) + 1e-6, "seed {seed}");
    }
}

#[test]
fn a_pin_never_saves() {
    for seed in 0..60 {
        let program = medium(seed);
        let mut fixed = program.clone();
        let site = seed as usize % 5;
        fixed.workloads[0].options.retain(|option| option.site == site);
        assert!(cost(&program) <= cost(&fixed) + 1e-6, "seed {seed}");
    }
}

#[test]
fn two_runs_say_the_same() {
    for seed in 0..60 {
        let program = medium(seed);
        let [one, other] = [(); 2].map(|()| format!("{:?}", super::super::solve(&program, &LONG)));
        assert_eq!(one, other, "seed {seed}");
    }
}

#[test]
fn a_gap_holds_the_best() {
    // No time: the bound must still be one.
    for seed in 0..200 {
        let mut draws = Draws(5000 + seed);
        let program = program(&mut draws, 5, 3);
        let now = Limits { time: Duration::ZERO };
        let Outcome::Solved(found) = super::super::solve(&program, &now) else { continue };
        let least = best(&program).expect("the solver found one").0;
        assert!(found.cost >= least - 1e-6, "seed {seed}");
        match found.proof {
            Proof::Gap { bound } => assert!(bound <= least + 1e-6, "seed {seed}: {bound} is above {least}"),
            Proof::Optimal | Proof::IntegralRelaxation => assert!(found.cost <= least + TIE, "seed {seed}"),
        }
    }
}

#[test]
fn the_weaker_proof_is_that_of_both() {
    let gap = Proof::Gap { bound: 0.0 };
    assert_eq!(weaker(Proof::IntegralRelaxation, Proof::Optimal), Proof::Optimal);
    assert_eq!(weaker(Proof::Optimal, gap), gap);
    assert_eq!(weaker(gap, Proof::IntegralRelaxation), gap);
}
