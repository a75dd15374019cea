//! Everything that can at one provider: what that costs, and why nothing here could run at some.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::constraints::{Constraint, Kind};
use super::decide::Wish;
use super::placement::Figures;
use super::site::Site;
use super::table::Table;

impl Table<'_> {
    /// With everything that can at one provider, for each at which something can.
    pub(super) fn single(&self) -> Vec<(SmolStr, Figures)> {
        let has_some = |provider: &&str| (0..self.board.workloads.len()).any(|at| self.can_run(at, provider));
        let figures = |provider: &str| Some((provider.into(), self.single_at(provider)?));
        self.providers().into_iter().filter(has_some).filter_map(figures).collect()
    }

    /// Providers at which nothing here can run, with why.
    pub(super) fn absent(&self) -> Vec<(SmolStr, String)> {
        let is_asked = !self.board.workloads.is_empty();
        let has_none = |provider: &&str| is_asked && !(0..self.board.workloads.len()).any(|at| self.can_run(at, provider));
        let absent = |provider: &str| (provider.into(), self.reason(provider));
        self.providers().into_iter().filter(has_none).map(absent).collect()
    }

    fn providers(&self) -> BTreeSet<&str> {
        self.board.sites.iter().map(Site::provider).collect()
    }

    fn single_at(&self, provider: &str) -> Option<Figures> {
        let board = &self.board;
        let all = Wish { provider: Some(provider), ..Wish::default() };
        // Where not all of them fit together, as many go as can.
        let many = || board.decide(&self.constraints, Wish { may_stay: true, ..all });
        let assignment = board.decide(&self.constraints, all).or_else(many)?.assignment;
        let elsewhere = (0..assignment.len()).filter(|at| board.sites[assignment[*at]].provider() != provider);
        let elsewhere: Vec<usize> = elsewhere.collect();
        let held = elsewhere.iter().filter(|at| self.can_run(**at, provider)).count();
        Some(Figures { cannot: elsewhere.len(), held, ..self.figures(&assignment) })
    }

    /// Whether a workload could run at a provider as far as it alone is concerned.
    fn can_run(&self, at: usize, provider: &str) -> bool {
        let board = &self.board;
        let is_open = |site: &usize| self.constraints.iter().all(|rule| rule.allows(at, *site));
        self.sites_of(provider).filter(is_open).any(|site| board.running(at, site).is_some())
    }

    fn sites_of(&self, provider: &str) -> impl Iterator<Item = usize> {
        let sites = self.board.sites.iter().enumerate();
        sites.filter(move |(_, site)| site.provider() == provider).map(|(at, _)| at)
    }

    /// Why no workload can run at a provider, as a fragment of a sentence.
    fn reason(&self, provider: &str) -> String {
        let board = &self.board;
        let keeps_out = |rule: &&Constraint| {
            matches!(rule.kind, Kind::Sites(_)) && self.sites_of(provider).all(|site| !rule.allows(0, site))
        };
        let by_rule = |rule: &Constraint| format!("lepton.hcl rules it out: {}", rule.says);
        if let Some(rule) = self.constraints.iter().find(keeps_out) {
            return by_rule(rule);
        }
        let pairs = || (0..board.workloads.len()).flat_map(|at| self.sites_of(provider).map(move |site| (at, site)));
        let offered = pairs().filter(|(at, site)| board.running(*at, *site).is_some());
        let rules = offered.flat_map(|(at, site)| self.constraints.iter().filter(move |rule| !rule.allows(at, site)));
        if let Some(rule) = rules.min_by(|a, b| a.says.cmp(&b.says)) {
            return by_rule(rule);
        }
        let lack = pairs().filter_map(|(at, site)| board.lacks[at].get(&site)).max();
        lack.map_or("nothing there stands for it", |lack| lack.as_str()).into()
    }
}
