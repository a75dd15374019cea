//! Prices every side of every change of a plan, in parallel.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::quality::RandomState;
use rayon::prelude::*;
use smol_str::SmolStr;

use super::alike::{Alike, Learned};
use super::items::Items;
use super::line::{Estimate, Line, Monthly, PricedChange, PricedPlan, Reason, Status};
use super::locate::{Siblings, Surroundings, Whereabouts, account, looked_for};
use super::neighbours::Neighbours;
use super::price_line::{Market, price_line};
use crate::catalog::{self, Catalog, Entitled, Free, Provider, Stanza, Subject};
use crate::config::Terms;
use crate::lang::Host;
use crate::model::{Action, Address, Change, Object, Plan, Problem, Region, Resource, Side, SoFar, watched};
use crate::price::Book;

/// What a user's usage file gives for a resource: its type and address.
pub type UsageOf<'e> = dyn Fn(&str, &Address) -> Object + Sync + 'e;

/// Everything that pricing a plan needs.
pub struct Estimator<'e> {
    /// The stanzas.
    pub catalog: &'e Catalog,
    /// The prices.
    pub book: &'e Book,
    /// The usage figures of the user.
    pub usage: &'e UsageOf<'e>,
    /// `--region`: where nothing else says.
    pub region: Option<SmolStr>,
    /// `--strict-prices`: a price of another region counts as none.
    pub is_strict: bool,
    /// The currency of the report.
    pub currency: SmolStr,
    /// What is paid other than list prices in that currency.
    pub terms: &'e Terms,
    /// Whether lines keep their expressions with values.
    pub wants_trace: bool,
    /// Whether estimates keep the tags and the account of their resources, and the region of those that cost nothing.
    pub wants_tags: bool,
    /// What was priced before with the same settings, if plans follow each other.
    pub alike: Option<&'e Alike>,
}

/// How many spellings of a type are remembered: a large plan repeats a few hundred, or none.
const MOST_KEPT: usize = 2_000;

/// What the catalog has for the types of a plan, found once.
pub(super) struct Kinds<'p> {
    pub(super) by_name: HashMap<&'p str, Kind>,
    pub(super) providers: HashMap<&'p str, Option<Arc<Provider>>>,
    pub(super) siblings: Siblings<'p>,
    /// What was priced before, if plans do not follow each other.
    own: Arc<Alike>,
}

pub(super) enum Kind {
    Priced(Box<Known>),
    Free,
    Unsupported,
    Broken(Arc<[Problem]>),
}

/// A stanza with what was priced by it so far.
pub(super) struct Known {
    pub(super) stanza: Arc<Stanza>,
    /// What the lines of all resources are of.
    pub(super) items: Arc<Items>,
    /// What is known of its stanza.
    pub(super) learned: Arc<Learned>,
    /// Whether the plan has a resource that might refer to one of this type.
    has_referrers: bool,
    /// Resources whose deciding attributes are spelled alike cost the same.
    /// `None` for those that refer to others, which are priced one by one.
    priced: Mutex<HashMap<Vec<u8>, Option<Arc<Applied>>, RandomState>>,
}

/// A resource with what decides its cost.
struct Subjected<'s> {
    known: &'s Known,
    provider: Option<&'s Provider>,
    resource: &'s Resource,
    given: &'s Object,
    account: Option<SmolStr>,
    host: &'s Neighbours<'s>,
    /// What was priced before; nothing if lines tell of their own resource.
    alike: Option<&'s Alike>,
}

/// What a stanza gave, without the resource's own name.
pub(super) struct Applied {
    pub(super) region: Option<Region>,
    pub(super) status: Status,
    pub(super) lines: Arc<[Line]>,
    pub(super) problems: Vec<Problem>,
}

impl Estimator<'_> {
    /// Prices both sides of every change.
    pub fn price_plan(&self, plan: &Plan) -> PricedPlan {
        let kinds = self.kinds(plan);
        let changes = (0..plan.changes.len()).into_par_iter().map(|at| self.price_change(plan, at, &kinds)).collect();
        let mut priced = PricedPlan {
            kind: plan.kind,
            terraform_version: plan.terraform_version.clone(),
            has_before: plan.has_before,
            complete: plan.complete,
            changes,
            problems: plan.problems.clone(),
        };
        self.cover(&mut priced);
        priced
    }

    /// Finds the stanza of every type of the plan.
    pub(super) fn kinds<'p>(&self, plan: &'p Plan) -> Kinds<'p> {
        let sides = plan.changes.iter().flat_map(|change| [&change.before, &change.after]).flatten();
        let own: Arc<Alike> = Arc::default();
        let alike = self.alike.unwrap_or(&own);
        let items = alike.items();
        let mut by_name = HashMap::new();
        let mut providers: HashMap<&str, Option<Arc<Provider>>> = HashMap::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut first: Vec<&Resource> = Vec::new();
        for resource in sides {
            if seen.insert(&resource.kind) {
                first.push(resource);
            }
            providers.entry(&resource.provider).or_insert_with(|| self.provider(resource));
        }
        for resource in first {
            let provider = providers.get(resource.provider.as_str()).and_then(Option::as_deref);
            let kind = match self.catalog.find(&resource.kind) {
                Entitled::Stanza(stanza) => {
                    let name = (resource.kind.as_str(), resource.provider.as_str());
                    let learned = alike.learned(name, &stanza, provider);
                    let referrers = &learned.reads.referrers;
                    Kind::Priced(Box::new(Known {
                        has_referrers: referrers.iter().any(|kind| seen.contains(kind.as_str())),
                        stanza,
                        items: Arc::clone(&items),
                        learned,
                        priced: Mutex::default(),
                    }))
                }
                Entitled::Free => Kind::Free,
                Entitled::Unsupported => Kind::Unsupported,
                Entitled::Broken(problems) => Kind::Broken(problems),
            };
            by_name.insert(resource.kind.as_str(), kind);
        }
        let siblings = Siblings::new(plan, providers.clone());
        Kinds { by_name, providers, siblings, own }
    }

    fn price_change(&self, plan: &Plan, at: usize, kinds: &Kinds<'_>) -> PricedChange {
        let change = &plan.changes[at];
        let price = |side| change.side(side).map(|resource| Arc::new(self.price(plan, at, side, resource, kinds)));
        let after = price(Side::After);
        let before = if is_same_on_both_sides(change, kinds) { after.clone() } else { price(Side::Before) };
        PricedChange {
            address: change.address.clone(),
            previous_address: change.previous_address.clone(),
            action: change.action,
            deposed: change.deposed.clone(),
            is_import: change.is_import,
            declared: change.declared.clone().or_else(|| plan.declarations.as_ref()?.of(&change.address)),
            before,
            after,
        }
    }

    /// Prices one side of a resource.
    fn price(&self, plan: &Plan, at: usize, side: Side, resource: &Resource, kinds: &Kinds<'_>) -> Estimate {
        let provider = kinds.providers.get(resource.provider.as_str()).and_then(Option::as_deref);
        let mut estimate = Estimate {
            address: resource.address.clone(),
            kind: resource.kind.clone(),
            provider: resource.provider.clone(),
            region: None,
            status: Status::Free,
            lines: Arc::default(),
            tags: Vec::new(),
            account: None,
            problems: Vec::new(),
        };
        let host = Neighbours { plan, at, side, patched: None, currency: &self.currency };
        let around = Surroundings { host: &host, siblings: Some(&kinds.siblings) };
        if let (true, Some(provider)) = (self.wants_tags, provider) {
            estimate.tags = provider.tags_of(&resource.values, &host);
            estimate.account = account(provider, resource, around);
        }
        match &kinds.by_name[resource.kind.as_str()] {
            Kind::Free => {}
            Kind::Unsupported => estimate.status = Status::Unsupported,
            Kind::Broken(problems) => {
                estimate.status = Status::Unpriced;
                estimate.problems = problems.to_vec();
            }
            Kind::Priced(known) => {
                let alike = (!self.wants_trace).then(|| self.alike.unwrap_or(&kinds.own));
                let applied = self.apply_once((known, alike), provider, resource, &host, around);
                estimate.region = applied.region.clone();
                estimate.status = applied.status;
                estimate.lines = Arc::clone(&applied.lines);
                estimate.problems = applied.problems.clone();
            }
        }
        // What costs nothing is somewhere all the same, but nobody needs a region assumed for it.
        if self.wants_tags && estimate.region.is_none() {
            estimate.region = self.region(provider, resource, around).filter(Region::is_said);
        }
        estimate
    }

    /// Applies a stanza where the resource is.
    fn apply_once(
        &self,
        (known, alike): (&Known, Option<&Alike>),
        provider: Option<&Provider>,
        resource: &Resource,
        host: &Neighbours<'_>,
        around: Surroundings<'_>,
    ) -> Arc<Applied> {
        let given = (self.usage)(&resource.kind, &resource.address);
        let account = self.paying(provider, resource, around);
        let subject = Subjected { known, provider, resource, given: &given, account, host, alike };
        let applied = self.apply_at(&subject, None);
        if applied.lines.is_empty() || applied.region.as_ref().is_some_and(Region::is_said) {
            return applied;
        }
        match looked_for(provider, resource, around) {
            Some(region) => self.apply_at(&subject, Some(region)),
            None => applied,
        }
    }

    /// Applies a stanza, unless a resource of the plan that is spelled alike was priced before. Without a region the one
    /// at hand is taken.
    fn apply_at(&self, subject: &Subjected<'_>, region: Option<Region>) -> Arc<Applied> {
        let Subjected { known, resource, given, ref account, host, .. } = *subject;
        let apply = |region: Option<Region>, key: &mut Vec<u8>| {
            let at_hand = || self.region_at_hand(subject.provider, resource, host);
            self.apply_seen(subject, region.or_else(at_hand), key)
        };
        KEYS.with_borrow_mut(|(key, seen)| {
            let said = (region.as_ref(), account.as_deref());
            // In a state no two resources are spelled alike.
            let is_printed = known.learned.luck.is_good() && fingerprint(known, resource, given, said, key);
            if !is_printed {
                return apply(region, seen);
            }
            let lock = || known.priced.lock().unwrap_or_else(PoisonError::into_inner);
            let priced = lock().get(key.as_slice()).cloned();
            known.learned.luck.note(priced.is_some());
            if let Some(priced) = priced {
                return priced.unwrap_or_else(|| apply(region, seen));
            }
            // What decides whether anything is referred to is part of the key.
            let refers = known.learned.references.iter().any(|root| host.may_refer(root));
            let applied = apply(region, seen);
            let mut kept = lock();
            if kept.len() < MOST_KEPT {
                kept.entry(key.clone()).or_insert_with(|| (!refers).then(|| Arc::clone(&applied)));
            }
            applied
        })
    }

    /// Applies a stanza, unless a resource of the run in which all that it looks at is spelled alike was priced before.
    fn apply_seen(&self, subject: &Subjected<'_>, region: Option<Region>, key: &mut Vec<u8>) -> Arc<Applied> {
        let Subjected { known, provider, resource, given, ref account, host, alike } = *subject;
        let at = Whereabouts { region, account: account.clone() };
        let apply = |at, this| self.apply((&known.stanza, &known.items), provider, (resource, this), at, given, host);
        let is_alone = known.has_referrers || known.learned.stanza_references.iter().any(|root| host.may_refer(root));
        let (Some(alike), false, Object::Lazy(values)) = (alike, is_alone, &resource.values) else {
            return Arc::new(apply(at, &resource.values));
        };
        let looked = known.learned.looked.so_far();
        imprint(&looked, resource, given, &at, key);
        if !values.fingerprint(&looked.extent, key) {
            return Arc::new(apply(at, &resource.values));
        }
        if let Some(applied) = alike.get(key) {
            return applied;
        }
        let (this, watch) = watched(&resource.values);
        let applied = Arc::new(apply(at.clone(), &this));
        let looked = known.learned.looked.with(&watch.extent());
        imprint(&looked, resource, given, &at, key);
        if values.fingerprint(&looked.extent, key) {
            alike.keep(key, &applied);
        }
        applied
    }

    pub(super) fn apply(
        &self,
        (stanza, items): (&Stanza, &Items),
        provider: Option<&Provider>,
        (resource, this): (&Resource, &Object),
        at: Whereabouts,
        given: &Object,
        host: &dyn Host,
    ) -> Applied {
        let Whereabouts { region, account } = at;
        let subject = Subject {
            this: this.clone(),
            usage: if given.is_empty() { stanza.usage.clone() } else { catalog::overlay(&stanza.usage, given) },
            region: region.as_ref().map(|region| region.name.clone()),
            host,
            wants_trace: self.wants_trace,
        };
        let mut problems = Vec::new();
        let is_free = match &stanza.free {
            Free::Always => true,
            Free::Never => false,
            Free::When(condition) => catalog::is_free(condition, stanza, &subject).unwrap_or_else(|problem| {
                problems.push(problem);
                false
            }),
        };
        if is_free {
            return Applied { region, status: Status::Free, lines: Arc::default(), problems };
        }
        let market = Market {
            book: self.book,
            provider: provider.map_or(resource.provider.as_str(), |provider| provider.book.as_str()),
            region: region.as_ref(),
            currency: &self.currency,
            terms: self.terms,
            account: account.as_deref(),
            is_strict: self.is_strict,
        };
        let facts = catalog::facts(stanza, &subject);
        let docs = stanza.docs.as_ref();
        let lines: Vec<Line> = facts.into_iter().map(|fact| price_line(fact, docs, market, items)).collect();
        problems.extend(failures(stanza, &lines));
        Applied { status: status_of(&lines), lines: lines.into(), region, problems }
    }

    /// The catalog's word on the resource's provider: by its name, else by the prefix of its type.
    pub(super) fn provider(&self, resource: &Resource) -> Option<Arc<Provider>> {
        let by_name = self.catalog.provider(&resource.provider);
        let found = by_name.or_else(|| self.catalog.provider(&self.catalog.provider_of(&resource.kind)?));
        found?.ok()
    }
}

thread_local! {
    /// Where fingerprints are made, kept so that a resource that was priced before costs no allocation.
    static KEYS: RefCell<(Vec<u8>, Vec<u8>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// Parts what a key holds.
const END: u8 = 0;

/// Begins a key with all that decides what a resource costs, but its attributes.
fn imprint(looked: &SoFar, resource: &Resource, given: &Object, at: &Whereabouts, key: &mut Vec<u8>) {
    key.clear();
    key.extend_from_slice(&looked.version.to_le_bytes());
    for text in [&resource.kind, &resource.provider] {
        key.extend_from_slice(text.as_bytes());
        key.push(END);
    }
    append_place(at.region.as_ref(), at.account.as_deref(), key);
    append_given(given, key);
}

fn append_place(region: Option<&Region>, account: Option<&str>, key: &mut Vec<u8>) {
    if let Some(region) = region {
        key.extend_from_slice(region.name.as_bytes());
        key.push(region.origin as u8);
    }
    key.push(END);
    key.extend_from_slice(account.unwrap_or_default().as_bytes());
    key.push(END);
}

fn append_given(given: &Object, key: &mut Vec<u8>) {
    if !given.is_empty() {
        key.extend_from_slice(format!("{given:?}").as_bytes());
    }
    key.push(END);
}

/// Writes everything that decides what a resource costs as bytes; false if that cannot be told without evaluating.
fn fingerprint(
    known: &Known,
    resource: &Resource,
    given: &Object,
    (region, account): (Option<&Region>, Option<&str>),
    key: &mut Vec<u8>,
) -> bool {
    let (Some(attributes), Object::Lazy(values)) = (&known.learned.attributes, &resource.values) else { return false };
    if known.has_referrers {
        return false;
    }
    key.clear();
    key.extend_from_slice(resource.kind.as_bytes());
    key.push(END);
    key.extend_from_slice(resource.provider.as_bytes());
    key.push(END);
    key.extend_from_slice(resource.provider_region.as_deref().unwrap_or("").as_bytes());
    key.push(END);
    append_place(region, account, key);
    append_given(given, key);
    values.fingerprint(attributes, key)
}

/// Whether one estimate serves both sides: nothing changes, and nothing around it can matter.
fn is_same_on_both_sides(change: &Change, kinds: &Kinds<'_>) -> bool {
    if change.action != Action::NoOp {
        return false;
    }
    let (Some(before), Some(after)) = (&change.before, &change.after) else { return false };
    let follows = match &kinds.by_name[after.kind.as_str()] {
        Kind::Priced(known) => known.stanza.follows_references,
        _ => false,
    };
    !follows && is_same_object(&before.values, &after.values)
}

fn is_same_object(left: &Object, right: &Object) -> bool {
    match (left, right) {
        (Object::Lazy(left), Object::Lazy(right)) => Arc::ptr_eq(left, right),
        (Object::Map(left), Object::Map(right)) => Arc::ptr_eq(left, right) || ***left == ***right,
        _ => false,
    }
}

fn status_of(lines: &[Line]) -> Status {
    let is_known = |line: &&Line| matches!(line.monthly, Monthly::Exact(_));
    let is_waiting = |line: &&Line| matches!(line.monthly, Monthly::Unknown(Reason::Usage(_)));
    let known = lines.iter().filter(is_known).count();
    let waiting = lines.iter().filter(is_waiting).count();
    match lines.len() - known - waiting {
        _ if lines.is_empty() => Status::Free,
        0 if known > 0 => Status::Priced,
        0 => Status::UsageDependent,
        _ if known > 0 => Status::Partly,
        _ => Status::Unpriced,
    }
}

/// A failed line of a stanza is worth a warning with its place.
fn failures<'l>(stanza: &Stanza, lines: &'l [Line]) -> impl Iterator<Item = Problem> + use<'l> {
    let source = stanza.source.clone();
    lines.iter().filter_map(move |line| match &line.monthly {
        Monthly::Unknown(Reason::Failed(reason)) => {
            let message = format!("{}: {reason}", line.name());
            let problem = Problem::warning("lepton::estimate::failed", message);
            Some(if *source.name() == *line.why.file { problem.at(&source, line.why.span, "") } else { problem })
        }
        _ => None,
    })
}
