//! The module tree of values that `show -json` writes for states and for planned states.

use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::model::{Address, Object, Resource};

use super::document::Document;
use super::index_key;
use super::lazy::{LazyObject, Marks};
use super::record::{Text, record};

record! {
    /// `values`, `planned_values`, or `prior_state.values`.
    ValuesRecord<'a> {
        "root_module" => root: ModuleValues<'a>,
    }
}

record! {
    ModuleValues<'a> {
        "address" => address: Text<'a>,
        "resources" => resources: Vec<ResourceValues<'a>>,
        "child_modules" => children: Vec<ModuleValues<'a>>,
    }
}

record! {
    ResourceValues<'a> {
        "address" => address: Text<'a>,
        "mode" => mode: Text<'a>,
        "type" => kind: Text<'a>,
        "name" => name: Text<'a>,
        "index" => index: &'a RawValue,
        "provider_name" => provider: Text<'a>,
        "values" => values: &'a RawValue,
        "sensitive_values" => sensitive: &'a RawValue,
        "deposed_key" => deposed: Text<'a>,
        "depends_on" => depends_on: &'a RawValue,
    }
}

/// A managed object of a module tree, and the key under which it is deposed if it is.
pub(super) struct Found<'a> {
    pub(super) resource: Resource,
    /// The addresses that it was made after.
    pub(super) depends_on: Option<&'a RawValue>,
    pub(super) deposed: Option<SmolStr>,
}

/// All managed resources of a tree, and how many had neither address nor type.
pub(super) fn resources<'a>(document: &Document, values: ValuesRecord<'a>) -> (Vec<Found<'a>>, usize) {
    let mut found = Vec::new();
    let mut nameless = 0;
    if let Some(root) = values.root {
        walk(document, &root, &mut found, &mut nameless);
    }
    (found, nameless)
}

fn walk<'a>(document: &Document, module: &ModuleValues<'a>, found: &mut Vec<Found<'a>>, nameless: &mut usize) {
    for record in module.resources.iter().flatten() {
        if !is_managed(record.mode.as_deref(), record.address.as_deref()) {
            continue;
        }
        match resource(document, module.address.as_deref(), record) {
            Some(resource) => {
                let deposed = record.deposed.as_deref().map(SmolStr::new);
                found.push(Found { resource, depends_on: record.depends_on, deposed });
            }
            None => *nameless += 1,
        }
    }
    for child in module.children.iter().flatten() {
        walk(document, child, found, nameless);
    }
}

fn resource(document: &Document, module: Option<&str>, record: &ResourceValues<'_>) -> Option<Resource> {
    let mut address = match (&record.address, &record.kind, &record.name) {
        (Some(address), ..) => address.to_string(),
        (None, Some(kind), Some(name)) => format!("{}.{}", &**kind, &**name),
        _ => return None,
    };
    // Terraform 0.12 writes addresses here without the module and the index.
    if let Some(index) = record.index.filter(|_| !address.ends_with(']')) {
        address.push_str(&index_key::bracketed(index.get()));
    }
    if let Some(module) = module.filter(|module| !module.is_empty() && !address.starts_with("module.")) {
        address = format!("{module}.{address}");
    }
    let address = Address::new(address);
    let kind = kind(record.kind.as_deref(), &address)?;
    let values = record.values.map_or_else(Object::default, |raw| {
        let sensitive = record.sensitive.map_or_else(Marks::none, |raw| marks(document, raw.get()));
        LazyObject::object(document, document.part(raw.get()), Marks::none(), sensitive)
    });
    let provider = provider(record.provider.as_deref(), &kind);
    Some(Resource { address, kind, provider, provider_region: None, configuration: None, values })
}

/// Marks spelled in the document; those that mark nothing are not kept.
pub(super) fn marks(document: &Document, text: &str) -> Marks {
    if text.contains("true") { Marks::spelled(document.part(text)) } else { Marks::none() }
}

/// Whether this is a resource that Terraform manages. Hand-made files may leave out the mode.
pub(super) fn is_managed(mode: Option<&str>, address: Option<&str>) -> bool {
    mode.map_or_else(
        || !address.is_some_and(|address| address.starts_with("data.") || address.contains(".data.")),
        |mode| !matches!(mode, "data" | "ephemeral" | "list" | "action"),
    )
}

/// The resource type, taken out of the address where it is not given.
pub(super) fn kind(given: Option<&str>, address: &Address) -> Option<SmolStr> {
    let kind = given.unwrap_or_else(|| address.local().split('.').next().unwrap_or(""));
    (!kind.is_empty()).then(|| SmolStr::new(kind))
}

/// The provider's short name, taken out of the resource type where none is given.
pub(super) fn provider(given: Option<&str>, kind: &str) -> SmolStr {
    match given.filter(|name| !name.is_empty()) {
        Some(name) => short_provider(name),
        None => SmolStr::new(kind.split('_').next().unwrap_or(kind)),
    }
}

/// `aws` of `registry.terraform.io/hashicorp/aws`, and of the bare `aws` that Terraform 0.12 writes.
pub(super) fn short_provider(name: &str) -> SmolStr {
    SmolStr::new(name.rsplit('/').next().unwrap_or(name))
}
