//! A resource's attributes with others laid over them.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::model::{Attributes, Object, Value};

/// Lays a change over attributes: objects merge, lists of equal length merge element by element, all else is replaced.
pub fn overlay(base: &Object, over: &Object) -> Object {
    let over = over.entries();
    if over.is_empty() {
        return base.clone();
    }
    Object::Lazy(Arc::new(Overlaid { base: base.clone(), over }))
}

struct Overlaid {
    base: Object,
    over: Vec<(SmolStr, Value)>,
}

impl Attributes for Overlaid {
    fn get(&self, name: &str) -> Option<Value> {
        let base = self.base.get(name);
        match self.over.iter().find(|(over, _)| over == name) {
            Some((_, over)) => Some(merge(base, over)),
            None => base,
        }
    }

    fn names(&self) -> Vec<SmolStr> {
        let mut names = self.base.names();
        let added: Vec<SmolStr> =
            self.over.iter().map(|(name, _)| name).filter(|name| !names.contains(name)).cloned().collect();
        names.extend(added);
        names
    }
}

fn merge(base: Option<Value>, over: &Value) -> Value {
    match (base.as_ref().map(Value::unmarked), over) {
        (Some(Value::Object(base)), Value::Object(over)) => Value::Object(overlay(base, over)),
        (Some(Value::List(base)), Value::List(over)) if base.len() == over.len() => {
            let merged = base.iter().zip(over.iter()).map(|(base, over)| merge(Some(base.clone()), over));
            Value::List(merged.collect())
        }
        _ => over.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(entries: &[(&str, Value)]) -> Object {
        entries.iter().map(|(name, value)| (SmolStr::from(*name), value.clone())).collect()
    }

    #[test]
    fn blocks_merge_and_null_removes() {
        let disk = Value::Object(object(&[("type", Value::from("gp2")), ("size", Value::from(8))]));
        let base = object(&[("a", Value::from(1)), ("disk", Value::from(vec![disk])), ("b", Value::from(2))]);
        let patch = Value::Object(object(&[("type", Value::from("gp3"))]));
        let over = object(&[("disk", Value::from(vec![patch])), ("b", Value::Null), ("c", Value::from(3))]);
        let merged = overlay(&base, &over);
        let disk = merged.get("disk").unwrap().as_list().unwrap()[0].as_object().unwrap().clone();
        assert_eq!((disk.get("type"), disk.get("size")), (Some(Value::from("gp3")), Some(Value::from(8))));
        assert_eq!((merged.get("a"), merged.get("b")), (Some(Value::from(1)), Some(Value::Null)));
        assert_eq!(merged.names(), ["a", "disk", "b", "c"]);
    }
}
