//! `lepton catalog status` and `verify`: what the price book holds, and how it differs from another.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rust_decimal::Decimal;

use super::prices::{PricesOption, no_book};
use super::terminal;
use crate::catalog::Catalog;
use crate::estimate::needed;
use crate::model::Problem;
use crate::price::{Book, compare, folder};
use crate::report::book::{BookStatus, status_table};
use crate::report::book_changes::BookChanges;
use crate::report::coverage::status_markdown;

#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    prices: PricesOption,
    /// A row for each service, too
    #[arg(long)]
    services: bool,
    /// How the result looks
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    prices: PricesOption,
    /// The folder of the book to compare with; the embedded one unless given
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// By how many percent a price must have moved to be named
    #[arg(long, value_name = "PERCENT", default_value = "5")]
    threshold: Decimal,
    /// How the result looks
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For the terminal
    Table,
    /// For a pull request
    Markdown,
    /// All of it
    Json,
}

pub(super) fn status(arguments: &Status) -> Result<(), Vec<Problem>> {
    let one = |problem| vec![problem];
    let book = arguments.prices.book().map_err(one)?;
    let mut status = BookStatus::of(&book, &needed(&Catalog::embedded()));
    if let Some(path) = arguments.prices.folder()
        && let Some((path, manifest)) = folder::manifest(&path).map_err(one)?
    {
        let problems = folder::check(&path, &manifest);
        if !problems.is_empty() {
            return Err(problems);
        }
        status.folder = Some(path.display().to_string());
        status.written = Some(manifest.written);
    }
    let text = match arguments.format {
        Form::Table => status_table(&status, arguments.services, terminal::width()),
        Form::Markdown => status_markdown(&status, arguments.services),
        Form::Json => serde_json::to_string_pretty(&status).expect("it is JSON") + "\n",
    };
    terminal::print(&text).map_err(one)
}

/// Whether no stanza misses a key.
pub(super) fn verify(arguments: &Verify) -> Result<bool, Vec<Problem>> {
    let one = |problem| vec![problem];
    let alone = |path: &PathBuf| -> Result<Book, Vec<Problem>> {
        let Some((found, manifest)) = folder::manifest(path).map_err(one)? else { return Err(vec![no_book(path)]) };
        let problems = folder::check(&found, &manifest);
        if !problems.is_empty() {
            return Err(problems);
        }
        folder::load(path).map_err(one)?.map(|(book, _)| book).ok_or_else(|| vec![no_book(path)])
    };
    let (old, against) = match &arguments.against {
        Some(path) => (alone(path)?, format!("`{}`", path.display())),
        None => (Book::embedded().clone(), "the embedded book".into()),
    };
    let Some(path) = arguments.prices.folder() else {
        let problem = Problem::error("lepton::prices::none", "the embedded book cannot be compared with itself");
        return Err(vec![problem.help("give `--prices DIR`, the folder of a refreshed book")]);
    };
    let comparison = compare(&alone(&path)?, &old, arguments.threshold);
    let book = arguments.prices.book().map_err(one)?;
    let changes = BookChanges::of(&book, &needed(&Catalog::embedded()), against, arguments.threshold, comparison);
    let text = match arguments.format {
        Form::Table => changes.table(),
        Form::Markdown => changes.markdown(),
        Form::Json => changes.json(),
    };
    terminal::print(&text).map_err(one)?;
    Ok(changes.lacking.is_empty())
}
