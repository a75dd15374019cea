//! The configuration inside a plan: its modules, what they are called with, what they give back.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize as _;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::document::{Document, Part};
use super::place::{Place, Step};
use super::plan_file::{PlanSources, ProviderPlace};
use super::record::{Entries, Text, record};
use super::scan;

record! {
    ModuleRecord<'a> {
        "resources" => resources: Vec<ResourceRecord<'a>>,
        "module_calls" => calls: Entries<'a, CallRecord<'a>>,
        "outputs" => outputs: &'a RawValue,
        "variables" => variables: &'a RawValue,
    }
}

record! {
    ResourceRecord<'a> {
        "mode" => mode: Text<'a>,
        "type" => kind: Text<'a>,
        "name" => name: Text<'a>,
        "provider_config_key" => provider_key: Text<'a>,
        "expressions" => expressions: &'a RawValue,
        "for_each_expression" => for_each: &'a RawValue,
    }
}

record! {
    CallRecord<'a> {
        "expressions" => inputs: &'a RawValue,
        "for_each_expression" => for_each: &'a RawValue,
        "module" => module: Box<ModuleRecord<'a>>,
    }
}

/// The configuration of a plan, taken apart when first needed.
pub(super) struct Configuration {
    written: Written,
    modules: OnceLock<Vec<Module>>,
}

/// How a configuration is written.
enum Written {
    /// As JSON: what `show -json` calls `root_module`.
    Shown(Document, Option<Part>),
    /// As the files that the plan was made of.
    Files(PlanSources),
}

/// One module call; the first of a configuration is the root module.
#[derive(Default)]
pub(super) struct Module {
    pub(super) parent: Option<usize>,
    name: SmolStr,
    pub(super) children: HashMap<SmolStr, usize>,
    shown: Shown,
}

/// What JSON says of a module. Expressions stay JSON texts.
#[derive(Default)]
struct Shown {
    /// What the call gives the module's variables.
    inputs: Option<Part>,
    for_each: Option<Part>,
    outputs: Option<Part>,
    variables: Option<Part>,
    resources: HashMap<SmolStr, ShownResource>,
}

struct ShownResource {
    provider_key: SmolStr,
    expressions: Option<Part>,
    for_each: Option<Part>,
}

/// A resource as the configuration has it. Expressions are JSON texts.
pub(super) struct Configured<'c> {
    pub(super) provider_key: &'c str,
    pub(super) expressions: Option<&'c str>,
    pub(super) for_each: Option<&'c str>,
}

impl Configuration {
    /// One that `show -json` wrote.
    pub(super) fn new(document: &Document, root: Option<Part>) -> Self {
        Self { written: Written::Shown(document.clone(), root), modules: OnceLock::new() }
    }

    /// One that a plan file holds.
    pub(super) fn of_files(files: PlanSources) -> Self {
        Self { written: Written::Files(files), modules: OnceLock::new() }
    }

    /// All module calls. A configuration of a strange shape counts as empty: it only adds knowledge.
    pub(super) fn modules(&self) -> &[Module] {
        self.modules.get_or_init(|| match &self.written {
            Written::Files(files) => {
                let module = |(parent, name, children): (_, &SmolStr, &HashMap<_, _>)| Module {
                    parent,
                    name: name.clone(),
                    children: children.clone(),
                    shown: Shown::default(),
                };
                files.calls().map(module).collect()
            }
            Written::Shown(document, root) => {
                let mut modules = vec![Module::default()];
                if let Some(root) = root {
                    let mut deserializer = serde_json::Deserializer::from_str(document.slice(*root));
                    if let Ok(record) = ModuleRecord::deserialize(&mut deserializer) {
                        fill(document, &mut modules, 0, record);
                    }
                }
                modules
            }
        })
    }

    /// The module that a chain of calls leads to.
    pub(super) fn module<'a>(&self, steps: impl IntoIterator<Item = &'a Step<'a>>) -> Option<usize> {
        self.module_named(steps.into_iter().map(|step| step.name))
    }

    /// The same, by the names of the calls.
    pub(super) fn module_named<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Option<usize> {
        let modules = self.modules();
        names.into_iter().try_fold(0, |at, name| modules[at].children.get(name).copied())
    }

    /// The module of a resource that is configured and may say something of an attribute; its expressions need not be
    /// read to tell.
    pub(super) fn module_with(&self, place: &Place<'_>, path: &str) -> Option<usize> {
        let module = self.module(&place.modules)?;
        let name = place.resource_name();
        let has_it = match &self.written {
            Written::Files(files) => files.mentions(module, &name, path.split('.').next().unwrap_or(path)),
            Written::Shown(..) => self.modules()[module].shown.resources.contains_key(name.as_str()),
        };
        has_it.then_some(module)
    }

    /// The module and the configured resource of an address.
    pub(super) fn resource(&self, place: &Place<'_>) -> Option<(usize, Configured<'_>)> {
        let module = self.module(&place.modules)?;
        let name = place.resource_name();
        let configured = match &self.written {
            Written::Files(files) => {
                let (expressions, for_each) = files.resource(module, &name)?;
                // Plan files name the configuration of the provider with each change.
                Configured { provider_key: "", expressions: Some(expressions), for_each }
            }
            Written::Shown(document, _) => {
                let resource = self.modules()[module].shown.resources.get(name.as_str())?;
                Configured {
                    provider_key: &resource.provider_key,
                    expressions: resource.expressions.map(|part| document.slice(part)),
                    for_each: resource.for_each.map(|part| document.slice(part)),
                }
            }
        };
        Some((module, configured))
    }

    /// What the call of a module gives one of its variables.
    pub(super) fn input(&self, module: usize, name: &str) -> Option<&str> {
        match &self.written {
            Written::Files(files) => scan::field(files.call(module)?.0, name),
            Written::Shown(document, _) => scan::field(document.slice(self.modules()[module].shown.inputs?), name),
        }
    }

    /// What `each` runs over in the call of a module.
    pub(super) fn for_each(&self, module: usize) -> Option<&str> {
        match &self.written {
            Written::Files(files) => files.call(module)?.1,
            Written::Shown(document, _) => Some(document.slice(self.modules()[module].shown.for_each?)),
        }
    }

    /// The expression of an output.
    pub(super) fn output(&self, module: usize, name: &str) -> Option<&str> {
        match &self.written {
            Written::Files(files) => files.output(module, name),
            Written::Shown(document, _) => {
                let outputs = document.slice(self.modules()[module].shown.outputs?);
                scan::field(scan::field(outputs, name)?, "expression")
            }
        }
    }

    /// The names of the outputs of a module.
    pub(super) fn output_names(&self, module: usize) -> Vec<String> {
        match &self.written {
            Written::Files(files) => files.output_names(module),
            Written::Shown(document, _) => {
                let outputs = self.modules()[module].shown.outputs.map(|part| document.slice(part)).unwrap_or_default();
                scan::entries(outputs).filter_map(|(name, _)| Some(scan::string(name)?.into_owned())).collect()
            }
        }
    }

    /// A variable as its module declares it.
    pub(super) fn variable(&self, module: usize, name: &str) -> Option<&str> {
        match &self.written {
            Written::Files(files) => files.variable(module, name),
            Written::Shown(document, _) => scan::field(document.slice(self.modules()[module].shown.variables?), name),
        }
    }

    /// The expressions of a provider configuration that the files have, and its module.
    pub(super) fn provider(&self, place: &ProviderPlace) -> Option<(usize, String)> {
        let Written::Files(files) = &self.written else { return None };
        let module = self.module_named(place.modules.iter().map(SmolStr::as_str))?;
        Some((module, files.provider(module, &place.name, place.alias.as_deref())?))
    }

    /// The names of the calls that lead to a module, outermost first.
    pub(super) fn path(&self, module: usize) -> Vec<&str> {
        let modules = self.modules();
        let parents = std::iter::successors(Some(module), |&at| modules[at].parent);
        let mut names: Vec<_> =
            parents.filter(|&at| modules[at].parent.is_some()).map(|at| modules[at].name.as_str()).collect();
        names.reverse();
        names
    }
}

fn fill(document: &Document, modules: &mut Vec<Module>, at: usize, record: ModuleRecord<'_>) {
    let part = |raw: Option<&RawValue>| raw.map(|raw| document.part(raw.get()));
    modules[at].shown.outputs = part(record.outputs);
    modules[at].shown.variables = part(record.variables);
    for resource in record.resources.unwrap_or_default() {
        let (Some(kind), Some(name)) = (&resource.kind, &resource.name) else { continue };
        if resource.mode.as_deref().is_some_and(|mode| mode == "data") {
            continue;
        }
        let configured = ShownResource {
            provider_key: resource.provider_key.as_deref().map(SmolStr::new).unwrap_or_default(),
            expressions: part(resource.expressions),
            for_each: part(resource.for_each),
        };
        modules[at].shown.resources.insert(SmolStr::new(format!("{}.{}", &**kind, &**name)), configured);
    }
    for (name, call) in record.calls.unwrap_or_default().0 {
        let name = SmolStr::new(&*name);
        let child = modules.len();
        modules[at].children.insert(name.clone(), child);
        let shown = Shown { inputs: part(call.inputs), for_each: part(call.for_each), ..Shown::default() };
        modules.push(Module { parent: Some(at), name, shown, ..Module::default() });
        fill(document, modules, child, call.module.map(|module| *module).unwrap_or_default());
    }
}

/// What an expression refers to, the short forms (`a.b` beside `a.b.id`) left out.
pub(super) fn references(expression: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let Some(list) = scan::field(expression, "references") else { return all };
    for reference in scan::elements(list).filter_map(scan::string) {
        let is_prefix = |longer: &String| {
            longer.strip_prefix(&*reference).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        if !all.iter().any(is_prefix) {
            all.push(reference.into_owned());
        }
    }
    all
}
