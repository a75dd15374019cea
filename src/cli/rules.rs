//! `lepton rules`: list rules, show what one finds and why.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Outcome, pricing, terminal};
use crate::config::{Rule, Target};
use crate::model::Problem;
use crate::report;
use crate::rules;

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// List the rules: code, severity, title
    List(List),
    /// Show a rule: what it finds, why that costs, when to leave it, and the rule itself
    #[command(after_help = "Example:
  lepton rules show aws-ebs-gp2-volume")]
    Show(Show),
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only rules whose code begins with this, such as `aws-`
    prefix: Option<String>,
    /// How the list looks
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// Budgets, rules and the like; `lepton.hcl` in the current folder unless given
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For the terminal
    Table,
    /// For documentation
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The rule's code
    code: String,
    /// Budgets, rules and the like; `lepton.hcl` in the current folder unless given
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(super) fn run(verb: &Verb) -> Outcome {
    let result = match verb {
        Verb::List(arguments) => list(arguments),
        Verb::Show(arguments) => show(arguments),
    };
    match result {
        Ok(()) => Outcome::Passed,
        Err(problems) => {
            terminal::report(&problems);
            Outcome::Failed
        }
    }
}

/// All rules, the user's over built-in ones of the same code, by code.
fn all(config: Option<&std::path::Path>) -> Result<Vec<Rule>, Vec<Problem>> {
    let (config, problems) = pricing::load_config(config)?;
    if !problems.is_empty() {
        return Err(problems);
    }
    let own = config.rules;
    let mut rules = rules::all_builtin_rules()?;
    rules.retain(|rule| !own.iter().any(|own| own.code == rule.code));
    rules.extend(own);
    rules.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(rules)
}

fn list(arguments: &List) -> Result<(), Vec<Problem>> {
    let mut rules = all(arguments.config.as_deref())?;
    let prefix = arguments.prefix.as_deref().unwrap_or("");
    rules.retain(|rule| rule.code.starts_with(prefix));
    let mut text = String::new();
    let widest = rules.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    if arguments.format == Form::Markdown {
        text.push_str("| rule | severity | what it finds | sure | effort |\n|---|---|---|---|---|\n");
    }
    for rule in &rules {
        let (code, severity, title) = (&rule.code, report::severity_word(rule.severity), &rule.title);
        let result = match arguments.format {
            Form::Table => writeln!(text, "{code:<widest$}  {severity:<7}  {title}"),
            Form::Markdown => {
                let docs = &rule.docs;
                writeln!(text, "| `{code}` | {severity} | {title} | {} | {} |", docs.confidence, docs.effort)
            }
        };
        result.expect("a String takes every write");
    }
    terminal::print(&text).map_err(|problem| vec![problem])
}

fn show(arguments: &Show) -> Result<(), Vec<Problem>> {
    let rules = all(arguments.config.as_deref())?;
    let Some(rule) = rules.iter().find(|rule| rule.code == arguments.code) else {
        let near = crate::lang::near(&arguments.code, rules.iter().map(|rule| rule.code.as_str()));
        let message = format!("no rule is `{}`: {near}", arguments.code);
        return Err(vec![
            Problem::error("lepton::rules::no-such-rule", message).help("`lepton rules list` names them all"),
        ]);
    };
    let docs = &rule.docs;
    let mut text = format!("{}\n{}\n\n", rule.code, rule.title);
    let mut say = |label: &str, value: &str| {
        if value.is_empty() {
            return;
        }
        for (at, row) in super::text_rows(value, terminal::width() - 12).into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            writeln!(text, "{label:<10}  {row}").expect("a String takes every write");
        }
    };
    let yes = |holds: bool| if holds { "yes" } else { "no" };
    let on: Vec<String> = rule.on.iter().map(Target::to_string).collect();
    say("severity", report::severity_word(rule.severity));
    say("on", &if on.is_empty() { "the whole project".to_owned() } else { on.join(", ") });
    say("what", &docs.what);
    say("why", &docs.why);
    say("leave it", &docs.ignore);
    say("sure", &docs.confidence);
    say("effort", &docs.effort);
    if !docs.effort.is_empty() {
        say("restart", yes(docs.restart));
        say("rollback", yes(docs.rollback));
    }
    say("source", docs.url.as_deref().unwrap_or_default());
    writeln!(text, "\n{}", rule.source.slice(rule.span).trim_end()).expect("a String takes every write");
    terminal::print(&text).map_err(|problem| vec![problem])
}
