//! Prices a resource that stands in no plan: what another provider would offer in its place.

use smol_str::SmolStr;

use super::estimator::Estimator;
use super::line::Estimate;
use super::neighbours::Neighbours;
use crate::catalog::Entitled;
use crate::model::{Address, Change, InputKind, NoReferences, Object, Plan, Resource, Side};

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
            values: alone.values.clone(),
        };
        let plan = empty();
        let host = Neighbours { plan: &plan, at: 0, side: Side::After, patched: None, currency: &self.currency };
        let applied = self.apply(&stanza, provider.as_deref(), &resource, &alone.usage, &host);
        Some(Estimate {
            address,
            kind: alone.kind.clone(),
            provider: name,
            region: applied.region,
            status: applied.status,
            lines: applied.lines,
            tags: Vec::new(),
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

/// A plan with one change without sides: nothing is around a resource that stands alone.
fn empty() -> Plan {
    let change = Change {
        address: Address::new(""),
        previous_address: None,
        action: crate::model::Action::Create,
        deposed: None,
        is_import: false,
        declared: None,
        before: None,
        after: None,
    };
    Plan {
        kind: InputKind::State,
        terraform_version: None,
        changes: [change].into(),
        references: std::sync::Arc::new(NoReferences),
        complete: true,
        has_before: false,
        problems: Vec::new(),
    }
}
