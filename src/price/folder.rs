//! A price book in a folder: sheets for people, the same compiled for lepton, and a manifest that proves both.
//!
//! ```text
//! DIR/manifest.json          what was read when, and the SHA-256 of every file
//! DIR/aws/amazonec2.csv …    a sheet a service
//! DIR/book.fst …             the sheets compiled, in five parts
//! ```
//!
//! A book is written beside the one that it replaces and then takes its place, so that there is a whole one at any
//! time. Where a run is cut between the two steps, what it put aside is still read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::compile::{Fallbacks, compile};
use super::layer::Layer;
use super::{Book, Sheet};
use crate::model::Problem;

/// The name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// The version of the manifest that this version of lepton writes and reads.
const VERSION: u32 = 1;

/// The compiled parts, in the order of [`Layer::of`].
const PARTS: [&str; 5] = ["book.fst", "book.meters", "book.tiers", "book.decimals", "book.names"];

/// No file of a book is longer.
const LARGEST: u64 = 1 << 30;

/// What a book in a folder is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The version of this layout.
    pub version: u32,
    /// When the book was written, as `YYYY-MM-DDThh:mm:ssZ`.
    pub written: String,
    /// Each file by its path below the folder, with `/`.
    pub files: BTreeMap<String, FileEntry>,
    /// What was read, by its address without anything secret.
    #[serde(default)]
    pub origins: BTreeMap<String, Origin>,
}

/// A file of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileEntry {
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A document that prices were read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The day it states, or else that on which it was read.
    pub as_of: String,
    /// Its length as it was read.
    pub bytes: u64,
    /// What the server calls this version of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When the server says that it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// What was asked of it, as a digest: if another time more is asked, it is read again though it did not change.
    #[serde(default)]
    pub asked: String,
    /// The sheets that it gave prices to, by their paths.
    #[serde(default)]
    pub sheets: Vec<String>,
}

/// The book in a folder, and its manifest; `None` if there is no such folder.
///
/// Only the compiled parts are read, and proved by the manifest.
pub fn load(folder: &Path) -> Result<Option<(Book, Manifest)>, Problem> {
    let Some((folder, manifest)) = manifest(folder)? else { return Ok(None) };
    let [fst, meters, tiers, decimals, names] = PARTS.map(|name| part(&folder, &manifest, name));
    let names = String::from_utf8(names?).map_err(|_| broken(&folder, "book.names", "it is not UTF-8"))?;
    let (fst, meters, tiers, decimals) = (fst?, meters?, tiers?, decimals?);
    let layer = Layer::of(Cow::Owned(fst), Cow::Owned(meters), Cow::Owned(tiers), Cow::Owned(decimals), &names)
        .map_err(|message| broken(&folder, "book.fst", &message))?;
    Ok(Some((Book::of(layer), manifest)))
}

/// The manifest of the book in a folder, with the folder where it really is.
pub fn manifest(folder: &Path) -> Result<Option<(PathBuf, Manifest)>, Problem> {
    let Some(folder) =
        [folder.to_owned(), beside(folder, ".old")].into_iter().find(|path| path.join(MANIFEST).exists())
    else {
        if folder.join(PARTS[0]).exists() {
            return Err(broken(folder, MANIFEST, "it is missing"));
        }
        return Ok(None);
    };
    let bytes = read(&folder.join(MANIFEST))?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| {
        broken(&folder, MANIFEST, &format!("it is no manifest: line {}, column {}", error.line(), error.column()))
    })?;
    if manifest.version != VERSION {
        return Err(broken(&folder, MANIFEST, &format!("its version {} is not {VERSION}", manifest.version)));
    }
    Ok(Some((folder, manifest)))
}

/// Every sheet of the book in a folder, each proved by the manifest.
pub fn sheets(folder: &Path, manifest: &Manifest) -> Result<Vec<Sheet>, Problem> {
    let is_sheet = |name: &&String| name.contains('/') && name.ends_with(".csv");
    let sheet = |name: &String| {
        let text =
            String::from_utf8(part(folder, manifest, name)?).map_err(|_| broken(folder, name, "it is not UTF-8"))?;
        Sheet::parse(name, &text).map_err(|error| broken(folder, name, &error.to_string()))
    };
    manifest.files.keys().filter(is_sheet).map(sheet).collect()
}

/// What is wrong with any file that the manifest names.
pub fn check(folder: &Path, manifest: &Manifest) -> Vec<Problem> {
    manifest.files.keys().filter_map(|name| part(folder, manifest, name).err()).collect()
}

/// Writes a book in place of what the folder has. Files that are no part of a book are kept.
pub fn write(
    folder: &Path,
    sheets: &[Sheet],
    written: &str,
    origins: BTreeMap<String, Origin>,
) -> Result<Manifest, Problem> {
    let compiled = compile(sheets, &Fallbacks::new()).map_err(|error| {
        Problem::error("lepton::prices::book", format!("the prices make no book: {error}"))
            .help("nothing was written; the book is as it was")
    })?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::with_capacity(sheets.len() + PARTS.len());
    for sheet in sheets {
        files.push((format!("{}/{}", sheet.provider(), sheet.file_name()), sheet.to_csv().into_bytes()));
    }
    let parts = [compiled.fst, compiled.meters, compiled.tiers, compiled.decimals, compiled.names.into_bytes()];
    files.extend(PARTS.map(String::from).into_iter().zip(parts));
    let entry = |(name, bytes): &(String, Vec<u8>)| {
        (name.clone(), FileEntry { bytes: bytes.len() as u64, sha256: sha256(bytes) })
    };
    let manifest =
        Manifest { version: VERSION, written: written.into(), files: files.iter().map(entry).collect(), origins };
    let mut text = serde_json::to_string_pretty(&manifest).expect("a manifest is JSON");
    text.push('\n');
    files.push((MANIFEST.into(), text.into_bytes()));
    put(folder, &files).map_err(|error| {
        Problem::error("lepton::prices::write", format!("`{}` cannot be written: {error}", folder.display()))
            .help("the book is as it was; give another folder by --to")
    })?;
    Ok(manifest)
}

/// Puts files into a new folder, and that in the place of the old one.
fn put(folder: &Path, files: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    let (new, old) = (beside(folder, ".new"), beside(folder, ".old"));
    for left in [&new, &old] {
        if left.exists() && (folder.exists() || left == &new) {
            fs::remove_dir_all(left)?;
        }
    }
    fs::create_dir_all(&new)?;
    if folder.exists() {
        let known: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
        keep(folder, &new, &known)?;
    }
    for (name, bytes) in files {
        let path = new.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&new))?;
        let mut file = fs::File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    if folder.exists() {
        fs::rename(folder, &old)?;
    }
    fs::rename(&new, folder)?;
    if old.exists() { fs::remove_dir_all(old) } else { Ok(()) }
}

/// Copies what is not written anew. A sheet that no longer is one of the book goes.
fn keep(from: &Path, to: &Path, known: &[PathBuf]) -> std::io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            keep(&path, &target, known)?;
        } else if !known.contains(&path) {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

/// The bytes of a file that the manifest names, if they are those.
fn part(folder: &Path, manifest: &Manifest, name: &str) -> Result<Vec<u8>, Problem> {
    let Some(entry) = manifest.files.get(name) else {
        return Err(broken(folder, name, "the manifest does not name it"));
    };
    let is_below = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if !is_below {
        return Err(broken(folder, MANIFEST, "it names a file outside of the folder"));
    }
    let bytes = read(&folder.join(name))?;
    if bytes.len() as u64 != entry.bytes || sha256(&bytes) != entry.sha256 {
        return Err(broken(folder, name, "it is not what the manifest says"));
    }
    Ok(bytes)
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: String| {
        Problem::error("lepton::prices::unreadable", format!("`{}` cannot be read: {error}", path.display())).help(HELP)
    };
    let length = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > LARGEST {
        return Err(unreadable(format!("it has {length} bytes, more than {LARGEST}")));
    }
    fs::read(path).map_err(|error| unreadable(error.to_string()))
}

const HELP: &str = "write the book again with `lepton catalog refresh`, or give `--prices embedded` to do without it";

fn broken(folder: &Path, name: &str, why: &str) -> Problem {
    let path = folder.join(name);
    Problem::error("lepton::prices::broken", format!("the price book is not whole: `{}`: {why}", path.display()))
        .help(HELP)
}

/// A folder of the same name with an ending more.
pub fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = folder.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::{Key, Lookup};

    const SHEET: &str = "\
# service: AmazonS3
# provider: aws
# source fresh | 2026-11 | USD | a list of today
usage_type,operation,unit,from,source,us-east-1
Storage,Standard,GB-Mo,0,fresh,0.021
";

    fn sheet(text: &str) -> Sheet {
        Sheet::parse("s3.csv", text).expect("a sheet")
    }

    fn price(book: &Book) -> String {
        let columns = [("usage_type".into(), "Storage".into()), ("operation".into(), "Standard".into())];
        match book.find(&Key { provider: "aws", service: "AmazonS3", columns: &columns, region: "us-east-1" }) {
            Lookup::Found(price) => price.tiers[0].price.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_book_is_read_as_it_was_written_and_replaced_as_a_whole() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("prices");
        assert!(load(&folder).expect("no book is none").is_none());
        write(&folder, &[sheet(SHEET)], "2026-11-28T00:00:00Z", BTreeMap::new()).expect("a book");
        fs::write(folder.join("notes.txt"), "mine").expect("a file");
        write(&folder, &[sheet(&SHEET.replace("0.021", "0.019"))], "2026-11-29T00:00:00Z", BTreeMap::new())
            .expect("it");
        let (book, manifest) = load(&folder).expect("whole").expect("a book");
        assert_eq!((price(&book).as_str(), manifest.written.as_str()), ("0.019", "2026-11-29T00:00:00Z"));
        assert_eq!(sheets(&folder, &manifest).expect("whole").len(), 1);
        assert!(folder.join("notes.txt").exists());
        assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_book_that_was_touched_is_refused() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("prices");
        let manifest = write(&folder, &[sheet(SHEET)], "2026-11-28T00:00:00Z", BTreeMap::new()).expect("a book");
        for name in manifest.files.keys() {
            let path = folder.join(name);
            let bytes = fs::read(&path).expect("a file");
            let mut other = bytes.clone();
            if let Some(last) = other.last_mut() {
                *last ^= 1;
            }
            for touched in [other, bytes[..bytes.len() / 2].to_vec()] {
                fs::write(&path, touched).expect("a file");
                assert_eq!(check(&folder, &manifest).len(), 1, "{name}");
                assert_eq!(load(&folder).is_err(), PARTS.contains(&name.as_str()), "{name}");
            }
            fs::write(&path, bytes).expect("a file");
        }
        let text = fs::read_to_string(folder.join(MANIFEST)).expect("a manifest");
        fs::write(folder.join(MANIFEST), text.replace("aws/amazons3.csv", "../amazons3.csv")).expect("a file");
        let (_, manifest) = super::manifest(&folder).expect("a manifest").expect("a book");
        assert!(check(&folder, &manifest)[0].to_string().contains("outside of the folder"));
        fs::write(folder.join(MANIFEST), &text[..text.len() / 2]).expect("a file");
        assert!(load(&folder).is_err());
        fs::remove_file(folder.join(MANIFEST)).expect("a file");
        assert!(load(&folder).is_err(), "half a book");
    }

    #[test]
    fn what_was_put_aside_is_read_where_a_run_was_cut() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("prices");
        write(&folder, &[sheet(SHEET)], "2026-11-28T00:00:00Z", BTreeMap::new()).expect("a book");
        fs::rename(&folder, beside(&folder, ".old")).expect("aside");
        assert_eq!(price(&load(&folder).expect("whole").expect("a book").0), "0.021");
        write(&folder, &[sheet(SHEET)], "2026-11-29T00:00:00Z", BTreeMap::new()).expect("a book");
        assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1);
    }
}
