//! Archives, unpacked with nothing outside of their folder, and no more than a module has.

use std::fs;
use std::io::{self, Cursor, Read, Seek};
use std::path::{Component, Path, PathBuf};

use flate2::read::MultiGzDecoder;
use url::Url;

use super::http::Client;
use super::{cannot_write, digest};

/// The largest archive that is downloaded.
const MOST_PACKED: u64 = 128 << 20;
/// How much is unpacked of one.
const MOST_UNPACKED: u64 = 512 << 20;
/// How many entries one has.
const MOST_ENTRIES: usize = 50_000;

/// How an archive is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    TarGz,
    Zip,
}

impl Kind {
    /// By the end of a path, or by what `archive=` says.
    pub(super) fn of(name: &str) -> Option<Self> {
        let ends = |ending: &str| name == ending || name.ends_with(&format!(".{ending}"));
        match () {
            () if ends("tar.gz") || ends("tgz") => Some(Self::TarGz),
            () if ends("zip") => Some(Self::Zip),
            () => None,
        }
    }
}

/// Downloads an archive onto a shelf of the cache; the SHA-256 of its bytes, which is the name of its folder there.
pub(super) fn fetch(
    url: &Url,
    kind: Kind,
    locked: Option<&str>,
    shelf: &Path,
    client: &Client,
) -> Result<String, String> {
    let bytes = client.get(url, None, MOST_PACKED)?.body;
    let sum = digest(&bytes);
    if locked.is_some_and(|locked| locked != sum) {
        return Err(format!("the archive is not the one that was locked: its SHA-256 is {sum}"));
    }
    let folder = shelf.join(&sum);
    if folder.is_dir() {
        return Ok(sum);
    }
    fs::create_dir_all(shelf).map_err(|error| cannot_write(shelf, &error))?;
    let work = tempfile::Builder::new().prefix(".fetch-").tempdir_in(shelf);
    let work = work.map_err(|error| cannot_write(shelf, &error))?;
    let files = work.path().join("files");
    fs::create_dir(&files).map_err(|error| cannot_write(&files, &error))?;
    unpack(&bytes, kind, &files).map_err(|error| format!("the archive cannot be unpacked: {error}"))?;
    super::shelve(&files, &folder)?;
    Ok(sum)
}

/// Writes the files of an archive into an empty folder; links and whatever else is no file are left out.
fn unpack(bytes: &[u8], kind: Kind, to: &Path) -> io::Result<()> {
    let mut left = Left { bytes: MOST_UNPACKED, entries: MOST_ENTRIES };
    match kind {
        Kind::TarGz => tar_gz(bytes, to, &mut left),
        Kind::Zip => zip(Cursor::new(bytes), to, &mut left),
    }
}

fn tar_gz(bytes: &[u8], to: &Path, left: &mut Left) -> io::Result<()> {
    // Headers and what is skipped count too: they are unpacked all the same.
    let limited = MultiGzDecoder::new(bytes).take(MOST_UNPACKED);
    let mut archive = tar::Archive::new(limited);
    for entry in archive.entries()? {
        let mut entry = entry?;
        left.count()?;
        if entry.header().entry_type().is_file() {
            let path = entry.path()?.into_owned();
            left.write(&path, &mut entry, to)?;
        }
    }
    Ok(())
}

fn zip(file: impl Read + Seek, to: &Path, left: &mut Left) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(file)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        left.count()?;
        if entry.is_file() && !entry.is_symlink() {
            let path = PathBuf::from(entry.name()?.into_owned());
            left.write(&path, &mut entry, to)?;
        }
    }
    Ok(())
}

/// How much more may be unpacked.
struct Left {
    bytes: u64,
    entries: usize,
}

impl Left {
    fn count(&mut self) -> io::Result<()> {
        self.entries = self.entries.checked_sub(1).ok_or_else(|| io::Error::other("it has too many entries"))?;
        Ok(())
    }

    fn write(&mut self, path: &Path, from: &mut impl Read, to: &Path) -> io::Result<()> {
        let is_backward = path.to_str().is_none_or(|path| path.contains('\\') || path.contains('\0'));
        let mut parts = path.components().filter(|part| *part != Component::CurDir).peekable();
        let is_named = parts.peek().is_some();
        if is_backward || !is_named || !parts.all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::Error::other("an entry leads out of it"));
        }
        let at = to.join(path);
        at.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(at)?;
        let written = io::copy(&mut from.take(self.bytes + 1), &mut file)?;
        self.bytes = self.bytes.checked_sub(written).ok_or_else(|| io::Error::other("it is too large"))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// A tar of entries whose names are written unchecked.
    fn tarred(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        for (name, kind, bytes) in entries {
            let mut header = tar::Header::new_gnu();
            header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            if kind.is_symlink() {
                header.set_link_name("/etc").unwrap();
            }
            header.set_size(bytes.len() as u64);
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn files_are_written_and_links_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (tar::EntryType::Regular, tar::EntryType::Symlink);
        let bytes = tarred(&[("./a/main.tf", file, b"# a"), ("b", link, b""), ("b/c", file, b"# c")]);
        unpack(&bytes, Kind::TarGz, folder.path()).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("a/main.tf")).unwrap(), "# a");
        // The link is not there, so that the file below its name is a file.
        assert_eq!(fs::read_to_string(folder.path().join("b/c")).unwrap(), "# c");
        let other = tempfile::tempdir().unwrap();
        unpack(&zipped("a/main.tf", b"# a"), Kind::Zip, other.path()).unwrap();
        assert_eq!(fs::read_to_string(other.path().join("a/main.tf")).unwrap(), "# a");
    }

    #[test]
    fn nothing_leads_out() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        for name in ["../a.tf", "/tmp/a.tf", "a/../../b.tf", "a\\..\\b.tf"] {
            let tar = tarred(&[(name, tar::EntryType::Regular, b"x")]);
            assert!(unpack(&tar, Kind::TarGz, &inner).is_err(), "{name}");
            let _ = unpack(&zipped(name, b"x"), Kind::Zip, &inner);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_too_large_or_too_many_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut left = Left { bytes: 10, entries: 1 };
        assert!(left.write(Path::new("a"), &mut [0; 10].as_slice(), folder.path()).is_ok());
        assert!(left.write(Path::new("b"), &mut [0; 1].as_slice(), folder.path()).is_err());
        assert!(left.count().is_ok() && left.count().is_err());
        // A hundred bombs in one.
        let bomb = vec![0; 6 << 20];
        let names: Vec<String> = (0..100).map(|index| index.to_string()).collect();
        let entries: Vec<_> = names.iter().map(|name| (name.as_str(), tar::EntryType::Regular, &bomb[..])).collect();
        assert!(unpack(&tarred(&entries), Kind::TarGz, folder.path()).is_err());
    }

    #[test]
    fn what_is_no_archive_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        for kind in [Kind::TarGz, Kind::Zip] {
            assert!(unpack(b"<html>sign in</html>", kind, folder.path()).is_err(), "{kind:?}");
        }
    }
}
