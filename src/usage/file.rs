//! A usage file in memory: which figures it gives for a resource.

use std::collections::HashMap;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::unknown::{self, Given};
use crate::model::{Address, Object, Pattern, Problem, Source, Value};

/// What a user says about usage.
///
/// ```
/// use lepton::model::Address;
/// use lepton::usage::UsageFile;
/// let text = "version: 0.1\nresource_usage:\n  aws_sqs_queue.jobs: { monthly_requests: 5 }\n";
/// let (file, _warnings) = UsageFile::parse("usage.yml", text).expect("a good file");
/// let given = file.for_resource("aws_sqs_queue", &Address::new("aws_sqs_queue.jobs"));
/// assert_eq!(given.get("monthly_requests").and_then(|value| value.as_number()), Some(5.into()));
/// ```
#[derive(Debug, Default)]
pub struct UsageFile {
    /// The figures per type.
    pub(super) defaults: HashMap<SmolStr, Object>,
    /// The figures per whole address.
    pub(super) exact: HashMap<SmolStr, Object>,
    /// The figures per pattern, in the order in which they are tried.
    pub(super) wildcards: Vec<(Pattern, Object)>,
    /// Every key given.
    pub(super) given: Vec<Given>,
    /// The text.
    pub(super) source: Option<Source>,
}

impl UsageFile {
    /// The figures for one resource, the more specific over the less.
    pub fn for_resource(&self, kind: &str, address: &Address) -> Object {
        let default = self.defaults.get(kind);
        let wildcard = self.wildcards.iter().find(|(pattern, _)| pattern.matches(address.as_str()));
        let exact = self.exact.get(address.as_str());
        let layers = [default, wildcard.map(|(_, object)| object), exact];
        let mut layers = layers.into_iter().flatten();
        let Some(first) = layers.next() else { return Object::default() };
        layers.fold(first.clone(), |base, over| overlay(&base, over))
    }

    /// Keys that no stanza reads, all in one warning. `known` gives the keys of a type; `None` for an unknown type.
    pub fn unknown_keys(&self, known: &dyn Fn(&str) -> Option<Object>) -> Vec<Problem> {
        let Some(source) = &self.source else { return Vec::new() };
        unknown::report(source, &self.given, known).into_iter().collect()
    }

    /// The addresses of things that exist only because the file names them, such as `aws_data_transfer.out`, in
    /// order. `is_usage_only` says it of a type.
    pub fn usage_only_addresses(&self, is_usage_only: &dyn Fn(&str) -> bool) -> Vec<Address> {
        let named = self.exact.keys().map(|address| Address::new(address.clone()));
        let mut found: Vec<Address> = named.filter(|address| is_usage_only(kind_of(address))).collect();
        found.sort();
        found
    }
}

/// The type in an address: `aws_instance` of `module.x.aws_instance.web[0]`.
pub(super) fn kind_of(address: &Address) -> &str {
    address.local().split(['.', '[']).next().unwrap_or_default()
}

/// The second over the first, nested maps merged. A key without a figure says nothing.
pub(super) fn overlay(base: &Object, over: &Object) -> Object {
    let mut keys: IndexMap<SmolStr, Value> = base.entries().into_iter().collect();
    for (name, value) in over.entries() {
        let merged = match (keys.get(&name).and_then(Value::as_object), value.as_object()) {
            (Some(base), Some(over)) => Value::Object(overlay(base, over)),
            _ if value.is_null() && keys.contains_key(&name) => continue,
            _ => value,
        };
        keys.insert(name, merged);
    }
    Object::from_iter(keys)
}
