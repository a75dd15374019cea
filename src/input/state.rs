//! States: raw ones of versions 4, 3 and 1, and those that `show -json` writes.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::model::{Action, Address, Change, InputKind, Object, Plan, Problem, ProviderConfiguration, Resource};

use super::dependencies::{Dependencies, Written};
use super::document::Document;
use super::flatmap;
use super::lazy::{LazyObject, Marks};
use super::plan::{count_duplicates, count_problem, parse, sort};
use super::record::{Entries, Text, record};
use super::references::Graph;
use super::sniff::{Input, Top, plain};
use super::values::{self, ValuesRecord, is_managed};
use super::{index_key, problems, scan};

record! {
    ResourceRecord<'a> {
        "module" => module: Text<'a>,
        "mode" => mode: Text<'a>,
        "type" => kind: Text<'a>,
        "name" => name: Text<'a>,
        "provider" => provider: Text<'a>,
        "instances" => instances: Vec<InstanceRecord<'a>>,
    }
}

record! {
    InstanceRecord<'a> {
        "index_key" => index: &'a RawValue,
        "deposed" => deposed: Text<'a>,
        "attributes" => attributes: &'a RawValue,
        "attributes_flat" => flat: Entries<'a, &'a RawValue>,
        "sensitive_attributes" => sensitive: &'a RawValue,
        "dependencies" => dependencies: &'a RawValue,
    }
}

record! {
    /// A module of a state of version 1 or 3.
    OldModule<'a> {
        "path" => path: Vec<Text<'a>>,
        "resources" => resources: Entries<'a, OldResource<'a>>,
    }
}

record! {
    OldResource<'a> {
        "type" => kind: Text<'a>,
        "provider" => provider: Text<'a>,
        "depends_on" => depends_on: &'a RawValue,
        "primary" => primary: OldInstance<'a>,
        "deposed" => deposed: Vec<OldInstance<'a>>,
    }
}

record! {
    OldInstance<'a> {
        "attributes" => attributes: Entries<'a, &'a RawValue>,
    }
}

/// The provider configurations that a state names. It says nothing else of them.
#[derive(Default)]
struct Configurations(HashMap<SmolStr, Arc<ProviderConfiguration>>);

impl Configurations {
    fn of(&mut self, name: Option<&str>) -> Option<Arc<ProviderConfiguration>> {
        let key = SmolStr::new(name.filter(|name| !name.is_empty())?);
        let made = || Arc::new(ProviderConfiguration { key: key.clone(), settings: Object::default() });
        Some(self.0.entry(key.clone()).or_insert_with(made).clone())
    }
}

/// The length of `[]`.
const EMPTY: usize = 2;

#[derive(Default)]
struct Gathered {
    changes: Vec<Change>,
    dependencies: Vec<(Address, Written)>,
    flat: usize,
    nameless: usize,
}

impl Gathered {
    /// Notes what a resource was made after.
    fn made_after(&mut self, document: &Document, address: &Address, list: Option<&RawValue>, module: &str) {
        if let Some(list) = list.filter(|list| list.get().len() > EMPTY) {
            let written = Written { list: document.part(list.get()), module: SmolStr::new(module) };
            self.dependencies.push((address.clone(), written));
        }
    }
}

/// Reads a raw state.
pub(super) fn read(input: &Input<'_>, version: &str, top: &Top<'_>) -> Result<Plan, Problem> {
    let gathered = match (version, top.resources, top.modules) {
        ("4", Some(raw), _) => {
            let records: Vec<ResourceRecord<'_>> = parse(input, raw)?;
            from_resources(input.document, &records)
        }
        ("1" | "3" | "4", None, _) if points_elsewhere(top.backend) => {
            return Err(problems::backend_pointer(input.label));
        }
        ("1" | "3", _, Some(raw)) => {
            let modules: Vec<OldModule<'_>> = parse(input, raw)?;
            let gathered = from_modules(input.document, &modules);
            if points_elsewhere(top.backend) && gathered.changes.is_empty() {
                return Err(problems::backend_pointer(input.label));
            }
            gathered
        }
        ("1" | "3" | "4", ..) => Gathered::default(),
        _ => return Err(problems::state_version(input.label, version)),
    };
    Ok(plan(input, top, gathered))
}

/// Whether a `backend` entry says where the state really is; some old states only carry its hash.
fn points_elsewhere(backend: Option<&RawValue>) -> bool {
    backend.is_some_and(|raw| scan::field(raw.get(), "type").is_some())
}

/// Reads a state as `show -json` writes it.
pub(super) fn read_shown(input: &Input<'_>, top: &Top<'_>) -> Result<Plan, Problem> {
    let values = match top.values {
        Some(raw) => parse(input, raw)?,
        None => ValuesRecord::default(),
    };
    let (found, nameless) = values::resources(input.document, values);
    let mut gathered = Gathered { nameless, ..Gathered::default() };
    for found in found {
        gathered.made_after(input.document, &found.resource.address, found.depends_on, "");
        gathered.changes.push(present(found.resource, found.deposed));
    }
    Ok(plan(input, top, gathered))
}

fn plan(input: &Input<'_>, top: &Top<'_>, mut gathered: Gathered) -> Plan {
    sort(&mut gathered.changes);
    let mut problems = Vec::new();
    problems.extend(count_problem(gathered.flat, |count| problems::old_attributes(input.label, count)));
    problems.extend(count_problem(gathered.nameless, |count| problems::without_address(input.label, count)));
    let duplicates = count_duplicates(&gathered.changes);
    problems.extend(count_problem(duplicates, |count| problems::duplicate_addresses(input.label, count)));
    let dependencies = Dependencies::new(input.document, gathered.dependencies);
    let changes: Arc<[Change]> = gathered.changes.into();
    Plan {
        kind: InputKind::State,
        terraform_version: plain(top.terraform_version).map(SmolStr::new),
        references: Arc::new(Graph::of_state(changes.clone(), dependencies)),
        changes,
        complete: true,
        declarations: None,
        assumed_usage: Default::default(),
        has_before: false,
        problems,
    }
}

/// An object as it exists.
fn present(resource: Resource, deposed: Option<SmolStr>) -> Change {
    Change {
        address: resource.address.clone(),
        previous_address: None,
        action: Action::NoOp,
        deposed,
        is_import: false,
        declared: None,
        before: None,
        after: Some(resource),
    }
}

fn from_resources(document: &Document, records: &[ResourceRecord<'_>]) -> Gathered {
    let mut gathered = Gathered::default();
    let mut configurations = Configurations::default();
    for record in records {
        if !is_managed(record.mode.as_deref(), None) {
            continue;
        }
        let instances = record.instances.as_deref().unwrap_or_default();
        let (Some(kind), Some(name)) = (&record.kind, &record.name) else {
            gathered.nameless += instances.len();
            continue;
        };
        let module = record.module.as_deref().filter(|module| !module.is_empty());
        let module = module.map(|module| format!("{module}.")).unwrap_or_default();
        let base = format!("{module}{}.{}", &**kind, &**name);
        let kind = SmolStr::new(&**kind);
        let provider = provider(record.provider.as_deref(), &kind);
        let configuration = configurations.of(record.provider.as_deref());
        for instance in instances {
            let index = instance.index.map(|index| index_key::bracketed(index.get())).unwrap_or_default();
            let values = values_of(document, instance, &mut gathered.flat);
            let address = Address::new(format!("{base}{index}"));
            gathered.made_after(document, &address, instance.dependencies, "");
            let resource = Resource {
                address,
                kind: kind.clone(),
                provider: provider.clone(),
                provider_region: None,
                configuration: configuration.clone(),
                values,
            };
            gathered.changes.push(present(resource, instance.deposed.as_deref().map(SmolStr::new)));
        }
    }
    gathered
}

fn values_of(document: &Document, instance: &InstanceRecord<'_>, flat: &mut usize) -> Object {
    match (instance.attributes, &instance.flat) {
        (Some(raw), _) => {
            let sensitive = instance.sensitive.filter(|paths| paths.get().len() > EMPTY);
            let marks = sensitive.map_or_else(Marks::none, |paths| Marks::paths(document.part(paths.get())));
            LazyObject::stored(document, document.part(raw.get()), marks)
        }
        (None, Some(entries)) => {
            *flat += 1;
            flatmap::object(entries)
        }
        (None, None) => Object::default(),
    }
}

fn from_modules(document: &Document, modules: &[OldModule<'_>]) -> Gathered {
    let mut gathered = Gathered::default();
    let mut configurations = Configurations::default();
    for module in modules {
        let steps = module.path.iter().flatten().skip(1).map(|name| format!("module.{}.", &**name));
        let prefix: String = steps.collect();
        for (key, record) in module.resources.iter().flat_map(|entries| &entries.0) {
            if key.starts_with("data.") {
                continue;
            }
            // Deposed objects have no keys there: they are numbered.
            let deposed = record.deposed.iter().flatten().enumerate();
            let deposed = deposed.map(|(at, object)| (object, Some(SmolStr::new((at + 1).to_string()))));
            let objects: Vec<_> = record.primary.iter().map(|object| (object, None)).chain(deposed).collect();
            if objects.is_empty() {
                continue;
            }
            let Some(address) = old_address(&prefix, key) else {
                gathered.nameless += 1;
                continue;
            };
            let Some(kind) = values::kind(record.kind.as_deref(), &address) else { continue };
            let provider = provider(record.provider.as_deref(), &kind);
            let configuration = configurations.of(record.provider.as_deref());
            gathered.made_after(document, &address, record.depends_on, &prefix);
            for (object, deposed) in objects {
                let values = object.attributes.as_ref().map(flatmap::object).unwrap_or_default();
                let (address, kind, provider) = (address.clone(), kind.clone(), provider.clone());
                let configuration = configuration.clone();
                gathered.flat += 1;
                let resource = Resource { address, kind, provider, provider_region: None, configuration, values };
                gathered.changes.push(present(resource, deposed));
            }
        }
    }
    gathered
}

/// `aws_instance.web[0]` of the key `aws_instance.web.0`.
fn old_address(prefix: &str, key: &str) -> Option<Address> {
    let mut parts = key.splitn(3, '.');
    let (kind, name) = (parts.next()?, parts.next()?);
    let index = parts.next().map(|index| format!("[{index}]")).unwrap_or_default();
    Some(Address::new(format!("{prefix}{kind}.{name}{index}")))
}

/// The provider's short name out of `module.x.provider["registry.terraform.io/hashicorp/aws"].east`, or
/// out of the older `provider.aws.east`.
fn provider(given: Option<&str>, kind: &str) -> SmolStr {
    let given = given.unwrap_or("");
    let quoted = given.split_once("provider[\"").and_then(|(_, rest)| rest.split_once("\"]")).map(|(name, _)| name);
    let named = quoted.or_else(|| {
        let after = given.strip_prefix("provider.").or_else(|| given.split_once(".provider.").map(|(_, rest)| rest));
        after.map(|rest| rest.trim().split('.').next().unwrap_or(rest))
    });
    values::provider(named, kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_every_spelling_of_a_provider() {
        for given in [
            r#"provider["registry.terraform.io/hashicorp/aws"]"#,
            r#"module.x["a"].provider["registry.opentofu.org/hashicorp/aws"].east"#,
            "provider.aws",
            "provider. aws",
            "module.x.provider.aws.east",
            "",
        ] {
            assert_eq!(provider(Some(given), "aws_instance"), "aws", "{given}");
        }
        assert_eq!(provider(None, "google_sql_user"), "google");
    }
}
