//! Where a resource runs, and who pays for it.
//!
//! The attributes of the resource come first, then its provider's configuration. Where neither says, its links and
//! names are looked at, and the resources beside it; `--region` and the catalog's default are for what is left.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use smol_str::SmolStr;

use super::estimator::Estimator;
use super::neighbours::Neighbours;
use crate::catalog::Provider;
use crate::lang::Host;
use crate::model::{Plan, Region, RegionOrigin, Resource, Side};

/// How many resources of a provider configuration are asked where they are.
const MOST_ASKED: usize = 2_000;

/// Where a resource is, and who pays for it as far as terms ask for that.
#[derive(Clone)]
pub(super) struct Whereabouts {
    pub(super) region: Option<Region>,
    pub(super) account: Option<SmolStr>,
}

/// What surrounds a resource.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'s> {
    pub(super) host: &'s dyn Host,
    pub(super) siblings: Option<&'s Siblings<'s>>,
}

/// The resources of each provider configuration, asked together where they are and who pays.
pub(super) struct Siblings<'p> {
    plan: &'p Plan,
    providers: HashMap<&'p str, Option<Arc<Provider>>>,
    asked: OnceLock<HashMap<(SmolStr, SmolStr), Agreed>>,
}

/// What the resources of one provider configuration say.
#[derive(Default)]
struct Agreed {
    asked: usize,
    region: Word,
    account: Word,
}

/// What some say alike.
#[derive(Default)]
enum Word {
    #[default]
    Unsaid,
    Agreed(SmolStr),
    Contradicted,
}

impl Word {
    fn say(&mut self, word: Option<SmolStr>) {
        match (&*self, word) {
            (Self::Unsaid, Some(word)) => *self = Self::Agreed(word),
            (Self::Agreed(known), Some(word)) if *known != word => *self = Self::Contradicted,
            _ => {}
        }
    }

    fn agreed(&self) -> Option<&SmolStr> {
        match self {
            Self::Agreed(word) => Some(word),
            Self::Unsaid | Self::Contradicted => None,
        }
    }
}

impl<'p> Siblings<'p> {
    pub(super) fn new(plan: &'p Plan, providers: HashMap<&'p str, Option<Arc<Provider>>>) -> Self {
        Self { plan, providers, asked: OnceLock::new() }
    }

    /// The one region of all resources that use the same provider configuration.
    fn region(&self, resource: &Resource) -> Option<&SmolStr> {
        self.agreed(resource)?.region.agreed()
    }

    /// The one account of all resources that use the same provider configuration.
    fn account(&self, resource: &Resource) -> Option<&SmolStr> {
        self.agreed(resource)?.account.agreed()
    }

    fn agreed(&self, resource: &Resource) -> Option<&Agreed> {
        let configuration = resource.configuration.as_ref().filter(|configuration| !configuration.key.is_empty())?;
        let asked = self.asked.get_or_init(|| self.ask());
        asked.get(&(resource.provider.clone(), configuration.key.clone()))
    }

    fn ask(&self) -> HashMap<(SmolStr, SmolStr), Agreed> {
        let mut asked: HashMap<(SmolStr, SmolStr), Agreed> = HashMap::new();
        let changes = self.plan.changes.iter().enumerate();
        let sides = changes.flat_map(|(at, change)| {
            [(Side::After, &change.after), (Side::Before, &change.before)].map(|(side, resource)| (at, side, resource))
        });
        for (at, side, resource) in sides {
            let Some(resource) = resource else { continue };
            let provider = self.providers.get(resource.provider.as_str()).and_then(Option::as_deref);
            let (Some(provider), Some(configuration)) = (provider, &resource.configuration) else { continue };
            if !(provider.is_one_region || provider.is_one_account) || configuration.key.is_empty() {
                continue;
            }
            let agreed = asked.entry((resource.provider.clone(), configuration.key.clone())).or_default();
            if agreed.asked >= MOST_ASKED {
                continue;
            }
            agreed.asked += 1;
            let host = Neighbours { plan: self.plan, at, side, patched: None, currency: "" };
            if provider.is_one_region {
                let found = provider.region_of(&resource.values, &host);
                agreed.region.say(found.or_else(|| provider.located(&resource.values, &host)));
            }
            if provider.is_one_account {
                agreed.account.say(provider.account_of(&resource.values, &host));
            }
        }
        asked
    }
}

impl Estimator<'_> {
    /// Where a resource runs.
    pub(super) fn region(
        &self,
        provider: Option<&Provider>,
        resource: &Resource,
        around: Surroundings<'_>,
    ) -> Option<Region> {
        let at_hand = self.region_at_hand(provider, resource, around.host);
        if at_hand.as_ref().is_some_and(Region::is_said) {
            return at_hand;
        }
        looked_for(provider, resource, around).or(at_hand)
    }

    /// Where a resource is, and who pays for it.
    pub(super) fn whereabouts(
        &self,
        provider: Option<&Provider>,
        resource: &Resource,
        around: Surroundings<'_>,
    ) -> Whereabouts {
        let region = self.region(provider, resource, around);
        Whereabouts { region, account: self.paying(provider, resource, around) }
    }

    /// Who pays for a resource, if the user's terms tell accounts apart.
    pub(super) fn paying(
        &self,
        provider: Option<&Provider>,
        resource: &Resource,
        around: Surroundings<'_>,
    ) -> Option<SmolStr> {
        if self.terms.has_accounts() { account(provider?, resource, around) } else { None }
    }

    /// The region as far as it can be told without looking around; else that of `--region` or the catalog's default.
    pub(super) fn region_at_hand(
        &self,
        provider: Option<&Provider>,
        resource: &Resource,
        host: &dyn Host,
    ) -> Option<Region> {
        let by_resource = provider.and_then(|provider| provider.region_of(&resource.values, host));
        let known = |name: Option<SmolStr>, origin| name.map(|name| Region { name, origin });
        known(by_resource, RegionOrigin::Resource)
            .or_else(|| known(resource.provider_region.clone(), RegionOrigin::Provider))
            .or_else(|| known(self.region.clone(), RegionOrigin::Option))
            .or_else(|| known(provider.and_then(|provider| provider.default_region.clone()), RegionOrigin::Assumed))
    }
}

/// The region that a second look finds: settings of the provider's configuration, links and names of the resource, the
/// resources beside it.
pub(super) fn looked_for(provider: Option<&Provider>, resource: &Resource, around: Surroundings<'_>) -> Option<Region> {
    let provider = provider?;
    let located = provider.located(&resource.values, around.host);
    if let Some(name) = located {
        return Some(Region { name, origin: RegionOrigin::Resource });
    }
    let settings = resource.configuration.as_ref().map(|configuration| &configuration.settings);
    let configured = settings.and_then(|settings| provider.configured_region(settings));
    let name = configured.or_else(|| around.siblings?.region(resource).cloned())?;
    Some(Region { name, origin: RegionOrigin::Provider })
}

/// The account, subscription or project of a resource: by its own attributes, else by its provider's configuration, else
/// by the resources beside it.
pub(super) fn account(provider: &Provider, resource: &Resource, around: Surroundings<'_>) -> Option<SmolStr> {
    let settings = resource.configuration.as_ref().map(|configuration| &configuration.settings);
    let own = provider.account_of(&resource.values, around.host);
    let configured = || settings.and_then(|settings| provider.configured_account(settings));
    own.or_else(configured).or_else(|| around.siblings?.account(resource).cloned())
}
