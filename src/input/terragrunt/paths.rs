//! Paths as Terragrunt's functions give them: absolute, without `.` and `..`, with `/` between their parts.

use std::path::{Component, Path, PathBuf};

use crate::input::sources::tidy;

/// How many folders above a unit are looked into.
pub(super) const MOST_PARENTS: usize = 100;

/// A path from the root of the file system; what is relative is so to a folder that is absolute.
pub(super) fn within(folder: &Path, path: &str) -> PathBuf {
    tidy(&folder.join(path))
}

/// The way from one folder to a path, both absolute: `../../modules`, or `.`.
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let parts = path.components().filter(|part| !matches!(part, Component::RootDir | Component::CurDir));
        parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (from, to) = (parts(from), parts(to));
    let shared = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let way: Vec<String> = up.chain(to.into_iter().skip(shared)).collect();
    if way.is_empty() { ".".into() } else { way.join("/") }
}

/// A path as text, with `/` between its parts.
pub(super) fn text(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// The first folder at or above one that holds a repository.
pub(super) fn repository(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().take(MOST_PARENTS).find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_folders() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/live", "/live/prod/vpc"), "prod/vpc");
        assert_eq!(way("/live/prod/vpc", "/live"), "../..");
        assert_eq!(way("/live/prod", "/modules/vpc"), "../../modules/vpc");
        assert_eq!(way("/live", "/live"), ".");
        assert_eq!(way("/", "/live"), "live");
    }

    #[test]
    fn paths_lose_their_dots() {
        assert_eq!(within(Path::new("/live/prod"), "../../modules/./vpc"), Path::new("/modules/vpc"));
        assert_eq!(within(Path::new("/live"), "/etc"), Path::new("/etc"));
    }
}
