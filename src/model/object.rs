//! The attributes of an object or the elements of a map: at hand, or decoded when asked for.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::{Extent, Type, Value};

/// The attributes of an object, in order.
#[derive(Clone)]
pub enum Object {
    /// Attributes at hand.
    Map(Arc<Entries>),
    /// Attributes decoded when they are asked for.
    Lazy(Arc<dyn Attributes>),
}

/// The attributes of an object or the elements of a map, at hand.
#[derive(Clone, Default)]
pub struct Entries {
    map: IndexMap<SmolStr, Value>,
    /// Boxed, since few have one.
    declared: Option<Box<Type>>,
}

impl Entries {
    /// The type of the whole, where it is not that of an object of the values.
    pub fn declared(&self) -> Option<&Type> {
        self.declared.as_deref()
    }
}

impl Deref for Entries {
    type Target = IndexMap<SmolStr, Value>;

    fn deref(&self) -> &Self::Target {
        &self.map
    }
}

/// Attributes that are decoded when asked for, such as those of a resource in a large plan.
pub trait Attributes: Send + Sync {
    /// The value of one attribute; `None` if the object has no such attribute.
    fn get(&self, name: &str) -> Option<Value>;
    /// The names of all attributes, in order.
    fn names(&self) -> Vec<SmolStr>;
    /// All attributes in order, where that is less work than by name; `None` to ask for each by its name.
    fn entries(&self) -> Option<Vec<(SmolStr, Value)>> {
        None
    }
    /// Appends bytes that are equal for two objects only if what is looked at of them is: spelling and marks alike.
    ///
    /// False if this object cannot tell without decoding.
    fn fingerprint(&self, _extent: &Extent, _into: &mut Vec<u8>) -> bool {
        false
    }
}

impl Object {
    /// Entries with the type of the whole: a map, or an object whose nulls have types.
    pub fn of(kind: Type, entries: impl IntoIterator<Item = (SmolStr, Value)>) -> Self {
        Self::Map(Arc::new(Entries { map: entries.into_iter().collect(), declared: Some(Box::new(kind)) }))
    }

    /// The type of the whole, where it is not that of an object of the values.
    pub fn declared(&self) -> Option<&Type> {
        match self {
            Self::Map(map) => map.declared(),
            Self::Lazy(_) => None,
        }
    }

    /// Other values of the same types.
    #[must_use]
    pub fn with(&self, entries: impl IntoIterator<Item = (SmolStr, Value)>) -> Self {
        match self.declared() {
            Some(kind) => Self::of(kind.clone(), entries),
            None => entries.into_iter().collect(),
        }
    }

    /// Whether this is a map.
    pub fn is_map(&self) -> bool {
        self.declared().is_some_and(|kind| matches!(kind, Type::Map(_)))
    }

    /// The value of one attribute; `None` if there is no such attribute.
    pub fn get(&self, name: &str) -> Option<Value> {
        match self {
            Self::Map(map) => map.get(name).cloned(),
            Self::Lazy(attributes) => attributes.get(name),
        }
    }

    /// The names of all attributes, in order.
    pub fn names(&self) -> Vec<SmolStr> {
        match self {
            Self::Map(map) => map.keys().cloned().collect(),
            Self::Lazy(attributes) => attributes.names(),
        }
    }

    /// Every attribute with its value, all decoded.
    pub fn entries(&self) -> Vec<(SmolStr, Value)> {
        match self {
            Self::Map(map) => map.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            Self::Lazy(attributes) => attributes.entries().unwrap_or_else(|| {
                let by_name = |name: SmolStr| {
                    let value = attributes.get(&name).unwrap_or(Value::Null);
                    (name, value)
                };
                attributes.names().into_iter().map(by_name).collect()
            }),
        }
    }

    /// How many attributes there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Map(map) => map.len(),
            Self::Lazy(attributes) => attributes.names().len(),
        }
    }

    /// Whether there are no attributes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for Object {
    fn default() -> Self {
        Self::Map(Arc::default())
    }
}

impl FromIterator<(SmolStr, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (SmolStr, Value)>>(entries: I) -> Self {
        Self::from(entries.into_iter().collect::<IndexMap<_, _>>())
    }
}

impl From<IndexMap<SmolStr, Value>> for Object {
    fn from(map: IndexMap<SmolStr, Value>) -> Self {
        Self::Map(Arc::new(Entries { map, declared: None }))
    }
}

/// Objects are equal when they hold the same attributes, in any order.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        self.entries().iter().all(|(name, value)| other.get(name).as_ref() == Some(value))
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.entries()).finish()
    }
}
