//! `lepton plan-cost`: prices plans and states, and prints or writes the report.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::pricing::{Pricing, Read};
use super::{Outcome, PricingOptions, terminal};
use crate::model::{Problem, Severity};
use crate::report::{self, Format, RenderOptions, Report};

/// Prices plans and states.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  terraform plan -out plan.tfplan
  terraform show -json plan.tfplan > plan.json
  lepton plan-cost plan.json
  lepton plan-cost plan.json --usage-file usage.yml --out cost.md
  terraform show -json plan.tfplan | lepton plan-cost -
  lepton plan-cost 'envs/*/plan.json' --format infracost-json
  lepton plan-cost terraform.tfstate --region eu-west-1
  lepton plan-cost head.json --compare-to base.json")]
pub(super) struct Arguments {
    /// Plans (`terraform show -json`) or states; `-` is stdin, and patterns such as `envs/*/plan.json` work
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,

    #[command(flatten)]
    pricing: PricingOptions,

    /// Compare with another plan, a state or an earlier JSON report in place of what exists now; several projects pair
    /// by name
    #[arg(long, value_name = "FILE")]
    compare_to: Vec<String>,

    /// How the result looks
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    format: FormatName,

    /// Write the result to a file instead of stdout; give it again for another format: `--out cost.md`
    /// takes its format from the ending (.md, .json, .sarif, .xml for JUnit, .csv), any other ending that of --format
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,

    /// The severity at which a finding fails the run (exit code 1); `lepton.hcl` may say it too, else it is `error`
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,

    /// Show resources that cost nothing too
    #[arg(long)]
    show_free: bool,

    /// Print nothing to stdout and no warnings; errors and `--out` files remain
    #[arg(long, short)]
    quiet: bool,
}

/// The severities by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Any finding
    Note,
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
    /// No finding
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}

/// The output formats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// For the terminal
    Table,
    /// lepton's own versioned JSON
    Json,
    /// For a pull request
    Markdown,
    /// The widely used JSON layout, version 0.2
    InfracostJson,
    /// Findings for code scanning, version 2.1.0
    Sarif,
    /// Findings for the test report of a CI system
    Junit,
    /// A row per priced line, for spreadsheets
    Csv,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Table => Format::Table,
            Self::Json => Format::Json,
            Self::Markdown => Format::Markdown,
            Self::InfracostJson => Format::InfracostJson,
            Self::Sarif => Format::Sarif,
            Self::Junit => Format::Junit,
            Self::Csv => Format::Csv,
        }
    }

    /// The format for a file: what `--format` says, unless it says only `table` and the ending knows better.
    fn for_file(self, path: &std::path::Path) -> Format {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("md" | "markdown") if self == Self::Table => Format::Markdown,
            Some("json") if self == Self::Table => Format::Json,
            Some("md" | "markdown") => Format::Markdown,
            Some("sarif") => Format::Sarif,
            Some("xml") => Format::Junit,
            Some("csv") => Format::Csv,
            _ => self.format(),
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match try_run(arguments) {
        Ok(Run { problems, verdict }) => {
            terminal::report(&problems);
            // The last line says for which findings the gate failed, also where an error outweighs it.
            if let Some(verdict) = &verdict {
                terminal::say(verdict);
            }
            match (problems.is_empty(), verdict) {
                (false, _) => Outcome::Failed,
                (true, Some(_)) => Outcome::GateFailed,
                (true, None) => Outcome::Passed,
            }
        }
        Err(problems) => {
            terminal::report(&problems);
            Outcome::Failed
        }
    }
}

/// How a run ended whose result was printed.
struct Run {
    /// The errors of single inputs, rules and outputs.
    problems: Vec<Problem>,
    /// Why the gate failed, if it did.
    verdict: Option<String>,
}

/// The errors of single inputs are returned as `Ok`: the other inputs' results were printed.
fn try_run(arguments: &Arguments) -> Result<Run, Vec<Problem>> {
    let formats = arguments.out.iter().map(|path| arguments.format.for_file(path)).chain([arguments.format.format()]);
    let wants_tags = formats.into_iter().any(|format| matches!(format, Format::Json | Format::InfracostJson));
    let pricing = Pricing::prepare(&arguments.pricing, wants_tags)?;
    let Read { projects, errors } = pricing.read(&arguments.paths);
    if projects.is_empty() {
        return Err(errors);
    }
    let mut problems = errors;
    let mut warnings = pricing.warnings();
    let last = projects.len() - 1;
    let rules = pricing.rules(&projects)?;
    let mut baselines: Vec<Option<Vec<_>>> = if arguments.compare_to.is_empty() {
        vec![None; projects.len()]
    } else {
        let names: Vec<&str> = projects.iter().map(|project| project.name.as_str()).collect();
        let baselines = pricing.baselines(&arguments.compare_to)?.pair(&names, &mut warnings);
        baselines.into_iter().map(Some).collect()
    };
    let price = |(at, project)| {
        let baseline: Option<Vec<_>> = Option::take(&mut baselines[at]);
        pricing.project(project, at, &rules, baseline, at == last)
    };
    let (priced, mut judged): (Vec<_>, Vec<_>) = projects.into_iter().enumerate().map(price).unzip();
    let findings = pricing.conclude(&mut judged);
    let savings = judged.iter_mut().enumerate();
    let savings = savings.flat_map(|(project, judged)| {
        std::mem::take(&mut judged.savings).into_iter().map(move |(address, saving)| (project, address, saving))
    });
    let savings = savings.collect();
    for problem in judged.into_iter().flat_map(|judged| judged.problems) {
        let is_error = problem.severity() == Severity::Error;
        if is_error { &mut problems } else { &mut warnings }.push(problem);
    }
    let mut report = Report::new(
        priced,
        report::Options {
            show_free: arguments.show_free,
            fail_on: match arguments.fail_on {
                Some(level) => level.severity(),
                None => pricing.config().fail_on.unwrap_or(Some(Severity::Error)),
            },
            usage_file: arguments.pricing.usage_file.as_ref().map(|path| path.display().to_string()),
            ..pricing.report_options()
        },
    );
    report.findings = findings;
    report.savings = savings;
    warnings.extend(report.problems().into_iter().cloned());
    let options =
        RenderOptions { width: terminal::width(), color: terminal::has_colour(), timestamp: super::clock::now() };
    for path in &arguments.out {
        let plain = RenderOptions { color: false, ..options.clone() };
        let text = report::render(&report, arguments.format.for_file(path), &plain);
        problems.extend(terminal::write(path, &text).err());
    }
    if !arguments.quiet {
        terminal::report(&warnings);
        if arguments.out.is_empty() {
            let text = report::render(&report, arguments.format.format(), &options);
            problems.extend(terminal::print(&text).err());
        }
    }
    // The process ends here: freeing a large report piece by piece would be the longest step of all.
    let verdict = report::verdict(&report);
    std::mem::forget(report);
    Ok(Run { problems, verdict })
}
