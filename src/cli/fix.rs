//! `lepton fix`: writes what findings want into the Terraform files, as a diff first.

use std::path::{Path, PathBuf};

use clap::Args;
use similar::TextDiff;

use super::audit::Audit;
use super::pricing::{Pricing, Project, Read};
use super::{Outcome, PricingOptions, terminal};
use crate::config::{AddressPattern, fits};
use crate::input::Sources;
use crate::model::{Address, Object, Problem, Severity, amount};
use crate::rules::{self, Finding, Fixes};

/// Writes what findings want into Terraform files.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  lepton fix plan.json                              the diff, for the .tf files here
  lepton fix plan.json --source infra | git apply   the same as --write
  lepton fix plan.json --source infra --write
  lepton fix infra                                  without a plan
  lepton fix plan.json --rule 'aws-ebs-*' --on 'module.data.*'

Only values that are written out are changed. A value that comes from a variable, a local, a module input or an
expression is left, and the place to change is named on stderr.")]
pub(super) struct Arguments {
    /// The plan (saved, or of `terraform show -json`) of the files, or their folder; `-` is stdin
    #[arg(value_name = "PATH")]
    path: String,

    /// The folder of the root module's .tf files: PATH if that is a folder, else the current one, else the files
    /// within a saved plan, for the diff alone
    #[arg(long, value_name = "DIR")]
    source: Option<PathBuf>,

    /// Follow only rules with this code; `*` spans any text
    #[arg(long, value_name = "CODE")]
    rule: Vec<String>,

    /// Follow only findings on resources whose address matches
    #[arg(long, value_name = "ADDRESS")]
    on: Vec<String>,

    /// Follow notes too, not warnings and errors alone
    #[arg(long)]
    notes: bool,

    /// Write the files instead of showing the difference
    #[arg(long)]
    write: bool,

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
    let Read { mut projects, errors, .. } = pricing.read(std::slice::from_ref(&arguments.path), "input", audit);
    let Some(mut project) = projects.pop().filter(|_| errors.is_empty()) else { return Err(errors) };
    if !projects.is_empty() {
        let message = format!("`{}` holds {} projects", arguments.path, projects.len() + 1);
        let problem = Problem::error("lepton::fix::several-plans", message);
        return Err(vec![problem.help("fix one at a time: a plan, or a root module with its values by --var-file")]);
    }
    let mut how = "--write";
    let sources = match (&arguments.source, project.sources.take()) {
        (None, Some(sources)) => sources,
        (Some(folder), _) => Sources::read(folder).map_err(|problem| vec![problem])?,
        (None, None) => match (Sources::read(Path::new(".")), &project.saved) {
            (Ok(sources), _) => sources,
            // What a saved plan holds can be shown, but is nowhere to be written.
            (Err(_), Some(saved)) if !arguments.write => {
                how = "--source DIR --write";
                saved.sources()
            }
            (Err(problem), _) => return Err(vec![problem]),
        },
    };
    terminal::report(&sources.problems().iter().cloned().map(Problem::softened).collect::<Vec<_>>());
    let resources = resources(&project);
    let builtins = pricing.rules(std::slice::from_ref(&project))?;
    let (priced, judgement) = pricing.project(project, 0, &pricing.judge(&builtins), None, true);
    let failed: Vec<Problem> = judgement.problems.clone();
    let currency = pricing.currency();
    std::mem::forget(priced);
    let findings = pricing.conclude(&mut [judgement]);
    let wanted: Vec<&Finding> = findings.iter().filter(|finding| arguments.wants(finding)).collect();
    let fixes = rules::fix(&wanted, &resources, &sources);
    terminal::report(&failed);
    terminal::report(&fixes.refusals);
    if arguments.write {
        let failures: Vec<Problem> = fixes.files.iter().filter_map(|file| rules::write_fix(file).err()).collect();
        if !failures.is_empty() {
            return Err(failures);
        }
    } else {
        terminal::print(&diff(&fixes)).map_err(|problem| vec![problem])?;
    }
    summary(&fixes, arguments.write, how, &currency);
    if failed.iter().any(|problem| problem.severity() == Severity::Error) { Err(Vec::new()) } else { Ok(()) }
}

impl Arguments {
    fn wants(&self, finding: &Finding) -> bool {
        let least = if self.notes { Severity::Note } else { Severity::Warning };
        let is_named = self.rule.is_empty() || self.rule.iter().any(|code| fits(code, &finding.code));
        let is_meant = self.on.is_empty()
            || finding
                .address
                .as_ref()
                .is_some_and(|address| self.on.iter().any(|pattern| AddressPattern::new(pattern).matches(address)));
        finding.patch.is_some() && finding.reaches(least) && is_named && is_meant
    }
}

/// The managed resources that there will be.
fn resources(project: &Project) -> Vec<(Address, Object)> {
    let after = project.plan.changes.iter().filter(|change| change.deposed.is_none());
    after.filter_map(|change| Some((change.address.clone(), change.after.as_ref()?.values.clone()))).collect()
}

/// All files in one unified difference, as `git apply` and `patch -p1` take it.
fn diff(fixes: &Fixes) -> String {
    let mut out = String::new();
    for file in &fixes.files {
        let path = file.path.display().to_string();
        let path = path.strip_prefix("./").unwrap_or(&path);
        let (old, new) = match path.starts_with('/') {
            true => (path.to_owned(), path.to_owned()),
            false => (format!("a/{path}"), format!("b/{path}")),
        };
        let diff = TextDiff::from_lines(file.before.as_str(), file.after.as_str());
        out.push_str(&diff.unified_diff().context_radius(3).header(&old, &new).to_string());
    }
    out
}

/// `how`: the options with which the files are written.
fn summary(fixes: &Fixes, is_written: bool, how: &str, currency: &str) {
    let mut text = String::new();
    for followed in &fixes.followed {
        let saves = match followed.saving.is_zero() {
            true => String::new(),
            false => format!(" saves {} a month", amount::money(followed.saving, currency)),
        };
        let instances = match followed.instances {
            1 => String::new(),
            instances => format!(" ({instances} instances)"),
        };
        text.push_str(&format!("{}: {}{instances}{saves}\n", followed.code, followed.address));
    }
    let (files, left) = (fixes.files.len(), fixes.refusals.len());
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let done = match (files, is_written) {
        (0, _) => "nothing to write".to_owned(),
        (_, true) => format!("{} written; plan again to see what is left", count(files, "file")),
        (_, false) => format!("{} would change; {how} writes them", count(files, "file")),
    };
    let left = if left == 0 { String::new() } else { format!(", {} left to you", count(left, "finding")) };
    terminal::say(&format!("{text}{done}{left}"));
}
