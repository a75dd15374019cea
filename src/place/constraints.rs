//! The rules that a placement must keep: out of `lepton.hcl`, each with its place, so that a conflict can name them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::site::Site;
use super::workload::Workload;
use crate::config::{AddressPattern, Config, PinnedTo, Placement, WorkloadFacts};
use crate::model::Span;

/// A rule of the user's.
#[derive(Clone, Debug)]
pub(super) struct Constraint {
    pub(super) kind: Kind,
    /// What it says, in a few words.
    pub(super) says: String,
    /// Where it is written.
    pub(super) span: Span,
}

/// What a rule limits; workloads and sites by position.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Every workload runs at one of these sites.
    Sites(BTreeSet<usize>),
    /// One workload runs at one of these sites.
    Pin(usize, BTreeSet<usize>),
    /// No two of these share a site.
    Apart(Vec<usize>),
    /// Two share a site.
    With(usize, usize),
    /// An own place has an end.
    Capacity(usize),
    /// How many providers there are at most.
    MaxProviders(u32),
    /// Milliseconds between workloads that exchange data.
    MaxRtt(Decimal),
}

impl Constraint {
    /// Whether a workload may run at a site, as far as that rule sees one workload alone.
    pub(super) fn allows(&self, workload: usize, site: usize) -> bool {
        match &self.kind {
            Kind::Sites(sites) => sites.contains(&site),
            Kind::Pin(pinned, sites) => *pinned != workload || sites.contains(&site),
            _ => true,
        }
    }
}

/// All rules that `lepton.hcl` gives.
pub(super) fn constraints(
    config: &Config,
    rules: &Placement,
    workloads: &[Workload],
    facts: &[WorkloadFacts],
    sites: &[Site],
) -> Vec<Constraint> {
    let mut found = of_sites(rules, sites);
    let add = |found: &mut Vec<Constraint>, kind, says: String, span| found.push(Constraint { kind, says, span });
    let matching = |pattern: &AddressPattern| matching(workloads, pattern);
    for pin in &config.pins {
        let (says, pinned) = match &pin.to.value {
            PinnedTo::Provider(provider) => {
                (provider.as_str().to_owned(), those(sites, &|site| site.provider() == provider.as_str()))
            }
            PinnedTo::Region(region) => {
                let name = format!("{}/{}", region.provider.as_str(), region.region);
                let sites = those(sites, &|site| site.name() == name);
                (name, sites)
            }
            PinnedTo::Site(name) => (name.to_string(), those(sites, &|site| site.name() == name.as_str())),
        };
        for workload in matching(&pin.on) {
            let says = format!("{} is pinned to {says}", workloads[workload].address);
            add(&mut found, Kind::Pin(workload, pinned.clone()), says, pin.to.span);
        }
    }
    for apart in &config.apart {
        let group: BTreeSet<usize> = apart.on.iter().flat_map(|on| matching(&on.value)).collect();
        if group.len() > 1 {
            let says = format!("`{}` keeps {} workloads apart", apart.name, group.len());
            add(&mut found, Kind::Apart(group.into_iter().collect()), says, apart.span);
        }
    }
    for (at, facts) in facts.iter().enumerate() {
        let Some(with) = &facts.with else { continue };
        for other in matching(&AddressPattern::new(&with.value)).into_iter().filter(|other| *other != at) {
            let says = format!("{} runs beside {}", workloads[at].address, with.value);
            add(&mut found, Kind::With(at, other), says, with.span);
        }
    }
    for (at, site) in sites.iter().enumerate() {
        if let Site::Own(own) = site {
            let says = format!("{} has {} vCPU", own.name.value, own.capacity.value.vcpu.normalize());
            add(&mut found, Kind::Capacity(at), says, own.capacity.span);
        }
    }
    if let Some(most) = &rules.max_providers {
        add(&mut found, Kind::MaxProviders(most.value), format!("at most {} providers", most.value), most.span);
    }
    if let Some(most) = &rules.max_rtt_ms {
        let says = format!("at most {} ms between workloads", most.value.normalize());
        add(&mut found, Kind::MaxRtt(most.value), says, most.span);
    }
    found
}

/// The workloads that a pattern means, by any of their members.
pub(super) fn matching(workloads: &[Workload], pattern: &AddressPattern) -> Vec<usize> {
    let is_meant = |workload: &Workload| {
        pattern.matches(&workload.address) || workload.members.iter().any(|member| pattern.matches(member))
    };
    (0..workloads.len()).filter(|at| is_meant(&workloads[*at])).collect()
}

/// Rules on the sites of all workloads.
fn of_sites(rules: &Placement, sites: &[Site]) -> Vec<Constraint> {
    let mut found = Vec::new();
    let mut limit = |is_allowed: &dyn Fn(&Site) -> bool, says: String, span: Option<Span>| {
        if let Some(span) = span {
            found.push(Constraint { kind: Kind::Sites(those(sites, is_allowed)), says, span });
        }
    };
    let names = |names: Vec<&str>| names.join(", ");
    let first = |spans: Vec<Span>| spans.first().copied();
    let words: Vec<&str> = rules.jurisdictions.iter().map(|tag| tag.value.as_str()).collect();
    let is_under = |site: &Site| words.iter().any(|tag| site.is_under(tag));
    let span = first(rules.jurisdictions.iter().map(|tag| tag.span).collect());
    limit(&is_under, format!("jurisdiction {}", names(words.clone())), span);

    let countries: Vec<&str> = rules.countries.iter().map(|country| country.value.as_str()).collect();
    let is_in = |site: &Site| site.country().is_some_and(|country| countries.contains(&country));
    let span = first(rules.countries.iter().map(|country| country.span).collect());
    limit(&is_in, format!("country {}", names(countries.clone())), span);

    let operators: Vec<&str> = rules.forbidden_operators.iter().map(|country| country.value.as_str()).collect();
    let is_free_of = |site: &Site| site.operator().is_none_or(|country| !operators.contains(&country));
    let span = first(rules.forbidden_operators.iter().map(|country| country.span).collect());
    limit(&is_free_of, format!("no operator from {}", names(operators.clone())), span);

    let providers: Vec<&str> = rules.forbidden_providers.iter().map(|provider| provider.value.as_str()).collect();
    let is_other = |site: &Site| !providers.contains(&site.provider());
    let span = first(rules.forbidden_providers.iter().map(|provider| provider.span).collect());
    limit(&is_other, format!("not {}", names(providers.clone())), span);

    let regions: BTreeSet<String> = rules
        .forbidden_regions
        .iter()
        .map(|region| format!("{}/{}", region.value.provider.as_str(), region.value.region))
        .collect();
    let span = first(rules.forbidden_regions.iter().map(|region| region.span).collect());
    let says = format!("not {}", regions.iter().cloned().collect::<Vec<_>>().join(", "));
    limit(&|site: &Site| !regions.contains(&site.name()), says, span);
    found
}

fn those(sites: &[Site], is_meant: &dyn Fn(&Site) -> bool) -> BTreeSet<usize> {
    (0..sites.len()).filter(|at| is_meant(&sites[*at])).collect()
}

/// What the user says of each workload: the first block that matches, then those behind it for what it leaves out.
pub(super) fn facts(config: &Config, workloads: &[Workload]) -> Vec<WorkloadFacts> {
    let mut facts: BTreeMap<usize, WorkloadFacts> = BTreeMap::new();
    for block in &config.workloads {
        for at in matching(workloads, &block.on) {
            let known = facts.remove(&at).unwrap_or_default();
            facts.insert(at, known.or(block.said.clone()));
        }
    }
    (0..workloads.len()).map(|at| facts.remove(&at).unwrap_or_default()).collect()
}
