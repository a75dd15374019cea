//! `lepton comment`: posts earlier reports, from the job that may write.

use clap::Args;

use super::publish::{self, Published, Target, Wanted};
use super::{Outcome, clock, terminal};
use crate::model::Problem;
use crate::report::{RenderOptions, Report, SavedReport, read_report};

/// Posts reports on a pull request.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  lepton plan-cost plan.json --format json --out report.json
  lepton comment report.json --repo acme/shop --pull-request 7
  lepton comment 'reports/*.json' --tag infrastructure      several reports, one comment
  lepton comment report.json --check --sarif-upload
  lepton comment report.json --provider gitlab

The token is read from GITHUB_TOKEN, or GITLAB_TOKEN. In a workflow on `pull_request` the environment says the
repository, the pull request and the commit. The permissions: pull-requests: write for the comment, checks: write for
the check, security-events: write for code scanning.")]
pub(super) struct Arguments {
    /// Reports, as `plan-cost --format json` writes them; patterns work
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,

    #[command(flatten)]
    target: Target,

    /// Write a check run too, with the verdict as its conclusion and findings at their lines
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "lepton")]
    check: Option<String>,

    /// Hand findings to code scanning too
    #[arg(long)]
    sarif_upload: bool,

    /// Write no comment: the check or the upload alone
    #[arg(long)]
    no_comment: bool,

    /// Print the comment instead of posting it
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match try_run(arguments) {
        Ok(problems) if problems.is_empty() => Outcome::Passed,
        Ok(problems) | Err(problems) => {
            terminal::report(&problems);
            Outcome::Failed
        }
    }
}

fn try_run(arguments: &Arguments) -> Result<Vec<Problem>, Vec<Problem>> {
    let report = read(&arguments.paths)?;
    let options = RenderOptions { width: terminal::width(), color: false, timestamp: clock::now() };
    if arguments.dry_run {
        let text = crate::report::render(&report, crate::report::Format::Markdown, &options);
        terminal::print(&text).map_err(|problem| vec![problem])?;
        return Ok(Vec::new());
    }
    let wanted =
        Wanted { comment: !arguments.no_comment, check: arguments.check.clone(), sarif: arguments.sarif_upload };
    if !wanted.any() {
        let problem = Problem::error("lepton::publish::nothing", "there is nothing to post");
        return Err(vec![problem.help("--no-comment goes with --check or --sarif-upload")]);
    }
    let Published { said, problems } = publish::publish(&report, &arguments.target, &wanted, &options);
    said.into_iter().for_each(terminal::say);
    if !problems.is_empty() {
        publish::summary_instead(&report, &options);
    }
    std::mem::forget(report);
    Ok(problems)
}

/// All reports as one.
fn read(paths: &[String]) -> Result<Report, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut reports: Vec<SavedReport> = Vec::new();
    for path in paths.iter().flat_map(|path| super::inputs::expand(path)) {
        let text = path.and_then(|path| {
            if std::path::Path::new(&path).is_dir() {
                let message = format!("`{path}` is a folder, not a report");
                return Err(Problem::error("lepton::publish::no-report", message)
                    .help(format!("`lepton plan-cost {path} --comment` prices it and posts the report")));
            }
            let bytes = crate::input::load(std::path::Path::new(&path))?;
            Ok((String::from_utf8_lossy(&bytes).into_owned(), path))
        });
        let read = text.and_then(|(text, path)| match read_report(&path, &text) {
            Some(report) => report,
            None => Err(Problem::error("lepton::publish::no-report", format!("`{path}` is no report of lepton's"))
                .help("make it by `lepton plan-cost PLAN --format json --out report.json`")),
        });
        match read {
            Ok(report) => reports.push(report),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Report::merged(reports.into_iter().map(|saved| saved.report).collect()).map_err(|problem| vec![problem])
}
