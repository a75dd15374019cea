//! Modules from elsewhere, brought here because the user asked for it: out of repositories, registries and archives,
//! into a cache, noted in a lock file.
//!
//! Sources are written by others: a name is never an option, protocols are few, and what is fetched is bounded. What
//! the lock file names is taken from the cache without asking anyone.

mod archive;
mod git;
mod http;
mod lock;
mod object;
mod registry;
mod source;
mod version;

pub use object::{Object, Objects, is_url};

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::input::masked;
use crate::model::Problem;
use http::Client;
pub(crate) use http::{is_this_machine, shown, unreachable};
use lock::{Lock, Locked, Pin};
use registry::Registry;
use source::Location;

/// Brings modules here, each once.
pub struct Fetcher {
    cache: PathBuf,
    client: Client,
    state: Mutex<State>,
}

struct State {
    lock: Lock,
    /// Where modules are, by their source and version; `None` of those that failed.
    known: HashMap<(String, Option<String>), Option<PathBuf>>,
    problems: Vec<Problem>,
}

impl Fetcher {
    /// A fetcher with its cache and its lock file, which need not be there, and the tokens of registries by host.
    pub fn new(cache: PathBuf, lock_file: &Path, tokens: HashMap<String, String>) -> Result<Self, Problem> {
        let state = State { lock: Lock::read(lock_file)?, known: HashMap::new(), problems: Vec::new() };
        Ok(Self { cache, client: Client::new(tokens), state: Mutex::new(state) })
    }

    /// The folder of a module, fetched unless it is here. Why it cannot be is kept for [`Fetcher::take_problems`].
    pub fn find(&self, source: &str, version: Option<&str>) -> Option<PathBuf> {
        let mut state = self.state();
        let key = (source.to_owned(), version.map(str::to_owned));
        if let Some(known) = state.known.get(&key) {
            return known.clone();
        }
        let found = self.folder(source, version, &mut state.lock);
        if let Err(reason) = &found {
            state.problems.push(failed(source, reason));
        }
        let found = found.ok();
        state.known.insert(key, found.clone());
        found
    }

    /// Why modules could not be fetched, each told once.
    pub fn take_problems(&self) -> Vec<Problem> {
        std::mem::take(&mut self.state().problems)
    }

    /// The folder of a module, or why there is none.
    fn folder(&self, source: &str, version: Option<&str>, lock: &mut Lock) -> Result<PathBuf, String> {
        let location = Location::of(source)?;
        let name = masked(source);
        let shelf = self.cache.join(digest(location.identity().as_bytes()));
        let locked = lock.get(&name, version);
        let here = locked.filter(|locked| shelf.join(locked.pin.text()).is_dir()).cloned();
        let taken = match here {
            Some(here) => here,
            None => self.fetch(&location, version, locked, &shelf)?,
        };
        let top = inside(&shelf.join(taken.pin.text()), &taken.folder)?;
        // The folder that a source of a registry names is below the one that the registry names.
        let folder = match &location {
            Location::Registry(named) => inside(&top, &named.folder)?,
            _ => top,
        };
        lock.set(&name, version, taken)?;
        Ok(folder)
    }

    /// Brings here what is locked, or else what is newest.
    fn fetch(
        &self,
        location: &Location,
        version: Option<&str>,
        locked: Option<&Locked>,
        shelf: &Path,
    ) -> Result<Locked, String> {
        let commit = match locked.map(|locked| &locked.pin) {
            Some(Pin::Commit(commit)) => Some(commit.as_str()),
            _ => None,
        };
        let sum = match locked.map(|locked| &locked.pin) {
            Some(Pin::Archive(sum)) => Some(sum.as_str()),
            _ => None,
        };
        let (version, pin) = match location {
            Location::Git(remote) => (None, Pin::Commit(git::fetch(remote, commit, shelf)?)),
            Location::Archive(packed) => {
                (None, Pin::Archive(archive::fetch(&packed.url, packed.kind, sum, shelf, &self.client)?))
            }
            Location::Registry(named) => {
                let registry = Registry::of(&named.host, &self.client)?;
                let version = match locked.and_then(|locked| locked.version.clone()) {
                    Some(version) => version,
                    None => registry.newest(named, version)?,
                };
                let there = registry.location(named, &version)?;
                let taken = self.fetch(&there, None, locked, shelf)?;
                return Ok(Locked { version: Some(version), ..taken });
            }
        };
        Ok(Locked { version, pin, folder: location.folder().to_owned() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A folder in another; `*` stands for the only one that is there.
fn inside(top: &Path, folder: &str) -> Result<PathBuf, String> {
    let mut path = top.to_owned();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        if part != "*" {
            path.push(part);
            continue;
        }
        let entries = std::fs::read_dir(&path).into_iter().flatten().filter_map(Result::ok);
        let mut folders = entries.map(|entry| entry.path()).filter(|path| path.is_dir());
        path = folders.next().filter(|_| folders.next().is_none()).ok_or("`*` stands for one folder alone")?;
    }
    // A link in what is fetched must not lead out of it.
    let real = |path: &Path| path.canonicalize().ok().filter(|path| path.is_dir());
    let is_inside = real(&path).zip(real(top)).is_some_and(|(path, top)| path.starts_with(top));
    if is_inside { Ok(path) } else { Err(format!("it has no folder `{folder}`")) }
}

/// Puts a folder of files where the cache has it. Another run may have been faster; both have the same files.
fn shelve(files: &Path, folder: &Path) -> Result<(), String> {
    match std::fs::rename(files, folder) {
        Err(error) if !folder.is_dir() => Err(cannot_write(folder, &error)),
        _ => Ok(()),
    }
}

/// The SHA-256 of bytes, in hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> String {
    format!("`{}` cannot be written: {error}", path.display())
}

fn failed(source: &str, reason: &str) -> Problem {
    let source = masked(source);
    Problem::warning("lepton::fetch::failed", format!("`{source}` could not be fetched: {reason}"))
        .help("run `terraform init`, or name a local copy in lepton.hcl")
}
