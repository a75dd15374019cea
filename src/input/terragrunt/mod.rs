//! Terragrunt's units without Terragrunt: every `terragrunt.hcl` below a folder becomes a project.
//!
//! ```text
//! folder ── units ──▶ Place ── evaluate ──▶ Config (includes merged) ── module::evaluate ──▶ Project
//!                                  ▲                                              │
//!                                  └─────────── outputs of dependencies ◀─────────┘
//! ```
//!
//! Nothing is run, fetched or decrypted. What that would tell is unknown, and said. A unit whose dependencies were not
//! evaluated yet is put off and evaluated again after them, so that nothing recurses however long their chains are.

mod config;
mod dependency;
mod file;
mod functions;
mod merge;
mod paths;
mod place;
mod run;
mod said;
mod scope;
mod session;
mod stack;
#[cfg(test)]
mod tests;
mod unit;
mod units;

use std::collections::HashMap;
use std::path::Path;

use self::session::Session;
use self::units::Found;
use super::FindModule;
use super::module::{Given, Knowledge, Project};
use super::sources::tidy;
use crate::model::{Problem, Severity};

/// A unit by its path, with what became of it.
pub type Named = (String, Result<Project, Vec<Problem>>);

/// Whether a folder is one of Terragrunt's: there are units or stacks at or below it.
pub fn is_tree(folder: &Path) -> bool {
    units::below(folder).is_ok_and(|found| !found.is_empty())
}

/// Evaluates every unit at and below a folder, by its path.
pub fn projects(folder: &Path, given: &Given, find: FindModule<'_>, knowledge: &dyn Knowledge) -> Vec<Named> {
    let absolute = tidy(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
    let session = Session::new(&absolute, folder.is_relative(), given, find, knowledge);
    let found = match units::below(&absolute) {
        Ok(found) => found,
        Err(problem) => return vec![(folder.display().to_string(), Err(vec![problem]))],
    };
    let mut folders = Vec::new();
    let mut projects = Vec::new();
    for one in found {
        match one {
            Found::Unit(folder) => folders.push(folder),
            Found::Stack(folder) => {
                let generated = session.stack(&folder);
                folders.extend(generated.units);
                projects.extend(of_stack(session.shown(&folder), generated.problems));
            }
        }
    }
    let mut done = HashMap::new();
    let units: Vec<_> =
        folders.into_iter().filter_map(|folder| Some((session.run(&folder, &mut done)?, folder))).collect();
    let run = units.into_iter().filter(|(_, folder)| !session.is_for_others(folder));
    projects.extend(run.map(|(result, folder)| (session.shown(&folder), result)));
    projects
}

/// What a stack gives cause to say, as a project of its own that holds nothing.
fn of_stack(name: String, problems: Vec<Problem>) -> Option<Named> {
    if problems.is_empty() {
        return None;
    }
    let is_wrong = problems.iter().any(|problem| problem.severity() == Severity::Error);
    Some((name, if is_wrong { Err(problems) } else { Ok(Project::empty(problems)) }))
}
