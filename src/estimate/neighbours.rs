//! The resources around the one being priced, for `ref`, `refs` and `referrers`.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::lang::Host;
use crate::model::{Plan, Resource, Side, Value};

/// One change of a plan, seen from one side.
pub(crate) struct Neighbours<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) at: usize,
    pub(crate) side: Side,
    /// Resources to see as they would be after a change; those without a resource are gone.
    pub(crate) patched: Option<&'p Patched>,
    pub(crate) currency: &'p str,
}

/// Resources as they would be, by their positions in the plan.
pub type Patched = HashMap<usize, Option<Resource>>;

impl Neighbours<'_> {
    /// Whether an attribute can refer to anything: one that is absent, null or empty refers to nothing.
    pub(crate) fn may_refer(&self, root: &str) -> bool {
        let value = self.side(self.at, self.side).and_then(|resource| resource.values.get(root));
        match value.as_ref().map(Value::unmarked) {
            None | Some(Value::Null) => false,
            Some(Value::List(items)) => !items.is_empty(),
            Some(Value::String(text)) => !text.is_empty(),
            Some(_) => true,
        }
    }

    fn side(&self, at: usize, side: Side) -> Option<&Resource> {
        match self.patched.and_then(|patched| patched.get(&at)) {
            Some(patched) => patched.as_ref(),
            None => self.plan.changes[at].side(side),
        }
    }

    fn resources(&self, positions: Vec<usize>) -> impl Iterator<Item = &Resource> {
        let other = match self.side {
            Side::Before => Side::After,
            Side::After => Side::Before,
        };
        positions
            .into_iter()
            .filter_map(move |position| self.side(position, self.side).or_else(|| self.side(position, other)))
    }
}

impl Host for Neighbours<'_> {
    fn currency(&self) -> &str {
        self.currency
    }

    fn targets(&self, path: &str, kinds: &[SmolStr]) -> Vec<Value> {
        let root = path.split('.').next().unwrap_or(path);
        if !self.may_refer(root) {
            return Vec::new();
        }
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
