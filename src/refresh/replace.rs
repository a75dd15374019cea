//! A file that takes the place of another as a whole: made beside it first, so that no half of it is ever seen.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is made, but not yet in its place.
pub(super) struct Replacement {
    file: NamedTempFile,
    path: PathBuf,
}

impl Replacement {
    /// Writes a text beside a path.
    pub(super) fn make(path: &Path, text: &str) -> io::Result<Self> {
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent)?;
        let mut file = NamedTempFile::new_in(parent)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Where it goes.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it there.
    pub(super) fn put(self) -> io::Result<()> {
        // The rights are those that files here have, not those of a file that only its owner sees.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&self.path).map_or(0o644, |old| old.permissions().mode());
            let _ = self.file.as_file().set_permissions(fs::Permissions::from_mode(mode));
        }
        self.file.persist(&self.path).map(drop).map_err(|error| error.error)
    }
}
