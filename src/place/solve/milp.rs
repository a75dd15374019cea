//! The mixed-integer program: a binary for each node and state, a share for each pair of states of a link.

use std::time::Duration;

use good_lp::solvers::SolutionStatus;
use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, WithInitialSolution, WithTimeLimit,
    constraint, microlp, variable,
};

use super::model::{Assignment, Link, Model};

/// The simplex method looks at the clock every thousand pivots only: with more columns than this, a thousand pivots
/// could outlast the limit.
const MOST_COLUMNS: usize = 9_000;

/// How far from a whole number a share counts as whole.
const WHOLE: f64 = 1e-6;

/// What the solver says.
pub(super) enum Answer {
    /// The best assignment there is; whether the relaxation alone gave it.
    Best {
        assignment: Assignment,
        is_relaxation: bool,
    },
    /// An assignment, perhaps, and a bound, perhaps: the time was too short, or the numbers too hard.
    Partial {
        assignment: Option<Assignment>,
        bound: Option<f64>,
    },
    Infeasible,
}

/// The variables of a program.
struct Columns {
    states: Vec<Vec<Variable>>,
    /// For each provider whose opening counts.
    open: Vec<Option<Variable>>,
}

/// Whether the simplex method could be done with the model in time.
pub(super) fn is_small(model: &Model) -> bool {
    let shares = model.links.iter().map(|link| link.cost.len());
    shares.sum::<usize>() <= MOST_COLUMNS
}

/// Solves the relaxation, then with whole numbers what that leaves open, starting from `known`.
pub(super) fn solve(model: &Model, known: Option<&Assignment>, time: Duration) -> Answer {
    let start = std::time::Instant::now();
    let bound = match run(model, None, false, time) {
        Ok((assignment, _, true)) => return Answer::Best { assignment, is_relaxation: true },
        Ok((_, cost, false)) => cost,
        Err(ResolutionError::Infeasible) => return Answer::Infeasible,
        Err(_) => return Answer::Partial { assignment: None, bound: None },
    };
    let left = time.saturating_sub(start.elapsed());
    match run(model, known, true, left) {
        Ok((assignment, _, true)) => Answer::Best { assignment, is_relaxation: false },
        Ok((assignment, _, false)) => Answer::Partial { assignment: Some(assignment), bound: Some(bound) },
        Err(ResolutionError::Infeasible) => Answer::Infeasible,
        Err(_) => Answer::Partial { assignment: None, bound: Some(bound) },
    }
}

/// The assignment, its cost, and: of the relaxation, whether it is whole; of the program, whether it is the best.
fn run(
    model: &Model,
    known: Option<&Assignment>,
    is_whole: bool,
    time: Duration,
) -> Result<(Assignment, f64, bool), ResolutionError> {
    let mut variables = ProblemVariables::new();
    let mut rules = Vec::new();
    let mut cost = Expression::default();
    let columns = nodes(model, is_whole, &mut variables, &mut cost, &mut rules);
    providers(model, &columns, &mut cost, &mut rules);
    links(model, &columns, &mut variables, &mut cost, &mut rules);
    limits(model, &columns, &mut rules);

    let mut program = variables.minimise(cost.clone()).using(microlp).with_time_limit(time.as_secs_f64());
    if let Some(known) = known {
        let hints = columns.states.iter().zip(known).flat_map(|(states, &picked)| {
            states.iter().enumerate().map(move |(at, &state)| (state, f64::from(u8::from(at == picked))))
        });
        program = program.with_initial_solution(hints);
    }
    for rule in rules {
        program.add_constraint(rule);
    }
    let solution = program.solve()?;
    let shares = |states: &Vec<Variable>| states.iter().map(|&state| solution.value(state)).collect::<Vec<f64>>();
    let shares: Vec<Vec<f64>> = columns.states.iter().map(shares).collect();
    let largest = |shares: &Vec<f64>| {
        let order = |one: &usize, other: &usize| shares[*one].total_cmp(&shares[*other]);
        (0..shares.len()).max_by(order).expect("a node has states")
    };
    let is_done = matches!(solution.status(), SolutionStatus::Optimal)
        && shares.iter().flatten().all(|share| share.min(1.0 - share) < WHOLE);
    Ok((shares.iter().map(largest).collect(), cost.eval_with(&solution), is_done))
}

fn nodes(
    model: &Model,
    is_whole: bool,
    variables: &mut ProblemVariables,
    cost: &mut Expression,
    rules: &mut Vec<good_lp::Constraint>,
) -> Columns {
    let share = || if is_whole { variable().binary() } else { variable().clamp(0, 1) };
    let mut states = Vec::new();
    for node in &model.nodes {
        let shares: Vec<Variable> = node.states.iter().map(|_| variables.add(share())).collect();
        for (state, &share) in node.states.iter().zip(&shares) {
            cost.add_mul(state.cost, share);
        }
        rules.push(constraint!(shares.iter().sum::<Expression>() == 1));
        states.push(shares);
    }
    let mut is_used = vec![false; model.fees.len()];
    model.nodes.iter().flat_map(|node| &node.states).for_each(|state| is_used[state.provider] = true);
    let is_limited = is_used.iter().filter(|is_used| **is_used).count() > model.max_providers;
    let counts = |(&is_used, fee): (&bool, &f64)| is_used && (is_limited || *fee > 0.0);
    let open = is_used.iter().zip(&model.fees).map(|pair| counts(pair).then(|| variables.add(variable().clamp(0, 1))));
    Columns { states, open: open.collect() }
}

fn providers(model: &Model, columns: &Columns, cost: &mut Expression, rules: &mut Vec<good_lp::Constraint>) {
    for (provider, open) in columns.open.iter().enumerate() {
        let Some(open) = *open else { continue };
        cost.add_mul(model.fees[provider], open);
        for (node, shares) in model.nodes.iter().zip(&columns.states) {
            let here = node.states.iter().zip(shares).filter(|(state, _)| state.provider == provider);
            let here: Vec<Variable> = here.map(|(_, &share)| share).collect();
            if !here.is_empty() {
                rules.push(constraint!(here.into_iter().sum::<Expression>() <= open));
            }
        }
    }
    let open: Vec<Variable> = columns.open.iter().copied().flatten().collect();
    if open.len() > model.max_providers {
        rules.push(constraint!(open.into_iter().sum::<Expression>() <= model.max_providers as f64));
    }
}

fn links(
    model: &Model,
    columns: &Columns,
    variables: &mut ProblemVariables,
    cost: &mut Expression,
    rules: &mut Vec<good_lp::Constraint>,
) {
    let once: Vec<Variable> = model.pairs.iter().map(|_| variables.add(variable().clamp(0, 1))).collect();
    for (pair, &paid) in model.pairs.iter().zip(&once) {
        cost.add_mul(pair.fee, paid);
    }
    for link in &model.links {
        let sites = |end: usize| model.nodes[end].states.iter().map(|state| state.site);
        let [rows, width] = link.ends.map(|end| model.nodes[end].states.len());
        if is_flat(model, link) {
            *cost += link.cost[0];
            continue;
        }
        let mut by_row = vec![Expression::default(); rows];
        let mut by_column = vec![Expression::default(); width];
        let mut over = vec![Expression::default(); model.pairs.len()];
        let mut is_over = vec![false; model.pairs.len()];
        for (row, from) in sites(link.ends[0]).enumerate() {
            for (column, to) in sites(link.ends[1]).enumerate() {
                let price = link.cost[row * width + column];
                if price >= model.forbidden {
                    continue;
                }
                let share = variables.add(variable().min(0));
                cost.add_mul(price, share);
                by_row[row] += share;
                by_column[column] += share;
                for at in (0..over.len()).filter(|&at| link.is_edge && model.pairs[at].is_between(from, to)) {
                    over[at] += share;
                    is_over[at] = true;
                }
            }
        }
        let [from, to] = link.ends.map(|end| &columns.states[end]);
        rules.extend(by_row.into_iter().zip(from).map(|(shares, &state)| constraint!(shares == state)));
        rules.extend(by_column.into_iter().zip(to).map(|(shares, &state)| constraint!(shares == state)));
        let paid = over.into_iter().zip(is_over).zip(&once).filter(|((_, is_over), _)| *is_over);
        rules.extend(paid.map(|((shares, _), &paid)| constraint!(shares <= paid)));
    }
}

/// Whether a link costs the same whatever its ends do.
fn is_flat(model: &Model, link: &Link) -> bool {
    let sites = |end: usize| model.nodes[end].states.iter().map(|state| state.site);
    let runs = |pair: &super::model::Pair| {
        sites(link.ends[0]).any(|from| sites(link.ends[1]).any(|to| pair.is_between(from, to)))
    };
    let is_even = link.cost.iter().all(|cost| *cost == link.cost[0] && *cost < model.forbidden);
    is_even && !(link.is_edge && model.pairs.iter().any(runs))
}

fn limits(model: &Model, columns: &Columns, rules: &mut Vec<good_lp::Constraint>) {
    let mut sums = vec![Expression::default(); model.rows.len()];
    for (node, shares) in model.nodes.iter().zip(&columns.states) {
        for (state, &share) in node.states.iter().zip(shares) {
            state.uses.iter().for_each(|&(row, taken)| sums[row].add_mul(taken, share));
        }
    }
    rules.extend(sums.into_iter().zip(&model.rows).map(|(sum, row)| constraint!(sum <= row.limit)));
}
