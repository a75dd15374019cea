//! Another commit of the repository that a folder is in, read out of the repository's objects by `git`.
//!
//! The work tree is not touched. What a commit calls itself and what its files are called is taken for hostile: a name
//! is never an option, and nothing is written outside of the private folder that the files go to.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::model::Problem;

/// A larger file is no part of a configuration: it is left out.
const MOST_BYTES: u64 = 8 << 20;
/// How much is unpacked of a commit.
const MOST_ALL: u64 = 1 << 30;
/// How many files are unpacked of a commit.
const MOST_FILES: usize = 300_000;
/// How long the name of a commit is.
const MOST_NAME: usize = 1024;

/// A repository, and where in it a folder is.
#[derive(Clone, Debug)]
pub struct Repository {
    /// The folder of its work tree.
    pub top: PathBuf,
    /// The folder that was asked for, as seen from there.
    pub folder: PathBuf,
}

/// The files of a commit, in a private folder that is gone when this is.
#[derive(Debug)]
pub struct Snapshot {
    folder: TempDir,
}

/// One file of a commit.
struct Entry {
    path: PathBuf,
    object: String,
    size: u64,
    is_link: bool,
}

impl Repository {
    /// The repository that a folder is in.
    pub fn of(folder: &Path) -> Result<Self, Problem> {
        let ask = |what: &str| {
            let answer = git(folder, &["rev-parse", what])?.map_err(|said| {
                let message = format!("`{}` is in no git repository that can be read: {said}", folder.display());
                Problem::error("lepton::git::no-repository", message)
                    .help("compare with a plan, a state, a report or another folder")
            })?;
            Ok(PathBuf::from(answer.strip_suffix('\n').unwrap_or(&answer)))
        };
        Ok(Self { top: ask("--show-toplevel")?, folder: ask("--show-prefix")? })
    }

    /// Writes the files of a commit into an empty folder.
    pub fn unpack(&self, name: &str, to: &Path) -> Result<(), Problem> {
        let entries = entries(self, &self.commit(name)?)?;
        unpack(self, &entries, &to.canonicalize().map_err(|error| unpacked(&error))?)
    }

    /// The id of the commit that a name stands for.
    fn commit(&self, name: &str) -> Result<String, Problem> {
        let invalid = |reason: &str| {
            Problem::error("lepton::git::reference", format!("`git:{}` names no commit: {reason}", clean(name)))
                .help("give a branch, a tag or a commit: git:origin/main, git:HEAD~1")
        };
        if name.is_empty() || name.len() > MOST_NAME || name.starts_with('-') || name.contains(char::is_control) {
            return Err(invalid("it is no name of one"));
        }
        let wanted = format!("{name}^{{commit}}");
        let found = git(&self.top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
        let id = found.unwrap_or_default().trim().to_owned();
        if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(id);
        }
        let problem = invalid("the repository has none of that name");
        let is_shallow = git(&self.top, &["rev-parse", "--is-shallow-repository"])?;
        Err(match is_shallow.as_deref().map(str::trim) {
            Ok("true") => problem.help(
                "the clone is shallow: fetch more of it, such as `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout",
            ),
            _ => problem,
        })
    }
}

impl Snapshot {
    /// Unpacks the commit of a name.
    pub fn take(repository: &Repository, name: &str) -> Result<Self, Problem> {
        let folder = tempfile::Builder::new().prefix("lepton-").tempdir().map_err(|error| unpacked(&error))?;
        repository.unpack(name, folder.path())?;
        Ok(Self { folder })
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// The files of a commit that are small enough.
fn entries(repository: &Repository, commit: &str) -> Result<Vec<Entry>, Problem> {
    let listed = git(&repository.top, &["ls-tree", "-r", "-z", "-l", "--full-tree", commit])?;
    let listed = listed.map_err(|said| unreadable(commit, &said))?;
    let entries: Vec<Entry> = listed.split('\0').filter_map(entry).collect();
    let all: u64 = entries.iter().map(|entry| entry.size).sum();
    if entries.len() > MOST_FILES || all > MOST_ALL {
        let message = format!("the commit has {} files of {all} bytes, too many to unpack", entries.len());
        return Err(Problem::error("lepton::git::too-large", message)
            .help("compare with a folder instead: `git worktree add ../base REF`, then --compare-to ../base/infra"));
    }
    Ok(entries)
}

/// `100644 blob ID SIZE<tab>PATH`; `None` of what is no file, too large, or could lie outside.
fn entry(line: &str) -> Option<Entry> {
    let (head, path) = line.split_once('\t')?;
    let [mode, "blob", object, size] = head.split_whitespace().collect::<Vec<_>>()[..] else { return None };
    let size = size.parse().ok().filter(|size| *size <= MOST_BYTES)?;
    let path = PathBuf::from(path);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(name) if name != ".git"));
    is_inside.then(|| Entry { path, object: object.to_owned(), size, is_link: mode == "120000" })
}

/// Writes the files first, then the links, so that nothing is written through a link.
fn unpack(repository: &Repository, entries: &[Entry], to: &Path) -> Result<(), Problem> {
    let mut child = command(&repository.top, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| no_git(&error))?;
    let mut asked = child.stdin.take().expect("stdin is piped");
    let mut answers = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let mut made = HashSet::new();
    let mut links = Vec::new();
    let outcome = std::thread::scope(|scope| {
        // A reader that stopped breaks the pipe, which ends this thread.
        scope.spawn(move || {
            for entry in entries {
                if writeln!(asked, "{}", entry.object).is_err() {
                    break;
                }
            }
        });
        let written = entries.iter().try_for_each(|entry| {
            let bytes = object(&mut answers, entry)?;
            if entry.is_link {
                links.push((entry, bytes));
                return Ok(());
            }
            write(&to.join(&entry.path), &bytes, &mut made)
        });
        drop(answers);
        written
    });
    let _ = child.kill();
    let _ = child.wait();
    outcome.map_err(|error| unpacked(&error))?;
    for (entry, target) in links {
        link(entry, &target, to);
    }
    Ok(())
}

/// The next answer of `git cat-file --batch`.
fn object(answers: &mut impl std::io::BufRead, entry: &Entry) -> std::io::Result<Vec<u8>> {
    let missing = |text: &str| std::io::Error::other(format!("{}: {text}", entry.path.display()));
    let mut head = String::new();
    answers.by_ref().take(256).read_line(&mut head)?;
    let size = match head.split_whitespace().collect::<Vec<_>>()[..] {
        [_, "blob", size] => size.parse::<u64>().ok(),
        _ => None,
    };
    if size != Some(entry.size) {
        return Err(missing("the repository does not have this object; is the clone partial?"));
    }
    let mut bytes = Vec::new();
    answers.by_ref().take(entry.size + 1).read_to_end(&mut bytes)?;
    match bytes.pop() {
        Some(b'\n') if bytes.len() as u64 == entry.size => Ok(bytes),
        _ => Err(missing("git stopped in the middle of it")),
    }
}

/// A new file. Where a file system takes two names for one, the first stays.
fn write(path: &Path, bytes: &[u8], made: &mut HashSet<PathBuf>) -> std::io::Result<()> {
    if let Some(folder) = path.parent()
        && !made.contains(folder)
    {
        std::fs::create_dir_all(folder)?;
        made.insert(folder.to_owned());
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// A link that stays inside; any other is left out.
fn link(entry: &Entry, target: &[u8], to: &Path) {
    let Some(target) = std::str::from_utf8(target).ok().map(Path::new) else { return };
    if stays_inside(&entry.path, target) {
        make_link(target, &to.join(&entry.path));
    }
}

/// Whether a link leads up no further than the top, and only down after that: then no chain of such links leaves.
fn stays_inside(link: &Path, target: &Path) -> bool {
    let depth = link.components().count().saturating_sub(1);
    let up = target.components().take_while(|part| *part == Component::ParentDir).count();
    let is_down = |part: Component<'_>| matches!(part, Component::Normal(name) if name != ".git");
    up <= depth && target.components().skip(up).all(is_down)
}

#[cfg(unix)]
fn make_link(target: &Path, at: &Path) {
    // A link that cannot be made is a file that is not there; who needs it says so.
    let _ = at.parent().map(std::fs::create_dir_all);
    let _ = std::os::unix::fs::symlink(target, at);
}

#[cfg(not(unix))]
fn make_link(_target: &Path, _at: &Path) {}

/// What git prints, or what it says is wrong.
fn git(folder: &Path, arguments: &[&str]) -> Result<Result<String, String>, Problem> {
    let output = command(folder, arguments).stdin(Stdio::null()).output().map_err(|error| no_git(&error))?;
    if output.status.success() {
        return Ok(Ok(String::from_utf8_lossy(&output.stdout).into_owned()));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or_default();
    Ok(Err(clean(first.strip_prefix("fatal: ").unwrap_or(first))))
}

/// It asks nobody, fetches nothing and writes nothing.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).env("LC_ALL", "C");
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1");
    command
}

fn clean(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(200).collect()
}

fn no_git(error: &std::io::Error) -> Problem {
    Problem::error("lepton::git::no-git", format!("`git` cannot be run: {error}"))
        .help("install git, or compare with a folder instead")
}

fn unpacked(error: &std::io::Error) -> Problem {
    Problem::error("lepton::git::unpack", format!("the commit cannot be unpacked: {error}"))
        .help("check the space left for temporary files, and that the clone is whole")
}

fn unreadable(commit: &str, said: &str) -> Problem {
    Problem::error("lepton::git::unreadable", format!("the files of commit {commit} cannot be listed: {said}"))
        .help("check the repository: `git fsck`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_the_folder() {
        let inside = |path: &str| entry(&format!("100644 blob abc 1\t{path}")).is_some();
        assert!(inside("infra/main.tf") && inside("a b/ä.tf"));
        assert!(!inside("../main.tf") && !inside("/etc/x") && !inside("a/../../b") && !inside("a/.git/config"));
        let stays = |link: &str, target: &str| stays_inside(Path::new(link), Path::new(target));
        assert!(stays("infra/prod/vars.tf", "../shared/vars.tf") && stays("a", "b/c"));
        assert!(!stays("infra/vars.tf", "../../vars.tf") && !stays("a", "/etc/passwd") && !stays("a/b", "l/../../x"));
    }

    #[test]
    fn other_entries_than_small_files_are_left() {
        assert!(entry("160000 commit abc -\tsubmodule").is_none());
        assert!(entry("100644 blob abc 999999999\tdump.sql").is_none());
        assert!(entry("040000 tree abc -\tfolder").is_none() && entry("").is_none());
        assert!(entry("120000 blob abc 4\tlink").is_some_and(|entry| entry.is_link));
    }

    #[test]
    fn names_that_are_options_are_refused() {
        let repository = Repository { top: PathBuf::from("."), folder: PathBuf::new() };
        for name in ["", "--output=x", "-h", "a\nb"] {
            let problem = repository.commit(name).unwrap_err();
            assert_eq!(problem.code(), "lepton::git::reference", "{name:?}");
        }
    }
}
