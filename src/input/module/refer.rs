//! What expressions of a module see: the values of the names that they use.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::declare::{Declared, Formula};
use super::evaluate::{Evaluator, Part};
use super::gathered::Gathered;
use super::instances::together;
use super::reference::{Reference, ResourceName, Subject};
use super::said;
use super::scope::Scope;
use crate::model::{Object, Problem, Source, Value};

impl Evaluator<'_> {
    /// The values of what an expression refers to, by slot; `None` if something is not declared, which was said.
    pub(super) fn slots(&mut self, instance: usize, formula: &Formula, scope: &Scope) -> Option<Vec<Value>> {
        let declared = self.declared(instance);
        let mut gathered = Gathered::default();
        let mut is_whole = true;
        for reference in &formula.references {
            let subject = reference.subject(|name| is_scope(&declared, scope, name));
            match self.subject(instance, &declared, &subject, scope) {
                Some(value) => gathered.put(&subject, value),
                None => {
                    self.say([undeclared(&declared, &subject, reference, &formula.at.source)]);
                    is_whole = false;
                }
            }
        }
        let mut slots = gathered.slots(&declared);
        for (slot, value) in scope.iterators() {
            let at = usize::from(slot.0);
            if slots.len() <= at {
                slots.resize(at + 1, Value::Null);
            }
            slots[at] = value.clone();
        }
        is_whole.then_some(slots)
    }

    /// The value that a reference stands for; `None` if the module declares nothing of the name.
    fn subject(&mut self, instance: usize, declared: &Declared, subject: &Subject, scope: &Scope) -> Option<Value> {
        match subject {
            Subject::Variable(name) => {
                declared.variables.get(name)?;
                Some(self.value(instance, Part::Variable(name.clone())))
            }
            Subject::Local(name) => {
                declared.locals.get(name)?;
                Some(self.value(instance, Part::Local(name.clone())))
            }
            Subject::Resource(name) => {
                declared.resources.get(name)?;
                Some(self.value(instance, Part::Resource(name.clone())))
            }
            Subject::Module(call, output) => {
                declared.calls.get(call)?;
                self.outputs(instance, call, output.as_ref())
            }
            Subject::Path(name) => self.path(instance, name),
            Subject::Terraform(name) => match name.as_str() {
                "workspace" => Some(Value::from(self.given.workspace.as_str())),
                "applying" => Some(Value::Bool(false)),
                _ => None,
            },
            Subject::Scope(name) => Some(scope.named(name).cloned().unwrap_or(Value::Null)),
            Subject::Incomplete(_) => None,
        }
    }

    fn path(&self, instance: usize, name: &str) -> Option<Value> {
        let text = match name {
            "module" => self.tree.modules[self.instances[instance].module].path.clone(),
            "root" => ".".into(),
            "cwd" => self.host.folder().display().to_string(),
            _ => return None,
        };
        Some(Value::from(text.as_str()))
    }

    /// What a module call gives back: an object of its outputs, or one for each instance. Only the output asked for is
    /// evaluated, so that modules may use parts of each other.
    fn outputs(&mut self, instance: usize, call: &SmolStr, output: Option<&SmolStr>) -> Option<Value> {
        self.value(instance, Part::Call(call.clone()));
        let declared = self.declared(instance);
        let Some(&node) = self.tree.modules[self.instances[instance].module].calls.get(call) else {
            return Some(Value::unknown(self.address(instance, &said::named("module", call))));
        };
        let inner = self.tree.modules[node].declared.clone();
        let names: Vec<SmolStr> = match output {
            Some(name) if inner.outputs.contains_key(name) => vec![name.clone()],
            // What is no output is missed when the expression asks for it.
            _ => inner.outputs.keys().cloned().collect(),
        };
        let children = self.instances[instance].children.get(call).cloned().unwrap_or_default();
        let mut copies = Vec::with_capacity(children.len());
        for (key, child) in children {
            let mut outputs = IndexMap::with_capacity(names.len());
            for name in &names {
                let value = self.value(child, Part::Output(name.clone()));
                let is_sensitive = inner.outputs[name].is_sensitive;
                outputs.insert(name.clone(), if is_sensitive { value.sensitive() } else { value });
            }
            copies.push((key, Value::Object(outputs.into_iter().collect::<Object>())));
        }
        Some(together(&declared.calls[call].repeat, copies))
    }
}

/// Whether a name is given by the place where an expression stands. An iterator hides a resource type of its name.
fn is_scope(declared: &Declared, scope: &Scope, name: &str) -> bool {
    let is_iterator = || match declared.names.find(name) {
        Some(slot) => scope.iterators().iter().any(|(bound, _)| *bound == slot),
        None => true,
    };
    matches!(name, "each" | "count" | "self") || (!scope.iterators().is_empty() && is_iterator())
}

fn undeclared(declared: &Declared, subject: &Subject, reference: &Reference, source: &Source) -> Problem {
    let names =
        |what: &str, name: &str, known: Vec<&str>| said::undeclared(what, name, known.into_iter(), reference, source);
    match subject {
        Subject::Variable(name) => {
            names("the variable", name, declared.variables.keys().map(SmolStr::as_str).collect())
        }
        Subject::Local(name) => names("the local value", name, declared.locals.keys().map(SmolStr::as_str).collect()),
        Subject::Module(name, _) => names("the module", name, declared.calls.keys().map(SmolStr::as_str).collect()),
        Subject::Resource(name) => {
            let known: Vec<SmolStr> = declared.resources.keys().map(ResourceName::address).collect();
            let what = if name.is_data { "the data source" } else { "the resource" };
            names(what, &name.address(), known.iter().map(SmolStr::as_str).collect())
        }
        Subject::Path(name) => names("the path", name, vec!["module", "root", "cwd"]),
        Subject::Terraform(name) => names("the attribute", name, vec!["workspace"]),
        Subject::Scope(_) | Subject::Incomplete(_) => said::incomplete_reference(reference, source),
    }
}
