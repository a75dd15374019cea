//! The outputs of the units that a unit depends on: evaluated from their source, mocks where that tells nothing.

use std::collections::HashMap;

use smol_str::{SmolStr, format_smolstr};

use super::config::{Named, key};
use super::merge::{self, Parts, Strategy};
use super::scope::Scope;
use super::session::{Outcome, Session};
use super::{functions, said};
use crate::input::module::open::Open;
use crate::input::module::written::{At, Written};
use crate::model::Value;

impl<'s> Session<'s> {
    /// Evaluates the `dependency` blocks of a file with those that it includes; then `dependency` is known.
    pub(super) fn dependencies(
        &'s self,
        written: &Written,
        included: &[(Parts, Strategy)],
        scope: &mut Scope<'s>,
        own: &mut Parts,
        places: &mut HashMap<SmolStr, At>,
    ) {
        let mut all = Parts::new();
        for (parts, _) in included {
            all.extend(parts.clone());
        }
        let mut blocks = Parts::new();
        for block in written.blocks("dependency") {
            let Some(label) = block.labels.first() else { continue };
            places.insert(key(block), block.at.clone());
            let mut attributes = scope.content(&block.content);
            for (parts, _) in included.iter().rev().filter(|(_, strategy)| *strategy == Strategy::Deep) {
                if let Some(base) = parts.get(label) {
                    attributes = merge::deep(&without_outputs(base), &attributes);
                }
            }
            let outputs = self.outputs(label, &attributes, &block.at, scope);
            let attributes = with_outputs(&attributes, outputs);
            blocks.insert(label.clone(), attributes.clone());
            all.insert(label.clone(), attributes);
        }
        self.wait_for(written, scope);
        scope.set("dependency", Value::Object(all.into_iter().collect()));
        if !blocks.is_empty() {
            own.insert("dependency".into(), Value::Object(blocks.into_iter().collect()));
        }
    }

    /// Looks for circles among the units of `dependencies { paths }`.
    fn wait_for(&'s self, written: &Written, scope: &mut Scope<'s>) {
        for block in written.blocks("dependencies") {
            let Some(argument) = block.content.argument("paths") else { continue };
            let paths = scope.value(argument);
            for path in paths.as_list().unwrap_or_default().iter().filter_map(Value::as_str) {
                let folder = scope.place().path(path);
                if let Some(Outcome::Circle(circle)) = self.outcome(&folder) {
                    scope.problems.extend(self.circle(&circle, &folder, &argument.at));
                }
            }
        }
    }

    /// The outputs of one dependency.
    fn outputs(&'s self, label: &SmolStr, attributes: &Value, at: &At, scope: &mut Scope<'s>) -> Value {
        let get =
            |name: &str| attributes.as_object().and_then(|object| object.get(name)).filter(|value| !value.is_null());
        let is = |name: &str, truth: bool| get(name).and_then(|value| value.as_bool()) == Some(truth);
        let address = format_smolstr!("dependency.{label}.outputs");
        let mocks = get("mock_outputs").filter(|_| may_mock(get("mock_outputs_allowed_terraform_commands").as_ref()));
        let only_mocks = || {
            let known = mocks.as_ref().and_then(Value::as_object).map(|object| object.entries()).unwrap_or_default();
            Open::value(address.clone(), known.into_iter().collect())
        };
        let Some(path) = get("config_path").as_ref().and_then(Named::of) else {
            scope.problems.push(said::not_a_path("`config_path` of `dependency`", at));
            return only_mocks();
        };
        if is("enabled", false) || is("skip_outputs", true) {
            return only_mocks();
        }
        let folder = scope.place().path(&path.text);
        let path = path.shown();
        match self.outcome(&folder) {
            None => {
                scope.problems.push(said::no_unit(path, at));
                only_mocks()
            }
            Some(Outcome::Outputs(real)) => {
                let strategy = get("mock_outputs_merge_strategy_with_state");
                joined(&real, mocks.as_ref(), strategy.as_ref().and_then(Value::as_str).unwrap_or_default())
            }
            Some(Outcome::Circle(circle)) => {
                match self.circle(&circle, &folder, at) {
                    Some(problem) => scope.problems.push(problem),
                    None => self.warn(said::only_mocks(label, path, mocks.is_some(), at)),
                }
                only_mocks()
            }
            Some(Outcome::Unknown) => {
                self.warn(said::only_mocks(label, path, mocks.is_some(), at));
                only_mocks()
            }
            Some(Outcome::Later) => Value::unknown(address),
        }
    }
}

/// Whether `plan` may use mocks.
fn may_mock(allowed: Option<&Value>) -> bool {
    let Some(commands) = allowed.and_then(Value::as_list) else { return true };
    commands.is_empty() || commands.iter().any(|command| command.as_str() == Some(functions::COMMAND))
}

/// Real outputs with mocks: where a part is unknown, and where the strategy says so.
fn joined(real: &Value, mocks: Option<&Value>, strategy: &str) -> Value {
    let Some(mocks) = mocks else { return real.clone() };
    let base = match strategy {
        "shallow" => merge::shallow(mocks, real),
        "deep_map_only" => merge::deep_maps(mocks, real),
        _ => real.clone(),
    };
    filled(&base, mocks)
}

/// The value with what it does not know taken from a mock. Lists keep their own length.
fn filled(real: &Value, mock: &Value) -> Value {
    if real.as_unknown().is_some() && !mock.is_null() {
        return if real.is_sensitive() { mock.clone().sensitive() } else { mock.clone() };
    }
    let (Some(known), Some(mocks)) = (real.as_object(), mock.as_object()) else { return real.clone() };
    let fill = |(name, value): (SmolStr, Value)| {
        let value = mocks.get(&name).map_or(value.clone(), |mock| filled(&value, &mock));
        (name, value)
    };
    let object = Value::Object(known.entries().into_iter().map(fill).collect());
    if real.is_sensitive() { object.sensitive() } else { object }
}

fn without_outputs(dependency: &Value) -> Value {
    let entries = dependency.as_object().map(|object| object.entries()).unwrap_or_default();
    Value::Object(entries.into_iter().filter(|(name, _)| name != "outputs").collect())
}

fn with_outputs(attributes: &Value, outputs: Value) -> Value {
    let mut entries: Parts =
        attributes.as_object().map(|object| object.entries()).unwrap_or_default().into_iter().collect();
    entries.insert("outputs".into(), outputs);
    Value::Object(entries.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
        Value::Object(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    #[test]
    fn mocks_stand_where_the_real_output_is_unknown() {
        let real = object([("id", Value::unknown("x")), ("count", Value::from(3))]);
        let mocks = object([("id", Value::from("vpc-1")), ("count", Value::from(1)), ("more", Value::from(true))]);
        let expected = object([("id", Value::from("vpc-1")), ("count", Value::from(3))]);
        assert_eq!(joined(&real, Some(&mocks), "no_merge"), expected);
        let more = object([("id", Value::from("vpc-1")), ("count", Value::from(3)), ("more", Value::from(true))]);
        assert_eq!(joined(&real, Some(&mocks), "shallow"), more);
    }

    #[test]
    fn deep_maps_keep_what_only_the_mock_has() {
        let real = object([("tags", object([("a", Value::from(1))]))]);
        let mocks = object([("tags", object([("a", Value::from(0)), ("b", Value::from(2))]))]);
        let expected = object([("tags", object([("a", Value::from(1)), ("b", Value::from(2))]))]);
        assert_eq!(joined(&real, Some(&mocks), "deep_map_only"), expected);
        assert_eq!(joined(&real, Some(&mocks), "shallow"), real);
    }

    #[test]
    fn mocks_for_other_commands_are_not_used() {
        let commands = |names: &[&str]| Value::from(names.iter().map(|name| Value::from(*name)).collect::<Vec<_>>());
        assert!(may_mock(None) && may_mock(Some(&commands(&["validate", "plan"]))) && may_mock(Some(&commands(&[]))));
        assert!(!may_mock(Some(&commands(&["validate"]))));
    }
}
