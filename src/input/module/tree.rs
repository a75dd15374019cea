//! The modules of a project: one node for each call, the declarations shared by calls of one folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::declare::Declared;
use super::written::{At, Written};
use super::{json, said};
use crate::input::Sources;
use crate::input::sources::CALLS_ITSELF;
use crate::model::{Problem, Source, Span};

/// All module calls of a project; the first node is the root.
pub(super) struct Tree {
    pub(super) modules: Vec<Node>,
    /// Mistakes in files, and modules that are not here.
    pub(super) problems: Vec<Problem>,
}

/// One module as it is called at one place.
pub(super) struct Node {
    /// The folder, as seen from the root module's.
    pub(super) path: String,
    pub(super) declared: Arc<Declared>,
    /// The nodes that its calls lead to; those that are not here are missing.
    pub(super) calls: HashMap<SmolStr, usize>,
}

impl Tree {
    pub(super) fn of(sources: &Sources, root: &Path) -> Self {
        let mut tree = Self { modules: Vec::new(), problems: sources.problems().to_vec() };
        let mut by_folder: HashMap<PathBuf, Arc<Declared>> = HashMap::new();
        let mut at: HashMap<String, usize> = HashMap::new();
        for (address, module) in sources.modules() {
            let declared = match by_folder.get(&module.folder) {
                Some(declared) => declared.clone(),
                None => {
                    let declared = Arc::new(tree.declare(module));
                    by_folder.insert(module.folder.clone(), declared.clone());
                    declared
                }
            };
            let node = Node { path: seen_from(root, &module.folder), declared, calls: HashMap::new() };
            let index = tree.modules.len();
            if let Some((caller, name)) = &module.call
                && let Some(&caller) = at.get(caller)
            {
                tree.modules[caller].calls.insert(name.into(), index);
            }
            at.insert(address.clone(), index);
            tree.modules.push(node);
        }
        tree.missing();
        tree
    }

    fn declare(&mut self, module: &crate::input::Module) -> Declared {
        let native = module.files.iter().map(|file| (Written::of(&file.body, &file.source), file.is_override));
        let mut files: Vec<(Written, bool)> = native.collect();
        for file in &module.json {
            match json::read(&file.name, &file.text) {
                Ok(written) => files.push((written, file.is_override)),
                Err(problem) => self.problems.push(problem),
            }
        }
        files.sort_by_key(|(_, is_override)| *is_override);
        let declared = Declared::of(files);
        self.problems.extend(declared.problems.iter().cloned());
        declared
    }

    /// Whether the call at a place leads back to its own module.
    fn is_circle(&self, at: &At) -> bool {
        self.problems.iter().any(|problem| {
            let is_here =
                |(source, span): (&Source, Span)| source.name() == at.source.name() && span.start == at.span.start;
            problem.code() == CALLS_ITSELF && problem.place().is_some_and(is_here)
        })
    }

    /// Says which calls lead nowhere.
    fn missing(&mut self) {
        let mut seen: Vec<*const Declared> = Vec::new();
        let mut elsewhere: IndexMap<&str, Vec<(&SmolStr, &At)>> = IndexMap::new();
        for node in &self.modules {
            let declared = Arc::as_ptr(&node.declared);
            if seen.contains(&declared) {
                continue;
            }
            seen.push(declared);
            for (name, call) in node.declared.calls.iter().filter(|(name, _)| !node.calls.contains_key(*name)) {
                let source = call.source.as_deref().unwrap_or_default();
                let is_local = source.starts_with("./") || source.starts_with("../");
                if is_local && self.is_circle(&call.at) {
                    // It is there, and was not followed, which was said.
                } else if is_local {
                    self.problems.push(said::missing_module(name, source, &call.at));
                } else {
                    elsewhere.entry(source).or_default().push((name, &call.at));
                }
            }
        }
        self.problems.extend(elsewhere.iter().map(|(source, calls)| said::not_loaded(source, calls)));
    }
}

/// A folder as `path.module` has it: `.` for the root.
fn seen_from(root: &Path, folder: &Path) -> String {
    let mut up = PathBuf::new();
    let mut base = root;
    loop {
        if let Ok(rest) = folder.strip_prefix(base) {
            let path = up.join(rest);
            return if path.as_os_str().is_empty() { ".".into() } else { path.display().to_string() };
        }
        let Some(parent) = base.parent() else { return folder.display().to_string() };
        up.push("..");
        base = parent;
    }
}
