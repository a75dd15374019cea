//! What differs between the instances of a block: their keys, and the names that stand for them.

use smol_str::{SmolStr, format_smolstr};

use crate::lang::Slot;
use crate::model::{Object, Value};

/// The key of one instance of a block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The block has neither `count` nor `for_each`.
    None,
    Number(usize),
    Text(SmolStr),
    /// One of those that `for_each` makes when nobody knows its keys yet.
    Unknown(usize),
}

impl Key {
    /// As addresses write it: nothing, `[0]` or `["a"]`.
    pub(super) fn suffix(&self) -> SmolStr {
        match self {
            Self::None => SmolStr::default(),
            Self::Number(at) => format_smolstr!("[{at}]"),
            Self::Text(text) => format_smolstr!("[{}]", serde_json::Value::from(text.as_str())),
            Self::Unknown(at) => format_smolstr!("[\"?{}\"]", at + 1),
        }
    }

    /// The text of a key of `for_each`.
    pub(super) fn text(self) -> Option<SmolStr> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One instance of a block.
#[derive(Clone, Debug)]
pub(super) struct Copy {
    pub(super) key: Key,
    pub(super) scope: Scope,
}

/// The values of `each`, `count`, `self` and of iterators.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    each: Option<Value>,
    count: Option<Value>,
    iterators: Vec<(Slot, Value)>,
}

impl Scope {
    pub(super) fn counted(at: usize) -> Self {
        let index = Value::from(i64::try_from(at).unwrap_or(i64::MAX));
        Self { count: Some(object([("index", index)])), ..Self::default() }
    }

    pub(super) fn each(key: Value, value: Value) -> Self {
        Self { each: Some(pair(key, value)), ..Self::default() }
    }

    /// The same scope with the iterator of a `dynamic` block.
    pub(super) fn with(&self, slot: Slot, key: Value, value: Value) -> Self {
        let mut inner = self.clone();
        inner.iterators.push((slot, pair(key, value)));
        inner
    }

    /// The value of a name that the scope gives.
    pub(super) fn named(&self, name: &str) -> Option<&Value> {
        match name {
            "each" => self.each.as_ref(),
            "count" => self.count.as_ref(),
            _ => None,
        }
    }

    pub(super) fn iterators(&self) -> &[(Slot, Value)] {
        &self.iterators
    }
}

fn pair(key: Value, value: Value) -> Value {
    object([("key", key), ("value", value)])
}

fn object<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(name, value)| (SmolStr::new_static(name), value)).collect::<Object>())
}
