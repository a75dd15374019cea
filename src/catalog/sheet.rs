//! What a resource needs (`workload`), what could stand for it (`offer`), and what is assumed of a data source (`data`):
//! named expressions.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::stanza::slots;
use crate::lang::{Frame, Host, Lowered, Slot};
use crate::model::{Object, Problem, Source, Span, Value};

/// The attributes of a need, as a `workload` block gives them and an `offer` sees them.
pub(crate) const NEED: [&str; 30] = [
    "concept",
    "wants",
    "size",
    "vcpu",
    "memory_gb",
    "arch",
    "gpus",
    "os",
    "burstable",
    "count",
    "min",
    "max",
    "hours",
    "interruptible",
    "disks",
    "gb",
    "iops",
    "engine",
    "version",
    "ha",
    "replicas",
    "reads",
    "writes",
    "objects",
    "request_kb",
    "state_gb",
    "assumed_gb",
    "tier",
    "class",
    "lifecycle",
];

/// The named expressions of a `workload`, an `offer` or a `data` block.
#[derive(Debug)]
pub struct Sheet {
    /// The label of the block.
    pub name: SmolStr,
    pub(crate) lets: Vec<(Slot, Lowered)>,
    pub(crate) attributes: IndexMap<SmolStr, Lowered>,
    /// The slot of `need`, which only offers have.
    pub(crate) need: Slot,
    pub(crate) tables: Value,
    /// The file it stands in.
    pub source: Source,
    /// Its block in that file.
    pub span: Span,
}

/// Whom a sheet is read for.
pub struct Asker<'s> {
    /// The attributes of the resource or the data source; nothing for an offer.
    pub this: Object,
    /// Its usage figures.
    pub usage: Object,
    /// The region's name.
    pub region: Option<SmolStr>,
    /// What is needed, for an offer.
    pub need: Value,
    /// The key and value of one element of what the offer runs over.
    pub each: Option<(SmolStr, Value)>,
    /// The resources around it.
    pub host: &'s dyn Host,
}

impl Sheet {
    /// Whether the block has an attribute.
    pub fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }

    /// The values of some attributes, in their order; null for those that the block lacks.
    pub fn read<const N: usize>(&self, asker: &Asker<'_>, names: [&str; N]) -> Result<[Value; N], Problem> {
        let scope = self.scope(asker)?;
        let mut values = [const { Value::Null }; N];
        for (value, name) in values.iter_mut().zip(names) {
            if let Some(lowered) = self.attributes.get(name) {
                *value = lowered.expr.eval(&Frame { slots: &scope, host: asker.host })?;
            }
        }
        Ok(values)
    }

    /// The values of all attributes, in their order.
    pub fn read_all(&self, asker: &Asker<'_>) -> Result<Vec<(SmolStr, Value)>, Problem> {
        let scope = self.scope(asker)?;
        let frame = Frame { slots: &scope, host: asker.host };
        self.attributes.iter().map(|(name, lowered)| Ok((name.clone(), lowered.expr.eval(&frame)?))).collect()
    }

    fn scope(&self, asker: &Asker<'_>) -> Result<Vec<Value>, Problem> {
        let region = asker.region.as_ref().map_or(Value::Null, |name| Value::from(name.as_str()));
        let each = asker.each.as_ref().map_or(Value::Null, |(key, value)| {
            let each = [("key".into(), Value::from(key.as_str())), ("value".into(), value.clone())];
            Value::Object(Object::from_iter(each))
        });
        let mut scope = vec![Value::Null; usize::from(self.need.0) + 1];
        put(&mut scope, slots::SELF, Value::Object(asker.this.clone()));
        put(&mut scope, slots::USAGE, Value::Object(asker.usage.clone()));
        put(&mut scope, slots::REGION, region);
        put(&mut scope, slots::TABLE, self.tables.clone());
        put(&mut scope, slots::EACH, each);
        put(&mut scope, self.need, asker.need.clone());
        for (slot, lowered) in &self.lets {
            let value = lowered.expr.eval(&Frame { slots: &scope, host: asker.host })?;
            put(&mut scope, *slot, value);
        }
        Ok(scope)
    }
}

/// Fills a slot; those of lets stand behind the named ones.
fn put(scope: &mut Vec<Value>, slot: Slot, value: Value) {
    let at = usize::from(slot.0);
    if scope.len() <= at {
        scope.resize(at + 1, Value::Null);
    }
    scope[at] = value;
}
