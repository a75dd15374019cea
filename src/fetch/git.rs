//! A commit of a repository elsewhere, unpacked into the cache.

use std::fs;
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::cannot_write;
use super::lock::is_id;
use super::source::Remote;
use crate::input::{Repository, masked};

/// How long one run of `git` takes.
const LONGEST: Duration = Duration::from_secs(180);
/// How much is read of what `git` says.
const MOST_SAID: u64 = 4096;

/// Fetches the commit that is locked, or else the one that the source names, onto a shelf of the cache; the id of the
/// commit, which is the name of its folder there.
pub(super) fn fetch(remote: &Remote, locked: Option<&str>, shelf: &Path) -> Result<String, String> {
    fs::create_dir_all(shelf).map_err(|error| cannot_write(shelf, &error))?;
    let work = tempfile::Builder::new().prefix(".fetch-").tempdir_in(shelf);
    let work = work.map_err(|error| cannot_write(shelf, &error))?;
    let clone = work.path().join("clone");
    run(Command::new("git").args(["init", "--quiet", "--bare", "--template=", "--"]).arg(&clone), remote)?;
    let commit = download(remote, locked, &clone)?;
    if !shelf.join(&commit).is_dir() {
        let files = work.path().join("files");
        fs::create_dir(&files).map_err(|error| cannot_write(&files, &error))?;
        let repository = Repository { top: clone, folder: PathBuf::new() };
        repository.unpack(&commit, &files).map_err(|problem| problem.to_string())?;
        super::shelve(&files, &shelf.join(&commit))?;
    }
    Ok(commit)
}

/// Downloads what is wanted; the id of its commit.
fn download(remote: &Remote, locked: Option<&str>, clone: &Path) -> Result<String, String> {
    let wanted = locked.or(remote.reference.as_deref()).unwrap_or("HEAD");
    let depth = format!("--depth={}", remote.depth);
    let shallow = run(git(clone).args(["fetch", "--quiet", "--no-tags", &depth, "--", &remote.url, wanted]), remote);
    let name = match shallow {
        Ok(_) => "FETCH_HEAD",
        // Servers need not give a commit by its id, and give none by the start of it: look among all.
        Err(_) if wanted.len() >= 7 && wanted.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            let all = ["fetch", "--quiet", "--tags", "--", &remote.url, "+refs/heads/*:refs/heads/*"];
            run(git(clone).args(all), remote)?;
            wanted
        }
        Err(reason) => return Err(reason),
    };
    let name = format!("{name}^{{commit}}");
    let commit = run(git(clone).args(["rev-parse", "--verify", "--quiet", "--end-of-options", &name]), remote)?;
    let commit = commit.trim();
    if !is_id(commit) || locked.is_some_and(|locked| locked != commit) {
        return Err(format!("the repository has no commit `{wanted}`"));
    }
    Ok(commit.to_owned())
}

fn git(clone: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("--git-dir").arg(clone);
    command
}

/// What `git` prints, or why it failed. It asks nobody, and is stopped after a while.
fn run(command: &mut Command, remote: &Remote) -> Result<String, String> {
    let cannot_run = |error: std::io::Error| format!("`git` cannot be run: {error}");
    let mut printed = tempfile::tempfile().map_err(cannot_run)?;
    let mut said = tempfile::tempfile().map_err(cannot_run)?;
    command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_ALLOW_PROTOCOL", "https:ssh:file");
    command.env("GIT_SSH_COMMAND", ssh()).env("GIT_ASKPASS", "").env("SSH_ASKPASS", "");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command.stdout(printed.try_clone().map_err(cannot_run)?).stderr(said.try_clone().map_err(cannot_run)?);
    let mut child = command.spawn().map_err(cannot_run)?;
    let start = Instant::now();
    let status = loop {
        match child.try_wait().map_err(cannot_run)? {
            Some(status) => break status,
            None if start.elapsed() > LONGEST => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("`git` took longer than {} seconds", LONGEST.as_secs()));
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    if status.success() {
        return Ok(text_of(&mut printed));
    }
    Err(reason(&text_of(&mut said), remote))
}

/// What the user says of ssh, and else ssh that asks nothing.
fn ssh() -> std::ffi::OsString {
    std::env::var_os("GIT_SSH_COMMAND").unwrap_or_else(|| "ssh -o BatchMode=yes".into())
}

fn text_of(file: &mut fs::File) -> String {
    let mut bytes = Vec::new();
    // What cannot be read back is as good as not said.
    let _ = file.rewind();
    let _ = file.take(MOST_SAID).read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first line that says what is wrong, without passwords.
fn reason(said: &str, remote: &Remote) -> String {
    let told = said.replace(&remote.url, &masked(&remote.url));
    let lines = || told.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines().find(|line| line.starts_with("fatal: ")).or_else(|| lines().next());
    let line = line.unwrap_or("`git` did not say why");
    line.trim_start_matches("fatal: ").chars().filter(|letter| !letter.is_control()).take(200).collect()
}
