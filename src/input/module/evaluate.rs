//! Evaluates a project: every value once, when something asks for it.
//!
//! A value that cannot be had is unknown, and why is said once; so the rest is still evaluated.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::data::Knowledge;
use super::declare::{Call, Condition, Content, Declared, Each, Formula, Repeat, ResourceBlock};
use super::files::ModuleHost;
use super::gathered::Gathered;
use super::given::Values;
use super::open::{BuiltIn, Open};
use super::reference::{Reference, ResourceName, Subject};
use super::remote;
use super::said;
use super::scope::{Copy, Key, Scope};
use super::tree::Tree;
use super::written::At;
use crate::lang::Frame;
use crate::model::{Object, Problem, Source, Value};

/// How deep values depend on each other.
const MOST_DEPTH: usize = 600;
/// How many instances of resources and modules a project has at most.
const MOST_INSTANCES: usize = 200_000;

/// The data source of Terraform's own provider.
const REMOTE_STATE: &str = "terraform_remote_state";

/// A project while it is evaluated.
pub(super) struct Evaluator<'e> {
    pub(super) tree: &'e Tree,
    pub(super) given: &'e Values,
    pub(super) host: ModuleHost,
    pub(super) knowledge: &'e dyn Knowledge,
    pub(super) instances: Vec<Instance>,
    pub(super) problems: Vec<Problem>,
    running: Vec<(usize, Part)>,
    made: usize,
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
    pub(super) resources: IndexMap<ResourceName, Vec<(Key, Value)>>,
    pub(super) children: IndexMap<SmolStr, Vec<(Key, usize)>>,
}

/// What of a module instance is evaluated once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
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
            running: Vec::new(),
            made: 0,
        };
        evaluator.add(0, None, String::new(), Scope::default());
        evaluator
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

    fn value(&mut self, instance: usize, part: Part) -> Value {
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
            let is_same = |known: &Problem| {
                known.to_string() == problem.to_string()
                    && known.place().map(|(source, span)| (source.name().to_owned(), span))
                        == problem.place().map(|(source, span)| (source.name().to_owned(), span))
            };
            if !self.problems.iter().any(is_same) {
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

    /// The values of what an expression refers to, by slot; `None` if something is not declared, which was said.
    fn slots(&mut self, instance: usize, formula: &Formula, scope: &Scope) -> Option<Vec<Value>> {
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

    fn resource(&mut self, instance: usize, name: &ResourceName, block: &ResourceBlock) -> Value {
        let address = self.address(instance, &name.address());
        let copies = self.copies(instance, &block.repeat, &address, &block.at);
        let mut made = Vec::with_capacity(copies.len());
        let mut seen = Vec::with_capacity(copies.len());
        for copy in copies {
            let mut attributes = self.content(instance, &block.content, &copy.scope);
            for condition in &block.conditions {
                self.condition(instance, condition, &copy.scope);
            }
            let address: SmolStr = format!("{address}{}", copy.key.suffix()).into();
            for (argument, _) in block.content.arguments.iter().filter(|(_, formula)| formula.is_json()) {
                if let Some(value) = attributes.get_mut(argument) {
                    *value = self.as_blocks(&name.kind, &mut vec![argument.clone()], value);
                }
            }
            if let Some(id) = self.imported_id(&address) {
                attributes.insert(SmolStr::new_static("id"), id);
            }
            let region = self.region(instance, name, block);
            let (stored, shown) = self.as_seen(name, address, attributes, region.as_deref(), block);
            made.push((copy.key.clone(), stored));
            seen.push((copy.key, shown));
        }
        self.instances[instance].resources.insert(name.clone(), made);
        together(&block.repeat, seen)
    }

    /// In JSON syntax one block may be an object: as plans have it, it is a list of one.
    fn as_blocks(&self, kind: &str, path: &mut Vec<SmolStr>, value: &Value) -> Value {
        let inner = |object: &Object, path: &mut Vec<SmolStr>| {
            let entries = object.entries().into_iter().map(|(name, value)| {
                path.push(name.clone());
                let value = self.as_blocks(kind, path, &value);
                path.pop();
                (name, value)
            });
            Value::Object(entries.collect())
        };
        if !self.knowledge.is_block(kind, path) {
            return value.clone();
        }
        match value {
            Value::Object(object) => Value::from(vec![inner(object, path)]),
            Value::List(items) => Value::from(
                items
                    .iter()
                    .map(|item| item.as_object().map_or_else(|| item.clone(), |object| inner(object, path)))
                    .collect::<Vec<_>>(),
            ),
            other => other.clone(),
        }
    }

    /// The id under which an `import` block of the root module says that a resource exists.
    fn imported_id(&mut self, address: &str) -> Option<Value> {
        let root = self.declared(0);
        let import = root.imports.iter().find(|import| import.to == address)?;
        let value = self.formula(0, import.id.as_ref()?, &Scope::default());
        Some(value)
    }

    /// What a plan holds of an instance, and what expressions see of it.
    fn as_seen(
        &mut self,
        name: &ResourceName,
        address: SmolStr,
        attributes: IndexMap<SmolStr, Value>,
        region: Option<&str>,
        block: &ResourceBlock,
    ) -> (Value, Value) {
        if !name.is_data
            && let Some(built_in) = BuiltIn::of(&name.kind)
        {
            for unexpected in attributes.keys().filter(|name| *name != "id" && !built_in.has(name)) {
                let formula = block.content.arguments.iter().find(|(known, _)| known == unexpected);
                let at = formula.map_or(&block.at, |(_, formula)| &formula.at);
                self.say([said::unexpected_argument(&name.kind, unexpected, at)]);
            }
            let value = built_in.complete(&address, attributes);
            return (value.clone(), value);
        }
        let stored = Value::Object(attributes.iter().map(|(name, value)| (name.clone(), value.clone())).collect());
        let known = match name.is_data {
            true if name.kind == REMOTE_STATE => remote::outputs(&stored, self.host.folder()).unwrap_or_default(),
            true => self.knowledge.data(&name.kind, &stored, region).unwrap_or_default(),
            false => IndexMap::new(),
        };
        let shown = Open::value(address, attributes.into_iter().chain(known).collect());
        (stored, shown)
    }

    /// The instances of a block.
    fn copies(&mut self, instance: usize, repeat: &Repeat, address: &str, at: &At) -> Vec<Copy> {
        let outer = Scope::default();
        let copies = match repeat {
            Repeat::Once => vec![Copy { key: Key::None, scope: outer }],
            Repeat::Count(formula) => {
                let value = self.formula(instance, formula, &outer);
                self.counted(&value, address, &formula.at)
            }
            Repeat::ForEach(formula) => {
                let value = self.formula(instance, formula, &outer);
                self.for_each(&value, address, &formula.at)
            }
        };
        self.made += copies.len();
        if self.made > MOST_INSTANCES {
            self.say([said::too_many("instances", MOST_INSTANCES, at)]);
            return Vec::new();
        }
        copies
    }

    fn counted(&mut self, value: &Value, address: &str, at: &At) -> Vec<Copy> {
        let copies = |count: usize| {
            let copy = |at| Copy { key: Key::Number(at), scope: Scope::counted(at) };
            (0..count.min(MOST_INSTANCES + 1)).map(copy).collect()
        };
        let value = match crate::lang::convert::to_number(value) {
            Ok(value) => value,
            Err(reason) => {
                self.say([said::invalid_count(&format!("cannot be used: {reason}"), at)]);
                return Vec::new();
            }
        };
        if let Some(unknown) = value.as_unknown() {
            let said_count = self.given.instances(address);
            if said_count.is_none() {
                self.say([said::assumed_instances(address, &unknown.path, 1, at)]);
            }
            return copies(said_count.unwrap_or(1));
        }
        let count = value.as_number().filter(rust_decimal::Decimal::is_integer);
        match count.and_then(|count| usize::try_from(count).ok()) {
            Some(count) => copies(count),
            None => {
                let reason = if value.is_null() { "is null" } else { "is not a whole number from 0" };
                self.say([said::invalid_count(reason, at)]);
                Vec::new()
            }
        }
    }

    fn for_each(&mut self, value: &Value, address: &str, at: &At) -> Vec<Copy> {
        let refuse = |evaluator: &mut Self, reason: &str| {
            evaluator.say([said::invalid_for_each(reason, at)]);
            Vec::new()
        };
        if value.is_sensitive() {
            return refuse(self, "is sensitive, its keys would be shown");
        }
        match value {
            Value::Unknown(unknown) => self.unknown_keys(address, &unknown.path, 1, at),
            Value::Null => refuse(self, "is null"),
            Value::Object(object) => {
                let copy = |(name, value): (SmolStr, Value)| Copy {
                    scope: Scope::each(Value::String(name.clone()), value),
                    key: Key::Text(name),
                };
                object.entries().into_iter().map(copy).collect()
            }
            Value::List(items) if items.is_set() => {
                if let Some(unknown) = items.iter().find_map(Value::as_unknown) {
                    return self.unknown_keys(address, &unknown.path.clone(), items.len(), at);
                }
                let mut copies = Vec::with_capacity(items.len());
                for item in items.iter() {
                    let Some(text) = item.as_str().filter(|_| !item.is_sensitive()) else {
                        return refuse(self, "is a set of something else than plain texts");
                    };
                    copies.push(Copy { key: Key::Text(text.into()), scope: Scope::each(item.clone(), item.clone()) });
                }
                copies
            }
            Value::List(_) => refuse(self, "is a list or tuple, whose elements have no keys"),
            _ => refuse(self, "is neither a map nor a set"),
        }
    }

    fn unknown_keys(&mut self, address: &str, because: &str, seen: usize, at: &At) -> Vec<Copy> {
        let said_count = self.given.instances(address);
        let count = said_count.unwrap_or(seen);
        if said_count.is_none() {
            self.say([said::assumed_instances(address, because, count, at)]);
        }
        let unknown = |name: &str| Value::unknown(format!("{address}: each.{name}"));
        let copy = |at| Copy { key: Key::Unknown(at), scope: Scope::each(unknown("key"), unknown("value")) };
        (0..count.min(MOST_INSTANCES + 1)).map(copy).collect()
    }

    /// The attributes of a block: arguments, and nested blocks as lists of objects.
    pub(super) fn content(&mut self, instance: usize, content: &Content, scope: &Scope) -> IndexMap<SmolStr, Value> {
        let mut attributes = IndexMap::with_capacity(content.arguments.len());
        for (name, formula) in &content.arguments {
            let value = self.formula(instance, formula, scope);
            attributes.insert(name.clone(), value);
        }
        let mut blocks: IndexMap<SmolStr, Vec<Value>> = IndexMap::new();
        for block in &content.blocks {
            let made = blocks.entry(block.kind.clone()).or_default();
            let Some(Each { for_each, slot, .. }) = &block.each else {
                let inner = self.content(instance, &block.content, scope);
                made.push(Value::Object(inner.into_iter().collect()));
                continue;
            };
            let value = self.formula(instance, for_each, scope);
            let mut inner_blocks = Vec::new();
            for (key, value) in self.elements(&value, for_each) {
                let inner = self.content(instance, &block.content, &scope.with(*slot, key, value));
                inner_blocks.push(Value::Object(inner.into_iter().collect()));
            }
            blocks.entry(block.kind.clone()).or_default().extend(inner_blocks);
        }
        attributes.extend(blocks.into_iter().map(|(kind, made)| (kind, Value::from(made))));
        attributes
    }

    /// What a `dynamic` block repeats itself for. Of what is not known, one is taken.
    fn elements(&mut self, value: &Value, formula: &Formula) -> Vec<(Value, Value)> {
        match value.unmarked() {
            Value::Unknown(_) => vec![(value.clone(), value.clone())],
            Value::List(items) => {
                let is_set = items.is_set();
                let key = |at: usize, item: &Value| match is_set {
                    true => item.clone(),
                    false => Value::from(i64::try_from(at).unwrap_or(i64::MAX)),
                };
                items.iter().enumerate().map(|(at, item)| (key(at, item), item.clone())).collect()
            }
            Value::Object(object) => {
                object.entries().into_iter().map(|(name, value)| (Value::String(name), value)).collect()
            }
            _ => {
                self.say([said::invalid_for_each("is no collection", &formula.at)]);
                Vec::new()
            }
        }
    }

    /// The region of the provider configuration that a resource uses.
    pub(super) fn region(&mut self, instance: usize, name: &ResourceName, block: &ResourceBlock) -> Option<SmolStr> {
        let kind = name.kind.as_str();
        let short = kind.split_once('_').map_or(kind, |(short, _)| short);
        let key = block.provider.clone().unwrap_or_else(|| short.into());
        self.provider_region(instance, &key)
    }

    fn provider_region(&mut self, instance: usize, key: &str) -> Option<SmolStr> {
        let (mut instance, mut key) = (instance, SmolStr::from(key));
        loop {
            let declared = self.declared(instance);
            if let Some(provider) = declared.providers.iter().find(|provider| provider.key == key) {
                let (_, formula) = provider.content.arguments.iter().find(|(name, _)| name == "region")?;
                let value = self.formula(instance, formula, &Scope::default());
                return value.as_str().filter(|_| !value.is_sensitive()).map(SmolStr::from);
            }
            let (caller, call) = self.instances[instance].caller.clone()?;
            let outside = self.declared(caller);
            let passed = outside.calls[&call].providers.iter().find(|(inner, _)| *inner == key);
            key = passed.map_or(key, |(_, outer)| outer.clone());
            instance = caller;
        }
    }

    /// Whether what must hold does: validations of variables and preconditions of outputs.
    fn check(&mut self, instance: usize, declared: &Declared) {
        let scope = Scope::default();
        for variable in declared.variables.values() {
            variable.validations.iter().for_each(|condition| self.condition(instance, condition, &scope));
        }
        for (name, output) in &declared.outputs {
            output.conditions.iter().for_each(|condition| self.condition(instance, condition, &scope));
            let value = self.value(instance, Part::Output(name.clone()));
            let is_root = self.instances[instance].caller.is_none();
            if is_root && !output.is_sensitive && value.has_sensitive_part() {
                self.say([said::sensitive_output(name, &output.at)]);
            }
        }
    }

    fn condition(&mut self, instance: usize, condition: &Condition, scope: &Scope) {
        let value = self.formula(instance, &condition.holds, scope);
        match crate::lang::convert::to_bool(value.unmarked()) {
            Ok(Value::Bool(true) | Value::Unknown(_)) => {}
            Ok(Value::Bool(false)) => {
                let message = condition.message.as_ref().map(|message| self.formula(instance, message, scope));
                let text = message.as_ref().filter(|message| !message.is_sensitive()).and_then(Value::as_str);
                let problem = said::failed_condition(text.unwrap_or("a condition does not hold"), &condition.holds.at);
                self.say([problem]);
            }
            _ => self.say([said::condition_is_no_truth(&condition.holds.at)]),
        }
    }
}

/// One value for all instances of a block.
fn together(repeat: &Repeat, copies: Vec<(Key, Value)>) -> Value {
    match repeat {
        Repeat::Once => copies.into_iter().next().map_or(Value::Null, |(_, value)| value),
        Repeat::Count(_) => Value::from(copies.into_iter().map(|(_, value)| value).collect::<Vec<_>>()),
        Repeat::ForEach(_) => {
            let is_known = copies.iter().all(|(key, _)| matches!(key, Key::Text(_)));
            match (is_known, copies.first()) {
                (false, Some(_)) => Value::unknown("the instances of a block"),
                _ => Value::Object(copies.into_iter().filter_map(|(key, value)| key.text().zip(Some(value))).collect()),
            }
        }
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
