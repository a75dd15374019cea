//! Where work could run: regions of providers, and the user's own places.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::prelude::ToPrimitive as _;
use smol_str::SmolStr;

use super::regions::{self, Region};
use super::workload::Workload;
use crate::config::{self, Config, PinnedTo, Placement};

/// A place where work could run.
#[derive(Clone, Debug)]
pub enum Site {
    /// A region of a provider.
    Region {
        /// The book's provider.
        provider: SmolStr,
        /// The region's name.
        name: SmolStr,
        /// What the table of regions has; nothing for a region that it lacks.
        known: Option<&'static Region>,
    },
    /// A place of the user's own.
    Own(Box<config::Site>),
}

impl Site {
    /// `aws/eu-central-1`, or the name of an own place.
    pub fn name(&self) -> String {
        match self {
            Self::Region { provider, name, .. } => format!("{provider}/{name}"),
            Self::Own(site) => site.name.value.to_string(),
        }
    }

    /// The provider; an own place is its own.
    pub fn provider(&self) -> &str {
        match self {
            Self::Region { provider, .. } => provider,
            Self::Own(site) => &site.name.value,
        }
    }

    /// The two letters of the country.
    pub fn country(&self) -> Option<&str> {
        match self {
            Self::Region { known, .. } => known.map(|known| known.country.as_str()),
            Self::Own(site) => site.country.as_ref().map(|country| country.value.as_str()),
        }
    }

    /// The country of the company that operates it.
    pub fn operator(&self) -> Option<&str> {
        match self {
            Self::Region { provider, .. } => regions::operator_country(provider),
            Self::Own(site) => site.operator.as_ref().or(site.country.as_ref()).map(|country| country.value.as_str()),
        }
    }

    /// Whether it is under a law.
    pub fn is_under(&self, jurisdiction: &str) -> bool {
        match self {
            Self::Region { known, .. } => known.is_some_and(|known| known.is_under(jurisdiction)),
            Self::Own(site) => site.jurisdictions.iter().any(|tag| {
                let tag = tag.value.as_str();
                tag == jurisdiction || tag.strip_prefix(jurisdiction).is_some_and(|rest| rest.starts_with('-'))
            }),
        }
    }

    /// Degrees north and east.
    pub fn place(&self) -> Option<(f64, f64)> {
        match self {
            Self::Region { known, .. } => known.map(|known| (known.latitude, known.longitude)),
            Self::Own(site) => Some((site.latitude?.to_f64()?, site.longitude?.to_f64()?)),
        }
    }

    fn metro(&self) -> Option<&str> {
        match self {
            Self::Region { known, .. } => known.map(|known| known.metro.as_str()),
            Self::Own(site) => site.metro.as_ref().map(|metro| metro.value.as_str()),
        }
    }

    /// An estimate of the round trip to another place in milliseconds; nothing if either is not on the map.
    pub fn rtt_ms(&self, other: &Self) -> Option<f64> {
        if self.name() == other.name() {
            return Some(regions::rtt_of_km(0.0));
        }
        if self.metro().is_some() && self.metro() == other.metro() {
            return Some(regions::rtt_of_km(0.0));
        }
        Some(regions::rtt_of_km(regions::distance_km(self.place()?, other.place()?)))
    }

    /// A region by provider and name.
    pub fn region(provider: &str, name: &str) -> Self {
        Self::Region { provider: provider.into(), name: name.into(), known: regions::find(provider, name) }
    }
}

/// The present places of workloads first, in order; then the candidates.
pub(super) fn sites(workloads: &[Workload], config: &Config, rules: &Placement) -> Vec<Site> {
    let mut names: BTreeSet<(SmolStr, SmolStr)> = BTreeSet::new();
    let present: BTreeSet<(SmolStr, SmolStr)> =
        workloads.iter().map(|workload| (workload.provider.clone(), workload.region.clone())).collect();
    for region in &rules.regions {
        names.insert((region.value.provider.as_str().into(), region.value.region.clone()));
    }
    if rules.regions.is_empty() {
        for (provider, region) in &present {
            for other in allowed_providers(rules) {
                names.extend(
                    counterparts(provider, region, other).map(|region| (region.provider.clone(), region.name.clone())),
                );
            }
        }
    }
    // A pin makes its place a candidate.
    for pin in &config.pins {
        if let PinnedTo::Region(region) = &pin.to.value {
            names.insert((region.provider.as_str().into(), region.region.clone()));
        }
    }
    let mut sites: Vec<Site> = present.iter().map(|(provider, name)| Site::region(provider, name)).collect();
    let more = names.into_iter().filter(|name| !present.contains(name));
    sites.extend(more.map(|(provider, name)| Site::region(&provider, &name)));
    sites.extend(config.sites.iter().map(|site| Site::Own(Box::new(site.clone()))));
    sites
}

/// The providers that may be used besides the present ones.
fn allowed_providers(rules: &Placement) -> Vec<&str> {
    let is_forbidden = |name: &str| rules.forbidden_providers.iter().any(|provider| provider.value.as_str() == name);
    let named = rules.providers.iter().map(|provider| provider.value.as_str());
    named.filter(|name| !is_forbidden(name)).collect()
}

/// A provider's regions in the metro of a region; else its nearest one.
fn counterparts(provider: &str, region: &str, other: &str) -> impl Iterator<Item = &'static Region> {
    let here = regions::find(provider, region);
    let mut found: Vec<&'static Region> = Vec::new();
    if let Some(here) = here {
        let is_there = |region: &&Region| {
            region.provider == other && region.is_open && region.has_prices && regions::same_metro(region, here)
        };
        found.extend(regions::all().iter().filter(is_there));
        if found.is_empty() && here.partition == "public" {
            found.extend(regions::nearest(other, here.latitude, here.longitude));
        }
    }
    found.into_iter()
}

/// The position of each workload's present place.
pub(super) fn present(workloads: &[Workload], sites: &[Site]) -> Vec<usize> {
    let at: BTreeMap<String, usize> = sites.iter().enumerate().map(|(at, site)| (site.name(), at)).collect();
    workloads.iter().map(|workload| at[&format!("{}/{}", workload.provider, workload.region)]).collect()
}
