//! What expressions of a module see beside values: the folder of the root module.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::lang::Host;
use crate::model::Value;

/// The surroundings of a module's expressions.
pub(super) struct ModuleHost {
    folder: PathBuf,
}

impl ModuleHost {
    pub(super) fn new(folder: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self { folder }
    }

    /// The root module's folder, from the root of the file system.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Host for ModuleHost {
    fn targets(&self, _path: &str, _kinds: &[SmolStr]) -> Vec<Value> {
        Vec::new()
    }

    fn referrers(&self, _kind: &str, _path: &str) -> Vec<Value> {
        Vec::new()
    }
}
