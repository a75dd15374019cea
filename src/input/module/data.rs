//! What is known of data sources without asking anybody.

use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::model::{Object, Value};

/// What somebody knows of the types of providers.
pub trait Knowledge: Sync {
    /// Attributes that may be assumed of a data source with these arguments, in a region; `None` if nothing is known.
    fn data(&self, kind: &str, arguments: &Value, region: Option<&str>) -> Option<IndexMap<SmolStr, Value>>;
    /// What may be assumed of the usage of a resource with these attributes, because of a data source that it refers to.
    fn usage(&self, attributes: &Object) -> Option<Object>;
    /// Whether what stands at a path of a resource type is made of nested blocks. JSON syntax does not tell.
    fn is_block(&self, kind: &str, path: &[SmolStr]) -> bool;
}

/// Knows nothing.
pub struct NoKnowledge;

impl Knowledge for NoKnowledge {
    fn data(&self, _kind: &str, _arguments: &Value, _region: Option<&str>) -> Option<IndexMap<SmolStr, Value>> {
        None
    }

    fn usage(&self, _attributes: &Object) -> Option<Object> {
        None
    }

    fn is_block(&self, _kind: &str, _path: &[SmolStr]) -> bool {
        false
    }
}
