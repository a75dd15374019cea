//! The command line: arguments, one file per verb, exit codes.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | passed |
//! | 1 | the gate failed |
//! | 2 | an expected error: input, configuration, catalog |
//! | 101 | a bug in lepton |
//!
//! stdout is the result; stderr is everything else.

mod audit;
mod baseline;
mod catalog;
mod catalog_book;
mod clock;
mod comment;
mod commit;
mod config;
mod console;
mod documents;
mod explain;
mod fix;
mod folders;
mod graph;
mod inputs;
mod knowledge;
mod many;
mod modules;
mod output;
mod own_prices;
mod place;
mod plan_cost;
mod prices;
mod pricing;
mod progress;
mod publish;
mod refresh;
mod refresh_rates;
mod rules;
mod terminal;
mod user_folders;
mod variables;

use std::process::ExitCode;

use clap::{Args, CommandFactory as _, Parser, Subcommand};
use smol_str::SmolStr;

use crate::catalog::Catalog;
use crate::model::Problem;

/// What a Terraform or OpenTofu change costs, before it is applied.
#[derive(Debug, Parser)]
#[command(name = "lepton", version, about, max_term_width = 100, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Price plans and states: a table of resources, the total before and after, and what is not known
    PlanCost(Box<plan_cost::Arguments>),
    /// Show how each figure of a resource came about: stanza, expressions, price row, source, tiers
    Explain(explain::Arguments),
    /// Show which resource refers to which, with what each costs: for Graphviz, or as JSON
    Graph(graph::Arguments),
    /// Evaluate expressions in the scope of a module, a plan, or a resource's stanza
    Console(console::Arguments),
    /// Say where the work of plans and states could run, and what that would really cost
    Place(place::Arguments),
    /// Post reports on a pull request: comment, check, code scanning
    Comment(comment::Arguments),
    /// Write what findings want into the Terraform files: a diff first, the files with --write
    Fix(fix::Arguments),
    /// Look into the catalog of resource types, check stanzas, rebuild the price book
    #[command(subcommand)]
    Catalog(catalog::Verb),
    /// List the rules, show what one finds and why
    #[command(subcommand)]
    Rules(rules::Verb),
    /// Check `lepton.hcl`, describe what may stand in it
    #[command(subcommand)]
    Config(config::Verb),
    /// Print completions for a shell
    Completions(Completions),
}

/// Prints completions for a shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  lepton completions bash > /etc/bash_completion.d/lepton
  lepton completions zsh > \"${fpath[1]}/_lepton\"
  lepton completions fish > ~/.config/fish/completions/lepton.fish")]
struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

impl Completions {
    fn run(&self) -> Outcome {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "lepton", &mut text);
        match terminal::print(&String::from_utf8_lossy(&text)) {
            Ok(()) => Outcome::Passed,
            Err(problem) => {
                terminal::report([&problem]);
                Outcome::Failed
            }
        }
    }
}

/// Options of every verb that prices something.
#[derive(Debug, Args)]
struct PricingOptions {
    /// Usage figures, in the `version: 0.1` YAML layout
    #[arg(long, value_name = "FILE")]
    usage_file: Option<std::path::PathBuf>,

    /// The region of resources for which nothing else says one
    #[arg(long, value_name = "REGION")]
    region: Option<SmolStr>,

    /// Take a price of another region as no price at all
    #[arg(long)]
    strict_prices: bool,

    /// Budgets, rules and the like; `lepton.hcl` in the current folder unless given
    #[arg(long, value_name = "FILE")]
    config: Option<std::path::PathBuf>,

    /// Judge by the rules and budgets of `lepton.hcl` alone, without the built-in rules
    #[arg(long)]
    no_rules: bool,

    /// A folder of further stanzas (`*.hcl`); they win over the built-in ones
    #[arg(long, value_name = "DIR")]
    catalog: Vec<std::path::PathBuf>,

    #[command(flatten)]
    prices: prices::PricesOption,

    #[command(flatten)]
    variables: variables::Variables,

    #[command(flatten)]
    fetching: variables::Fetching,
}

/// How a verb ended, short of a bug.
enum Outcome {
    /// Everything worked.
    Passed,
    /// Everything worked, and some finding fails the gate.
    GateFailed,
    /// There were expected errors; they have been printed.
    Failed,
}

impl Outcome {
    fn code(&self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::GateFailed => 1,
            Self::Failed => 2,
        }
    }
}

/// Runs the command line and returns the process's exit code.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are results; anything else is a mistake of the caller.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let outcome = match arguments.verb {
        Verb::PlanCost(arguments) => plan_cost::run(&arguments),
        Verb::Explain(arguments) => explain::run(&arguments),
        Verb::Graph(arguments) => graph::run(&arguments),
        Verb::Console(arguments) => console::run(&arguments),
        Verb::Place(arguments) => place::run(&arguments),
        Verb::Comment(arguments) => comment::run(&arguments),
        Verb::Fix(arguments) => fix::run(&arguments),
        Verb::Catalog(verb) => catalog::run(&verb),
        Verb::Rules(verb) => rules::run(&verb),
        Verb::Config(verb) => config::run(&verb),
        Verb::Completions(arguments) => arguments.run(),
    };
    ExitCode::from(outcome.code())
}

/// The embedded catalog with the user's folders over it: `.lepton/catalog`, then each `--catalog`.
fn load_catalog(folders: &[std::path::PathBuf]) -> Result<Catalog, Vec<Problem>> {
    // A broken stanza of the user's is an error now, not a gap in the figures later.
    let (catalog, problems) = load_catalog_partly(folders)?;
    if problems.is_empty() { Ok(catalog) } else { Err(problems) }
}

/// The catalog, and what is wrong with the user's stanzas: their types have no price.
fn load_catalog_partly(folders: &[std::path::PathBuf]) -> Result<(Catalog, Vec<Problem>), Vec<Problem>> {
    let mut catalog = Catalog::embedded();
    let own = std::path::Path::new(".lepton/catalog");
    if own.is_dir() {
        catalog.add_folder(own)?;
    }
    for folder in folders {
        catalog.add_folder(folder)?;
    }
    let problems = catalog.problems_of_users();
    Ok((catalog, problems))
}

/// Breaks a list of words into rows of a width.
fn text_rows(words: &str, width: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in words.split(' ') {
        let row = rows.last_mut().expect("never empty");
        if !row.is_empty() && row.len() + 1 + word.len() > width {
            rows.push(word.to_owned());
        } else {
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
    }
    rows
}
