//! What expressions of a module see beside values: files of the code base that the module stands in.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::input::{ModuleFiles, Sources};
use crate::lang::{Files, Host};
use crate::model::Value;

/// The surroundings of a module's expressions.
pub(super) struct ModuleHost {
    folder: PathBuf,
    files: Option<ModuleFiles>,
}

impl ModuleHost {
    /// Those of a root module in a folder with the modules that it calls.
    pub(super) fn new(folder: &Path, sources: &Sources) -> Self {
        let folder = absolute(folder);
        let base = base(&folder, sources);
        Self { files: ModuleFiles::new(&folder, &base).ok(), folder }
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

    fn files(&self) -> Option<&dyn Files> {
        self.files.as_ref().map(|files| files as &dyn Files)
    }
}

/// The folder below which files may be read: the repository, else the one that holds the module and those it calls by
/// local paths.
fn base(folder: &Path, sources: &Sources) -> PathBuf {
    if let Some(repository) = folder.ancestors().find(|above| above.join(".git").exists()) {
        return repository.to_owned();
    }
    let own = sources.modules().filter(|(_, module)| module.is_own).map(|(_, module)| absolute(&module.folder));
    own.fold(folder.to_owned(), |base, module| {
        base.ancestors().find(|above| module.starts_with(above)).unwrap_or(&base).to_owned()
    })
}

fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}
