//! One file with all that it includes, evaluated: what Terragrunt would know of it.

use std::collections::HashMap;

use indexmap::IndexMap;
use smol_str::{SmolStr, format_smolstr};

use super::file::{UNIT, read};
use super::merge::{self, Parts, Strategy};
use super::place::Place;
use super::said;
use super::scope::{Scope, put};
use super::session::Session;
use crate::input::module::written::{At, Nested, Written};
use crate::model::{Problem, Value};

/// What a file says, evaluated, with what it includes merged in.
#[derive(Debug, Default)]
pub(super) struct Config {
    pub(super) parts: Parts,
    /// Where the blocks are written: `terraform`, `dependency.vpc`.
    pub(super) places: HashMap<SmolStr, At>,
}

/// A file that is included.
struct Included {
    label: SmolStr,
    config: Config,
    strategy: Strategy,
    is_exposed: bool,
}

impl Config {
    /// The value at a path of names: `["terraform", "source"]`. Null is none.
    pub(super) fn get(&self, path: [&str; 2]) -> Option<Value> {
        let value = self.parts.get(path[0])?.as_object()?.get(path[1])?;
        (!value.is_null()).then_some(value)
    }

    /// The labelled parts of a kind.
    pub(super) fn labelled(&self, kind: &str) -> Vec<(SmolStr, Value)> {
        self.parts.get(kind).and_then(Value::as_object).map(|object| object.entries()).unwrap_or_default()
    }
}

impl<'s> Session<'s> {
    /// Evaluates a file where it stands. All its mistakes are given.
    pub(super) fn evaluate(&'s self, place: &Place) -> Result<Config, Vec<Problem>> {
        let written = read(&place.file, &self.shown(&place.file), UNIT)?;
        let mut scope = Scope::new(self, place);
        let included = self.includes(&written, &mut scope)?;
        scope.set("include", exposed(&included));
        let features = features(&written, &mut scope);
        scope.set("feature", features);
        let mut own = Parts::new();
        own.insert("locals".into(), scope.locals(&written));
        let mut places = HashMap::new();
        self.dependencies(&written, &included_dependencies(&included), &mut scope, &mut own, &mut places);
        for (name, argument) in &written.arguments {
            own.insert(name.clone(), scope.value(argument));
            places.insert(name.clone(), argument.at.clone());
        }
        for block in &written.blocks {
            if !matches!(block.kind.as_str(), "locals" | "include" | "dependency" | "feature") {
                let value = scope.content(&block.content);
                put(&mut own, &block.kind, &block.labels, value);
                places.insert(key(block), block.at.clone());
            }
        }
        if !scope.problems.is_empty() {
            return Err(scope.problems);
        }
        // The later of several includes wins, and the file itself over all of them.
        for one in included.into_iter().rev() {
            own = merge::configurations(&one.config.parts, own, one.strategy);
            one.config.places.into_iter().for_each(|(name, at)| _ = places.entry(name).or_insert(at));
        }
        Ok(Config { parts: own, places })
    }

    fn includes(&'s self, written: &Written, scope: &mut Scope<'s>) -> Result<Vec<Included>, Vec<Problem>> {
        let mut included = Vec::new();
        let mut paths = IndexMap::new();
        for block in written.blocks("include") {
            let place = scope.place().clone();
            if place.is_included {
                return Err(vec![said::nested_include(&block.at)]);
            }
            let path = scope_path(scope, block, "path").map_err(|problem| vec![problem])?;
            let file = place.path(&path.text);
            if file == place.file {
                return Err(vec![said::includes_itself(&block.at)]);
            }
            if !self.may_read(&file) || !file.is_file() {
                return Err(vec![said::no_such_file("the path of the include", path.shown(), &block.at)]);
            }
            let label = block.labels.first().cloned().unwrap_or_default();
            let strategy = strategy(scope, block)?;
            let is_exposed = block.content.argument("expose").is_some_and(|argument| {
                let value = scope.value(argument);
                value.as_bool() == Some(true)
            });
            self.note_included(&file);
            let config = self.evaluate(&place.included(file.clone()))?;
            paths.insert(label.clone(), file);
            included.push(Included { label, config, strategy, is_exposed });
        }
        scope.set_includes(paths);
        Ok(included)
    }
}

/// A path that a file names.
pub(super) struct Named {
    pub(super) text: SmolStr,
    pub(super) is_sensitive: bool,
}

impl Named {
    pub(super) fn of(value: &Value) -> Option<Self> {
        Some(Self { text: value.as_str()?.into(), is_sensitive: value.is_sensitive() })
    }

    /// What messages call it: it may come from the environment.
    pub(super) fn shown(&self) -> &str {
        if self.is_sensitive { "…" } else { &self.text }
    }
}

/// The path that an argument of a block gives.
pub(super) fn scope_path(scope: &mut Scope<'_>, block: &Nested, name: &str) -> Result<Named, Problem> {
    let what = format!("`{name}` of `{}`", block.kind);
    let Some(argument) = block.content.argument(name) else { return Err(said::not_a_path(&what, &block.at)) };
    let before = scope.problems.len();
    let value = scope.value(argument);
    if scope.problems.len() > before {
        return Err(scope.problems.swap_remove(before));
    }
    Named::of(&value).ok_or_else(|| said::not_a_path(&what, &argument.at))
}

fn strategy(scope: &mut Scope<'_>, block: &Nested) -> Result<Strategy, Vec<Problem>> {
    let Some(argument) = block.content.argument("merge_strategy") else { return Ok(Strategy::Shallow) };
    let value = scope.value(argument);
    let name = value.as_str().unwrap_or_default();
    Strategy::of(name).ok_or_else(|| vec![said::unknown_strategy(name, &argument.at)])
}

/// What `include` is: an object by label, or the one include without a label.
fn exposed(included: &[Included]) -> Value {
    let value = |one: &Included| Value::Object(one.config.parts.clone().into_iter().collect());
    if let [one] = included
        && one.label.is_empty()
        && one.is_exposed
    {
        return value(one);
    }
    Value::Object(included.iter().filter(|one| one.is_exposed).map(|one| (one.label.clone(), value(one))).collect())
}

/// `feature.NAME.value`, which nothing but its default decides here.
fn features(written: &Written, scope: &mut Scope<'_>) -> Value {
    let mut parts = Parts::new();
    for block in written.blocks("feature") {
        let (Some(label), Some(default)) = (block.labels.first(), block.content.argument("default")) else { continue };
        let value = scope.value(default);
        parts.insert(label.clone(), Value::Object([("value".into(), value)].into_iter().collect()));
    }
    Value::Object(parts.into_iter().collect())
}

/// The dependencies that includes bring, with how each is merged with one of the same label.
fn included_dependencies(included: &[Included]) -> Vec<(Parts, Strategy)> {
    let of = |one: &Included| (one.config.labelled("dependency").into_iter().collect(), one.strategy);
    included.iter().filter(|one| one.strategy != Strategy::NoMerge).map(of).collect()
}

/// The name of a block among the places.
pub(super) fn key(block: &Nested) -> SmolStr {
    match block.labels.first() {
        Some(label) => format_smolstr!("{}.{label}", block.kind),
        None => block.kind.clone(),
    }
}
