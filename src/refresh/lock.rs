//! The lock of a folder of prices: one refresh at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::model::Problem;
use crate::price::folder::beside;

/// A lock that is held as long as this is there. Its file stays: to remove it would let two hold one lock.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    pub(super) fn of(folder: &Path) -> Result<Self, Problem> {
        let path = beside(folder, ".lock");
        let failed = |error: std::io::Error| {
            Problem::error("lepton::prices::lock", format!("`{}` cannot be locked: {error}", path.display()))
                .help("give another folder by --to")
        };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::Error(error)) => Err(failed(error)),
            Err(TryLockError::WouldBlock) => {
                let message = format!("another refresh writes `{}`", folder.display());
                Err(Problem::error("lepton::prices::lock", message).help("wait until it is done"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_at_a_time() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("a/prices");
        let held = Lock::of(&folder).expect("free");
        let error = Lock::of(&folder).err().expect("held");
        assert!(error.to_string().starts_with("another refresh writes"), "{error}");
        drop(held);
        Lock::of(&folder).expect("free again");
    }
}
