//! Plans as `show -json` writes them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::model::{Action, Address, Change, InputKind, Object, Plan, Problem, Resource};

use super::configuration::Configuration;
use super::document::Document;
use super::lazy::{LazyObject, Marks};
use super::record::{Text, record};
use super::references::Graph;
use super::region::{Configured, Regions};
use super::sniff::{Input, Top, plain};
use super::values::{self, ValuesRecord, is_managed, marks};
use super::{problems, scan};

record! {
    /// One entry of `resource_changes`.
    ChangeRecord<'a> {
        "address" => address: Text<'a>,
        "previous_address" => previous_address: Text<'a>,
        "mode" => mode: Text<'a>,
        "type" => kind: Text<'a>,
        "provider_name" => provider: Text<'a>,
        "deposed" => deposed: Text<'a>,
        "change" => change: Sides<'a>,
    }
}

record! {
    Sides<'a> {
        "actions" => actions: &'a RawValue,
        "before" => before: &'a RawValue,
        "after" => after: &'a RawValue,
        "after_unknown" => after_unknown: &'a RawValue,
        "before_sensitive" => before_sensitive: &'a RawValue,
        "after_sensitive" => after_sensitive: &'a RawValue,
        "importing" => importing: &'a RawValue,
    }
}

record! {
    ConfigurationRecord<'a> {
        "provider_config" => providers: &'a RawValue,
        "root_module" => root: &'a RawValue,
    }
}

record! {
    PriorState<'a> {
        "values" => values: ValuesRecord<'a>,
    }
}

/// Changes gathered so far, and what was odd about them.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) changes: Vec<Change>,
    pub(super) unknown_actions: usize,
    pub(super) nameless: usize,
}

impl Gathered {
    pub(super) fn sorted(mut self) -> Self {
        sort(&mut self.changes);
        self
    }

    /// What the reader should know of sorted changes and of the plan that they are.
    pub(super) fn problems(&self, label: &str, errored: bool, complete: bool, is_empty: bool) -> Vec<Problem> {
        let mut problems = Vec::new();
        if errored {
            problems.push(problems::errored_plan(label));
        } else if !complete {
            problems.push(problems::incomplete_plan(label));
        }
        problems.extend(count_problem(self.unknown_actions, |count| problems::unknown_actions(label, count)));
        problems.extend(count_problem(self.nameless, |count| problems::without_address(label, count)));
        let duplicates = count_duplicates(&self.changes);
        problems.extend(count_problem(duplicates, |count| problems::duplicate_addresses(label, count)));
        if is_empty && !errored {
            problems.push(problems::no_resources(label));
        }
        problems
    }
}

/// Reads the plan with these top keys.
pub(super) fn read(input: &Input<'_>, top: Top<'_>) -> Result<Plan, Problem> {
    let mut problems = Vec::new();
    if let Some(version) = plain(top.format_version) {
        problems.extend(check_version(input.label, &version)?);
    }
    let document = input.document;
    let part = |raw: Option<&RawValue>| raw.map(|raw| document.part(raw.get()));
    let configuration = top.configuration.unwrap_or_default();
    let modules = Arc::new(Configuration::new(document, part(configuration.root)));
    let providers = configuration.providers.map(RawValue::get);
    let variables = part(top.variables).map(|part| (document.clone(), part));
    let regions = Regions::read(&modules, providers, variables);

    let lists_changes = top.resource_changes.is_some();
    let has_before = top.resource_changes.is_some() || top.prior_state.is_some();
    let gathered = match top.resource_changes {
        Some(records) => from_changes(document, records, &regions),
        None => from_planned_values(input, top.planned_values, top.prior_state, &regions)?,
    };
    let gathered = gathered.sorted();

    let is_true = |raw: Option<&RawValue>| raw.map(|raw| raw.get() == "true");
    let errored = is_true(top.errored) == Some(true);
    let complete = !errored && is_true(top.complete) != Some(false);
    let is_empty = gathered.changes.is_empty() && !lists_changes && has_before;
    problems.extend(gathered.problems(input.label, errored, complete, is_empty));

    let changes: Arc<[Change]> = gathered.changes.into();
    Ok(Plan {
        kind: InputKind::PlanJson,
        terraform_version: plain(top.terraform_version).map(SmolStr::new),
        references: Arc::new(Graph::new(changes.clone(), Some(modules))),
        changes,
        declarations: None,
        assumed_usage: HashMap::new(),
        complete,
        has_before,
        problems,
    })
}

pub(super) fn count_problem(count: usize, problem: impl FnOnce(usize) -> Problem) -> Option<Problem> {
    (count > 0).then(|| problem(count))
}

/// Formats 0.1 to 1.2 are known; a later 1.x only adds; 2.x may mean anything.
fn check_version(label: &str, version: &str) -> Result<Option<Problem>, Problem> {
    let mut parts = version.split('.').map(str::parse::<u32>);
    match (parts.next(), parts.next()) {
        (Some(Ok(0)), _) | (Some(Ok(1)), Some(Ok(0..=2)) | None) => Ok(None),
        (Some(Ok(2..)), _) => Err(problems::plan_version(label, version)),
        _ => Ok(Some(problems::odd_version(label, version))),
    }
}

/// By address, the current object before the deposed ones.
pub(super) fn sort(changes: &mut [Change]) {
    changes.sort_by(|left, right| left.address.cmp(&right.address).then_with(|| left.deposed.cmp(&right.deposed)));
}

/// How many sorted changes repeat the address and deposed key of the one before.
pub(super) fn count_duplicates(changes: &[Change]) -> usize {
    let is_repeat = |pair: &&[Change]| pair[0].address == pair[1].address && pair[0].deposed == pair[1].deposed;
    changes.windows(2).filter(is_repeat).count()
}

fn from_changes(document: &Document, records: Vec<ChangeRecord<'_>>, regions: &Regions) -> Gathered {
    let mut gathered = Gathered { changes: Vec::with_capacity(records.len()), ..Gathered::default() };
    for record in records {
        if !is_managed(record.mode.as_deref(), record.address.as_deref()) {
            continue;
        }
        match change(document, record, regions) {
            Some(change) => {
                gathered.unknown_actions += usize::from(change.action == Action::Other);
                gathered.changes.push(change);
            }
            None => gathered.nameless += 1,
        }
    }
    gathered
}

fn change(document: &Document, record: ChangeRecord<'_>, regions: &Regions) -> Option<Change> {
    let address = Address::new(record.address.as_deref().filter(|address| !address.is_empty())?);
    let kind = values::kind(record.kind.as_deref(), &address)?;
    let provider = values::provider(record.provider.as_deref(), &kind);
    let Configured { region, configuration } = regions.of(&address, &provider);
    let sides = record.change.unwrap_or_default();
    let (before, after) = objects(document, &sides);
    let resource = |values: Object| Resource {
        address: address.clone(),
        kind: kind.clone(),
        provider: provider.clone(),
        provider_region: region.clone(),
        configuration: configuration.clone(),
        values,
    };
    Some(Change {
        before: before.map(resource),
        after: after.map(resource),
        previous_address: record.previous_address.as_deref().map(Address::new),
        action: sides.actions.map_or(Action::Other, |actions| action(actions.get())),
        deposed: record.deposed.as_deref().map(SmolStr::new),
        is_import: sides.importing.is_some(),
        declared: None,
        address: address.clone(),
    })
}

/// The attributes of both sides; the same object twice where nothing changes.
fn objects(document: &Document, sides: &Sides<'_>) -> (Option<Object>, Option<Object>) {
    let spelled = |raw: Option<&RawValue>| raw.map_or_else(Marks::none, |raw| marks(document, raw.get()));
    let object =
        |raw: &RawValue, unknown, sensitive| LazyObject::object(document, document.part(raw.get()), unknown, sensitive);
    let before = sides.before.map(|raw| object(raw, Marks::none(), spelled(sides.before_sensitive)));
    let is_marked = |raw: Option<&RawValue>| raw.is_some_and(|raw| raw.get().contains("true"));
    let text = |raw: Option<&RawValue>| raw.map(|raw| raw.get().to_owned());
    let same_marks = !is_marked(sides.after_unknown)
        && is_marked(sides.before_sensitive) == is_marked(sides.after_sensitive)
        && (!is_marked(sides.after_sensitive) || text(sides.before_sensitive) == text(sides.after_sensitive));
    let after = match (sides.before, sides.after) {
        (Some(old), Some(new)) if same_marks && old.get() == new.get() => before.clone(),
        (_, Some(new)) => Some(object(new, spelled(sides.after_unknown), spelled(sides.after_sensitive))),
        (_, None) => None,
    };
    (before, after)
}

fn action(actions: &str) -> Action {
    let words: Vec<_> = scan::elements(actions).map(|word| word.trim_matches('"')).collect();
    match words.as_slice() {
        ["no-op"] => Action::NoOp,
        ["create"] => Action::Create,
        ["read"] => Action::Read,
        ["update"] => Action::Update,
        ["delete"] => Action::Delete,
        ["delete", "create"] | ["create", "delete" | "forget"] => Action::Replace,
        ["forget"] => Action::Forget,
        _ => Action::Other,
    }
}

/// For plans without `resource_changes` (refresh-only, or nothing to do): what is planned is what exists.
fn from_planned_values(
    input: &Input<'_>,
    planned: Option<&RawValue>,
    prior: Option<&RawValue>,
    regions: &Regions,
) -> Result<Gathered, Problem> {
    let Some(planned) = planned else { return Ok(Gathered::default()) };
    let planned = parse::<ValuesRecord<'_>>(input, planned)?;
    let (found, nameless) = values::resources(input.document, planned);
    let mut before: HashMap<Address, Resource> = HashMap::new();
    if let Some(raw) = prior {
        let prior = parse::<PriorState<'_>>(input, raw)?;
        let (resources, _) = values::resources(input.document, prior.values.unwrap_or_default());
        let current = resources.into_iter().filter(|found| found.deposed.is_none());
        before.extend(current.map(|found| (found.resource.address.clone(), found.resource)));
    }
    let changes = found.into_iter().map(|found| {
        let Configured { region, configuration } = regions.of(&found.resource.address, &found.resource.provider);
        let configured = |resource: Resource| Resource {
            provider_region: region.clone(),
            configuration: configuration.clone(),
            ..resource
        };
        let before = before.remove(&found.resource.address);
        Change {
            address: found.resource.address.clone(),
            previous_address: None,
            action: Action::NoOp,
            deposed: found.deposed,
            is_import: false,
            declared: None,
            before: before.map(configured),
            after: Some(configured(found.resource)),
        }
    });
    Ok(Gathered { changes: changes.collect(), unknown_actions: 0, nameless })
}

/// A part of the document, read as `T`.
pub(super) fn parse<'a, T: Deserialize<'a>>(input: &Input<'_>, raw: &'a RawValue) -> Result<T, Problem> {
    T::deserialize(&mut serde_json::Deserializer::from_str(raw.get()))
        .map_err(|error| input.parse_problem(raw.get(), &error))
}
