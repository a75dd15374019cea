//! `lepton plan-cost`: prices plans and states, judges them, and prints or writes the report.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use clap::Args;

use super::audit::Audit;
use super::baseline::{Baselines, Current};
use super::documents::Input;
use super::inputs::Inputs;
use super::many::{self, Held, Many, Own, Spooled};
use super::output::{FailOn, Output};
use super::pricing::{Pricing, Read};
use super::publish::{self, Published, Target, Wanted};
use super::{Outcome, PricingOptions, clock, place, terminal};
use crate::input::{self, Sources};
use crate::model::{Address, Problem, Severity};
use crate::report::placement::PlacementView;
use crate::report::{self, Format, ProjectInput, RenderOptions, Report, Spool};
use crate::rules::{self, Judgement, Policies, PolicyInput};

/// Prices plans and states.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  terraform plan -out plan.tfplan
  lepton plan-cost plan.tfplan
  lepton plan-cost plan.json --usage-file usage.yml --out cost.md
  terraform show -json plan.tfplan | lepton plan-cost -
  lepton plan-cost 'envs/*/plan.json' --format infracost-json
  lepton plan-cost --list plans.txt --out cost.md
  lepton plan-cost terraform.tfstate --region eu-west-1
  lepton plan-cost s3://states/prod/
  lepton plan-cost head.json --compare-to base.json
  lepton plan-cost infra --compare-to git:origin/main")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    pricing: PricingOptions,

    /// Compare with another plan, a state, a folder or an earlier JSON report in place of what exists now, or with the
    /// same folders at another commit: `git:REF`; several projects pair by name
    #[arg(long, value_name = "FILE")]
    compare_to: Vec<String>,

    /// Findings that the baseline of --compare-to has already do not count
    #[arg(long, requires = "compare_to")]
    new_only: bool,

    /// The folder of the .tf files that a plan was made of, for the place of each finding; with several projects one
    /// each, in their order
    #[arg(long, value_name = "DIR")]
    source: Vec<PathBuf>,

    /// Judge the report by the Rego policies in a folder: `deny` are errors, `warn` warnings; packages `infracost` read
    /// the layout of `--format infracost-json`, others that of `--format json`
    #[arg(long, value_name = "DIR")]
    policy: Vec<PathBuf>,

    /// The severity at which a finding fails the run (exit code 1); `lepton.hcl` may say it too, else it is `error`
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,

    /// Append a line on this run to a log: inputs with their SHA-256, totals, findings, verdict, suppressions
    #[arg(long, value_name = "FILE")]
    audit_log: Option<PathBuf>,

    /// Say where the work could run, too; with a `placement` or `site` block in `lepton.hcl` it is said anyway
    #[arg(long)]
    place: bool,

    #[command(flatten)]
    output: Output,

    /// Post the report on the pull request; `lepton comment --help` says what that needs
    #[arg(long, help_heading = "On the pull request")]
    comment: bool,

    /// Write a check run with the verdict as its conclusion and findings at their lines
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "lepton", help_heading = "On the pull request")]
    check: Option<String>,

    /// Hand findings to code scanning
    #[arg(long, help_heading = "On the pull request")]
    sarif_upload: bool,

    /// Add the report to the summary of the job (GITHUB_STEP_SUMMARY)
    #[arg(long, help_heading = "On the pull request")]
    job_summary: bool,

    /// Set the outputs of a workflow's step (GITHUB_OUTPUT): monthly-cost, past-monthly-cost, diff, verdict, report-path
    #[arg(long, help_heading = "On the pull request")]
    github_output: bool,

    /// Fail the run (exit code 2) when posting fails; else that is a warning, and the report goes to the job summary
    #[arg(long, help_heading = "On the pull request")]
    require_publish: bool,

    #[command(flatten, next_help_heading = "On the pull request")]
    target: Target,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut audit = Audit::new(arguments.audit_log.as_deref());
    let (report, mut problems) = match try_run(arguments, &mut audit) {
        Ok((report, problems)) => (Some(report), problems),
        Err(problems) => (None, problems),
    };
    problems.extend(report.iter().flat_map(|report| publish(arguments, report)));
    let verdict = report.as_ref().and_then(report::verdict);
    let outcome = match (problems.is_empty(), &verdict) {
        (false, _) => Outcome::Failed,
        (true, Some(_)) => Outcome::GateFailed,
        (true, None) => Outcome::Passed,
    };
    let outcome = match audit.close(report.as_ref(), &problems, outcome.code()) {
        Ok(()) => outcome,
        Err(problem) => {
            problems.push(problem);
            Outcome::Failed
        }
    };
    terminal::report(&problems);
    // The last line says for which findings the gate failed, also where an error outweighs it.
    if let Some(verdict) = &verdict {
        terminal::say(verdict);
    }
    // The process ends here: freeing a large report piece by piece would be the longest step of all.
    std::mem::forget(report);
    outcome
}

/// Brings the report to the pull request; gives what must fail the run.
fn publish(arguments: &Arguments, report: &Report) -> Vec<Problem> {
    let wanted = Wanted { comment: arguments.comment, check: arguments.check.clone(), sarif: arguments.sarif_upload };
    let options = RenderOptions { width: terminal::width(), color: false, timestamp: clock::now() };
    if arguments.github_output
        && let Err(problem) = publish::step_outputs(report, arguments.output.report.as_deref())
    {
        return vec![problem];
    }
    if arguments.job_summary
        && let Err(problem) = publish::job_summary(report, &options)
    {
        terminal::report([&problem]);
    }
    if !wanted.any() {
        return Vec::new();
    }
    let Published { said, problems } = publish::publish(report, &arguments.target, &wanted, &options);
    said.into_iter().for_each(terminal::say);
    if problems.is_empty() || arguments.require_publish {
        return problems;
    }
    // A gate must not hang on a forge: the exit code is that of the gate.
    let softened: Vec<Problem> = problems.into_iter().map(Problem::softened).collect();
    terminal::report(&softened);
    if !arguments.job_summary {
        publish::summary_instead(report, &options);
    }
    Vec::new()
}

/// The report, printed and written, with the errors of single inputs, rules and outputs.
fn try_run(arguments: &Arguments, audit: &mut Audit) -> Result<(Report, Vec<Problem>), Vec<Problem>> {
    let wants_tags = arguments.output.wants_tags() || !arguments.policy.is_empty();
    let pricing = Pricing::prepare(&arguments.pricing, wants_tags, audit)?.quietly(arguments.output.quiet);
    // What is broken fails the run; the rest is priced, judged and printed all the same.
    let mut problems = pricing.broken().to_vec();
    // A policy that cannot be read fails the run; the costs are printed all the same.
    let policies = (!arguments.policy.is_empty()).then(|| Policies::read(&arguments.policy)).transpose();
    let policies = policies.unwrap_or_else(|unread| {
        problems.extend(unread);
        None
    });
    for source in policies.iter().flat_map(Policies::sources) {
        audit.bytes("policy", source.name(), source.text().as_bytes());
    }
    let mut warnings = pricing.warnings();
    let paths = arguments.inputs.paths().map_err(|problem| vec![problem])?;
    let inputs = pricing.inputs(&paths);
    let wants_all = arguments.place
        || place::is_configured(&pricing)
        || arguments.inputs.is_named()
        || !arguments.compare_to.is_empty()
        || !arguments.source.is_empty();
    let shown = report::Options {
        show_free: arguments.output.show_free,
        fail_on: match arguments.fail_on {
            Some(level) => level.severity(),
            None => pricing.config().fail_on.unwrap_or(Some(Severity::Error)),
        },
        usage_file: arguments.pricing.usage_file.as_ref().map(|path| path.display().to_string()),
        ..pricing.report_options()
    };
    let options = RenderOptions { width: terminal::width(), color: terminal::has_colour(), timestamp: clock::now() };
    let is_spooled = inputs.len() >= MANY && !wants_all && arguments.needs_sums_only();
    if let Some(spool) = is_spooled.then(|| arguments.output.spool(&shown, &options)).flatten() {
        return spooled(arguments, &pricing, spool, inputs, &options, audit, (warnings, problems));
    }
    let Priced { projects: priced, mut judged, own, placements, compared, unread } = match inputs.len() {
        2.. if !wants_all => apart(&pricing, inputs, audit, &mut problems)?,
        _ => together(arguments, &pricing, (&paths, inputs), audit, &mut warnings, &mut problems)?,
    };
    let findings = pricing.conclude(&mut judged);
    let mut report = Report::new(priced, shown);
    report.findings = findings;
    report.unread = unread;
    report.placements = placements;
    for (at, Judgement { savings, problems: failed, .. }) in judged.into_iter().enumerate() {
        report.savings.extend(savings.into_iter().map(|(address, saving)| (at, address, saving)));
        let (errors, others): (Vec<Problem>, Vec<Problem>) =
            failed.into_iter().partition(|problem| problem.severity() == Severity::Error);
        problems.extend(errors);
        warnings.extend(others);
    }
    problems.extend(policies.into_iter().flat_map(|policies| judge(policies, &mut report, &options)));
    if let Some(baselines) = compared.filter(|_| arguments.new_only) {
        let names: Vec<&String> = report.projects.iter().map(|project| &project.name).collect();
        baselines.mark_known(&mut report.findings, &names);
        let known: HashSet<(usize, Address)> = report
            .findings
            .iter()
            .filter(|finding| finding.is_known)
            .filter_map(|finding| Some((finding.project?, finding.address.clone()?)))
            .collect();
        report.savings.retain(|(project, address, _)| !known.contains(&(*project, address.clone())));
    }
    problems.extend(locate(&arguments.source, &own, &mut report, &mut warnings));
    pricing.finish(&mut report.findings);
    warnings.extend(warned(&pricing, &report));
    problems.extend(arguments.output.put(&report, &warnings, &options));
    Ok((report, problems))
}

/// From how many inputs on projects are written as soon as they are priced, and not held.
const MANY: usize = 64;

/// What a report warns of. A stanza that is broken is said once, as an error.
fn warned(pricing: &Pricing, report: &Report) -> Vec<Problem> {
    let is_said = |problem: &&Problem| pricing.broken().iter().any(|said| said.to_string() == problem.to_string());
    let is_warning = |problem: &&Problem| problem.severity() > Severity::Note && !is_said(problem);
    report.problems().into_iter().filter(is_warning).cloned().collect()
}

/// Prices inputs, and writes what each adds to the report as soon as it is priced.
fn spooled(
    arguments: &Arguments,
    pricing: &Pricing,
    spool: Spool,
    inputs: Vec<Result<Input, Problem>>,
    options: &RenderOptions,
    audit: &mut Audit,
    (mut warnings, mut problems): (Vec<Problem>, Vec<Problem>),
) -> Result<(Report, Vec<Problem>), Vec<Problem>> {
    let spooled = Spooled { pricing, spool, judged: Vec::new(), meant: vec![0; pricing.config().suppressions.len()] };
    let builtins = pricing.all_rules()?;
    let many =
        pricing.many(spooled, inputs, &pricing.judge(&builtins), "input", audit).map_err(|problem| vec![problem])?;
    let Many { taken: Spooled { mut spool, mut judged, mut meant, .. }, count, errors, unread } = many;
    problems.extend(errors);
    if count == 0 {
        return Err(nothing_read(problems));
    }
    let mut report = spool.report();
    report.unread = unread;
    report.findings = pricing.conclude(&mut judged);
    let late = pricing.suppress(&mut report.findings);
    meant.iter_mut().zip(late).for_each(|(sum, late)| *sum += late);
    report.findings.extend(pricing.used_up(&meant));
    let failed = judged.into_iter().flat_map(|judged| judged.problems);
    let (errors, others): (Vec<Problem>, Vec<Problem>) =
        failed.partition(|problem| problem.severity() == Severity::Error);
    problems.extend(errors);
    warnings.extend(others);
    warnings.extend(warned(pricing, &report));
    problems.extend(arguments.output.put_spooled(&mut spool, &report, &warnings, options));
    Ok((report, problems))
}

impl Arguments {
    /// Whether nothing but the report is asked for, of which sums are enough once its projects are written.
    fn needs_sums_only(&self) -> bool {
        let is_posted = self.comment || self.check.is_some() || self.sarif_upload || self.job_summary;
        !is_posted && !self.github_output && self.policy.is_empty() && self.audit_log.is_none()
    }
}

/// Projects as they were priced and judged.
struct Priced {
    projects: Vec<ProjectInput>,
    judged: Vec<Judgement>,
    own: Vec<Own>,
    placements: Vec<Option<PlacementView>>,
    compared: Option<Baselines>,
    /// The inputs that could not be read.
    unread: Vec<String>,
}

/// Prices inputs that need not know of each other: of those that are done only the costs are kept.
fn apart(
    pricing: &Pricing,
    inputs: Vec<Result<Input, Problem>>,
    audit: &mut Audit,
    problems: &mut Vec<Problem>,
) -> Result<Priced, Vec<Problem>> {
    let builtins = pricing.all_rules()?;
    let many = pricing.many(Held::default(), inputs, &pricing.judge(&builtins), "input", audit);
    let many = many.map_err(|problem| vec![problem])?;
    let Many { taken: Held { priced, judged, own }, errors, unread, .. } = many;
    problems.extend(errors);
    if priced.is_empty() {
        return Err(nothing_read(std::mem::take(problems)));
    }
    let placements = priced.iter().map(|_| None).collect();
    Ok(Priced { projects: priced, judged, own, placements, compared: None, unread })
}

/// Reads all inputs before the first is priced: to compare them, or to place them.
fn together(
    arguments: &Arguments,
    pricing: &Pricing,
    (paths, inputs): (&[String], Vec<Result<Input, Problem>>),
    audit: &mut Audit,
    warnings: &mut Vec<Problem>,
    problems: &mut Vec<Problem>,
) -> Result<Priced, Vec<Problem>> {
    let mut read = pricing.read_inputs(inputs, "input", audit);
    arguments.inputs.name(&mut read).map_err(|problem| vec![problem])?;
    let Read { mut projects, errors, broken, unread } = read;
    problems.extend(errors);
    if projects.is_empty() {
        return Err(nothing_read(std::mem::take(problems)));
    }
    if arguments.source.len() == projects.len() {
        // A folder that cannot be read is said where findings are located.
        for (project, folder) in projects.iter_mut().zip(&arguments.source) {
            let _ = input::follow_sources(&mut project.plan, folder);
        }
    }
    let last = projects.len() - 1;
    let builtins = pricing.rules(&projects)?;
    let judge = pricing.judge(&builtins);
    let mut compared = None;
    let mut estimates: Vec<Option<Vec<_>>> = vec![None; projects.len()];
    if !arguments.compare_to.is_empty() {
        let names: Vec<&str> = projects.iter().map(|project| project.name.as_str()).collect();
        let current = Current { paths, projects: &projects };
        let mut baselines = pricing.baselines(&arguments.compare_to, current, arguments.new_only, audit)?;
        problems.append(&mut baselines.errors);
        estimates = baselines.pair(&names, warnings);
        compared = Some(baselines);
    }
    let placements = place::placements(pricing, &projects, arguments.place, warnings, problems);
    let own: Vec<Own> = projects.iter_mut().map(|project| (project.sources.take(), project.saved.take())).collect();
    let progress = pricing.progress("pricing", projects.len());
    let price = |(at, project)| {
        let baseline: Option<Vec<_>> = Option::take(&mut estimates[at]);
        let priced = pricing.project(project, at, &judge, baseline, at == last);
        progress.step();
        priced
    };
    let (projects, judged): (Vec<_>, Vec<_>) = projects.into_iter().enumerate().map(price).unzip();
    let unread = unread.into_iter().chain(broken).collect();
    Ok(Priced { projects, judged, own, placements, compared, unread })
}

/// Why there is nothing to report on.
fn nothing_read(mut problems: Vec<Problem>) -> Vec<Problem> {
    if problems.is_empty() {
        let message = "nothing that was found is a plan or a state";
        problems.push(
            Problem::error("lepton::input::no-documents", message)
                .help("check the prefix or the pattern; what is in a file tells, not its name"),
        );
    }
    problems
}

/// Adds what policies find in a report; gives those that failed.
fn judge(policies: Policies, report: &mut Report, options: &RenderOptions) -> Vec<Problem> {
    let render = |format| report::render(report, format, options);
    let input = PolicyInput { native: render(Format::Json), infracost: render(Format::InfracostJson) };
    let names: Vec<&str> = report.projects.iter().map(|project| project.name.as_str()).collect();
    let (found, failed) = policies.judge(input, &names);
    report.findings.extend(found);
    failed
}

/// Gives findings their place in the sources of each project: those of `--source`, else the project's own. Gives the
/// folders that cannot be read.
fn locate(folders: &[PathBuf], own: &[Own], report: &mut Report, warnings: &mut Vec<Problem>) -> Vec<Problem> {
    if folders.is_empty() {
        for (at, (project, own)) in report.projects.iter().zip(own).enumerate() {
            many::locate(&mut report.findings, at, project, own);
        }
        return Vec::new();
    }
    if folders.len() != report.projects.len() {
        let message = format!("{} folders of sources for {} projects", folders.len(), report.projects.len());
        return vec![
            Problem::error("lepton::sources::count", message)
                .help("give one --source for each project, in their order"),
        ];
    }
    let mut problems = Vec::new();
    for (at, folder) in folders.iter().enumerate() {
        match Sources::read(folder) {
            Ok(sources) => {
                warnings.extend(sources.problems().iter().cloned().map(Problem::softened));
                rules::locate(&mut report.findings, at, &sources, &HashMap::new());
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems
}
