//! The Terraform files that a plan was made of: where each resource of the plan is written.
//!
//! Nothing is evaluated here. Modules are followed by their local paths, and by what `terraform init` noted in
//! `.terraform/modules/modules.json`.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use hcl::edit::Span as _;
use hcl::edit::expr::Expression;
use hcl::edit::structure::{Block, Body, Structure};
use serde::Deserialize;

use crate::lang::parse_body;
use crate::model::{Address, Problem, Source, Span};

/// Files of a module tree that no person wrote are longer.
const MOST_BYTES: u64 = 4 << 20;
/// How deep modules call modules.
const MOST_DEPTH: usize = 32;
/// How many module calls are followed.
const MOST_CALLS: usize = 10_000;

/// A root module and the modules that it calls.
#[derive(Debug, Default)]
pub struct Sources {
    /// By address without indexes; the root is "".
    modules: BTreeMap<String, Module>,
    problems: Vec<Problem>,
}

/// The files of one module, as called at one place.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its folder.
    pub folder: PathBuf,
    /// Its files in order of their names, overrides last.
    pub files: Vec<std::sync::Arc<SourceFile>>,
    /// Whether it is part of the same code base: reached from the root by local paths alone.
    pub is_own: bool,
    /// The address of the module that calls it, and the name of the call; `None` for the root.
    pub call: Option<(String, String)>,
}

/// A parsed file.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path, as one would open it.
    pub path: PathBuf,
    /// Its text.
    pub source: Source,
    /// Its structure, with spans.
    pub body: Body,
    is_override: bool,
}

/// A block of a file.
#[derive(Clone, Copy, Debug)]
pub struct Place<'s> {
    /// The module.
    pub module: &'s Module,
    /// The file.
    pub file: &'s SourceFile,
    /// The position of the block in the file's body.
    pub index: usize,
    /// The block.
    pub block: &'s Block,
}

impl Place<'_> {
    /// The bytes of the block's head: `resource "aws_instance" "web"`.
    pub fn head(&self) -> Span {
        let start = self.block.ident.span().map_or(0, |span| span.start);
        let text = self.file.source.text();
        let end = text[start..].find(['{', '\n']).map_or(text.len(), |length| start + length);
        Span { start, end: start + text[start..end].trim_end().len() }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Installed {
    #[serde(default)]
    modules: Vec<InstalledModule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InstalledModule {
    key: String,
    dir: PathBuf,
}

impl Sources {
    /// Reads the module in a folder and all that it calls. Files that do not parse are left out, with a problem each.
    pub fn read(folder: &Path) -> Result<Self, Problem> {
        let unreadable = |text: String| {
            Problem::error("lepton::sources::unreadable", text).help("give the folder of the root module's .tf files")
        };
        if !folder.is_dir() {
            return Err(unreadable(format!("`{}` is no folder", folder.display())));
        }
        let mut reader = Reader {
            installed: installed(folder),
            read: HashMap::new(),
            sources: Self::default(),
            root: folder.to_owned(),
        };
        reader.module("", "", folder, true, None, 0);
        let sources = reader.sources;
        if sources.modules.values().all(|module| module.files.is_empty()) && sources.problems.is_empty() {
            return Err(unreadable(format!("`{}` has no .tf files", folder.display())));
        }
        Ok(sources)
    }

    /// What is wrong with single files.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The module at an address without indexes.
    pub fn module(&self, address: &str) -> Option<&Module> {
        self.modules.get(address)
    }

    /// Where a managed resource is written: its block, then the blocks that override parts of it.
    pub fn resource(&self, address: &Address) -> Vec<Place<'_>> {
        let plain = Address::new(address.without_indexes());
        let Some(module) = self.modules.get(plain.module()) else { return Vec::new() };
        let Some((kind, name)) = plain.local().split_once('.') else { return Vec::new() };
        let mut found = Vec::new();
        for file in &module.files {
            for (index, structure) in file.body.iter().enumerate() {
                let Structure::Block(block) = structure else { continue };
                if block.has_ident("resource") && block.has_exact_labels(&[kind, name]) {
                    found.push(Place { module, file, index, block });
                }
            }
        }
        found
    }

    /// The first block of a kind with some labels in a module, such as `variable "size"`.
    pub fn block(&self, module: &str, kind: &str, labels: &[&str]) -> Option<Place<'_>> {
        let module = self.modules.get(module)?;
        module.files.iter().find_map(|file| {
            file.body.iter().enumerate().find_map(|(index, structure)| {
                let block = structure.as_block()?;
                let is_meant = block.has_ident(kind) && block.has_exact_labels(labels);
                is_meant.then_some(Place { module, file, index, block })
            })
        })
    }

    /// The blocks of a kind without labels in a module, such as `locals`.
    pub fn blocks<'s>(&'s self, module: &str, kind: &'static str) -> impl Iterator<Item = Place<'s>> {
        self.modules.get(module).into_iter().flat_map(move |module| {
            module.files.iter().flat_map(move |file| {
                file.body.iter().enumerate().filter_map(move |(index, structure)| {
                    let block = structure.as_block().filter(|block| block.has_ident(kind))?;
                    Some(Place { module, file, index, block })
                })
            })
        })
    }
}

struct Reader {
    installed: HashMap<String, PathBuf>,
    read: HashMap<PathBuf, Vec<std::sync::Arc<SourceFile>>>,
    sources: Sources,
    root: PathBuf,
}

impl Reader {
    fn module(
        &mut self,
        address: &str,
        key: &str,
        folder: &Path,
        is_own: bool,
        call: Option<(String, String)>,
        depth: usize,
    ) {
        if depth > MOST_DEPTH || self.sources.modules.len() >= MOST_CALLS {
            return;
        }
        let files = self.files(folder);
        let calls: Vec<(String, Option<String>)> = files
            .iter()
            .flat_map(|file| file.body.blocks())
            .filter(|block| block.has_ident("module"))
            .filter_map(|block| Some((block.labels.first()?.as_str().to_owned(), literal(&block.body, "source"))))
            .collect();
        let module = Module { folder: folder.to_owned(), files, is_own, call };
        self.sources.modules.insert(address.to_owned(), module);
        for (name, source) in calls {
            let inner = if address.is_empty() { format!("module.{name}") } else { format!("{address}.module.{name}") };
            let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
            let is_local =
                source.as_deref().is_some_and(|source| source.starts_with("./") || source.starts_with("../"));
            let target = match (is_local, &source) {
                (true, Some(source)) => Some(folder.join(source)),
                _ => self.installed.get(&key).map(|folder| self.root.join(folder)),
            };
            if let Some(target) = target.filter(|target| target.is_dir()) {
                let call = Some((address.to_owned(), name));
                self.module(&inner, &key, &tidy(&target), is_own && is_local, call, depth + 1);
            }
        }
    }

    /// The files of a folder, read once however often the module is called.
    fn files(&mut self, folder: &Path) -> Vec<std::sync::Arc<SourceFile>> {
        if let Some(files) = self.read.get(folder) {
            return files.clone();
        }
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "tf" || ending == "tofu"))
            .collect();
        paths.sort();
        // OpenTofu's own spelling of a file stands for the other.
        let twins: Vec<PathBuf> = paths.iter().filter(|path| has_ending(path, "tofu")).cloned().collect();
        paths.retain(|path| has_ending(path, "tofu") || !twins.contains(&path.with_extension("tofu")));
        let mut files = Vec::new();
        for path in paths {
            match file(&path) {
                Ok(file) => files.push(std::sync::Arc::new(file)),
                Err(problem) => self.sources.problems.push(problem.softened()),
            }
        }
        files.sort_by_key(|file| file.is_override);
        self.read.insert(folder.to_owned(), files.clone());
        files
    }
}

fn file(path: &Path) -> Result<SourceFile, Problem> {
    let unreadable = |text: String| {
        let text = format!("`{}` cannot be read: {text}", path.display());
        Problem::error("lepton::sources::unreadable", text).help("its resources have no place in the report")
    };
    let length = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > MOST_BYTES {
        return Err(unreadable(format!("it has {length} bytes, more than {MOST_BYTES}")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let source = Source::new(path.display().to_string(), text);
    let body = parse_body(&source)?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let is_override = stem == "override" || stem.ends_with("_override");
    Ok(SourceFile { path: path.to_owned(), source, body, is_override })
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

/// What `terraform init` noted, by the path of the call: `net.subnets`.
fn installed(root: &Path) -> HashMap<String, PathBuf> {
    let text = std::fs::read(root.join(".terraform/modules/modules.json")).unwrap_or_default();
    let installed: Installed = serde_json::from_slice(&text).unwrap_or(Installed { modules: Vec::new() });
    installed
        .modules
        .into_iter()
        .filter(|module| !module.key.is_empty())
        .map(|module| (module.key, module.dir))
        .collect()
}

/// A text attribute without anything to evaluate in it.
fn literal(body: &Body, name: &str) -> Option<String> {
    match &body.get_attribute(name)?.value {
        Expression::String(text) => Some(text.as_str().to_owned()),
        _ => None,
    }
}

/// A path without `.` and without `x/..`, so that one folder has one name.
fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for part in path.components() {
        match (part, out.components().next_back()) {
            (Component::CurDir, Some(_)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_folder_has_one_name() {
        assert_eq!(tidy(Path::new("infra/./modules/../net")), Path::new("infra/net"));
        assert_eq!(tidy(Path::new("../a/../../b")), Path::new("../../b"));
        assert_eq!(tidy(Path::new("./a")), Path::new("./a"));
    }
}
