//! Evaluates units in the order in which they need each other.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::place::Place;
use super::said;
use super::session::{Outcome, Session};
use super::unit::{Unit, module_files};
use crate::input::module::Project;
use crate::model::{Problem, Value};

/// How many units are evaluated.
const MOST_UNITS: usize = 5_000;

/// What became of a unit; `None` if there is nothing that Terragrunt would run.
type Done = Option<Result<Project, Vec<Problem>>>;

impl Session<'_> {
    /// Evaluates a unit, after those that it depends on, which `done` keeps until they are asked for.
    pub(super) fn run(&self, folder: &Path, done: &mut HashMap<PathBuf, Done>) -> Done {
        if !done.contains_key(folder) {
            self.stack.borrow_mut().push(folder.to_owned());
        }
        while let Some(unit) = self.next() {
            if let Some(result) = self.step(&unit) {
                self.stack.borrow_mut().pop();
                done.insert(unit, result);
            }
        }
        done.remove(folder).flatten()
    }

    /// The unit to evaluate next: the last one that another one waits for.
    fn next(&self) -> Option<PathBuf> {
        self.stack.borrow().last().cloned()
    }

    /// Evaluates a unit; `None` if others have to be evaluated first.
    fn step(&self, folder: &Path) -> Option<Done> {
        self.needs.borrow_mut().clear();
        self.warnings.borrow_mut().clear();
        *self.circle.borrow_mut() = None;
        let Some((file, values)) = self.unit(folder) else { return Some(None) };
        let place = Place::unit(file, folder.to_owned(), values);
        let config = self.evaluate(&place);
        // One after the other: those that wait are a chain, so that a unit which comes up again closes a circle.
        let need = self.needs.borrow_mut().drain(..).next();
        if self.outcomes.borrow().len() + self.stack.borrow().len() > MOST_UNITS {
            return Some(self.finish(&place, Err(vec![said::too_many_units(MOST_UNITS)])));
        }
        if let Some(need) = need {
            self.stack.borrow_mut().push(need);
            return None;
        }
        let unit = config.and_then(|config| self.project(&config, &place));
        Some(self.finish(&place, unit))
    }

    /// Notes what others may know of a unit, and gives what is to be reported of it.
    fn finish(&self, place: &Place, unit: Result<Unit, Vec<Problem>>) -> Done {
        let outputs = |project: &Project| Value::Object(project.outputs.clone().into_iter().collect());
        let outcome = match (&unit, self.circle.borrow_mut().take()) {
            (Ok(Unit { project: Some(project), is_loaded: true, .. }), _) => Outcome::Outputs(outputs(project)),
            (Err(_), Some(circle)) => Outcome::Circle(circle),
            _ => Outcome::Unknown,
        };
        self.outcomes.borrow_mut().insert(place.folder.clone(), outcome);
        match unit {
            Ok(Unit { project: Some(mut project), is_run: true, .. }) => {
                project.plan.problems.append(&mut self.warnings.borrow_mut());
                project.plan.problems = self.named(project.plan.problems, &place.folder);
                Some(Ok(project))
            }
            Ok(_) => None,
            Err(problems) => Some(Err(self.named(problems, &place.folder))),
        }
    }

    /// Problems that name their unit where their place does not.
    fn named(&self, problems: Vec<Problem>, folder: &Path) -> Vec<Problem> {
        let unit = self.shown(folder);
        let is_there = |problem: &Problem| {
            problem
                .place()
                .is_some_and(|(source, _)| source.name().strip_prefix(&unit).is_some_and(|rest| rest.starts_with('/')))
        };
        problems.into_iter().map(|problem| if is_there(&problem) { problem } else { problem.about(&unit) }).collect()
    }

    /// Whether the file in a folder is only there for others, which include it: on its own it need not make sense.
    pub(super) fn is_for_others(&self, folder: &Path) -> bool {
        let file = self.unit(folder).map(|(file, _)| file);
        file.is_some_and(|file| self.is_included(&file)) && module_files(folder).is_empty()
    }
}
