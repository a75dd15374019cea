//! Single expressions in the scope of a resource's stanza, for people who write one.

use super::estimator::Estimator;
use super::locate::Surroundings;
use super::neighbours::Neighbours;
use crate::catalog::{self, Asker, Entitled};
use crate::model::{Object, Plan, Problem, Side, Value};

/// A resource of a plan, with what its stanza sees.
pub struct Probe<'p> {
    /// What prices the plan.
    pub estimator: &'p Estimator<'p>,
    /// The plan.
    pub plan: &'p Plan,
    /// The position of the resource's change.
    pub at: usize,
}

impl Probe<'_> {
    /// The value of an expression.
    pub fn value(&self, expression: &str) -> Result<Value, Vec<Problem>> {
        let change = &self.plan.changes[self.at];
        let side = if change.after.is_some() { Side::After } else { Side::Before };
        let Some(resource) = change.side(side) else { return Ok(Value::Null) };
        let estimator = self.estimator;
        let sheet = estimator.catalog.probe(&resource.kind, expression)?;
        let host = Neighbours { plan: self.plan, at: self.at, side, patched: None, currency: &estimator.currency };
        let provider = estimator.provider(resource);
        let defaults = match estimator.catalog.find(&resource.kind) {
            Entitled::Stanza(stanza) => stanza.usage.clone(),
            _ => Object::default(),
        };
        let kinds = estimator.kinds(self.plan);
        let around = Surroundings { host: &host, siblings: Some(&kinds.siblings) };
        let asker = Asker {
            this: resource.values.clone(),
            usage: catalog::overlay(&defaults, &(estimator.usage)(&resource.kind, &resource.address)),
            region: estimator.region(provider.as_deref(), resource, around).map(|region| region.name),
            need: Value::Null,
            each: None,
            host: &host,
        };
        let [value] = sheet.read(&asker, ["value"]).map_err(|problem| vec![problem])?;
        Ok(value)
    }
}
