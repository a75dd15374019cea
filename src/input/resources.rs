//! The resources of a plan under the names that expressions use.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::place::Place;
use crate::model::{Plan, Value};

/// Names, with what stands below them.
#[derive(Default)]
struct Tree {
    value: Option<Value>,
    below: IndexMap<SmolStr, Tree>,
    /// Instances by their keys, as addresses write them.
    instances: IndexMap<SmolStr, Tree>,
}

/// Every resource as it will be, else as it is: `aws_instance` with its resources, `module` with its calls.
pub fn by_name(plan: &Plan) -> IndexMap<SmolStr, Value> {
    let mut tree = Tree::default();
    for change in plan.changes.iter().filter(|change| change.deposed.is_none()) {
        let Some(resource) = change.after.as_ref().or(change.before.as_ref()) else { continue };
        let place = Place::of(&change.address);
        let mut at = &mut tree;
        for step in &place.modules {
            at = at.name("module").name(step.name).instance(step.key);
        }
        let at = at.name(place.resource.0).name(place.resource.1).instance(place.key);
        at.value = Some(Value::Object(resource.values.clone()));
    }
    tree.below.into_iter().map(|(name, tree)| (name, tree.value())).collect()
}

impl Tree {
    fn name(&mut self, name: &str) -> &mut Self {
        self.below.entry(name.into()).or_default()
    }

    fn instance(&mut self, key: Option<&str>) -> &mut Self {
        match key {
            Some(key) => self.instances.entry(key.into()).or_default(),
            None => self,
        }
    }

    fn value(self) -> Value {
        if let Some(value) = self.value {
            return value;
        }
        if self.instances.is_empty() {
            return Value::Object(self.below.into_iter().map(|(name, tree)| (name, tree.value())).collect());
        }
        let is_counted = self.instances.keys().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()));
        if is_counted {
            let mut instances: Vec<(usize, Tree)> =
                self.instances.into_iter().filter_map(|(key, tree)| Some((key.parse().ok()?, tree))).collect();
            instances.sort_by_key(|(at, _)| *at);
            return Value::from(instances.into_iter().map(|(_, tree)| tree.value()).collect::<Vec<_>>());
        }
        let text = |key: &str| serde_json::from_str::<String>(key).map_or_else(|_| key.into(), SmolStr::from);
        Value::Object(self.instances.into_iter().map(|(key, tree)| (text(&key), tree.value())).collect())
    }
}
