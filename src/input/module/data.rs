//! What is known of data sources without asking anybody.

use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::model::Value;

/// What somebody knows of the types of providers.
pub trait Knowledge: Sync {
    /// Attributes that may be assumed of a data source with these arguments, in a region; `None` if nothing is known.
    fn data(&self, kind: &str, arguments: &Value, region: Option<&str>) -> Option<IndexMap<SmolStr, Value>>;
    /// Whether what stands at a path of a resource type is made of nested blocks. JSON syntax does not tell.
    fn is_block(&self, kind: &str, path: &[SmolStr]) -> bool;
}

/// Knows nothing.
pub struct NoKnowledge;

impl Knowledge for NoKnowledge {
    fn data(&self, _kind: &str, _arguments: &Value, _region: Option<&str>) -> Option<IndexMap<SmolStr, Value>> {
        None
    }

    fn is_block(&self, _kind: &str, _path: &[SmolStr]) -> bool {
        false
    }
}
