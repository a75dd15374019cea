//! Evaluates a project: every value once, when something asks for it.
//!
//! A value that cannot be had is unknown, and why is said once; so the rest is still evaluated.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::data::Knowledge;
use super::declare::{Call, Declared, Formula};
use super::files::ModuleHost;
use super::given::Values;
use super::reference::ResourceName;
use super::said;
use super::scope::{Key, Scope};
use super::tree::Tree;
use super::written::At;
use crate::lang::Frame;
use crate::model::{Line, Problem, ProviderConfiguration, Span, Value};

/// How deep values depend on each other.
const MOST_DEPTH: usize = 600;
/// A project while it is evaluated.
pub(super) struct Evaluator<'e> {
    pub(super) tree: &'e Tree,
    pub(super) given: &'e Values,
    pub(super) host: ModuleHost,
    pub(super) knowledge: &'e dyn Knowledge,
    pub(super) instances: Vec<Instance>,
    pub(super) problems: Vec<Problem>,
    /// What was said, and where.
    said: HashSet<(String, Option<(String, Span)>)>,
    running: Vec<(usize, Part)>,
    pub(super) made: usize,
    /// Data sources of which something was assumed.
    pub(super) assumed: BTreeSet<SmolStr>,
    /// The provider configurations that were asked for: by the module instance that has one, its name, and its key.
    pub(super) configured: HashMap<(usize, SmolStr, Option<SmolStr>), Configured>,
}

/// A provider configuration and its region.
#[derive(Clone, Default)]
pub(super) struct Configured {
    pub(super) region: Option<SmolStr>,
    pub(super) configuration: Option<Arc<ProviderConfiguration>>,
}

/// One instance of a module.
pub(super) struct Instance {
    pub(super) module: usize,
    /// The instance that calls it, and the call.
    pub(super) caller: Option<(usize, SmolStr)>,
    pub(super) address: String,
    scope: Scope,
    parts: HashMap<Part, State>,
    /// The instances of each resource block that was evaluated.
    pub(super) resources: IndexMap<ResourceName, Vec<Made>>,
    pub(super) children: IndexMap<SmolStr, Vec<(Key, usize)>>,
}

/// One instance of a resource, as a plan would hold it.
pub(super) struct Made {
    pub(super) key: Key,
    pub(super) values: Value,
    /// Its provider configuration.
    pub(super) configured: Configured,
}

/// What of a module instance is evaluated once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Variable(SmolStr),
    Local(SmolStr),
    Output(SmolStr),
    Resource(ResourceName),
    Call(SmolStr),
}

enum State {
    Running,
    Done(Value),
}

impl<'e> Evaluator<'e> {
    pub(super) fn new(tree: &'e Tree, given: &'e Values, host: ModuleHost, knowledge: &'e dyn Knowledge) -> Self {
        let mut evaluator = Self {
            tree,
            given,
            host,
            knowledge,
            instances: Vec::new(),
            problems: Vec::new(),
            said: HashSet::new(),
            running: Vec::new(),
            made: 0,
            assumed: BTreeSet::new(),
            configured: HashMap::new(),
        };
        evaluator.add(0, None, String::new(), Scope::default());
        evaluator
    }

    /// Forgets all that was evaluated and said.
    pub(super) fn reset(&mut self) {
        self.instances.clear();
        self.problems.clear();
        self.said.clear();
        self.configured.clear();
        self.made = 0;
        self.add(0, None, String::new(), Scope::default());
    }

    fn add(&mut self, module: usize, caller: Option<(usize, SmolStr)>, address: String, scope: Scope) -> usize {
        self.instances.push(Instance {
            module,
            caller,
            address,
            scope,
            parts: HashMap::new(),
            resources: IndexMap::new(),
            children: IndexMap::new(),
        });
        self.instances.len() - 1
    }

    pub(super) fn declared(&self, instance: usize) -> Arc<Declared> {
        self.tree.modules[self.instances[instance].module].declared.clone()
    }

    /// Evaluates everything that the project declares.
    pub(super) fn all(&mut self) {
        let mut at = 0;
        while at < self.instances.len() {
            let declared = self.declared(at);
            for name in declared.variables.keys() {
                self.value(at, Part::Variable(name.clone()));
            }
            for name in declared.locals.keys() {
                self.value(at, Part::Local(name.clone()));
            }
            for name in declared.calls.keys() {
                self.value(at, Part::Call(name.clone()));
            }
            for name in declared.resources.keys() {
                self.value(at, Part::Resource(name.clone()));
            }
            for name in declared.outputs.keys() {
                self.value(at, Part::Output(name.clone()));
            }
            self.check(at, &declared);
            at += 1;
        }
    }

    /// The value of one output of the root module.
    pub(super) fn output(&mut self, name: &SmolStr) -> Value {
        self.value(0, Part::Output(name.clone()))
    }

    pub(super) fn value(&mut self, instance: usize, part: Part) -> Value {
        match self.instances[instance].parts.get(&part) {
            Some(State::Done(value)) => return value.clone(),
            Some(State::Running) => return self.circle(instance, &part),
            None => {}
        }
        if self.running.len() >= MOST_DEPTH {
            let problem = self.place_of(instance, &part).map(|at| said::too_deep(&at));
            self.say(problem);
            return self.unknown(instance, &part);
        }
        self.instances[instance].parts.insert(part.clone(), State::Running);
        self.running.push((instance, part.clone()));
        let value = self.compute(instance, &part);
        self.running.pop();
        self.instances[instance].parts.insert(part, State::Done(value.clone()));
        value
    }

    fn compute(&mut self, instance: usize, part: &Part) -> Value {
        let declared = self.declared(instance);
        let scope = Scope::default();
        match part {
            Part::Variable(name) => self.variable(instance, &declared, name),
            Part::Local(name) => self.formula(instance, &declared.locals[name], &scope),
            Part::Output(name) => match &declared.outputs[name].value {
                Some(formula) => self.formula(instance, formula, &scope),
                None => Value::Null,
            },
            Part::Resource(name) => self.resource(instance, name, &declared.resources[name]),
            Part::Call(name) => {
                self.call(instance, name, &declared.calls[name]);
                Value::Null
            }
        }
    }

    fn circle(&mut self, instance: usize, part: &Part) -> Value {
        let start = self.running.iter().position(|running| *running == (instance, part.clone())).unwrap_or_default();
        let names: Vec<String> = self.running[start..].iter().map(|(at, part)| self.name_of(*at, part)).collect();
        let problem = self.place_of(instance, part).map(|at| said::cycle(&names, &at));
        self.say(problem);
        self.unknown(instance, part)
    }

    fn name_of(&self, instance: usize, part: &Part) -> String {
        let name = match part {
            Part::Variable(name) => said::named("var", name),
            Part::Local(name) => said::named("local", name),
            Part::Output(name) => said::named("output", name),
            Part::Resource(name) => name.address().to_string(),
            Part::Call(name) => said::named("module", name),
        };
        self.address(instance, &name)
    }

    /// Where a module instance is called.
    pub(super) fn call_line(&self, instance: usize) -> Option<Line> {
        let (caller, call) = self.instances[instance].caller.as_ref()?;
        Some(self.declared(*caller).calls[call].at.line())
    }

    /// The address of something in a module instance.
    pub(super) fn address(&self, instance: usize, name: &str) -> String {
        match self.instances[instance].address.as_str() {
            "" => name.to_owned(),
            module => format!("{module}.{name}"),
        }
    }

    fn unknown(&self, instance: usize, part: &Part) -> Value {
        Value::unknown(self.name_of(instance, part))
    }

    fn place_of(&self, instance: usize, part: &Part) -> Option<At> {
        let declared = self.declared(instance);
        Some(match part {
            Part::Variable(name) => declared.variables.get(name)?.at.clone(),
            Part::Local(name) => declared.locals.get(name)?.at.clone(),
            Part::Output(name) => declared.outputs.get(name)?.at.clone(),
            Part::Resource(name) => declared.resources.get(name)?.at.clone(),
            Part::Call(name) => declared.calls.get(name)?.at.clone(),
        })
    }

    /// Says a problem, once for all instances of a module.
    pub(super) fn say(&mut self, problem: impl IntoIterator<Item = Problem>) {
        for problem in problem {
            let place = problem.place().map(|(source, span)| (source.name().to_owned(), span));
            if self.said.insert((problem.to_string(), place)) {
                self.problems.push(problem);
            }
        }
    }

    fn variable(&mut self, instance: usize, declared: &Declared, name: &SmolStr) -> Value {
        let variable = &declared.variables[name];
        let caller = self.instances[instance].caller.clone();
        let given = match &caller {
            None => self.given.of(name).cloned(),
            Some((caller, call)) => {
                let outside = self.declared(*caller);
                let scope = self.instances[instance].scope.clone();
                outside.calls[call].inputs.get(name).map(|formula| self.formula(*caller, formula, &scope))
            }
        };
        let given = given.filter(|value| variable.is_nullable || !value.is_null() || variable.default.is_none());
        let value = match (given, &variable.default) {
            (Some(value), _) => value,
            (None, Some(default)) => self.formula(instance, default, &Scope::default()),
            (None, None) => {
                let problem = match &caller {
                    None => said::no_value(name, &variable.at),
                    Some((caller, call)) => said::missing_input(call, name, &self.declared(*caller).calls[call].at),
                };
                self.say([problem]);
                Value::unknown(self.address(instance, &said::named("var", name)))
            }
        };
        if value.is_null() && !variable.is_nullable {
            self.say([said::wrong_value(name, "it is null, and `nullable` is false", &variable.at)]);
        }
        let value = match variable.kind.conform(&value) {
            Ok(value) => value,
            Err(mismatch) => {
                self.say([said::wrong_value(name, &mismatch.to_string(), &variable.at)]);
                Value::unknown(self.address(instance, &said::named("var", name)))
            }
        };
        if variable.is_sensitive { value.sensitive() } else { value }
    }

    /// Evaluates an expression of a module instance. What cannot be evaluated is said, and unknown.
    pub(super) fn formula(&mut self, instance: usize, formula: &Formula, scope: &Scope) -> Value {
        let Some(expr) = &formula.expr else { return Value::unknown("an expression that is not valid") };
        if let Some(constant) = expr.constant() {
            return constant.clone();
        }
        let Some(slots) = self.slots(instance, formula, scope) else {
            return Value::unknown("a name that is not declared");
        };
        let result = expr.eval(&Frame { slots: &slots, host: &self.host });
        match result {
            Ok(value) => value,
            Err(problem) => {
                self.say([problem]);
                Value::unknown("an expression that failed")
            }
        }
    }

    fn call(&mut self, instance: usize, name: &SmolStr, call: &Call) {
        let Some(&node) = self.tree.modules[self.instances[instance].module].calls.get(name) else { return };
        let inner = self.tree.modules[node].declared.clone();
        for (input, formula) in call.inputs.iter().filter(|(input, _)| !inner.variables.contains_key(*input)) {
            let known = inner.variables.keys().map(SmolStr::as_str);
            self.say([said::unexpected_input(name, input, known, &formula.at)]);
        }
        let address = self.address(instance, &said::named("module", name));
        let copies = self.copies(instance, &call.repeat, &address, &call.at);
        let mut children = Vec::with_capacity(copies.len());
        for copy in copies {
            let address = format!("{address}{}", copy.key.suffix());
            children.push((copy.key, self.add(node, Some((instance, name.clone())), address, copy.scope)));
        }
        self.instances[instance].children.insert(name.clone(), children);
    }
}
