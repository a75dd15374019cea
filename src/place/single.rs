//! Everything that can at one provider: what that costs, and why nothing here could run at some.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::constraints::{Constraint, Kind};
use super::decide::{Gather, Wish};
use super::offer::Lack;
use super::placement::Figures;
use super::site::Site;
use super::table::Table;

/// What placements at one provider each cost.
type Rows = Vec<(SmolStr, Figures)>;

/// Providers without one, with why.
type Absent = Vec<(SmolStr, String)>;

impl Table<'_> {
    /// With everything that can at one provider, for each at which something can; for the others why nothing can.
    pub(super) fn single(&self) -> (Rows, Absent) {
        let providers: BTreeSet<&str> = self.board.sites.iter().map(Site::provider).collect();
        let workloads = self.board.workloads.len();
        let (mut found, mut absent) = (Vec::new(), Vec::new());
        for provider in providers.into_iter().filter(|_| workloads > 0) {
            let can_some = (0..workloads).any(|at| self.can_run(at, provider));
            match can_some.then(|| self.single_at(provider)) {
                Some(Some(figures)) => found.push((provider.into(), figures)),
                Some(None) => absent.push((provider.into(), "no placement was found in time".into())),
                None => absent.push((provider.into(), self.reason(provider))),
            }
        }
        (found, absent)
    }

    fn single_at(&self, provider: &str) -> Option<Figures> {
        let board = &self.board;
        // Where not all of them fit together, as many are there as can.
        let decide =
            |gather| board.decide(&self.constraints, Wish { provider: Some((provider, gather)), ..Wish::default() });
        let assignment = [Gather::All, Gather::OrStay, Gather::OrElsewhere].into_iter().find_map(decide)?.assignment;
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
        let by_rule = |rule: &Constraint| format!("lepton.hcl rules it out ({})", rule.says);
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
        lack.map_or(Lack::Kind.as_str(), |lack| lack.as_str()).into()
    }
}
