//! The whole placement of a project: what there is, what each provider would cost, the optimum, and the way to it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::board::{Bill, Board};
use super::clouds::Cloud;
use super::constraints::{self, Constraint, Kind};
use super::edge::{Edge, Origin};
use super::elastic::{Range, Schedule};
use super::fit::Demand;
use super::lifecycle::{self, Buckets, JudgedRule, Tiering};
use super::offer::{Lack, Offer, Shelf};
use super::site::{self, Site};
use super::suggest::{Refusal, Suggestion};
use super::table::Table;
use super::workload::{self, Standing, Workload};
use super::{edge, elastic, gateway, own};
use crate::config::{Config, Placement as Rules, Spanned, WorkloadArch, WorkloadFacts};
use crate::estimate::{Estimator, PricedPlan};
use crate::model::{Address, Plan, Problem};

/// The currency of transfer prices, and of money in `lepton.hcl`.
const USD: &str = "USD";

/// What a placement is made from.
pub struct Placing<'p> {
    /// What was read.
    pub plan: &'p Plan,
    /// Its prices; a change of the plan and its priced change have the same position.
    pub priced: &'p PricedPlan,
    /// The catalog and the book.
    pub estimator: &'p Estimator<'p>,
    /// What `lepton.hcl` says.
    pub config: &'p Config,
    /// Today, as `YYYY-MM-DD`.
    pub today: &'p str,
    /// Resources outside production that run at all hours and need not.
    pub all_hours: &'p [Address],
}

/// Where the work of a project could run, and what that would cost. Amounts are a month, in the report's currency.
#[derive(Clone, Debug)]
pub struct Placement {
    /// What moves or stays as one.
    pub workloads: Vec<Workload>,
    /// Resources with a cost that stay where they are, whatever moves.
    pub stays: Vec<Standing>,
    /// How many resources have a cost that nobody knows.
    pub unpriced: usize,
    /// As it is.
    pub now: Figures,
    /// As it is after making machines smaller where they are.
    pub shrunk: Option<Figures>,
    /// With everything that can at one provider.
    pub single: Vec<(SmolStr, Figures)>,
    /// Providers at which nothing here can run, with why.
    pub absent: Vec<(SmolStr, String)>,
    /// What each cloud has of it as it is.
    pub clouds_now: Vec<Cloud>,
    /// What each cloud has of the hybrid.
    pub clouds_hybrid: Vec<Cloud>,
    /// With all suggestions followed.
    pub hybrid: Figures,
    /// What makes the hybrid, dearest first.
    pub suggestions: Vec<Suggestion>,
    /// What looks cheaper and is not worth making.
    pub refusals: Vec<Refusal>,
    /// Workloads that have no place but theirs, with the best reason found.
    pub stuck: Vec<(Address, Lack)>,
    /// How good the hybrid is known to be.
    pub proved: Proved,
    /// Cheaper lives for the data of buckets, where enough is known of it.
    pub tiering: Vec<Tiering>,
    /// The lifecycle rules that the plan has for its buckets, with what is found of each.
    pub lifecycle_rules: Vec<JudgedRule>,
    /// Buckets of which too little is known for that.
    pub untold_buckets: usize,
    /// The data that is counted, with who says so.
    pub edges: Vec<Edge>,
    /// How many data flows of today have a price that nobody knows: they are in no sum.
    pub unknown_flows: usize,
    /// Machines outside production that could run on a schedule, dearest first. In no figure.
    pub schedules: Vec<Schedule>,
    /// Groups of machines with what their bounds cost. In no figure.
    pub ranges: Vec<Range>,
    /// The candidates.
    pub sites: Vec<Site>,
    /// What went wrong on the way; the rest stands.
    pub problems: Vec<Problem>,
}

/// What a placement costs and what it is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// What it costs a month, by what for.
    pub bill: Bill,
    /// What the work done is worth a month.
    pub benefit: Decimal,
    /// How many workloads are elsewhere than today.
    pub moved: usize,
    /// How many are not there.
    pub cannot: usize,
    /// Of them, how many could be, if capacity and rules between workloads left them room.
    pub held: usize,
}

/// How good a placement is known to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Proved {
    /// Nothing is cheaper.
    Optimal,
    /// Nothing is cheaper: not even fractions of machines would be.
    Relaxation,
    /// Nothing is cheaper by more than this share, 0 to 1.
    Gap(f64),
}

impl Figures {
    /// The benefit over the cost; nothing where nothing is paid.
    pub fn ratio(&self) -> Option<Decimal> {
        self.benefit.checked_div(self.bill.monthly())
    }
}

impl Placement {
    /// How many data flows come from somewhere.
    pub fn flows_of(&self, origin: Origin) -> usize {
        self.edges.iter().filter(|edge| edge.origin == origin).count()
    }

    /// Takes in what is found of further buckets.
    fn add_buckets(&mut self, buckets: Buckets) {
        self.tiering.extend(buckets.tiering);
        self.lifecycle_rules.extend(buckets.rules);
        self.untold_buckets += buckets.untold;
        self.tiering.sort_by(|a, b| a.address.cmp(&b.address));
        self.lifecycle_rules.sort_by(|a, b| a.address.cmp(&b.address));
    }

    /// What following all suggestions saves a month.
    pub fn saving(&self) -> Decimal {
        self.now.bill.monthly() - self.hybrid.bill.monthly()
    }
}

/// Places the work of a project. Errors are mistakes in `lepton.hcl`, or rules that contradict each other.
pub fn place(placing: &Placing<'_>) -> Result<Placement, Vec<Problem>> {
    let rules = placing.config.placement.clone().unwrap_or_default();
    let usd = usd(placing)?;
    let contracted = workload::contract(placing.plan, placing.priced, placing.estimator);
    let mut problems = contracted.problems;
    let flows = contracted.flows;
    let (mut workloads, fixed_here): (Vec<Workload>, Vec<Workload>) = contracted
        .workloads
        .into_iter()
        .partition(|workload| workload.now > Decimal::ZERO && !workload.region.is_empty());
    let unpriced = contracted.unpriced + fixed_here.len();
    unknown_regions(placing.config, &rules)?;
    let mut sites = site::sites(&workloads, placing.config, &rules);
    sites.iter_mut().for_each(|site| exchange_egress(placing, site));
    let now = site::present(&workloads, &sites);
    let facts = constraints::facts(placing.config, &workloads);
    let mut all = constraints::constraints(placing.config, &rules, &workloads, &facts, &sites);
    gateway::leave_internet_to_edges(placing.priced, &mut workloads, &flows);
    let edges = edge::edges(placing.plan, &workloads, &facts, &flows, placing.config);
    gateway::add_balancers(placing.plan, placing.priced, &mut workloads, &flows, &edges);
    let gates = gateway::gates(placing.plan, placing.priced, &workloads, &flows);
    let links = gateway::links(placing.plan, placing.priced, &workloads, &flows, &edges);
    let charged = gateway::charged(placing.priced, &gates, &links, &flows);
    let providers: BTreeSet<&str> = sites.iter().map(Site::provider).collect();
    let providers: Vec<&str> = providers.into_iter().collect();
    let shelf = Shelf::of(placing.estimator, &providers, &mut problems);
    // A large plan repeats a few hundred workloads.
    let spelled = |at: usize| {
        let workload = &workloads[at];
        let Workload { need, provider, region, now, carried, components, .. } = workload;
        format!("{need:?} {provider} {region} {now} {carried} {components:?} {:?}", facts[at])
    };
    let spellings: Vec<String> = (0..workloads.len()).map(spelled).collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    spellings.iter().enumerate().for_each(|(at, spelling)| _ = first.entry(spelling).or_insert(at));
    let distinct: BTreeMap<&str, Offers> = first
        .into_par_iter()
        .map(|(spelling, at)| {
            (spelling, self::offers(placing, &rules, &shelf, &workloads[at], &facts[at], &sites, now[at]))
        })
        .collect();
    let found = spellings.iter().map(|spelling| distinct[spelling.as_str()].clone());
    let (mut offers, lacks): (Vec<_>, Vec<_>) = found.unzip();
    for (at, facts) in facts.iter().enumerate() {
        let Some(arch) = facts.arch.as_ref().filter(|arch| arch.value != WorkloadArch::Any) else { continue };
        // The rule on its instruction set is one that can be dropped: what there would be without it is known too.
        let strict: BTreeSet<usize> = offers[at].keys().copied().chain([now[at]]).collect();
        let any = WorkloadFacts { arch: Some(Spanned { value: WorkloadArch::Any, ..arch.clone() }), ..facts.clone() };
        let (more, _) = self::offers(placing, &rules, &shelf, &workloads[at], &any, &sites, now[at]);
        offers[at].extend(more.into_iter().filter(|(site, _)| !strict.contains(site)));
        all.push(Constraint {
            kind: Kind::Pin(at, strict),
            says: format!("{} runs on {}", workloads[at].address, arch.value.as_str()),
            span: arch.span,
        });
    }
    let schedules = elastic::schedules(placing, &workloads, &facts);
    for (at, offer) in elastic::on_hours(placing, &workloads, &facts) {
        let known = offers[at].get(&now[at]);
        if known.is_none_or(|known| offer.monthly <= known.monthly) {
            offers[at].insert(now[at], offer);
        }
    }
    let mut board = Board {
        base: workloads.iter().map(|workload| workload.now).collect(),
        fixed: contracted.stays.iter().map(|standing| standing.monthly).sum(),
        workloads,
        facts,
        sites,
        now,
        offers,
        lacks,
        edges,
        gates,
        links,
        rules,
        paths: placing.config.paths.clone(),
        commitments: placing.config.commitments.clone(),
        usd,
        today: placing.today.into(),
    };
    let mut stays = contracted.stays;
    for (at, amount) in board.counted_twice(&charged) {
        board.fixed -= amount;
        let address = &placing.plan.changes[at].address;
        stays
            .iter_mut()
            .filter(|standing| standing.address == *address)
            .for_each(|standing| standing.monthly -= amount);
    }
    let source = placing.config.source.as_ref();
    let mut placed = Table { board, constraints: all, source }.conclude(stays, unpriced, problems)?;
    // What has no known cost moves nowhere, but its lifecycle may be told.
    let facts = constraints::facts(placing.config, &fixed_here);
    placed.add_buckets(lifecycle::look_at(&fixed_here, &facts, usd));
    Ok(Placement { schedules, ..placed })
}

type Offers = (BTreeMap<usize, Offer>, BTreeMap<usize, Lack>);

/// The best offer of each site for one workload, the present site included.
fn offers(
    placing: &Placing<'_>,
    rules: &Rules,
    shelf: &Shelf<'_>,
    workload: &Workload,
    facts: &WorkloadFacts,
    sites: &[Site],
    now: usize,
) -> Offers {
    let demand = Demand {
        arch: facts.arch.as_ref().map(|arch| arch.value.as_str().into()),
        p95_cpu: facts.p95_cpu,
        p95_memory: facts.p95_memory,
        replicas: facts.replicas.map(Decimal::from),
        scale: rules.scale,
        max_loss: facts.max_loss.as_ref().map_or(rules.max_loss, |level| level.value),
        rewrites: rules.rewrites,
        today: placing.today.into(),
        here: sites[now].clone(),
    };
    let mut subject = workload.clone();
    subject.need.interruptible |= facts.interruptible == Some(true);
    subject.need.interruptible &= rules.spot;
    if let Some(hours) = facts.hours {
        subject.need.hours = hours;
    }
    let mut offers = BTreeMap::new();
    let mut lacks = BTreeMap::new();
    for (at, site) in sites.iter().enumerate() {
        let best = match site {
            Site::Region { .. } if at == now => shelf.best_in_place(&subject, &demand, site),
            Site::Region { .. } => shelf.best(&subject, &demand, site),
            Site::Own(own) => own::best(&subject, &demand, site, own, rate_of(placing, own)),
        };
        match best {
            Ok(offer) => _ = offers.insert(at, offer),
            Err(lack) => _ = lacks.insert(at, lack),
        }
    }
    (offers, lacks)
}

/// Brings what an own site takes for a GB sent out into the report's currency, in which data is summed up.
fn exchange_egress(placing: &Placing<'_>, site: &mut Site) {
    let Site::Own(own) = site else { return };
    let rate = rate_of(placing, own);
    if let Some(price) = own.rate.as_mut().and_then(|prices| prices.egress_gb.as_mut()) {
        *price *= rate;
    }
}

/// What a unit of a site's currency is in the report's.
fn rate_of(placing: &Placing<'_>, own: &crate::config::Site) -> Decimal {
    let Some(currency) = &own.currency else { return Decimal::ONE };
    if currency.value == placing.estimator.currency {
        return Decimal::ONE;
    }
    placing.estimator.terms.exchange(&currency.value).map_or(Decimal::ONE, |exchange| exchange.rate)
}

/// What a dollar is in the report's currency.
fn usd(placing: &Placing<'_>) -> Result<Decimal, Vec<Problem>> {
    if placing.estimator.currency == USD {
        return Ok(Decimal::ONE);
    }
    placing.estimator.terms.exchange(USD).map(|exchange| exchange.rate).ok_or_else(|| {
        let message = format!("transfer prices are in {USD}, the report is in {}", placing.estimator.currency);
        vec![
            Problem::error("lepton::place::currency", message)
                .help(format!("add `exchange \"{USD}\" {{ rate = …  as_of = …  source = … }}` to lepton.hcl")),
        ]
    })
}

/// Regions of `lepton.hcl` that the table of regions lacks.
fn unknown_regions(config: &Config, rules: &Rules) -> Result<(), Vec<Problem>> {
    let Some(source) = &config.source else { return Ok(()) };
    let pinned = config.pins.iter().filter_map(|pin| match &pin.to.value {
        crate::config::PinnedTo::Region(region) => Some(Spanned { value: region.clone(), span: pin.to.span }),
        _ => None,
    });
    let given = rules.regions.iter().chain(&rules.forbidden_regions).cloned().chain(pinned);
    let problem = |region: Spanned<crate::config::RegionName>| {
        let (provider, name) = (region.value.provider.as_str(), region.value.region.as_str());
        if super::regions::find(provider, name).is_some() {
            return None;
        }
        let known = super::regions::all().iter().filter(|known| known.provider == provider);
        let near = crate::lang::near(name, known.map(|known| known.name.as_str()));
        Some(
            Problem::error("lepton::place::unknown-region", format!("{provider} has no region `{name}`"))
                .at(source, region.span, near)
                .help("regions are written as their provider writes them, such as `aws/eu-central-1`"),
        )
    };
    let problems: Vec<Problem> = given.filter_map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
