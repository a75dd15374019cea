//! A unit becomes a project: its module, its inputs, and the files that are generated beside the module's.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::config::{Config, Named};
use super::place::Place;
use super::session::Session;
use super::{functions, paths, said};
use crate::input::AddedFile;
use crate::input::module::{self, Given, Project, VariableOption, given};
use crate::input::sources::is_module_file;
use crate::model::{Problem, Value};

/// Where the module of a unit is.
enum Module {
    Folder(PathBuf),
    /// Not here, with what is said of it.
    Elsewhere(Problem),
    /// The unit has none: it holds values for others.
    None,
}

/// A unit that was evaluated.
pub(super) struct Unit {
    /// `None` if there is nothing to price: it has no module.
    pub(super) project: Option<Project>,
    /// Whether its module is here, so that its outputs are known.
    pub(super) is_loaded: bool,
    /// Whether Terragrunt would run it.
    pub(super) is_run: bool,
}

impl Session<'_> {
    /// Evaluates the module of a unit.
    pub(super) fn project(&self, config: &Config, place: &Place) -> Result<Unit, Vec<Problem>> {
        let is_run = !is_excluded(config);
        let folder = match self.module(config, place).map_err(|problem| vec![problem])? {
            Module::Folder(folder) => folder,
            Module::Elsewhere(problem) => {
                return Ok(Unit { project: Some(Project::empty(vec![problem])), is_loaded: false, is_run });
            }
            Module::None => return Ok(Unit { project: None, is_loaded: false, is_run }),
        };
        let (added, hidden) = self.added(config, place, &folder);
        let given = self.given_to(config, place, &folder)?;
        let folder = PathBuf::from(self.shown(&folder));
        match module::evaluate_with(&folder, &added, &given, self.find, self.knowledge) {
            Ok(mut project) => {
                project.plan.problems = without(project.plan.problems, &hidden);
                Ok(Unit { project: Some(project), is_loaded: true, is_run })
            }
            Err(problems) => Err(without(problems, &hidden)),
        }
    }

    fn module(&self, config: &Config, place: &Place) -> Result<Module, Problem> {
        let beside = place.file.parent().unwrap_or(&place.folder);
        let at = config.places.get("terraform");
        let Some(source) = config.get(["terraform", "source"]) else {
            let has_files = !module_files(beside).is_empty();
            return Ok(if has_files { Module::Folder(beside.to_owned()) } else { Module::None });
        };
        if let Some(unknown) = source.as_unknown() {
            return Ok(Module::Elsewhere(said::unknown_source(&unknown.path, at)));
        }
        let Some(named) = Named::of(&source) else { return Err(said::missing_source("no text", at)) };
        let text = &named.text;
        if let Some(folder) = self.folder_of(text, &place.folder) {
            return Ok(Module::Folder(folder));
        }
        if is_local(text) {
            return Err(said::missing_source(named.shown(), at));
        }
        Ok(Module::Elsewhere(said::not_loaded(named.shown(), at)))
    }

    /// The folder that a source names: below `//` stands the module, above it what comes with it.
    pub(super) fn folder_of(&self, source: &str, from: &Path) -> Option<PathBuf> {
        let folder = paths::within(from, &source.replacen("//", "/", 1));
        let here = Some(folder).filter(|folder| folder.is_dir());
        if is_local(source) { here } else { here.or_else(|| self.found(source)) }
    }

    /// A module that the caller knows a place of: `tfr:///terraform-aws-modules/vpc/aws?version=5.0.0`, or any other
    /// source.
    fn found(&self, source: &str) -> Option<PathBuf> {
        let Some(registry) = source.strip_prefix("tfr://") else { return (self.find)(source, None, false) };
        let (path, query) = registry.split_once('?').unwrap_or((registry, ""));
        let version = query.split('&').find_map(|pair| pair.strip_prefix("version="));
        (self.find)(path.trim_start_matches('/'), version, false)
    }

    /// The files that Terragrunt puts beside those of the module, and the labels of those that must not be shown.
    fn added(&self, config: &Config, place: &Place, folder: &Path) -> (Vec<AddedFile>, Vec<String>) {
        let (mut added, mut hidden) = (Vec::new(), Vec::new());
        let beside = place.file.parent().unwrap_or(&place.folder);
        if beside != folder {
            for path in module_files(beside) {
                let (label, name) = (self.shown(&path), file_name(&path));
                added.extend(super::file::text(&path, &label).ok().map(|text| AddedFile { label, name, text }));
            }
        }
        for (_, block) in config.labelled("generate") {
            let text = |name: &str| block.as_object().and_then(|block| block.get(name));
            let is_disabled = text("disable").and_then(|value| value.as_bool()) == Some(true);
            let (Some(path), Some(contents)) = (text("path"), text("contents")) else { continue };
            let (Some(name), Some(written)) = (path.as_str(), contents.as_str()) else { continue };
            let is_kept = text("if_exists").as_ref().and_then(Value::as_str) == Some("skip")
                && (folder.join(name).exists() || beside.join(name).exists());
            if is_disabled || is_kept || name.contains('/') || !is_module_file(Path::new(name)) {
                continue;
            }
            let label = format!("{}/{name}", self.shown(&place.folder));
            if contents.is_sensitive() {
                hidden.push(label.clone());
            }
            added.push(AddedFile { label, name: name.to_owned(), text: written.to_owned() });
        }
        (added, hidden)
    }

    /// The values of the module's variables.
    fn given_to(&self, config: &Config, place: &Place, folder: &Path) -> Result<Given, Vec<Problem>> {
        let mut given = self.given.clone();
        given.inputs = config.labelled("inputs");
        let mut options = Vec::new();
        let beside = place.file.parent().unwrap_or(&place.folder);
        if beside != folder {
            options.extend(given::automatic(beside).iter().map(|path| self.file_option(path)));
        }
        for (_, extra) in config.labelled("terraform").into_iter().filter(|(name, _)| name == "extra_arguments") {
            for (_, arguments) in extra.as_object().map(|object| object.entries()).unwrap_or_default() {
                self.extra(&arguments, place, &mut options, &mut given);
            }
        }
        options.append(&mut given.options);
        given.options = options;
        Ok(given)
    }

    fn file_option(&self, path: &Path) -> VariableOption {
        VariableOption::File(PathBuf::from(self.shown(path)))
    }

    /// What one `extra_arguments` block gives to `plan`.
    fn extra(&self, block: &Value, place: &Place, options: &mut Vec<VariableOption>, given: &mut Given) {
        let get = |name: &str| block.as_object().and_then(|object| object.get(name));
        let named = |name: &str| -> Vec<Named> {
            let value = get(name).unwrap_or(Value::Null);
            value.as_list().unwrap_or_default().iter().filter_map(Named::of).collect()
        };
        let texts = |name: &str| -> Vec<SmolStr> { named(name).into_iter().map(|named| named.text).collect() };
        if !texts("commands").iter().any(|command| command == functions::COMMAND) {
            return;
        }
        let arguments = named("arguments");
        let mut rest = arguments.iter();
        while let Some(first) = rest.next() {
            let argument = first.text.trim_start_matches('-');
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (argument, None),
            };
            if !matches!(name, "var" | "var-file") {
                continue;
            }
            let (value, is_sensitive) = match (value, rest.as_slice()) {
                (Some(value), _) => (value, first.is_sensitive),
                (None, [next, ..]) => {
                    rest.next();
                    (next.text.as_str(), next.is_sensitive)
                }
                (None, []) => return,
            };
            match (name, value.split_once('=')) {
                ("var-file", _) => options.push(self.file_option(&place.path(value))),
                (_, Some((name, value))) if is_sensitive => {
                    given.inputs.push((name.into(), Value::from(value).sensitive()));
                }
                (_, Some((name, value))) => options.push(VariableOption::Value(name.into(), value.into())),
                _ => {}
            }
        }
        options.extend(texts("required_var_files").iter().map(|path| self.file_option(&place.path(path))));
        let optional = texts("optional_var_files").into_iter().map(|path| place.path(&path));
        options.extend(optional.filter(|path| path.is_file()).map(|path| self.file_option(&path)));
        let variables = get("env_vars").unwrap_or(Value::Null);
        for (name, value) in variables.as_object().map(|object| object.entries()).unwrap_or_default() {
            match (name.strip_prefix("TF_VAR_"), value.as_str()) {
                (Some(name), Some(_)) if value.is_sensitive() => given.inputs.push((name.into(), value)),
                (Some(name), Some(text)) => given.environment.push((name.into(), text.to_owned())),
                _ => {}
            }
        }
    }
}

/// Whether a source is a path by its spelling.
pub(super) fn is_local(source: &str) -> bool {
    matches!(source, "." | "..") || ["./", "../", "/"].iter().any(|start| source.starts_with(start))
}

/// Whether Terragrunt leaves a unit out when it plans.
fn is_excluded(config: &Config) -> bool {
    let is_true = |value: Option<Value>| value.and_then(|value| value.as_bool()) == Some(true);
    let actions = config.get(["exclude", "actions"]);
    let concerns = |action: &Value| matches!(action.as_str(), Some("all" | "all_except_output" | functions::COMMAND));
    let is_meant = actions.as_ref().and_then(Value::as_list).is_none_or(|actions| actions.iter().any(concerns));
    is_true(config.parts.get("skip").cloned()) || (is_true(config.get(["exclude", "if"])) && is_meant)
}

/// The files of a folder that Terraform would read.
pub(super) fn module_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = entries.filter(|path| is_module_file(path)).collect();
    files.sort();
    files
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Problems without the texts of files that must not be shown.
fn without(problems: Vec<Problem>, hidden: &[String]) -> Vec<Problem> {
    let hide = |problem: Problem| match problem.place() {
        Some((source, _)) if hidden.iter().any(|label| label == source.name()) => said::hidden_mistake(source.name()),
        _ => problem,
    };
    problems.into_iter().map(hide).collect()
}
