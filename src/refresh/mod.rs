//! Price lists, brought here from their providers: read as they stream in, merged into a book, put in place as a whole.
//!
//! ```text
//! provider → pages → normalise → sheets → merge with the book → folder
//! ```
//!
//! Nothing is written before everything is read: a refresh that fails leaves the book as it was. What did not change
//! since the last time is not sent again, and its prices stay. Exchange rates come the same way, into a table of their
//! own.

mod aws;
mod azure;
mod client;
mod google;
mod lock;
mod progress;
mod provider;
mod rates;
mod replace;
mod retry;
mod sheets;
mod units;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;
use url::Url;

use crate::fetch::shown;
use crate::model::Problem;
use crate::price::folder::{self, Manifest, Origin};
pub use crate::price::normalise::aws::Terms;
use crate::price::normalise::aws::Wanted;
use crate::price::normalise::merge::{Absent, merge};
use crate::price::normalise::{Document, Gathered, broken};
use crate::price::{Book, Sheet};
use client::{Answer, Client, Fetched, Request};
use lock::Lock;
use progress::Progress;
use provider::{Ask, Bases, PROVIDERS, Page, Provider};
pub use rates::{Rates, RatesDone, rates, rates_in_use};

/// No refresh reads more pages.
const MOST_PAGES: usize = 200_000;

/// What is to be refreshed, and where it goes.
#[derive(Clone, Debug)]
pub struct Refresh {
    /// The folder of a book: sheets, the same compiled, and a manifest.
    pub book: Option<PathBuf>,
    /// A folder that has sheets alone, a folder a provider.
    pub sheets: Option<PathBuf>,
    /// Only these providers; empty: all.
    pub providers: BTreeSet<String>,
    /// Only these services; empty: those that stanzas need.
    pub services: BTreeSet<String>,
    /// Only these regions; empty: all.
    pub regions: BTreeSet<String>,
    /// Which terms are read where a provider has several.
    pub terms: Terms,
    /// Other addresses for the lists, by the names of the providers.
    pub bases: BTreeMap<String, String>,
    /// Every provider and service that stanzas need.
    pub needed: BTreeSet<(SmolStr, SmolStr)>,
    /// The time, as `YYYY-MM-DDThh:mm:ssZ`.
    pub now: String,
}

/// What a refresh did.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Documents with prices that were read.
    pub read: usize,
    /// Documents with prices that were as they had been.
    pub unchanged: usize,
    /// Bytes of what was read, as it was sent.
    pub bytes: u64,
    /// The sheets that got prices.
    pub sheets: usize,
    /// How many prices these have.
    pub prices: usize,
    /// What should be known of the documents.
    pub notes: Vec<Problem>,
}

/// The names of the providers that can be refreshed.
pub fn providers() -> impl Iterator<Item = &'static str> {
    PROVIDERS.iter().map(|provider| provider.name)
}

/// Brings the lists here and puts their prices in place. `known`: a book whose keys the prices get.
pub fn refresh(wish: &Refresh, known: &Book) -> Result<Done, Problem> {
    let Some(folder) = wish.book.as_ref().or(wish.sheets.as_ref()) else {
        return Err(Problem::error("lepton::prices::none", "there is no folder for the prices"));
    };
    let _lock = Lock::of(folder)?;
    let manifest = match &wish.book {
        Some(folder) => folder::manifest(folder)?,
        None => None,
    };
    // Sheets alone do not say what they are made of: for them everything is read.
    let known_lists = manifest.as_ref().filter(|_| wish.sheets.is_none());
    let shelf = folder::beside(folder, ".part");
    let mut run = Run {
        wish,
        origins: known_lists.map(|(_, manifest)| whole_origins(manifest)).unwrap_or_default(),
        asked: folder::sha256(
            format!("{}\n{:?}\n{}", env!("CARGO_PKG_VERSION"), wish.terms, known.digest()).as_bytes(),
        ),
        client: Client::new(shelf.clone()),
        progress: Progress::new(),
        gathered: Gathered::default(),
        done: Done::default(),
        seen: HashMap::new(),
    };
    let wanted = Wanted::of(known);
    let chosen = chosen(wish);
    let ask = Ask {
        services: &wish.services,
        needed: &wish.needed,
        regions: &wish.regions,
        terms: wish.terms,
        wanted: &wanted,
        is_strict: chosen.len() == 1,
    };
    let read = chosen.iter().try_for_each(|provider| run.provider(provider, &ask));
    run.progress.end();
    read?;
    let done = run.put(manifest, known)?;
    // What was brought here is in the book; what was left of an earlier run is of no use any more.
    let _ = fs::remove_dir_all(shelf);
    Ok(done)
}

/// The providers that are named; without names those that have the services that are named, or else all.
fn chosen(wish: &Refresh) -> Vec<&'static Provider> {
    let is_named = |provider: &&Provider| wish.providers.contains(provider.name);
    let has_service = |provider: &&Provider| {
        wish.needed.iter().any(|(of, service)| of == provider.name && wish.services.contains(service.as_str()))
    };
    let all = PROVIDERS.iter();
    if !wish.providers.is_empty() {
        return all.filter(is_named).collect();
    }
    let found: Vec<&Provider> = all.clone().filter(has_service).collect();
    if found.is_empty() { all.collect() } else { found }
}

/// The documents whose prices the book still has.
fn whole_origins(manifest: &Manifest) -> BTreeMap<String, Origin> {
    let is_whole = |origin: &Origin| origin.sheets.iter().all(|sheet| manifest.files.contains_key(sheet));
    manifest.origins.iter().filter(|(_, origin)| is_whole(origin)).map(|(a, b)| (a.clone(), b.clone())).collect()
}

struct Run<'r> {
    wish: &'r Refresh,
    /// What was read, now or an earlier time.
    origins: BTreeMap<String, Origin>,
    asked: String,
    client: Client,
    progress: Progress,
    gathered: Gathered,
    done: Done,
    /// What documents with prices were, by their digests.
    seen: HashMap<[u8; 32], String>,
}

impl Run<'_> {
    /// Reads all pages of a provider.
    fn provider(&mut self, provider: &Provider, ask: &Ask<'_>) -> Result<(), Problem> {
        let mut pages: VecDeque<Page> = match (provider.start)(ask) {
            Ok(pages) => pages.into(),
            Err(problem) if ask.is_strict => return Err(problem),
            // The others go on, and what is left out is said.
            Err(problem) => {
                self.gathered.note(problem.softened());
                return Ok(());
            }
        };
        let mut asked = BTreeSet::new();
        let mut done = 0;
        while let Some(mut page) = pages.pop_front() {
            let url = address(provider, page.base, &page.link, &self.wish.bases)?;
            if !asked.insert(url.as_str().to_owned()) {
                let document = Document { label: shown(&url), as_of: SmolStr::default() };
                return Err(broken(&document, 0, "the page is led to a second time"));
            }
            if asked.len() > MOST_PAGES {
                return Err(failed(&format!("{} has more than {MOST_PAGES} pages", provider.name)));
            }
            self.progress.begin(done, done + pages.len() + 1, &shown(&url));
            let next = self.page(provider, &mut page, &url, ask)?;
            done += 1;
            pages.extend(next);
        }
        Ok(())
    }

    /// Reads a page; what it leads to.
    fn page(&mut self, provider: &Provider, page: &mut Page, url: &Url, ask: &Ask<'_>) -> Result<Vec<Page>, Problem> {
        let origin = address(provider, page.base, &page.origin, &self.wish.bases)?;
        let query = origin.query().map(|query| format!("?{query}")).unwrap_or_default();
        let origin = format!("{}{query}", shown(&origin));
        let may_skip = page.has_prices && !page.leads_on;
        let known = self.origins.get(&origin).filter(|known| may_skip && known.asked == self.asked);
        let request = Request { url, header: page.header.as_ref(), known };
        let fetched = match self.client.get(&request, &self.progress).map_err(|reason| failed(&reason))? {
            Answer::Unchanged => {
                self.done.unchanged += 1;
                return Ok(Vec::new());
            }
            Answer::New(fetched) => fetched,
        };
        let today = self.wish.now.get(..10).unwrap_or_default();
        let document = Document { label: shown(url), as_of: today.into() };
        let mut reader = fetched.open().map_err(|reason| failed(&reason))?;
        let next = (provider.read)(page, &mut reader, ask, &document, &mut self.gathered)?;
        if page.has_prices {
            self.note_origin(origin, &document, &fetched)?;
        }
        Ok(next)
    }

    /// Notes where prices came from.
    fn note_origin(&mut self, origin: String, document: &Document, fetched: &Fetched) -> Result<(), Problem> {
        self.done.read += 1;
        self.done.bytes += fetched.bytes;
        let touched = self.gathered.take_touched();
        let digest = fetched.digest().map_err(|error| failed(&error.to_string()))?;
        if !touched.is_empty()
            && let Some(earlier) = self.seen.insert(digest, document.label.clone())
        {
            return Err(broken(document, 0, &format!("it repeats {earlier}")));
        }
        let path = |(provider, service): &(SmolStr, SmolStr)| {
            format!("{provider}/{}", Sheet::new(provider, service, &[]).file_name())
        };
        let noted = Origin {
            as_of: document.as_of.to_string(),
            bytes: fetched.bytes,
            etag: fetched.etag.clone(),
            last_modified: fetched.last_modified.clone(),
            asked: self.asked.clone(),
            sheets: touched.iter().map(path).collect(),
        };
        self.origins.insert(origin, noted);
        Ok(())
    }

    /// Puts what was gathered in place.
    fn put(mut self, manifest: Option<(PathBuf, Manifest)>, known: &Book) -> Result<Done, Problem> {
        self.done.notes = self.gathered.take_notes();
        if self.done.read + self.done.unchanged == 0 {
            let problem = Problem::error("lepton::prices::nothing", "no list has what was asked for");
            return Err(problem.help("look at --provider, --service and --region"));
        }
        let new = self.gathered.into_sheets();
        self.done.notes.extend(units::other_units(&new, known));
        self.done.sheets = new.len();
        self.done.prices = new.iter().flat_map(Sheet::rows).map(|row| row.prices.len()).sum();
        if let Some(folder) = &self.wish.book {
            let old = match &manifest {
                Some((found, manifest)) => folder::sheets(found, manifest)?,
                None => Vec::new(),
            };
            let merged = merge(old, new.clone(), Absent::Gone).map_err(|message| sheets::unmerged(&message))?;
            folder::write(folder, &merged, &self.wish.now, self.origins)?;
        }
        if let Some(folder) = &self.wish.sheets {
            sheets::update(folder, new)?;
        }
        Ok(self.done)
    }
}

/// The address of a page.
fn address(provider: &Provider, base: &str, link: &str, bases: &Bases) -> Result<Url, Problem> {
    let own = provider.bases.iter().find(|(name, _)| *name == base).map_or("", |(_, url)| *url);
    let given = bases.get(base).or_else(|| bases.get(provider.name));
    below(given.map_or(own, String::as_str), link)
}

/// The address of a link below a base. One that is a whole address loses its host: pages come from the base alone.
fn below(base: &str, link: &str) -> Result<Url, Problem> {
    let wrong = |what: &str| Problem::error("lepton::prices::address", format!("{what} is no address"));
    let mut url = Url::parse(base).map_err(|_| wrong("what `--base-url` gives"))?;
    let place = url.join(link).map_err(|_| wrong("a link of the list"))?;
    let path = format!("{}{}", url.path().trim_end_matches('/'), place.path());
    url.set_path(&path);
    url.set_query(place.query());
    Ok(url)
}

fn failed(reason: &str) -> Problem {
    Problem::error("lepton::prices::fetch", reason).help("try again later: what is here already is not sent again")
}

/// The day of the prices that are in use where a refresh failed; `None` without a book.
pub fn written(folder: &Path) -> Option<String> {
    folder::manifest(folder).ok().flatten().map(|(_, manifest)| manifest.written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_from_the_base_alone() {
        let bases: Bases = [("aws".to_owned(), "http://127.0.0.1:99/mirror/".to_owned())].into();
        let address = |base: &str, link: &str, bases: &Bases| {
            address(&aws::PROVIDER, base, link, bases).expect("an address").to_string()
        };
        assert_eq!(address("aws", "/a/b.json?x=1", &bases), "http://127.0.0.1:99/mirror/a/b.json?x=1");
        assert_eq!(address("aws", "https://evil.example/a.csv", &bases), "http://127.0.0.1:99/mirror/a.csv");
        assert_eq!(address("aws-spot", "/spot.js", &bases), "http://127.0.0.1:99/mirror/spot.js");
        let own = address("aws", "/a/b.json", &Bases::new());
        assert_eq!(own, "https://pricing.us-east-1.amazonaws.com/a/b.json");
    }
}
