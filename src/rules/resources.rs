//! `resources` in rules: all resources of a plan by type, each decoded when it is asked for.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::model::{Attributes, Change, Object, Value};

/// The resources of a plan by type. A type that the plan lacks is an empty list.
struct ByType {
    lists: HashMap<SmolStr, Value>,
    kinds: Vec<SmolStr>,
}

/// One resource as rules see it from outside.
struct Entry {
    changes: Arc<[Change]>,
    at: usize,
    monthly: Option<Decimal>,
    region: Option<SmolStr>,
    tags: Vec<(SmolStr, SmolStr)>,
}

/// What is known of a resource beside its attributes.
pub(super) struct Known {
    pub(super) at: usize,
    pub(super) monthly: Option<Decimal>,
    pub(super) region: Option<SmolStr>,
    pub(super) tags: Vec<(SmolStr, SmolStr)>,
}

/// The value of `resources`.
pub(super) fn resources(changes: &Arc<[Change]>, known: impl Iterator<Item = Known>) -> Value {
    let mut lists: HashMap<SmolStr, Vec<Value>> = HashMap::new();
    for Known { at, monthly, region, tags } in known {
        let Some(after) = &changes[at].after else { continue };
        let entry = Entry { changes: Arc::clone(changes), at, monthly, region, tags };
        lists.entry(after.kind.clone()).or_default().push(Value::Object(Object::Lazy(Arc::new(entry))));
    }
    let mut kinds: Vec<SmolStr> = lists.keys().cloned().collect();
    kinds.sort();
    let lists = lists.into_iter().map(|(kind, list)| (kind, Value::from(list))).collect();
    Value::Object(Object::Lazy(Arc::new(ByType { lists, kinds })))
}

impl Attributes for ByType {
    fn get(&self, name: &str) -> Option<Value> {
        Some(self.lists.get(name).cloned().unwrap_or_else(|| Value::from(Vec::new())))
    }

    fn names(&self) -> Vec<SmolStr> {
        self.kinds.clone()
    }
}

impl Attributes for Entry {
    fn get(&self, name: &str) -> Option<Value> {
        let after = self.changes[self.at].after.as_ref()?;
        let text = |text: &str| Value::from(text);
        Some(match name {
            "address" => text(after.address.as_str()),
            "module" => text(after.address.module()),
            "type" => text(&after.kind),
            "region" => self.region.as_deref().map_or(Value::Null, text),
            "monthly" => self.monthly.map_or(Value::Null, Value::Number),
            "tags" => tags(&self.tags),
            "self" => Value::Object(after.values.clone()),
            _ => return None,
        })
    }

    fn names(&self) -> Vec<SmolStr> {
        ["address", "module", "type", "region", "monthly", "tags", "self"].map(SmolStr::from).into()
    }
}

/// Tags as an object.
pub(super) fn tags(tags: &[(SmolStr, SmolStr)]) -> Value {
    Value::Object(tags.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect())
}
