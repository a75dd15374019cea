//! `lepton place PATH…`: where the work of a project could run, and what that would really cost.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::audit::Audit;
use super::inputs::Inputs;
use super::pricing::{Pricing, Project, Read};
use super::{Outcome, PricingOptions, terminal};
use crate::model::Problem;
use crate::report::placement::{self, Depth, Form, PlacedProject, PlacementOptions, PlacementView};

/// Says where the work of plans, states and modules could run.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  lepton place plan.json --summary
  lepton place plan.json --usage-file usage.yml
  lepton place plan.json --out placement.md --out placement.json
  lepton place 'envs/*/plan.json' --summary --format json

What may move, where to, and from which saving on stands in `lepton.hcl`: the
blocks placement, site, pin, apart, workload, traffic, path and commitment.
`lepton config schema` describes them.")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    pricing: PricingOptions,

    /// Only what each placement costs and is worth: now, all at one provider, the hybrid
    #[arg(long)]
    summary: bool,

    /// How the result looks
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    format: FormatName,

    /// Write the result to a file instead of stdout; give it again for another format, which the ending (.md, .json)
    /// says, any other ending that of --format
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
}

/// The output formats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// For the terminal
    Table,
    /// For a pull request
    Markdown,
    /// The placements as `lepton/1` describes them
    Json,
}

impl FormatName {
    fn form(self) -> Form {
        match self {
            Self::Table => Form::Table,
            Self::Markdown => Form::Markdown,
            Self::Json => Form::Json,
        }
    }

    /// The form of a file: what `--format` says, unless the ending knows better.
    fn for_file(self, path: &Path) -> Form {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Form::Json,
            Some("md" | "markdown") => Form::Markdown,
            _ => self.form(),
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let problems = match try_run(arguments) {
        Ok(problems) | Err(problems) => problems,
    };
    terminal::report(&problems);
    if problems.is_empty() { Outcome::Passed } else { Outcome::Failed }
}

/// Prints the placements; gives the errors of single inputs and outputs.
fn try_run(arguments: &Arguments) -> Result<Vec<Problem>, Vec<Problem>> {
    let audit = &mut Audit::new(None);
    let pricing = Pricing::prepare(&arguments.pricing, false, audit)?;
    let paths = arguments.inputs.paths().map_err(|problem| vec![problem])?;
    let mut read = pricing.read(&paths, "input", audit);
    arguments.inputs.name(&mut read).map_err(|problem| vec![problem])?;
    let Read { projects, errors: mut problems, .. } = read;
    let mut warnings = pricing.warnings();
    warnings.extend(pricing.old_book());
    let given = projects.len() + problems.len();
    let views = placements(&pricing, &projects, true, &mut warnings, &mut problems);
    let place = |(project, view): (Project, Option<PlacementView>)| {
        Some(PlacedProject { name: project.name, path: project.path, placement: view? })
    };
    let placed: Vec<PlacedProject> = projects.into_iter().zip(views).filter_map(place).collect();
    terminal::report(&warnings);
    if placed.is_empty() {
        return Err(problems);
    }
    let about = pricing.report_options();
    let options = PlacementOptions {
        depth: if arguments.summary { Depth::Summary } else { Depth::Full },
        unplaced: given - placed.len(),
        currency: &about.currency,
        prices: (&about.book_oldest, &about.book_newest),
        width: terminal::width(),
        color: false,
    };
    let show = |form, color| placement::render(&placed, form, &PlacementOptions { color, ..options.clone() });
    for path in &arguments.out {
        problems.extend(terminal::write(path, &show(arguments.format.for_file(path), false)).err());
    }
    if arguments.out.is_empty() {
        problems.extend(terminal::print(&show(arguments.format.form(), terminal::has_colour())).err());
    }
    Ok(problems)
}

/// Whether `lepton.hcl` asks for placements.
pub(super) fn is_configured(pricing: &Pricing) -> bool {
    let config = pricing.config();
    config.placement.is_some() || !config.sites.is_empty()
}

/// The placements of a run's projects, where somebody asked for them; errors lose only their own project.
pub(super) fn placements(
    pricing: &Pricing,
    projects: &[Project],
    is_asked_for: bool,
    warnings: &mut Vec<Problem>,
    problems: &mut Vec<Problem>,
) -> Vec<Option<PlacementView>> {
    let config = pricing.config();
    let is_wanted = is_asked_for || config.placement.is_some() || !config.sites.is_empty();
    let mut view = |project: &Project| match pricing.place(project) {
        Ok(placement) => {
            let view = PlacementView::of(&placement);
            warnings.extend(placement.problems);
            Some(view)
        }
        Err(found) => {
            let is_one_of_several = projects.len() > 1;
            let about = |problem: Problem| if is_one_of_several { problem.about(&project.name) } else { problem };
            problems.extend(found.into_iter().map(about));
            None
        }
    };
    projects.iter().map(|project| if is_wanted { view(project) } else { None }).collect()
}
