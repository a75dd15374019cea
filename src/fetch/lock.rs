//! The lock file: which version, commit or archive of each source was taken, so that the next run takes the same.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use hcl::edit::expr::Expression;
use hcl::edit::structure::Body;

use crate::lang::parse_body;
use crate::model::{Problem, Source};

/// The largest file that is read.
const LARGEST: u64 = 4 << 20;

/// The file, and what it says.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    modules: BTreeMap<Key, Locked>,
}

/// A source and its version constraint, which may be empty.
type Key = (String, String);

/// What was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Locked {
    /// The version, of a module of a registry.
    pub(super) version: Option<String>,
    pub(super) pin: Pin,
    /// The folder in it, which the source need not say itself.
    pub(super) folder: String,
}

/// What cannot become anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pin {
    /// The id of a commit.
    Commit(String),
    /// The SHA-256 of an archive.
    Archive(String),
}

impl Pin {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Commit(text) | Self::Archive(text) => text,
        }
    }
}

impl Lock {
    /// Reads a file; none is an empty one.
    pub(super) fn read(path: &Path) -> Result<Self, Problem> {
        let unreadable = |reason: String| {
            Problem::error("lepton::fetch::lock", format!("`{}` cannot be read: {reason}", path.display()))
                .help("correct the file, or delete it to lock all modules anew")
        };
        let mut lock = Self { path: path.to_owned(), modules: BTreeMap::new() };
        let length = match std::fs::metadata(path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(lock),
            Err(error) => return Err(unreadable(error.to_string())),
        };
        if length > LARGEST {
            return Err(unreadable(format!("it has {length} bytes, more than {LARGEST}")));
        }
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
        let source = Source::new(path.display().to_string(), text);
        for block in parse_body(&source)?.get_blocks("module") {
            let label = |index: usize| block.labels.get(index).map(|label| label.as_str().to_owned());
            let source = label(0).unwrap_or_default();
            let locked = locked(&block.body);
            let locked = locked.ok_or_else(|| unreadable(format!("`{source}` has no whole `commit` or `sha256`")))?;
            lock.modules.insert((source, label(1).unwrap_or_default()), locked);
        }
        Ok(lock)
    }

    /// What a source is locked to.
    pub(super) fn get(&self, source: &str, version: Option<&str>) -> Option<&Locked> {
        self.modules.get(&key(source, version))
    }

    /// Locks a source, and writes the file if that is new.
    pub(super) fn set(&mut self, source: &str, version: Option<&str>, locked: Locked) -> Result<(), String> {
        if self.get(source, version) == Some(&locked) {
            return Ok(());
        }
        self.modules.insert(key(source, version), locked);
        self.write().map_err(|error| super::cannot_write(&self.path, &error))
    }

    /// Writes a new file in the place of the old one.
    fn write(&self) -> std::io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(self.text().as_bytes())?;
        file.persist(&self.path)?;
        Ok(())
    }

    fn text(&self) -> String {
        let mut body = hcl::Body::builder();
        for ((source, version), locked) in &self.modules {
            let labels = [source, version].into_iter().filter(|label| !label.is_empty());
            let mut block = hcl::Block::builder("module").add_labels(labels.map(String::as_str));
            if let Some(version) = &locked.version {
                block = block.add_attribute(("version", version.as_str()));
            }
            let kind = if matches!(locked.pin, Pin::Commit(_)) { "commit" } else { "sha256" };
            block = block.add_attribute((kind, locked.pin.text()));
            if !locked.folder.is_empty() {
                block = block.add_attribute(("folder", locked.folder.as_str()));
            }
            body = body.add_block(block.build());
        }
        let text = hcl::to_string(&body.build()).expect("a body of texts can be written");
        format!("# What `--fetch-modules` took. Delete a block to take what is newest.\n\n{text}")
    }
}

fn key(source: &str, version: Option<&str>) -> Key {
    (source.to_owned(), version.unwrap_or_default().to_owned())
}

fn locked(body: &Body) -> Option<Locked> {
    let text = |name: &str| match &body.get_attribute(name)?.value {
        Expression::String(text) => Some(text.as_str().to_owned()),
        _ => None,
    };
    let commit = text("commit").map(Pin::Commit);
    let pin = commit.or_else(|| text("sha256").map(Pin::Archive)).filter(|pin| is_id(pin.text()))?;
    let version = text("version");
    let is_version = version.as_deref().is_none_or(|version| semver::Version::parse(version).is_ok());
    let folder = super::source::inner_folder(&text("folder").unwrap_or_default()).ok()?;
    is_version.then_some(Locked { version, pin, folder })
}

/// Whether a text is the whole id of a commit, or a SHA-256.
pub(super) fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/modules.lock.hcl");
        let commit = Pin::Commit("0123456789abcdef0123456789abcdef01234567".into());
        let git = Locked { version: None, pin: commit, folder: "modules/a".into() };
        let archive = Pin::Archive("ab".repeat(32));
        let archive = Locked { version: Some("5.1.0".into()), pin: archive, folder: String::new() };
        let source = "git::https://example.com/${a}\"b.git?ref=v1";
        let mut lock = Lock::read(&path).unwrap();
        lock.set(source, None, git.clone()).unwrap();
        lock.set("a/b/c", Some("~> 5.0"), archive.clone()).unwrap();
        let read = Lock::read(&path).unwrap();
        assert_eq!(read.get(source, None), Some(&git), "{}", std::fs::read_to_string(&path).unwrap());
        assert_eq!(read.get("a/b/c", Some("~> 5.0")), Some(&archive));
        assert_eq!(read.get("a/b/c", None), None);
    }

    #[test]
    fn a_lock_that_is_none_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock.hcl");
        let commit = "0123456789abcdef0123456789abcdef01234567";
        let outside = format!("module \"a\" {{\n  commit = \"{commit}\"\n  folder = \"../b\"\n}}");
        for text in ["module \"a\" {}", "module \"a\" { commit = \"--exec\" }", "module \"a\" {", &outside] {
            std::fs::write(&path, text).unwrap();
            assert!(Lock::read(&path).is_err(), "{text}");
        }
    }
}
