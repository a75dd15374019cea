//! What a provider of prices is to a refresh: where its lists begin, and how a page of them is read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use smol_str::SmolStr;

use super::{aws, azure, google};
use crate::model::Problem;
use crate::price::normalise::aws::{Terms, Wanted};
use crate::price::normalise::{self, Document, Gathered};

/// A provider whose lists can be brought here.
pub(super) struct Provider {
    /// The book's name of it.
    pub(super) name: &'static str,
    /// Where its lists are, by the names that another place is given by. The first stands for those without one.
    pub(super) bases: &'static [(&'static str, &'static str)],
    /// The pages to begin with.
    pub(super) start: fn(&Ask<'_>) -> Result<Vec<Page>, Problem>,
    /// Reads a page; the pages that it leads to.
    pub(super) read: ReadPage,
}

type ReadPage = fn(&mut Page, &mut dyn Read, &Ask<'_>, &Document, &mut Gathered) -> Result<Vec<Page>, Problem>;

/// Every provider that can be refreshed.
pub(super) const PROVIDERS: &[Provider] = &[aws::PROVIDER, azure::PROVIDER, google::PROVIDER];

/// What is asked for.
pub(super) struct Ask<'a> {
    /// The services that are named; empty: those that stanzas need.
    pub(super) services: &'a BTreeSet<String>,
    /// Every provider and service that stanzas need.
    pub(super) needed: &'a BTreeSet<(SmolStr, SmolStr)>,
    /// Empty: all.
    pub(super) regions: &'a BTreeSet<String>,
    pub(super) terms: Terms,
    pub(super) wanted: &'a Wanted,
    /// Whether a service that the list lacks is a mistake.
    pub(super) is_strict: bool,
}

impl Ask<'_> {
    /// The services of a provider that are wanted.
    pub(super) fn services_of(&self, provider: &str) -> BTreeSet<&str> {
        if self.services.is_empty() {
            let needed = self.needed.iter().filter(|(of, _)| of == provider);
            return needed.map(|(_, service)| service.as_str()).collect();
        }
        self.services.iter().map(String::as_str).collect()
    }

    pub(super) fn has_region(&self, region: &str) -> bool {
        self.regions.is_empty() || self.regions.contains(region)
    }
}

/// A page that is to be read. It has no `Debug`, so that nothing shows its header.
pub(super) struct Page {
    /// Which of the provider's bases it is below.
    pub(super) base: &'static str,
    /// Its path and query below the base; a whole address is taken as those of it.
    pub(super) link: String,
    /// What the manifest calls it: the same path and query, whatever the version, and nothing secret.
    pub(super) origin: String,
    /// What kind of page it is, in the provider's own words.
    pub(super) kind: &'static str,
    pub(super) service: String,
    pub(super) region: Option<String>,
    /// Whether it has prices.
    pub(super) has_prices: bool,
    /// Whether it leads on. Such a page is always read, for its links.
    pub(super) leads_on: bool,
    /// A header that may be secret.
    pub(super) header: Option<(&'static str, String)>,
    /// What the pages before it said, where an answer has several: such a page is always read.
    pub(super) carried: Carried,
}

/// What is known of an answer while its pages are read.
#[derive(Default)]
pub(super) enum Carried {
    /// Each page is for itself.
    #[default]
    Nothing,
    Azure(normalise::azure::Answer),
    Google(normalise::google::Answer),
}

impl Page {
    /// A page that leads on.
    pub(super) fn index(base: &'static str, link: &str, kind: &'static str) -> Self {
        Self {
            base,
            link: link.into(),
            origin: link.into(),
            kind,
            service: String::new(),
            region: None,
            has_prices: false,
            leads_on: true,
            header: None,
            carried: Carried::Nothing,
        }
    }
}

/// The address that each base has.
pub(super) type Bases = BTreeMap<String, String>;
