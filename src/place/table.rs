//! From a board with the rules of the game to the whole placement: machines made smaller, the optimum, what each
//! provider alone would cost, and the suggestions that lead to the optimum.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::board::{Assignment, Bill, Board};
use super::clouds::{Cloud, Compared};
use super::constraints::Constraint;
use super::decide::Wish;
use super::lifecycle;
use super::offer::Lack;
use super::placement::{Figures, Placement, Proved};
use super::solve::Proof;
use super::suggest::{Refusal, Suggestion};
use super::workload::Standing;
use super::{conflict, elastic};
use crate::model::{Address, Problem, Source};

/// A board with the rules of the game.
pub(super) struct Table<'t> {
    pub(super) board: Board,
    pub(super) constraints: Vec<Constraint>,
    /// The text of `lepton.hcl`, to point at rules that contradict each other.
    pub(super) source: Option<&'t Source>,
}

impl Table<'_> {
    pub(super) fn conclude(
        mut self,
        standing: Vec<Standing>,
        unpriced: usize,
        problems: Vec<Problem>,
    ) -> Result<Placement, Vec<Problem>> {
        let now = self.figures(&self.board.now.clone());
        let bases = self.board.base.clone();
        let resized = self.resize();
        let shrunk = (!resized.is_empty()).then(|| self.figures(&self.board.now.clone()));
        let (assignment, proof) = self.settle()?;
        let (single, absent) = self.single();
        // What moves is compared with what it is today, not with a smaller machine that it will never have.
        let stays = |at: usize| assignment[at] == self.board.now[at];
        let moves: Vec<usize> = (0..assignment.len()).filter(|at| !stays(*at)).collect();
        let resized = resized.into_iter().filter(|(at, _)| !moves.contains(at));
        let (changed, resized): (BTreeSet<usize>, Vec<Suggestion>) = resized.unzip();
        let in_place: BTreeMap<Address, Decimal> = moves
            .iter()
            .map(|at| (&self.board.workloads[*at], self.board.base[*at]))
            .map(|(workload, base)| (workload.address.clone(), workload.now - base))
            .filter(|(_, saving)| !saving.is_zero())
            .collect();
        for at in moves {
            self.board.base[at] = self.board.workloads[at].now;
        }
        let [clouds_now, clouds_hybrid] = self.clouds(&assignment, bases, &changed, &standing);
        let board = &self.board;
        let bill = board.bill(&assignment);
        let mut suggestions: Vec<Suggestion> = board
            .clusters(&assignment, &self.constraints)
            .iter()
            .filter_map(|cluster| board.suggestion(&assignment, &bill, cluster))
            .chain(resized)
            .collect();
        for suggestion in &mut suggestions {
            let saved = suggestion.moved.iter().filter_map(|moved| in_place.get(&moved.address));
            suggestion.in_place = saved.sum();
        }
        let first = |suggestion: &Suggestion| suggestion.moved.first().map(|moved| moved.address.clone());
        suggestions.sort_by(|a, b| b.saving().cmp(&a.saving()).then_with(|| first(a).cmp(&first(b))));
        let hybrid = self.figures(&assignment);
        let refusals = self.refusals(&assignment);
        let buckets = lifecycle::look_at(&board.workloads, &board.facts, board.usd);
        let best_lack = |at: usize| board.lacks[at].values().max().copied().unwrap_or(Lack::Kind);
        let is_elsewhere = |at: usize| board.offers[at].keys().any(|site| *site != board.now[at]);
        let stuck = (0..board.workloads.len()).filter(|at| !is_elsewhere(*at));
        Ok(Placement {
            stuck: stuck.map(|at| (board.workloads[at].address.clone(), best_lack(at))).collect(),
            single,
            absent,
            clouds_now,
            clouds_hybrid,
            now,
            shrunk,
            hybrid,
            suggestions,
            refusals,
            proved: proved(proof, board.total(&assignment)),
            tiering: buckets.tiering,
            lifecycle_rules: buckets.rules,
            untold_buckets: buckets.untold,
            unknown_flows: board.unknown_flows(&board.now),
            schedules: Vec::new(),
            ranges: elastic::ranges(&board.workloads),
            sites: board.sites.clone(),
            edges: self.board.edges,
            workloads: self.board.workloads,
            stays: standing,
            unpriced,
            problems,
        })
    }

    /// What each cloud has as it is, at the costs before anything was made smaller, and in the hybrid.
    fn clouds(
        &mut self,
        hybrid: &Assignment,
        bases: Vec<Decimal>,
        resized: &BTreeSet<usize>,
        standing: &[Standing],
    ) -> [Vec<Cloud>; 2] {
        let board = &mut self.board;
        let now = board.now.clone();
        let after = Compared { assignment: hybrid, other: &now, resized, is_resized: true, standing };
        let after = board.clouds(&after);
        let smaller = std::mem::replace(&mut board.base, bases);
        let before = Compared { assignment: &now, other: hybrid, resized, is_resized: false, standing };
        let before = board.clouds(&before);
        board.base = smaller;
        [before, after]
    }

    /// Makes machines smaller, or younger, where they are; what follows starts from there.
    fn resize(&mut self) -> Vec<(usize, Suggestion)> {
        let mut found = Vec::new();
        let mut before = self.board.bill(&self.board.now);
        for at in 0..self.board.workloads.len() {
            let site = self.board.now[at];
            let Some(moved) = self.board.moved(at, site) else { continue };
            // A neighbour's price against one of this place says nothing of this place.
            if !moved.offer.is_exact_region && !self.board.workloads[at].has_fallback {
                continue;
            }
            let saving = moved.now - moved.offer.monthly;
            let after = Bill { running: before.running - saving, ..before.clone() };
            let suggestion = self.board.sums(&[at], vec![moved.clone()], &before, &after);
            if self.board.unworthy(&suggestion).is_none() {
                self.board.base[at] = moved.offer.monthly;
                before = after;
                found.push((at, suggestion));
            }
        }
        found
    }

    /// The optimum without moves that are not worth making.
    fn settle(&self) -> Result<(Assignment, Proof), Vec<Problem>> {
        let board = &self.board;
        let mut stay: BTreeSet<usize> = BTreeSet::new();
        loop {
            let wish = Wish { stay: Some(&stay), has_budget: true, ..Wish::default() };
            let Some(decision) = board.decide(&self.constraints, wish) else {
                // What was told to stay may be what stands in the way.
                let free = Wish { has_budget: true, ..Wish::default() };
                let free = (!stay.is_empty()).then(|| board.decide(&self.constraints, free)).flatten();
                let contradiction = || vec![conflict::conflict(board, &self.constraints, self.source)];
                return free.map(|free| (free.assignment, free.proof)).ok_or_else(contradiction);
            };
            let bill = board.bill(&decision.assignment);
            let is_free = |at: &usize| self.constraints.iter().all(|rule| rule.allows(*at, board.now[*at]));
            let unworthy = |cluster: &Vec<usize>| {
                let suggestion = board.suggestion(&decision.assignment, &bill, cluster);
                suggestion.is_none_or(|suggestion| board.unworthy(&suggestion).is_some())
            };
            let clusters = board.clusters(&decision.assignment, &self.constraints);
            let mut more: BTreeSet<usize> = clusters
                .into_iter()
                .filter(|cluster| cluster.iter().all(is_free) && unworthy(cluster))
                .flatten()
                .collect();
            more.retain(|at| !stay.contains(at));
            if more.is_empty() {
                return Ok((decision.assignment, decision.proof));
            }
            stay.extend(more);
        }
    }

    fn refusals(&self, assignment: &Assignment) -> Vec<Refusal> {
        const MOST: usize = 20;
        let board = &self.board;
        let bill = board.bill(assignment);
        let candidates = (0..assignment.len()).filter(|at| assignment[*at] == board.now[*at]);
        let refusal = |at: usize| {
            let allowed = |site: usize| self.constraints.iter().all(|rule| rule.allows(at, site));
            board.refusal(assignment, &bill, at, &allowed)
        };
        let mut found: Vec<Refusal> = candidates.filter_map(refusal).collect();
        found.sort_by(|a, b| b.by_price.cmp(&a.by_price).then_with(|| a.moved.address.cmp(&b.moved.address)));
        found.truncate(MOST);
        found
    }

    pub(super) fn figures(&self, assignment: &Assignment) -> Figures {
        let board = &self.board;
        Figures {
            bill: board.bill(assignment),
            benefit: board.benefit(assignment),
            moved: (0..assignment.len()).filter(|at| assignment[*at] != board.now[*at]).count(),
            cannot: 0,
            held: 0,
        }
    }
}

fn proved(proof: Proof, total: Decimal) -> Proved {
    use rust_decimal::prelude::ToPrimitive as _;
    match proof {
        Proof::Optimal => Proved::Optimal,
        Proof::IntegralRelaxation => Proved::Relaxation,
        Proof::Gap { bound } => {
            let total = total.to_f64().unwrap_or_default();
            Proved::Gap(if total > 0.0 { ((total - bound) / total).clamp(0.0, 1.0) } else { 0.0 })
        }
    }
}
