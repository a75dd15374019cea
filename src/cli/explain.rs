//! `lepton explain ADDRESS PATH`: how each figure of a resource came about.

use clap::Args;

use super::audit::Audit;
use super::pricing::{Pricing, Read};
use super::{Outcome, PricingOptions, terminal};
use crate::estimate::PricedChange;
use crate::model::Problem;
use crate::report;

/// Explains the figures of a resource.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  lepton explain aws_instance.web plan.json
  lepton explain aws_instance.web infra
  lepton explain 'module.db[0].aws_db_instance.main' plan.json --usage-file usage.yml")]
pub(super) struct Arguments {
    /// The address of a resource, as in the table
    #[arg(value_name = "ADDRESS")]
    address: String,

    /// The plan (saved, or of `terraform show -json`), state or folder of .tf files; `-` is stdin
    #[arg(value_name = "PATH")]
    path: String,

    #[command(flatten)]
    pricing: PricingOptions,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match try_run(arguments) {
        Ok(()) => Outcome::Passed,
        Err(problems) => {
            terminal::report(&problems);
            Outcome::Failed
        }
    }
}

fn try_run(arguments: &Arguments) -> Result<(), Vec<Problem>> {
    let audit = &mut Audit::new(None);
    let pricing = Pricing::prepare(&arguments.pricing, false, audit)?.whole()?;
    let Read { projects, errors, .. } = pricing.read(std::slice::from_ref(&arguments.path), "input", audit);
    let mut text = String::new();
    let mut others = Vec::new();
    for project in &projects {
        let priced = pricing.price(&project.plan, true);
        let is_meant = |change: &PricedChange| change.address.as_str() == arguments.address;
        let (found, rest): (Vec<_>, Vec<_>) = priced.changes.into_iter().partition(is_meant);
        if projects.len() > 1 && !found.is_empty() {
            text.push_str(&format!("project {}\n\n", project.name));
        }
        text.extend(found.iter().map(report::explain));
        others.extend(rest);
    }
    if text.is_empty() {
        let unread = errors.into_iter();
        let missing = (!projects.is_empty()).then(|| not_there(arguments, &others));
        return Err(unread.chain(missing).collect());
    }
    terminal::print(&text).map_err(|problem| vec![problem])?;
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn not_there(arguments: &Arguments, changes: &[PricedChange]) -> Problem {
    let addresses = changes.iter().map(|change| change.address.as_str());
    let near = addresses.map(|known| (strsim::damerau_levenshtein(&arguments.address, known), known)).min();
    let help = match near {
        Some((distance, known)) if distance <= 1 + arguments.address.len() / 4 => format!("did you mean `{known}`?"),
        _ => format!("`lepton plan-cost {} --show-free` lists every address", arguments.path),
    };
    Problem::error("lepton::explain::no-such-address", format!("{} has no {}", arguments.path, arguments.address))
        .help(help)
}
