//! Where the files of a user are, as the XDG Base Directory Specification has it.

use std::path::PathBuf;

/// The folder that a variable names, else one in the user's home; `None` where neither is an absolute path.
pub(super) fn user_folder(variable: &str, in_home: &str) -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    folder(variable).or_else(|| Some(folder("HOME")?.join(in_home)))
}
