//! What placing costs: programs of the size of a large plan, and one past what can be proved in time.

#[allow(dead_code, unused_imports)]
#[path = "../src/place/solve/mod.rs"]
mod solve;

use std::hint::black_box;
use std::time::{Duration, Instant};

use solve::{Choice, EdgeRow, Limits, Outcome, Program, Proof, SiteRow, WorkloadRow, solve};

fn main() {
    for count in [20, 40, 60] {
        each(&format!("{count} workloads x 6 sites"), |seed| program(seed, count, 6, count * 4 / 3, 3, None), 2);
        each("  at most two providers", |seed| program(seed, count, 6, count * 4 / 3, 3, Some(2)), 2);
        each("  and little room at home", |seed| roomy(program(seed, count, 6, count * 4 / 3, 3, Some(2)), count), 2);
    }
    each("300 workloads x 20 sites", |seed| program(seed, 300, 20, 400, 5, None), 2);
    each("  at most two providers", |seed| program(seed, 300, 20, 400, 5, Some(2)), 2);
    each("  and little room at home", |seed| roomy(program(seed, 300, 20, 400, 5, Some(2)), 300), 2);
}

/// The mean and longest time of some programs, how many are proved, and the widest gap of the others.
fn each(name: &str, program: impl Fn(u64) -> Program, seconds: u64) {
    let limits = Limits { time: Duration::from_secs(seconds) };
    let (mut times, mut proved, mut widest) = (Vec::new(), 0, 0.0_f64);
    for seed in 1..=8 {
        let program = program(seed);
        let start = Instant::now();
        let outcome = black_box(solve(black_box(&program), &limits));
        times.push(start.elapsed());
        let Outcome::Solved(found) = outcome else { panic!("everything fits today") };
        match found.proof {
            Proof::Gap { bound } => widest = widest.max(100.0 * (found.cost - bound) / found.cost),
            Proof::Optimal | Proof::IntegralRelaxation => proved += 1,
        }
    }
    let mean = times.iter().sum::<Duration>() / 8;
    let longest = times.iter().max().expect("there are runs");
    println!("{name:<28} {mean:>10.1?} mean {longest:>10.1?} longest  {proved}/8 proved, gap at most {widest:.2} %");
}

/// The same draws in every run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) as usize % below
    }
}

/// Workloads at the first site today, each at its own prices elsewhere, and traffic between some of them that costs
/// more between providers than between regions.
fn program(
    seed: u64,
    workloads: usize,
    sites: usize,
    edges: usize,
    providers: usize,
    max_providers: Option<usize>,
) -> Program {
    let mut draws = Draws(seed);
    let provider = |site: usize| site % providers;
    let mut program = Program { max_providers, ..Program::default() };
    program.sites = (0..sites).map(|site| SiteRow { provider: provider(site), capacity: Vec::new() }).collect();
    for _ in 0..workloads {
        let base = 50.0 + draws.below(20_000) as f64 / 100.0;
        let mut options = Vec::new();
        for site in 0..sites {
            if site > 0 && draws.below(5) == 0 {
                continue;
            }
            let cost = base * (0.7 + draws.below(600) as f64 / 1000.0);
            let loss = u8::from(site > 0) * draws.below(3) as u8;
            options.push(Choice { site, cost, uses: vec![4.0], loss, rank: 0 });
        }
        program.workloads.push(WorkloadRow { options, now: Some(0) });
    }
    for _ in 0..edges {
        let (from, to) = (draws.below(workloads), draws.below(workloads));
        let gb = draws.below(500) as f64;
        let rate = |at: usize| match (at / sites, at % sites) {
            (one, other) if one == other => 0.0,
            (one, other) if provider(one) == provider(other) => 0.02,
            (one, _) => 0.08 + 0.01 * provider(one) as f64,
        };
        program.edges.push(EdgeRow { from, to, cost: (0..sites * sites).map(|at| gb * rate(at)).collect() });
    }
    program
}

/// The second site holds a fifth of the workloads.
fn roomy(mut program: Program, workloads: usize) -> Program {
    program.sites[1].capacity = vec![Some(4.0 * workloads as f64 / 5.0 + 1.0)];
    program
}
