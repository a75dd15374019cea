//! New prices into a folder of sheets that has nothing else: that of the repository.

use std::fs;
use std::path::{Path, PathBuf};

use super::replace::Replacement;
use crate::model::Problem;
use crate::price::Sheet;
use crate::price::normalise::merge::{Absent, merge};

/// Merges sheets into those of a folder. Each file is replaced as a whole, once all of them are made.
pub(super) fn update(folder: &Path, new: Vec<Sheet>) -> Result<(), Problem> {
    let mut files: Vec<(PathBuf, String)> = Vec::with_capacity(new.len());
    for sheet in new {
        let path = folder.join(sheet.provider()).join(sheet.file_name());
        let old = match fs::read_to_string(&path) {
            Ok(text) => vec![Sheet::parse(&path.display().to_string(), &text).map_err(|error| {
                Problem::error("lepton::prices::broken", error.to_string()).help("nothing was written")
            })?],
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(unwritten(&path, &error)),
        };
        let merged = merge(old, vec![sheet], Absent::Kept).map_err(|message| unmerged(&message))?;
        files.extend(merged.iter().map(|sheet| (path.clone(), sheet.to_csv())));
    }
    let mut made = Vec::with_capacity(files.len());
    for (path, text) in &files {
        made.push(Replacement::make(path, text).map_err(|error| unwritten(path, &error))?);
    }
    for file in made {
        let path = file.path().to_owned();
        file.put().map_err(|error| unwritten(&path, &error))?;
    }
    Ok(())
}

/// What is said of prices that do not fit those that are there.
pub(super) fn unmerged(message: &str) -> Problem {
    Problem::error("lepton::prices::merge", message)
        .help("nothing was written; refresh all regions of the service, or write a new book by `--to`")
}

fn unwritten(path: &Path, error: &std::io::Error) -> Problem {
    Problem::error("lepton::prices::write", format!("`{}` cannot be written: {error}", path.display()))
        .help("run it again: sheets that are written already get the same prices")
}
