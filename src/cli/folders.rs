//! A folder as an input: the projects that it holds, and what plans of them would hold.

use std::path::{Component, Path, PathBuf};

use super::audit::Audit;
use super::pricing::{Pricing, Project, Read};
use crate::config;
use crate::input::module::{self, Given, VariableOption};
use crate::input::{self, FindModule, Root, terragrunt};
use crate::model::{Problem, Severity};

/// A folder to read: where it is, and how projects in it are called.
pub(super) struct Folder<'f> {
    /// Where it is.
    pub(super) at: &'f Path,
    /// What stands for it in the names of projects.
    pub(super) shown: &'f str,
    /// The names of files as the user knows them.
    pub(super) words: &'f dyn Fn(&str) -> String,
    /// Where modules are that no local path leads to.
    pub(super) find: FindModule<'f>,
}

/// A root module with its values.
struct Candidate {
    name: String,
    folder: PathBuf,
    given: Given,
}

/// A project, read or not.
struct Evaluated {
    name: String,
    path: String,
    /// The files of values that it was given.
    files: Vec<PathBuf>,
    result: Result<module::Project, Vec<Problem>>,
}

impl Pricing {
    /// Reads the projects of a folder of configuration whose files are called what they are.
    pub(super) fn read_configuration(&self, path: &str, shown: &str, role: &'static str, audit: &mut Audit) -> Read {
        let find = |source: &str, version: Option<&str>, is_installed| self.find_module(source, version, is_installed);
        let folder = Folder { at: Path::new(path), shown, words: &str::to_owned, find: &find };
        self.read_folder(&folder, self.given(), role, audit)
    }

    /// Reads the projects of a folder. One that is broken does not lose the others.
    pub(super) fn read_folder(
        &self,
        folder: &Folder<'_>,
        given: &Given,
        role: &'static str,
        audit: &mut Audit,
    ) -> Read {
        let mut read = Read::default();
        let evaluated = match self.evaluated(folder, given) {
            Ok(evaluated) => evaluated,
            Err(problem) => {
                read.errors.push(problem.reworded(folder.words));
                return read;
            }
        };
        let mut unfetched = self.unfetched();
        for Evaluated { name, path, files, result } in evaluated {
            match result {
                Ok(module::Project { mut plan, sources, moves, .. }) => {
                    plan.problems.append(&mut unfetched);
                    note(audit, role, &sources, &files, folder.words);
                    read.projects.push(Project { name, path, plan, sources: Some(sources), saved: None, moves });
                }
                Err(problems) => {
                    // What a mistake leads to is only noise beside it.
                    let errors = problems.into_iter().filter(|problem| problem.severity() == Severity::Error);
                    errors.for_each(|problem| say(&mut read.errors, problem.reworded(folder.words)));
                    read.broken.push(name);
                }
            }
        }
        read.errors.append(&mut unfetched);
        read
    }

    /// The projects that `lepton.hcl` names in a folder, else Terragrunt's units, else the root modules found there.
    fn evaluated(&self, folder: &Folder<'_>, given: &Given) -> Result<Vec<Evaluated>, Problem> {
        let mut candidates = self.named(folder, given)?;
        if candidates.is_empty() && terragrunt::is_tree(folder.at) {
            let units = self.units(folder, given);
            // A tree may hold files for other units alone.
            if !units.is_empty() {
                return Ok(units);
            }
        }
        if candidates.is_empty() {
            let roots = input::roots(folder.at)?;
            candidates = roots.into_iter().flat_map(|root| with_values(folder, root, given)).collect();
        }
        let evaluate = |Candidate { name, folder: at, given }| Evaluated {
            name,
            path: (folder.words)(&at.display().to_string()),
            result: module::evaluate(&at, &given, folder.find, &self.known()),
            files: files(&given),
        };
        Ok(candidates.into_iter().map(evaluate).collect())
    }

    /// Terragrunt's units, each a project by its path.
    fn units(&self, folder: &Folder<'_>, given: &Given) -> Vec<Evaluated> {
        let units = terragrunt::projects(folder.at, given, folder.find, &self.known());
        let evaluated = |(path, result): (String, _)| {
            let rest = within(folder.at, Path::new(&path));
            let name = rest.map_or_else(|| (folder.words)(&path), |rest| shown(folder.shown, &rest));
            Evaluated { name, path: (folder.words)(&path), files: files(given), result }
        };
        units.into_iter().map(evaluated).collect()
    }

    fn named(&self, folder: &Folder<'_>, given: &Given) -> Result<Vec<Candidate>, Problem> {
        let Some(source) = &self.config().source else { return Ok(Vec::new()) };
        let base = Path::new(source.name()).parent().unwrap_or(Path::new(""));
        let mut found = Vec::new();
        for project in &self.config().projects {
            let path = base.join(project.path.value.as_str());
            let Some(rest) = within(Path::new(folder.shown), &path) else { continue };
            let at = if rest.as_os_str().is_empty() { folder.at.to_owned() } else { folder.at.join(rest) };
            if !at.is_dir() {
                let message = format!("the project `{}` is in `{}`, which is no folder", project.name, path.display());
                return Err(Problem::error("lepton::config::no-folder", message)
                    .at(source, project.path.span, "not there")
                    .help("the path is seen from the folder of lepton.hcl"));
            }
            found.push(Candidate {
                name: project.name.to_string(),
                given: values(project, source, &at, given),
                folder: at,
            });
        }
        Ok(found)
    }
}

/// Adds a problem, once for all environments of a root module.
fn say(problems: &mut Vec<Problem>, problem: Problem) {
    let key = |problem: &Problem| {
        let place = problem.place().map(|(source, span)| (source.name().to_owned(), span));
        (problem.code(), problem.to_string(), place)
    };
    if !problems.iter().any(|known| key(known) == key(&problem)) {
        problems.push(problem);
    }
}

/// What a project of `lepton.hcl` is given; options of the command line win.
fn values(project: &config::Project, source: &crate::model::Source, folder: &Path, given: &Given) -> Given {
    let files = project.var_files.iter().map(|file| VariableOption::File(folder.join(file.value.as_str())));
    let known = project.variables.iter().map(|variable| {
        let (name, span) = (variable.name.value.clone(), variable.name.span);
        VariableOption::Known(name, variable.value.clone(), source.clone(), span)
    });
    let options = files.chain(known).chain(given.options.iter().cloned()).collect();
    let workspace = match given.workspace.is_empty() {
        true => project.workspace.clone().unwrap_or_default(),
        false => given.workspace.clone(),
    };
    Given { options, workspace, ..given.clone() }
}

/// A root module once for each environment, unless `--var-file` says with which values.
fn with_values(folder: &Folder<'_>, root: Root, given: &Given) -> Vec<Candidate> {
    let rest = root.folder.strip_prefix(folder.at).unwrap_or(&root.folder);
    let name = shown(folder.shown, rest);
    let is_said = given.options.iter().any(|option| matches!(option, VariableOption::File(_)));
    if is_said || root.environments.is_empty() {
        return vec![Candidate { name, folder: root.folder, given: given.clone() }];
    }
    let environment = |environment: input::Environment| {
        let files = environment.files.into_iter().map(VariableOption::File);
        let options = files.chain(given.options.iter().cloned()).collect();
        Candidate {
            name: format!("{name} ({})", environment.name),
            folder: root.folder.clone(),
            given: Given { options, ..given.clone() },
        }
    };
    root.environments.into_iter().map(environment).collect()
}

/// The name of a folder below another; the current folder is called by its own name.
pub(super) fn shown(base: &str, rest: &Path) -> String {
    let path = match (base, rest.as_os_str().is_empty()) {
        (base, true) => PathBuf::from(base),
        (".", false) => rest.to_owned(),
        (base, false) => Path::new(base).join(rest),
    };
    if path == Path::new(".") {
        let current = std::env::current_dir().ok();
        let name = current.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        return name.unwrap_or_else(|| ".".into());
    }
    path.display().to_string()
}

/// The way from a folder to a path in it.
fn within(folder: &Path, path: &Path) -> Option<PathBuf> {
    let plain = |path: &Path| {
        let mut out = PathBuf::new();
        for part in std::path::absolute(path).ok()?.components() {
            match part {
                Component::ParentDir => _ = out.pop(),
                Component::CurDir => {}
                part => out.push(part),
            }
        }
        Some(out)
    };
    plain(path)?.strip_prefix(plain(folder)?).ok().map(Path::to_owned)
}

/// The files of values that are named.
fn files(given: &Given) -> Vec<PathBuf> {
    let file = |option: &VariableOption| match option {
        VariableOption::File(path) => Some(path.clone()),
        _ => None,
    };
    given.options.iter().filter_map(file).collect()
}

/// Notes the files of a project.
fn note(
    audit: &mut Audit,
    role: &'static str,
    sources: &input::Sources,
    files: &[PathBuf],
    words: &dyn Fn(&str) -> String,
) {
    if !audit.is_on() {
        return;
    }
    for (name, text) in sources.texts() {
        audit.bytes(role, &words(name), text.as_bytes());
    }
    for path in files {
        if let Ok(bytes) = std::fs::read(path) {
            audit.bytes(role, &words(&path.display().to_string()), &bytes);
        }
    }
}
