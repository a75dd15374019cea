//! Many inputs: read, priced and judged a few at a time, so that the texts of a few are held, and not those of all.

use rayon::prelude::*;

use super::audit::Audit;
use super::documents::{Document, Input, Opened, Unread};
use super::pricing::{Pricing, Project, Read};
use crate::config::Rule;
use crate::input::{PlanSources, Sources};
use crate::model::Problem;
use crate::report::ProjectInput;
use crate::rules::Judgement;

/// How many inputs are held at a time at most, for each thread.
const MOST_AT_ONCE: usize = 8;
/// How many bytes of them; a longer one is held alone.
const MOST_BYTES: u64 = 64 << 20;

/// What came of many inputs.
#[derive(Default)]
pub(super) struct Many {
    pub(super) priced: Vec<ProjectInput>,
    pub(super) judged: Vec<Judgement>,
    /// The files that a project was read from, if it is configuration or a saved plan.
    pub(super) own: Vec<(Option<Sources>, Option<PlanSources>)>,
    /// The problems of what could not be read.
    pub(super) errors: Vec<Problem>,
    /// The inputs that could not.
    pub(super) unread: Vec<String>,
}

impl Pricing {
    /// Reads, prices and judges inputs.
    pub(super) fn many(
        &self,
        inputs: Vec<Result<Input, Problem>>,
        builtins: &[Rule],
        role: &'static str,
        audit: &mut Audit,
    ) -> Many {
        self.share();
        let mut many = Many::default();
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
                    self.documents(std::mem::take(&mut waiting), builtins, role, audit, &mut many);
                    let Read { projects, errors, broken, unread } = match other {
                        Ok(folder) => self.open(folder, role, audit),
                        Err(problem) => Err(problem).into(),
                    };
                    many.errors.extend(errors);
                    many.unread.extend(unread.into_iter().chain(broken));
                    for mut project in projects {
                        project.name = names.apart(project.name);
                        let own = (project.sources.take(), project.saved.take());
                        let at = many.priced.len();
                        many.add(self.project(project, at, builtins, None, false), own);
                        progress.step();
                    }
                    continue;
                }
            };
            let bytes: u64 = waiting.iter().map(|document| document.size).sum();
            if waiting.len() >= most || bytes + document.size > MOST_BYTES {
                waiting.iter().for_each(|_| progress.step());
                self.documents(std::mem::take(&mut waiting), builtins, role, audit, &mut many);
            }
            waiting.push(document);
        }
        self.documents(waiting, builtins, role, audit, &mut many);
        many
    }

    /// Reads, prices and judges some documents at once.
    fn documents(
        &self,
        documents: Vec<Document>,
        builtins: &[Rule],
        role: &'static str,
        audit: &mut Audit,
        many: &mut Many,
    ) {
        let opened: Vec<Opened> =
            documents.into_par_iter().map(|document| document.open(self.objects(), role, audit)).collect();
        let mut projects: Vec<(usize, Project)> = Vec::new();
        for opened in opened {
            match opened {
                Ok(Some((project, noted))) => {
                    audit.add(noted);
                    projects.push((many.priced.len() + projects.len(), project));
                }
                Ok(None) => {}
                Err(Unread { path, problem }) => {
                    many.errors.push(problem);
                    many.unread.push(path);
                }
            }
        }
        let price = |(at, mut project): (usize, Project)| {
            let own = (project.sources.take(), project.saved.take());
            (self.project(project, at, builtins, None, false), own)
        };
        let priced: Vec<_> = projects.into_par_iter().map(price).collect();
        priced.into_iter().for_each(|(priced, own)| many.add(priced, own));
    }
}

impl Many {
    fn add(&mut self, (priced, judged): (ProjectInput, Judgement), own: (Option<Sources>, Option<PlanSources>)) {
        self.priced.push(priced);
        self.judged.push(judged);
        self.own.push(own);
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
