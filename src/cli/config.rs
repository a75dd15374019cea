//! `lepton config`: check `lepton.hcl`, describe what may stand in it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::audit::Audit;
use super::{Outcome, clock, own_prices, terminal};
use crate::config::{self, Config};
use crate::model::{Problem, Severity};
use crate::price::Book;
use crate::rules;

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Check `lepton.hcl`: every mistake at once, each with its place
    #[command(after_help = "Examples:
  lepton config check
  lepton config check envs/prod/lepton.hcl")]
    Check(Check),
    /// Print what may stand in `lepton.hcl` as JSON: blocks, attributes, types and what they mean
    Schema,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The file
    #[arg(default_value = "lepton.hcl", value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(verb: &Verb) -> Outcome {
    let result = match verb {
        Verb::Check(arguments) => check(arguments),
        Verb::Schema => schema(),
    };
    match result {
        Ok(()) => Outcome::Passed,
        Err(problems) => {
            terminal::report(&problems);
            Outcome::Failed
        }
    }
}

fn check(arguments: &Check) -> Result<(), Vec<Problem>> {
    let config = Config::read_path(&arguments.file)?;
    let (mut beside, mut audit) = (Vec::new(), Audit::new(None));
    beside.extend(own_prices::rates(&config, &clock::today(), &mut audit).err().into_iter().flatten());
    beside.extend(own_prices::books(&config, Book::embedded().clone(), &mut audit).err().into_iter().flatten());
    if !beside.is_empty() {
        return Err(beside);
    }
    let problems = rules::check_codes(&config);
    let (errors, warnings): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| problem.severity() == Severity::Error);
    terminal::report(&warnings);
    if !errors.is_empty() {
        return Err(errors);
    }
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let text = format!(
        "{}: {}, {}, {}, {}: all hold\n",
        arguments.file.display(),
        count(config.budgets.len(), "budget"),
        count(config.rules.len(), "rule"),
        count(config.suppressions.len(), "suppression"),
        count(config.terms.discounts.len(), "discount"),
    );
    terminal::print(&text).map_err(|problem| vec![problem])
}

fn schema() -> Result<(), Vec<Problem>> {
    let mut text = serde_json::to_string_pretty(&config::describe()).expect("the description has text keys only");
    text.push('\n');
    terminal::print(&text).map_err(|problem| vec![problem])
}
