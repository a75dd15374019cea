//! Which price book a run uses: the embedded one, under one in a folder if there is one.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::Args;

use super::user_folders::user_folder;
use crate::model::Problem;
use crate::price::{Book, folder};

/// What names the embedded book.
const EMBEDDED: &str = "embedded";

#[derive(Clone, Debug, Default, Args)]
pub(super) struct PricesOption {
    /// The folder of a refreshed price book, which wins over the embedded one; `embedded` for that alone. Without it the
    /// book that `lepton catalog refresh` wrote last
    #[arg(long, value_name = "DIR", env = "LEPTON_PRICES", hide_env_values = true)]
    prices: Option<PathBuf>,
}

impl PricesOption {
    /// The book of a run.
    pub(super) fn book(&self) -> Result<Book, Problem> {
        let embedded = Book::embedded();
        let Some(folder) = self.folder() else { return Ok(embedded.clone()) };
        match folder::load(&folder)? {
            Some((book, _)) => book.over(embedded).map_err(|error| {
                Problem::error("lepton::prices::broken", format!("`{}`: {error}", folder.display()))
                    .help("write the book again with `lepton catalog refresh`")
            }),
            None if self.prices.is_some() => Err(no_book(&folder)),
            None => Ok(embedded.clone()),
        }
    }

    /// The folder that is named, else that of the user; `None` if the embedded book is wanted.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        match &self.prices {
            Some(path) if path.as_os_str() == OsStr::new(EMBEDDED) => None,
            Some(path) => Some(path.clone()),
            None => default_folder(),
        }
    }
}

/// Where a refreshed book is, unless something else is said.
pub(super) fn default_folder() -> Option<PathBuf> {
    Some(user_folder("XDG_DATA_HOME", ".local/share")?.join("lepton/prices"))
}

/// What is said of a folder without a book.
pub(super) fn no_book(folder: &Path) -> Problem {
    Problem::error("lepton::prices::none", format!("`{}` has no price book", folder.display()))
        .help("write one with `lepton catalog refresh --to DIR`, or give `--prices embedded`")
}
