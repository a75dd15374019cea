//! How much of an object is looked at, and how that is found out: by watching.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use smol_str::SmolStr;

use super::{Attributes, Object, Value};

/// How much of a value is looked at. What it is, and the length of a list, always is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    is_whole: bool,
    names: Vec<SmolStr>,
    inner: Vec<Self>,
}

impl Extent {
    /// All of it.
    pub fn whole() -> Self {
        Self { is_whole: true, ..Self::default() }
    }

    /// Some attributes of an object, each as a whole.
    pub fn of(names: impl IntoIterator<Item = SmolStr>) -> Self {
        let names: BTreeMap<SmolStr, Self> = names.into_iter().map(|name| (name, Self::whole())).collect();
        Self::of_each(names)
    }

    fn of_each(fields: BTreeMap<SmolStr, Self>) -> Self {
        let (names, inner) = fields.into_iter().unzip();
        Self { is_whole: false, names, inner }
    }

    /// Whether all of it is.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The attributes of objects that are looked at, sorted. The elements of a list count as one.
    pub fn names(&self) -> &[SmolStr] {
        &self.names
    }

    /// How much is looked at of the attribute at a position among the names.
    pub fn inner(&self, at: usize) -> &Self {
        &self.inner[at]
    }

    /// Whether another looks at nothing that this does not look at.
    pub fn covers(&self, other: &Self) -> bool {
        let covers_field = |(name, inner): (&SmolStr, &Self)| {
            self.names.binary_search(name).is_ok_and(|at| self.inner[at].covers(inner))
        };
        self.is_whole || !other.is_whole && other.names.iter().zip(&other.inner).all(covers_field)
    }

    /// Both together.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        if self.is_whole || other.is_whole {
            return Self::whole();
        }
        let mut fields: BTreeMap<SmolStr, Self> = self.names.iter().cloned().zip(self.inner.iter().cloned()).collect();
        for (name, inner) in other.names.iter().zip(&other.inner) {
            let both = fields.get(name).map_or_else(|| inner.clone(), |known| known.with(inner));
            fields.insert(name.clone(), both);
        }
        Self::of_each(fields)
    }
}

/// What was looked at so far, of whatever was watched.
#[derive(Debug, Default)]
pub struct LookedAt(RwLock<Arc<SoFar>>);

/// How much was looked at by some time.
#[derive(Debug, Default)]
pub struct SoFar {
    /// How much.
    pub extent: Extent,
    /// How often that has grown: what is kept for one extent is not to be found by another.
    pub version: u32,
}

impl LookedAt {
    /// All of it.
    pub fn so_far(&self) -> Arc<SoFar> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same with what was looked at now.
    pub fn with(&self, extent: &Extent) -> Arc<SoFar> {
        let mut looked = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if !looked.extent.covers(extent) {
            let extent = looked.extent.with(extent);
            *looked = Arc::new(SoFar { extent, version: looked.version + 1 });
        }
        Arc::clone(&looked)
    }
}

/// An object that notes what is looked at, with its notes.
pub fn watched(object: &Object) -> (Object, Arc<Watch>) {
    let watch = Arc::<Watch>::default();
    (watch.object(object), watch)
}

/// What was looked at so far.
#[derive(Default)]
pub struct Watch {
    is_whole: AtomicBool,
    fields: Mutex<BTreeMap<SmolStr, Arc<Self>>>,
}

impl Watch {
    /// How much that is.
    pub fn extent(&self) -> Extent {
        if self.is_whole.load(Ordering::Relaxed) {
            return Extent::whole();
        }
        let fields = self.fields.lock().unwrap_or_else(PoisonError::into_inner);
        Extent::of_each(fields.iter().map(|(name, watch)| (name.clone(), watch.extent())).collect())
    }

    fn object(self: &Arc<Self>, object: &Object) -> Object {
        Object::Lazy(Arc::new(Watched { object: object.clone(), watch: Arc::clone(self) }))
    }

    fn field(&self, name: &str) -> Arc<Self> {
        let mut fields = self.fields.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(watch) = fields.get(name) {
            return Arc::clone(watch);
        }
        Arc::clone(fields.entry(SmolStr::new(name)).or_default())
    }

    /// A value of which only what is in its objects remains to be looked at.
    fn value(self: &Arc<Self>, value: Value) -> Value {
        match value {
            Value::Object(object) => Value::Object(self.object(&object)),
            Value::List(items) if items.iter().any(|item| !is_plain(item)) => {
                Value::List(items.with(items.iter().map(|item| self.value(item.clone())).collect()))
            }
            Value::Sensitive(inner) => self.value(Arc::unwrap_or_clone(inner)).sensitive(),
            other => other,
        }
    }
}

fn is_plain(value: &Value) -> bool {
    !matches!(value.unmarked(), Value::Object(_) | Value::List(_))
}

struct Watched {
    object: Object,
    watch: Arc<Watch>,
}

impl Attributes for Watched {
    fn get(&self, name: &str) -> Option<Value> {
        let watch = self.watch.field(name);
        Some(watch.value(self.object.get(name)?))
    }

    fn names(&self) -> Vec<SmolStr> {
        self.watch.is_whole.store(true, Ordering::Relaxed);
        self.object.names()
    }
}
