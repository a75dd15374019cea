//! The files that a module's functions may read: regular files below one folder, and no others.
//!
//! A configuration may come from a pull request of anyone. What it names outside of the folder is refused by name
//! alone, so that not even the existence of a file there is told, and links that lead out are not followed.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::lang::{FileKind, Files};

/// A folder with more entries is not searched.
const MOST_ENTRIES: usize = 100_000;
/// Repositories keep credentials of their servers here.
const HIDDEN: &str = ".git";

/// The files below a folder, for expressions of modules.
#[derive(Debug)]
pub struct ModuleFiles {
    /// Where Terraform runs: the folder of the root module, absolute, links resolved.
    root: PathBuf,
    /// Nothing outside of this folder is read. Links resolved.
    base: PathBuf,
    /// Both as they were given, which absolute paths in the configuration may repeat, with what they are.
    given: [(PathBuf, PathBuf); 2],
    folder: String,
    home: Option<String>,
}

impl ModuleFiles {
    /// The files below `base` for a root module in `root`, which is `base` itself or below it.
    pub fn new(root: &Path, base: &Path) -> io::Result<Self> {
        let both = |path: &Path| Ok::<_, io::Error>((plain(&std::path::absolute(path)?), fs::canonicalize(path)?));
        let (root, base) = (both(root)?, both(base)?);
        let folder = slashed(&root.0).unwrap_or_default();
        let home = std::env::home_dir().as_deref().and_then(slashed);
        Ok(Self { root: root.1.clone(), base: base.1.clone(), given: [root, base], folder, home })
    }

    /// The real path of what is there; `None` if nothing is.
    fn find(&self, path: &str) -> Result<Option<PathBuf>, String> {
        let below = self.below_base(Path::new(path)).ok_or_else(|| self.outside())?;
        let mut real = self.base.clone();
        for component in below.components() {
            let next = real.join(component);
            real = match fs::canonicalize(&next) {
                Ok(inside) if inside.starts_with(&self.base) => inside,
                // Whether there is something outside that a link names must not show.
                Ok(_) => return Err(self.leads_out()),
                Err(_) if next.is_symlink() => return Err(self.leads_out()),
                Err(error) if is_absent(&error) => return Ok(None),
                Err(error) => return Err(unreadable(&error)),
            };
            if real.components().any(|component| is_hidden(component.as_os_str())) {
                return Err(format!("lies in a `{HIDDEN}` folder, which is not read"));
            }
        }
        Ok(Some(real))
    }

    /// The path from the base on, by its name alone, if it lies below it; links in it are not looked at.
    fn below_base(&self, path: &Path) -> Option<PathBuf> {
        let whole = plain(&self.root.join(path));
        let known = self.given.iter().find_map(|(given, real)| Some(real.join(whole.strip_prefix(given).ok()?)));
        known.unwrap_or(whole).strip_prefix(&self.base).map(Path::to_owned).ok()
    }

    fn leads_out(&self) -> String {
        format!("is a link that leads out of `{}`, or nowhere", self.base.display())
    }

    fn outside(&self) -> String {
        format!("lies outside of `{}`, and nothing there is read", self.base.display())
    }
}

impl Files for ModuleFiles {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, String> {
        let Some(real) = self.find(path)? else {
            return Err("does not exist; only files that are part of the configuration can be read".to_owned());
        };
        // Opening a pipe would wait for a writer.
        match kind_of(fs::symlink_metadata(&real).map_err(|error| unreadable(&error))?.file_type()) {
            FileKind::File => {}
            FileKind::Folder => return Err("is a folder, not a file".to_owned()),
            FileKind::Link | FileKind::Other => return Err("is no regular file".to_owned()),
        }
        let mut bytes = Vec::new();
        let read = fs::File::open(&real).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
        read.map_err(|error| unreadable(&error))?;
        if bytes.len() as u64 > most {
            return Err(format!("holds more than {} MiB", most >> 20));
        }
        Ok(bytes)
    }

    fn kind(&self, path: &str) -> Result<Option<FileKind>, String> {
        let Some(real) = self.find(path)? else { return Ok(None) };
        match fs::symlink_metadata(real) {
            Ok(metadata) => Ok(Some(kind_of(metadata.file_type()))),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(unreadable(&error)),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<(String, FileKind)>, String> {
        let real = match self.find(folder)? {
            Some(real) if real.is_dir() => real,
            _ => return Ok(Vec::new()),
        };
        let mut found = Vec::new();
        for entry in fs::read_dir(real).map_err(|error| unreadable(&error))? {
            let (name, kind) = entry
                .and_then(|entry| Ok((entry.file_name(), entry.file_type()?)))
                .map_err(|error| unreadable(&error))?;
            // A name that is no text cannot be told apart in an expression.
            let Some(text) = name.to_str().filter(|_| !is_hidden(&name)) else { continue };
            if found.len() == MOST_ENTRIES {
                return Err(format!("holds more than {MOST_ENTRIES} entries"));
            }
            found.push((text.to_owned(), kind_of(kind)));
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(found)
    }

    fn folder(&self) -> &str {
        &self.folder
    }

    fn home(&self) -> Option<&str> {
        self.home.as_deref()
    }
}

/// A path without `.` and `..`, by its text alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

fn is_hidden(name: &OsStr) -> bool {
    name.eq_ignore_ascii_case(HIDDEN)
}

fn unreadable(error: &io::Error) -> String {
    format!("cannot be read: {}", error.kind())
}

/// Whether nothing is there: a file cannot hold files, either.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn kind_of(kind: fs::FileType) -> FileKind {
    match kind {
        _ if kind.is_file() => FileKind::File,
        _ if kind.is_dir() => FileKind::Folder,
        _ if kind.is_symlink() => FileKind::Link,
        _ => FileKind::Other,
    }
}

/// A path as expressions write it.
fn slashed(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() })
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A module in `repository/module`, secrets beside it, and links of every kind. One folder per test.
    fn files(name: &str) -> (PathBuf, ModuleFiles) {
        let top = std::env::temp_dir().join(format!("lepton-module-files-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&top);
        let base = top.join("repository");
        for folder in ["module/sub", "shared", ".git"] {
            fs::create_dir_all(base.join(folder)).unwrap();
        }
        let texts = [("module/a.txt", "a"), ("module/sub/b.txt", "b"), ("shared/c.txt", "c"), (".git/config", "token")];
        for (path, text) in texts {
            fs::write(base.join(path), text).unwrap();
        }
        fs::write(top.join("secret"), "s3cr3t").unwrap();
        symlink(top.join("secret"), base.join("module/out")).unwrap();
        symlink(top.join("absent"), base.join("module/nowhere")).unwrap();
        symlink(&top, base.join("module/above")).unwrap();
        symlink("../shared", base.join("module/inside")).unwrap();
        symlink("../.git", base.join("module/git")).unwrap();
        let files = ModuleFiles::new(&base.join("module"), &base).unwrap();
        (top, files)
    }

    fn text(files: &ModuleFiles, path: &str) -> Result<String, String> {
        files.read(path, 100).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn files_below_the_base_are_read() {
        let (top, files) = files("below");
        let absolute = top.join("repository/module/a.txt");
        for (path, found) in [
            ("a.txt", "a"),
            ("./sub/../a.txt", "a"),
            ("../shared/c.txt", "c"),
            ("inside/c.txt", "c"),
            (absolute.to_str().unwrap(), "a"),
            (&format!("{}/a.txt", files.folder()), "a"),
        ] {
            assert_eq!(text(&files, path).as_deref(), Ok(found), "{path}");
            assert_eq!(files.kind(path), Ok(Some(FileKind::File)), "{path}");
        }
        for path in ["absent", "absent/a.txt", "a.txt/b", "inside/absent"] {
            assert_eq!(files.kind(path), Ok(None), "{path}");
            assert!(text(&files, path).unwrap_err().contains("does not exist"), "{path}");
        }
        assert_eq!(files.kind("inside"), Ok(Some(FileKind::Folder)));
        assert!(text(&files, "sub").unwrap_err().contains("is a folder"));
        fs::remove_dir_all(top).unwrap();
    }

    #[test]
    fn nothing_outside_of_the_base_is_read_or_told() {
        let (top, files) = files("outside");
        let secret = top.join("secret");
        for path in ["../../secret", "../../absent", "/etc/passwd", "/absent", "/", secret.to_str().unwrap()] {
            assert!(text(&files, path).unwrap_err().contains("lies outside"), "{path}");
            assert!(files.kind(path).is_err() && files.list(path).is_err(), "{path}");
        }
        let told: Vec<String> = ["out", "nowhere", "above/secret", "above/absent", "above/repository/module/a.txt"]
            .iter()
            .map(|path| files.kind(path).unwrap_err())
            .collect();
        assert!(told.iter().all(|said| *said == told[0] && said.contains("leads out")), "{told:?}");
        for path in ["../.git/config", "git/config", "../.git/absent"] {
            assert!(text(&files, path).unwrap_err().contains("`.git` folder"), "{path}");
        }
        fs::remove_dir_all(top).unwrap();
    }

    #[test]
    fn only_regular_files_of_a_bounded_size_are_read() {
        let (top, files) = files("regular");
        let module = top.join("repository/module");
        assert!(files.read("a.txt", 0).unwrap_err().contains("holds more than"));
        let socket = std::os::unix::net::UnixListener::bind(module.join("socket")).unwrap();
        assert_eq!(files.kind("socket"), Ok(Some(FileKind::Other)));
        assert!(text(&files, "socket").unwrap_err().contains("no regular file"));
        drop(socket);
        fs::remove_dir_all(top).unwrap();
    }

    #[test]
    fn folders_are_listed_by_name() {
        let (top, files) = files("list");
        let listed = files.list(".").unwrap();
        let shown: Vec<String> = listed.iter().map(|(name, kind)| format!("{name} {kind:?}")).collect();
        let links = ["git Link", "inside Link", "nowhere Link", "out Link"];
        assert_eq!(shown, [&["a.txt File", "above Link"], &links[..], &["sub Folder"]].concat());
        let above: Vec<(String, FileKind)> = files.list("..").unwrap();
        assert_eq!(above, [("module".to_owned(), FileKind::Folder), ("shared".to_owned(), FileKind::Folder)]);
        assert_eq!((files.list("absent"), files.list("a.txt")), (Ok(Vec::new()), Ok(Vec::new())));
        fs::remove_dir_all(top).unwrap();
    }
}
