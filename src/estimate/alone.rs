//! Prices a resource that stands in no plan: what another provider would offer in its place.

use smol_str::SmolStr;

use super::estimator::Estimator;
use super::items::Items;
use super::line::Estimate;
use super::locate::Surroundings;
use crate::catalog::{Around, Entitled};
use crate::lang::Host;
use crate::model::{Address, Change, Object, Resource, Value};

/// A resource that nobody has planned.
#[derive(Clone, Debug)]
pub struct Alone {
    /// Its type.
    pub kind: SmolStr,
    /// Its region.
    pub region: SmolStr,
    /// Its attributes.
    pub values: Object,
    /// Its usage figures, over the stanza's defaults.
    pub usage: Object,
    /// The resources that it would refer to.
    pub around: Around,
}

/// What a resource outside of any plan sees.
struct Apart<'a> {
    around: &'a Around,
    currency: &'a str,
}

impl Host for Apart<'_> {
    fn targets(&self, path: &str, kinds: &[SmolStr]) -> Vec<Value> {
        self.around.targets(path, kinds)
    }

    fn referrers(&self, kind: &str, path: &str) -> Vec<Value> {
        self.around.referrers(kind, path)
    }

    fn currency(&self) -> &str {
        self.currency
    }
}

impl Estimator<'_> {
    /// What such a resource would cost; `None` if the catalog cannot price its type.
    pub fn price_alone(&self, alone: &Alone) -> Option<Estimate> {
        let Entitled::Stanza(stanza) = self.catalog.find(&alone.kind) else { return None };
        let name = self.catalog.provider_of(&alone.kind)?;
        let provider = self.catalog.provider(&name)?.ok();
        let address = Address::new(alone.kind.clone());
        let resource = Resource {
            address: address.clone(),
            kind: alone.kind.clone(),
            provider: name.clone(),
            provider_region: Some(alone.region.clone()),
            configuration: None,
            values: alone.values.clone(),
        };
        let host = Apart { around: &alone.around, currency: &self.currency };
        let around = Surroundings { host: &host, siblings: None };
        let at = self.whereabouts(provider.as_deref(), &resource, around);
        let applied = self.apply(
            (&stanza, &Items::default()),
            provider.as_deref(),
            (&resource, &resource.values),
            at,
            &alone.usage,
            &host,
        );
        Some(Estimate {
            address,
            kind: alone.kind.clone(),
            provider: name,
            region: applied.region,
            status: applied.status,
            lines: applied.lines,
            tags: Vec::new(),
            account: None,
            problems: applied.problems,
        })
    }

    /// The book's provider of a change: `google` of one by google-beta.
    pub fn book_provider(&self, change: &Change) -> SmolStr {
        let Some(resource) = change.after.as_ref().or(change.before.as_ref()) else { return SmolStr::default() };
        let known = |name: &str| Some(self.catalog.provider(name)?.ok()?.book.clone());
        let by_type = || known(&self.catalog.provider_of(&resource.kind)?);
        known(&resource.provider).or_else(by_type).unwrap_or_else(|| resource.provider.clone())
    }
}
