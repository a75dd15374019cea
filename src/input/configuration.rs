//! The configuration inside a plan: its modules, what they are called with, what they give back.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize as _;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::document::{Document, Part};
use super::place::{Place, Step};
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
    pub(super) document: Document,
    root: Option<Part>,
    modules: OnceLock<Vec<Module>>,
}

/// One module call; the first of a configuration is the root module. Expressions stay JSON texts.
#[derive(Default)]
pub(super) struct Module {
    pub(super) parent: Option<usize>,
    pub(super) name: SmolStr,
    /// What the call gives the module's variables.
    pub(super) inputs: Option<Part>,
    pub(super) for_each: Option<Part>,
    pub(super) outputs: Option<Part>,
    pub(super) variables: Option<Part>,
    pub(super) resources: HashMap<SmolStr, Configured>,
    pub(super) children: HashMap<SmolStr, usize>,
}

/// A resource as the configuration has it.
pub(super) struct Configured {
    pub(super) provider_key: SmolStr,
    pub(super) expressions: Option<Part>,
    pub(super) for_each: Option<Part>,
}

impl Configuration {
    pub(super) fn new(document: &Document, root: Option<Part>) -> Self {
        Self { document: document.clone(), root, modules: OnceLock::new() }
    }

    /// All module calls. A configuration of a strange shape counts as empty: it only adds knowledge.
    pub(super) fn modules(&self) -> &[Module] {
        self.modules.get_or_init(|| {
            let mut modules = vec![Module::default()];
            if let Some(root) = self.root {
                let mut deserializer = serde_json::Deserializer::from_str(self.document.slice(root));
                if let Ok(record) = ModuleRecord::deserialize(&mut deserializer) {
                    self.fill(&mut modules, 0, record);
                }
            }
            modules
        })
    }

    fn fill(&self, modules: &mut Vec<Module>, at: usize, record: ModuleRecord<'_>) {
        let part = |raw: Option<&RawValue>| raw.map(|raw| self.document.part(raw.get()));
        modules[at].outputs = part(record.outputs);
        modules[at].variables = part(record.variables);
        for resource in record.resources.unwrap_or_default() {
            let (Some(kind), Some(name)) = (&resource.kind, &resource.name) else { continue };
            if resource.mode.as_deref().is_some_and(|mode| mode == "data") {
                continue;
            }
            let configured = Configured {
                provider_key: resource.provider_key.as_deref().map(SmolStr::new).unwrap_or_default(),
                expressions: part(resource.expressions),
                for_each: part(resource.for_each),
            };
            modules[at].resources.insert(SmolStr::new(format!("{}.{}", &**kind, &**name)), configured);
        }
        for (name, call) in record.calls.unwrap_or_default().0 {
            let name = SmolStr::new(&*name);
            let child = modules.len();
            modules[at].children.insert(name.clone(), child);
            modules.push(Module {
                parent: Some(at),
                name,
                inputs: part(call.inputs),
                for_each: part(call.for_each),
                ..Module::default()
            });
            self.fill(modules, child, call.module.map(|module| *module).unwrap_or_default());
        }
    }

    /// The module that a chain of calls leads to.
    pub(super) fn module<'a>(&self, steps: impl IntoIterator<Item = &'a Step<'a>>) -> Option<usize> {
        let modules = self.modules();
        steps.into_iter().try_fold(0, |at, step| modules[at].children.get(step.name).copied())
    }

    /// The module and the configured resource of an address.
    pub(super) fn resource(&self, place: &Place<'_>) -> Option<(usize, &Configured)> {
        let module = self.module(&place.modules)?;
        Some((module, self.modules()[module].resources.get(place.resource_name().as_str())?))
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

    /// A named expression of a group of them.
    pub(super) fn expression(&self, group: Option<Part>, name: &str) -> Option<&str> {
        scan::field(self.document.slice(group?), name)
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
