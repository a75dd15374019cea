//! One run over a tree of units: what was evaluated already, and what is waiting for it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::place::Place;
use super::{paths, said};
use crate::input::FindModule;
use crate::input::module::written::At;
use crate::input::module::{Given, Knowledge};
use crate::lang::Refused;
use crate::model::{Problem, Value};

/// How deep files read each other for their values.
const MOST_READING: usize = 10;

/// What is known of a unit that another one depends on.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// Its outputs, with what only apply tells unknown.
    Outputs(Value),
    /// It could not be evaluated, or its module is not here.
    Unknown,
    /// These units depend on each other.
    Circle(Vec<PathBuf>),
    /// It was not evaluated yet: whoever asks is evaluated again after it.
    Later,
}

/// Everything that one run keeps.
pub(super) struct Session<'s> {
    pub(super) given: &'s Given,
    pub(super) find: FindModule<'s>,
    pub(super) knowledge: &'s dyn Knowledge,
    /// The folder that the process runs in, if paths are shown from there.
    here: Option<PathBuf>,
    /// Nothing outside of it is read but modules: the repository; without one where the process runs, or the folder
    /// above the tree. Links resolved.
    pub(super) base: PathBuf,
    /// The units of stacks, whose folders do not exist: the file that each is made of, and its values.
    pub(super) generated: RefCell<HashMap<PathBuf, (PathBuf, Value)>>,
    pub(super) outcomes: RefCell<HashMap<PathBuf, Outcome>>,
    /// The units that wait for each other; the last one is evaluated now.
    pub(super) stack: RefCell<Vec<PathBuf>>,
    /// What the unit at hand has to wait for.
    pub(super) needs: RefCell<Vec<PathBuf>>,
    /// What is to be said of the unit at hand.
    pub(super) warnings: RefCell<Vec<Problem>>,
    /// The circle that the unit at hand is part of.
    pub(super) circle: RefCell<Option<Vec<PathBuf>>>,
    included: RefCell<HashSet<PathBuf>>,
    reading: RefCell<Vec<PathBuf>>,
}

impl<'s> Session<'s> {
    /// A run over a folder, which is absolute; `is_relative`: it was named from where the process runs.
    pub(super) fn new(
        folder: &Path,
        is_relative: bool,
        given: &'s Given,
        find: FindModule<'s>,
        knowledge: &'s dyn Knowledge,
    ) -> Self {
        let here = std::env::current_dir().ok();
        let around = here.clone().filter(|here| folder.starts_with(here));
        let above = || folder.parent().unwrap_or(folder).to_owned();
        let base = paths::repository(folder).or(around).unwrap_or_else(above);
        Self {
            given,
            find,
            knowledge,
            here: here.clone().filter(|_| is_relative),
            base: base.canonicalize().unwrap_or(base),
            generated: RefCell::default(),
            outcomes: RefCell::default(),
            stack: RefCell::default(),
            needs: RefCell::default(),
            warnings: RefCell::default(),
            circle: RefCell::default(),
            included: RefCell::default(),
            reading: RefCell::default(),
        }
    }

    /// A path as messages and reports have it: as one would type it.
    pub(super) fn shown(&self, path: &Path) -> String {
        match &self.here {
            Some(here) => paths::relative(here, path),
            None => paths::text(path),
        }
    }

    /// Whether a file may be read, if it is there.
    pub(super) fn may_read(&self, path: &Path) -> bool {
        path.canonicalize().map_or(true, |path| path.starts_with(&self.base))
    }

    /// Says something of the unit at hand, once.
    pub(super) fn warn(&self, problem: Problem) {
        let mut warnings = self.warnings.borrow_mut();
        if !warnings.iter().any(|known| known.to_string() == problem.to_string()) {
            warnings.push(problem);
        }
    }

    pub(super) fn note_included(&self, file: &Path) {
        self.included.borrow_mut().insert(file.to_owned());
    }

    pub(super) fn is_included(&self, file: &Path) -> bool {
        self.included.borrow().contains(file)
    }

    /// The file of the unit in a folder, with what a stack gives it; `None` if there is no unit.
    pub(super) fn unit(&self, folder: &Path) -> Option<(PathBuf, Value)> {
        if let Some(generated) = self.generated.borrow().get(folder) {
            return Some(generated.clone());
        }
        let files = ["terragrunt.hcl", "terragrunt.hcl.json"].map(|name| folder.join(name));
        files.into_iter().find(|file| file.is_file() && self.may_read(file)).map(|file| (file, Value::Null))
    }

    /// What is known of the unit in a folder; `None` if there is none.
    pub(super) fn outcome(&self, folder: &Path) -> Option<Outcome> {
        if let Some(known) = self.outcomes.borrow().get(folder) {
            return Some(known.clone());
        }
        let stack = self.stack.borrow();
        if let Some(at) = stack.iter().position(|waiting| waiting == folder) {
            return Some(Outcome::Circle(stack[at..].to_vec()));
        }
        self.unit(folder)?;
        let mut needs = self.needs.borrow_mut();
        if !needs.iter().any(|need| need == folder) {
            needs.push(folder.to_owned());
        }
        Some(Outcome::Later)
    }

    /// The mistake that the unit at hand is part of a circle through another unit; `None` if it is not part of it.
    pub(super) fn circle(&self, circle: &[PathBuf], through: &Path, at: &At) -> Option<Problem> {
        let unit = self.stack.borrow().last().cloned()?;
        let start = circle.iter().position(|member| *member == unit)?;
        circle.iter().position(|member| member == through)?;
        let members = circle[start..].iter().chain(&circle[..=start]);
        let names: Vec<String> = members.map(|member| self.shown(member)).collect();
        *self.circle.borrow_mut() = Some(circle.to_vec());
        Some(said::circle_of_units(&names, at))
    }

    /// The values of a file that another one reads.
    pub(super) fn read_for_values(&self, place: &Place) -> Result<Value, Refused> {
        if self.reading.borrow().contains(&place.file) {
            let again = [place.file.clone()];
            let names: Vec<String> = self.reading.borrow().iter().chain(&again).map(|file| self.shown(file)).collect();
            return Err(Refused::from(format!("files read each other in a circle: {}", names.join(" → "))));
        }
        if self.reading.borrow().len() >= MOST_READING {
            return Err(Refused::from(format!("files read each other more than {MOST_READING} deep")));
        }
        self.reading.borrow_mut().push(place.file.clone());
        let result = self.evaluate(place);
        self.reading.borrow_mut().pop();
        match result {
            Ok(config) => Ok(Value::Object(config.parts.into_iter().collect())),
            Err(problems) => Err(match problems.into_iter().next() {
                Some(problem) => Refused::from(problem),
                None => Refused::from("the file cannot be evaluated".to_owned()),
            }),
        }
    }
}
