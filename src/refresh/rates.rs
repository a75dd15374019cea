//! Exchange rates: the reference rates of the European Central Bank, of the last day that has any.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::client::{Answer, Client, Fetched, Request};
use super::progress::Progress;
use super::replace::Replacement;
use super::{below, failed};
use crate::fetch::shown;
use crate::model::Problem;
use crate::price::folder::Origin;
use crate::price::normalise::Document;
use crate::price::normalise::reference_rates::{LONGEST, ReferenceRates, reference_rates};
use crate::price::rates::RateTable;

/// The name by which another place of the list is given.
const NAME: &str = "ecb";
const BASE: &str = "https://www.ecb.europa.eu";
const LINK: &str = "/stats/eurofxref/eurofxref.zip";

/// What stands before a table that was written here, so that the next refresh need not ask for the same.
const LIST: &str = "# list: ";
const ETAG: &str = "# etag: ";
const CHANGED: &str = "# last-modified: ";

/// Rates that are to be refreshed.
#[derive(Clone, Debug)]
pub struct Rates {
    /// The file of the table.
    pub file: PathBuf,
    /// Other addresses for lists, by name.
    pub bases: BTreeMap<String, String>,
    /// The day, as `YYYY-MM-DD`.
    pub today: String,
}

/// What a refresh of rates did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatesDone {
    /// The day of the rates.
    pub day: String,
    /// How many there are.
    pub currencies: usize,
    /// Whether they are those that were there before.
    pub is_unchanged: bool,
}

/// The table that is there.
struct Old {
    day: String,
    currencies: usize,
    /// Where it came from, if it was written here.
    list: Option<String>,
    origin: Origin,
}

/// Brings the newest rates into the file. One that holds anything else than such rates is left alone.
pub fn rates(wish: &Rates) -> Result<RatesDone, Problem> {
    let old = read(&wish.file, &wish.today)?;
    let url = below(wish.bases.get(NAME).map_or(BASE, String::as_str), LINK)?;
    let label = shown(&url);
    let known = old.as_ref().filter(|old| old.list.as_deref() == Some(label.as_str())).map(|old| &old.origin);
    let shelf = tempfile::tempdir().map_err(|error| failed(&format!("there is no room for a document: {error}")))?;
    let (mut client, progress) = (Client::of_small(shelf.path().to_owned(), LONGEST), Progress::new());
    progress.begin(0, 1, &label);
    let answer = client.get(&Request { url: &url, header: None, known }, &progress);
    progress.end();
    let fetched = match (answer.map_err(|reason| failed(&reason))?, &old) {
        (Answer::New(fetched), _) => fetched,
        (Answer::Unchanged, Some(old)) => {
            return Ok(RatesDone { day: old.day.clone(), currencies: old.currencies, is_unchanged: true });
        }
        (Answer::Unchanged, None) => return Err(failed(&format!("{label} answers 304 to who has nothing"))),
    };
    let document = Document { label, as_of: wish.today.as_str().into() };
    let mut reader = fetched.open().map_err(|reason| failed(&reason))?;
    let new = reference_rates(&mut reader, &document)?;
    if let Some(old) = old.filter(|old| old.day.as_str() > new.day.as_str()) {
        let message = format!("{} has the rates of {}, older than those of {}", document.label, new.day, old.day);
        return Err(
            Problem::error("lepton::prices::rates", message).help("try again later; the rates are as they were")
        );
    }
    Replacement::make(&wish.file, &text(&document, &fetched, &new)).and_then(Replacement::put).map_err(|error| {
        let message = format!("`{}` cannot be written: {error}", wish.file.display());
        Problem::error("lepton::prices::write", message).help("give another file by `--to`")
    })?;
    Ok(RatesDone { day: new.day.to_string(), currencies: new.currencies, is_unchanged: false })
}

/// The day of the rates that are in use where a refresh failed; `None` without a table.
pub fn rates_in_use(file: &Path, today: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    RateTable::parse(&text, today).ok()?.newest().map(ToString::to_string)
}

/// The table that is there, if it is one of reference rates of one day; `None` if there is no file.
fn read(file: &Path, today: &str) -> Result<Option<Old>, Problem> {
    let wrong = |what: &str| {
        let message = format!("`{}` {what}", file.display());
        Problem::error("lepton::prices::rates", message).help("give a file of its own to the rates by `--to`")
    };
    match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(&format!("cannot be read: {error}"))),
        Ok(about) if about.len() > LONGEST => return Err(wrong("holds more than the reference rates of a day")),
        Ok(_) => {}
    }
    let text = fs::read_to_string(file).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
    let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).collect();
    let others = "holds other rates than the reference rates of a day, which would be lost";
    let names = rows.first().map(|names| names.to_ascii_lowercase()).unwrap_or_default();
    if rows.len() != 2 || !names.starts_with("date") || names.split(',').any(|name| name.trim() == "rate") {
        return Err(wrong(others));
    }
    let table = RateTable::parse(&text, today).map_err(|_| wrong(others))?;
    let (Some(day), currencies) = (table.newest(), table.currencies().len()) else { return Err(wrong(others)) };
    let said = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    let origin = Origin { etag: said(ETAG), last_modified: said(CHANGED), ..Origin::default() };
    let day = day.to_string();
    Ok(Some(Old { day, currencies: currencies.saturating_sub(1), list: said(LIST), origin }))
}

/// The text of the file: where it comes from, and the table as it came.
fn text(document: &Document, fetched: &Fetched, rates: &ReferenceRates) -> String {
    let mut text = format!("{LIST}{}\n", document.label);
    for (name, value) in [(ETAG, &fetched.etag), (CHANGED, &fetched.last_modified)] {
        if let Some(value) = value.as_deref().filter(|value| value.bytes().all(|byte| matches!(byte, b' '..=b'~'))) {
            writeln!(text, "{name}{value}").expect("a String takes every write");
        }
    }
    text + &rates.text
}
