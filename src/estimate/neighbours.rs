//! The resources around the one being priced, for `ref`, `refs` and `referrers`.

use smol_str::SmolStr;

use crate::lang::Host;
use crate::model::{Plan, Resource, Side, Value};

/// One change of a plan, seen from one side.
pub(crate) struct Neighbours<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) at: usize,
    pub(crate) side: Side,
}

impl Neighbours<'_> {
    fn resources(&self, positions: Vec<usize>) -> impl Iterator<Item = &Resource> {
        let other = match self.side {
            Side::Before => Side::After,
            Side::After => Side::Before,
        };
        positions.into_iter().filter_map(move |position| {
            let change = &self.plan.changes[position];
            change.side(self.side).or_else(|| change.side(other))
        })
    }
}

impl Host for Neighbours<'_> {
    fn targets(&self, path: &str, kinds: &[SmolStr]) -> Vec<Value> {
        self.resources(self.plan.references.targets(self.at, path))
            .filter(|resource| kinds.is_empty() || kinds.contains(&resource.kind))
            .map(|resource| Value::Object(resource.values.clone()))
            .collect()
    }

    fn referrers(&self, kind: &str, path: &str) -> Vec<Value> {
        self.resources(self.plan.references.referrers(self.at, kind, path))
            .map(|resource| Value::Object(resource.values.clone()))
            .collect()
    }
}
