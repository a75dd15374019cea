//! What `lepton.hcl` names beside itself: price books of the user's own, and the table of exchange rates.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::audit::Audit;
use crate::config::{CommittedUnit, Config, Exchange, Spanned};
use crate::model::{Problem, Source, Span};
use crate::price::own;
use crate::price::rates::RateTable;
use crate::price::{Book, SheetError};

/// No such file is longer.
const LARGEST: u64 = 64 << 20;

/// A book with the user's own over it, the later over the earlier.
pub(super) fn books(config: &Config, book: Book, audit: &mut Audit) -> Result<Book, Vec<Problem>> {
    let (mut book, mut problems) = (book, Vec::new());
    for name in &config.prices.books {
        let over = load(config, name, audit, "prices").map_err(|problem| vec![problem]).and_then(|(source, _)| {
            let own = own::read(&source, &book)?;
            own.over(&book).map_err(|error: SheetError| {
                vec![at(config, name.span, Problem::error("lepton::prices::own-book", error.to_string()))]
            })
        });
        match over {
            Ok(over) => book = over,
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(book) } else { Err(problems) }
}

/// The rates of the table that the configuration names, for every currency that no `exchange` block is about.
pub(super) fn rates(config: &Config, today: &str, audit: &mut Audit) -> Result<Vec<Exchange>, Vec<Problem>> {
    let Some(name) = &config.rates else { return Ok(Vec::new()) };
    let one = |problem| vec![problem];
    let (source, path) = load(config, name, audit, "rates").map_err(one)?;
    let table = RateTable::parse(source.text(), today).map_err(|(line, what)| {
        one(Problem::error("lepton::prices::rates", format!("{}:{line}: {what}", path.display()))
            .help("the columns are date, from, to, rate and source, or those of the ECB's eurofxref.csv"))
    })?;
    let into = config.currency_or_default();
    let (currencies, file) = (table.currencies(), path.display());
    if !currencies.iter().any(|currency| currency == into) {
        let problem = Problem::error(
            "lepton::prices::rates",
            format!("`{file}` has no rate of {into}, the report's currency, up to {today}"),
        );
        let problem = problem
            .help(format!("it has {}", if currencies.is_empty() { "none".into() } else { currencies.join(", ") }));
        return Err(one(at(config, name.span, problem)));
    }
    let known = |currency: &str| currency == into || config.terms.exchange(currency).is_some();
    let exchange = |currency: &SmolStr| {
        let rate = table.rate(currency, into)?;
        Some(Exchange { from: currency.clone(), rate: rate.rate, as_of: rate.as_of, source: rate.source })
    };
    let exchanges: Vec<Exchange> = currencies.iter().filter(|currency| !known(currency)).filter_map(exchange).collect();
    let needed = config.sites.iter().filter_map(|site| site.currency.as_ref()).map(|currency| currency.value.as_str());
    let committed = config.terms.commitments.iter().filter_map(|commitment| match &commitment.price {
        CommittedUnit::Price(_, currency) => Some(currency.as_str()),
        CommittedUnit::Off(_) | CommittedUnit::Listed(..) => None,
    });
    let lacking = needed
        .chain(committed)
        .chain([Config::DEFAULT_CURRENCY])
        .find(|needed| !known(needed) && !exchanges.iter().any(|exchange| exchange.from == *needed));
    if let Some(lacking) = lacking {
        let problem = Problem::error(
            "lepton::prices::rates",
            format!("`{file}` has no rate from {lacking} into {into} up to {today}"),
        );
        let problem =
            problem.help(format!("add a row, or `exchange \"{lacking}\" {{ rate = …, as_of = …, source = … }}`"));
        return Err(one(at(config, name.span, problem)));
    }
    Ok(exchanges)
}

/// The text of a file that the configuration names, as seen from its own folder.
fn load(
    config: &Config,
    name: &Spanned<SmolStr>,
    audit: &mut Audit,
    role: &'static str,
) -> Result<(Source, PathBuf), Problem> {
    let folder = config.source.as_ref().and_then(|source| Path::new(source.name()).parent());
    let path = folder.unwrap_or(Path::new("")).join(name.value.as_str());
    let unreadable = |why: String| {
        let problem =
            Problem::error("lepton::prices::unreadable", format!("`{}` cannot be read: {why}", path.display()));
        at(config, name.span, problem.help("the path is as seen from the folder of lepton.hcl"))
    };
    let length = std::fs::metadata(&path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > LARGEST {
        return Err(unreadable(format!("it has {length} bytes, more than {LARGEST}")));
    }
    let bytes = std::fs::read(&path).map_err(|error| unreadable(error.to_string()))?;
    audit.bytes(role, &path.display().to_string(), &bytes);
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8".into()))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok((Source::new(path.display().to_string(), text), path))
}

/// A problem at a place of the configuration.
fn at(config: &Config, span: Span, problem: Problem) -> Problem {
    match &config.source {
        Some(source) => problem.at(source, span, "named here"),
        None => problem,
    }
}
