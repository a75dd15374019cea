//! The zip that a plan file is. Entries are unpacked in memory when they are needed, and no further than their bound.
//!
//! The names in it are keys, never paths: nothing is written anywhere.

use std::io::{Cursor, Read as _};

use prost::bytes::Bytes;
use zip::ZipArchive;

use super::Broken;

/// How many entries an archive has at most. Each file of the configuration is one.
const MOST_ENTRIES: usize = 50_000;

/// How the directory of a zip begins each of its entries.
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";

/// A zip. Cheap to clone.
#[derive(Clone)]
pub(super) struct Archive {
    zip: ZipArchive<Cursor<Bytes>>,
    length: u64,
}

impl Archive {
    /// Reads the directory of a zip.
    pub(super) fn open(bytes: Bytes) -> Result<Self, Broken> {
        // Counted before the directory is read: it may claim any number, and each entry takes memory.
        if bytes.windows(DIRECTORY_ENTRY.len()).filter(|window| *window == DIRECTORY_ENTRY).count() > MOST_ENTRIES {
            return Err(Broken::TooLarge);
        }
        let length = bytes.len() as u64;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::Archive)?;
        Ok(Self { zip, length })
    }

    /// The names of the entries, of which any may be hostile.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.zip.file_names_raw().filter_map(|name| std::str::from_utf8(name).ok())
    }

    /// The bytes of an entry; `None` if there is none of that name.
    pub(super) fn read(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Broken> {
        // Reading moves a cursor: that of a copy, which shares the bytes and the directory.
        let mut archive = self.zip.clone();
        let Some(index) = archive.index_for_name(name) else { return Ok(None) };
        let entry = archive.by_index(index).map_err(|_| Broken::Archive)?;
        // What the directory says of the sizes are claims; so many packed bytes cannot become more.
        const MOST_GROWTH: u64 = 1032;
        let packed = entry.compressed_size().min(self.length);
        let claimed = entry.size().min(most).min(packed.saturating_mul(MOST_GROWTH));
        let mut bytes = Vec::with_capacity(usize::try_from(claimed).unwrap_or_default());
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|_| Broken::Archive)?;
        if bytes.len() as u64 > most {
            return Err(Broken::TooLarge);
        }
        Ok(Some(bytes))
    }
}
