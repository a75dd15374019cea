//! Prices every side of every change of a plan, in parallel.

use std::sync::Arc;

use rayon::prelude::*;
use smol_str::SmolStr;

use super::line::{Estimate, Line, Monthly, PricedChange, PricedPlan, Reason, Status};
use super::neighbours::Neighbours;
use super::price_line::{Market, price_line};
use crate::catalog::{self, Catalog, Entitled, Free, Provider, Stanza, Subject};
use crate::lang::Host;
use crate::model::{Action, Address, Change, Object, Plan, Problem, Region, RegionOrigin, Resource, Side};
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
    /// Whether lines keep their expressions with values.
    pub wants_trace: bool,
}

impl Estimator<'_> {
    /// Prices both sides of every change.
    pub fn price_plan(&self, plan: &Plan) -> PricedPlan {
        let changes = (0..plan.changes.len()).into_par_iter().map(|at| self.price_change(plan, at)).collect();
        PricedPlan {
            kind: plan.kind,
            terraform_version: plan.terraform_version.clone(),
            has_before: plan.has_before,
            complete: plan.complete,
            changes,
            problems: plan.problems.clone(),
        }
    }

    /// Prices both sides of one change.
    pub fn price_change(&self, plan: &Plan, at: usize) -> PricedChange {
        let change = &plan.changes[at];
        let price = |side| change.side(side).map(|resource| Arc::new(self.price(plan, at, side, resource)));
        let after = price(Side::After);
        let before = if self.is_same_on_both_sides(change) { after.clone() } else { price(Side::Before) };
        PricedChange {
            address: change.address.clone(),
            previous_address: change.previous_address.clone(),
            action: change.action,
            deposed: change.deposed.clone(),
            is_import: change.is_import,
            before,
            after,
        }
    }

    /// Whether one estimate serves both sides: nothing changes, and nothing around it can matter.
    fn is_same_on_both_sides(&self, change: &Change) -> bool {
        if change.action != Action::NoOp {
            return false;
        }
        let (Some(before), Some(after)) = (&change.before, &change.after) else { return false };
        if !is_same_object(&before.values, &after.values) {
            return false;
        }
        match self.catalog.find(&after.kind) {
            Entitled::Stanza(stanza) => !stanza.follows_references,
            _ => true,
        }
    }

    /// Prices one side of a resource.
    pub fn price(&self, plan: &Plan, at: usize, side: Side, resource: &Resource) -> Estimate {
        let mut estimate = Estimate {
            address: resource.address.clone(),
            kind: resource.kind.clone(),
            provider: resource.provider.clone(),
            region: None,
            status: Status::Free,
            lines: Vec::new(),
            tags: Vec::new(),
            problems: Vec::new(),
        };
        let stanza = match self.catalog.find(&resource.kind) {
            Entitled::Stanza(stanza) => stanza,
            Entitled::Free => return estimate,
            Entitled::Unsupported => {
                estimate.status = Status::Unsupported;
                return estimate;
            }
            Entitled::Broken(problems) => {
                estimate.status = Status::Unpriced;
                estimate.problems = problems.to_vec();
                return estimate;
            }
        };
        let host = Neighbours { plan, at, side };
        self.apply(&stanza, resource, &host, &mut estimate);
        estimate
    }

    fn apply(&self, stanza: &Stanza, resource: &Resource, host: &dyn Host, estimate: &mut Estimate) {
        let provider = self.provider(resource);
        estimate.region = self.region(provider.as_deref(), resource, host);
        if let Some(provider) = &provider {
            estimate.tags = provider.tags_of(&resource.values, host);
        }
        let given = (self.usage)(&resource.kind, &resource.address);
        let subject = Subject {
            this: resource.values.clone(),
            usage: if given.is_empty() { stanza.usage.clone() } else { catalog::overlay(&stanza.usage, &given) },
            region: estimate.region.as_ref().map(|region| region.name.clone()),
            host,
            wants_trace: self.wants_trace,
        };
        match &stanza.free {
            Free::Always => return,
            Free::Never => {}
            Free::When(condition) => match catalog::is_free(condition, stanza, &subject) {
                Ok(true) => return,
                Ok(false) => {}
                Err(problem) => estimate.problems.push(problem),
            },
        }
        let market = Market {
            book: self.book,
            provider: provider.as_ref().map_or(resource.provider.as_str(), |provider| provider.book.as_str()),
            region: estimate.region.as_ref(),
            currency: &self.currency,
            is_strict: self.is_strict,
        };
        let facts = catalog::facts(stanza, &subject);
        estimate.lines = facts.into_iter().map(|fact| price_line(fact, stanza.docs.as_ref(), market)).collect();
        estimate.status = status_of(&estimate.lines);
        estimate.problems.extend(failures(stanza, &estimate.lines));
    }

    /// The catalog's word on the resource's provider: by its name, else by the prefix of its type.
    fn provider(&self, resource: &Resource) -> Option<Arc<Provider>> {
        let by_name = self.catalog.provider(&resource.provider);
        let found = by_name.or_else(|| self.catalog.provider(&self.catalog.provider_of(&resource.kind)?));
        found?.ok()
    }

    fn region(&self, provider: Option<&Provider>, resource: &Resource, host: &dyn Host) -> Option<Region> {
        let by_resource = provider.and_then(|provider| provider.region_of(&resource.values, host));
        let known = |name: Option<SmolStr>, origin| name.map(|name| Region { name, origin });
        known(by_resource, RegionOrigin::Resource)
            .or_else(|| known(resource.provider_region.clone(), RegionOrigin::Provider))
            .or_else(|| known(self.region.clone(), RegionOrigin::Option))
            .or_else(|| known(provider.and_then(|provider| provider.default_region.clone()), RegionOrigin::Assumed))
    }
}

fn is_same_object(left: &Object, right: &Object) -> bool {
    match (left, right) {
        (Object::Lazy(left), Object::Lazy(right)) => Arc::ptr_eq(left, right),
        (Object::Map(left), Object::Map(right)) => Arc::ptr_eq(left, right) || left == right,
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
