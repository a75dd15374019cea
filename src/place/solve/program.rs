//! The placement problem in plain numbers, and what an assignment costs by the rules as they are written.

/// Costs closer than this, in USD a month, are the same.
pub(crate) const TIE: f64 = 0.005;

/// How far rounding may carry a sum past a limit.
pub(crate) const ROUNDING: f64 = 1e-7;

/// What may run where, and what that costs a month. Rows name each other by position.
///
/// Costs of edges and fees are not negative; costs of options may be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub(crate) sites: Vec<SiteRow>,
    pub(crate) workloads: Vec<WorkloadRow>,
    pub(crate) edges: Vec<EdgeRow>,
    /// Two different sites, in either order, and what is paid once if any edge runs between them.
    pub(crate) pair_fees: Vec<(usize, usize, f64)>,
    /// For each provider, what it costs to use it if no workload runs there today. Providers past the end cost nothing.
    pub(crate) site_fees: Vec<f64>,
    pub(crate) max_providers: Option<usize>,
    /// Workloads of which no two share a site.
    pub(crate) apart: Vec<Vec<usize>>,
    /// Workloads that share a site.
    pub(crate) together: Vec<(usize, usize)>,
    /// How many workloads may run elsewhere than today.
    pub(crate) max_moves: Option<usize>,
}

/// A site, and how much of each dimension it holds; `None` is without limit, and so is what the list lacks.
#[derive(Debug, Clone)]
pub(crate) struct SiteRow {
    pub(crate) provider: usize,
    pub(crate) capacity: Vec<Option<f64>>,
}

/// A workload: where it could run, and the site where it runs today.
#[derive(Debug, Clone)]
pub(crate) struct WorkloadRow {
    pub(crate) options: Vec<Choice>,
    /// `None` for new work: it never counts as moved.
    pub(crate) now: Option<usize>,
}

/// A way to run a workload.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) site: usize,
    pub(crate) cost: f64,
    /// What it takes of each dimension of the site.
    pub(crate) uses: Vec<f64>,
    pub(crate) loss: u8,
    pub(crate) rank: u32,
}

/// Traffic between two workloads.
#[derive(Debug, Clone)]
pub(crate) struct EdgeRow {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Sites × sites, a row for each site of `from`; infinite where the two may not run.
    pub(crate) cost: Vec<f64>,
}

/// What decides between placements of the same cost, first things first; the sites in order decide last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Preference {
    pub(crate) moves: usize,
    pub(crate) worst_loss: u8,
    pub(crate) providers: u32,
    /// Hundredths of a cent.
    pub(crate) edge_cost: i64,
}

/// The hundredths of a cent in a cost: coarse enough that the order of a sum cannot show.
pub(crate) fn hundredths(cost: f64) -> i64 {
    (cost * 1e4).round() as i64
}

impl Program {
    /// The providers that workloads use today.
    pub(crate) fn providers_today(&self) -> Vec<bool> {
        let mut used = vec![false; self.provider_count()];
        for site in self.workloads.iter().filter_map(|workload| workload.now) {
            used[self.sites[site].provider] = true;
        }
        used
    }

    /// One more than the highest number of a provider.
    pub(crate) fn provider_count(&self) -> usize {
        self.sites.iter().map(|site| site.provider + 1).max().unwrap_or(0)
    }

    /// What opening a provider costs on top of today.
    pub(crate) fn opening_fees(&self) -> Vec<f64> {
        let fee =
            |(provider, is_used)| if is_used { 0.0 } else { self.site_fees.get(provider).copied().unwrap_or(0.0) };
        self.providers_today().into_iter().enumerate().map(fee).collect()
    }

    /// The cost of an option for each workload; `None` if a rule forbids it.
    pub(crate) fn cost(&self, choice: &[usize]) -> Option<f64> {
        let picked: Vec<&Choice> = self.workloads.iter().zip(choice).map(|(row, &pick)| &row.options[pick]).collect();
        if !self.is_allowed(&picked) {
            return None;
        }
        let traffic = self.edges.iter().map(|edge| self.edge_cost(edge, picked[edge.from].site, picked[edge.to].site));
        let mut cost: f64 = picked.iter().map(|option| option.cost).chain(traffic).sum();
        for &(one, other, fee) in &self.pair_fees {
            let runs = |edge: &EdgeRow| {
                let ends = (picked[edge.from].site, picked[edge.to].site);
                one != other && (ends == (one, other) || ends == (other, one))
            };
            cost += if self.edges.iter().any(runs) { fee } else { 0.0 };
        }
        for (fee, is_open) in self.opening_fees().iter().zip(self.open_providers(&picked)) {
            cost += if is_open { *fee } else { 0.0 };
        }
        cost.is_finite().then_some(cost)
    }

    /// What an edge costs between two sites.
    pub(crate) fn edge_cost(&self, edge: &EdgeRow, from: usize, to: usize) -> f64 {
        edge.cost[from * self.sites.len() + to]
    }

    fn open_providers(&self, picked: &[&Choice]) -> Vec<bool> {
        let mut open = vec![false; self.provider_count()];
        for option in picked {
            open[self.sites[option.site].provider] = true;
        }
        open
    }

    fn is_allowed(&self, picked: &[&Choice]) -> bool {
        let site = |workload: usize| picked[workload].site;
        let shares = |group: &Vec<usize>| {
            group.iter().enumerate().any(|(at, &one)| group[..at].iter().any(|&other| site(one) == site(other)))
        };
        let moved = |(row, option): &(&WorkloadRow, &&Choice)| row.now.is_some_and(|now| now != option.site);
        let moves = self.workloads.iter().zip(picked).filter(moved).count();
        let opened = self.open_providers(picked).into_iter().filter(|is_open| *is_open).count();
        self.max_moves.is_none_or(|most| moves <= most)
            && self.max_providers.is_none_or(|most| opened <= most)
            && self.together.iter().all(|&(one, other)| site(one) == site(other))
            && !self.apart.iter().any(shares)
            && self.sites.iter().enumerate().all(|(at, row)| self.is_within(picked, at, row))
    }

    fn is_within(&self, picked: &[&Choice], site: usize, row: &SiteRow) -> bool {
        row.capacity.iter().enumerate().all(|(dimension, limit)| {
            let here = picked.iter().filter(|option| option.site == site);
            let used: f64 = here.map(|option| option.uses.get(dimension).copied().unwrap_or(0.0)).sum();
            limit.is_none_or(|limit| used <= limit + ROUNDING * limit.abs().max(1.0))
        })
    }
}
