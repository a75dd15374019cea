//! The units below a folder.

use std::path::{Path, PathBuf};

use super::said;
use super::stack::STACK_FILE;
use crate::model::Problem;

/// How many folders are looked into.
const MOST_FOLDERS: usize = 20_000;
/// How deep folders nest.
const MOST_DEPTH: usize = 32;

/// What a folder holds for Terragrunt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Unit(PathBuf),
    Stack(PathBuf),
}

/// The folders of all units and stacks at and below a folder, in order of their paths. Hidden folders are left alone.
pub(super) fn below(folder: &Path) -> Result<Vec<Found>, Problem> {
    let mut found = Vec::new();
    let mut waiting = vec![(folder.to_owned(), 0)];
    let mut seen = 0;
    while let Some((folder, depth)) = waiting.pop() {
        seen += 1;
        if seen > MOST_FOLDERS {
            return Err(said::too_many_units(MOST_FOLDERS));
        }
        if folder.join(STACK_FILE).is_file() {
            found.push(Found::Stack(folder.clone()));
        }
        if ["terragrunt.hcl", "terragrunt.hcl.json"].iter().any(|name| folder.join(name).is_file()) {
            found.push(Found::Unit(folder.clone()));
        }
        if depth < MOST_DEPTH {
            let mut below = folders(&folder);
            below.sort_by(|left, right| right.cmp(left));
            waiting.extend(below.into_iter().map(|folder| (folder, depth + 1)));
        }
    }
    Ok(found)
}

/// The folders in a folder, without hidden ones and links.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let is_meant = |entry: &std::fs::DirEntry| {
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        !is_hidden && entry.file_type().is_ok_and(|kind| kind.is_dir())
    };
    entries.filter(is_meant).map(|entry| entry.path()).collect()
}
