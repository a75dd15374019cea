//! `lepton catalog refresh`: today's prices out of the providers' own lists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::prices::default_folder;
use super::{clock, load_catalog, refresh_rates, terminal};
use crate::estimate::needed;
use crate::model::Problem;
use crate::price::Book;
use crate::refresh::{self, Done, Refresh, Terms};

/// How many notes about lists are told; there are hundreds of lists.
const MOST_NOTES: usize = 20;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Bring the European Central Bank's exchange rates in place of prices: into the table that `rates` in lepton.hcl
    /// names, or the file of `--to`
    #[arg(long, conflicts_with_all = ["provider", "service", "region", "update_sheets", "terms", "catalog"])]
    rates: bool,
    /// Only this provider's prices
    #[arg(long, value_name = "NAME")]
    provider: Vec<String>,
    /// Only this service's prices, in the provider's word for it; those that stanzas need unless given
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,
    /// Only this region's prices; those of all regions unless given
    #[arg(long, value_name = "NAME")]
    region: Vec<String>,
    /// The folder of the book; that of the user unless this or `--update-sheets` is given. With `--rates` a file
    #[arg(long, value_name = "PATH")]
    to: Option<PathBuf>,
    /// Put the prices into a folder of sheets alone, such as that of lepton's repository
    #[arg(long, value_name = "DIR")]
    update_sheets: Option<PathBuf>,
    /// Which terms to read; all unless given, for sheets alone those on demand and spot
    #[arg(long, value_enum, value_delimiter = ',')]
    terms: Vec<Term>,
    /// A folder of further stanzas, whose services are refreshed too
    #[arg(long, value_name = "DIR")]
    catalog: Vec<PathBuf>,
    /// Another address for a provider's lists, such as that of a mirror: `aws=https://prices.example.com`
    #[arg(long, value_name = "NAME=URL", env = "LEPTON_PRICE_LISTS", value_delimiter = ',', hide_env_values = true)]
    base_url: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Term {
    /// As long as it is used
    OnDemand,
    /// Machines promised for years
    Reserved,
    /// Spending promised for years
    SavingsPlan,
    /// What is left over
    Spot,
}

/// Brings the prices here. On failure what is in use stands behind the problem.
pub(super) fn run(arguments: &Arguments) -> Result<(), Vec<Problem>> {
    if arguments.rates {
        let bases = bases(&arguments.base_url).map_err(|problem| vec![problem])?;
        return refresh_rates::run(arguments.to.as_deref(), bases);
    }
    let catalog = load_catalog(&arguments.catalog)?;
    let one = |problem| vec![problem];
    let book = book(arguments).map_err(one)?;
    let known = |name: &String| refresh::providers().any(|provider| provider == name);
    if let Some(unknown) = arguments.provider.iter().find(|name| !known(name)) {
        let names: Vec<&str> = refresh::providers().collect();
        let problem = Problem::error("lepton::prices::provider", format!("the prices of `{unknown}` have no list"));
        return Err(vec![problem.help(format!("there are lists of {}", names.join(", ")))]);
    }
    let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    let wish = Refresh {
        providers: set(&arguments.provider),
        services: set(&arguments.service),
        regions: set(&arguments.region),
        terms: terms(&arguments.terms, arguments.update_sheets.is_some()),
        bases: bases(&arguments.base_url).map_err(one)?,
        needed: needed(&catalog).into_iter().map(|key| (key.provider, key.service)).collect(),
        now: clock::now(),
        book,
        sheets: arguments.update_sheets.clone(),
    };
    match refresh::refresh(&wish, Book::embedded()) {
        Ok(done) => {
            terminal::report(done.notes.iter().take(MOST_NOTES));
            if let Some(more) = done.notes.len().checked_sub(MOST_NOTES).filter(|&more| more > 0) {
                terminal::say(&format!("and {more} more like these"));
            }
            terminal::print(&told(&wish, &done)).map_err(one)
        }
        Err(problem) => Err(vec![problem, in_use(&wish)]),
    }
}

/// The folder of the book, unless only sheets are wanted.
fn book(arguments: &Arguments) -> Result<Option<PathBuf>, Problem> {
    let folder = arguments.to.clone();
    if folder.is_some() || arguments.update_sheets.is_some() {
        return Ok(folder);
    }
    default_folder().map(Some).ok_or_else(|| {
        Problem::error("lepton::prices::none", "there is no folder for prices of this user")
            .help("name one by `--to DIR`")
    })
}

fn terms(given: &[Term], has_sheets: bool) -> Terms {
    let has = |term: Term| given.contains(&term);
    match given {
        [] => Terms { reserved: !has_sheets, savings_plan: !has_sheets, ..Terms::ALL },
        _ => Terms {
            on_demand: has(Term::OnDemand),
            reserved: has(Term::Reserved),
            savings_plan: has(Term::SavingsPlan),
            spot: has(Term::Spot),
        },
    }
}

fn bases(given: &[String]) -> Result<BTreeMap<String, String>, Problem> {
    let base = |text: &String| match text.split_once('=') {
        Some((name, url)) => Ok((name.to_owned(), url.to_owned())),
        None => Err(Problem::error("lepton::prices::address", "`--base-url` takes NAME=URL")),
    };
    given.iter().map(base).collect()
}

fn told(wish: &Refresh, done: &Done) -> String {
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let unchanged = match done.unchanged {
        0 => String::new(),
        number => format!(", {number} unchanged"),
    };
    let read = format!("{} read{unchanged}", count(done.read, "list"));
    let prices = format!("{} in {}", count(done.prices, "price"), count(done.sheets, "sheet"));
    let folders = wish.book.iter().chain(&wish.sheets).map(|folder| format!("`{}`", folder.display()));
    format!("{read}: {prices}, in {}\n", folders.collect::<Vec<_>>().join(" and "))
}

/// Which prices are in use where a refresh failed.
fn in_use(wish: &Refresh) -> Problem {
    let written = wish.book.as_ref().and_then(|folder| refresh::written(folder));
    let text = match (&wish.book, &wish.sheets, written) {
        (Some(folder), _, Some(written)) => {
            format!("the book in `{}` is as it was: that of {written} stays in use", folder.display())
        }
        (None, Some(folder), _) => format!("the sheets in `{}` are as they were", folder.display()),
        _ => {
            let (from, to) = Book::embedded().as_of();
            format!("there is no refreshed book: the embedded prices of {from} to {to} stay in use")
        }
    };
    Problem::note("lepton::prices::in-use", text)
}
