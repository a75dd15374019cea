//! `lepton catalog`: list types, show a stanza, check files, rebuild the book.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::audit::Audit;
use super::pricing::load_config;
use super::{Outcome, catalog_book, load_catalog, own_prices, refresh, terminal, text_rows};
use crate::catalog::{Catalog, Free, check_sheets, schema::Schema};
use crate::estimate::check;
use crate::model::{Object, Problem, Severity, Value};
use crate::price::{Book, import};

/// What to do with the catalog.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// List the resource types that lepton knows, with the file each stands in
    List(List),
    /// Show how a resource type is priced: components, usage keys, price keys
    Show(Show),
    /// Prove stanzas: attribute paths, usage keys, price keys, examples
    Check(Check),
    /// Show what the price book holds: sources, dates, regions, and the share of stanzas' keys priced by region
    Status(catalog_book::Status),
    /// Compare a refreshed price book with another: keys that stanzas miss, prices that moved, meters that are gone
    Verify(catalog_book::Verify),
    /// Bring today's prices here out of the providers' own lists, or exchange rates
    #[command(after_help = "Examples:
  lepton catalog refresh
  lepton catalog refresh --provider aws --region eu-west-1 --to prices
  lepton catalog refresh --rates --to eurofxref.csv")]
    Refresh(refresh::Arguments),
    /// Rebuild the price book from published price tables (for lepton's own developers)
    Import(Import),
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only types that begin with this, such as `aws_` or `google_compute`
    prefix: Option<String>,
    /// Only types that cost something
    #[arg(long)]
    priced: bool,
    /// A folder of further stanzas
    #[arg(long, value_name = "DIR")]
    catalog: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The resource type, such as `aws_instance`
    kind: String,
    /// A folder of further stanzas
    #[arg(long, value_name = "DIR")]
    catalog: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Catalog files (`*.hcl`); the whole built-in catalog if none is given
    files: Vec<PathBuf>,
    /// Whose price books lie over the embedded one; `lepton.hcl` of this folder unless given
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The folder with the published price tables, one folder a provider
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// The book's folder
    #[arg(long, value_name = "DIR", default_value = "src/price/book")]
    to: PathBuf,
    /// Only this provider's sheets
    #[arg(long)]
    provider: Option<String>,
}

pub(super) fn run(verb: &Verb) -> Outcome {
    let result = match verb {
        Verb::List(arguments) => list(arguments),
        Verb::Show(arguments) => show(arguments),
        Verb::Check(arguments) => check(arguments),
        Verb::Status(arguments) => catalog_book::status(arguments),
        Verb::Verify(arguments) => match catalog_book::verify(arguments) {
            Ok(false) => return Outcome::GateFailed,
            Ok(true) => Ok(()),
            Err(problems) => Err(problems),
        },
        Verb::Refresh(arguments) => refresh::run(arguments),
        Verb::Import(arguments) => import(arguments),
    };
    match result {
        Ok(()) => Outcome::Passed,
        Err(problems) => {
            terminal::report(&problems);
            Outcome::Failed
        }
    }
}

fn list(arguments: &List) -> Result<(), Vec<Problem>> {
    let catalog = load_catalog(&arguments.catalog)?;
    let mut text = String::new();
    let prefix = arguments.prefix.as_deref().unwrap_or("");
    for (kind, file, is_free) in catalog.resources() {
        if kind.starts_with(prefix) && !(arguments.priced && is_free) {
            let mark = if is_free { "free" } else { file };
            writeln!(text, "{kind:<56} {mark}").expect("a String takes every write");
        }
    }
    terminal::print(&text).map_err(|problem| vec![problem])
}

fn show(arguments: &Show) -> Result<(), Vec<Problem>> {
    let catalog = load_catalog(&arguments.catalog)?;
    let kind = &arguments.kind;
    let stanza = match catalog.stanza(kind) {
        Some(Ok(stanza)) => stanza,
        Some(Err(problems)) => return Err(problems.to_vec()),
        None => {
            let near = catalog.nearest(kind).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
            let message = format!("the catalog has no resource type `{kind}`");
            return Err(vec![
                Problem::error("lepton::catalog::unknown-type", message)
                    .help(format!("{near}`lepton catalog list` names all types")),
            ]);
        }
    };
    let mut text = format!("{kind}\n");
    let line = stanza.source.line(stanza.span);
    let mut say = |label: &str, value: &str| writeln!(text, "{label:<10} {value}").expect("a String takes every write");
    say("stanza", &format!("{}:{line}", stanza.source.name()));
    if let Some(docs) = &stanza.docs {
        say("prices", docs);
    }
    if matches!(stanza.free, Free::Always) {
        say("cost", "free");
        return terminal::print(&text).map_err(|problem| vec![problem]);
    }
    let mut usage = Vec::new();
    usage_keys(&stanza.usage, "", &mut usage);
    if !usage.is_empty() {
        text.push_str("\nusage keys (what a plan cannot know)\n");
        for (path, default) in usage {
            let doc = stanza.usage_docs.iter().find(|(known, _)| *known == path).map_or("", |(_, doc)| doc);
            let default = if default == "null" { String::new() } else { format!(" (default {default})") };
            writeln!(text, "  {path}{default}").expect("a String takes every write");
            if !doc.is_empty() {
                writeln!(text, "      {doc}").expect("a String takes every write");
            }
        }
    }
    let attributes = Schema::embedded().beside(kind, &[]).join(" ");
    if !attributes.is_empty() {
        writeln!(text, "\nattributes (`self`)").expect("a String takes every write");
        for row in text_rows(&attributes, terminal::width() - 2) {
            writeln!(text, "  {row}").expect("a String takes every write");
        }
    }
    text.push_str("\nstanza\n");
    text.push_str(stanza.source.slice(stanza.span).trim_end());
    text.push('\n');
    terminal::print(&text).map_err(|problem| vec![problem])
}

fn usage_keys(keys: &Object, prefix: &str, found: &mut Vec<(String, String)>) {
    for (name, value) in keys.entries() {
        let path = if prefix.is_empty() { name.to_string() } else { format!("{prefix}.{name}") };
        match &value {
            Value::Object(inner) if !inner.is_empty() => usage_keys(inner, &path, found),
            other => found.push((path, other.to_string())),
        }
    }
}

fn check(arguments: &Check) -> Result<(), Vec<Problem>> {
    let mut catalog = Catalog::embedded();
    let kinds: Vec<String> = if arguments.files.is_empty() {
        catalog.resources().into_iter().map(|(kind, ..)| kind.to_owned()).collect()
    } else {
        catalog.add_files(&arguments.files)?;
        catalog.users_types()
    };
    let schema = Schema::embedded();
    let (config, _) = load_config(arguments.config.as_deref())?;
    let book = own_prices::books(&config, Book::embedded().clone(), &mut Audit::new(None))?;
    let checked = check::check(&catalog, &book, &schema, kinds.iter().map(String::as_str));
    let of_placement = check_sheets(&catalog, &schema);
    let (errors, warnings): (Vec<_>, Vec<_>) =
        checked.problems.into_iter().chain(of_placement).partition(|problem| problem.severity() == Severity::Error);
    terminal::report(&warnings);
    if !errors.is_empty() {
        return Err(errors);
    }
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let warned = match warnings.len() {
        0 => String::new(),
        number => format!(" ({})", count(number, "warning")),
    };
    let [stanzas, examples, keys] =
        [(checked.stanzas, "stanza"), (checked.examples, "example"), (checked.keys, "price key")]
            .map(|(number, one)| count(number, one));
    let text = format!("{stanzas}, {examples}, {keys}: all hold{warned}\n");
    terminal::print(&text).map_err(|problem| vec![problem])
}

fn import(arguments: &Import) -> Result<(), Vec<Problem>> {
    let report =
        import::import_all(&arguments.from, &arguments.to, arguments.provider.as_deref()).map_err(|error| {
            vec![
                Problem::error("lepton::catalog::import", error.to_string())
                    .help("`--from` is the folder with the price tables, one folder a provider"),
            ]
        })?;
    terminal::print(&report.to_string()).map_err(|problem| vec![problem])
}
