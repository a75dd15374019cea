//! Prices resources again as they would be after a change, together with those whose cost follows from them.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use smol_str::SmolStr;

use super::estimator::{Estimator, Kind, Kinds};
use super::line::{Estimate, Status};
use super::locate::{Surroundings, Whereabouts};
use super::neighbours::{Neighbours, Patched};
use crate::catalog::{Provider, overlay};
use crate::lang::Host;
use crate::model::{Object, Plan, Region, Resource, Side};

/// A plan whose resources can be priced as they would be.
pub struct Repricer<'e> {
    estimator: &'e Estimator<'e>,
    plan: &'e Plan,
    kinds: Kinds<'e>,
    dependents: OnceLock<HashMap<usize, Vec<usize>>>,
}

impl<'e> Estimator<'e> {
    /// Makes a plan ready for what-if pricing.
    pub fn repricer(&'e self, plan: &'e Plan) -> Repricer<'e> {
        Repricer { estimator: self, plan, kinds: self.kinds(plan), dependents: OnceLock::new() }
    }
}

impl Repricer<'_> {
    /// The plan.
    pub fn plan(&self) -> &Plan {
        self.plan
    }

    /// What a resource would cost with some resources changed; `None` if it would be gone. `place` is where it is then,
    /// if that is known.
    pub fn reprice(&self, at: usize, patched: &Patched, place: Option<&Region>) -> Option<Estimate> {
        let own = match patched.get(&at) {
            Some(patched) => patched.as_ref()?,
            None => self.plan.changes[at].after.as_ref()?,
        };
        let mut estimate = Estimate {
            address: own.address.clone(),
            kind: own.kind.clone(),
            provider: own.provider.clone(),
            region: None,
            status: Status::Free,
            lines: Arc::default(),
            tags: Vec::new(),
            account: None,
            problems: Vec::new(),
        };
        match self.kinds.by_name.get(own.kind.as_str()) {
            Some(Kind::Priced(known)) => {
                let given = (self.estimator.usage)(&own.kind, &own.address);
                let host = Neighbours {
                    plan: self.plan,
                    at,
                    side: Side::After,
                    patched: Some(patched),
                    currency: &self.estimator.currency,
                };
                let provider = self.provider(at);
                let around = Surroundings { host: &host, siblings: Some(&self.kinds.siblings) };
                let region = match place {
                    Some(place) => Some(place.clone()),
                    None => self.estimator.region(provider, own, around),
                };
                let at = Whereabouts { region, account: self.estimator.paying(provider, own, around) };
                let applied = self.estimator.apply(
                    (&known.stanza, &known.items),
                    provider,
                    (own, &own.values),
                    at,
                    &given,
                    &host,
                );
                estimate.region = applied.region;
                estimate.status = applied.status;
                estimate.lines = applied.lines;
                estimate.problems = applied.problems;
            }
            Some(Kind::Free) => {}
            _ => estimate.status = Status::Unsupported,
        }
        Some(estimate)
    }

    /// Whether a resource stays where it is when these attributes change: nothing that tells of its place reads them.
    pub fn stays(&self, at: usize, over: &Object) -> bool {
        let Some(Kind::Priced(known)) = self.shown(at).and_then(|shown| self.kinds.by_name.get(shown.kind.as_str()))
        else {
            return false;
        };
        let place = known.learned.place.as_ref();
        place.is_some_and(|place| over.names().iter().all(|name| !place.contains(name)))
    }

    /// The resources whose cost reads another one's attributes, by the positions in the plan.
    pub fn dependents(&self, at: usize) -> &[usize] {
        self.dependents.get_or_init(|| self.find_dependents()).get(&at).map_or(&[], Vec::as_slice)
    }

    fn find_dependents(&self) -> HashMap<usize, Vec<usize>> {
        let mut found: HashMap<usize, BTreeSet<usize>> = HashMap::new();
        // Stanzas that ask who refers to their resource: (its type, the path) by the type that refers.
        let mut asked: HashMap<&str, Vec<(&str, &SmolStr)>> = HashMap::new();
        for (kind, known) in &self.kinds.by_name {
            let Kind::Priced(known) = known else { continue };
            for (referrer, path) in &known.learned.reads.referrer_paths {
                asked.entry(referrer).or_default().push((kind, path));
            }
        }
        for (at, change) in self.plan.changes.iter().enumerate() {
            let Some(resource) = &change.after else { continue };
            let host = self.neighbours(at);
            if let Some(Kind::Priced(known)) = self.kinds.by_name.get(resource.kind.as_str()) {
                let may_refer = |path: &&SmolStr| host.may_refer(path.split('.').next().unwrap_or(path));
                for path in known.learned.reads.reference_paths.iter().filter(may_refer) {
                    for target in self.plan.references.targets(at, path) {
                        found.entry(target).or_default().insert(at);
                    }
                }
            }
            for (kind, path) in asked.get(resource.kind.as_str()).into_iter().flatten() {
                for target in self.plan.references.targets(at, path) {
                    let after = self.plan.changes[target].after.as_ref();
                    if after.is_some_and(|after| after.kind == *kind) {
                        found.entry(at).or_default().insert(target);
                    }
                }
            }
        }
        found.into_iter().map(|(at, dependents)| (at, dependents.into_iter().collect())).collect()
    }

    /// The usage figures that a resource is priced with.
    pub fn usage(&self, at: usize) -> Object {
        let Some(resource) = self.shown(at) else { return Object::default() };
        let given = (self.estimator.usage)(&resource.kind, &resource.address);
        match self.kinds.by_name.get(resource.kind.as_str()) {
            Some(Kind::Priced(known)) if given.is_empty() => known.stanza.usage.clone(),
            Some(Kind::Priced(known)) => overlay(&known.stanza.usage, &given),
            _ => given,
        }
    }

    /// Whether the user gives usage figures for a resource.
    pub fn has_usage(&self, at: usize) -> bool {
        self.shown(at).is_some_and(|resource| !(self.estimator.usage)(&resource.kind, &resource.address).is_empty())
    }

    /// The tags of a resource.
    pub fn tags(&self, at: usize) -> Vec<(SmolStr, SmolStr)> {
        let Some(resource) = self.shown(at) else { return Vec::new() };
        let host = self.host(at);
        self.provider(at).map(|provider| provider.tags_of(&resource.values, &host)).unwrap_or_default()
    }

    /// The region of a resource, also of one that costs nothing.
    pub fn region(&self, at: usize) -> Option<SmolStr> {
        let resource = self.shown(at)?;
        let host = self.host(at);
        let around = Surroundings { host: &host, siblings: Some(&self.kinds.siblings) };
        Some(self.estimator.region(self.provider(at), resource, around)?.name)
    }

    /// The resources around one.
    pub fn host(&self, at: usize) -> impl Host + '_ {
        self.neighbours(at)
    }

    fn neighbours(&self, at: usize) -> Neighbours<'_> {
        Neighbours { plan: self.plan, at, side: Side::After, patched: None, currency: &self.estimator.currency }
    }

    /// A resource as it will be, or as it was if it ends.
    fn shown(&self, at: usize) -> Option<&Resource> {
        let change = &self.plan.changes[at];
        change.after.as_ref().or(change.before.as_ref())
    }

    fn provider(&self, at: usize) -> Option<&Provider> {
        let resource = self.shown(at)?;
        self.kinds.providers.get(resource.provider.as_str()).and_then(Option::as_deref)
    }
}
