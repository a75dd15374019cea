//! `--compare-to`: another plan, a state, a folder, a commit or an earlier report in the place of what exists now.

use std::collections::HashSet;
use std::path::Path;

use smol_str::SmolStr;

use super::audit::Audit;
use super::commit;
use super::inputs::expand_all;
use super::pricing::{Pricing, Project, Read, plain};
use crate::diff::Existing;
use crate::estimate::{PricedChange, PricedPlan};
use crate::model::Problem;
use crate::report::read_report;
use crate::rules::Finding;

/// What the audit log calls them.
const ROLE: &str = "compare-to";

/// A project to compare with.
struct BaselineProject {
    name: String,
    /// Whether its plan was complete.
    complete: bool,
    /// What each resource costs after its changes.
    estimates: Vec<Existing>,
    is_paired: bool,
}

/// What there is after the changes of a plan, or in a state.
fn after(priced: PricedPlan) -> Vec<Existing> {
    let existing = |change: PricedChange| Some(Existing { deposed: change.deposed, estimate: change.after? });
    priced.changes.into_iter().filter_map(existing).collect()
}

impl Current<'_> {
    /// The folder that was given, if it is one alone.
    fn folder(&self) -> Option<String> {
        let [path] = self.paths else { return None };
        Path::new(path).is_dir().then(|| plain(path).to_owned())
    }

    /// All folders that were given; `None` if something else was, too.
    pub(super) fn folders(&self) -> Option<Vec<String>> {
        expand_all(self.paths)
            .into_iter()
            .map(|path| path.ok().filter(|path| Path::new(path).is_dir()).map(|path| plain(&path).to_owned()))
            .collect()
    }
}

/// What makes a finding the same in two runs.
fn key(finding: &Finding, names: &[&String]) -> (Option<String>, SmolStr, String) {
    let project = finding.project.and_then(|at| names.get(at)).map(|name| (*name).clone());
    let about = finding.address.as_ref().map_or_else(|| finding.title.to_string(), ToString::to_string);
    (project, finding.code.clone(), about)
}

/// What is compared with a baseline.
#[derive(Clone, Copy)]
pub(super) struct Current<'r> {
    /// As given.
    pub(super) paths: &'r [String],
    /// As read.
    pub(super) projects: &'r [Project],
}

/// The projects to compare with.
pub(super) struct Baselines {
    projects: Vec<BaselineProject>,
    /// The names of projects that the baseline has, but cannot be read there.
    broken: Vec<String>,
    /// Why.
    pub(super) errors: Vec<Problem>,
    /// What was found there: project, code, and the resource or the title.
    found: HashSet<(Option<String>, SmolStr, String)>,
}

impl Baselines {
    /// Reads reports as they are; plans and states are priced like any input, and count as what they lead to.
    pub(super) fn read(
        pricing: &Pricing,
        paths: &[String],
        current: Current<'_>,
        wants_findings: bool,
        audit: &mut Audit,
    ) -> Result<Self, Vec<Problem>> {
        let mut projects = Vec::new();
        let mut found = HashSet::new();
        let mut others = Vec::new();
        let mut read = Read::default();
        for path in paths {
            if let Some(reference) = path.strip_prefix(commit::PREFIX) {
                read.add(commit::read(pricing, reference, current, ROLE, audit).map_err(|problem| vec![problem])?);
                continue;
            }
            if let Some(shown) = current.folder().filter(|_| Path::new(path).is_dir()) {
                read.add(pricing.read_plain(path, &shown, ROLE, audit));
                continue;
            }
            // What cannot be read as text is left to the reader of inputs, with its problems.
            let text = std::fs::read_to_string(Path::new(path)).unwrap_or_default();
            match read_report(path, &text) {
                Some(Ok(baseline)) if baseline.currency != pricing.currency() => {
                    let (theirs, ours) = (baseline.currency, pricing.currency());
                    let message =
                        format!("{path} is in {theirs}, this run in {ours}: amounts of two currencies never meet");
                    let help = "make the earlier report again with the same `currency`";
                    return Err(vec![Problem::error("lepton::baseline::currency", message).help(help)]);
                }
                Some(Ok(baseline)) => {
                    audit.bytes(ROLE, path, text.as_bytes());
                    let names: Vec<&String> = baseline.report.projects.iter().map(|project| &project.name).collect();
                    found.extend(baseline.report.findings.iter().map(|finding| key(finding, &names)));
                    projects.extend(baseline.report.projects.into_iter().map(|project| BaselineProject {
                        name: project.name,
                        complete: project.priced.complete,
                        estimates: after(project.priced),
                        is_paired: false,
                    }));
                }
                Some(Err(problem)) => return Err(vec![problem]),
                None => others.push(path.clone()),
            }
        }
        let files = pricing.read(&others, ROLE, audit);
        // A plan or a state that cannot be read leaves nothing to compare with, a root module only itself.
        if !files.errors.is_empty() {
            return Err(files.errors);
        }
        read.add(files);
        let Read { projects: others, errors, broken, .. } = read;
        let builtins = if wants_findings { pricing.rules(&others)? } else { Vec::new() };
        let judge = pricing.judge(&builtins);
        for project in others {
            let (name, complete) = (project.name.clone(), project.plan.complete);
            let estimates = if wants_findings {
                let (input, judgement) = pricing.project(project, 0, &judge, None, false);
                found.extend(judgement.findings.iter().map(|finding| key(finding, &[&name])));
                after(input.priced)
            } else {
                after(pricing.price(&project.plan, false))
            };
            projects.push(BaselineProject { name, complete, estimates, is_paired: false });
        }
        Ok(Self { projects, broken, errors, found })
    }

    /// Marks what was found there already. Two single projects are the same one, whatever they are called.
    pub(super) fn mark_known(&self, findings: &mut [Finding], names: &[&String]) {
        let is_single = names.len() == 1 && self.projects.len() == 1;
        let theirs: Vec<&String> = self.projects.iter().map(|project| &project.name).collect();
        for finding in findings {
            let key = key(finding, if is_single { &theirs } else { names });
            finding.is_known = self.found.contains(&key);
        }
    }

    /// What each project is compared with, in the order of the projects: that of its name, or the only one of both sides.
    /// A project that the baseline lacks is compared with nothing: all of it is new. One that cannot be read there is
    /// not compared.
    pub(super) fn pair(&mut self, names: &[&str], problems: &mut Vec<Problem>) -> Vec<Option<Vec<Existing>>> {
        for project in self.projects.iter().filter(|project| !project.complete) {
            let message = format!("{} is incomplete: what it lacks looks added", project.name);
            problems.push(Problem::warning("lepton::baseline::incomplete", message).help("compare with a whole plan"));
        }
        if names.len() == 1 && self.projects.len() == 1 && self.broken.is_empty() {
            return self.projects.iter_mut().map(|project| Some(std::mem::take(&mut project.estimates))).collect();
        }
        if names.len() == 1 && self.projects.is_empty() && !self.broken.is_empty() {
            return vec![None];
        }
        let mut take = |name: &str| {
            let project = self.projects.iter_mut().find(|project| project.name == name && !project.is_paired)?;
            project.is_paired = true;
            Some(std::mem::take(&mut project.estimates))
        };
        let found: Vec<Option<Vec<Existing>>> = names.iter().map(|name| take(name)).collect();
        let is_broken = |name: &str| self.broken.iter().any(|broken| broken == name);
        for (name, _) in names.iter().zip(&found).filter(|(name, found)| found.is_none() && !is_broken(name)) {
            let message = format!("the baseline has no project `{name}`: all of it counts as new");
            problems.push(Problem::warning("lepton::baseline::no-project", message).help("projects pair by name"));
        }
        for project in self.projects.iter().filter(|project| !project.is_paired) {
            let message = format!("the baseline's project `{}` is not among the inputs: it is left out", project.name);
            problems.push(Problem::warning("lepton::baseline::left-over", message).help("projects pair by name"));
        }
        let compared =
            |(name, found): (&&str, Option<_>)| if is_broken(name) { found } else { Some(found.unwrap_or_default()) };
        names.iter().zip(found).map(compared).collect()
    }
}
