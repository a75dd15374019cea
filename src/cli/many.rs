//! Many inputs: read, priced and judged a few at a time, so that the texts of a few are held, and not those of all.

use rayon::prelude::*;

use super::audit::Audit;
use super::documents::{Document, Input, Opened, Unread};
use super::pricing::{Pricing, Project, Read};
use crate::input::{PlanSources, Sources};
use crate::model::Problem;
use crate::report::{Part, ProjectInput, Spool};
use crate::rules::{self, Finding, Judge, Judgement};

/// How many inputs are held at a time at most, for each thread.
const MOST_AT_ONCE: usize = 8;
/// How many bytes of them; a longer one is held alone.
const MOST_BYTES: u64 = 64 << 20;

/// The files that a project was read from, if it is configuration or a saved plan.
pub(super) type Own = (Option<Sources>, Option<PlanSources>);

/// What becomes of projects that are priced and judged.
pub(super) trait Taker: Sync {
    /// What is kept of one.
    type Part: Send;

    /// Makes of a project, at its position, what is kept; others are priced meanwhile.
    fn part(&self, at: usize, priced: ProjectInput, judged: Judgement, own: Own) -> Self::Part;

    /// Takes what is kept, project by project.
    fn take(&mut self, part: Self::Part) -> Result<(), Problem>;
}

/// What came of many inputs.
pub(super) struct Many<T> {
    pub(super) taken: T,
    /// How many projects there are.
    pub(super) count: usize,
    /// The problems of what could not be read.
    pub(super) errors: Vec<Problem>,
    /// The inputs that could not.
    pub(super) unread: Vec<String>,
}

impl Pricing {
    /// Reads, prices and judges inputs.
    pub(super) fn many<T: Taker>(
        &self,
        taken: T,
        inputs: Vec<Result<Input, Problem>>,
        judge: &Judge<'_>,
        role: &'static str,
        audit: &mut Audit,
    ) -> Result<Many<T>, Problem> {
        self.share();
        let mut many = Many { taken, count: 0, errors: Vec::new(), unread: Vec::new() };
        let mut waiting: Vec<Document> = Vec::new();
        let most = MOST_AT_ONCE * rayon::current_num_threads();
        let mut names = Names::default();
        let progress = self.progress("reading and pricing", inputs.len());
        for input in inputs {
            let document = match input {
                Ok(Input::Document(mut document)) => {
                    document.name = names.apart(document.name);
                    document
                }
                other => {
                    self.documents(std::mem::take(&mut waiting), judge, role, audit, &mut many)?;
                    let Read { projects, errors, broken, unread } = match other {
                        Ok(folder) => self.open(folder, role, audit),
                        Err(problem) => Err(problem).into(),
                    };
                    many.errors.extend(errors);
                    many.unread.extend(unread.into_iter().chain(broken));
                    for mut project in projects {
                        project.name = names.apart(project.name);
                        self.projects(vec![project], judge, &mut many)?;
                        progress.step();
                    }
                    continue;
                }
            };
            let bytes: u64 = waiting.iter().map(|document| document.size).sum();
            if waiting.len() >= most || bytes + document.size > MOST_BYTES {
                waiting.iter().for_each(|_| progress.step());
                self.documents(std::mem::take(&mut waiting), judge, role, audit, &mut many)?;
            }
            waiting.push(document);
        }
        self.documents(waiting, judge, role, audit, &mut many)?;
        Ok(many)
    }

    /// Reads, prices and judges some documents at once.
    fn documents<T: Taker>(
        &self,
        documents: Vec<Document>,
        judge: &Judge<'_>,
        role: &'static str,
        audit: &mut Audit,
        many: &mut Many<T>,
    ) -> Result<(), Problem> {
        let opened: Vec<Opened> =
            documents.into_par_iter().map(|document| document.open(self.objects(), role, audit)).collect();
        let mut projects: Vec<Project> = Vec::new();
        for opened in opened {
            match opened {
                Ok(Some((project, noted))) => {
                    audit.add(noted);
                    projects.push(project);
                }
                Ok(None) => {}
                Err(Unread { path, problem }) => {
                    many.errors.push(problem);
                    many.unread.push(path);
                }
            }
        }
        self.projects(projects, judge, many)
    }

    /// Prices and judges some projects at once.
    fn projects<T: Taker>(&self, projects: Vec<Project>, judge: &Judge<'_>, many: &mut Many<T>) -> Result<(), Problem> {
        let Many { taken, count, .. } = many;
        let first = *count;
        *count += projects.len();
        let price = |(at, mut project): (usize, Project)| {
            let at = first + at;
            let own = (project.sources.take(), project.saved.take());
            let (priced, judged) = self.project(project, at, judge, None, false);
            taken.part(at, priced, judged, own)
        };
        let parts: Vec<T::Part> = projects.into_par_iter().enumerate().map(price).collect();
        parts.into_iter().try_for_each(|part| taken.take(part))
    }
}

/// Keeps projects as they are.
#[derive(Default)]
pub(super) struct Held {
    pub(super) priced: Vec<ProjectInput>,
    pub(super) judged: Vec<Judgement>,
    pub(super) own: Vec<Own>,
}

impl Taker for Held {
    type Part = (ProjectInput, Judgement, Own);

    fn part(&self, _at: usize, priced: ProjectInput, judged: Judgement, own: Own) -> Self::Part {
        (priced, judged, own)
    }

    fn take(&mut self, (priced, judged, own): Self::Part) -> Result<(), Problem> {
        self.priced.push(priced);
        self.judged.push(judged);
        self.own.push(own);
        Ok(())
    }
}

/// Writes what projects add to a report, and keeps their sums.
pub(super) struct Spooled<'p> {
    pub(super) pricing: &'p Pricing,
    pub(super) spool: Spool,
    /// What budgets and the run need of each project; its findings are told already.
    pub(super) judged: Vec<Judgement>,
    /// How many findings each suppression is meant for.
    pub(super) meant: Vec<usize>,
}

impl Taker for Spooled<'_> {
    type Part = (Part, Judgement, Vec<usize>);

    fn part(&self, at: usize, priced: ProjectInput, mut judged: Judgement, own: Own) -> Self::Part {
        let mut findings = std::mem::take(&mut judged.findings);
        let savings = std::mem::take(&mut judged.savings);
        locate(&mut findings, at, &priced, &own);
        let meant = self.pricing.suppress(&mut findings);
        (self.spool.part(at, priced, findings, &savings), judged, meant)
    }

    fn take(&mut self, (part, judged, meant): Self::Part) -> Result<(), Problem> {
        self.judged.push(judged);
        self.meant.iter_mut().zip(meant).for_each(|(sum, meant)| *sum += meant);
        self.spool.add(part).map_err(|error| {
            Problem::error("lepton::report::temporary", format!("cannot write a temporary file: {error}"))
                .help("the report of many projects is gathered in the folder for temporary files: make room there")
        })
    }
}

/// Gives findings of a project their place in its own sources.
pub(super) fn locate(findings: &mut [Finding], at: usize, priced: &ProjectInput, (sources, saved): &Own) {
    // Files within a plan are parsed where a finding has its place in one.
    let is_needed = findings.iter().any(|finding| finding.project == Some(at));
    let saved = saved.as_ref().filter(|_| is_needed).map(PlanSources::sources);
    let changes = priced.priced.changes.iter();
    let declared = changes.filter_map(|change| Some((&change.address, change.declared.as_ref()?))).collect();
    if let Some(sources) = sources.as_ref().or(saved.as_ref()) {
        rules::locate(findings, at, sources, &declared);
    }
}

/// Gives inputs of one name a number behind it.
#[derive(Default)]
pub(super) struct Names {
    seen: std::collections::HashMap<String, usize>,
}

impl Names {
    /// The name itself, or with a number where it was there before.
    pub(super) fn apart(&mut self, name: String) -> String {
        let count = self.seen.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 { format!("{name} ({count})") } else { name }
    }
}
