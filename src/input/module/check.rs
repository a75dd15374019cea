//! What must hold in a module: validations of variables, preconditions, outputs that show nothing sensitive.

use super::declare::{Condition, Declared};
use super::evaluate::{Evaluator, Part};
use super::said;
use super::scope::Scope;
use super::written::At;
use crate::lang::convert;
use crate::model::Value;

impl Evaluator<'_> {
    /// Whether what must hold does: validations of variables and preconditions of outputs.
    pub(super) fn check(&mut self, instance: usize, declared: &Declared) {
        let scope = Scope::default();
        for variable in declared.variables.values() {
            variable.validations.iter().for_each(|condition| self.condition(instance, condition, &scope, &variable.at));
        }
        for (name, output) in &declared.outputs {
            output
                .conditions
                .iter()
                .for_each(|condition| self.condition(instance, condition, &scope, &condition.holds.at));
            let value = self.value(instance, Part::Output(name.clone()));
            let is_root = self.instances[instance].caller.is_none();
            if is_root && !output.is_sensitive && value.has_sensitive_part() {
                self.say([said::sensitive_output(name, &output.at)]);
            }
        }
    }

    pub(super) fn condition(&mut self, instance: usize, condition: &Condition, scope: &Scope, at: &At) {
        let value = self.formula(instance, &condition.holds, scope);
        match convert::to_bool(value.unmarked()) {
            Ok(Value::Bool(true) | Value::Unknown(_)) => {}
            Ok(Value::Bool(false)) => {
                let message = condition.message.as_ref().map(|message| self.formula(instance, message, scope));
                let text = message.as_ref().filter(|message| !message.is_sensitive()).and_then(Value::as_str);
                let problem = said::failed_condition(text.unwrap_or("a condition does not hold"), at);
                self.say([problem]);
            }
            _ => self.say([said::condition_is_no_truth(&condition.holds.at)]),
        }
    }
}
