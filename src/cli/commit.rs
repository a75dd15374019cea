//! `--compare-to git:REF`: the folders of a run as another commit has them.

use std::path::{Component, Path, PathBuf};

use super::audit::Audit;
use super::baseline::Current;
use super::folders::Folder;
use super::pricing::{Pricing, Project, Read};
use crate::input::module::{Given, VariableOption};
use crate::input::{Repository, Snapshot};
use crate::model::Problem;

/// What a commit begins with among the inputs of `--compare-to`.
pub(super) const PREFIX: &str = "git:";

/// A repository at a commit.
struct Unpacked {
    top: PathBuf,
    snapshot: Snapshot,
}

impl Unpacked {
    /// Where the commit has what the work tree has at a path, if it has it.
    fn there(&self, path: &Path) -> Option<PathBuf> {
        let top = self.top.canonicalize().unwrap_or_else(|_| self.top.clone());
        let rest = path.canonicalize().ok()?.strip_prefix(&top).ok()?.to_owned();
        Some(self.snapshot.folder().join(rest))
    }
}

/// Reads the folders of a run at a commit. A folder that the commit lacks has no projects there.
pub(super) fn read(
    pricing: &Pricing,
    reference: &str,
    current: Current<'_>,
    role: &'static str,
    audit: &mut Audit,
) -> Result<Read, Problem> {
    let Some(folders) = current.folders() else {
        let message = format!("`git:{reference}` is compared with folders of .tf files, and other inputs are given");
        return Err(Problem::error("lepton::git::no-folder", message)
            .help("give folders alone, or compare plans with the plan of that commit"));
    };
    let mut unpacked: Vec<Unpacked> = Vec::new();
    let mut read = Read::default();
    for path in &folders {
        let repository = Repository::of(Path::new(path))?;
        let known = unpacked.iter().position(|known| known.top == repository.top);
        let at = match known {
            Some(at) => at,
            None => {
                let snapshot = Snapshot::take(&repository, reference)?;
                unpacked.push(Unpacked { top: repository.top.clone(), snapshot });
                unpacked.len() - 1
            }
        };
        let one = &unpacked[at];
        let folder = one.snapshot.folder().join(&repository.folder);
        if !folder.is_dir() {
            continue;
        }
        let words = |text: &str| words(text, one.snapshot.folder(), &repository.folder, path);
        let find = |source: &str, version: Option<&str>, is_installed| {
            let fetched = |project: &Project| project.sources.as_ref()?.fetched(source, version);
            let here = current.projects.iter().find_map(fetched);
            let here = here.or_else(|| pricing.find_module(source, version, is_installed))?;
            Some(one.there(&here).filter(|folder| folder.is_dir()).unwrap_or(here))
        };
        let given = given(pricing.given(), one);
        let mut found =
            pricing.read_folder(&Folder { at: &folder, shown: path, words: &words, find: &find }, &given, role, audit);
        for problem in &mut found.errors {
            *problem = problem.clone().about(&format!("at {PREFIX}{reference}"));
        }
        read.add(found);
    }
    Ok(read)
}

/// Files of values are those of the commit, where it has them.
fn given(given: &Given, unpacked: &Unpacked) -> Given {
    let there = |path: &Path| unpacked.there(path).filter(|path| path.is_file());
    let option = |option: &VariableOption| match option {
        VariableOption::File(path) => VariableOption::File(there(path).unwrap_or_else(|| path.clone())),
        other => other.clone(),
    };
    Given { options: given.options.iter().map(option).collect(), ..given.clone() }
}

/// A text in which files of the private folder are called as those of the work tree.
fn words(text: &str, private: &Path, folder: &Path, shown: &str) -> String {
    let private = private.display().to_string();
    let folder = folder.components().as_path().display().to_string();
    let top = up(shown, Path::new(&folder).components().count());
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&private) {
        out.push_str(&rest[..at]);
        rest = &rest[at + private.len()..];
        let below = rest.strip_prefix(['/', '\\']).unwrap_or(rest);
        let inner = below.strip_prefix(folder.as_str()).filter(|inner| !inner.starts_with(is_of_a_name));
        let (base, left) = match inner {
            Some(inner) if folder.is_empty() => (shown, inner),
            Some(inner) => (shown, inner.strip_prefix(['/', '\\']).unwrap_or(inner)),
            None => (top.as_str(), below),
        };
        let is_folder = left.is_empty() || !left.starts_with(is_of_a_name);
        out.push_str(if is_folder { if base.is_empty() { "." } else { base } } else { base });
        if !is_folder && !base.is_empty() {
            out.push('/');
        }
        rest = left;
    }
    out.push_str(rest);
    out
}

/// Whether a letter goes on with the name of a file or a folder.
fn is_of_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '~' | ' ' | '+' | '@' | '#')
}

/// The folder so many levels above another, as a user would write it; empty for the current one.
fn up(shown: &str, levels: usize) -> String {
    let mut path = PathBuf::from(shown);
    for _ in 0..levels {
        match path.components().next_back() {
            Some(Component::Normal(_)) => _ = path.pop(),
            Some(Component::CurDir) | None => path = PathBuf::from(".."),
            _ => path.push(".."),
        }
    }
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, folder: &str, shown: &str) -> String {
        words(text, Path::new("/tmp/private"), Path::new(folder), shown)
    }

    #[test]
    fn files_are_called_as_in_the_work_tree() {
        assert_eq!(said("/tmp/private/infra/main.tf", "infra/", "infra"), "infra/main.tf");
        assert_eq!(said("`/tmp/private/infra` is no folder", "infra/", "infra"), "`infra` is no folder");
        assert_eq!(said("/tmp/private/modules/a.tf", "infra/", "infra"), "modules/a.tf");
        assert_eq!(said("/tmp/private/infra-old/a.tf", "infra/", "infra"), "infra-old/a.tf");
        assert_eq!(said("see /tmp/private/infra/a.tf and b", "infra/", "."), "see ./a.tf and b");
        assert_eq!(said("/tmp/private/modules/a.tf", "infra/prod/", "."), "../../modules/a.tf");
        assert_eq!(said("/tmp/private/main.tf", "", "repository"), "repository/main.tf");
        assert_eq!(said("nothing private", "infra/", "infra"), "nothing private");
    }
}
