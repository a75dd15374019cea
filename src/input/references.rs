//! Which resource an attribute points at: out of the plan's configuration, else out of equal ids.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use indexmap::IndexSet;
use smol_str::SmolStr;

use crate::model::{Change, References, Value};

use super::by_value::{Identities, fit, is_known_as, text_paths, texts_at, value_at};
use super::configuration::Configuration;
use super::dependencies::Dependencies;
use super::place::{Place, Step};
use super::resolve::{Key, Pointer, Resolved, paths, resolve};

/// The references of one input. Everything is worked out when first asked for, and once.
pub(super) struct Graph {
    changes: Arc<[Change]>,
    configuration: Option<Arc<Configuration>>,
    /// What a state says of the resources that each was made after.
    dependencies: Dependencies,
    instances: OnceLock<Instances>,
    identities: OnceLock<Identities>,
    pointers: Mutex<HashMap<Expression, Arc<Resolved>>>,
    referrers: Mutex<HashMap<(SmolStr, SmolStr), Arc<Reverse>>>,
}

/// A configured resource (its module, `type.name`) and the path of one of its attributes.
type Expression = (usize, String, SmolStr);

/// From the change that is referred to, to those that refer to it.
type Reverse = HashMap<usize, Vec<usize>>;

/// What the configuration tells of an attribute.
#[derive(Default)]
struct Found {
    sure: Vec<usize>,
    /// Resources of which the attribute refers to some, or none.
    several: Vec<usize>,
    /// Whether something is behind local values or data sources.
    is_open: bool,
}

/// The instances of each resource, first by module instance, then by module.
#[derive(Default)]
struct Instances {
    by_module_instance: HashMap<String, Group>,
    by_module: HashMap<String, Vec<usize>>,
}

#[derive(Default)]
struct Group {
    all: Vec<usize>,
    by_key: HashMap<SmolStr, usize>,
}

impl References for Graph {
    fn targets(&self, from: usize, path: &str) -> Vec<usize> {
        let Some(change) = self.changes.get(from) else { return Vec::new() };
        if is_known_to_be_empty(change, path) {
            return Vec::new();
        }
        let Found { mut sure, several, .. } = self.configured_targets(change, path);
        sure.retain(|&target| target != from);
        sure.extend(self.one_of(change, path, several).filter(|&target| target != from));
        match sure.len() {
            0 => self.targets_by_value(from, change, path),
            1 => sure,
            _ => self.narrowed_by_value(change, path, sure),
        }
    }

    fn referrers(&self, to: usize, kind: &str, path: &str) -> Vec<usize> {
        let key = (SmolStr::new(kind), SmolStr::new(path));
        let known = self.referrers.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let reverse = known.unwrap_or_else(|| {
            let reverse = Arc::new(self.reverse(kind, path));
            self.referrers.lock().unwrap_or_else(PoisonError::into_inner).insert(key, reverse.clone());
            reverse
        });
        reverse.get(&to).cloned().unwrap_or_default()
    }

    fn all_targets(&self, from: usize) -> Vec<usize> {
        let Some(change) = self.changes.get(from) else { return Vec::new() };
        let Found { sure, several, is_open } = self.configured_targets(change, "");
        let mut targets: BTreeSet<usize> = sure.into_iter().collect();
        if targets.is_empty() || is_open || !several.is_empty() {
            targets.extend(self.links(from).into_iter().map(|(_, target)| target));
        }
        targets.remove(&from);
        targets.into_iter().collect()
    }

    fn links(&self, from: usize) -> Vec<(SmolStr, usize)> {
        let Some(change) = self.changes.get(from) else { return Vec::new() };
        let mut written = self.configuration.as_ref().map(|known| paths(known, &Place::of(&change.address)));
        let mut links: BTreeSet<(SmolStr, usize)> = BTreeSet::new();
        for path in written.iter_mut().flatten() {
            let targets = self.targets(from, path).into_iter().filter(|target| *target != from);
            links.extend(targets.map(|target| (path.clone(), target)));
        }
        if written.is_none_or(|paths| paths.is_empty())
            && let Some(resource) = change.after.as_ref().or(change.before.as_ref())
        {
            for path in text_paths(&resource.values) {
                let targets = self.targets_by_value(from, change, &path).into_iter();
                links.extend(targets.map(|target| (path.clone(), target)));
            }
        }
        links.into_iter().collect()
    }
}

impl Graph {
    pub(super) fn new(changes: Arc<[Change]>, configuration: Option<Arc<Configuration>>) -> Self {
        Self {
            changes,
            configuration,
            dependencies: Dependencies::default(),
            instances: OnceLock::new(),
            identities: OnceLock::new(),
            pointers: Mutex::default(),
            referrers: Mutex::default(),
        }
    }

    /// The references of a state, which says what each resource was made after.
    pub(super) fn of_state(changes: Arc<[Change]>, dependencies: Dependencies) -> Self {
        Self { dependencies, ..Self::new(changes, None) }
    }

    /// The one resource that is meant where an expression does not tell which output of a module it reads: the one whose
    /// id the attribute has, else the one whose type its name speaks of. Between equals nothing is chosen.
    fn one_of(&self, change: &Change, path: &str, several: Vec<usize>) -> impl Iterator<Item = usize> + use<> {
        let by_value = match several.is_empty() {
            true => Vec::new(),
            false => self.known_by_value(change, path, &several),
        };
        if !by_value.is_empty() {
            return by_value.into_iter();
        }
        let kind_of = |at: usize| self.changes[at].after.as_ref().or(self.changes[at].before.as_ref());
        let fit_of = |at: usize| kind_of(at).map_or(0, |resource| fit(path, &resource.kind));
        let best = several.iter().map(|at| fit_of(*at)).max().filter(|best| *best > 0);
        let meant: Vec<usize> = several.into_iter().filter(|at| Some(fit_of(*at)) == best).collect();
        let resources: HashSet<String> = meant.iter().map(|at| self.changes[*at].address.without_indexes()).collect();
        if resources.len() == 1 { meant.into_iter() } else { Vec::new().into_iter() }
    }

    /// Where an expression may mean several instances (`element(aws_subnet.all[*].id, 0)`), a known value tells which.
    fn narrowed_by_value(&self, change: &Change, path: &str, targets: Vec<usize>) -> Vec<usize> {
        let meant = self.known_by_value(change, path, &targets);
        if meant.is_empty() { targets } else { meant }
    }

    /// Those of some resources that a known text at a path names.
    fn known_by_value(&self, change: &Change, path: &str, targets: &[usize]) -> Vec<usize> {
        let sides = [&change.after, &change.before].into_iter().flatten();
        let texts = sides.map(|resource| texts_at(&resource.values, path)).find(|texts| !texts.is_empty());
        let Some(texts) = texts else { return Vec::new() };
        let texts: HashSet<SmolStr> = texts.into_iter().collect();
        let is_meant = |&&target: &&usize| is_known_as(&self.changes[target], &texts);
        targets.iter().filter(is_meant).copied().collect()
    }

    /// What the known texts at a path name: those of the side after, else of the side before.
    fn targets_by_value(&self, from: usize, change: &Change, path: &str) -> Vec<usize> {
        for resource in [&change.after, &change.before].into_iter().flatten() {
            let texts = texts_at(&resource.values, path);
            if texts.is_empty() {
                continue;
            }
            let identities = self.identities.get_or_init(|| Identities::of(&self.changes));
            let made_after = self.dependencies.of(&self.changes, from);
            let named = |text: &SmolStr| {
                let found = identities.named(&self.changes, from, &resource.kind, path, text, made_after.as_deref());
                found.or_else(|| made_after.as_deref()?.known_as(&self.changes, from, text))
            };
            // What was made after this resource is listed by it, but not referred to.
            let is_later = |target: usize| {
                let after = self.dependencies.of(&self.changes, target);
                after.is_some_and(|after| after.has(from))
            };
            let targets: IndexSet<usize> = texts.iter().filter_map(named).filter(|target| !is_later(*target)).collect();
            if !targets.is_empty() {
                return targets.into_iter().collect();
            }
        }
        Vec::new()
    }

    fn reverse(&self, kind: &str, path: &str) -> Reverse {
        let mut reverse = Reverse::new();
        for (from, change) in self.changes.iter().enumerate() {
            let side = change.after.as_ref().or(change.before.as_ref());
            if side.is_some_and(|resource| resource.kind == kind) && change.deposed.is_none() {
                for target in self.targets(from, path) {
                    reverse.entry(target).or_default().push(from);
                }
            }
        }
        reverse
    }

    fn configured_targets(&self, change: &Change, path: &str) -> Found {
        let Some(configuration) = &self.configuration else { return Found::default() };
        let place = Place::of(&change.address);
        let Some(module) = configuration.module_with(&place, path) else { return Found::default() };
        let expression = (module, place.resource_name(), SmolStr::new(path));
        let known = self.pointers.lock().unwrap_or_else(PoisonError::into_inner).get(&expression).cloned();
        let resolved = known.unwrap_or_else(|| {
            let resolved = Arc::new(resolve(configuration, &place, path));
            self.pointers.lock().unwrap_or_else(PoisonError::into_inner).insert(expression, resolved.clone());
            resolved
        });
        let instances = |pointer| self.instances_of(configuration, &place, pointer);
        let is_open = resolved.is_open;
        if let [pointer] = resolved.pointers.as_slice()
            && !pointer.is_one_of_several
        {
            return Found { sure: instances(pointer), several: Vec::new(), is_open };
        }
        let of = |is_one_of_several: bool| -> Vec<usize> {
            let pointers = resolved.pointers.iter();
            let chosen = pointers.filter(|pointer| pointer.is_one_of_several == is_one_of_several);
            let targets: IndexSet<usize> = chosen.flat_map(instances).collect();
            targets.into_iter().collect()
        };
        Found { sure: of(false), several: of(true), is_open }
    }

    /// The instances that a pointer means when followed from one place.
    fn instances_of(&self, configuration: &Configuration, from: &Place<'_>, pointer: &Pointer) -> Vec<usize> {
        let instances = self.instances.get_or_init(|| Instances::of(&self.changes));
        let path = configuration.path(pointer.module);
        let common = path.iter().zip(&from.modules).take_while(|(name, step)| **name == step.name).count();
        let key_at = |level: usize| {
            let pinned = pointer.pins.iter().find(|(at, _)| *at == level).and_then(|(_, key)| key.text(from));
            pinned.or_else(|| from.modules.get(level).filter(|_| level < common).and_then(|step| step.key))
        };
        let steps: Vec<_> = path.iter().enumerate().map(|(level, name)| Step { name, key: key_at(level) }).collect();
        let wanted = pointer.key.as_ref().and_then(|key| key.text(from));
        let is_given = matches!(pointer.key, Some(Key::Given(_)));
        if let Some(group) = instances.by_module_instance.get(&group_name(&steps, &pointer.resource)) {
            if let Some(&target) = wanted.and_then(|key| group.by_key.get(key)) {
                return vec![target];
            }
            return if is_given { Vec::new() } else { group.all.clone() };
        }
        self.in_any_module_instance(instances, &steps, common, pointer, wanted)
    }

    /// For targets in modules whose instance nothing names: every instance, or the one with the wanted key.
    fn in_any_module_instance(
        &self,
        instances: &Instances,
        steps: &[Step<'_>],
        common: usize,
        pointer: &Pointer,
        wanted: Option<&str>,
    ) -> Vec<usize> {
        let keyless: Vec<_> = steps.iter().map(|step| Step { name: step.name, key: None }).collect();
        let Some(all) = instances.by_module.get(&group_name(&keyless, &pointer.resource)) else { return Vec::new() };
        let fits = |&&target: &&usize| {
            let place = Place::of(&self.changes[target].address);
            let is_named = |level: usize| level < common || steps[level].key.is_some();
            place.modules.iter().enumerate().all(|(level, step)| !is_named(level) || step.key == steps[level].key)
        };
        let fitting: Vec<_> = all.iter().filter(fits).copied().collect();
        let has_key = |&&target: &&usize| {
            let place = Place::of(&self.changes[target].address);
            place.key.or_else(|| place.modules.last().and_then(|step| step.key)) == wanted
        };
        let keyed: Vec<_> = fitting.iter().filter(|_| wanted.is_some()).filter(has_key).copied().collect();
        let is_given = matches!(pointer.key, Some(Key::Given(_)));
        if keyed.is_empty() && !is_given { fitting } else { keyed }
    }
}

impl Instances {
    fn of(changes: &[Change]) -> Self {
        let mut instances = Self::default();
        for (at, change) in changes.iter().enumerate().filter(|(_, change)| change.deposed.is_none()) {
            let place = Place::of(&change.address);
            let resource = place.resource_name();
            let group = instances.by_module_instance.entry(group_name(&place.modules, &resource)).or_default();
            group.all.push(at);
            if let Some(key) = place.key {
                group.by_key.insert(SmolStr::new(key), at);
            }
            if place.modules.iter().any(|step| step.key.is_some()) {
                let keyless: Vec<_> = place.modules.iter().map(|step| Step { name: step.name, key: None }).collect();
                instances.by_module.entry(group_name(&keyless, &resource)).or_default().push(at);
            }
        }
        instances
    }
}

fn group_name(modules: &[Step<'_>], resource: &str) -> String {
    let mut name = String::with_capacity(64);
    for step in modules {
        name.push_str(step.name);
        if let Some(key) = step.key {
            name.push('[');
            name.push_str(key);
            name.push(']');
        }
        name.push('/');
    }
    name.push_str(resource);
    name
}

/// Whether the attribute is there and holds nothing, on every side: then it points at nothing.
fn is_known_to_be_empty(change: &Change, path: &str) -> bool {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::List(items) => items.is_empty(),
        _ => false,
    };
    let top = path.split('.').next().unwrap_or(path);
    let is_single = top.len() == path.len();
    let sides = [change.before.as_ref(), change.after.as_ref()];
    sides.into_iter().flatten().all(|resource| {
        resource.values.get(top).is_some_and(|value| {
            is_empty(&value) || (!is_single && value_at(&resource.values, path).is_some_and(|value| is_empty(&value)))
        })
    })
}
