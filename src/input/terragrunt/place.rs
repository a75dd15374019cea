//! Where a file is evaluated: the folders that functions tell, and the files it includes.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::paths;
use crate::model::Value;

/// The surroundings of a file's expressions.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The file.
    pub(super) file: PathBuf,
    /// What relative paths start at: the folder of the unit, or of the file that is read on its own.
    pub(super) folder: PathBuf,
    /// The folder of the unit that everything is read for.
    pub(super) original: PathBuf,
    /// The files that it includes, by label; the label may be empty.
    pub(super) includes: IndexMap<SmolStr, PathBuf>,
    /// Whether it is included itself.
    pub(super) is_included: bool,
    /// What a stack gives the unit.
    pub(super) values: Value,
}

impl Place {
    pub(super) fn unit(file: PathBuf, folder: PathBuf, values: Value) -> Self {
        let original = folder.clone();
        Self { file, folder, original, includes: IndexMap::new(), is_included: false, values }
    }

    /// A file that the one here includes: it sees the folder of the unit.
    pub(super) fn included(&self, file: PathBuf) -> Self {
        Self { file, includes: IndexMap::new(), is_included: true, ..self.clone() }
    }

    /// A file that is read for its values: it sees its own folder.
    pub(super) fn read(&self, file: PathBuf) -> Self {
        let folder = file.parent().unwrap_or(Path::new("/")).to_owned();
        let original = self.original.clone();
        Self { file, folder, original, includes: IndexMap::new(), is_included: false, values: Value::Null }
    }

    /// The folder of an included file, or `None` if nothing is included.
    pub(super) fn parent(&self, label: Option<&str>) -> Result<Option<&Path>, String> {
        let file = match (label, self.is_included) {
            (_, true) => Some(&self.file),
            (Some(label), _) => {
                Some(self.includes.get(label).ok_or_else(|| format!("there is no `include \"{label}\"` here"))?)
            }
            (None, _) if self.includes.len() > 1 => {
                return Err("several files are included: say which by the label of its `include`".into());
            }
            (None, _) => self.includes.values().next(),
        };
        Ok(file.and_then(|file| file.parent()))
    }

    /// A path that the file names.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        paths::within(&self.folder, path)
    }
}
