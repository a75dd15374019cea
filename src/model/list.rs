//! The elements of a list, tuple or set.

use std::ops::Deref;
use std::sync::Arc;

use super::{Type, Value};

/// The elements of a list, tuple or set, in order. As Terraform's expressions write it, `[…]` is a tuple.
///
/// ```
/// use lepton::model::{List, Type, Value};
/// let list = List::of(Type::list(Type::String), vec![Value::from("a")]);
/// assert_eq!(list.len(), 1);
/// assert_eq!(list.declared(), Some(&Type::list(Type::String)));
/// ```
#[derive(Clone)]
pub struct List(Elements);

#[derive(Clone)]
enum Elements {
    /// A tuple whose type is that of its elements.
    Tuple(Arc<[Value]>),
    /// With a type of its own. Behind one pointer, so that values stay small.
    Typed(Arc<Typed>),
}

struct Typed {
    kind: Type,
    items: Vec<Value>,
}

impl List {
    /// Elements with the type of the whole: a list, a set, or a tuple whose nulls have types.
    pub fn of(kind: Type, items: Vec<Value>) -> Self {
        Self(Elements::Typed(Arc::new(Typed { kind, items })))
    }

    /// The type of the whole, where it is not that of a tuple of the elements.
    pub fn declared(&self) -> Option<&Type> {
        match &self.0 {
            Elements::Tuple(_) => None,
            Elements::Typed(typed) => Some(&typed.kind),
        }
    }

    /// Other elements of the same types.
    #[must_use]
    pub fn with(&self, items: Vec<Value>) -> Self {
        match self.declared() {
            Some(kind) => Self::of(kind.clone(), items),
            None => Self::from(items),
        }
    }

    /// Whether this is a tuple.
    pub fn is_tuple(&self) -> bool {
        self.declared().is_none_or(|kind| matches!(kind, Type::Tuple(_)))
    }

    /// Whether this is a set.
    pub fn is_set(&self) -> bool {
        self.declared().is_some_and(|kind| matches!(kind, Type::Set(_)))
    }
}

impl Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        match &self.0 {
            Elements::Tuple(items) => items,
            Elements::Typed(typed) => &typed.items,
        }
    }
}

impl From<Vec<Value>> for List {
    fn from(items: Vec<Value>) -> Self {
        Self(Elements::Tuple(items.into()))
    }
}

impl FromIterator<Value> for List {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self(Elements::Tuple(items.into_iter().collect()))
    }
}

impl<'l> IntoIterator for &'l List {
    type Item = &'l Value;
    type IntoIter = std::slice::Iter<'l, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Lists are equal when their elements are, whether they are lists, tuples or sets.
impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
