//! Objects of resources: what the configuration says, and what only apply will tell.

use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::{SmolStr, format_smolstr};

use crate::model::{Attributes, Object, Type, Value};

/// A resource whose type is not known here: what the configuration does not say is known after apply.
pub(in crate::input) struct Open {
    address: SmolStr,
    known: IndexMap<SmolStr, Value>,
}

impl Open {
    pub(in crate::input) fn value(address: SmolStr, known: IndexMap<SmolStr, Value>) -> Value {
        Value::Object(Object::Lazy(Arc::new(Self { address, known })))
    }
}

impl Attributes for Open {
    fn get(&self, name: &str) -> Option<Value> {
        let known = self.known.get(name).filter(|value| !value.is_null()).cloned();
        Some(known.unwrap_or_else(|| Value::unknown(format_smolstr!("{}.{name}", self.address))))
    }

    fn names(&self) -> Vec<SmolStr> {
        self.known.keys().cloned().collect()
    }
}

/// Resource types of Terraform's own provider, whose attributes are known.
pub(super) enum BuiltIn {
    /// `terraform_data`
    Data,
}

impl BuiltIn {
    pub(super) fn of(kind: &str) -> Option<Self> {
        (kind == "terraform_data").then_some(Self::Data)
    }

    /// Whether it takes an argument.
    pub(super) fn has(&self, name: &str) -> bool {
        matches!(name, "input" | "triggers_replace")
    }

    /// All attributes: `output` is what `input` is, once applied.
    pub(super) fn complete(&self, address: &str, mut given: IndexMap<SmolStr, Value>) -> Value {
        let unknown = |name: &str, kind: Type| Value::unknown_of(format_smolstr!("{address}.{name}"), kind);
        let id = given.shift_remove("id").unwrap_or_else(|| unknown("id", Type::String).not_null());
        let mut take = |name: &str| given.shift_remove(name).unwrap_or(Value::Null);
        let (input, triggers) = (take("input"), take("triggers_replace"));
        let output = if input.is_null() { Value::Null } else { unknown("output", input.value_type()) };
        let all = [("id", id), ("input", input), ("output", output), ("triggers_replace", triggers)];
        Value::Object(all.into_iter().map(|(name, value)| (SmolStr::new_static(name), value)).collect())
    }
}
