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
  lepton explain 'module.db[0].aws_db_instance.main' plan.json --usage-file usage.yml")]
pub(super) struct Arguments {
    /// The address of a resource, as in the table
    #[arg(value_name = "ADDRESS")]
    address: String,

    /// The plan or state; `-` is stdin
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
    let Read { projects, errors } = pricing.read(std::slice::from_ref(&arguments.path), "input", audit);
    let Some(project) = projects.first() else { return Err(errors) };
    let priced = pricing.price(&project.plan, true);
    let found: Vec<&PricedChange> =
        priced.changes.iter().filter(|change| change.address.as_str() == arguments.address).collect();
    if found.is_empty() {
        return Err(vec![not_there(arguments, &priced.changes)]);
    }
    let text: String = found.iter().map(|change| report::explain(change)).collect();
    terminal::print(&text).map_err(|problem| vec![problem])
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
