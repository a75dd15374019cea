//! Evaluates the expressions of one file, with the names that Terragrunt knows in it.

use std::collections::HashSet;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::functions::{ALL, UnitHost};
use super::merge::Parts;
use super::place::Place;
use super::said;
use super::session::Session;
use crate::input::ModuleFiles;
use crate::input::module::written::{Argument, Written};
use crate::lang::{Dialect, Frame, Names, lower};
use crate::model::{Problem, Value};

/// The names that an expression may start with, in the order of their slots.
const NAMES: &[&str] = &["local", "include", "dependency", "values", "feature", "unit", "stack"];

/// The names of one file, and what they are.
pub(super) struct Scope<'s> {
    session: &'s Session<'s>,
    place: Place,
    /// What `file` and the like read: relative paths start at the folder of the unit.
    files: Option<ModuleFiles>,
    names: Names,
    slots: Vec<Value>,
    pub(super) problems: Vec<Problem>,
}

impl<'s> Scope<'s> {
    pub(super) fn new(session: &'s Session<'s>, place: &Place) -> Self {
        let mut names = Names::new(Dialect::Terraform).with_functions(ALL);
        NAMES.iter().for_each(|name| _ = names.bind(name));
        let empty = Value::Object(Parts::new().into_iter().collect());
        let beside = place.file.parent().unwrap_or(&place.folder);
        // The folder of a unit that a stack generates does not exist.
        let files = ModuleFiles::new(&place.folder, &session.base).or_else(|_| ModuleFiles::new(beside, &session.base));
        let files = files.ok();
        let mut scope =
            Self { session, place: place.clone(), files, names, slots: vec![empty; NAMES.len()], problems: Vec::new() };
        if !place.values.is_null() {
            scope.set("values", place.values.clone());
        }
        scope
    }

    /// Gives a name its value.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        if let Some(slot) = self.names.find(name) {
            self.slots[usize::from(slot.0)] = value;
        }
    }

    /// What the file includes, for the functions that ask for it.
    pub(super) fn set_includes(&mut self, includes: IndexMap<SmolStr, std::path::PathBuf>) {
        self.place.includes = includes;
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The value of an expression; one that fails is said, and unknown.
    pub(super) fn value(&mut self, argument: &Argument) -> Value {
        let result = lower(&argument.value, &self.names, &argument.at.source).and_then(|expr| {
            let host = UnitHost { session: self.session, place: &self.place, files: self.files.as_ref() };
            expr.eval(&Frame { slots: &self.slots, host: &host }).map_err(|problem| vec![problem])
        });
        result.unwrap_or_else(|problems| {
            self.problems.extend(problems);
            Value::unknown("an expression that failed")
        })
    }

    /// The arguments and nested blocks of a block: those with labels are objects by label.
    pub(super) fn content(&mut self, written: &Written) -> Value {
        let mut parts = Parts::new();
        for (name, argument) in &written.arguments {
            parts.insert(name.clone(), self.value(argument));
        }
        for block in &written.blocks {
            let value = self.content(&block.content);
            put(&mut parts, &block.kind, &block.labels, value);
        }
        Value::Object(parts.into_iter().collect())
    }

    /// The local values of a file, in the order in which they need each other; then `local` is known.
    pub(super) fn locals(&mut self, written: &Written) -> Value {
        let blocks = written.blocks("locals").flat_map(|block| &block.content.arguments);
        let mut waiting: IndexMap<SmolStr, (&Argument, HashSet<SmolStr>)> =
            blocks.map(|(name, argument)| (name.clone(), (argument, self.needed(argument)))).collect();
        let declared: HashSet<SmolStr> = waiting.keys().cloned().collect();
        waiting.values_mut().for_each(|(_, needed)| needed.retain(|name| declared.contains(name)));
        let mut known = Parts::new();
        while !waiting.is_empty() {
            let ready: Vec<SmolStr> =
                waiting.iter().filter(|(_, (_, needed))| needed.is_empty()).map(|(name, _)| name.clone()).collect();
            if ready.is_empty() {
                let circles = waiting.iter().take(1);
                self.problems.extend(circles.map(|(name, (argument, _))| said::circle_of_locals(name, &argument.at)));
                break;
            }
            for name in &ready {
                let Some((argument, _)) = waiting.shift_remove(name) else { continue };
                known.insert(name.clone(), self.value(argument));
            }
            waiting.values_mut().for_each(|(_, needed)| needed.retain(|name| !ready.contains(name)));
            self.set("local", Value::Object(known.clone().into_iter().collect()));
        }
        Value::Object(known.into_iter().collect())
    }

    /// The local values that an expression names.
    fn needed(&self, argument: &Argument) -> HashSet<SmolStr> {
        let Ok(expr) = lower(&argument.value, &self.names, &argument.at.source) else { return HashSet::new() };
        let local = self.names.find("local");
        let of_local = expr.traversals().into_iter().filter(|traversal| Some(traversal.root) == local);
        of_local.filter_map(|traversal| traversal.path.into_iter().next()).collect()
    }
}

/// Puts the value of a block below its labels.
pub(super) fn put(parts: &mut Parts, kind: &SmolStr, labels: &[SmolStr], value: Value) {
    let Some(label) = labels.first() else {
        parts.insert(kind.clone(), value);
        return;
    };
    let known = parts.get(kind).and_then(Value::as_object).map(|object| object.entries()).unwrap_or_default();
    let mut entries: Parts = known.into_iter().collect();
    entries.insert(label.clone(), value);
    parts.insert(kind.clone(), Value::Object(entries.into_iter().collect()));
}
