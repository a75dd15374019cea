//! `lepton graph PATH…`: which resource refers to which, with what each costs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::audit::Audit;
use super::pricing::{Pricing, Project, Read};
use super::{Outcome, PricingOptions, terminal};
use crate::model::Problem;
use crate::report::graph::{self, GraphForm, GraphOptions, GraphProject};
use crate::{diff, input};

/// Shows the references between resources, with their costs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  lepton graph plan.json | dot -Tsvg > graph.svg
  lepton graph terraform.tfstate --only-costly --out graph.dot
  lepton graph infra --resource aws_ecs_service.api --depth 2
  lepton graph plan.json --resource module.db --format json
  lepton graph 'envs/*/plan.json' --out graph.json

An arrow leads from the resource that refers to the one that it refers to, and
names the attribute. `dot` is the program of Graphviz, graphviz.org.")]
pub(super) struct Arguments {
    /// Plans (`terraform show -json`), states or folders of .tf files; `-` is stdin, and patterns such as
    /// `envs/*/plan.json` work
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,

    #[command(flatten)]
    pricing: PricingOptions,

    /// How the result looks
    #[arg(long, value_enum, default_value_t = FormatName::Dot)]
    format: FormatName,

    /// Only this resource, all its instances, or all of a module, and what is around it; may be given again
    #[arg(long, value_name = "ADDRESS")]
    resource: Vec<String>,

    /// How many references away from --resource, in either direction
    #[arg(long, value_name = "N", default_value_t = 1, requires = "resource")]
    depth: usize,

    /// Only resources that cost something or may; a dashed arrow leads through others
    #[arg(long)]
    only_costly: bool,

    /// The folder of the .tf files that a plan was made of: references through local values are followed there; with
    /// several projects one each, in their order
    #[arg(long, value_name = "DIR")]
    source: Vec<PathBuf>,

    /// Write the result to a file instead of stdout; give it again for another format, which the ending (.dot, .gv,
    /// .json) says, any other ending that of --format
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
}

/// The output formats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// The language of Graphviz
    Dot,
    /// The graph as `lepton-graph/1` describes it
    Json,
}

impl FormatName {
    fn form(self) -> GraphForm {
        match self {
            Self::Dot => GraphForm::Dot,
            Self::Json => GraphForm::Json,
        }
    }

    /// The form of a file: what `--format` says, unless the ending knows better.
    fn for_file(self, path: &Path) -> GraphForm {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => GraphForm::Json,
            Some("dot" | "gv") => GraphForm::Dot,
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

/// Prints the graphs; gives the errors of single inputs and outputs.
fn try_run(arguments: &Arguments) -> Result<Vec<Problem>, Vec<Problem>> {
    let audit = &mut Audit::new(None);
    let pricing = Pricing::prepare(&arguments.pricing, true, audit)?;
    let mut problems = pricing.broken().to_vec();
    let Read { mut projects, errors, .. } = pricing.read(&arguments.paths, "input", audit);
    problems.extend(errors);
    if projects.is_empty() {
        return Err(problems);
    }
    let mut warnings = pricing.warnings();
    follow_sources(&arguments.source, &mut projects, &mut warnings, &mut problems);
    let graphs: Vec<GraphProject> = projects.into_iter().map(|project| graph(&pricing, project)).collect();
    let graphs = narrowed(arguments, graphs)?;
    terminal::report(&warnings);
    let about = pricing.report_options();
    let options = GraphOptions { currency: &about.currency, prices: (&about.book_oldest, &about.book_newest) };
    for path in &arguments.out {
        let text = graph::render(&graphs, arguments.format.for_file(path), &options);
        problems.extend(terminal::write(path, &text).err());
    }
    if arguments.out.is_empty() {
        problems.extend(terminal::print(&graph::render(&graphs, arguments.format.form(), &options)).err());
    }
    Ok(problems)
}

fn graph(pricing: &Pricing, project: Project) -> GraphProject {
    let Project { name, path, plan, .. } = project;
    let priced = pricing.price(&plan, false);
    let diff = diff::compare(&priced, &pricing.currency());
    GraphProject::of(name, path, &plan, &priced, &diff)
}

/// What the options leave of the graphs.
fn narrowed(arguments: &Arguments, graphs: Vec<GraphProject>) -> Result<Vec<GraphProject>, Vec<Problem>> {
    let missing = arguments.resource.iter().filter(|address| graphs.iter().all(|graph| graph.find(address).is_empty()));
    let missing: Vec<Problem> = missing.map(|address| not_there(address, &graphs)).collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let narrow = |graph: GraphProject| {
        let centres: Vec<usize> = arguments.resource.iter().flat_map(|address| graph.find(address)).collect();
        let graph = if arguments.resource.is_empty() { graph } else { graph.around(&centres, arguments.depth) };
        if arguments.only_costly { graph.costly() } else { graph }
    };
    Ok(graphs.into_iter().map(narrow).collect())
}

fn not_there(address: &str, graphs: &[GraphProject]) -> Problem {
    let known = graphs.iter().flat_map(|graph| &graph.nodes).map(|node| node.address.as_str());
    let near = known.map(|known| (strsim::damerau_levenshtein(address, known), known)).min();
    let help = match near {
        Some((distance, known)) if distance <= 1 + address.len() / 4 => format!("did you mean `{known}`?"),
        _ => "`lepton plan-cost PATH --show-free` lists every address".into(),
    };
    Problem::error("lepton::graph::no-such-address", format!("no input has `{address}`")).help(help)
}

/// Lets the references of each plan follow local values in the files that it was made of.
fn follow_sources(
    folders: &[PathBuf],
    projects: &mut [Project],
    warnings: &mut Vec<Problem>,
    problems: &mut Vec<Problem>,
) {
    if !folders.is_empty() && folders.len() != projects.len() {
        let message = format!("{} folders of sources for {} projects", folders.len(), projects.len());
        let problem = Problem::error("lepton::sources::count", message);
        problems.push(problem.help("give one --source for each project, in their order"));
        return;
    }
    for (folder, project) in folders.iter().zip(projects) {
        match input::follow_sources(&mut project.plan, folder) {
            Ok(found) => warnings.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
}
